"""backends: ways to run a model: native library, transformers, and what they share.

May import catalog and below; no Qt.
"""
