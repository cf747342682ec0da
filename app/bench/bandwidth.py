"""How fast this machine reads memory: the wall that decoding runs into."""

import threading
import time

import numpy as np
from numpy.typing import NDArray

_BYTES = 256 << 20
"""For each thread: several times a processor's last cache."""
_PASSES = 6


def read_bandwidth(threads: int, size: int = _BYTES, passes: int = _PASSES) -> float:
    """Bytes per second of `threads` threads that read memory of their own; the best of some passes.

    numpy's reduction is vectorised, does less than it waits for memory, and leaves the interpreter's lock.
    """
    buffers = [np.ones(size // 8, np.int64) for _ in range(threads)]
    return max(len(buffers) * buffers[0].nbytes / _pass(buffers) for _ in range(passes))


def _pass(buffers: list[NDArray[np.int64]]) -> float:
    """Seconds until every buffer has been read once."""
    readers = [threading.Thread(target=np.bitwise_or.reduce, args=(buffer,)) for buffer in buffers]
    start = time.perf_counter()
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return time.perf_counter() - start
