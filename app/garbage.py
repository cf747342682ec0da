"""In which thread cyclic garbage is collected.

Python collects in whatever thread happens to allocate. A window's widgets may lie in such cycles, and Qt
crashes when a widget is destroyed outside the GUI thread. So a process with a window takes automatic
collection over (`app/workers/garbage_collector.py`), and code that wants memory back asks here instead of
calling `gc.collect()`.
"""

import gc
import threading

_wanted = threading.Event()


def request_collection() -> None:
    """Collect now; where a window has taken over, soon and in its thread. Any thread may call."""
    if gc.isenabled():
        gc.collect()
    else:
        _wanted.set()


def take_request() -> bool:
    """Whether a collection was asked for since the last call."""
    wanted = _wanted.is_set()
    _wanted.clear()
    return wanted
