"""What this process takes in memory, now and at most. Figures for people; nothing is decided by them."""

import sys

import psutil


def rss_bytes() -> int:
    """Resident memory of this process now; mapped weights count as far as they were touched."""
    return int(psutil.Process().memory_info().rss)


def peak_rss_bytes() -> int:
    """The most that was resident since the process began; it never goes down."""
    if sys.platform == "win32":
        return int(psutil.Process().memory_info().peak_wset)
    import resource  # not on Windows

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
