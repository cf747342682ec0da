"""chat: conversations, how they become token ids, and the store that keeps them. Pure: no Qt, no backend.

May import app.errors. Only the store's modules touch files.
"""
