"""models: the sheet that shows and keeps the models on this machine: facts, import, trash."""
