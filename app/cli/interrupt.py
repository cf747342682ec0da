"""Ctrl-C while something runs: it stops that, not the program.

The work runs in a thread and the main thread waits for it, because Python handles signals in the main thread
only, and not while that one is inside a native call: in a long prefill Ctrl-C would wait for the first token.
"""

import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import FrameType
from typing import TypeVar

Result = TypeVar("Result")


def run_interruptible(work: Callable[[], Result], cancel: Callable[[], None]) -> Result:
    """Run `work` in a thread and return or raise what it does; each Ctrl-C meanwhile calls `cancel`.

    Call it from the main thread. The handler of Ctrl-C is put back at the end.
    """

    def on_interrupt(number: int, frame: FrameType | None) -> None:
        cancel()

    before = signal.signal(signal.SIGINT, on_interrupt)
    try:
        with ThreadPoolExecutor(max_workers=1, thread_name_prefix="work") as pool:
            return pool.submit(work).result()
    finally:
        signal.signal(signal.SIGINT, before)
