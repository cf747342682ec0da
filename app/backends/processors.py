"""How many processors this process may use. What threads = 0 means everywhere."""

import os


def usable_processors() -> int:
    """At least 1; less than the machine has where the system restricts the process."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
