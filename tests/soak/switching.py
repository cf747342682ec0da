"""What switching models leaves behind: memory of the window and of its engines' processes, switch by switch.

    python -m tests.soak.switching --models FOLDER                           the models there in turn, native
    python -m tests.soak.switching --models FOLDER --backend transformers    each in a process of its own

Each model answers once. It counts at rest: the same model, an empty chat, nothing under way; growth is from
the second time that the first model is loaded, when what is made once is made. Prints each such rest and what
of the window's memory grew, and exits with 1 where that is 5 % or more. Linux. Run by hand; figures are in
docs/performance.md.
"""

import argparse
import asyncio
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import qasync
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from app.ui.main_window import MainWindow
from app.workers.garbage_collector import GarbageCollector
from app.workers.listing import ListedEntry
from tests.soak.census import MOST_GROWTH
from tests.soak.soak import make_window, say, until

_REST_S = 1.0
_TOLD_KINDS = 6


@dataclass(frozen=True, slots=True)
class Memory:
    """Of one moment, in bytes. `pss` shares what several processes map."""

    window_pss: int
    window_private: int
    children_pss: int
    kinds: Counter[str]
    """The window's private memory by what it is: heap, anonymous, stack, or the mapped file's name."""

    @property
    def whole(self) -> int:
        return self.window_pss + self.children_pss

    def told(self) -> str:
        """In one line."""
        return (
            f"window {self.window_pss / 1e6:.1f} MB (of its own {self.window_private / 1e6:.1f}), "
            f"engines {self.children_pss / 1e6:.1f} MB, together {self.whole / 1e6:.1f} MB"
        )


def measure() -> Memory:
    """Linux only."""
    own = psutil.Process()
    kinds: Counter[str] = Counter()
    for path, private in _mappings(own.pid):
        kinds[path] += private
    window = _rollup(own.pid)
    children = sum(_rollup(child.pid)["Pss"] for child in own.children(recursive=True))
    return Memory(window["Pss"], window["Private_Clean"] + window["Private_Dirty"], children, kinds)


def _rollup(pid: int) -> Counter[str]:
    """Sums of all mappings by name."""
    found: Counter[str] = Counter()
    for line in _lines(pid, "smaps_rollup"):
        words = line.split()
        if words[-1] == "kB":
            found[words[0].rstrip(":")] = int(words[1]) * 1024
    return found


def _mappings(pid: int) -> Iterator[tuple[str, int]]:
    """(what is mapped, its private bytes)"""
    name = ""
    for line in _lines(pid, "smaps"):
        words = line.split()
        if words[0].endswith(":"):
            if words[0] in ("Private_Clean:", "Private_Dirty:"):
                yield name, int(words[1]) * 1024
        else:
            name = os.path.basename(words[5]) if len(words) > 5 else "anonymous"


def _lines(pid: int, file: str) -> list[str]:
    try:
        return Path(f"/proc/{pid}/{file}").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:  # it has just ended
        return []


async def _switch(window: MainWindow, targets: list[ListedEntry], backend: str, switches: int) -> float:
    """How much the memory grew, as a share."""
    window.show()
    await until(lambda: window.listing is not None and window.flow.loaded)
    first: Memory | None = None
    latest: Memory | None = None
    for turn in range(switches + len(targets)):
        window.select(targets[turn % len(targets)], backend)
        await until(lambda: window.flow.loaded)
        window.flow.send("What is a lens?")
        await until(lambda: not window.flow.busy)
        if turn % len(targets) == 0:
            window.new_chat()
            await asyncio.sleep(_REST_S)
            latest = measure()
            first = first or (latest if turn else None)
            say(f"{turn:3d} switches: {latest.told()}")
    assert first is not None
    assert latest is not None
    more = latest.kinds - first.kinds
    for kind, size in more.most_common(_TOLD_KINDS):
        say(f"  {kind} grew by {size / 1e6:.2f} MB to {latest.kinds[kind] / 1e6:.1f} MB")
    say(f"window {latest.window_pss / first.window_pss - 1:+.1%}, all {latest.whole / first.whole - 1:+.1%}")
    return max(latest.whole / first.whole, latest.window_pss / first.window_pss) - 1


async def _use(window: MainWindow, backend: str, switches: int) -> float:
    await until(lambda: window.listing is not None)
    assert window.listing is not None
    targets: list[ListedEntry] = [
        listed
        for listed in window.listing.entries
        if backend in listed.backends and listed.backends[backend].available
    ]
    if len(targets) < 2:
        raise SystemExit(f"{backend} opens {len(targets)} model there; it takes two.")
    growth = await _switch(window, targets, backend, switches)
    window.close()
    await window.views.settle()
    return growth


def main() -> int:
    """Exit code: whether it grew."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--models", required=True, help="folder of two models or more")
    parser.add_argument("--backend", default="native")
    parser.add_argument("--switches", type=int, default=20)
    chosen = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["FACET_HOME"] = folder
        app = QApplication(["switching"])
        app.setQuitOnLastWindowClosed(False)
        garbage = GarbageCollector(app)
        window, _theme, _forget = make_window(app, Path(folder), chosen.models)
        with qasync.QEventLoop(app) as loop:
            growth: float = loop.run_until_complete(_use(window, chosen.backend, chosen.switches))
            window.wait_for_threads(10_000)
        window.deleteLater()
        QCoreApplication.processEvents()
        garbage.close()
    return 1 if growth >= MOST_GROWTH else 0


if __name__ == "__main__":
    sys.exit(main())
