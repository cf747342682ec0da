"""The models on this machine: the picker, the sheet with their facts, adding, importing, trash."""
