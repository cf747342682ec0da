"""What Facet takes in memory, now and at most: this process, and those that run engines for it.

Figures for people; only a load that will hardly fit is refused by them, and may be asked for all the same.
"""

import contextlib
import ctypes
import os
import sys
from pathlib import Path

import psutil

_engines: set[int] = set()
"""Ids of the processes that run engines."""


def add_engine(pid: int) -> None:
    """Count that process in."""
    _engines.add(pid)


def remove_engine(pid: int) -> None:
    """It has ended."""
    _engines.discard(pid)


def rss_bytes() -> int:
    """Resident memory now; mapped weights count as far as they were touched."""
    return _rss_of(os.getpid()) + sum(_rss_of(pid) for pid in list(_engines))


def available_bytes() -> int:
    """What the system can still give without swapping."""
    return int(psutil.virtual_memory().available)


def give_back() -> None:
    """Give the system what was freed and glibc keeps for later; elsewhere nothing. Takes milliseconds.

    Every thread has a heap of its own there. A tokenizer is a million small pieces: freed, it leaves 70 MB in
    the heap of the thread that made it, and the next one may be made by another thread.
    """
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def peak_rss_bytes() -> int:
    """The most that was resident since the process began, and since each engine's did; it does not go down
    while they run.
    """
    return _own_peak() + sum(_peak_of(pid) for pid in list(_engines))


def _rss_of(pid: int) -> int:
    """0 for a process that has ended."""
    # Read while tokens stream: psutil asks three files for what is in this one, and takes ten times as long.
    with contextlib.suppress(OSError, ValueError, IndexError):
        pages = int(Path(f"/proc/{pid}/statm").read_bytes().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    with contextlib.suppress(psutil.Error):
        return int(psutil.Process(pid).memory_info().rss)
    return 0


def _own_peak() -> int:
    if sys.platform == "win32":
        return int(psutil.Process().memory_info().peak_wset)
    # Not ru_maxrss on Linux: a process that was just started has inherited it from the one that started it.
    if found := _high_water_mark(os.getpid()):
        return found
    import resource  # not on Windows

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _peak_of(pid: int) -> int:
    """Of another process; where the system does not tell, what it has now."""
    if found := _high_water_mark(pid):
        return found
    with contextlib.suppress(psutil.Error):
        memory = psutil.Process(pid).memory_info()
        return int(getattr(memory, "peak_wset", memory.rss))
    return 0


def _high_water_mark(pid: int) -> int:
    """As Linux tells it; 0 elsewhere."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return 0
