"""Google's `gemma` program as a backend, for users who have built only that: text in, text out.

executable finds it and knows its flags, conversation_process is the asyncio side, session and backend the
protocols of base.py over it. Must not import Qt.
"""
