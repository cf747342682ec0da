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
        <source>%n character(s)</source>
        <translation>
            <numerusform>%n Zeichen</numerusform>
            <numerusform>%n Zeichen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s) (is|are) in {folder}.</source>
        <translation>
            <numerusform>%n Chat liegt in {folder}.</numerusform>
            <numerusform>%n Chats liegen in {folder}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s) (was|were) here already.</source>
        <translation>
            <numerusform>%n Chat war schon da.</numerusform>
            <numerusform>%n Chats waren schon da.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s) (was|were) imported.</source>
        <translation>
            <numerusform>%n Chat wurde importiert.</numerusform>
            <numerusform>%n Chats wurden importiert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n found</source>
        <comment>matches</comment>
        <translation>
            <numerusform>%n gefunden</numerusform>
            <numerusform>%n gefunden</numerusform>
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
        <source>%n more file(s) could not be imported.</source>
        <translation>
            <numerusform>%n weitere Datei konnte nicht importiert werden.</numerusform>
            <numerusform>%n weitere Dateien konnten nicht importiert werden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n oldest left out</source>
        <comment>messages</comment>
        <translation>
            <numerusform>%n älteste ausgelassen</numerusform>
            <numerusform>%n älteste ausgelassen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n processor(s)</source>
        <translation>
            <numerusform>%n Prozessor</numerusform>
            <numerusform>%n Prozessoren</numerusform>
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
        <source>&apos;{key}&apos; is {value}, expected a number.</source>
        <translation>„{key}“ ist {value}, erwartet wird eine Zahl.</translation>
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
        <source>--against takes distinct names, separated by commas; got &apos;{words}&apos;.</source>
        <translation>--against nimmt verschiedene Namen, durch Kommas getrennt; angegeben: „{words}“.</translation>
    </message>
    <message>
        <source>--kl needs transformers as the reference: {reason}</source>
        <translation>--kl braucht transformers als Referenz: {reason}</translation>
    </message>
    <message>
        <source>0 = greedy: the likeliest token every time</source>
        <translation>0 = greedy: jedes Mal das wahrscheinlichste Token</translation>
    </message>
    <message>
        <source>1 = the likeliest</source>
        <translation>1 = das wahrscheinlichste</translation>
    </message>
    <message>
        <source>1 chat</source>
        <translation>1 Chat</translation>
    </message>
    <message>
        <source>1 message</source>
        <translation>1 Nachricht</translation>
    </message>
    <message>
        <source>5 bits, lossy</source>
        <translation>5 Bit, mit Verlust</translation>
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
        <source>A change could not be saved ({error}).</source>
        <translation>Eine Änderung konnte nicht gespeichert werden ({error}).</translation>
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
        <source>A page, JSON and CSV; names of your account and folders are left out</source>
        <translation>Eine Seite, JSON und CSV; Namen von Konto und Ordnern werden weggelassen</translation>
    </message>
    <message>
        <source>A process for the engine cannot be started: {failure}.</source>
        <translation>Ein Prozess für die Engine kann nicht gestartet werden: {failure}.</translation>
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
        <source>Add a third column</source>
        <translation>Dritte Spalte hinzufügen</translation>
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
        <source>All chats are saved again.</source>
        <translation>Alle Chats sind wieder gespeichert.</translation>
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
        <source>All sides together: they share the processor</source>
        <translation>Alle Seiten zugleich: Sie teilen sich den Prozessor</translation>
    </message>
    <message>
        <source>Along the {side} answer.</source>
        <translation>Entlang der {side} Antwort.</translation>
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
        <source>An environment cannot be made</source>
        <translation>Eine Umgebung kann nicht angelegt werden</translation>
    </message>
    <message>
        <source>Analysis</source>
        <translation>Analyse</translation>
    </message>
    <message>
        <source>Another one is spoken from the next start on.</source>
        <translation>Eine andere gilt ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>Another program keeps {path} locked.</source>
        <translation>Ein anderes Programm sperrt {path}.</translation>
    </message>
    <message>
        <source>Answer of {author}</source>
        <translation>Antwort von {author}</translation>
    </message>
    <message>
        <source>Answer with the tokens that are left</source>
        <translation>Mit den übrigen Token antworten</translation>
    </message>
    <message>
        <source>April</source>
        <translation>April</translation>
    </message>
    <message>
        <source>As it is spelled; · is a space</source>
        <translation>Wie es geschrieben wird; · ist ein Leerzeichen</translation>
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
        <source>Ask again.</source>
        <translation>Erneut fragen.</translation>
    </message>
    <message>
        <source>Ask both sides five times more</source>
        <translation>Beide Seiten noch fünfmal fragen</translation>
    </message>
    <message>
        <source>Ask both sides five times more: are the tokens the same every time?</source>
        <translation>Beide Seiten noch fünfmal fragen: Sind die Token jedes Mal gleich?</translation>
    </message>
    <message>
        <source>Ask for fewer with --new-tokens or --prompt-tokens.</source>
        <translation>Mit --new-tokens oder --prompt-tokens weniger verlangen.</translation>
    </message>
    <message>
        <source>Ask this side now</source>
        <translation>Diese Seite jetzt fragen</translation>
    </message>
    <message>
        <source>Asking the {side} side again</source>
        <translation>Wird noch einmal gefragt: {side}</translation>
    </message>
    <message>
        <source>Asks before a model is loaded that will hardly fit into the memory that is free.</source>
        <translation>Fragt nach, bevor ein Modell geladen wird, das kaum in den freien Arbeitsspeicher passt.</translation>
    </message>
    <message numerus="yes">
        <source>At most %n file(s) go with one message.</source>
        <translation>
            <numerusform>Mit einer Nachricht geht höchstens %n Datei.</numerusform>
            <numerusform>Mit einer Nachricht gehen höchstens %n Dateien.</numerusform>
        </translation>
    </message>
    <message>
        <source>At once</source>
        <translation>Zugleich</translation>
    </message>
    <message>
        <source>At rest: a fixed piece of work took at most {worst:.1f} % longer than undisturbed.</source>
        <translation>In Ruhe: Eine feste Rechenaufgabe dauerte höchstens {worst:.1f} % länger als ungestört.</translation>
    </message>
    <message>
        <source>Attach text files</source>
        <translation>Textdateien anhängen</translation>
    </message>
    <message>
        <source>August</source>
        <translation>August</translation>
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
        <source>Back to the comparison</source>
        <translation>Zurück zum Vergleich</translation>
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
        <source>Backend, engine and precision</source>
        <translation>Backend, Engine und Genauigkeit</translation>
    </message>
    <message>
        <source>Before temperature</source>
        <translation>Vor der Temperatur</translation>
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
        <source>Both answers as one text</source>
        <translation>Beide Antworten als ein Text</translation>
    </message>
    <message>
        <source>Both answers token by token: where they part, and what was likely there</source>
        <translation>Beide Antworten Token für Token: wo sie sich trennen und was dort wahrscheinlich war</translation>
    </message>
    <message>
        <source>Both then share the processor</source>
        <translation>Beide teilen sich dann den Prozessor</translation>
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
        <source>Build a newer gemma.cpp, or use the native backend.</source>
        <translation>Ein neueres gemma.cpp bauen oder das native Backend verwenden.</translation>
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
        <source>Chats ({endings})</source>
        <translation>Chats ({endings})</translation>
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
        <source>Check the file&apos;s permissions and the disk.</source>
        <translation>Zugriffsrechte der Datei und den Datenträger prüfen.</translation>
    </message>
    <message>
        <source>Check the folder&apos;s rights.</source>
        <translation>Zugriffsrechte des Ordners prüfen.</translation>
    </message>
    <message>
        <source>Check the path, or scan the model folders again.</source>
        <translation>Pfad prüfen oder die Modellordner neu durchsuchen.</translation>
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
        <source>Choose another name.</source>
        <translation>Einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>Choose one that it has.</source>
        <translation>Eine vorhandene wählen.</translation>
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
        <source>Close other programs and try again.</source>
        <translation>Andere Programme schließen und erneut versuchen.</translation>
    </message>
    <message>
        <source>Close other programs or pick a smaller model.</source>
        <translation>Andere Programme schließen oder ein kleineres Modell wählen.</translation>
    </message>
    <message>
        <source>Close other programs or pick a smaller model. Loaded all the same it may be very slow, or end in the middle.</source>
        <translation>Andere Programme schließen oder ein kleineres Modell wählen. Trotzdem geladen, kann es sehr langsam sein oder mittendrin enden.</translation>
    </message>
    <message>
        <source>Close other programs, or use bfloat16, a shorter context or a smaller model.</source>
        <translation>Andere Programme schließen oder bfloat16, einen kürzeren Kontext oder ein kleineres Modell verwenden.</translation>
    </message>
    <message>
        <source>Close other programs.</source>
        <translation>Andere Programme schließen.</translation>
    </message>
    <message>
        <source>Close the models</source>
        <translation>Modelle schließen</translation>
    </message>
    <message>
        <source>Close the report</source>
        <translation>Bericht schließen</translation>
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
        <source>Compare the left side with the right one</source>
        <translation>Die linke Seite mit der rechten vergleichen</translation>
    </message>
    <message>
        <source>Compare the left side with the third one</source>
        <translation>Die linke Seite mit der dritten vergleichen</translation>
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
        <source>Context: {figures}</source>
        <translation>Kontext: {figures}</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Continue in a chat</source>
        <translation>In einem Chat fortsetzen</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>Unterhaltung</translation>
    </message>
    <message>
        <source>Conversation of the {side} side</source>
        <translation>Unterhaltung der {side} Seite</translation>
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
        <source>December</source>
        <translation>Dezember</translation>
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
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete from here on</source>
        <translation>Ab hier löschen</translation>
    </message>
    <message>
        <source>Delete it with your file manager if you want it gone.</source>
        <translation>Mit der Dateiverwaltung löschen, wenn es weg soll.</translation>
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
        <source>Deleted “{title}”</source>
        <translation>„{title}“ gelöscht</translation>
    </message>
    <message>
        <source>Demo model</source>
        <translation>Demo-Modell</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Deviates from the reference</source>
        <translation>Weicht von der Referenz ab</translation>
    </message>
    <message>
        <source>Different samplers choose different tokens.</source>
        <translation>Verschiedene Sampler wählen verschiedene Token.</translation>
    </message>
    <message>
        <source>Different seeds are different dice.</source>
        <translation>Verschiedene Seeds sind verschiedene Würfel.</translation>
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
        <source>Drop the oldest</source>
        <translation>Älteste auslassen</translation>
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
        <source>Every side is given the left side&apos;s earlier answers, not its own</source>
        <translation>Jede Seite bekommt die früheren Antworten der linken, nicht ihre eigenen</translation>
    </message>
    <message>
        <source>Exact; large f32 and bf16 models run at about half the speed</source>
        <translation>Genau; große f32- und bf16-Modelle laufen etwa halb so schnell</translation>
    </message>
    <message>
        <source>Explain</source>
        <translation>Erklären</translation>
    </message>
    <message>
        <source>Explain the differences</source>
        <translation>Unterschiede erklären</translation>
    </message>
    <message>
        <source>Explain two backends of the same model.</source>
        <translation>Zwei Backends desselben Modells erklären lassen.</translation>
    </message>
    <message>
        <source>Export all chats into a folder</source>
        <translation>Alle Chats in einen Ordner exportieren</translation>
    </message>
    <message>
        <source>Export the chat</source>
        <translation>Chat exportieren</translation>
    </message>
    <message>
        <source>Export this chat</source>
        <translation>Diesen Chat exportieren</translation>
    </message>
    <message>
        <source>Export …</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Exporting the weights for {choice}</source>
        <translation>Gewichte werden für {choice} exportiert</translation>
    </message>
    <message>
        <source>Exporting the weights for {choice}: {phase}</source>
        <translation>Gewichte werden für {choice} exportiert: {phase}</translation>
    </message>
    <message>
        <source>Exporting the weights for {choice}: {phase}, {percent} %</source>
        <translation>Gewichte werden für {choice} exportiert: {phase}, {percent} %</translation>
    </message>
    <message>
        <source>Exporting {source} for {label} needs {needed:.1f} GB, and the disk of {folder} has {free:.1f} GB free.</source>
        <translation>Der Export von {source} für {label} braucht {needed:.1f} GB; auf dem Datenträger von {folder} sind {free:.1f} GB frei.</translation>
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
        <source>Facet tries again by itself.</source>
        <translation>Facet versucht es von selbst wieder.</translation>
    </message>
    <message>
        <source>Fair</source>
        <translation>Fair</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>Familie</translation>
    </message>
    <message>
        <source>February</source>
        <translation>Februar</translation>
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
        <source>Free some space, or name another folder with FACET_CACHE_DIR.</source>
        <translation>Platz schaffen oder mit FACET_CACHE_DIR einen anderen Ordner nennen.</translation>
    </message>
    <message>
        <source>Free some space, or open the model where it is.</source>
        <translation>Platz schaffen oder das Modell dort öffnen, wo es liegt.</translation>
    </message>
    <message>
        <source>Free some space; Facet saves by itself then.</source>
        <translation>Platz schaffen; Facet speichert dann von selbst.</translation>
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
        <source>From the call to the first sampled token</source>
        <translation>Vom Aufruf bis zum ersten gezogenen Token</translation>
    </message>
    <message>
        <source>From the click to a model that is ready</source>
        <translation>Vom Klick bis zum bereiten Modell</translation>
    </message>
    <message>
        <source>From the request to a model that is ready</source>
        <translation>Von der Anforderung bis zum bereiten Modell</translation>
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
        <translation>Gemma-Dialog (Chat-Modell)</translation>
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
        <source>Google&apos;s gemma program cannot go on with an answer.</source>
        <translation>Googles gemma-Programm kann eine Antwort nicht fortsetzen.</translation>
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
        <source>How far apart</source>
        <translation>Wie weit auseinander</translation>
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
        <source>Identical: the sides prefer the same token at all {count} positions ({measure}).</source>
        <translation>Gleich: An allen {count} Stellen bevorzugen die Seiten dasselbe Token ({measure}).</translation>
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
        <source>Import or download the model again.</source>
        <translation>Das Modell neu importieren oder herunterladen.</translation>
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
        <source>In turn</source>
        <translation>Nacheinander</translation>
    </message>
    <message>
        <source>In {place}, where Facet keeps what there is no room for: {damage}</source>
        <translation>In {place}, wo Facet aufhebt, wofür kein Platz ist: {damage}</translation>
    </message>
    <message>
        <source>Install Facet again.</source>
        <translation>Facet neu installieren.</translation>
    </message>
    <message>
        <source>Install it with `{command}`.</source>
        <translation>Installieren mit „{command}“.</translation>
    </message>
    <message>
        <source>Installing torch and transformers: about 250 MB to download, 1.2 GB on the disk</source>
        <translation>torch und transformers werden installiert: etwa 250 MB herunterzuladen, 1,2 GB auf dem Datenträger</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>Unterbrochen</translation>
    </message>
    <message>
        <source>It needs the network, once. Then try it again.</source>
        <translation>Das braucht einmal das Netz. Danach erneut versuchen.</translation>
    </message>
    <message>
        <source>It opens none of the models.</source>
        <translation>Öffnet keines der Modelle.</translation>
    </message>
    <message>
        <source>It takes about {needed:.1f} GB of memory, and {free:.1f} GB is free.</source>
        <translation>Gebraucht werden etwa {needed:.1f} GB Arbeitsspeicher, frei sind {free:.1f} GB.</translation>
    </message>
    <message>
        <source>It was stopped before it began.</source>
        <translation>Gestoppt, bevor es begann.</translation>
    </message>
    <message>
        <source>Its log has the details.</source>
        <translation>Das Protokoll enthält die Einzelheiten.</translation>
    </message>
    <message>
        <source>Its log is in {folder}.</source>
        <translation>Das Protokoll liegt in {folder}.</translation>
    </message>
    <message>
        <source>JSON, nothing is lost</source>
        <translation>JSON, nichts geht verloren</translation>
    </message>
    <message>
        <source>January</source>
        <translation>Januar</translation>
    </message>
    <message>
        <source>July</source>
        <translation>Juli</translation>
    </message>
    <message>
        <source>Jump to the end</source>
        <translation>Zum Ende springen</translation>
    </message>
    <message>
        <source>June</source>
        <translation>Juni</translation>
    </message>
    <message>
        <source>KL, nats</source>
        <translation>KL, nats</translation>
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
        <source>Lead both sides along the same tokens: is it rounding?</source>
        <translation>Beide Seiten an denselben Token entlangführen: Ist es Rundung?</translation>
    </message>
    <message>
        <source>Leading both sides along the {side} answer</source>
        <translation>Beide Seiten werden an einer Antwort entlanggeführt ({side})</translation>
    </message>
    <message>
        <source>Leave out the oldest messages; a line shows from where on</source>
        <translation>Die ältesten Nachrichten auslassen; eine Linie zeigt, ab wo</translation>
    </message>
    <message>
        <source>Leave the message as it was (Esc)</source>
        <translation>Die Nachricht lassen, wie sie war (Esc)</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Links</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Ausgelassen</translation>
    </message>
    <message>
        <source>Left, right</source>
        <translation>Links, rechts</translation>
    </message>
    <message>
        <source>Left, third</source>
        <translation>Links, dritte</translation>
    </message>
    <message>
        <source>Length limit reached</source>
        <translation>Längengrenze erreicht</translation>
    </message>
    <message>
        <source>Let the model sum this chat up as the start of a new one</source>
        <translation>Das Modell diesen Chat als Anfang eines neuen zusammenfassen lassen</translation>
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
        <source>Likeliest tokens of the {side} side</source>
        <translation>Wahrscheinlichste Token der {side} Seite</translation>
    </message>
    <message>
        <source>Link to it</source>
        <translation>Verknüpfen</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Laden</translation>
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
        <source>Loading the model in another precision, to see what rounding does</source>
        <translation>Das Modell wird mit anderer Genauigkeit geladen, um den Einfluss des Rundens zu sehen</translation>
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
        <source>Logit of the likeliest token less this one&apos;s</source>
        <translation>Logit des wahrscheinlichsten Tokens minus den von diesem</translation>
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
        <source>Look into the trash of your file manager.</source>
        <translation>Im Papierkorb der Dateiverwaltung nachsehen.</translation>
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
        <source>Looking whether they can be used</source>
        <translation>Wird geprüft, ob sie verwendbar sind</translation>
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
        <source>Make room, or give yourself the right to write there.</source>
        <translation>Platz schaffen oder sich das Schreibrecht dort geben.</translation>
    </message>
    <message>
        <source>Making an environment in {target} with {base}</source>
        <translation>In {target} wird mit {base} eine Umgebung angelegt</translation>
    </message>
    <message>
        <source>March</source>
        <translation>März</translation>
    </message>
    <message>
        <source>Markdown, the branch on screen</source>
        <translation>Markdown, der Zweig auf dem Bildschirm</translation>
    </message>
    <message>
        <source>Max tokens</source>
        <translation>Höchstens Token</translation>
    </message>
    <message>
        <source>May</source>
        <translation>Mai</translation>
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
        <source>Measuring the noise of {model} takes {needed:.1f} GB more, and {free:.1f} GB are free.</source>
        <translation>Das Rauschen von {model} zu messen braucht {needed:.1f} GB mehr, frei sind {free:.1f} GB.</translation>
    </message>
    <message>
        <source>Measuring what rounding does</source>
        <translation>Der Einfluss des Rundens wird gemessen</translation>
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
        <source>Message</source>
        <translation>Nachricht</translation>
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
        <source>Model of the {side} side</source>
        <translation>Modell der {side} Seite</translation>
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
        <source>More of the {side} side</source>
        <translation>Mehr zur {side} Seite</translation>
    </message>
    <message>
        <source>Move it away and start Facet again.</source>
        <translation>Datei wegschieben und Facet neu starten.</translation>
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
        <source>Name gemma.cpp&apos;s program in {variable}.</source>
        <translation>Das Programm von gemma.cpp in {variable} nennen.</translation>
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
        <source>Native · 5 bits, lossy</source>
        <translation>Native · 5 Bit, mit Verlust</translation>
    </message>
    <message>
        <source>Native · 8 bits</source>
        <translation>Native · 8 Bit</translation>
    </message>
    <message>
        <source>Native · as stored</source>
        <translation>Native · Original</translation>
    </message>
    <message>
        <source>Native · automatic</source>
        <translation>Native · automatisch</translation>
    </message>
    <message>
        <source>Near-tie at token {n}: the draw fell on the border of two tokens; {words}.</source>
        <translation>Beinahe-Gleichstand bei Token {n}: Die Ziehung fiel auf die Grenze zweier Token; {words}.</translation>
    </message>
    <message>
        <source>Near-tie at token {n}: {moved}; {limit}.</source>
        <translation>Beinahe-Gleichstand bei Token {n}: {moved}; {limit}.</translation>
    </message>
    <message>
        <source>Near-tie at token {n}: {said}; {led}; {limit}.</source>
        <translation>Beinahe-Gleichstand bei Token {n}: {said}; {led}; {limit}.</translation>
    </message>
    <message>
        <source>Near-tie: at {parted} of {count} positions the sides prefer different tokens, always two that are about equally likely ({measure}).</source>
        <translation>Beinahe-Gleichstand: An {parted} von {count} Stellen bevorzugen die Seiten verschiedene Token, immer zwei etwa gleich wahrscheinliche ({measure}).</translation>
    </message>
    <message>
        <source>Near-tie: the answers part at token {n}, between tokens that are about equally likely; led along the same tokens, the sides choose alike ({measure}).</source>
        <translation>Beinahe-Gleichstand: Die Antworten trennen sich bei Token {n}, zwischen etwa gleich wahrscheinlichen Token; an denselben Token entlanggeführt wählen die Seiten gleich ({measure}).</translation>
    </message>
    <message>
        <source>Nearly full: {left} of {reply} tokens are left for the reply.</source>
        <translation>Fast voll: Für die Antwort bleiben {left} von {reply} Token.</translation>
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
        <source>New chat with a summary</source>
        <translation>Neuer Chat mit Zusammenfassung</translation>
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
        <source>New tokens per second: now, and the mean since the first</source>
        <translation>Neue Token pro Sekunde: jetzt und im Mittel seit dem ersten</translation>
    </message>
    <message>
        <source>Next difference</source>
        <translation>Nächster Unterschied</translation>
    </message>
    <message>
        <source>Next difference, in the analysis</source>
        <translation>Nächster Unterschied, in der Analyse</translation>
    </message>
    <message>
        <source>Next match (Enter)</source>
        <translation>Nächster Treffer (Eingabetaste)</translation>
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
        <source>No Python was found on this machine.</source>
        <translation>Auf diesem Rechner wurde kein Python gefunden.</translation>
    </message>
    <message>
        <source>No backend opens it.</source>
        <translation>Kein Backend öffnet es.</translation>
    </message>
    <message>
        <source>No keys</source>
        <translation>Keine Tasten</translation>
    </message>
    <message>
        <source>No log is written: {folder} cannot be used ({reason}).</source>
        <translation>Es wird kein Protokoll geschrieben: {folder} kann nicht verwendet werden ({reason}).</translation>
    </message>
    <message>
        <source>No matches</source>
        <translation>Keine Treffer</translation>
    </message>
    <message>
        <source>No model is chosen.</source>
        <translation>Es ist kein Modell gewählt.</translation>
    </message>
    <message>
        <source>No model is loaded.</source>
        <translation>Es ist kein Modell geladen.</translation>
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
        <source>Not asked</source>
        <translation>Nicht gefragt</translation>
    </message>
    <message>
        <source>Not at rest: at {count} of {total} measurements a fixed piece of work took over {limit} % longer than undisturbed, {worst} % at most.</source>
        <translation>Nicht in Ruhe: Bei {count} von {total} Messungen dauerte eine feste Rechenaufgabe über {limit} % länger als ungestört, höchstens {worst} %.</translation>
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
        <source>Not saved yet: {why}</source>
        <translation>Noch nicht gespeichert: {why}</translation>
    </message>
    <message>
        <source>Not saved: these chats belong to a newer version of Facet.</source>
        <translation>Nicht gespeichert: Diese Chats gehören zu einer neueren Version von Facet.</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>Nothing has these words.</source>
        <translation>Nichts enthält diese Wörter.</translation>
    </message>
    <message>
        <source>November</source>
        <translation>November</translation>
    </message>
    <message>
        <source>October</source>
        <translation>Oktober</translation>
    </message>
    <message>
        <source>Of the engine; automatic takes what the machine has.</source>
        <translation>Der Engine; automatisch heißt: so viele, wie der Rechner hat.</translation>
    </message>
    <message>
        <source>Of the token</source>
        <translation>Des Tokens</translation>
    </message>
    <message>
        <source>On Debian and Ubuntu install it with `sudo apt install python3-venv`, or name another one: {command} --python PATH.</source>
        <translation>Unter Debian und Ubuntu mit „sudo apt install python3-venv“ installieren oder ein anderes nennen: {command} --python PFAD.</translation>
    </message>
    <message>
        <source>One side after the other: each has the whole processor</source>
        <translation>Eine Seite nach der anderen: Jede hat den ganzen Prozessor</translation>
    </message>
    <message>
        <source>One side has more of the processor.</source>
        <translation>Eine Seite hat mehr vom Prozessor.</translation>
    </message>
    <message>
        <source>One side may stop before the other.</source>
        <translation>Eine Seite kann vor der anderen aufhören.</translation>
    </message>
    <message>
        <source>One with .sbs or .gguf files, or with models as Hugging Face has them.</source>
        <translation>Einer mit .sbs- oder .gguf-Dateien oder mit Modellen im Format von Hugging Face.</translation>
    </message>
    <message>
        <source>Only the left side is asked</source>
        <translation>Nur die linke Seite wird gefragt</translation>
    </message>
    <message>
        <source>Only the right side is asked</source>
        <translation>Nur die rechte Seite wird gefragt</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open a report</source>
        <translation>Bericht öffnen</translation>
    </message>
    <message>
        <source>Open a report …</source>
        <translation>Bericht öffnen …</translation>
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
        <source>Open or save a report</source>
        <translation>Bericht öffnen oder speichern</translation>
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
        <source>Other programs, or heat? Measure again before you believe small differences.</source>
        <translation>Andere Programme oder Hitze? Neu messen, bevor man kleinen Unterschieden glaubt.</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>Pages, with .json and .csv beside them (*.html)</source>
        <translation>Seiten, daneben .json und .csv (*.html)</translation>
    </message>
    <message>
        <source>Pair</source>
        <translation>Paar</translation>
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
        <source>Part of the difference in speed and in the answers is the precision&apos;s.</source>
        <translation>Ein Teil des Unterschieds in Tempo und Antworten kommt von der Genauigkeit.</translation>
    </message>
    <message>
        <source>Pick one at the top.</source>
        <translation>Oben eines wählen.</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Anheften</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>Angeheftet</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Plain text, the branch on screen</source>
        <translation>Reiner Text, der Zweig auf dem Bildschirm</translation>
    </message>
    <message>
        <source>Please report this sentence.</source>
        <translation>Bitte diesen Satz melden.</translation>
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
        <source>Previous 30 days</source>
        <translation>Letzte 30 Tage</translation>
    </message>
    <message>
        <source>Previous 7 days</source>
        <translation>Letzte 7 Tage</translation>
    </message>
    <message>
        <source>Previous difference</source>
        <translation>Voriger Unterschied</translation>
    </message>
    <message>
        <source>Previous difference, in the analysis</source>
        <translation>Voriger Unterschied, in der Analyse</translation>
    </message>
    <message>
        <source>Previous match (Shift+Enter)</source>
        <translation>Voriger Treffer (Umschalt+Eingabetaste)</translation>
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
        <source>Prompt, and new ones</source>
        <translation>Prompt und neue</translation>
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
        <source>Put a Gemma model (a folder, an .sbs or a .gguf file) into .models, choose another folder in the menu ⋯, or get the demo model there.</source>
        <translation>Ein Gemma-Modell (einen Ordner, eine .sbs- oder .gguf-Datei) in .models legen, im Menü ⋯ einen anderen Ordner wählen oder dort das Demo-Modell holen.</translation>
    </message>
    <message>
        <source>Put a Gemma model into .models.</source>
        <translation>Ein Gemma-Modell in .models legen.</translation>
    </message>
    <message>
        <source>Put a model into one of these folders.</source>
        <translation>Ein Modell in einen dieser Ordner legen.</translation>
    </message>
    <message>
        <source>Put in the message</source>
        <translation>In die Nachricht setzen</translation>
    </message>
    <message>
        <source>Put the model&apos;s SentencePiece file beside it as tokenizer.spm.</source>
        <translation>Die SentencePiece-Datei des Modells als tokenizer.spm daneben legen.</translation>
    </message>
    <message>
        <source>Put the model&apos;s SentencePiece file beside the weights as tokenizer.spm.</source>
        <translation>Die SentencePiece-Datei des Modells als tokenizer.spm neben die Gewichte legen.</translation>
    </message>
    <message>
        <source>Put the whole file back and load the model again.</source>
        <translation>Die vollständige Datei zurücklegen und das Modell neu laden.</translation>
    </message>
    <message>
        <source>Put this model&apos;s own beside the weights as tokenizer.spm.</source>
        <translation>Den des Modells als tokenizer.spm neben die Gewichte legen.</translation>
    </message>
    <message>
        <source>Question, answers and ids were left out of this report.</source>
        <translation>Frage, Antworten und IDs wurden in diesem Bericht weggelassen.</translation>
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
        <source>Real difference at token {n}: {moved}; that is little, but the answer as a whole differs by more than rounding.</source>
        <translation>Echter Unterschied bei Token {n}: {moved}; das ist wenig, aber die Antwort im Ganzen weicht um mehr als Rundung ab.</translation>
    </message>
    <message>
        <source>Real difference at token {n}: {moved}; {limit}.</source>
        <translation>Echter Unterschied bei Token {n}: {moved}; {limit}.</translation>
    </message>
    <message>
        <source>Real difference at token {n}: {said}; {led}; that is little, but the answer as a whole differs by more than rounding.</source>
        <translation>Echter Unterschied bei Token {n}: {said}; {led}; das ist wenig, aber die Antwort im Ganzen weicht um mehr als Rundung ab.</translation>
    </message>
    <message>
        <source>Real difference at token {n}: {said}; {led}; {limit}.</source>
        <translation>Echter Unterschied bei Token {n}: {said}; {led}; {limit}.</translation>
    </message>
    <message>
        <source>Real difference at token {n}: {words}; over the answer {drift:.1e} nats.</source>
        <translation>Echter Unterschied bei Token {n}: {words}; über die Antwort {drift:.1e} nats.</translation>
    </message>
    <message>
        <source>Real difference: at {places} a margin moved by more than rounding moves it ({measure}).</source>
        <translation>Echter Unterschied: Bei {places} verschob sich ein Abstand stärker, als Runden ihn verschiebt ({measure}).</translation>
    </message>
    <message>
        <source>Real difference: over the whole answer the sides differ by more than rounding ({measure}).</source>
        <translation>Echter Unterschied: Über die ganze Antwort weichen die Seiten um mehr als Rundung ab ({measure}).</translation>
    </message>
    <message>
        <source>Real difference: over the whole answer the sides differ by more than rounding, and at {places} a margin moved by more than rounding moves it ({measure}).</source>
        <translation>Echter Unterschied: Über die ganze Antwort weichen die Seiten um mehr als Rundung ab, und bei {places} verschob sich ein Abstand stärker, als Runden ihn verschiebt ({measure}).</translation>
    </message>
    <message>
        <source>Real difference: the answers part at token {n}, where rounding cannot turn the choice ({measure}).</source>
        <translation>Echter Unterschied: Die Antworten trennen sich bei Token {n}, wo Runden die Wahl nicht umkehren kann ({measure}).</translation>
    </message>
    <message>
        <source>Regenerate</source>
        <translation>Neu erzeugen</translation>
    </message>
    <message>
        <source>Regenerate it instead.</source>
        <translation>Stattdessen neu erzeugen.</translation>
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
        <source>Remove this column</source>
        <translation>Diese Spalte entfernen</translation>
    </message>
    <message>
        <source>Remove this preset</source>
        <translation>Diese Vorlage entfernen</translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation>{name} entfernen</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
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
        <source>Repeat ×5</source>
        <translation>Wiederholen ×5</translation>
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
        <source>Report {name}</source>
        <translation>Bericht {name}</translation>
    </message>
    <message>
        <source>Reports (*.json)</source>
        <translation>Berichte (*.json)</translation>
    </message>
    <message>
        <source>Reports are written by `facet compare --report`.</source>
        <translation>Berichte schreibt „facet compare --report“.</translation>
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
        <source>Reset to the model&apos;s defaults: temperature {temperature}, top-k {top_k}, top-p {top_p}, min-p {min_p}, repetition penalty {penalty} ({source})</source>
        <translation>Auf die Werte des Modells zurücksetzen: Temperatur {temperature}, Top-k {top_k}, Top-p {top_p}, Min-p {min_p}, Wiederholungsstrafe {penalty} ({source})</translation>
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
        <source>Right</source>
        <translation>Rechts</translation>
    </message>
    <message>
        <source>Run `facet doctor`.</source>
        <translation>„facet doctor“ ausführen.</translation>
    </message>
    <message>
        <source>Run `make setup` in Facet&apos;s folder.</source>
        <translation>Im Ordner von Facet „make setup“ ausführen.</translation>
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
        <source>Runtime of the {side} side</source>
        <translation>Laufzeitumgebung der {side} Seite</translation>
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
        <source>Same history</source>
        <translation>Gleicher Verlauf</translation>
    </message>
    <message>
        <source>Same history on all sides</source>
        <translation>Gleicher Verlauf auf allen Seiten</translation>
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
        <source>Save a report</source>
        <translation>Bericht speichern</translation>
    </message>
    <message>
        <source>Save a report without texts …</source>
        <translation>Bericht ohne Texte speichern …</translation>
    </message>
    <message>
        <source>Save a report …</source>
        <translation>Bericht speichern …</translation>
    </message>
    <message>
        <source>Save it as UTF-8 if it is a text.</source>
        <translation>Als UTF-8 speichern, wenn es ein Text ist.</translation>
    </message>
    <message>
        <source>Saved now: {some} for which there was no room when Facet was closed.</source>
        <translation>Jetzt gespeichert: {some}, wofür beim Schließen von Facet kein Platz war.</translation>
    </message>
    <message>
        <source>Scoring with transformers in float32</source>
        <translation>Bewertung mit transformers in float32</translation>
    </message>
    <message>
        <source>Scoring with {subject}</source>
        <translation>Bewertung mit {subject}</translation>
    </message>
    <message>
        <source>Search all chats</source>
        <translation>Alle Chats durchsuchen</translation>
    </message>
    <message>
        <source>Search all chats (Ctrl+Shift+F)</source>
        <translation>Alle Chats durchsuchen (Strg+Umschalt+F)</translation>
    </message>
    <message>
        <source>Search chats</source>
        <translation>Chats durchsuchen</translation>
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
        <source>Send (Enter)</source>
        <translation>Senden (Eingabetaste)</translation>
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
        <source>September</source>
        <translation>September</translation>
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
        <source>Several sides compute at the same time: their speeds say little</source>
        <translation>Mehrere Seiten rechnen zugleich: Ihr Tempo sagt wenig</translation>
    </message>
    <message>
        <source>Sharing the CPU</source>
        <translation>CPU geteilt</translation>
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
        <source>Shorten the reply</source>
        <translation>Antwort kürzen</translation>
    </message>
    <message>
        <source>Show all models</source>
        <translation>Alle Modelle zeigen</translation>
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
        <source>Show or hide speed, memory and differences</source>
        <translation>Tempo, Speicher und Unterschiede ein- oder ausblenden</translation>
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
        <source>Sides</source>
        <translation>Seiten</translation>
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
        <source>Something unexpected happened ({kind}: {error}).</source>
        <translation>Etwas Unerwartetes ist geschehen ({kind}: {error}).</translation>
    </message>
    <message>
        <source>Something unexpected happened in the engine&apos;s process ({kind}: {error}).</source>
        <translation>Im Prozess der Engine ist etwas Unerwartetes geschehen ({kind}: {error}).</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Speed and memory</source>
        <translation>Tempo und Speicher</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Start a new chat, or open the model with a larger context.</source>
        <translation>Einen neuen Chat beginnen oder das Modell mit größerem Kontext öffnen.</translation>
    </message>
    <message>
        <source>Start a new chat, shorten the text, or open the model with a larger context.</source>
        <translation>Einen neuen Chat beginnen, den Text kürzen oder das Modell mit größerem Kontext öffnen.</translation>
    </message>
    <message>
        <source>Start now</source>
        <translation>Jetzt starten</translation>
    </message>
    <message>
        <source>Start the answer of the {side} side now</source>
        <translation>Die Antwort der {side} Seite jetzt starten</translation>
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
        <source>Stop (Esc)</source>
        <translation>Stoppen (Esc)</translation>
    </message>
    <message>
        <source>Stop the answer of the {side} side</source>
        <translation>Die Antwort der {side} Seite stoppen</translation>
    </message>
    <message>
        <source>Stop the benchmark</source>
        <translation>Benchmark stoppen</translation>
    </message>
    <message>
        <source>Stop this side only</source>
        <translation>Nur diese Seite stoppen</translation>
    </message>
    <message>
        <source>Stop what is being analysed</source>
        <translation>Die laufende Analyse stoppen</translation>
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
        <source>Stopped. What was measured stays.</source>
        <translation>Gestoppt. Das Gemessene bleibt.</translation>
    </message>
    <message>
        <source>Summarise our conversation so far, so that we can go on from the summary: what was asked, what was found, what is open. At most 200 words.</source>
        <translation>Fasse unsere bisherige Unterhaltung so zusammen, dass wir von der Zusammenfassung aus weitermachen können: was gefragt wurde, was herauskam, was offen ist. Höchstens 200 Wörter.</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>System-Prompt</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
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
        <source>The Python package transformers is damaged.</source>
        <translation>Das Python-Paket transformers ist beschädigt.</translation>
    </message>
    <message>
        <source>The Python package {package} is not installed.</source>
        <translation>Das Python-Paket {package} ist nicht installiert.</translation>
    </message>
    <message>
        <source>The Python that transformers was installed with is gone: {python}. Install it again with `{command}`.</source>
        <translation>Das Python, mit dem transformers installiert wurde, gibt es nicht mehr: {python}. Neu installieren mit „{command}“.</translation>
    </message>
    <message>
        <source>The RoPE settings {settings} are not those of a Gemma model.</source>
        <translation>Die RoPE-Einstellungen {settings} sind nicht die eines Gemma-Modells.</translation>
    </message>
    <message>
        <source>The add-on cannot be deleted: {error}.</source>
        <translation>Die Erweiterung kann nicht gelöscht werden: {error}.</translation>
    </message>
    <message>
        <source>The add-on cannot be written: {reason}: {filename}.</source>
        <translation>Die Erweiterung kann nicht geschrieben werden: {reason}: {filename}.</translation>
    </message>
    <message>
        <source>The alignment is {alignment}.</source>
        <translation>Die Ausrichtung ist {alignment}.</translation>
    </message>
    <message>
        <source>The answer failed</source>
        <translation>Die Antwort ist fehlgeschlagen</translation>
    </message>
    <message>
        <source>The answers have the same words.</source>
        <translation>Die Antworten haben dieselben Wörter.</translation>
    </message>
    <message>
        <source>The answers were not explained: {error}</source>
        <translation>Die Antworten wurden nicht erklärt: {error}</translation>
    </message>
    <message>
        <source>The chat is in {path}.</source>
        <translation>Der Chat liegt in {path}.</translation>
    </message>
    <message>
        <source>The chat that was to be summed up has been deleted, so there is nothing to sum up.</source>
        <translation>Der Chat, der zusammengefasst werden sollte, wurde gelöscht; es gibt nichts zusammenzufassen.</translation>
    </message>
    <message>
        <source>The chats in {path} are damaged ({error}).</source>
        <translation>Die Chats in {path} sind beschädigt ({error}).</translation>
    </message>
    <message>
        <source>The chats in {path} cannot be reached ({reason}).</source>
        <translation>Die Chats in {path} sind nicht erreichbar ({reason}).</translation>
    </message>
    <message>
        <source>The chats in {path} cannot be read or written ({error}).</source>
        <translation>Die Chats in {path} können nicht gelesen oder geschrieben werden ({error}).</translation>
    </message>
    <message>
        <source>The chats in {path} cannot be written ({error}).</source>
        <translation>Die Chats in {path} können nicht geschrieben werden ({error}).</translation>
    </message>
    <message>
        <source>The chats in {path} could not be brought up to date ({error}); they are unchanged.</source>
        <translation>Die Chats in {path} konnten nicht auf den neuen Stand gebracht werden ({error}); sie sind unverändert.</translation>
    </message>
    <message>
        <source>The context ended after {made} of {asked} new tokens.</source>
        <translation>Der Kontext endete nach {made} von {asked} neuen Token.</translation>
    </message>
    <message>
        <source>The conversation has {tokens} tokens; the context holds {context}.</source>
        <translation>Die Unterhaltung hat {tokens} Token; der Kontext fasst {context}.</translation>
    </message>
    <message>
        <source>The demo model, or models you have</source>
        <translation>Das Demo-Modell oder eigene Modelle</translation>
    </message>
    <message>
        <source>The diagnostics could not be made ({error}).</source>
        <translation>Die Diagnose konnte nicht erstellt werden ({error}).</translation>
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
        <source>The disk of {folder} has {free:.1f} GB free, {needed:.1f} GB are needed.</source>
        <translation>Auf dem Datenträger von {folder} sind {free:.1f} GB frei, gebraucht werden {needed:.1f} GB.</translation>
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
        <source>The disk that holds {path} is full.</source>
        <translation>Der Datenträger, auf dem {path} liegt, ist voll.</translation>
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
        <source>The engine&apos;s process ended while it was {doing}: {how}.</source>
        <translation>Der Prozess der Engine ist zu Ende ({doing}): {how}.</translation>
    </message>
    <message>
        <source>The engine&apos;s process was ended while it was {doing}: {why}.</source>
        <translation>Der Prozess der Engine wurde beendet ({doing}): {why}.</translation>
    </message>
    <message>
        <source>The entry &apos;{arch}.{key}&apos; is {value}, expected a number.</source>
        <translation>Der Eintrag „{arch}.{key}“ ist {value}, erwartet wird eine Zahl.</translation>
    </message>
    <message>
        <source>The export of {source} for {label} could not be written: {reason}.</source>
        <translation>Der Export von {source} für {label} konnte nicht geschrieben werden: {reason}.</translation>
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
        <source>The file holds a model of architecture {arch}; Facet runs Gemma 1, 2 and 3.</source>
        <translation>Die Datei enthält ein Modell der Architektur {arch}; Facet führt Gemma 1, 2 und 3 aus.</translation>
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
        <source>The file of chats was damaged. It is kept as {kept}; {chats} and {messages} could be read from it.</source>
        <translation>Die Datei der Chats war beschädigt. Sie liegt als {kept} bereit; gelesen werden konnten daraus {chats} und {messages}.</translation>
    </message>
    <message>
        <source>The folder holds a model of type {kind}; Facet runs Gemma 1, 2 and 3.</source>
        <translation>Der Ordner enthält ein Modell vom Typ {kind}; Facet führt Gemma 1, 2 und 3 aus.</translation>
    </message>
    <message>
        <source>The gemma program cannot be started: {error}.</source>
        <translation>Das gemma-Programm kann nicht gestartet werden: {error}.</translation>
    </message>
    <message>
        <source>The gemma program ended while it was {doing}: {how}.</source>
        <translation>Das gemma-Programm ist zu Ende ({doing}): {how}.</translation>
    </message>
    <message>
        <source>The gemma program gives text only: no token ids and no log-probabilities, and its dice take no seed.</source>
        <translation>Das gemma-Programm liefert nur Text: keine Token-IDs und keine Log-Wahrscheinlichkeiten, und sein Würfel kennt keinen Seed.</translation>
    </message>
    <message>
        <source>The gemma program reads .sbs files; import {model} first (facet import).</source>
        <translation>Das gemma-Programm liest .sbs-Dateien; {model} zuerst importieren (facet import).</translation>
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
        <source>The history cannot be read: {error}.</source>
        <translation>Der Verlauf kann nicht gelesen werden: {error}.</translation>
    </message>
    <message>
        <source>The history could not be read ({error}).</source>
        <translation>Der Verlauf konnte nicht gelesen werden ({error}).</translation>
    </message>
    <message>
        <source>The history in {path} cannot be used: {error}.</source>
        <translation>Der Verlauf in {path} kann nicht verwendet werden: {error}.</translation>
    </message>
    <message>
        <source>The history in {path} cannot be used: {reason}.</source>
        <translation>Der Verlauf in {path} kann nicht verwendet werden: {reason}.</translation>
    </message>
    <message>
        <source>The history in {path} is damaged and cannot be moved: {error}.</source>
        <translation>Der Verlauf in {path} ist beschädigt und kann nicht verschoben werden: {error}.</translation>
    </message>
    <message>
        <source>The history in {path} is of a newer Facet and is left alone.</source>
        <translation>Der Verlauf in {path} stammt von einem neueren Facet und bleibt unberührt.</translation>
    </message>
    <message>
        <source>The history was damaged; it is kept as {kept}, and a new one begins.</source>
        <translation>Der Verlauf war beschädigt; er liegt als {kept} bereit, und ein neuer beginnt.</translation>
    </message>
    <message>
        <source>The layers of this model differ in shape, which transformers&apos; Gemma has not.</source>
        <translation>Die Schichten dieses Modells haben verschiedene Formen; das kennt das Gemma von transformers nicht.</translation>
    </message>
    <message>
        <source>The left side failed: {error}</source>
        <translation>Die linke Seite ist gescheitert: {error}</translation>
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
        <source>The measurement of {name} failed: {error}</source>
        <translation>Die Messung von {name} ist gescheitert: {error}</translation>
    </message>
    <message>
        <source>The measurement of {name} failed: {reason}</source>
        <translation>Die Messung von {name} ist gescheitert: {reason}</translation>
    </message>
    <message>
        <source>The model computed no finite logit, so there is no next token.</source>
        <translation>Das Modell hat keinen endlichen Logit berechnet; es gibt also kein nächstes Token.</translation>
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
        <source>The model folders could not be read ({error}).</source>
        <translation>Die Modellordner konnten nicht gelesen werden ({error}).</translation>
    </message>
    <message>
        <source>The model has attention windows of {windows}, one is expected.</source>
        <translation>Das Modell hat Attention-Fenster von {windows}, erwartet wird eines.</translation>
    </message>
    <message>
        <source>The model has attention windows of {windows}, transformers&apos; Gemma has one.</source>
        <translation>Das Modell hat Attention-Fenster von {windows}, das Gemma von transformers hat eines.</translation>
    </message>
    <message>
        <source>The model has {what} but no norms after its blocks, as no Gemma has.</source>
        <translation>Das Modell hat {what}, aber keine Normen nach seinen Blöcken; so ist kein Gemma.</translation>
    </message>
    <message>
        <source>The model is closed.</source>
        <translation>Das Modell ist geschlossen.</translation>
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
        <source>The native backend reads .sbs files; import {model} first (facet import).</source>
        <translation>Das native Backend liest .sbs-Dateien; {model} zuerst importieren (facet import).</translation>
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
        <source>The native library has no engine &apos;{engine}&apos;, only {engines} (docs/gemma-cpp.md).</source>
        <translation>Die native Bibliothek hat keine Engine „{engine}“, nur {engines} (docs/gemma-cpp.md).</translation>
    </message>
    <message>
        <source>The native library has no engine &apos;{engine}&apos;, only {engines}.</source>
        <translation>Die native Bibliothek hat keine Engine „{engine}“, nur {engines}.</translation>
    </message>
    <message>
        <source>The native library is not built.</source>
        <translation>Die native Bibliothek ist nicht gebaut.</translation>
    </message>
    <message>
        <source>The native library {path} cannot be loaded: {error}.</source>
        <translation>Die native Bibliothek {path} kann nicht geladen werden: {error}.</translation>
    </message>
    <message>
        <source>The native library {path} has interface version {version}, expected {expected}.</source>
        <translation>Die native Bibliothek {path} hat die Schnittstellenversion {version} statt {expected}.</translation>
    </message>
    <message>
        <source>The native library {path} is build {build_id}, but its sources are {expected}.</source>
        <translation>Die native Bibliothek {path} ist Build {build_id}, ihre Quellen aber sind {expected}.</translation>
    </message>
    <message>
        <source>The native library {path} lacks {function}: it is of another version.</source>
        <translation>In der nativen Bibliothek {path} fehlt {function}: Sie ist von einer anderen Version.</translation>
    </message>
    <message>
        <source>The noise band is assumed, not measured: {error}</source>
        <translation>Das Rauschband ist angenommen, nicht gemessen: {error}</translation>
    </message>
    <message>
        <source>The number of alternatives</source>
        <translation>Die Zahl der Alternativen</translation>
    </message>
    <message>
        <source>The output head is not tied to the embedding: an .sbs file cannot say so.</source>
        <translation>Der Ausgabekopf ist nicht an das Embedding gebunden: Das kann eine .sbs-Datei nicht ausdrücken.</translation>
    </message>
    <message>
        <source>The pasted text is too large: at most {most} MB are attached.</source>
        <translation>Der eingefügte Text ist zu groß: Angehängt werden höchstens {most} MB.</translation>
    </message>
    <message>
        <source>The process ended with code {code}.</source>
        <translation>Der Prozess endete mit Code {code}.</translation>
    </message>
    <message>
        <source>The process that imported the model ended.</source>
        <translation>Der Prozess, der das Modell importierte, ist zu Ende.</translation>
    </message>
    <message>
        <source>The process that was to import the model did not start.</source>
        <translation>Der Prozess, der das Modell importieren sollte, ist nicht gestartet.</translation>
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
        <source>The repetition penalty is {value}, expected more than 0, at most {most:g}.</source>
        <translation>Die Wiederholungsstrafe ist {value}, erwartet wird mehr als 0, höchstens {most:g}.</translation>
    </message>
    <message>
        <source>The report cannot be run again: question and ids were left out of it.</source>
        <translation>Der Bericht kann nicht wiederholt werden: Frage und IDs wurden darin weggelassen.</translation>
    </message>
    <message>
        <source>The report could not be written to {path}: {reason}.</source>
        <translation>Der Bericht konnte nicht nach {path} geschrieben werden: {reason}.</translation>
    </message>
    <message>
        <source>The report is in {path}, with .json and .csv beside it.</source>
        <translation>Der Bericht liegt in {path}, daneben .json und .csv.</translation>
    </message>
    <message>
        <source>The right side failed: {error}</source>
        <translation>Die rechte Seite ist gescheitert: {error}</translation>
    </message>
    <message>
        <source>The run could not be added to the history: {error}.</source>
        <translation>Der Lauf konnte nicht in den Verlauf aufgenommen werden: {error}.</translation>
    </message>
    <message numerus="yes">
        <source>The same %n token(s) on both sides</source>
        <translation>
            <numerusform>Dasselbe %n Token auf beiden Seiten</numerusform>
            <numerusform>Dieselben %n Token auf beiden Seiten</numerusform>
        </translation>
    </message>
    <message>
        <source>The scale of &apos;{name}&apos; is not a finite number.</source>
        <translation>Der Skalenfaktor von „{name}“ ist keine endliche Zahl.</translation>
    </message>
    <message>
        <source>The seed is {seed}, expected 0 to 2^64-1.</source>
        <translation>Der Seed ist {seed}, erwartet wird 0 bis 2^64-1.</translation>
    </message>
    <message>
        <source>The session is answering something else.</source>
        <translation>Die Sitzung beantwortet gerade etwas anderes.</translation>
    </message>
    <message>
        <source>The session is closed.</source>
        <translation>Die Sitzung ist geschlossen.</translation>
    </message>
    <message>
        <source>The settings could not be saved to {path} ({reason}).</source>
        <translation>Die Einstellungen konnten nicht in {path} gespeichert werden ({reason}).</translation>
    </message>
    <message>
        <source>The settings in {path} are damaged and cannot be moved ({reason}); defaults are used.</source>
        <translation>Die Einstellungen in {path} sind beschädigt und können nicht verschoben werden ({reason}); es gelten die Standardwerte.</translation>
    </message>
    <message>
        <source>The settings in {path} cannot be read ({reason}); defaults are used.</source>
        <translation>Die Einstellungen in {path} können nicht gelesen werden ({reason}); es gelten die Standardwerte.</translation>
    </message>
    <message>
        <source>The settings in {path} were damaged; they are kept as {kept} and defaults are used.</source>
        <translation>Die Einstellungen in {path} waren beschädigt; sie liegen als {kept} bereit, und es gelten die Standardwerte.</translation>
    </message>
    <message>
        <source>The sides have vocabularies of {own} and {other} tokens, so their ids mean different things.</source>
        <translation>Die Seiten haben Vokabulare von {own} und {other} Token; ihre IDs bedeuten also Verschiedenes.</translation>
    </message>
    <message>
        <source>The sides were asked different things.</source>
        <translation>Die Seiten wurden Verschiedenes gefragt.</translation>
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
        <source>The tokenizer in {path} knows {pieces} tokens, but {weights} has {rows}: it is another model&apos;s tokenizer.</source>
        <translation>Der Tokenizer in {path} kennt {pieces} Token, {weights} hat aber {rows}: Es ist der Tokenizer eines anderen Modells.</translation>
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
        <source>The tokenizer is damaged: piece {index} is {piece}.</source>
        <translation>Der Tokenizer ist beschädigt: Teil {index} ist {piece}.</translation>
    </message>
    <message>
        <source>The transformers backend reads .sbs files and Hugging Face folders; import {model} first (facet import).</source>
        <translation>Das Backend transformers liest .sbs-Dateien und Hugging-Face-Ordner; {model} zuerst importieren (facet import).</translation>
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
        <source>The weights may be damaged; import or download the model again.</source>
        <translation>Die Gewichte sind vielleicht beschädigt; das Modell neu importieren oder herunterladen.</translation>
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
        <translation>Antwort der {side} Seite.</translation>
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
        <source>There are no tokens to start from.</source>
        <translation>Es gibt keine Token, mit denen begonnen werden kann.</translation>
    </message>
    <message>
        <source>There are no two answers to analyse: ask in a comparison first.</source>
        <translation>Es gibt keine zwei Antworten zu analysieren: Zuerst in einem Vergleich fragen.</translation>
    </message>
    <message>
        <source>There is no &apos;text_config&apos;.</source>
        <translation>„text_config“ fehlt.</translation>
    </message>
    <message>
        <source>There is no answer to explain.</source>
        <translation>Es gibt keine Antwort zu erklären.</translation>
    </message>
    <message>
        <source>There is no backend &apos;{name}&apos;; there are {names}.</source>
        <translation>Ein Backend „{name}“ gibt es nicht; vorhanden sind {names}.</translation>
    </message>
    <message>
        <source>There is no gemma program: {variable} is not set, and none is in {folder} or on the PATH.</source>
        <translation>Es gibt kein gemma-Programm: {variable} ist nicht gesetzt, und weder in {folder} noch im PATH ist eines.</translation>
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
        <source>There is no peer &apos;{name}&apos;; there are {names}, gemma.cpp and transformers.</source>
        <translation>Einen Vergleichspartner „{name}“ gibt es nicht; vorhanden sind {names}, gemma.cpp und transformers.</translation>
    </message>
    <message>
        <source>There is no program &apos;{wanted}&apos;.</source>
        <translation>Ein Programm „{wanted}“ gibt es nicht.</translation>
    </message>
    <message>
        <source>There is no prompt set and no file &apos;{path}&apos;; sets are {names}.</source>
        <translation>Weder Prompt-Satz noch Datei „{path}“ gibt es; Sätze sind {names}.</translation>
    </message>
    <message>
        <source>There is no prompt style &apos;{style}&apos;; there are {names}.</source>
        <translation>Ein Prompt-Format „{style}“ gibt es nicht; vorhanden sind {names}.</translation>
    </message>
    <message>
        <source>There is no room for what was said last anywhere else: closing again loses it.</source>
        <translation>Für das zuletzt Gesagte ist nirgends sonst Platz: Beim nächsten Schließen geht es verloren.</translation>
    </message>
    <message>
        <source>There is not enough memory for this.</source>
        <translation>Dafür reicht der Arbeitsspeicher nicht.</translation>
    </message>
    <message>
        <source>There is not enough memory for {doing}.</source>
        <translation>Der Arbeitsspeicher reicht nicht ({doing}).</translation>
    </message>
    <message>
        <source>There is nothing to answer: the last message is not the user&apos;s.</source>
        <translation>Es gibt nichts zu beantworten: Die letzte Nachricht ist nicht vom Benutzer.</translation>
    </message>
    <message>
        <source>There is nothing to export: this chat has no message yet.</source>
        <translation>Es gibt nichts zu exportieren: Dieser Chat hat noch keine Nachricht.</translation>
    </message>
    <message>
        <source>There is something to see here once two sides have answered.</source>
        <translation>Hier gibt es etwas zu sehen, sobald zwei Seiten geantwortet haben.</translation>
    </message>
    <message>
        <source>These are different files, so they may be different models.</source>
        <translation>Das sind verschiedene Dateien, es können also verschiedene Modelle sein.</translation>
    </message>
    <message>
        <source>These chats belong to a newer version of Facet: they can be read, and nothing is changed or added.</source>
        <translation>Diese Chats gehören zu einer neueren Version von Facet: Sie können gelesen werden; geändert oder hinzugefügt wird nichts.</translation>
    </message>
    <message>
        <source>These weights use RoPE base {rope_base:g} with factor {rope_factor:g}, expected {expected_base:g} and {expected_factor:g}: an .sbs file cannot say so.</source>
        <translation>Diese Gewichte verwenden die RoPE-Basis {rope_base:g} mit Faktor {rope_factor:g} statt {expected_base:g} und {expected_factor:g}: Das kann eine .sbs-Datei nicht ausdrücken.</translation>
    </message>
    <message numerus="yes">
        <source>They part at token {place}; %n part(s) of {left} and {right} tokens (differs|differ)</source>
        <translation>
            <numerusform>Trennung bei Token {place}; %n Abweichung in {left} und {right} Token</numerusform>
            <numerusform>Trennung bei Token {place}; %n Abweichungen in {left} und {right} Token</numerusform>
        </translation>
    </message>
    <message>
        <source>This Facet was installed with pip, and so is transformers.</source>
        <translation>Dieses Facet wurde mit pip installiert, also auch transformers.</translation>
    </message>
    <message>
        <source>This chat was deleted in another window.</source>
        <translation>Dieser Chat wurde in einem anderen Fenster gelöscht.</translation>
    </message>
    <message>
        <source>This chat was deleted meanwhile.</source>
        <translation>Dieser Chat wurde inzwischen gelöscht.</translation>
    </message>
    <message>
        <source>This is a defect of Facet&apos;s; nothing was imported.</source>
        <translation>Das ist ein Fehler von Facet; importiert wurde nichts.</translation>
    </message>
    <message>
        <source>This is no .sbs file: it starts with {start}, expected {magic}.</source>
        <translation>Das ist keine .sbs-Datei: Sie beginnt mit {start} statt {magic}.</translation>
    </message>
    <message>
        <source>This is no GGUF file: it starts with {start}.</source>
        <translation>Das ist keine GGUF-Datei: Sie beginnt mit {start}.</translation>
    </message>
    <message>
        <source>This is what is compared.</source>
        <translation>Das ist es, was verglichen wird.</translation>
    </message>
    <message>
        <source>This pane is still working on something else.</source>
        <translation>Dieser Bereich arbeitet noch an etwas anderem.</translation>
    </message>
    <message>
        <source>This side has no model open any more.</source>
        <translation>Diese Seite hat kein Modell mehr offen.</translation>
    </message>
    <message>
        <source>This side is still working on something else.</source>
        <translation>Diese Seite arbeitet noch an etwas anderem.</translation>
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
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Titles</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>To use {name}, type this in a terminal and start Facet again.
It needs the network, once.</source>
        <translation>Um {name} zu verwenden, dies in ein Terminal eingeben und Facet neu starten.
Das braucht einmal das Netz.</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Token {index} has id {token}, expected 0 to {most}.</source>
        <translation>Token {index} hat die ID {token}, erwartet wird 0 bis {most}.</translation>
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
        <source>Tokens of both answers</source>
        <translation>Token beider Antworten</translation>
    </message>
    <message>
        <source>Tokens per second over the answer, and memory over time</source>
        <translation>Token pro Sekunde über die Antwort, und Speicher über die Zeit</translation>
    </message>
    <message>
        <source>Tokens to generate for each prompt</source>
        <translation>Zu erzeugende Token je Prompt</translation>
    </message>
    <message numerus="yes">
        <source>Too long for the context by %n token(s).</source>
        <translation>
            <numerusform>Um %n Token zu lang für den Kontext.</numerusform>
            <numerusform>Um %n Token zu lang für den Kontext.</numerusform>
        </translation>
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
        <source>Transformers · bf16</source>
        <translation>Transformers · bf16</translation>
    </message>
    <message>
        <source>Transformers · fp32</source>
        <translation>Transformers · fp32</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>Erneut versuchen.</translation>
    </message>
    <message>
        <source>Try again: the model is loaded anew.</source>
        <translation>Erneut versuchen: Das Modell wird neu geladen.</translation>
    </message>
    <message>
        <source>Try again: the model is loaded anew. Its log is {log}.</source>
        <translation>Erneut versuchen: Das Modell wird neu geladen. Sein Protokoll ist {log}.</translation>
    </message>
    <message>
        <source>Try again: the model is loaded anew. No log of it could be written.</source>
        <translation>Erneut versuchen: Das Modell wird neu geladen. Ein Protokoll konnte nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>Try again; the log may say more.</source>
        <translation>Erneut versuchen; vielleicht sagt das Protokoll mehr.</translation>
    </message>
    <message>
        <source>Try the transformers backend.</source>
        <translation>Das Backend transformers versuchen.</translation>
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
        <source>Type the pasted text out instead of attaching it</source>
        <translation>Den eingefügten Text ausschreiben, statt ihn anzuhängen</translation>
    </message>
    <message>
        <source>Under the Apache License 2.0. Nothing you write leaves this machine; there is no telemetry.</source>
        <translation>Unter der Apache-Lizenz 2.0. Nichts Geschriebenes verlässt diesen Rechner; es gibt keine Telemetrie.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Undo the deletion, or delete this chat.</source>
        <translation>Das Löschen rückgängig machen oder diesen Chat löschen.</translation>
    </message>
    <message>
        <source>Undo: {what}</source>
        <translation>Rückgängig: {what}</translation>
    </message>
    <message>
        <source>Unfair</source>
        <translation>Unfair</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Lösen</translation>
    </message>
    <message>
        <source>Update Facet to import it.</source>
        <translation>Für den Import Facet aktualisieren.</translation>
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
        <source>Use the Facet that wrote them, and tell us.</source>
        <translation>Das Facet verwenden, das sie geschrieben hat, und uns Bescheid geben.</translation>
    </message>
    <message>
        <source>Use the built-in engine.</source>
        <translation>Die eingebaute Engine verwenden.</translation>
    </message>
    <message>
        <source>Use the native backend for that.</source>
        <translation>Dafür das native Backend verwenden.</translation>
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
        <source>Wait for it, or stop it.</source>
        <translation>Darauf warten oder es stoppen.</translation>
    </message>
    <message>
        <source>Wait for the running answer, or stop it.</source>
        <translation>Auf die laufende Antwort warten oder sie stoppen.</translation>
    </message>
    <message>
        <source>Waits for the answer of the {side} side</source>
        <translation>Wartet auf die Antwort der {side} Seite</translation>
    </message>
    <message>
        <source>Weights are exported for Gemma 3, and this is {family}.</source>
        <translation>Exportiert werden Gewichte von Gemma 3, und das hier ist {family}.</translation>
    </message>
    <message>
        <source>Weights can be {choices}, not &apos;{weights}&apos;.</source>
        <translation>Gewichte können {choices} sein, nicht „{weights}“.</translation>
    </message>
    <message>
        <source>Weights in 5 bits have lost something: another model answers on that side.</source>
        <translation>Gewichte in 5 Bit haben etwas verloren: Auf dieser Seite antwortet ein anderes Modell.</translation>
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
        <source>What is equal and what differs, in detail</source>
        <translation>Was gleich ist und was abweicht, im Einzelnen</translation>
    </message>
    <message>
        <source>What is written and not sent is not on the disk yet: {why}.</source>
        <translation>Was geschrieben und nicht gesendet ist, liegt noch nicht auf dem Datenträger: {why}.</translation>
    </message>
    <message>
        <source>What rounding does: {source}.</source>
        <translation>Einfluss des Rundens: {source}.</translation>
    </message>
    <message>
        <source>What this program&apos;s memory grew by for this engine: now, and at most</source>
        <translation>Um wie viel der Speicher dieses Programms für diese Engine wuchs: jetzt und höchstens</translation>
    </message>
    <message>
        <source>What to do, a chat, or a model</source>
        <translation>Was zu tun ist, ein Chat oder ein Modell</translation>
    </message>
    <message>
        <source>What was deleted is still in {place}.</source>
        <translation>Das Gelöschte liegt noch in {place}.</translation>
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
        <source>What was kept in {place} when Facet was closed cannot be read. {error}</source>
        <translation>Was beim Schließen von Facet in {place} aufgehoben wurde, kann nicht gelesen werden. {error}</translation>
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
        <source>Why the answers differ</source>
        <translation>Warum die Antworten sich unterscheiden</translation>
    </message>
    <message>
        <source>Why they differ</source>
        <translation>Warum sie abweichen</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Wörter</translation>
    </message>
    <message>
        <source>Write a message</source>
        <translation>Nachricht schreiben</translation>
    </message>
    <message>
        <source>Yes, move it to the trash</source>
        <translation>Ja, in den Papierkorb legen</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>Your message</source>
        <translation>Eigene Nachricht</translation>
    </message>
    <message>
        <source>Your message is not saved yet</source>
        <translation>Die Nachricht ist noch nicht gespeichert</translation>
    </message>
    <message>
        <source>[image without a description]</source>
        <translation>[Bild ohne Beschreibung]</translation>
    </message>
    <message>
        <source>[image: {description}]</source>
        <translation>[Bild: {description}]</translation>
    </message>
    <message>
        <source>a file it had mapped could not be read</source>
        <translation>eine eingeblendete Datei konnte nicht gelesen werden</translation>
    </message>
    <message>
        <source>a list of files</source>
        <translation>eine Liste von Dateien</translation>
    </message>
    <message>
        <source>a list of token ids</source>
        <translation>eine Liste von Token-IDs</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>eine Zahl</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>ein Text</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>eine ganze Zahl</translation>
    </message>
    <message>
        <source>a whole number of {least} to 2^63 - 1</source>
        <translation>eine ganze Zahl von {least} bis 2^63 - 1</translation>
    </message>
    <message>
        <source>a window</source>
        <translation>ein Fenster</translation>
    </message>
    <message>
        <source>an array</source>
        <translation>ein Array</translation>
    </message>
    <message>
        <source>an array of {kinds}</source>
        <translation>ein Array aus {kinds}</translation>
    </message>
    <message>
        <source>an attachment of {place}</source>
        <translation>ein Anhang von {place}</translation>
    </message>
    <message>
        <source>an object</source>
        <translation>ein Objekt</translation>
    </message>
    <message>
        <source>an unknown type</source>
        <translation>ein unbekannter Typ</translation>
    </message>
    <message>
        <source>an unusual query scale</source>
        <translation>eine ungewöhnliche Query-Skalierung</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <comment>files</comment>
        <translation>
            <numerusform>und %n weitere</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n place(s) more</source>
        <translation>
            <numerusform>und %n weitere Stelle</numerusform>
            <numerusform>und %n weitere Stellen</numerusform>
        </translation>
    </message>
    <message>
        <source>answering</source>
        <translation>antwortet</translation>
    </message>
    <message>
        <source>as trained</source>
        <translation>wie trainiert</translation>
    </message>
    <message>
        <source>asked at once</source>
        <translation>zugleich gefragt</translation>
    </message>
    <message>
        <source>asked in turn</source>
        <translation>nacheinander gefragt</translation>
    </message>
    <message>
        <source>assumed, as measured once on Gemma 3 270M in 16 bits</source>
        <translation>angenommen, wie einmal an Gemma 3 270M in 16 Bit gemessen</translation>
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
        <source>both sides: answering</source>
        <translation>beide Seiten: antworten</translation>
    </message>
    <message>
        <source>building the graph</source>
        <translation>der Graph wird gebaut</translation>
    </message>
    <message>
        <source>checking weights</source>
        <translation>Gewichte werden geprüft</translation>
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
        <source>dequantising the source</source>
        <translation>Quelle wird dequantisiert</translation>
    </message>
    <message>
        <source>disturbed
runs</source>
        <translation>gestörte
Läufe</translation>
    </message>
    <message>
        <source>divergence {kl} nats · largest logit difference {difference} · “{leader}” before “{rival}” by {own_margin} {own}, {other_margin} {other}</source>
        <translation>Divergenz {kl} nats · größte Logit-Abweichung {difference} · „{leader}“ vor „{rival}“ um {own_margin} {own}, {other_margin} {other}</translation>
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
        <source>draft {count}</source>
        <comment>tokens of</comment>
        <translation>Entwurf {count}</translation>
    </message>
    <message>
        <source>embedding</source>
        <translation>Embedding</translation>
    </message>
    <message>
        <source>engine</source>
        <translation>Engine</translation>
    </message>
    <message>
        <source>exit code {code}</source>
        <translation>Exit-Code {code}</translation>
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
        <source>greedy</source>
        <translation>greedy</translation>
    </message>
    <message>
        <source>history {count}</source>
        <comment>tokens of</comment>
        <translation>Verlauf {count}</translation>
    </message>
    <message>
        <source>i8: 8 bits in groups</source>
        <translation>i8: 8 Bit in Gruppen</translation>
    </message>
    <message>
        <source>id</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>identical</source>
        <translation>gleich</translation>
    </message>
    <message>
        <source>idle</source>
        <translation>wartet</translation>
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
        <source>it answered with something that is no message ({error})</source>
        <translation>er antwortete mit etwas, das keine Nachricht ist ({error})</translation>
    </message>
    <message>
        <source>it closed its connection</source>
        <translation>er hat seine Verbindung geschlossen</translation>
    </message>
    <message>
        <source>it computed something impossible</source>
        <translation>er hat etwas Unmögliches berechnet</translation>
    </message>
    <message>
        <source>it did not end by itself</source>
        <translation>er hat sich nicht von selbst beendet</translation>
    </message>
    <message>
        <source>it did not stop within {seconds} s</source>
        <translation>er hat nicht innerhalb von {seconds} s aufgehört</translation>
    </message>
    <message>
        <source>it ended with code {code}.</source>
        <translation>beendet mit Code {code}.</translation>
    </message>
    <message>
        <source>it gave up by itself</source>
        <translation>er hat von selbst aufgegeben</translation>
    </message>
    <message>
        <source>it is not a regular file</source>
        <translation>keine gewöhnliche Datei</translation>
    </message>
    <message>
        <source>it touched memory that is not its own</source>
        <translation>er hat fremden Speicher berührt</translation>
    </message>
    <message>
        <source>it used an instruction that this processor does not have</source>
        <translation>er hat einen Befehl verwendet, den dieser Prozessor nicht hat</translation>
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
        <source>leading the other side along the left answer</source>
        <translation>die andere Seite wird an der linken Antwort entlanggeführt</translation>
    </message>
    <message>
        <source>leading the other side along the right answer</source>
        <translation>die andere Seite wird an der rechten Antwort entlanggeführt</translation>
    </message>
    <message>
        <source>led along the same tokens, both prefer {token}, {own} by {own_gap:.3f} and {other} by {other_gap:.3f}</source>
        <translation>an denselben Token entlanggeführt bevorzugen beide {token}, {own} um {own_gap:.3f} und {other} um {other_gap:.3f}</translation>
    </message>
    <message>
        <source>left</source>
        <translation>links</translation>
    </message>
    <message>
        <source>left</source>
        <comment>a side of the comparison, by itself</comment>
        <translation>links</translation>
    </message>
    <message>
        <source>left</source>
        <comment>as in: of the left side</comment>
        <translation>linken</translation>
    </message>
    <message>
        <source>limits</source>
        <translation>Grenzen</translation>
    </message>
    <message>
        <source>llama.cpp could not quantise {source} to {precision} (code {code}).</source>
        <translation>llama.cpp konnte {source} nicht auf {precision} quantisieren (Code {code}).</translation>
    </message>
    <message>
        <source>llama.cpp could not run {n} tokens (code {code}).</source>
        <translation>llama.cpp konnte {n} Token nicht ausführen (Code {code}).</translation>
    </message>
    <message>
        <source>llama.cpp does not load {path}.</source>
        <translation>llama.cpp lädt {path} nicht.</translation>
    </message>
    <message>
        <source>llama.cpp makes no context of that length.</source>
        <translation>llama.cpp legt keinen Kontext dieser Länge an.</translation>
    </message>
    <message>
        <source>load
s</source>
        <translation>Laden
s</translation>
    </message>
    <message>
        <source>loading the model</source>
        <translation>das Modell wird geladen</translation>
    </message>
    <message>
        <source>margin</source>
        <translation>Abstand</translation>
    </message>
    <message>
        <source>mean divergence {drift:.1e} nats, rounding alone {noise:.1e}</source>
        <translation>mittlere Divergenz {drift:.1e} nats, Runden allein {noise:.1e}</translation>
    </message>
    <message>
        <source>measuring</source>
        <translation>es wird gemessen</translation>
    </message>
    <message>
        <source>measuring what rounding does</source>
        <translation>der Einfluss des Rundens wird gemessen</translation>
    </message>
    <message>
        <source>message {place} follows one that is not before it</source>
        <translation>Nachricht {place} folgt auf eine, die nicht vor ihr steht</translation>
    </message>
    <message>
        <source>message {place} has the id of an earlier one</source>
        <translation>Nachricht {place} hat die ID einer früheren</translation>
    </message>
    <message>
        <source>messages is no list</source>
        <translation>messages ist keine Liste</translation>
    </message>
    <message>
        <source>min-p {value:g}</source>
        <translation>min-p {value:g}</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>fehlt</translation>
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
        <source>near-tie</source>
        <translation>Beinahe-Gleichstand</translation>
    </message>
    <message>
        <source>no limit, context {context}</source>
        <translation>keine Grenze, Kontext {context}</translation>
    </message>
    <message>
        <source>none</source>
        <comment>no runs</comment>
        <translation>keine</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>none needed</source>
        <translation>nicht nötig</translation>
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
        <source>not hashed</source>
        <translation>ohne Prüfsumme</translation>
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
        <source>one of {names}</source>
        <translation>eines von {names}</translation>
    </message>
    <message>
        <source>one prompt of English prose, 512 tokens or as many as are asked for</source>
        <translation>ein Prompt aus englischer Prosa, 512 Token oder so viele wie verlangt</translation>
    </message>
    <message>
        <source>one prompt of English prose, {n} tokens</source>
        <translation>ein Prompt aus englischer Prosa, {n} Token</translation>
    </message>
    <message>
        <source>only {side}</source>
        <translation>nur {side}</translation>
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
        <source>parts here</source>
        <translation>trennt sich hier</translation>
    </message>
    <message>
        <source>peak RSS
MB</source>
        <translation>Spitzen-RSS
MB</translation>
    </message>
    <message>
        <source>penalty {penalty:g} over all</source>
        <translation>Strafe {penalty:g} über alles</translation>
    </message>
    <message>
        <source>penalty {penalty:g} over {window}</source>
        <translation>Strafe {penalty:g} über {window}</translation>
    </message>
    <message>
        <source>pip cannot install torch and transformers</source>
        <translation>pip kann torch und transformers nicht installieren</translation>
    </message>
    <message>
        <source>precision</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>prefill
tok/s</source>
        <translation>Prefill
tok/s</translation>
    </message>
    <message>
        <source>prob.</source>
        <translation>Wahrsch.</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>Wahrscheinlichkeit</translation>
    </message>
    <message>
        <source>processor ({old} then, {new} now)</source>
        <translation>Prozessor (damals {old}, jetzt {new})</translation>
    </message>
    <message>
        <source>prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>quantising to {precision}</source>
        <translation>wird auf {precision} quantisiert</translation>
    </message>
    <message>
        <source>query and key norms</source>
        <translation>Query- und Key-Normen</translation>
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
        <source>rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>raw text</source>
        <translation>reiner Text</translation>
    </message>
    <message>
        <source>reading the prompt (prefill)</source>
        <translation>der Prompt wird gelesen (Prefill)</translation>
    </message>
    <message>
        <source>reading the prompts</source>
        <translation>die Prompts werden gelesen</translation>
    </message>
    <message>
        <source>reading the source</source>
        <translation>Quelle wird gelesen</translation>
    </message>
    <message>
        <source>reading weights</source>
        <translation>Gewichte werden gelesen</translation>
    </message>
    <message>
        <source>real difference</source>
        <translation>echter Unterschied</translation>
    </message>
    <message>
        <source>reference</source>
        <translation>Referenz</translation>
    </message>
    <message>
        <source>right</source>
        <translation>rechts</translation>
    </message>
    <message>
        <source>right</source>
        <comment>a side of the comparison, by itself</comment>
        <translation>rechts</translation>
    </message>
    <message>
        <source>right</source>
        <comment>as in: of the right side</comment>
        <translation>rechten</translation>
    </message>
    <message>
        <source>rounding alone</source>
        <translation>Runden allein</translation>
    </message>
    <message>
        <source>rounding moves such a margin by {shift:.3f}, and twice that is allowed for</source>
        <translation>Runden verschiebt einen solchen Abstand um {shift:.3f}, und das Doppelte wird zugestanden</translation>
    </message>
    <message>
        <source>run {number} of {runs}: the memory</source>
        <translation>Lauf {number} von {runs}: der Speicher</translation>
    </message>
    <message>
        <source>run {number} of {runs}: {subject}</source>
        <translation>Lauf {number} von {runs}: {subject}</translation>
    </message>
    <message>
        <source>run, oldest first</source>
        <translation>Lauf, ältester zuerst</translation>
    </message>
    <message>
        <source>running the result</source>
        <translation>das Ergebnis wird ausgeführt</translation>
    </message>
    <message>
        <source>running the source</source>
        <translation>die Quelle wird ausgeführt</translation>
    </message>
    <message>
        <source>runtime</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>sampler</source>
        <translation>Sampler</translation>
    </message>
    <message>
        <source>scoring the text</source>
        <translation>der Text wird bewertet</translation>
    </message>
    <message>
        <source>seconds since the side began</source>
        <translation>Sekunden seit Beginn der Seite</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>signal {name}</source>
        <translation>Signal {name}</translation>
    </message>
    <message>
        <source>signal {name}, {meaning}</source>
        <translation>Signal {name}, {meaning}</translation>
    </message>
    <message>
        <source>six questions of one line</source>
        <translation>sechs einzeilige Fragen</translation>
    </message>
    <message>
        <source>soft caps</source>
        <translation>weiche Obergrenzen</translation>
    </message>
    <message>
        <source>something asked it to end</source>
        <translation>etwas hat ihn zum Beenden aufgefordert</translation>
    </message>
    <message>
        <source>something ended it from outside, as the system does when memory runs out</source>
        <translation>etwas hat ihn von außen beendet, wie es das System tut, wenn der Speicher ausgeht</translation>
    </message>
    <message>
        <source>starting the engine</source>
        <translation>die Engine wird gestartet</translation>
    </message>
    <message>
        <source>starting torch</source>
        <translation>torch wird gestartet</translation>
    </message>
    <message>
        <source>stop set</source>
        <translation>Stopps</translation>
    </message>
    <message>
        <source>stopping</source>
        <comment>a load</comment>
        <translation>wird gestoppt</translation>
    </message>
    <message>
        <source>system {count}</source>
        <comment>tokens of</comment>
        <translation>System {count}</translation>
    </message>
    <message>
        <source>table of tensors</source>
        <translation>die Tensortabelle</translation>
    </message>
    <message>
        <source>temperature {value:g}</source>
        <translation>Temperatur {value:g}</translation>
    </message>
    <message>
        <source>text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>the answers cannot part at token {index} of {count}.</source>
        <translation>die Antworten können sich nicht bei Token {index} von {count} trennen.</translation>
    </message>
    <message>
        <source>the built-in engine</source>
        <translation>eingebaute Engine</translation>
    </message>
    <message>
        <source>the chat</source>
        <translation>der Chat</translation>
    </message>
    <message>
        <source>the disk is full</source>
        <translation>der Datenträger ist voll</translation>
    </message>
    <message>
        <source>the positions of the {side} answer are not in order.</source>
        <translation>die Stellen einer Antwort ({side}) sind nicht in Reihenfolge.</translation>
    </message>
    <message>
        <source>the probabilities differ by {kl:.1e} nats here, rounding by up to {limit:.1e}</source>
        <translation>die Wahrscheinlichkeiten weichen hier um {kl:.1e} nats ab, Runden um bis zu {limit:.1e}</translation>
    </message>
    <message>
        <source>the same</source>
        <comment>value of both sides</comment>
        <translation>gleich</translation>
    </message>
    <message>
        <source>the server closed the connection</source>
        <translation>der Server hat die Verbindung geschlossen</translation>
    </message>
    <message>
        <source>the weights of {name} in {dtype}</source>
        <translation>die Gewichte von {name} in {dtype}</translation>
    </message>
    <message>
        <source>there is no side &apos;{side}&apos;.</source>
        <translation>eine Seite „{side}“ gibt es nicht.</translation>
    </message>
    <message>
        <source>third</source>
        <translation>dritte Seite</translation>
    </message>
    <message>
        <source>third</source>
        <comment>a side of the comparison, by itself</comment>
        <translation>dritte Seite</translation>
    </message>
    <message>
        <source>third</source>
        <comment>as in: of the third side</comment>
        <translation>dritten</translation>
    </message>
    <message>
        <source>this conversation</source>
        <translation>diese Unterhaltung</translation>
    </message>
    <message>
        <source>threads</source>
        <translation>Threads</translation>
    </message>
    <message>
        <source>three conversations of several turns, in the model&apos;s own prompt style</source>
        <translation>drei Unterhaltungen mit mehreren Beiträgen, im Prompt-Format des Modells</translation>
    </message>
    <message>
        <source>three pieces of code to continue, in Python, C++ and SQL</source>
        <translation>drei Codestücke zum Fortsetzen, in Python, C++ und SQL</translation>
    </message>
    <message>
        <source>token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>token of the answer</source>
        <translation>Token der Antwort</translation>
    </message>
    <message>
        <source>token {places}</source>
        <translation>Token {places}</translation>
    </message>
    <message>
        <source>tokens {places}</source>
        <translation>Token {places}</translation>
    </message>
    <message>
        <source>tokens {places} and {more} more</source>
        <translation>Token {places} und {more} weiteren</translation>
    </message>
    <message>
        <source>top-p {value:g}</source>
        <translation>top-p {value:g}</translation>
    </message>
    <message>
        <source>torch and transformers cannot be imported: {error}.</source>
        <translation>torch und transformers können nicht importiert werden: {error}.</translation>
    </message>
    <message>
        <source>transcript (base model)</source>
        <translation>Mitschrift (Basismodell)</translation>
    </message>
    <message>
        <source>transformers in float32 and bfloat16, on these ids</source>
        <translation>transformers in float32 und bfloat16, an diesen IDs</translation>
    </message>
    <message>
        <source>transformers refuses the model&apos;s configuration: {error}</source>
        <translation>transformers lehnt die Konfiguration des Modells ab: {error}</translation>
    </message>
    <message>
        <source>transformers was installed, but cannot be used: {reason}.</source>
        <translation>transformers wurde installiert, kann aber nicht verwendet werden: {reason}.</translation>
    </message>
    <message>
        <source>transformers {found} is too old, {oldest}.0 is needed.</source>
        <translation>transformers {found} ist zu alt, gebraucht wird {oldest}.0.</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true oder false</translation>
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
        <source>waiting for the gemma program</source>
        <translation>auf das gemma-Programm wird gewartet</translation>
    </message>
    <message>
        <source>warming up</source>
        <translation>Aufwärmen</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>weights ({old} then, {new} now)</source>
        <translation>Gewichte (damals {old}, jetzt {new})</translation>
    </message>
    <message>
        <source>writing GGUF</source>
        <translation>GGUF wird geschrieben</translation>
    </message>
    <message>
        <source>writing the answer (decode)</source>
        <translation>die Antwort wird geschrieben (Decode)</translation>
    </message>
    <message>
        <source>writing weights</source>
        <translation>Gewichte werden geschrieben</translation>
    </message>
    <message>
        <source>{backend} ({engine}), {threads} thread</source>
        <translation>{backend} ({engine}), {threads} Thread</translation>
    </message>
    <message>
        <source>{backend} ({engine}), {threads} threads</source>
        <translation>{backend} ({engine}), {threads} Threads</translation>
    </message>
    <message>
        <source>{backend} could not open {model}: {first}</source>
        <translation>{backend} konnte {model} nicht öffnen: {first}</translation>
    </message>
    <message>
        <source>{both} words on both sides, {ours} only {left}, {theirs} only {right}</source>
        <translation>{both} Wörter auf beiden Seiten, {ours} nur {left}, {theirs} nur {right}</translation>
    </message>
    <message>
        <source>{cause} It said nothing.</source>
        <translation>{cause} Es hat nichts gesagt.</translation>
    </message>
    <message>
        <source>{cause} It said: {said}</source>
        <translation>{cause} Es sagte: {said}</translation>
    </message>
    <message>
        <source>{checked} Its first {count} greedy tokens are the source&apos;s.</source>
        <translation>{checked} Die ersten {count} greedy gewählten Token sind die der Quelle.</translation>
    </message>
    <message>
        <source>{checked} Not run beside its source: {reason}</source>
        <translation>{checked} Nicht neben der Quelle ausgeführt: {reason}</translation>
    </message>
    <message>
        <source>{checked} The first {equal} of {count} greedy tokens are the source&apos;s, then rounding decides.</source>
        <translation>{checked} Die ersten {equal} von {count} greedy gewählten Token sind die der Quelle, dann entscheidet das Runden.</translation>
    </message>
    <message>
        <source>{check}: {left} on the left, {right} on the right.</source>
        <translation>{check}: links {left}, rechts {right}.</translation>
    </message>
    <message>
        <source>{check}: {value} on both sides</source>
        <translation>{check}: {value} auf beiden Seiten</translation>
    </message>
    <message>
        <source>{choice} is left out: it is measured on .sbs files; import {model} first.</source>
        <translation>{choice} wird ausgelassen: Gemessen wird an .sbs-Dateien; {model} zuerst importieren.</translation>
    </message>
    <message>
        <source>{choice} is left out: {packages} are not installed. Install what it needs with `{command}`.</source>
        <translation>{choice} wird ausgelassen: {packages} sind nicht installiert. Das Nötige installieren mit „{command}“.</translation>
    </message>
    <message>
        <source>{choice} is left out: {package} is not installed. Install what it needs with `{command}`.</source>
        <translation>{choice} wird ausgelassen: {package} ist nicht installiert. Das Nötige installieren mit „{command}“.</translation>
    </message>
    <message>
        <source>{choice} is left out: {reason}</source>
        <translation>{choice} wird ausgelassen: {reason}</translation>
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
        <source>{count} tensors checked: at most {share:.2%} of rounding ({tensor}, {type}).</source>
        <translation>{count} Tensoren geprüft: höchstens {share:.2%} Rundung ({tensor}, {type}).</translation>
    </message>
    <message>
        <source>{count} tensors checked: every value is the source&apos;s.</source>
        <translation>{count} Tensoren geprüft: Jeder Wert ist der der Quelle.</translation>
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
        <source>{engine} deviates</source>
        <translation>{engine} weicht ab</translation>
    </message>
    <message>
        <source>{engine} deviates from the reference</source>
        <translation>{engine} weicht von der Referenz ab</translation>
    </message>
    <message>
        <source>{engine} holds them as the file has them</source>
        <translation>{engine} hält sie, wie sie in der Datei stehen</translation>
    </message>
    <message>
        <source>{failure}: see above.</source>
        <translation>{failure}: siehe oben.</translation>
    </message>
    <message>
        <source>{failure}: {program}: {reason}.</source>
        <translation>{failure}: {program}: {reason}.</translation>
    </message>
    <message>
        <source>{family} is not Gemma 1, 2 or 3, which is what Facet runs.</source>
        <translation>{family} ist nicht Gemma 1, 2 oder 3; nur diese führt Facet aus.</translation>
    </message>
    <message>
        <source>{figure} of the {side} side: {value}</source>
        <translation>{figure} der {side} Seite: {value}</translation>
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
        <source>{first} And {fallback}: {second}</source>
        <translation>{first} Und {fallback}: {second}</translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <translation>{first} bis {last}</translation>
    </message>
    <message>
        <source>{folder} cannot be read: {reason}.</source>
        <translation>{folder} kann nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
        <source>{folder} cannot be used: “{sign}” in its name separates folders.</source>
        <translation>{folder} kann nicht verwendet werden: „{sign}“ im Namen trennt Ordner.</translation>
    </message>
    <message>
        <source>{folder} has no chats: those are files in {endings}.</source>
        <translation>{folder} enthält keine Chats: Das sind Dateien in {endings}.</translation>
    </message>
    <message>
        <source>{folder}: the transformers backend runs Gemma 1, 2 and 3, and this is &apos;{model_type}&apos;.</source>
        <translation>{folder}: Das Backend transformers führt Gemma 1, 2 und 3 aus, und das ist „{model_type}“.</translation>
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
        <source>{found} transformers needs Python {oldest} or newer.</source>
        <translation>{found} transformers braucht Python {oldest} oder neuer.</translation>
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
        <source>{keys} is needed for moving and choosing. Take another key.</source>
        <translation>{keys} wird zum Bewegen und Wählen gebraucht. Eine andere Taste nehmen.</translation>
    </message>
    <message>
        <source>{keys} is needed for writing text. Add Ctrl or Alt, or use a function key.</source>
        <translation>{keys} wird zum Schreiben gebraucht. Strg oder Alt hinzunehmen oder eine Funktionstaste verwenden.</translation>
    </message>
    <message>
        <source>{keys} is taken by “{title}”. Choose other keys, or change those first.</source>
        <translation>{keys} ist schon an „{title}“ vergeben. Andere Tasten wählen oder zuerst jene ändern.</translation>
    </message>
    <message>
        <source>{key} of {place} is {found}, not {wanted}</source>
        <translation>{key} von {place}: {found} statt {wanted}</translation>
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
        <source>{model} has no tokenizer.</source>
        <translation>{model} hat keinen Tokenizer.</translation>
    </message>
    <message>
        <source>{model} needs about {needed:.1f} GB of memory, and {free:.1f} GB is free.</source>
        <translation>{model} braucht etwa {needed:.1f} GB Arbeitsspeicher, frei sind {free:.1f} GB.</translation>
    </message>
    <message>
        <source>{model} with {runtime} ended its process last time, so it is not loaded by itself. Send a message, or pick it, to load it.</source>
        <translation>{model} mit {runtime} hat letztes Mal seinen Prozess beendet und wird deshalb nicht von selbst geladen. Eine Nachricht senden oder das Modell wählen, um es zu laden.</translation>
    </message>
    <message>
        <source>{model}, not hashed</source>
        <translation>{model}, ohne Prüfsumme</translation>
    </message>
    <message>
        <source>{month} {year}</source>
        <translation>{month} {year}</translation>
    </message>
    <message>
        <source>{name} claims {length} words, {left} are left</source>
        <translation>{name} gibt {length} Wörter an, übrig sind {left}</translation>
    </message>
    <message>
        <source>{name} has no message.</source>
        <translation>{name} hat keine Nachricht.</translation>
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
        <source>{name} is copied to {target}.</source>
        <translation>{name} ist nach {target} kopiert.</translation>
    </message>
    <message>
        <source>{name} is cut off</source>
        <translation>{name} ist abgeschnitten</translation>
    </message>
    <message>
        <source>{name} is damaged: the file {file} belongs to no message.</source>
        <translation>{name} ist beschädigt: Die Datei {file} gehört zu keiner Nachricht.</translation>
    </message>
    <message>
        <source>{name} is damaged: {error}.</source>
        <translation>{name} ist beschädigt: {error}.</translation>
    </message>
    <message>
        <source>{name} is damaged: {mark} is no number of a format.</source>
        <translation>{name} ist beschädigt: {mark} ist keine Formatnummer.</translation>
    </message>
    <message>
        <source>{name} is imported. {summary}</source>
        <translation>{name} ist importiert. {summary}</translation>
    </message>
    <message>
        <source>{name} is in the trash.</source>
        <translation>{name} liegt im Papierkorb.</translation>
    </message>
    <message>
        <source>{name} is linked to {target}.</source>
        <translation>{name} ist mit {target} verknüpft.</translation>
    </message>
    <message>
        <source>{name} is measured in {known}, not in &apos;{precision}&apos;.</source>
        <translation>{name} wird in {known} gemessen, nicht in „{precision}“.</translation>
    </message>
    <message>
        <source>{name} is no chat of Facet&apos;s.</source>
        <translation>{name} ist kein Chat von Facet.</translation>
    </message>
    <message>
        <source>{name} is no chat of Facet&apos;s: it has no heading of a message.</source>
        <translation>{name} ist kein Chat von Facet: Es fehlt die Überschrift einer Nachricht.</translation>
    </message>
    <message>
        <source>{name} is no chat of Facet&apos;s: it is not JSON ({error}).</source>
        <translation>{name} ist kein Chat von Facet: Es ist kein JSON ({error}).</translation>
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
        <source>{name} is not a text file.</source>
        <translation>{name} ist keine Textdatei.</translation>
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
        <source>{name} is not {encoding} text (at byte {at}).</source>
        <translation>{name} ist kein {encoding}-Text (bei Byte {at}).</translation>
    </message>
    <message>
        <source>{name} is {value}, expected {low:g} to {high:g}.</source>
        <translation>{name}: {value}, erwartet wird {low:g} bis {high:g}.</translation>
    </message>
    <message>
        <source>{name} is {value}, expected {low} to {high}.</source>
        <translation>{name}: {value}, erwartet wird {low} bis {high}.</translation>
    </message>
    <message>
        <source>{name} is {word}, expected 0 or 1</source>
        <translation>{name} ist {word}, erwartet wird 0 oder 1</translation>
    </message>
    <message>
        <source>{name} was attached and not sent; its text is gone, so attach it again.</source>
        <translation>{name} war angehängt und nicht gesendet; der Text ist weg, also neu anhängen.</translation>
    </message>
    <message>
        <source>{name} was written by a newer Facet (format {form}).</source>
        <translation>{name} wurde von einem neueren Facet geschrieben (Format {form}).</translation>
    </message>
    <message>
        <source>{name}, in the window</source>
        <translation>{name}, im Fenster</translation>
    </message>
    <message>
        <source>{name}: the window costs {decode} of decode and {prefill} of prefill.</source>
        <translation>{name}: Das Fenster kostet {decode} des Decode- und {prefill} des Prefill-Tempos.</translation>
    </message>
    <message>
        <source>{now}, peak {peak}</source>
        <translation>{now}, Spitze {peak}</translation>
    </message>
    <message>
        <source>{number} of {total}</source>
        <translation>{number} von {total}</translation>
    </message>
    <message>
        <source>{n} chats</source>
        <translation>{n} Chats</translation>
    </message>
    <message>
        <source>{n} ids</source>
        <translation>{n} IDs</translation>
    </message>
    <message>
        <source>{n} ids, other from {first} on</source>
        <translation>{n} IDs, andere ab {first}</translation>
    </message>
    <message>
        <source>{n} messages</source>
        <translation>{n} Nachrichten</translation>
    </message>
    <message>
        <source>{n} tokens, context {context}</source>
        <translation>{n} Token, Kontext {context}</translation>
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
        <source>{own} finds {leader} and {rival} equally likely, {other} prefers {rival} by {opposite:.3f}</source>
        <translation>{own} findet {leader} und {rival} gleich wahrscheinlich, {other} bevorzugt {rival} um {opposite:.3f}</translation>
    </message>
    <message>
        <source>{own} prefers {leader} to {rival} by {margin:.3f}, {other} finds both equally likely</source>
        <translation>{own} zieht {leader} um {margin:.3f} dem Token {rival} vor, {other} findet beide gleich wahrscheinlich</translation>
    </message>
    <message>
        <source>{own} prefers {leader} to {rival} by {margin:.3f}, {other} the other way by {opposite:.3f}</source>
        <translation>{own} zieht {leader} um {margin:.3f} dem Token {rival} vor, {other} umgekehrt um {opposite:.3f}</translation>
    </message>
    <message>
        <source>{own} said {token}, {other} {other_token}</source>
        <translation>{own} sagte {token}, {other} {other_token}</translation>
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
        <source>{path} cannot be read: {reason}.</source>
        <translation>{path} kann nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
        <source>{path} cannot be run: {error}.</source>
        <translation>{path} kann nicht ausgeführt werden: {error}.</translation>
    </message>
    <message>
        <source>{path} cannot be understood ({kind}: {error}).</source>
        <translation>{path} ist nicht zu verstehen ({kind}: {error}).</translation>
    </message>
    <message>
        <source>{path} cannot be used: {reason}</source>
        <translation>{path} kann nicht verwendet werden: {reason}</translation>
    </message>
    <message>
        <source>{path} cannot be written ({reason}).</source>
        <translation>{path} kann nicht geschrieben werden ({reason}).</translation>
    </message>
    <message>
        <source>{path} cannot be written: {reason}.</source>
        <translation>{path} kann nicht geschrieben werden: {reason}.</translation>
    </message>
    <message>
        <source>{path} could not be brought back ({reason}).</source>
        <translation>{path} konnte nicht zurückgeholt werden ({reason}).</translation>
    </message>
    <message>
        <source>{path} could not be moved to the trash.</source>
        <translation>{path} konnte nicht in den Papierkorb gelegt werden.</translation>
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
        <source>{path} has no tokenizer, which a GGUF file needs.</source>
        <translation>{path} hat keinen Tokenizer, den eine GGUF-Datei braucht.</translation>
    </message>
    <message>
        <source>{path} has no usable value for {refused}; the default is used there.</source>
        <translation>{path} hat keinen brauchbaren Wert für {refused}; dort gilt der Standardwert.</translation>
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
        <source>{path} is a database, but not one of chats.</source>
        <translation>{path} ist eine Datenbank, aber keine mit Chats.</translation>
    </message>
    <message>
        <source>{path} is a folder, not a text file.</source>
        <translation>{path} ist ein Ordner, keine Textdatei.</translation>
    </message>
    <message>
        <source>{path} is another program: its --help does not know --weights.</source>
        <translation>{path} ist ein anderes Programm: Sein --help kennt --weights nicht.</translation>
    </message>
    <message>
        <source>{path} is damaged: {contradiction}</source>
        <translation>{path} ist beschädigt: {contradiction}</translation>
    </message>
    <message>
        <source>{path} is damaged: {error}</source>
        <translation>{path} ist beschädigt: {error}</translation>
    </message>
    <message>
        <source>{path} is damaged: {error}.</source>
        <translation>{path} ist beschädigt: {error}.</translation>
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
        <source>{path} is no UTF-8 text (byte {n}).</source>
        <translation>{path} ist kein UTF-8-Text (Byte {n}).</translation>
    </message>
    <message>
        <source>{path} is no chat of Facet&apos;s: those end in {endings}.</source>
        <translation>{path} ist kein Chat von Facet: Diese enden auf {endings}.</translation>
    </message>
    <message>
        <source>{path} is no model: no .sbs, no .gguf and no Hugging Face folder.</source>
        <translation>{path} ist kein Modell: weder .sbs noch .gguf noch ein Hugging-Face-Ordner.</translation>
    </message>
    <message>
        <source>{path} is no report of Facet.</source>
        <translation>{path} ist kein Bericht von Facet.</translation>
    </message>
    <message>
        <source>{path} is no report of Facet: it is not JSON ({error}).</source>
        <translation>{path} ist kein Bericht von Facet: Es ist kein JSON ({error}).</translation>
    </message>
    <message>
        <source>{path} is not a regular file.</source>
        <translation>{path} ist keine gewöhnliche Datei.</translation>
    </message>
    <message>
        <source>{path} is of before 2025 and must be told the model and its weight type; there is no word for {family} in {precision}.</source>
        <translation>{path} ist von vor 2025 und braucht die Angabe von Modell und Gewichtstyp; für {family} in {precision} gibt es kein Wort.</translation>
    </message>
    <message>
        <source>{path} is there again.</source>
        <translation>{path} ist wieder da.</translation>
    </message>
    <message>
        <source>{path} is there already.</source>
        <translation>{path} ist schon da.</translation>
    </message>
    <message>
        <source>{path} is there already. Choose another name.</source>
        <translation>{path} ist schon da. Einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>{path} is there and is no report; it would be replaced.</source>
        <translation>{path} gibt es und ist kein Bericht; es würde ersetzt.</translation>
    </message>
    <message>
        <source>{path} is too large for prompts: more than {most} MB.</source>
        <translation>{path} ist zu groß für Prompts: mehr als {most} MB.</translation>
    </message>
    <message>
        <source>{path} is too large: {size:.1f} MB; at most {most:g} MB are read.</source>
        <translation>{path} ist zu groß: {size:.1f} MB; gelesen werden höchstens {most:g} MB.</translation>
    </message>
    <message>
        <source>{path} knows {pieces} tokens, but {weights} has {rows}: it is another model&apos;s tokenizer.</source>
        <translation>{path} kennt {pieces} Token, {weights} hat aber {rows}: Es ist der Tokenizer eines anderen Modells.</translation>
    </message>
    <message>
        <source>{path} was written by a newer Facet (format {format}).</source>
        <translation>{path} wurde von einem neueren Facet geschrieben (Format {format}).</translation>
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
        <source>{path}: &apos;{name}&apos; is missing.</source>
        <translation>{path}: „{name}“ fehlt.</translation>
    </message>
    <message>
        <source>{path}: &apos;{name}&apos; is stored as {dtype}, which cannot be imported.</source>
        <translation>{path}: „{name}“ ist als {dtype} gespeichert, was nicht importiert werden kann.</translation>
    </message>
    <message>
        <source>{path}: &apos;{name}&apos; is {shape} or not part of the model.</source>
        <translation>{path}: „{name}“ ist {shape} oder kein Teil des Modells.</translation>
    </message>
    <message>
        <source>{path}: &apos;{tensor}&apos; ({shape}, {kind}) does not fit into the file.</source>
        <translation>{path}: „{tensor}“ ({shape}, {kind}) passt nicht in die Datei.</translation>
    </message>
    <message>
        <source>{path}: &apos;{tensor}&apos; differs from its source by {share:.3f} of its size, which rounding to {type} does not explain.</source>
        <translation>{path}: „{tensor}“ weicht um das {share:.3f}-Fache seiner Größe von der Quelle ab, was das Runden auf {type} nicht erklärt.</translation>
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
        <source>{path}: the imported model has every value of its source, and yet says something else after {equal} tokens.</source>
        <translation>{path}: Das importierte Modell hat jeden Wert seiner Quelle und sagt nach {equal} Token dennoch etwas anderes.</translation>
    </message>
    <message>
        <source>{path}: the tokenizer cannot be read ({reason}).</source>
        <translation>{path}: Der Tokenizer kann nicht gelesen werden ({reason}).</translation>
    </message>
    <message>
        <source>{path}: the vocabulary is of kind {kind}, expected &apos;llama&apos;.</source>
        <translation>{path}: Das Vokabular ist von der Art {kind}, erwartet wird „llama“.</translation>
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
        <source>{phase}: {done} of {total} …</source>
        <translation>{phase}: {done} von {total} …</translation>
    </message>
    <message>
        <source>{place} belongs to somebody else</source>
        <translation>{place} gehört jemand anderem</translation>
    </message>
    <message>
        <source>{place} has no {missing}.</source>
        <translation>{place} hat kein {missing}.</translation>
    </message>
    <message>
        <source>{place} is no object</source>
        <translation>{place} ist kein Objekt</translation>
    </message>
    <message>
        <source>{place} should be {expected}, and is {found}.</source>
        <translation>{place}: {found} statt {expected}.</translation>
    </message>
    <message>
        <source>{positions} positions of the {side} answer are explained, and it has {tokens} tokens.</source>
        <translation>Erklärt sind {positions} Stellen einer Antwort ({side}), und sie hat {tokens} Token.</translation>
    </message>
    <message>
        <source>{program} (Python {version}) cannot make environments: its module venv is not installed.</source>
        <translation>{program} (Python {version}) kann keine Umgebungen anlegen: Sein Modul venv ist nicht installiert.</translation>
    </message>
    <message>
        <source>{program} is Python {version}; transformers needs {oldest} or newer.</source>
        <translation>{program} ist Python {version}; transformers braucht {oldest} oder neuer.</translation>
    </message>
    <message>
        <source>{program} is no Python that runs.</source>
        <translation>{program} ist kein lauffähiges Python.</translation>
    </message>
    <message>
        <source>{prompt} ({reused} reused) + {new}</source>
        <translation>{prompt} ({reused} übernommen) + {new}</translation>
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
        <source>{prompt} of {limit} tokens: {parts} · reply up to {reply}</source>
        <translation>{prompt} von {limit} Token: {parts} · Antwort bis {reply}</translation>
    </message>
    <message>
        <source>{rate} tok/s, mean {mean}</source>
        <translation>{rate} tok/s, Mittel {mean}</translation>
    </message>
    <message>
        <source>{said} What has changed since: {changed}.</source>
        <translation>{said} Was sich seither geändert hat: {changed}.</translation>
    </message>
    <message>
        <source>{said} {more}</source>
        <translation>{said} {more}</translation>
    </message>
    <message>
        <source>{side}, led along to token {place} of the {own} answer</source>
        <translation>{side} geführt, Token {place} der {own} Antwort</translation>
    </message>
    <message>
        <source>{side}, token {place}</source>
        <translation>{side}, Token {place}</translation>
    </message>
    <message>
        <source>{side}, token {place} of the {own} answer</source>
        <translation>{side}, Token {place} der {own} Antwort</translation>
    </message>
    <message numerus="yes">
        <source>{side}: %n point(s), last {value}</source>
        <translation>
            <numerusform>{side}: %n Punkt, zuletzt {value}</numerusform>
            <numerusform>{side}: %n Punkte, zuletzt {value}</numerusform>
        </translation>
    </message>
    <message>
        <source>{side}: answering</source>
        <translation>{side}: antwortet</translation>
    </message>
    <message>
        <source>{side}: answering {n} times</source>
        <translation>{side}: antwortet {n}-mal</translation>
    </message>
    <message>
        <source>{side}: nothing here</source>
        <translation>{side}: hier nichts</translation>
    </message>
    <message>
        <source>{side}: reading the sum of the weights</source>
        <translation>{side}: die Prüfsumme der Gewichte wird gelesen</translation>
    </message>
    <message>
        <source>{side}: the ids leave those of the report at token {n}, though weights, settings and versions are the same: it does not repeat itself.</source>
        <translation>{side}: Die IDs verlassen die des Berichts bei Token {n}, obwohl Gewichte, Einstellungen und Versionen gleich sind: Es wiederholt sich nicht.</translation>
    </message>
    <message>
        <source>{side}: the ids leave those of the report at token {n}.</source>
        <translation>{side}: Die IDs verlassen die des Berichts bei Token {n}.</translation>
    </message>
    <message>
        <source>{side}: the same {n} ids as in the report.</source>
        <translation>{side}: dieselben {n} IDs wie im Bericht.</translation>
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
        <source>{subject} is left out: {error}</source>
        <translation>{subject} wird ausgelassen: {error}</translation>
    </message>
    <message>
        <source>{subject} was not scored: {error}</source>
        <translation>{subject} wurde nicht bewertet: {error}</translation>
    </message>
    <message>
        <source>{thousands} k characters</source>
        <translation>{thousands} Tsd. Zeichen</translation>
    </message>
    <message>
        <source>{title} (branch)</source>
        <translation>{title} (Zweig)</translation>
    </message>
    <message>
        <source>{title} as a table</source>
        <translation>{title} als Tabelle</translation>
    </message>
    <message>
        <source>{title}, pinned</source>
        <translation>{title}, angeheftet</translation>
    </message>
    <message>
        <source>{title}, table</source>
        <translation>{title}, Tabelle</translation>
    </message>
    <message>
        <source>{token}, chosen</source>
        <translation>{token}, gewählt</translation>
    </message>
    <message>
        <source>{token}, id {id}</source>
        <translation>{token}, ID {id}</translation>
    </message>
    <message>
        <source>{type} in 5 bits</source>
        <translation>{type} in 5 Bit</translation>
    </message>
    <message>
        <source>{type} in 8 bits</source>
        <translation>{type} in 8 Bit</translation>
    </message>
    <message>
        <source>{variable} names {chosen}, which does not exist.</source>
        <translation>{variable} nennt {chosen}, was es nicht gibt.</translation>
    </message>
    <message>
        <source>{variable} names {named}, which is no program.</source>
        <translation>{variable} nennt {named}, was kein Programm ist.</translation>
    </message>
    <message>
        <source>{what} ({old} then, {new} now)</source>
        <translation>{what} (damals {old}, jetzt {new})</translation>
    </message>
    <message>
        <source>{what} Install it with `{command}`.</source>
        <translation>{what} Installieren mit „{command}“.</translation>
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
        <source>{who}: runs part at token {token}; {n} runs were made.</source>
        <translation>{who}: Die Läufe trennen sich bei Token {token}; es gab {n} Läufe.</translation>
    </message>
    <message>
        <source>{who}: the same ids in all {n} runs.</source>
        <translation>{who}: dieselben IDs in allen {n} Läufen.</translation>
    </message>
    <message>
        <source>{words} holds no prompt.</source>
        <translation>{words} enthält keinen Prompt.</translation>
    </message>
    <message>
        <source>“Explain” leads both sides along the same tokens, measures what rounding does on them, and says of each difference whether it is rounding.</source>
        <translation>„Erklären“ führt beide Seiten an denselben Token entlang, misst daran den Einfluss des Rundens und sagt zu jedem Unterschied, ob er Rundung ist.</translation>
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
