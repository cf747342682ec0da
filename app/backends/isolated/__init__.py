"""Any backend in a process of its own: one that can abort, hold the interpreter or leak takes no window down.

backend -> model -> session speak the protocols of app/backends/base.py here; engine_process owns the child,
and child serves them there. What crosses is in frames. Must not import Qt, torch or ctypes before a call.
"""
