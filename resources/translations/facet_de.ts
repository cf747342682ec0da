<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name></name>
    <message>
        <source> min</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n byte(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n model(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s), {days}.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>&apos;layer_types&apos; does not describe {layers} layers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&apos;{key}&apos; is {value!r}, expected a number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&apos;{name}&apos; ends at byte {end}, but the file holds {data_bytes}: it was not copied whole.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&apos;{name}&apos; has the shape {shape}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&apos;{name}&apos; is no name for a model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0 = greedy: the likeliest token every time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0 MB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>5 bits, lossy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>8 bits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>8 bits where that is faster: a mean KL of 1e-3 at most</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A crash of the native engine then leaves the window alone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A folder that holds models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A model: .sbs, .gguf, or the config.json of a Hugging Face folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A name has {count} bytes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A text file …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About Facet, licences, diagnostics</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Above 1, tokens already used become less likely; 1 = off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a folder of models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a model …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adding {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All shortcuts, and how to change them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Also in the window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Also measure in the window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another one is spoken from the next start on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the file has them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask both sides five times more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asks before a model is loaded that will hardly fit into the memory that is free.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attach text files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to no keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to {keys}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Backend {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Benchmark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Benchmark, models, chats, shortcuts, theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blob &apos;{key}&apos; has {size} bytes at {offset}, but the file ends at {file_bytes}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blob &apos;{key}&apos; has {size} bytes, expected at most {most}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blob &apos;{key}&apos; starts at byte {offset}, expected {expected}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blob &apos;{name}&apos; has {size} bytes, expected {expected} (4 matrices in each of {layers} layers).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blocks of 32; a mean KL of about 1e-3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bring back what was deleted last</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Built-in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change this shortcut: press Enter or click, then the keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chats: {path}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the connection. What has arrived is kept: try again to go on from there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder that holds models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another name, or ask to overwrite it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the models folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click on keys, or press Enter on them, then press the new ones. Backspace takes a shortcut away. Ctrl+K finds everything here by name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close the models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command for a terminal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare two runtimes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comparisons</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Context</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Context, in tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy diagnostics</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy it from the model&apos;s original folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy tokenizer.model from the model&apos;s original folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decode, tok/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decode, tok/s: median, least and most</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Default shortcut of “{title}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete the marked chat of the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Demo model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismiss the notice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Download ({size})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Download the demo model</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Drawn are the %n most frequent precisions.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Drop tokens below this share of the likeliest; 0 = off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each answer in a chat gets a new seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Engine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Engines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Entry &apos;{key}&apos; has the unknown type {kind}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every answer is drawn with this seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exact; large f32 and bf16 models run at about half the speed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Explain the differences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export all chats into a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export this chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Facet also looks into .models where it was started, and into .models of your home folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Facet did not end properly last time. What you had written is back. {log}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Facet did not end properly last time. {log}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Facet looks there no more; nothing in it is deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Facet runs Gemma models from your disk. There are three ways to get one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Family</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figure of the history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find an action, a chat or a model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find in this chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First token, s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folders, engines, looks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Follow the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Format</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free some space and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free some space, or import into another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free some space, or open the model where it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From 80 to 200 percent of the system&apos;s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From sending to the first token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From the click to a model that is ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GGUF version {version} is unknown, expected 2 or 3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gemma 3 270M, the smallest of the family: quick on every machine, and good for trying everything out. It is Google&apos;s base model, not trained to chat, so answers go astray.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gemma has no system role: this goes before your first message.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gemma is provided under and subject to the Gemma Terms of Use found at ai.google.dev/gemma/terms. By using these weights you agree to those terms, including the prohibited use policy they refer to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gemma turns (instruction-tuned)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Get a model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Get the demo model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the message field</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Google, for Gemma</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>History</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How to install {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I accept the Gemma Terms of Use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import a folder of chats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import chats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import the model&apos;s Hugging Face folder instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Importing {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Importing {source} needs more memory than there is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It opens none of the models.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was stopped before it began.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its log is in {folder}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the k likeliest tokens; 0 = off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the likeliest tokens up to this share; 1 = off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep this text as a preset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Licences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Licences of what Facet is made of</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link to it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Load time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Load, s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading was stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading {model} with {runtime}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lock the seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log: {path}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Long</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longest answer; 0 = until the context is full</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look into {folder} no more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look through the model folders again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make an .sbs of it, which the native engine reads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Max tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measure models and runtimes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measure models and runtimes, and see earlier runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measurements of each</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measures each runtime a second time in this window, with its text on screen: what does the window cost?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measures every model on every runtime in turn, each in a process of its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory guard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory of its process</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Messages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Min-p</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model and backend of the history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model folders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model&apos;s defaults</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Models (*.sbs *.gguf config.json)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Models on this machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Models to measure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move to the trash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move to the trash …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move {name} to the trash? It lies in {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move {name} to the trash? It lies in {path}. It is loaded now, and closed first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the imported model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the preset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name the one to import.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Native engine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Native in its own process</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Never</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New chats begin with these values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New line in the message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New tokens a second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New tokens per second, from the first to the last</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next difference, in the analysis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next theme: system, light, dark, contrast</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No model is chosen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No model was found there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No model yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No runs yet. Benchmarks and comparisons are kept here, figures only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None. For example: Answer in one sentence.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not answered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not closed: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not looked through yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing has these words.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of the engine; automatic takes what the machine has.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One with .sbs or .gguf files, or with models as Hugging Face has them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open it in {place}, or have it in {folder}, where every start finds it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open it where it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open or import a model that lies elsewhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the folder of the log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opens {address} in the browser</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Or drop a model file or folder on this window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PaliGemma models need images, which Facet does not read yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pick one at the top.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Precision of transformers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prefill</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prefill, tok/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prefill, tok/s: median, least and most</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Presets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Presets of system prompts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press keys …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous difference, in the analysis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress of the benchmark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress of the import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prompt style</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prompt tokens a second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prompt tokens computed per second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prompt, of these reused from the cache, and new ones</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prompts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prompts of the history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prompts: a text file, lines of --- between prompts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prose</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put a Gemma model (a folder, an .sbs or a .gguf file) into .models, or choose another folder in the menu ⋯.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put a model into one of these folders.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put the model&apos;s SentencePiece file beside it as tokenizer.spm.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put the whole file back and load the model again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Raw text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read the terms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the licences …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Real difference at {place}: {said}; {led}; that is little, but the answer as a whole differs by more than rounding.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Release an idle model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Release an idle model after, in minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove this preset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename one of the two.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename the marked chat of the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repetition penalty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rescan the model folders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset to the model&apos;s defaults</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset to the model&apos;s defaults: temperature {is_.temperature:g}, top-k {is_.top_k}, top-p {is_.top_p:g}, min-p {is_.min_p:g}, repetition penalty {is_.repetition_penalty:g} ({is_.source})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resident memory of this program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Results: medians with least and most</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run with Native</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run with Transformers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run with {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run with {name}. It gives text only: no token ids, no log-probabilities, and its dice take no seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs Gemma models on your machine, natively or with transformers, and sets the two side by side.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs beside which the machine was not at rest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runtimes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runtimes to measure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SFP: 8 bits, half the size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Same seed, same settings, same answer on every backend</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sampling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search all chats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send the message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Separate process</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings and figures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings: {path}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Short</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shortcut of “{title}”: {keys}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shortcuts …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide sampling and figures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide settings and figures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide the chats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the analysis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of all text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something unexpected happened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start the benchmark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop the benchmark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop what runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped. What has arrived is kept: press Download to go on from there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor &apos;qkv_ein_0&apos; has rows for {qkv_heads} heads, which &apos;att_ein_0&apos; with its {heads} leaves no keys and values of.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor &apos;{key}&apos; has {size} bytes, expected {expected} ({rows} x {cols} {type}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor &apos;{name}&apos; has scale {scale}, expected more than 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor &apos;{name}&apos; has the shape {shape}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor &apos;{name}&apos; has type {type}, which holds no weights.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor &apos;{name}&apos; has {dimensions} dimensions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor &apos;{name}&apos; has {size} bytes, no number of {kind} values.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor &apos;{name}&apos; has {values} values, expected a multiple of {unit}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor &apos;{name}&apos; holds values that are not numbers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor &apos;{name}&apos; is missing ({rows} x {cols} expected).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor &apos;{name}&apos; is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor &apos;{name}&apos; is packed as NUQ was before February 2025, which Facet cannot read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor &apos;{name}&apos; is there twice, as &apos;{first}&apos; and as &apos;{second}&apos;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor &apos;{name}&apos; is {rows} x {cols}, expected {expected_rows} x {expected_cols}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor &apos;{name}&apos; would start at byte {begin}, but the file has {size}: it was not downloaded or copied whole.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensor &apos;{tensor}&apos; gave {size} bytes, expected {expected}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tensors &apos;{name}&apos; and &apos;{other}&apos; say the same twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text (*.txt *.md)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text as large as the system&apos;s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text of the backend that is measured in the window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The RoPE settings {settings!r} are not those of a Gemma model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The alignment is {alignment!r}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The demo model, or models you have</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The directory holds a damaged name ({name}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The directory of {count} blobs does not fit into {file_bytes} bytes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk of {folder} has {free} free, {needed} are needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk of {folder} is full.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The download broke off ({why}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The download was refused ({code} {reason}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The embedding (&apos;token_embd.weight&apos;) is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The embedding can be bf16 or sfp, not &apos;{embedding}&apos;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The end of the file is missing: it was not downloaded or copied whole.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The entry &apos;{arch}.{key}&apos; is {value!r}, expected a number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The fastest, and the smallest in memory; answers change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file became shorter while it was read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file has no &apos;config&apos; and &apos;toc&apos; blobs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file has no &apos;config&apos; blob.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file has {file_bytes} bytes, but its header says {stated_bytes}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file has {file_bytes} bytes, too few for an .sbs header.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file holds a model of architecture {arch!r}; Facet runs Gemma 1, 2 and 3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is from before 2025 and carries no configuration, and its tensors are of no Gemma {generation} that was published: {layers} layers of width {dim}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder holds a model of type {kind!r}; Facet runs Gemma 1, 2 and 3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The header claims {length} bytes, but the file has {size}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The header counts {count} blobs, expected 1 to {max_blobs}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The header counts {tensor_count} tensors and {entry_count} entries.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The header is cut off: the file was not downloaded or copied whole.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The header is no JSON object.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The header is no JSON.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The header speaks of 0 heads.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The header&apos;s entry &apos;{name}&apos; is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The licences cannot be read ({reason}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The list &apos;{key}&apos; has items of the unknown type {item_type}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The list &apos;{key}&apos; of {count} texts does not fit into the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The list &apos;{key}&apos; reaches beyond the end of the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The log has the details.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model configuration has {found} attention windows, expected {expected}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model configuration has {found} layers described, expected {expected}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model configuration has {name} = {cap}, expected 0 or more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model configuration has {name} = {value}, expected {low} to {high}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model configuration has {name} {value}, expected 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model configuration is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model configuration names no model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model could not be loaded</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>The model&apos;s file changed: %n different ones.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The model&apos;s layers have heads of different sizes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model&apos;s positions are not Gemma&apos;s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The native engine reads .sbs files: import it as one into {folder}. The source stays as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The native engine runs apart: a crash of it leaves the window alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The output head is not tied to the embedding: an .sbs file cannot say so.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The prompt style could not be kept: {target} cannot be written ({reason}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The query scale 1/sqrt({query_scalar:g}) is neither that of the head size {qkv_dim} nor of {model_dim}/{heads}: an .sbs file cannot say so.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The scale of &apos;{name}&apos; is not a finite number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The table names a tensor &apos;{key}&apos;, but there is no such blob.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The table names tensor &apos;{name}&apos; twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The table of tensors holds one without a name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tokenizer is damaged: SentencePiece refuses it ({error}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tokenizer is damaged: it has no pieces.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tokenizer is damaged: it is no SentencePiece model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tokenizer is damaged: piece {index} is {piece!r}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The vocabulary is damaged: piece {index} has the unknown type {kind}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The vocabulary is damaged: piece {index} is not UTF-8.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The vocabulary is damaged: {pieces} pieces, {scores} scores, {types} types.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The vocabulary starts with {found}, expected {expected}: no Gemma tokenizer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The {role} (&apos;{tensor}&apos;) is {found}, expected {expected}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The {role} of layer {layer} (&apos;{tensor}&apos;) is {found}, expected {expected}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The {what} is damaged: {found}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The {what} is damaged: {size} bytes, expected a multiple of 4.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no &apos;text_config&apos;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no model &apos;{wanted}&apos;, and none at all in {places}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no model &apos;{wanted}&apos;. Did you mean {near}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no model &apos;{wanted}&apos;. There are: {shown}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no room for what was said last anywhere else: closing again loses it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These weights use RoPE base {rope_base:g} with factor {rope_factor:g}, expected {expected_base:g} and {expected_factor:g}: an .sbs file cannot say so.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is no .sbs file: it starts with {start}, expected {magic}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is no GGUF file: it starts with {start!r}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Threads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time to load the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time to the first token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To use {name}, type this in a terminal and start Facet again.
It needs the network, once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens of a conversation that a model is opened for; automatic takes the model&apos;s own, 8192 at most. More takes more memory.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens to generate for each prompt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Transcript (base model)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Transformers precision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two blobs are called &apos;{key}&apos;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two runtimes side by side</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two tensors are called &apos;{name}&apos;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type of the imported weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Under the Apache License 2.0. Nothing you write leaves this machine; there is no telemetry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use a model you have.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use for new chats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use letters, digits, &apos;.&apos;, &apos;-&apos;, &apos;_&apos;, and begin with a letter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use models you have</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the original weights (bfloat16).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use this model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Version, licences, diagnostics</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights can be {choices}, not &apos;{weights}&apos;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights in memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights of the native engine in memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What `facet doctor` prints, without the names of your folders: for a report of a defect.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What has arrived is kept: try again to go on from there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What to do, a chat, or a model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was downloaded is damaged, so it was deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was downloaded is not the demo model, so it was deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was measured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was not used for so long gives its memory back, and is loaded again with the next message.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was said last is kept in {file}; the next start takes it in. Close again to leave.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When something goes wrong</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where this is kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which engine computes, and in which precision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which engine of the native backend computes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yes, move it to the trash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your message is not saved yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <comment>files</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>attention output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bf16: exact for most checkpoints</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>copying</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>decode
tok/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>disturbed
runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>down projection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>downloading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>embedding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>final norm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>finishing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>first token
s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>float32 takes twice the memory.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>float32: exact, twice the size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>gate projection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>i8: 8 bits in groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in float32 {size}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in float32 {size}, at most {most}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is not a regular file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>joining</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>key norm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>key projection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>load
s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>model configuration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>more than is free</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <comment>no runs</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>norm after attention</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>norm after the feed-forward part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>norm before attention</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>norm before the feed-forward part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing measured yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>opens it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>opens it · about {size} of memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>peak RSS
MB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>prefill
tok/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>query norm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>query projection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>raw text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reading the source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>run, oldest first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>runtime</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>table of tensors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the built-in engine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the server closed the connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>transcript (base model)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unknown format</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>up projection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>value projection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>writing weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} min left</source>
        <comment>minutes</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} new</source>
        <comment>tokens</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} s left</source>
        <comment>seconds</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <comment>sizes of files</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} of {total} measurements</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{engine} holds them as the file has them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{family} is not Gemma 1, 2 or 3, which is what Facet runs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file}: the model is split over several files; join them first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file}: there is no tokenizer in the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{folder} cannot be used: “{sign}” in its name separates folders.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{folder}: the {role} (&apos;{name}&apos;) is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{folder}: there are no .safetensors files in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{index} has no {package} {version} any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{index}: there is no &apos;weight_map&apos;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{keys} is needed for writing text. Add Ctrl or Alt, or use a function key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{keys} is taken by “{title}”. Choose other keys, or change those first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{layers} layers with every {period}th global; expected 1 to {max_layers} layers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} with {runtime} ended its process last time, so it is not loaded by itself. Send a message, or pick it, to load it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} claims {length} words, {left} are left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} has the unknown value {word}, expected one of {known}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} has {count} entries, {left} words are left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is a text of {count} words, more than are there or allowed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is at work. Stop it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is cut off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is in the trash.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is not ASCII text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is not a finite number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is not part of this build.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is not printable text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is {word}, expected 0 or 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: the window costs {decode} of decode and {prefill} of prefill.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{one} and {other}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{one} or {other}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} became shorter while it was in use: {now} bytes of {before}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be opened: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be read ({reason}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be understood ({kind}: {error}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} cannot be written ({reason}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} does not exist.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} exists already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} holds no .sbs, no .gguf and no Hugging Face config.json.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} holds several models: {files}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is missing: the folder was not downloaded whole.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is missing; Facet needs the SentencePiece model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} is no model: no .sbs, no .gguf and no Hugging Face folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: &apos;{name}&apos; has the shape {shape}, expected a matrix.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: &apos;{name}&apos; has {size} bytes, expected {expected}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: &apos;{name}&apos; is stored as {dtype}, which cannot be imported.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: &apos;{tensor}&apos; ({shape}, {kind}) does not fit into the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: &apos;{tensor}&apos; differs from its source by {relative:.3f} of its size, which rounding to {type} does not explain.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: &apos;{tensor}&apos; has the unknown type {type_id}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: &apos;{tensor}&apos; is missing or of another shape than its source.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: &apos;{tensor}&apos; is quantised as {kind}, which cannot be imported.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: The file is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: The list &apos;{key}&apos; is missing or of the wrong kind.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: cannot be read ({reason}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: the file holds no JSON object.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: the file is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: the file is no JSON.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: the vocabulary is of kind {kind!r}, expected &apos;llama&apos;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: the {role} (&apos;{name}&apos;) is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: there is no such file or folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: there is no such file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: tokenizer.model is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path}: {error}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{prompt} ({reused} reused) + {new}</source>
        <comment>tokens</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{prompt} + {new}</source>
        <comment>tokens</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{size} of memory is free.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{size} the first time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{size} with a full context</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{size}/s</source>
        <comment>bytes in a second</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source} holds {files} GGUF files.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source}: neither a GGUF file nor a config.json of Hugging Face is in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{source}: not enough memory to read it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what} {next_step}</source>
        <extracomment>What the user can do next, one short sentence; may be empty.</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what} · stopping</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{keys}” are no keys that a shortcut can have.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
