"""chat: conversations and how they become token ids. Pure: no Qt, no files, no backend.

May import app.errors.
"""
