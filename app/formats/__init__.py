"""formats: files <-> arrays (.sbs, GGUF, Hugging Face, SentencePiece).

Pure: no Qt, no torch, no backend. May import app.errors.
"""
