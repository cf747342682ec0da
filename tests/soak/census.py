"""What a process holds at a moment: memory, threads, timers, widgets, file handles; and what of it grew."""

import gc
import os
import threading
from collections import Counter
from dataclasses import dataclass

import psutil
import shiboken6
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

MOST_GROWTH = 0.05
"""Of the resident memory."""


@dataclass(frozen=True, slots=True)
class Census:
    """Counted by `take`."""

    rss_bytes: int
    threads: int
    timers: int
    """Active ones that Python made."""
    widgets: Counter[str]
    """By class."""
    handles: Counter[str]
    """Open files, pipes and sockets by what they lead to; numbers are left out."""

    def told(self) -> str:
        """In one line."""
        return (
            f"{self.rss_bytes / 1e6:.1f} MB, {self.threads} threads, {self.timers} timers, "
            f"{self.widgets.total()} widgets, {self.handles.total()} handles"
        )


def take() -> Census:
    """Collects garbage first. For the GUI thread."""
    gc.collect()
    timers = [
        thing
        for thing in gc.get_objects()
        if issubclass(type(thing), QTimer) and shiboken6.isValid(thing) and thing.isActive()
    ]
    return Census(
        psutil.Process().memory_info().rss,
        max(threading.active_count(), psutil.Process().num_threads()),
        len(timers),
        Counter(type(widget).__name__ for widget in QApplication.allWidgets()),
        Counter(_handles()),
    )


def leaks(before: Census, after: Census) -> list[str]:
    """What there is more of than `before`, a sentence each; empty = nothing leaked."""
    found = [
        f"{name} grew from {old} to {new}"
        for name, old, new in (
            ("threads", before.threads, after.threads),
            ("active timers", before.timers, after.timers),
        )
        if new > old
    ]
    for kind, old_counts, new_counts in (
        ("widgets", before.widgets, after.widgets),
        ("handles", before.handles, after.handles),
    ):
        more = new_counts - old_counts
        if new_counts.total() > old_counts.total():
            found.append(f"{kind} grew from {old_counts.total()} to {new_counts.total()}: {dict(more)}")
    growth = after.rss_bytes / before.rss_bytes - 1
    if growth > MOST_GROWTH:
        found.append(f"memory grew by {growth:.1%}, more than {MOST_GROWTH:.0%}")
    return found


def _handles() -> list[str]:
    folder = "/proc/self/fd"
    if not os.path.isdir(folder):  # only Linux tells what a handle leads to
        return ["handle"] * psutil.Process().num_fds() if hasattr(psutil.Process, "num_fds") else []
    names = []
    for number in os.listdir(folder):
        try:
            names.append(os.readlink(f"{folder}/{number}").split(":")[0])
        except OSError:  # that of the folder itself
            continue
    return names
