<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name></name>
    <message>
        <source> min</source>
        <translation> min</translation>
    </message>
    <message numerus="yes">
        <source>%n byte(s)</source>
        <translation>
            <numerusform>%n Byte</numerusform>
            <numerusform>%n Bytes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n Zeile</numerusform>
            <numerusform>%n Zeilen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n model(s)</source>
        <translation>
            <numerusform>%n Modell</numerusform>
            <numerusform>%n Modelle</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s), {days}.</source>
        <translation>
            <numerusform>%n Lauf, {days}.</numerusform>
            <numerusform>%n Läufe, {days}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n Token</numerusform>
            <numerusform>%n Token</numerusform>
        </translation>
    </message>
    <message>
        <source>&apos;layer_types&apos; does not describe {layers} layers.</source>
        <translation>„layer_types“ beschreibt keine {layers} Schichten.</translation>
    </message>
    <message>
        <source>&apos;{key}&apos; is {value!r}, expected a number.</source>
        <translation>„{key}“ ist {value!r}, erwartet wird eine Zahl.</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; ends at byte {end}, but the file holds {data_bytes}: it was not copied whole.</source>
        <translation>„{name}“ endet bei Byte {end}, die Datei enthält aber nur {data_bytes}: Sie wurde nicht vollständig kopiert.</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; has the shape {shape}.</source>
        <translation>„{name}“ hat die Form {shape}.</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; is no name for a model.</source>
        <translation>„{name}“ ist kein Name für ein Modell.</translation>
    </message>
    <message>
        <source>0 = greedy: the likeliest token every time</source>
        <translation>0 = greedy: jedes Mal das wahrscheinlichste Token</translation>
    </message>
    <message>
        <source>0 MB</source>
        <translation>0 MB</translation>
    </message>
    <message>
        <source>5 bits, lossy</source>
        <translation>5 Bit, verlustbehaftet</translation>
    </message>
    <message>
        <source>8 bits</source>
        <translation>8 Bit</translation>
    </message>
    <message>
        <source>8 bits where that is faster: a mean KL of 1e-3 at most</source>
        <translation>8 Bit, wo das schneller ist: mittlere KL-Divergenz höchstens 1e-3</translation>
    </message>
    <message>
        <source>A crash of the native engine then leaves the window alone.</source>
        <translation>Ein Absturz der nativen Engine lässt das Fenster dann unberührt.</translation>
    </message>
    <message>
        <source>A folder</source>
        <translation>Ein Ordner</translation>
    </message>
    <message>
        <source>A folder that holds models</source>
        <translation>Ein Ordner, der Modelle enthält</translation>
    </message>
    <message>
        <source>A model: .sbs, .gguf, or the config.json of a Hugging Face folder</source>
        <translation>Ein Modell: .sbs, .gguf oder die config.json eines Hugging-Face-Ordners</translation>
    </message>
    <message>
        <source>A name has {count} bytes.</source>
        <translation>Ein Name hat {count} Bytes.</translation>
    </message>
    <message>
        <source>A text file …</source>
        <translation>Eine Textdatei …</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Über Facet</translation>
    </message>
    <message>
        <source>About Facet, licences, diagnostics</source>
        <translation>Über Facet, Lizenzen, Diagnose</translation>
    </message>
    <message>
        <source>About the model</source>
        <translation>Über das Modell</translation>
    </message>
    <message>
        <source>Above 1, tokens already used become less likely; 1 = off</source>
        <translation>Über 1 werden schon verwendete Token unwahrscheinlicher; 1 = aus</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>Ordner hinzufügen</translation>
    </message>
    <message>
        <source>Add a folder of models</source>
        <translation>Einen Ordner mit Modellen hinzufügen</translation>
    </message>
    <message>
        <source>Add a model …</source>
        <translation>Modell hinzufügen …</translation>
    </message>
    <message>
        <source>Add …</source>
        <translation>Hinzufügen …</translation>
    </message>
    <message>
        <source>Adding {name}</source>
        <translation>{name} wird hinzugefügt</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>Hinzufügen …</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>All shortcuts, and how to change them</source>
        <translation>Alle Tastenkürzel, und wie man sie ändert</translation>
    </message>
    <message>
        <source>Also in the window</source>
        <translation>Auch im Fenster</translation>
    </message>
    <message>
        <source>Also measure in the window</source>
        <translation>Auch im Fenster messen</translation>
    </message>
    <message>
        <source>Another one is spoken from the next start on.</source>
        <translation>Eine andere gilt ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>Answer of {author}</source>
        <translation>Antwort von {author}</translation>
    </message>
    <message>
        <source>As the file has them</source>
        <translation>Wie in der Datei</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Ask both sides five times more</source>
        <translation>Beide Seiten noch fünfmal fragen</translation>
    </message>
    <message>
        <source>Asks before a model is loaded that will hardly fit into the memory that is free.</source>
        <translation>Fragt nach, bevor ein Modell geladen wird, das kaum in den freien Arbeitsspeicher passt.</translation>
    </message>
    <message>
        <source>Attach text files</source>
        <translation>Textdateien anhängen</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Back (Esc)</source>
        <translation>Zurück (Esc)</translation>
    </message>
    <message>
        <source>Back to no keys</source>
        <translation>Zurück zu: keine Tasten</translation>
    </message>
    <message>
        <source>Back to {keys}</source>
        <translation>Zurück zu {keys}</translation>
    </message>
    <message>
        <source>Backend {name}</source>
        <translation>Backend {name}</translation>
    </message>
    <message>
        <source>Benchmark</source>
        <translation>Benchmark</translation>
    </message>
    <message>
        <source>Benchmark, models, chats, shortcuts, theme</source>
        <translation>Benchmark, Modelle, Chats, Tastenkürzel, Farbschema</translation>
    </message>
    <message>
        <source>Blob &apos;{key}&apos; has {size} bytes at {offset}, but the file ends at {file_bytes}.</source>
        <translation>Blob „{key}“ hat {size} Bytes ab {offset}, die Datei endet aber bei {file_bytes}.</translation>
    </message>
    <message>
        <source>Blob &apos;{key}&apos; has {size} bytes, expected at most {most}.</source>
        <translation>Blob „{key}“ hat {size} Bytes, erwartet werden höchstens {most}.</translation>
    </message>
    <message>
        <source>Blob &apos;{key}&apos; starts at byte {offset}, expected {expected}.</source>
        <translation>Blob „{key}“ beginnt bei Byte {offset} statt bei {expected}.</translation>
    </message>
    <message>
        <source>Blob &apos;{name}&apos; has {size} bytes, expected {expected} (4 matrices in each of {layers} layers).</source>
        <translation>Blob „{name}“ hat {size} Bytes statt {expected} (4 Matrizen in jeder von {layers} Schichten).</translation>
    </message>
    <message>
        <source>Blocks of 32; a mean KL of about 1e-3</source>
        <translation>Blöcke von 32; mittlere KL-Divergenz etwa 1e-3</translation>
    </message>
    <message>
        <source>Branch from here into a new chat</source>
        <translation>Von hier in einen neuen Chat verzweigen</translation>
    </message>
    <message>
        <source>Bring back what was deleted last</source>
        <translation>Zuletzt Gelöschtes zurückholen</translation>
    </message>
    <message>
        <source>Built-in</source>
        <translation>Eingebaut</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel loading</source>
        <translation>Laden abbrechen</translation>
    </message>
    <message>
        <source>Change this shortcut: press Enter or click, then the keys</source>
        <translation>Tastenkürzel ändern: Eingabetaste oder Klick, dann die Tasten</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>Chats</translation>
    </message>
    <message>
        <source>Chats: {path}</source>
        <translation>Chats: {path}</translation>
    </message>
    <message>
        <source>Check the connection. What has arrived is kept: try again to go on from there.</source>
        <translation>Verbindung prüfen. Was angekommen ist, bleibt erhalten: Ein neuer Versuch macht dort weiter.</translation>
    </message>
    <message>
        <source>Choose a folder that holds models</source>
        <translation>Ordner mit Modellen wählen</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>Modell wählen</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>Einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>Choose another name, or ask to overwrite it.</source>
        <translation>Einen anderen Namen wählen oder das Überschreiben verlangen.</translation>
    </message>
    <message>
        <source>Choose the models folder</source>
        <translation>Modellordner wählen</translation>
    </message>
    <message>
        <source>Choose …</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Click on keys, or press Enter on them, then press the new ones. Backspace takes a shortcut away. Ctrl+K finds everything here by name.</source>
        <translation>Auf Tasten klicken oder dort die Eingabetaste drücken, dann die neuen Tasten. Die Rücktaste entfernt ein Tastenkürzel. Strg+K findet alles hier nach Namen.</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>Schließen (Esc)</translation>
    </message>
    <message>
        <source>Close the models</source>
        <translation>Modelle schließen</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message numerus="yes">
        <source>Code, %n line(s).</source>
        <translation>
            <numerusform>Code, %n Zeile.</numerusform>
            <numerusform>Code, %n Zeilen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Command for a terminal</source>
        <translation>Befehl für ein Terminal</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Compare two runtimes</source>
        <translation>Zwei Laufzeitumgebungen vergleichen</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Comparisons</source>
        <translation>Vergleiche</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>Context, in tokens</source>
        <translation>Kontext, in Token</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>Unterhaltung</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy answer</source>
        <translation>Antwort kopieren</translation>
    </message>
    <message>
        <source>Copy as Markdown</source>
        <translation>Als Markdown kopieren</translation>
    </message>
    <message>
        <source>Copy as plain text</source>
        <translation>Als reinen Text kopieren</translation>
    </message>
    <message>
        <source>Copy code</source>
        <translation>Code kopieren</translation>
    </message>
    <message>
        <source>Copy diagnostics</source>
        <translation>Diagnose kopieren</translation>
    </message>
    <message>
        <source>Copy it</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy it from the model&apos;s original folder.</source>
        <translation>Aus dem ursprünglichen Ordner des Modells kopieren.</translation>
    </message>
    <message>
        <source>Copy the answer as it was written</source>
        <translation>Die Antwort kopieren, wie sie geschrieben wurde</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>Befehl kopieren</translation>
    </message>
    <message>
        <source>Copy the last block of code</source>
        <translation>Den letzten Codeblock kopieren</translation>
    </message>
    <message>
        <source>Copy the whole text</source>
        <translation>Den ganzen Text kopieren</translation>
    </message>
    <message>
        <source>Copy tokenizer.model from the model&apos;s original folder.</source>
        <translation>tokenizer.model aus dem ursprünglichen Ordner des Modells kopieren.</translation>
    </message>
    <message>
        <source>Copy {language} code</source>
        <translation>{language}-Code kopieren</translation>
    </message>
    <message>
        <source>Copy {name}</source>
        <translation>{name} kopieren</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Decode</source>
        <translation>Decode</translation>
    </message>
    <message>
        <source>Decode, tok/s</source>
        <translation>Decode, tok/s</translation>
    </message>
    <message>
        <source>Decode, tok/s: median, least and most</source>
        <translation>Decode, tok/s: Median, kleinster und größter Wert</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>Default shortcut of “{title}”</source>
        <translation>Standardkürzel von „{title}“</translation>
    </message>
    <message>
        <source>Delete from here on</source>
        <translation>Ab hier löschen</translation>
    </message>
    <message>
        <source>Delete the marked chat of the list</source>
        <translation>Markierten Chat der Liste löschen</translation>
    </message>
    <message numerus="yes">
        <source>Deleted %n message(s)</source>
        <translation>
            <numerusform>%n Nachricht gelöscht</numerusform>
            <numerusform>%n Nachrichten gelöscht</numerusform>
        </translation>
    </message>
    <message>
        <source>Deleted a message</source>
        <translation>Eine Nachricht gelöscht</translation>
    </message>
    <message>
        <source>Demo model</source>
        <translation>Demo-Modell</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>Dismiss the notice</source>
        <translation>Hinweis ausblenden</translation>
    </message>
    <message>
        <source>Done.</source>
        <translation>Fertig.</translation>
    </message>
    <message>
        <source>Download ({size})</source>
        <translation>Herunterladen ({size})</translation>
    </message>
    <message>
        <source>Download the demo model</source>
        <translation>Demo-Modell herunterladen</translation>
    </message>
    <message numerus="yes">
        <source>Drawn are the %n most frequent precisions.</source>
        <translation>
            <numerusform>Gezeichnet ist die häufigste Genauigkeit.</numerusform>
            <numerusform>Gezeichnet sind die %n häufigsten Genauigkeiten.</numerusform>
        </translation>
    </message>
    <message>
        <source>Drop tokens below this share of the likeliest; 0 = off</source>
        <translation>Token unter diesem Anteil des wahrscheinlichsten verwerfen; 0 = aus</translation>
    </message>
    <message>
        <source>Each answer in a chat gets a new seed</source>
        <translation>Jede Antwort in einem Chat bekommt einen neuen Seed</translation>
    </message>
    <message>
        <source>Edit and send again</source>
        <translation>Bearbeiten und neu senden</translation>
    </message>
    <message>
        <source>Edit your message</source>
        <translation>Nachricht bearbeiten</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>Engine</translation>
    </message>
    <message>
        <source>Engines</source>
        <translation>Engines</translation>
    </message>
    <message>
        <source>Entry &apos;{key}&apos; has the unknown type {kind}.</source>
        <translation>Eintrag „{key}“ hat den unbekannten Typ {kind}.</translation>
    </message>
    <message>
        <source>Every answer is drawn with this seed</source>
        <translation>Jede Antwort wird mit diesem Seed gezogen</translation>
    </message>
    <message>
        <source>Exact; large f32 and bf16 models run at about half the speed</source>
        <translation>Genau; große f32- und bf16-Modelle laufen etwa halb so schnell</translation>
    </message>
    <message>
        <source>Explain the differences</source>
        <translation>Unterschiede erklären</translation>
    </message>
    <message>
        <source>Export all chats into a folder</source>
        <translation>Alle Chats in einen Ordner exportieren</translation>
    </message>
    <message>
        <source>Export this chat</source>
        <translation>Diesen Chat exportieren</translation>
    </message>
    <message>
        <source>Facet also looks into .models where it was started, and into .models of your home folder.</source>
        <translation>Facet sucht auch in .models, wo es gestartet wurde, und in .models im persönlichen Ordner.</translation>
    </message>
    <message>
        <source>Facet did not end properly last time. What you had written is back. {log}</source>
        <translation>Facet wurde das letzte Mal nicht ordentlich beendet. Das Geschriebene ist wieder da. {log}</translation>
    </message>
    <message>
        <source>Facet did not end properly last time. {log}</source>
        <translation>Facet wurde das letzte Mal nicht ordentlich beendet. {log}</translation>
    </message>
    <message>
        <source>Facet looks there no more; nothing in it is deleted</source>
        <translation>Facet sucht dort nicht mehr; gelöscht wird darin nichts</translation>
    </message>
    <message>
        <source>Facet runs Gemma models from your disk. There are three ways to get one.</source>
        <translation>Facet führt Gemma-Modelle von der Festplatte aus. Es gibt drei Wege zu einem Modell.</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>Familie</translation>
    </message>
    <message>
        <source>Figure of the history</source>
        <translation>Messwert des Verlaufs</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Messwerte</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Find an action, a chat or a model</source>
        <translation>Aktion, Chat oder Modell finden</translation>
    </message>
    <message>
        <source>Find in this chat</source>
        <translation>In diesem Chat suchen</translation>
    </message>
    <message>
        <source>First token</source>
        <translation>Erstes Token</translation>
    </message>
    <message>
        <source>First token, s</source>
        <translation>Erstes Token, s</translation>
    </message>
    <message>
        <source>Folders, engines, looks</source>
        <translation>Ordner, Engines, Aussehen</translation>
    </message>
    <message>
        <source>Follow the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Gefunden</translation>
    </message>
    <message>
        <source>Free some space and try again.</source>
        <translation>Platz schaffen und erneut versuchen.</translation>
    </message>
    <message>
        <source>Free some space, or import into another folder.</source>
        <translation>Platz schaffen oder in einen anderen Ordner importieren.</translation>
    </message>
    <message>
        <source>Free some space, or open the model where it is.</source>
        <translation>Platz schaffen oder das Modell dort öffnen, wo es liegt.</translation>
    </message>
    <message>
        <source>From 80 to 200 percent of the system&apos;s.</source>
        <translation>Von 80 bis 200 Prozent der Größe im System.</translation>
    </message>
    <message>
        <source>From sending to the first token</source>
        <translation>Vom Senden bis zum ersten Token</translation>
    </message>
    <message>
        <source>From the click to a model that is ready</source>
        <translation>Vom Klick bis zum bereiten Modell</translation>
    </message>
    <message>
        <source>GGUF version {version} is unknown, expected 2 or 3.</source>
        <translation>Die GGUF-Version {version} ist unbekannt, erwartet wird 2 oder 3.</translation>
    </message>
    <message>
        <source>Gemma 3 270M, the smallest of the family: quick on every machine, and good for trying everything out. It is Google&apos;s base model, not trained to chat, so answers go astray.</source>
        <translation>Gemma 3 270M, das kleinste der Familie: schnell auf jedem Rechner und gut, um alles auszuprobieren. Es ist das Basismodell von Google, nicht auf Gespräche trainiert; Antworten gehen also leicht daneben.</translation>
    </message>
    <message>
        <source>Gemma has no system role: this goes before your first message.</source>
        <translation>Gemma kennt keine System-Rolle: Der Text wird der ersten Nachricht vorangestellt.</translation>
    </message>
    <message>
        <source>Gemma is provided under and subject to the Gemma Terms of Use found at ai.google.dev/gemma/terms. By using these weights you agree to those terms, including the prohibited use policy they refer to.</source>
        <translation>Gemma wird unter den Gemma-Nutzungsbedingungen bereitgestellt (Gemma Terms of Use, ai.google.dev/gemma/terms) und unterliegt ihnen. Wer diese Gewichte verwendet, stimmt ihnen zu, einschließlich der Richtlinie über unzulässige Nutzung, auf die sie verweisen.</translation>
    </message>
    <message>
        <source>Gemma turns (instruction-tuned)</source>
        <translation>Gemma-Dialog (auf Anweisungen trainiert)</translation>
    </message>
    <message>
        <source>Get a model</source>
        <translation>Modell holen</translation>
    </message>
    <message>
        <source>Get the demo model</source>
        <translation>Demo-Modell holen</translation>
    </message>
    <message>
        <source>Go to the message field</source>
        <translation>Zum Nachrichtenfeld gehen</translation>
    </message>
    <message>
        <source>Google, for Gemma</source>
        <translation>Google, für Gemma</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Hoher Kontrast</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>How to install {name}</source>
        <translation>So wird {name} installiert</translation>
    </message>
    <message>
        <source>I accept the Gemma Terms of Use</source>
        <translation>Ich akzeptiere die Gemma-Nutzungsbedingungen</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Import a folder of chats</source>
        <translation>Ordner mit Chats importieren</translation>
    </message>
    <message>
        <source>Import chats</source>
        <translation>Chats importieren</translation>
    </message>
    <message>
        <source>Import the model&apos;s Hugging Face folder instead.</source>
        <translation>Stattdessen den Hugging-Face-Ordner des Modells importieren.</translation>
    </message>
    <message>
        <source>Import …</source>
        <translation>Importieren …</translation>
    </message>
    <message>
        <source>Importing {name}</source>
        <translation>{name} wird importiert</translation>
    </message>
    <message>
        <source>Importing {source} needs more memory than there is.</source>
        <translation>Der Import von {source} braucht mehr Arbeitsspeicher, als vorhanden ist.</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>Unterbrochen</translation>
    </message>
    <message>
        <source>It opens none of the models.</source>
        <translation>Öffnet keines der Modelle.</translation>
    </message>
    <message>
        <source>It was stopped before it began.</source>
        <translation>Gestoppt, bevor es begann.</translation>
    </message>
    <message>
        <source>Its log is in {folder}.</source>
        <translation>Das Protokoll liegt in {folder}.</translation>
    </message>
    <message>
        <source>Jump to the end</source>
        <translation>Zum Ende springen</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Keep the k likeliest tokens; 0 = off</source>
        <translation>Die k wahrscheinlichsten Token behalten; 0 = aus</translation>
    </message>
    <message>
        <source>Keep the likeliest tokens up to this share; 1 = off</source>
        <translation>Die wahrscheinlichsten Token bis zu diesem Anteil behalten; 1 = aus</translation>
    </message>
    <message>
        <source>Keep the model</source>
        <translation>Modell behalten</translation>
    </message>
    <message>
        <source>Keep this text as a preset</source>
        <translation>Diesen Text als Vorlage speichern</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>Tastatur</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>Größere Schrift</translation>
    </message>
    <message>
        <source>Leave the message as it was (Esc)</source>
        <translation>Die Nachricht lassen, wie sie war (Esc)</translation>
    </message>
    <message>
        <source>Length limit reached</source>
        <translation>Längengrenze erreicht</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>Lizenzen</translation>
    </message>
    <message>
        <source>Licences of what Facet is made of</source>
        <translation>Lizenzen der Bestandteile von Facet</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Link to it</source>
        <translation>Verknüpfen</translation>
    </message>
    <message>
        <source>Load all the same</source>
        <translation>Trotzdem laden</translation>
    </message>
    <message>
        <source>Load progress</source>
        <translation>Ladefortschritt</translation>
    </message>
    <message>
        <source>Load time</source>
        <translation>Ladezeit</translation>
    </message>
    <message>
        <source>Load, s</source>
        <translation>Laden, s</translation>
    </message>
    <message>
        <source>Loading was stopped.</source>
        <translation>Das Laden wurde gestoppt.</translation>
    </message>
    <message>
        <source>Loading {model} with {runtime}</source>
        <translation>{model} wird mit {runtime} geladen</translation>
    </message>
    <message>
        <source>Lock the seed</source>
        <translation>Seed festhalten</translation>
    </message>
    <message>
        <source>Log: {path}</source>
        <translation>Protokoll: {path}</translation>
    </message>
    <message>
        <source>Long</source>
        <translation>Lang</translation>
    </message>
    <message>
        <source>Longest answer; 0 = until the context is full</source>
        <translation>Längste Antwort; 0 = bis der Kontext voll ist</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Neu suchen</translation>
    </message>
    <message>
        <source>Look into {folder} no more</source>
        <translation>In {folder} nicht mehr suchen</translation>
    </message>
    <message>
        <source>Look through the model folders again</source>
        <translation>Modellordner neu durchsuchen</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>Wird erstellt …</translation>
    </message>
    <message>
        <source>Looks</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Make an .sbs of it, which the native engine reads</source>
        <translation>Eine .sbs daraus machen, die die native Engine liest</translation>
    </message>
    <message>
        <source>Max tokens</source>
        <translation>Höchstens Token</translation>
    </message>
    <message>
        <source>Measure models and runtimes</source>
        <translation>Modelle und Laufzeitumgebungen messen</translation>
    </message>
    <message>
        <source>Measure models and runtimes, and see earlier runs</source>
        <translation>Modelle und Laufzeitumgebungen messen, frühere Läufe ansehen</translation>
    </message>
    <message>
        <source>Measurements of each</source>
        <translation>Messungen von jedem</translation>
    </message>
    <message>
        <source>Measures each runtime a second time in this window, with its text on screen: what does the window cost?</source>
        <translation>Misst jede Laufzeitumgebung ein zweites Mal in diesem Fenster, mit ihrem Text auf dem Bildschirm: Was kostet das Fenster?</translation>
    </message>
    <message>
        <source>Measures every model on every runtime in turn, each in a process of its own.</source>
        <translation>Misst jedes Modell nacheinander in jeder Laufzeitumgebung, jeweils in einem eigenen Prozess.</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Memory guard</source>
        <translation>Speicherwächter</translation>
    </message>
    <message>
        <source>Memory of its process</source>
        <translation>Speicher seines Prozesses</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
    <message>
        <source>Min-p</source>
        <translation>Min-p</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Model and backend of the history</source>
        <translation>Modell und Backend des Verlaufs</translation>
    </message>
    <message>
        <source>Model folders</source>
        <translation>Modellordner</translation>
    </message>
    <message>
        <source>Model&apos;s defaults</source>
        <translation>Werte des Modells</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Models (*.sbs *.gguf config.json)</source>
        <translation>Modelle (*.sbs *.gguf config.json)</translation>
    </message>
    <message>
        <source>Models on this machine</source>
        <translation>Modelle auf diesem Rechner</translation>
    </message>
    <message>
        <source>Models to measure</source>
        <translation>Zu messende Modelle</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Move to the trash</source>
        <translation>In den Papierkorb legen</translation>
    </message>
    <message>
        <source>Move to the trash …</source>
        <translation>In den Papierkorb legen …</translation>
    </message>
    <message>
        <source>Move {name} to the trash? It lies in {path}.</source>
        <translation>{name} in den Papierkorb legen? Es liegt in {path}.</translation>
    </message>
    <message>
        <source>Move {name} to the trash? It lies in {path}. It is loaded now, and closed first.</source>
        <translation>{name} in den Papierkorb legen? Es liegt in {path}. Es ist geladen und wird vorher geschlossen.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Name of the imported model</source>
        <translation>Name des importierten Modells</translation>
    </message>
    <message>
        <source>Name of the preset</source>
        <translation>Name der Vorlage</translation>
    </message>
    <message>
        <source>Name the file.</source>
        <translation>Die Datei nennen.</translation>
    </message>
    <message>
        <source>Name the one to import.</source>
        <translation>Nennen, welche importiert werden soll.</translation>
    </message>
    <message>
        <source>Native engine</source>
        <translation>Native Engine</translation>
    </message>
    <message>
        <source>Native in its own process</source>
        <translation>Native im eigenen Prozess</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Neuer Chat</translation>
    </message>
    <message>
        <source>New chats begin with these values</source>
        <translation>Neue Chats beginnen mit diesen Werten</translation>
    </message>
    <message>
        <source>New line in the message</source>
        <translation>Neue Zeile in der Nachricht</translation>
    </message>
    <message>
        <source>New tokens</source>
        <translation>Neue Token</translation>
    </message>
    <message>
        <source>New tokens a second</source>
        <translation>Neue Token pro Sekunde</translation>
    </message>
    <message>
        <source>New tokens per second, from the first to the last</source>
        <translation>Neue Token pro Sekunde, vom ersten bis zum letzten</translation>
    </message>
    <message>
        <source>Next difference, in the analysis</source>
        <translation>Nächster Unterschied, in der Analyse</translation>
    </message>
    <message>
        <source>Next theme: system, light, dark, contrast</source>
        <translation>Nächstes Farbschema: System, hell, dunkel, Kontrast</translation>
    </message>
    <message>
        <source>Next version</source>
        <translation>Nächste Fassung</translation>
    </message>
    <message>
        <source>No keys</source>
        <translation>Keine Tasten</translation>
    </message>
    <message>
        <source>No model is chosen.</source>
        <translation>Es ist kein Modell gewählt.</translation>
    </message>
    <message>
        <source>No model was found there.</source>
        <translation>Dort wurde kein Modell gefunden.</translation>
    </message>
    <message>
        <source>No model yet</source>
        <translation>Noch kein Modell</translation>
    </message>
    <message>
        <source>No runs yet. Benchmarks and comparisons are kept here, figures only.</source>
        <translation>Noch keine Läufe. Hier bleiben Benchmarks und Vergleiche erhalten, nur ihre Messwerte.</translation>
    </message>
    <message>
        <source>None. For example: Answer in one sentence.</source>
        <translation>Keiner. Zum Beispiel: Antworte in einem Satz.</translation>
    </message>
    <message>
        <source>Not answered</source>
        <translation>Nicht beantwortet</translation>
    </message>
    <message>
        <source>Not closed: {reason}</source>
        <translation>Nicht geschlossen: {reason}</translation>
    </message>
    <message>
        <source>Not looked through yet.</source>
        <translation>Noch nicht durchsucht.</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Nicht jetzt</translation>
    </message>
    <message>
        <source>Nothing has these words.</source>
        <translation>Nichts enthält diese Wörter.</translation>
    </message>
    <message>
        <source>Of the engine; automatic takes what the machine has.</source>
        <translation>Der Engine; automatisch heißt: so viele, wie der Rechner hat.</translation>
    </message>
    <message>
        <source>One with .sbs or .gguf files, or with models as Hugging Face has them.</source>
        <translation>Einer mit .sbs- oder .gguf-Dateien oder mit Modellen im Format von Hugging Face.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open it in {place}, or have it in {folder}, where every start finds it.</source>
        <translation>In {place} öffnen oder nach {folder} bringen, wo jeder Start es findet.</translation>
    </message>
    <message>
        <source>Open it where it is</source>
        <translation>Dort öffnen, wo es liegt</translation>
    </message>
    <message>
        <source>Open or import a model that lies elsewhere</source>
        <translation>Ein Modell öffnen oder importieren, das anderswo liegt</translation>
    </message>
    <message>
        <source>Open the folder of the log</source>
        <translation>Ordner des Protokolls öffnen</translation>
    </message>
    <message>
        <source>Opens {address} in the browser</source>
        <translation>Öffnet {address} im Browser</translation>
    </message>
    <message>
        <source>Or drop a model file or folder on this window.</source>
        <translation>Oder eine Modelldatei oder einen Ordner auf dieses Fenster ziehen.</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>PaliGemma models need images, which Facet does not read yet.</source>
        <translation>PaliGemma-Modelle brauchen Bilder, die Facet noch nicht liest.</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Pick one at the top.</source>
        <translation>Oben eines wählen.</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Precision of transformers</source>
        <translation>Genauigkeit von transformers</translation>
    </message>
    <message>
        <source>Prefill</source>
        <translation>Prefill</translation>
    </message>
    <message>
        <source>Prefill, tok/s</source>
        <translation>Prefill, tok/s</translation>
    </message>
    <message>
        <source>Prefill, tok/s: median, least and most</source>
        <translation>Prefill, tok/s: Median, kleinster und größter Wert</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>Vorlagen</translation>
    </message>
    <message>
        <source>Presets of system prompts</source>
        <translation>Vorlagen für System-Prompts</translation>
    </message>
    <message>
        <source>Press keys …</source>
        <translation>Tasten drücken …</translation>
    </message>
    <message>
        <source>Previous difference, in the analysis</source>
        <translation>Voriger Unterschied, in der Analyse</translation>
    </message>
    <message>
        <source>Previous version</source>
        <translation>Vorige Fassung</translation>
    </message>
    <message>
        <source>Progress of the benchmark</source>
        <translation>Fortschritt des Benchmarks</translation>
    </message>
    <message>
        <source>Progress of the import</source>
        <translation>Fortschritt des Imports</translation>
    </message>
    <message>
        <source>Prompt style</source>
        <translation>Prompt-Format</translation>
    </message>
    <message>
        <source>Prompt tokens a second</source>
        <translation>Prompt-Token pro Sekunde</translation>
    </message>
    <message>
        <source>Prompt tokens computed per second</source>
        <translation>Berechnete Prompt-Token pro Sekunde</translation>
    </message>
    <message>
        <source>Prompt, of these reused from the cache, and new ones</source>
        <translation>Prompt, davon aus dem Cache übernommen, und neue</translation>
    </message>
    <message>
        <source>Prompts</source>
        <translation>Prompts</translation>
    </message>
    <message>
        <source>Prompts of the history</source>
        <translation>Prompts des Verlaufs</translation>
    </message>
    <message>
        <source>Prompts: a text file, lines of --- between prompts</source>
        <translation>Prompts: eine Textdatei, Zeilen aus --- zwischen den Prompts</translation>
    </message>
    <message>
        <source>Prose</source>
        <translation>Prosa</translation>
    </message>
    <message>
        <source>Put a Gemma model (a folder, an .sbs or a .gguf file) into .models, or choose another folder in the menu ⋯.</source>
        <translation>Ein Gemma-Modell (einen Ordner, eine .sbs- oder .gguf-Datei) in .models legen oder im Menü ⋯ einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>Put a model into one of these folders.</source>
        <translation>Ein Modell in einen dieser Ordner legen.</translation>
    </message>
    <message>
        <source>Put the model&apos;s SentencePiece file beside it as tokenizer.spm.</source>
        <translation>Die SentencePiece-Datei des Modells als tokenizer.spm daneben legen.</translation>
    </message>
    <message>
        <source>Put the whole file back and load the model again.</source>
        <translation>Die vollständige Datei zurücklegen und das Modell neu laden.</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Raw text</source>
        <translation>Reiner Text</translation>
    </message>
    <message>
        <source>Read the terms</source>
        <translation>Bedingungen lesen</translation>
    </message>
    <message>
        <source>Reading the licences …</source>
        <translation>Lizenzen werden gelesen …</translation>
    </message>
    <message>
        <source>Reading the prompt …</source>
        <translation>Prompt wird gelesen …</translation>
    </message>
    <message>
        <source>Real difference at {place}: {said}; {led}; that is little, but the answer as a whole differs by more than rounding.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Regenerate</source>
        <translation>Neu erzeugen</translation>
    </message>
    <message>
        <source>Release an idle model</source>
        <translation>Unbenutztes Modell freigeben</translation>
    </message>
    <message>
        <source>Release an idle model after, in minutes</source>
        <translation>Unbenutztes Modell freigeben nach, in Minuten</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove this preset</source>
        <translation>Diese Vorlage entfernen</translation>
    </message>
    <message>
        <source>Rename one of the two.</source>
        <translation>Eines der beiden umbenennen.</translation>
    </message>
    <message>
        <source>Rename the marked chat of the list</source>
        <translation>Markierten Chat der Liste umbenennen</translation>
    </message>
    <message>
        <source>Repetition penalty</source>
        <translation>Wiederholungsstrafe</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Rescan the model folders</source>
        <translation>Modellordner neu durchsuchen</translation>
    </message>
    <message>
        <source>Reset to the model&apos;s defaults</source>
        <translation>Auf die Werte des Modells zurücksetzen</translation>
    </message>
    <message>
        <source>Reset to the model&apos;s defaults: temperature {is_.temperature:g}, top-k {is_.top_k}, top-p {is_.top_p:g}, min-p {is_.min_p:g}, repetition penalty {is_.repetition_penalty:g} ({is_.source})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resident memory of this program</source>
        <translation>Belegter Arbeitsspeicher dieses Programms</translation>
    </message>
    <message>
        <source>Results: medians with least and most</source>
        <translation>Ergebnisse: Mediane mit kleinstem und größtem Wert</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Run with Native</source>
        <translation>Mit Native ausführen</translation>
    </message>
    <message>
        <source>Run with Transformers</source>
        <translation>Mit Transformers ausführen</translation>
    </message>
    <message>
        <source>Run with {name}</source>
        <translation>Mit {name} ausführen</translation>
    </message>
    <message>
        <source>Run with {name}. It gives text only: no token ids, no log-probabilities, and its dice take no seed</source>
        <translation>Mit {name} ausführen. Es liefert nur Text: keine Token-IDs, keine Log-Wahrscheinlichkeiten, und sein Würfel kennt keinen Seed</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Runs Gemma models on your machine, natively or with transformers, and sets the two side by side.</source>
        <translation>Führt Gemma-Modelle auf dem eigenen Rechner aus, nativ oder mit transformers, und stellt beides nebeneinander.</translation>
    </message>
    <message>
        <source>Runs beside which the machine was not at rest</source>
        <translation>Läufe, während derer der Rechner anderweitig beschäftigt war</translation>
    </message>
    <message>
        <source>Runs with</source>
        <translation>Läuft mit</translation>
    </message>
    <message>
        <source>Runtimes</source>
        <translation>Umgebungen</translation>
    </message>
    <message>
        <source>Runtimes to measure</source>
        <translation>Zu messende Laufzeitumgebungen</translation>
    </message>
    <message>
        <source>SFP: 8 bits, half the size</source>
        <translation>SFP: 8 Bit, halbe Größe</translation>
    </message>
    <message>
        <source>Same seed, same settings, same answer on every backend</source>
        <translation>Gleicher Seed, gleiche Einstellungen: gleiche Antwort in jedem Backend</translation>
    </message>
    <message>
        <source>Sampling</source>
        <translation>Sampling</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Search all chats</source>
        <translation>Alle Chats durchsuchen</translation>
    </message>
    <message>
        <source>Search shortcuts</source>
        <translation>Tastenkürzel suchen</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Send as a new version (Enter)</source>
        <translation>Als neue Fassung senden (Eingabetaste)</translation>
    </message>
    <message>
        <source>Send the message</source>
        <translation>Nachricht senden</translation>
    </message>
    <message>
        <source>Separate process</source>
        <translation>Eigener Prozess</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Settings and figures</source>
        <translation>Einstellungen und Messwerte</translation>
    </message>
    <message>
        <source>Settings: {path}</source>
        <translation>Einstellungen: {path}</translation>
    </message>
    <message>
        <source>Short</source>
        <translation>Kurz</translation>
    </message>
    <message>
        <source>Shortcut of “{title}”: {keys}</source>
        <translation>Tastenkürzel von „{title}“: {keys}</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Shortcuts …</source>
        <translation>Tastenkürzel …</translation>
    </message>
    <message>
        <source>Show all shortcuts</source>
        <translation>Alle Tastenkürzel zeigen</translation>
    </message>
    <message>
        <source>Show or hide sampling and figures</source>
        <translation>Sampling und Messwerte ein- oder ausblenden</translation>
    </message>
    <message>
        <source>Show or hide settings and figures</source>
        <translation>Einstellungen und Messwerte ein- oder ausblenden</translation>
    </message>
    <message>
        <source>Show or hide the chats</source>
        <translation>Chats ein- oder ausblenden</translation>
    </message>
    <message>
        <source>Show or hide the text</source>
        <translation>Text ein- oder ausblenden</translation>
    </message>
    <message>
        <source>Show the analysis</source>
        <translation>Analyse zeigen</translation>
    </message>
    <message>
        <source>Show {name}</source>
        <translation>{name} zeigen</translation>
    </message>
    <message>
        <source>Size of all text</source>
        <translation>Schriftgröße</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>Kleinere Schrift</translation>
    </message>
    <message>
        <source>Something unexpected happened</source>
        <translation>Etwas Unerwartetes ist geschehen</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Start the benchmark</source>
        <translation>Benchmark starten</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stoppen</translation>
    </message>
    <message>
        <source>Stop the benchmark</source>
        <translation>Benchmark stoppen</translation>
    </message>
    <message>
        <source>Stop what runs</source>
        <translation>Stoppen, was läuft</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Gestoppt</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Gestoppt.</translation>
    </message>
    <message>
        <source>Stopped. What has arrived is kept: press Download to go on from there.</source>
        <translation>Gestoppt. Was angekommen ist, bleibt erhalten: „Herunterladen“ macht dort weiter.</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>System-Prompt</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>Tensor &apos;qkv_ein_0&apos; has rows for {qkv_heads} heads, which &apos;att_ein_0&apos; with its {heads} leaves no keys and values of.</source>
        <translation>Tensor „qkv_ein_0“ hat Zeilen für {qkv_heads} Köpfe; nach den {heads} von „att_ein_0“ bleiben keine für Keys und Values.</translation>
    </message>
    <message>
        <source>Tensor &apos;{key}&apos; has {size} bytes, expected {expected} ({rows} x {cols} {type}).</source>
        <translation>Tensor „{key}“ hat {size} Bytes statt {expected} ({rows} x {cols} {type}).</translation>
    </message>
    <message>
        <source>Tensor &apos;{name}&apos; has scale {scale}, expected more than 0.</source>
        <translation>Tensor „{name}“ hat den Skalenfaktor {scale}, erwartet wird mehr als 0.</translation>
    </message>
    <message>
        <source>Tensor &apos;{name}&apos; has the shape {shape}.</source>
        <translation>Tensor „{name}“ hat die Form {shape}.</translation>
    </message>
    <message>
        <source>Tensor &apos;{name}&apos; has type {type}, which holds no weights.</source>
        <translation>Tensor „{name}“ hat den Typ {type}, der keine Gewichte enthält.</translation>
    </message>
    <message>
        <source>Tensor &apos;{name}&apos; has {dimensions} dimensions.</source>
        <translation>Tensor „{name}“ hat {dimensions} Dimensionen.</translation>
    </message>
    <message>
        <source>Tensor &apos;{name}&apos; has {size} bytes, no number of {kind} values.</source>
        <translation>Tensor „{name}“ hat {size} Bytes, was keine Anzahl von {kind}-Werten ergibt.</translation>
    </message>
    <message>
        <source>Tensor &apos;{name}&apos; has {values} values, expected a multiple of {unit}.</source>
        <translation>Tensor „{name}“ hat {values} Werte, erwartet wird ein Vielfaches von {unit}.</translation>
    </message>
    <message>
        <source>Tensor &apos;{name}&apos; holds values that are not numbers.</source>
        <translation>Tensor „{name}“ enthält Werte, die keine Zahlen sind.</translation>
    </message>
    <message>
        <source>Tensor &apos;{name}&apos; is missing ({rows} x {cols} expected).</source>
        <translation>Tensor „{name}“ fehlt (erwartet: {rows} x {cols}).</translation>
    </message>
    <message>
        <source>Tensor &apos;{name}&apos; is missing.</source>
        <translation>Tensor „{name}“ fehlt.</translation>
    </message>
    <message>
        <source>Tensor &apos;{name}&apos; is packed as NUQ was before February 2025, which Facet cannot read.</source>
        <translation>Tensor „{name}“ ist gepackt wie NUQ vor Februar 2025; das kann Facet nicht lesen.</translation>
    </message>
    <message>
        <source>Tensor &apos;{name}&apos; is there twice, as &apos;{first}&apos; and as &apos;{second}&apos;.</source>
        <translation>Tensor „{name}“ ist doppelt vorhanden, als „{first}“ und als „{second}“.</translation>
    </message>
    <message>
        <source>Tensor &apos;{name}&apos; is {rows} x {cols}, expected {expected_rows} x {expected_cols}.</source>
        <translation>Tensor „{name}“ ist {rows} x {cols} statt {expected_rows} x {expected_cols}.</translation>
    </message>
    <message>
        <source>Tensor &apos;{name}&apos; would start at byte {begin}, but the file has {size}: it was not downloaded or copied whole.</source>
        <translation>Tensor „{name}“ begänne bei Byte {begin}, die Datei hat aber nur {size}: Sie wurde nicht vollständig heruntergeladen oder kopiert.</translation>
    </message>
    <message>
        <source>Tensor &apos;{tensor}&apos; gave {size} bytes, expected {expected}.</source>
        <translation>Tensor „{tensor}“ ergab {size} Bytes statt {expected}.</translation>
    </message>
    <message>
        <source>Tensors &apos;{name}&apos; and &apos;{other}&apos; say the same twice.</source>
        <translation>Die Tensoren „{name}“ und „{other}“ sagen zweimal dasselbe.</translation>
    </message>
    <message>
        <source>Text (*.txt *.md)</source>
        <translation>Text (*.txt *.md)</translation>
    </message>
    <message>
        <source>Text as large as the system&apos;s</source>
        <translation>Schrift so groß wie im System</translation>
    </message>
    <message>
        <source>Text of the backend that is measured in the window</source>
        <translation>Text des Backends, das im Fenster gemessen wird</translation>
    </message>
    <message>
        <source>The RoPE settings {settings!r} are not those of a Gemma model.</source>
        <translation>Die RoPE-Einstellungen {settings!r} sind nicht die eines Gemma-Modells.</translation>
    </message>
    <message>
        <source>The alignment is {alignment!r}.</source>
        <translation>Die Ausrichtung ist {alignment!r}.</translation>
    </message>
    <message>
        <source>The answer failed</source>
        <translation>Die Antwort ist fehlgeschlagen</translation>
    </message>
    <message>
        <source>The demo model, or models you have</source>
        <translation>Das Demo-Modell oder eigene Modelle</translation>
    </message>
    <message>
        <source>The directory holds a damaged name ({name}).</source>
        <translation>Das Verzeichnis enthält einen beschädigten Namen ({name}).</translation>
    </message>
    <message>
        <source>The directory of {count} blobs does not fit into {file_bytes} bytes.</source>
        <translation>Das Verzeichnis von {count} Blobs passt nicht in {file_bytes} Bytes.</translation>
    </message>
    <message>
        <source>The disk of {folder} has {free} free, {needed} are needed.</source>
        <translation>Auf dem Datenträger von {folder} sind {free} frei, gebraucht werden {needed}.</translation>
    </message>
    <message>
        <source>The disk of {folder} is full.</source>
        <translation>Der Datenträger von {folder} ist voll.</translation>
    </message>
    <message>
        <source>The download broke off ({why}).</source>
        <translation>Das Herunterladen brach ab ({why}).</translation>
    </message>
    <message>
        <source>The download was refused ({code} {reason}).</source>
        <translation>Das Herunterladen wurde abgelehnt ({code} {reason}).</translation>
    </message>
    <message>
        <source>The earlier version and what followed it are kept.</source>
        <translation>Die frühere Fassung und was ihr folgte, bleiben erhalten.</translation>
    </message>
    <message>
        <source>The embedding (&apos;token_embd.weight&apos;) is missing.</source>
        <translation>Das Embedding („token_embd.weight“) fehlt.</translation>
    </message>
    <message>
        <source>The embedding can be bf16 or sfp, not &apos;{embedding}&apos;.</source>
        <translation>Das Embedding kann bf16 oder sfp sein, nicht „{embedding}“.</translation>
    </message>
    <message>
        <source>The end of the file is missing: it was not downloaded or copied whole.</source>
        <translation>Das Ende der Datei fehlt: Sie wurde nicht vollständig heruntergeladen oder kopiert.</translation>
    </message>
    <message>
        <source>The entry &apos;{arch}.{key}&apos; is {value!r}, expected a number.</source>
        <translation>Der Eintrag „{arch}.{key}“ ist {value!r}, erwartet wird eine Zahl.</translation>
    </message>
    <message>
        <source>The fastest, and the smallest in memory; answers change</source>
        <translation>Am schnellsten und am kleinsten im Speicher; Antworten ändern sich</translation>
    </message>
    <message>
        <source>The file became shorter while it was read.</source>
        <translation>Die Datei wurde kürzer, während sie gelesen wurde.</translation>
    </message>
    <message>
        <source>The file has no &apos;config&apos; and &apos;toc&apos; blobs.</source>
        <translation>Die Datei hat keine Blobs „config“ und „toc“.</translation>
    </message>
    <message>
        <source>The file has no &apos;config&apos; blob.</source>
        <translation>Die Datei hat keinen Blob „config“.</translation>
    </message>
    <message>
        <source>The file has {file_bytes} bytes, but its header says {stated_bytes}.</source>
        <translation>Die Datei hat {file_bytes} Bytes, ihr Kopf nennt aber {stated_bytes}.</translation>
    </message>
    <message>
        <source>The file has {file_bytes} bytes, too few for an .sbs header.</source>
        <translation>Die Datei hat {file_bytes} Bytes, zu wenig für den Kopf einer .sbs-Datei.</translation>
    </message>
    <message>
        <source>The file holds a model of architecture {arch!r}; Facet runs Gemma 1, 2 and 3.</source>
        <translation>Die Datei enthält ein Modell der Architektur {arch!r}; Facet führt Gemma 1, 2 und 3 aus.</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>Die Datei ist leer.</translation>
    </message>
    <message>
        <source>The file is from before 2025 and carries no configuration, and its tensors are of no Gemma {generation} that was published: {layers} layers of width {dim}.</source>
        <translation>Die Datei ist von vor 2025 und enthält keine Konfiguration, und ihre Tensoren gehören zu keinem veröffentlichten Gemma {generation}: {layers} Schichten der Breite {dim}.</translation>
    </message>
    <message>
        <source>The folder holds a model of type {kind!r}; Facet runs Gemma 1, 2 and 3.</source>
        <translation>Der Ordner enthält ein Modell vom Typ {kind!r}; Facet führt Gemma 1, 2 und 3 aus.</translation>
    </message>
    <message>
        <source>The header claims {length} bytes, but the file has {size}.</source>
        <translation>Der Kopf nennt {length} Bytes, die Datei hat aber {size}.</translation>
    </message>
    <message>
        <source>The header counts {count} blobs, expected 1 to {max_blobs}.</source>
        <translation>Der Kopf zählt {count} Blobs, erwartet werden 1 bis {max_blobs}.</translation>
    </message>
    <message>
        <source>The header counts {tensor_count} tensors and {entry_count} entries.</source>
        <translation>Der Kopf zählt {tensor_count} Tensoren und {entry_count} Einträge.</translation>
    </message>
    <message>
        <source>The header is cut off: the file was not downloaded or copied whole.</source>
        <translation>Der Kopf ist abgeschnitten: Die Datei wurde nicht vollständig heruntergeladen oder kopiert.</translation>
    </message>
    <message>
        <source>The header is no JSON object.</source>
        <translation>Der Kopf ist kein JSON-Objekt.</translation>
    </message>
    <message>
        <source>The header is no JSON.</source>
        <translation>Der Kopf ist kein JSON.</translation>
    </message>
    <message>
        <source>The header speaks of 0 heads.</source>
        <translation>Der Kopf der Datei nennt 0 Attention-Köpfe.</translation>
    </message>
    <message>
        <source>The header&apos;s entry &apos;{name}&apos; is damaged.</source>
        <translation>Der Eintrag „{name}“ im Kopf ist beschädigt.</translation>
    </message>
    <message>
        <source>The licences cannot be read ({reason}).</source>
        <translation>Die Lizenzen können nicht gelesen werden ({reason}).</translation>
    </message>
    <message>
        <source>The list &apos;{key}&apos; has items of the unknown type {item_type}.</source>
        <translation>Die Liste „{key}“ hat Elemente des unbekannten Typs {item_type}.</translation>
    </message>
    <message>
        <source>The list &apos;{key}&apos; of {count} texts does not fit into the file.</source>
        <translation>Die Liste „{key}“ mit {count} Texten passt nicht in die Datei.</translation>
    </message>
    <message>
        <source>The list &apos;{key}&apos; reaches beyond the end of the file.</source>
        <translation>Die Liste „{key}“ reicht über das Ende der Datei hinaus.</translation>
    </message>
    <message>
        <source>The log</source>
        <translation>Das Protokoll</translation>
    </message>
    <message>
        <source>The log has the details.</source>
        <translation>Das Protokoll enthält die Einzelheiten.</translation>
    </message>
    <message>
        <source>The model configuration has {found} attention windows, expected {expected}.</source>
        <translation>Die Modellkonfiguration hat {found} Attention-Fenster statt {expected}.</translation>
    </message>
    <message>
        <source>The model configuration has {found} layers described, expected {expected}.</source>
        <translation>Die Modellkonfiguration beschreibt {found} Schichten statt {expected}.</translation>
    </message>
    <message>
        <source>The model configuration has {name} = {cap}, expected 0 or more.</source>
        <translation>Die Modellkonfiguration hat {name} = {cap}, erwartet wird 0 oder mehr.</translation>
    </message>
    <message>
        <source>The model configuration has {name} = {value}, expected {low} to {high}.</source>
        <translation>Die Modellkonfiguration hat {name} = {value}, erwartet wird {low} bis {high}.</translation>
    </message>
    <message>
        <source>The model configuration has {name} {value}, expected 0.</source>
        <translation>Die Modellkonfiguration hat {name} {value}, erwartet wird 0.</translation>
    </message>
    <message>
        <source>The model configuration is empty.</source>
        <translation>Die Modellkonfiguration ist leer.</translation>
    </message>
    <message>
        <source>The model configuration names no model.</source>
        <translation>Die Modellkonfiguration nennt kein Modell.</translation>
    </message>
    <message>
        <source>The model could not be loaded</source>
        <translation>Das Modell konnte nicht geladen werden</translation>
    </message>
    <message>
        <source>The model no longer sees what is above this line</source>
        <translation>Was über dieser Linie steht, sieht das Modell nicht mehr</translation>
    </message>
    <message numerus="yes">
        <source>The model&apos;s file changed: %n different ones.</source>
        <translation>
            <numerusform>Die Datei des Modells hat sich geändert: %n Fassung.</numerusform>
            <numerusform>Die Datei des Modells hat sich geändert: %n Fassungen.</numerusform>
        </translation>
    </message>
    <message>
        <source>The model&apos;s layers have heads of different sizes.</source>
        <translation>Die Schichten des Modells haben verschieden große Köpfe.</translation>
    </message>
    <message>
        <source>The model&apos;s positions are not Gemma&apos;s.</source>
        <translation>Die Positionen des Modells sind nicht die von Gemma.</translation>
    </message>
    <message>
        <source>The native engine reads .sbs files: import it as one into {folder}. The source stays as it is.</source>
        <translation>Die native Engine liest .sbs-Dateien: als solche nach {folder} importieren. Die Quelle bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>The native engine runs apart: a crash of it leaves the window alone</source>
        <translation>Die native Engine läuft getrennt: Ein Absturz lässt das Fenster unberührt</translation>
    </message>
    <message>
        <source>The output head is not tied to the embedding: an .sbs file cannot say so.</source>
        <translation>Der Ausgabekopf ist nicht an das Embedding gebunden: Das kann eine .sbs-Datei nicht ausdrücken.</translation>
    </message>
    <message>
        <source>The prompt style could not be kept: {target} cannot be written ({reason}).</source>
        <translation>Das Prompt-Format konnte nicht gespeichert werden: {target} kann nicht geschrieben werden ({reason}).</translation>
    </message>
    <message>
        <source>The query scale 1/sqrt({query_scalar:g}) is neither that of the head size {qkv_dim} nor of {model_dim}/{heads}: an .sbs file cannot say so.</source>
        <translation>Die Query-Skalierung 1/sqrt({query_scalar:g}) ist weder die der Kopfgröße {qkv_dim} noch die von {model_dim}/{heads}: Das kann eine .sbs-Datei nicht ausdrücken.</translation>
    </message>
    <message>
        <source>The scale of &apos;{name}&apos; is not a finite number.</source>
        <translation>Der Skalenfaktor von „{name}“ ist keine endliche Zahl.</translation>
    </message>
    <message>
        <source>The table names a tensor &apos;{key}&apos;, but there is no such blob.</source>
        <translation>Die Tabelle nennt einen Tensor „{key}“, aber einen solchen Blob gibt es nicht.</translation>
    </message>
    <message>
        <source>The table names tensor &apos;{name}&apos; twice.</source>
        <translation>Die Tabelle nennt den Tensor „{name}“ zweimal.</translation>
    </message>
    <message>
        <source>The table of tensors holds one without a name.</source>
        <translation>Die Tensortabelle enthält einen ohne Namen.</translation>
    </message>
    <message>
        <source>The tokenizer is damaged: SentencePiece refuses it ({error}).</source>
        <translation>Der Tokenizer ist beschädigt: SentencePiece lehnt ihn ab ({error}).</translation>
    </message>
    <message>
        <source>The tokenizer is damaged: it has no pieces.</source>
        <translation>Der Tokenizer ist beschädigt: Er hat keine Teile.</translation>
    </message>
    <message>
        <source>The tokenizer is damaged: it is no SentencePiece model.</source>
        <translation>Der Tokenizer ist beschädigt: Er ist kein SentencePiece-Modell.</translation>
    </message>
    <message>
        <source>The tokenizer is damaged: piece {index} is {piece!r}.</source>
        <translation>Der Tokenizer ist beschädigt: Teil {index} ist {piece!r}.</translation>
    </message>
    <message>
        <source>The vocabulary is damaged: piece {index} has the unknown type {kind}.</source>
        <translation>Das Vokabular ist beschädigt: Teil {index} hat den unbekannten Typ {kind}.</translation>
    </message>
    <message>
        <source>The vocabulary is damaged: piece {index} is not UTF-8.</source>
        <translation>Das Vokabular ist beschädigt: Teil {index} ist kein UTF-8.</translation>
    </message>
    <message>
        <source>The vocabulary is damaged: {pieces} pieces, {scores} scores, {types} types.</source>
        <translation>Das Vokabular ist beschädigt: {pieces} Teile, {scores} Bewertungen, {types} Typen.</translation>
    </message>
    <message>
        <source>The vocabulary starts with {found}, expected {expected}: no Gemma tokenizer.</source>
        <translation>Das Vokabular beginnt mit {found} statt {expected}: kein Tokenizer von Gemma.</translation>
    </message>
    <message>
        <source>The {role} (&apos;{tensor}&apos;) is {found}, expected {expected}.</source>
        <translation>{role} („{tensor}“): {found} statt {expected}.</translation>
    </message>
    <message>
        <source>The {role} of layer {layer} (&apos;{tensor}&apos;) is {found}, expected {expected}.</source>
        <translation>{role} der Schicht {layer} („{tensor}“): {found} statt {expected}.</translation>
    </message>
    <message>
        <source>The {side} side answers.</source>
        <translation>Die {side} Seite antwortet.</translation>
    </message>
    <message>
        <source>The {what} is damaged: {found}.</source>
        <translation>Beschädigt ist {what}: {found}.</translation>
    </message>
    <message>
        <source>The {what} is damaged: {size} bytes, expected a multiple of 4.</source>
        <translation>Beschädigt ist {what}: {size} Bytes, erwartet wird ein Vielfaches von 4.</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farbschema</translation>
    </message>
    <message>
        <source>There is no &apos;text_config&apos;.</source>
        <translation>„text_config“ fehlt.</translation>
    </message>
    <message>
        <source>There is no model &apos;{wanted}&apos;, and none at all in {places}.</source>
        <translation>Es gibt kein Modell „{wanted}“ und überhaupt keines in {places}.</translation>
    </message>
    <message>
        <source>There is no model &apos;{wanted}&apos;. Did you mean {near}?</source>
        <translation>Es gibt kein Modell „{wanted}“. War {near} gemeint?</translation>
    </message>
    <message>
        <source>There is no model &apos;{wanted}&apos;. There are: {shown}.</source>
        <translation>Es gibt kein Modell „{wanted}“. Vorhanden sind: {shown}.</translation>
    </message>
    <message>
        <source>There is no room for what was said last anywhere else: closing again loses it.</source>
        <translation>Für das zuletzt Gesagte ist nirgends sonst Platz: Beim nächsten Schließen geht es verloren.</translation>
    </message>
    <message>
        <source>These weights use RoPE base {rope_base:g} with factor {rope_factor:g}, expected {expected_base:g} and {expected_factor:g}: an .sbs file cannot say so.</source>
        <translation>Diese Gewichte verwenden die RoPE-Basis {rope_base:g} mit Faktor {rope_factor:g} statt {expected_base:g} und {expected_factor:g}: Das kann eine .sbs-Datei nicht ausdrücken.</translation>
    </message>
    <message>
        <source>This is no .sbs file: it starts with {start}, expected {magic}.</source>
        <translation>Das ist keine .sbs-Datei: Sie beginnt mit {start} statt {magic}.</translation>
    </message>
    <message>
        <source>This is no GGUF file: it starts with {start!r}.</source>
        <translation>Das ist keine GGUF-Datei: Sie beginnt mit {start!r}.</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Threads</translation>
    </message>
    <message>
        <source>Time to load the model</source>
        <translation>Zeit, bis das Modell geladen ist</translation>
    </message>
    <message>
        <source>Time to the first token</source>
        <translation>Zeit bis zum ersten Token</translation>
    </message>
    <message>
        <source>To use {name}, type this in a terminal and start Facet again.
It needs the network, once.</source>
        <translation>Um {name} zu verwenden, dies in ein Terminal eingeben und Facet neu starten.
Das braucht einmal das Netz.</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Tokens of a conversation that a model is opened for; automatic takes the model&apos;s own, 8192 at most. More takes more memory.</source>
        <translation>Token einer Unterhaltung, für die ein Modell geöffnet wird; automatisch nimmt die des Modells, höchstens 8192. Mehr braucht mehr Arbeitsspeicher.</translation>
    </message>
    <message>
        <source>Tokens to generate for each prompt</source>
        <translation>Zu erzeugende Token je Prompt</translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation>Top-k</translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation>Top-p</translation>
    </message>
    <message>
        <source>Transcript (base model)</source>
        <translation>Mitschrift (Basismodell)</translation>
    </message>
    <message>
        <source>Transformers precision</source>
        <translation>Genauigkeit von Transformers</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>Erneut versuchen.</translation>
    </message>
    <message>
        <source>Two blobs are called &apos;{key}&apos;.</source>
        <translation>Zwei Blobs heißen „{key}“.</translation>
    </message>
    <message>
        <source>Two runtimes side by side</source>
        <translation>Zwei Laufzeitumgebungen nebeneinander</translation>
    </message>
    <message>
        <source>Two tensors are called &apos;{name}&apos;.</source>
        <translation>Zwei Tensoren heißen „{name}“.</translation>
    </message>
    <message>
        <source>Type of the imported weights</source>
        <translation>Typ der importierten Gewichte</translation>
    </message>
    <message>
        <source>Under the Apache License 2.0. Nothing you write leaves this machine; there is no telemetry.</source>
        <translation>Unter der Apache-Lizenz 2.0. Nichts Geschriebenes verlässt diesen Rechner; es gibt keine Telemetrie.</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>Use a model you have.</source>
        <translation>Ein vorhandenes Modell verwenden.</translation>
    </message>
    <message>
        <source>Use for new chats</source>
        <translation>Für neue Chats verwenden</translation>
    </message>
    <message>
        <source>Use letters, digits, &apos;.&apos;, &apos;-&apos;, &apos;_&apos;, and begin with a letter.</source>
        <translation>Buchstaben, Ziffern, „.“, „-“ und „_“ verwenden und mit einem Buchstaben beginnen.</translation>
    </message>
    <message>
        <source>Use models you have</source>
        <translation>Vorhandene Modelle verwenden</translation>
    </message>
    <message>
        <source>Use the original weights (bfloat16).</source>
        <translation>Die ursprünglichen Gewichte (bfloat16) verwenden.</translation>
    </message>
    <message>
        <source>Use this model</source>
        <translation>Dieses Modell verwenden</translation>
    </message>
    <message>
        <source>Use {runtime}</source>
        <translation>{runtime} verwenden</translation>
    </message>
    <message>
        <source>Version {which} of {count}</source>
        <translation>Fassung {which} von {count}</translation>
    </message>
    <message>
        <source>Version, licences, diagnostics</source>
        <translation>Version, Lizenzen, Diagnose</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>Vokabular</translation>
    </message>
    <message>
        <source>Weights can be {choices}, not &apos;{weights}&apos;.</source>
        <translation>Gewichte können {choices} sein, nicht „{weights}“.</translation>
    </message>
    <message>
        <source>Weights in memory</source>
        <translation>Gewichte im Speicher</translation>
    </message>
    <message>
        <source>Weights of the native engine in memory</source>
        <translation>Gewichte der nativen Engine im Speicher</translation>
    </message>
    <message>
        <source>What `facet doctor` prints, without the names of your folders: for a report of a defect.</source>
        <translation>Was „facet doctor“ ausgibt, ohne die Namen eigener Ordner: für die Meldung eines Fehlers.</translation>
    </message>
    <message>
        <source>What has arrived is kept: try again to go on from there.</source>
        <translation>Was angekommen ist, bleibt erhalten: Ein neuer Versuch macht dort weiter.</translation>
    </message>
    <message>
        <source>What to do, a chat, or a model</source>
        <translation>Was zu tun ist, ein Chat oder ein Modell</translation>
    </message>
    <message>
        <source>What was downloaded is damaged, so it was deleted.</source>
        <translation>Das Heruntergeladene ist beschädigt und wurde gelöscht.</translation>
    </message>
    <message>
        <source>What was downloaded is not the demo model, so it was deleted.</source>
        <translation>Das Heruntergeladene ist nicht das Demo-Modell und wurde gelöscht.</translation>
    </message>
    <message>
        <source>What was measured</source>
        <translation>Was gemessen wurde</translation>
    </message>
    <message>
        <source>What was not used for so long gives its memory back, and is loaded again with the next message.</source>
        <translation>Was so lange nicht benutzt wurde, gibt seinen Speicher zurück und wird mit der nächsten Nachricht wieder geladen.</translation>
    </message>
    <message>
        <source>What was said last is kept in {file}; the next start takes it in. Close again to leave.</source>
        <translation>Das zuletzt Gesagte liegt in {file}; der nächste Start übernimmt es. Zum Beenden noch einmal schließen.</translation>
    </message>
    <message>
        <source>When something goes wrong</source>
        <translation>Wenn etwas schiefgeht</translation>
    </message>
    <message>
        <source>Where this is kept</source>
        <translation>Wo das alles liegt</translation>
    </message>
    <message>
        <source>Which engine computes, and in which precision</source>
        <translation>Welche Engine rechnet, und mit welcher Genauigkeit</translation>
    </message>
    <message>
        <source>Which engine of the native backend computes</source>
        <translation>Welche Engine des nativen Backends rechnet</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Yes, move it to the trash</source>
        <translation>Ja, in den Papierkorb legen</translation>
    </message>
    <message>
        <source>Your message</source>
        <translation>Eigene Nachricht</translation>
    </message>
    <message>
        <source>Your message is not saved yet</source>
        <translation>Die Nachricht ist noch nicht gespeichert</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <comment>files</comment>
        <translation>
            <numerusform>und %n weitere</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>attention output</source>
        <translation>Attention-Ausgabe</translation>
    </message>
    <message>
        <source>bf16: exact for most checkpoints</source>
        <translation>bf16: genau bei den meisten Checkpoints</translation>
    </message>
    <message>
        <source>copying</source>
        <translation>wird kopiert</translation>
    </message>
    <message>
        <source>decode
tok/s</source>
        <translation>Decode
tok/s</translation>
    </message>
    <message>
        <source>disturbed
runs</source>
        <translation>gestörte
Läufe</translation>
    </message>
    <message>
        <source>down projection</source>
        <translation>Down-Projektion</translation>
    </message>
    <message>
        <source>downloading</source>
        <translation>wird heruntergeladen</translation>
    </message>
    <message>
        <source>embedding</source>
        <translation>Embedding</translation>
    </message>
    <message>
        <source>final norm</source>
        <translation>letzte Norm</translation>
    </message>
    <message>
        <source>finishing</source>
        <translation>wird abgeschlossen</translation>
    </message>
    <message>
        <source>first token
s</source>
        <translation>erstes Token
s</translation>
    </message>
    <message>
        <source>first token {seconds} s</source>
        <translation>erstes Token {seconds} s</translation>
    </message>
    <message>
        <source>float32 takes twice the memory.</source>
        <translation>float32 braucht doppelt so viel Arbeitsspeicher.</translation>
    </message>
    <message>
        <source>float32: exact, twice the size</source>
        <translation>float32: genau, doppelte Größe</translation>
    </message>
    <message>
        <source>gate projection</source>
        <translation>Gate-Projektion</translation>
    </message>
    <message>
        <source>i8: 8 bits in groups</source>
        <translation>i8: 8 Bit in Gruppen</translation>
    </message>
    <message>
        <source>in float32 {size}</source>
        <translation>in float32 {size}</translation>
    </message>
    <message>
        <source>in float32 {size}, at most {most}</source>
        <translation>in float32 {size}, höchstens {most}</translation>
    </message>
    <message>
        <source>it is not a regular file</source>
        <translation>keine gewöhnliche Datei</translation>
    </message>
    <message>
        <source>joining</source>
        <translation>wird zusammengefügt</translation>
    </message>
    <message>
        <source>key norm</source>
        <translation>Key-Norm</translation>
    </message>
    <message>
        <source>key projection</source>
        <translation>Key-Projektion</translation>
    </message>
    <message>
        <source>load
s</source>
        <translation>Laden
s</translation>
    </message>
    <message>
        <source>model configuration</source>
        <translation>die Modellkonfiguration</translation>
    </message>
    <message>
        <source>more than is free</source>
        <translation>mehr, als frei ist</translation>
    </message>
    <message>
        <source>none</source>
        <comment>no runs</comment>
        <translation>keine</translation>
    </message>
    <message>
        <source>norm after attention</source>
        <translation>Norm nach der Attention</translation>
    </message>
    <message>
        <source>norm after the feed-forward part</source>
        <translation>Norm nach dem Feed-Forward-Teil</translation>
    </message>
    <message>
        <source>norm before attention</source>
        <translation>Norm vor der Attention</translation>
    </message>
    <message>
        <source>norm before the feed-forward part</source>
        <translation>Norm vor dem Feed-Forward-Teil</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>nicht gemessen</translation>
    </message>
    <message>
        <source>nothing measured yet</source>
        <translation>noch nichts gemessen</translation>
    </message>
    <message>
        <source>opens it</source>
        <translation>öffnet es</translation>
    </message>
    <message>
        <source>opens it · about {size} of memory</source>
        <translation>öffnet es · etwa {size} Arbeitsspeicher</translation>
    </message>
    <message>
        <source>peak RSS
MB</source>
        <translation>Spitzen-RSS
MB</translation>
    </message>
    <message>
        <source>prefill
tok/s</source>
        <translation>Prefill
tok/s</translation>
    </message>
    <message>
        <source>query norm</source>
        <translation>Query-Norm</translation>
    </message>
    <message>
        <source>query projection</source>
        <translation>Query-Projektion</translation>
    </message>
    <message>
        <source>raw text</source>
        <translation>reiner Text</translation>
    </message>
    <message>
        <source>reading the source</source>
        <translation>Quelle wird gelesen</translation>
    </message>
    <message>
        <source>run, oldest first</source>
        <translation>Lauf, ältester zuerst</translation>
    </message>
    <message>
        <source>runtime</source>
        <translation>Laufzeitumgebung</translation>
    </message>
    <message>
        <source>stopping</source>
        <comment>a load</comment>
        <translation>wird gestoppt</translation>
    </message>
    <message>
        <source>table of tensors</source>
        <translation>die Tensortabelle</translation>
    </message>
    <message>
        <source>the built-in engine</source>
        <translation>eingebaute Engine</translation>
    </message>
    <message>
        <source>the server closed the connection</source>
        <translation>der Server hat die Verbindung geschlossen</translation>
    </message>
    <message>
        <source>transcript (base model)</source>
        <translation>Mitschrift (Basismodell)</translation>
    </message>
    <message>
        <source>unknown format</source>
        <translation>unbekanntes Format</translation>
    </message>
    <message>
        <source>up projection</source>
        <translation>Up-Projektion</translation>
    </message>
    <message>
        <source>value projection</source>
        <translation>Value-Projektion</translation>
    </message>
    <message>
        <source>writing weights</source>
        <translation>Gewichte werden geschrieben</translation>
    </message>
    <message>
        <source>{count} min left</source>
        <comment>minutes</comment>
        <translation>noch {count} min</translation>
    </message>
    <message>
        <source>{count} new</source>
        <comment>tokens</comment>
        <translation>{count} neu</translation>
    </message>
    <message>
        <source>{count} of {total}</source>
        <translation>{count} von {total}</translation>
    </message>
    <message>
        <source>{count} s left</source>
        <comment>seconds</comment>
        <translation>noch {count} s</translation>
    </message>
    <message>
        <source>{count} tokens</source>
        <translation>{count} Token</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <comment>sizes of files</comment>
        <translation>{done} von {total}</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <comment>bytes</comment>
        <translation>{done} von {total}</translation>
    </message>
    <message>
        <source>{done} of {total} measurements</source>
        <translation>{done} von {total} Messungen</translation>
    </message>
    <message>
        <source>{engine} holds them as the file has them</source>
        <translation>{engine} hält sie, wie sie in der Datei stehen</translation>
    </message>
    <message>
        <source>{family} is not Gemma 1, 2 or 3, which is what Facet runs.</source>
        <translation>{family} ist nicht Gemma 1, 2 oder 3; nur diese führt Facet aus.</translation>
    </message>
    <message>
        <source>{file}: the model is split over several files; join them first.</source>
        <translation>{file}: Das Modell ist auf mehrere Dateien verteilt; sie müssen zuerst zusammengefügt werden.</translation>
    </message>
    <message>
        <source>{file}: there is no tokenizer in the file.</source>
        <translation>{file}: Die Datei enthält keinen Tokenizer.</translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <translation>{first} bis {last}</translation>
    </message>
    <message>
        <source>{folder} cannot be used: “{sign}” in its name separates folders.</source>
        <translation>{folder} kann nicht verwendet werden: „{sign}“ im Namen trennt Ordner.</translation>
    </message>
    <message>
        <source>{folder}: the {role} (&apos;{name}&apos;) is missing.</source>
        <translation>{folder}: {role} („{name}“) fehlt.</translation>
    </message>
    <message>
        <source>{folder}: there are no .safetensors files in it.</source>
        <translation>{folder}: Der Ordner enthält keine .safetensors-Dateien.</translation>
    </message>
    <message>
        <source>{index} has no {package} {version} any more.</source>
        <translation>{index} hat {package} {version} nicht mehr.</translation>
    </message>
    <message>
        <source>{index}: there is no &apos;weight_map&apos;.</source>
        <translation>{index}: „weight_map“ fehlt.</translation>
    </message>
    <message>
        <source>{keys} is needed for writing text. Add Ctrl or Alt, or use a function key.</source>
        <translation>{keys} wird zum Schreiben gebraucht. Strg oder Alt hinzunehmen oder eine Funktionstaste verwenden.</translation>
    </message>
    <message>
        <source>{keys} is taken by “{title}”. Choose other keys, or change those first.</source>
        <translation>{keys} ist schon an „{title}“ vergeben. Andere Tasten wählen oder zuerst jene ändern.</translation>
    </message>
    <message numerus="yes">
        <source>{language} code, %n line(s).</source>
        <translation>
            <numerusform>{language}-Code, %n Zeile.</numerusform>
            <numerusform>{language}-Code, %n Zeilen.</numerusform>
        </translation>
    </message>
    <message>
        <source>{layers} layers with every {period}th global; expected 1 to {max_layers} layers.</source>
        <translation>{layers} Schichten, jede {period}. global; erwartet werden 1 bis {max_layers} Schichten.</translation>
    </message>
    <message>
        <source>{model} with {runtime} ended its process last time, so it is not loaded by itself. Send a message, or pick it, to load it.</source>
        <translation>{model} mit {runtime} hat letztes Mal seinen Prozess beendet und wird deshalb nicht von selbst geladen. Eine Nachricht senden oder das Modell wählen, um es zu laden.</translation>
    </message>
    <message>
        <source>{name} claims {length} words, {left} are left</source>
        <translation>{name} gibt {length} Wörter an, übrig sind {left}</translation>
    </message>
    <message>
        <source>{name} has the unknown value {word}, expected one of {known}</source>
        <translation>{name} hat den unbekannten Wert {word}, erwartet wird einer von {known}</translation>
    </message>
    <message>
        <source>{name} has {count} entries, {left} words are left</source>
        <translation>{name} hat {count} Einträge, übrig sind {left} Wörter</translation>
    </message>
    <message>
        <source>{name} is a text of {count} words, more than are there or allowed</source>
        <translation>{name} ist ein Text von {count} Wörtern, mehr als vorhanden oder erlaubt</translation>
    </message>
    <message>
        <source>{name} is at work. Stop it first.</source>
        <translation>{name} arbeitet gerade. Zuerst stoppen.</translation>
    </message>
    <message>
        <source>{name} is cut off</source>
        <translation>{name} ist abgeschnitten</translation>
    </message>
    <message>
        <source>{name} is in the trash.</source>
        <translation>{name} liegt im Papierkorb.</translation>
    </message>
    <message>
        <source>{name} is not ASCII text</source>
        <translation>{name} ist kein ASCII-Text</translation>
    </message>
    <message>
        <source>{name} is not a finite number</source>
        <translation>{name} ist keine endliche Zahl</translation>
    </message>
    <message>
        <source>{name} is not part of this build.</source>
        <translation>{name} ist in dieser Ausgabe nicht enthalten.</translation>
    </message>
    <message>
        <source>{name} is not printable text</source>
        <translation>{name} ist kein druckbarer Text</translation>
    </message>
    <message>
        <source>{name} is {word}, expected 0 or 1</source>
        <translation>{name} ist {word}, erwartet wird 0 oder 1</translation>
    </message>
    <message>
        <source>{name}: the window costs {decode} of decode and {prefill} of prefill.</source>
        <translation>{name}: Das Fenster kostet {decode} des Decode- und {prefill} des Prefill-Tempos.</translation>
    </message>
    <message>
        <source>{one} and {other}</source>
        <translation>{one} und {other}</translation>
    </message>
    <message>
        <source>{one} or {other}</source>
        <translation>{one} oder {other}</translation>
    </message>
    <message>
        <source>{path} became shorter while it was in use: {now} bytes of {before}.</source>
        <translation>{path} wurde kürzer, während die Datei in Gebrauch war: {now} Bytes von {before}.</translation>
    </message>
    <message>
        <source>{path} cannot be opened: {reason}</source>
        <translation>{path} kann nicht geöffnet werden: {reason}</translation>
    </message>
    <message>
        <source>{path} cannot be read ({reason}).</source>
        <translation>{path} kann nicht gelesen werden ({reason}).</translation>
    </message>
    <message>
        <source>{path} cannot be understood ({kind}: {error}).</source>
        <translation>{path} ist nicht zu verstehen ({kind}: {error}).</translation>
    </message>
    <message>
        <source>{path} cannot be written ({reason}).</source>
        <translation>{path} kann nicht geschrieben werden ({reason}).</translation>
    </message>
    <message>
        <source>{path} does not exist.</source>
        <translation>{path} gibt es nicht.</translation>
    </message>
    <message>
        <source>{path} exists already.</source>
        <translation>{path} gibt es schon.</translation>
    </message>
    <message>
        <source>{path} holds no .sbs, no .gguf and no Hugging Face config.json.</source>
        <translation>{path} enthält keine .sbs, keine .gguf und keine config.json von Hugging Face.</translation>
    </message>
    <message>
        <source>{path} holds several models: {files}.</source>
        <translation>{path} enthält mehrere Modelle: {files}.</translation>
    </message>
    <message>
        <source>{path} is missing: the folder was not downloaded whole.</source>
        <translation>{path} fehlt: Der Ordner wurde nicht vollständig heruntergeladen.</translation>
    </message>
    <message>
        <source>{path} is missing; Facet needs the SentencePiece model.</source>
        <translation>{path} fehlt; Facet braucht das SentencePiece-Modell.</translation>
    </message>
    <message>
        <source>{path} is no model: no .sbs, no .gguf and no Hugging Face folder.</source>
        <translation>{path} ist kein Modell: weder .sbs noch .gguf noch ein Hugging-Face-Ordner.</translation>
    </message>
    <message>
        <source>{path}: &apos;{name}&apos; has the shape {shape}, expected a matrix.</source>
        <translation>{path}: „{name}“ hat die Form {shape}, erwartet wird eine Matrix.</translation>
    </message>
    <message>
        <source>{path}: &apos;{name}&apos; has {size} bytes, expected {expected}.</source>
        <translation>{path}: „{name}“ hat {size} Bytes statt {expected}.</translation>
    </message>
    <message>
        <source>{path}: &apos;{name}&apos; is stored as {dtype}, which cannot be imported.</source>
        <translation>{path}: „{name}“ ist als {dtype} gespeichert, was nicht importiert werden kann.</translation>
    </message>
    <message>
        <source>{path}: &apos;{tensor}&apos; ({shape}, {kind}) does not fit into the file.</source>
        <translation>{path}: „{tensor}“ ({shape}, {kind}) passt nicht in die Datei.</translation>
    </message>
    <message>
        <source>{path}: &apos;{tensor}&apos; differs from its source by {relative:.3f} of its size, which rounding to {type} does not explain.</source>
        <translation>{path}: „{tensor}“ weicht um das {relative:.3f}-Fache seiner Größe von der Quelle ab, was das Runden auf {type} nicht erklärt.</translation>
    </message>
    <message>
        <source>{path}: &apos;{tensor}&apos; has the unknown type {type_id}.</source>
        <translation>{path}: „{tensor}“ hat den unbekannten Typ {type_id}.</translation>
    </message>
    <message>
        <source>{path}: &apos;{tensor}&apos; is missing or of another shape than its source.</source>
        <translation>{path}: „{tensor}“ fehlt oder hat eine andere Form als in der Quelle.</translation>
    </message>
    <message>
        <source>{path}: &apos;{tensor}&apos; is quantised as {kind}, which cannot be imported.</source>
        <translation>{path}: „{tensor}“ ist als {kind} quantisiert, was nicht importiert werden kann.</translation>
    </message>
    <message>
        <source>{path}: The file is empty.</source>
        <translation>{path}: Die Datei ist leer.</translation>
    </message>
    <message>
        <source>{path}: The list &apos;{key}&apos; is missing or of the wrong kind.</source>
        <translation>{path}: Die Liste „{key}“ fehlt oder ist von falscher Art.</translation>
    </message>
    <message>
        <source>{path}: cannot be read ({reason}).</source>
        <translation>{path}: kann nicht gelesen werden ({reason}).</translation>
    </message>
    <message>
        <source>{path}: the file holds no JSON object.</source>
        <translation>{path}: Die Datei enthält kein JSON-Objekt.</translation>
    </message>
    <message>
        <source>{path}: the file is empty.</source>
        <translation>{path}: Die Datei ist leer.</translation>
    </message>
    <message>
        <source>{path}: the file is no JSON.</source>
        <translation>{path}: Die Datei ist kein JSON.</translation>
    </message>
    <message>
        <source>{path}: the vocabulary is of kind {kind!r}, expected &apos;llama&apos;.</source>
        <translation>{path}: Das Vokabular ist von der Art {kind!r}, erwartet wird „llama“.</translation>
    </message>
    <message>
        <source>{path}: the {role} (&apos;{name}&apos;) is missing.</source>
        <translation>{path}: {role} („{name}“) fehlt.</translation>
    </message>
    <message>
        <source>{path}: there is no such file or folder.</source>
        <translation>{path}: Diese Datei oder diesen Ordner gibt es nicht.</translation>
    </message>
    <message>
        <source>{path}: there is no such file.</source>
        <translation>{path}: Diese Datei gibt es nicht.</translation>
    </message>
    <message>
        <source>{path}: tokenizer.model is missing.</source>
        <translation>{path}: tokenizer.model fehlt.</translation>
    </message>
    <message>
        <source>{path}: {error}</source>
        <translation>{path}: {error}</translation>
    </message>
    <message>
        <source>{prompt} ({reused} reused) + {new}</source>
        <comment>tokens</comment>
        <translation>{prompt} ({reused} übernommen) + {new}</translation>
    </message>
    <message>
        <source>{prompt} + {new}</source>
        <comment>tokens</comment>
        <translation>{prompt} + {new}</translation>
    </message>
    <message>
        <source>{size} of memory is free.</source>
        <translation>{size} Arbeitsspeicher sind frei.</translation>
    </message>
    <message>
        <source>{size} the first time</source>
        <translation>{size} beim ersten Mal</translation>
    </message>
    <message>
        <source>{size} with a full context</source>
        <translation>{size} mit vollem Kontext</translation>
    </message>
    <message>
        <source>{size}/s</source>
        <comment>bytes in a second</comment>
        <translation>{size}/s</translation>
    </message>
    <message>
        <source>{source} holds {files} GGUF files.</source>
        <translation>{source} enthält {files} GGUF-Dateien.</translation>
    </message>
    <message>
        <source>{source}: neither a GGUF file nor a config.json of Hugging Face is in it.</source>
        <translation>{source}: Darin ist weder eine GGUF-Datei noch eine config.json von Hugging Face.</translation>
    </message>
    <message>
        <source>{source}: not enough memory to read it.</source>
        <translation>{source}: zu wenig Arbeitsspeicher, um es zu lesen.</translation>
    </message>
    <message>
        <source>{what} {next_step}</source>
        <extracomment>What the user can do next, one short sentence; may be empty.</extracomment>
        <translation>{what} {next_step}</translation>
    </message>
    <message>
        <source>{what} · stopping</source>
        <translation>{what} · wird gestoppt</translation>
    </message>
    <message>
        <source>“{keys}” are no keys that a shortcut can have.</source>
        <translation>„{keys}“ sind keine Tasten für ein Tastenkürzel.</translation>
    </message>
    <message>
        <source>… {size} more</source>
        <translation>… noch {size}</translation>
    </message>
</context>
</TS>
