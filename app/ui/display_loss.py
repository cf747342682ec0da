"""Ends the window in the ordinary way when its display is gone: the X server died, or the session did.

Qt ends its event loop then, whatever waits in it, and would end it again each time it is started: what is
still due is done by handling events one after another.
"""

import asyncio
import logging
import sys
import time
from collections.abc import Coroutine
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.ui.main_window import MainWindow

_log = logging.getLogger(__name__)

_SETTLE_S = 20.0
"""For what was said to be saved."""
_PAUSE_S = 0.01


def run_to_end(loop: asyncio.AbstractEventLoop, window: MainWindow, ending: Coroutine[Any, Any, int]) -> int:
    """Run `ending`, which ends when the window is closed, and return its exit code; 1 without a display."""
    task = loop.create_task(ending)
    try:
        return loop.run_until_complete(task)
    except RuntimeError:  # of the loop, or of the task
        if task.done():
            raise
    _log.warning("the display is gone")
    sys.stderr.write("facet: The display is gone; the window is closed.\n")
    asyncio._set_running_loop(loop)  # for what asks for it; nothing else marks a loop as running
    try:
        window.close_guard.relent()
        window.close()
        until = time.monotonic() + _SETTLE_S
        while not task.done() and time.monotonic() < until:
            QCoreApplication.processEvents()
            time.sleep(_PAUSE_S)
    finally:
        asyncio._set_running_loop(None)
    return 1
