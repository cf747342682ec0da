"""catalog: what lies in the model folders: scan, entries, import.

May import formats, chat and below; no backend, no Qt.
"""
