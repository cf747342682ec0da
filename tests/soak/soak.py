"""Two hours of use in minutes, on the whole window: turns, switches, stops, resizes, themes; what it left.

    python -m tests.soak.soak                                   500 turns, the fake backends
    python -m tests.soak.soak --model .models --turns 60        the first model there, with its real backends

Exit code 1 when something leaked. Prints a census every tenth of the way. Run by hand; figures are in
docs/performance.md.
"""

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import qasync
from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtWidgets import QApplication

from app.backends.registry import installed
from app.compare.machine import this_machine
from app.settings import Settings
from app.ui.look.theme import Theme, ThemeChoice
from app.ui.main_window import MainWindow
from app.ui.views import View
from app.workers.analysis_controller import AnalysisController
from app.workers.catalog_scanner import CatalogScanner
from app.workers.chat_keeper import ChatKeeper
from app.workers.compare_workers import CompareWorkers
from app.workers.controller import GenerationController
from app.workers.garbage_collector import GarbageCollector
from app.workers.list_catalog import list_catalog
from app.workers.listing import CatalogListing, ListedEntry
from app.workers.report_desk import ReportDesk
from app.workers.weights_sums import WeightsSums
from tests.fakes.fake_backend import fake_entry
from tests.gui.conftest import FakeBackends, benchmark_view, script
from tests.soak.census import Census, leaks, take

_ANSWER = "A **lens** bends light.\n\n* one\n* two\n\n```python\nprint(1)\n```\n\nIt is $x^2$ and so on. " * 2
_TURNS_OF_A_CHAT = 10
_SIZES = (QSize(1240, 800), QSize(900, 600), QSize(1920, 1080), QSize(1000, 1400))
_THEMES: tuple[ThemeChoice, ...] = ("light", "dark", "contrast")
_PATIENCE_S = 120


@dataclass(frozen=True, slots=True)
class Plan:
    """How much of what; everything is spread over the turns."""

    turns: int
    switches: int
    stops: int
    warm_up: float = 0.2
    """The share of the turns after which the first census counts: caches are full then."""
    rest_s: float = 2.0
    """Before a census, until the widgets are as many as before: what is deleted later is deleted then."""

    def due(self, turn: int, count: int) -> bool:
        """Whether one of `count` things that are spread over the turns falls on this one."""
        return turn * count // self.turns != (turn + 1) * count // self.turns


class Soak:
    """Drives one window."""

    def __init__(self, window: MainWindow, theme: Theme, plan: Plan, forget: Callable[[], None]) -> None:
        """`forget` empties what the fakes remember."""
        self._window = window
        self._theme = theme
        self._plan = plan
        self._forget = forget
        self._sizes = cycle(_SIZES)
        self._themes = cycle(_THEMES)

    async def run(self) -> list[str]:
        """Everything; what leaked."""
        window, plan = self._window, self._plan
        window.show()
        await until(lambda: window.listing is not None and window.flow.loaded)
        assert window.listing is not None
        runtimes = _runtimes(window.listing)
        self._first, self._runtimes = runtimes[0], cycle(runtimes)
        await self._look_around()  # what is made once is made before the census that counts
        before: Census | None = None
        for turn in range(plan.turns):
            await self._turn(turn)
            if before is None and turn + 1 >= plan.warm_up * plan.turns:
                before = await self._rest()
                say(f"turn {turn + 1}, the census that counts: {before.told()}")
            elif (turn + 1) % max(1, plan.turns // 10) == 0:
                say(f"turn {turn + 1}: {(await self._rest()).told()}")
        after = await self._rest()
        assert before is not None
        growth = after.rss_bytes / before.rss_bytes - 1
        say(f"at the end: {after.told()}; memory {growth:+.1%}")
        return leaks(before, after)

    async def _turn(self, turn: int) -> None:
        window, plan = self._window, self._plan
        if turn % _TURNS_OF_A_CHAT == 0:
            window.new_chat()
        if plan.due(turn, plan.switches):
            window.select(*next(self._runtimes))
            await until(lambda: window.flow.loaded)
        if plan.due(turn, plan.stops):
            window.resize(next(self._sizes))
            self._theme.choose(next(self._themes))
            await self._look_around()
        window.flow.send(f"Question {turn}: what is a lens?")
        if plan.due(turn, plan.stops):
            await until(lambda: bool(window.pane.transcript.last_text) or not window.flow.busy)
            window.flow.stop()
        await until(lambda: not window.flow.busy)

    async def _look_around(self) -> None:
        """Every other view, and one question to both sides of a comparison."""
        window = self._window
        window.show_view(View.COMPARISON)
        window.compare.new_conversation()
        window.compare.send("What is a lens?")
        await until(lambda: not window.compare.flow.busy)
        window.show_view(View.BENCHMARK)
        window.show_view(View.CHAT)
        window.sidebar.search.setText("lens")
        await asyncio.sleep(0.05)
        window.sidebar.search.clear()

    async def _rest(self) -> Census:
        """The census in the same state each time: the same model, an empty chat, and nothing under way."""
        window = self._window
        window.select(*self._first)
        await until(lambda: window.flow.loaded)
        window.new_chat()
        window.resize(_SIZES[0])
        self._theme.choose(_THEMES[0])
        window.show_view(View.COMPARISON)
        window.compare.new_conversation()
        window.show_view(View.CHAT)
        self._forget()
        await until(lambda: window.pane.transcript.settled)
        count = -1
        while count != (count := len(QApplication.allWidgets())):
            await asyncio.sleep(self._plan.rest_s)
        return take()


def _runtimes(listing: CatalogListing) -> list[tuple[ListedEntry, str]]:
    """Every model with every backend that opens it."""
    return [
        (listed, name)
        for listed in listing.entries
        for name, state in listed.backends.items()
        if state.available
    ]


async def until(so: Callable[[], bool]) -> None:
    for _ in range(int(_PATIENCE_S / 0.005)):
        if so():
            return
        await asyncio.sleep(0.005)
    raise TimeoutError("the window did not get there")


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def make_window(app: QApplication, folder: Path, models: str) -> tuple[MainWindow, Theme, Callable[[], None]]:
    theme = Theme(app, "light")
    backends = FakeBackends()
    for one in backends.by_name().values():
        script(one, answer=_ANSWER, token_s=0.0002, load_s=0.01)
    shown = [backends.listed(fake_entry(folder)), backends.listed(fake_entry(folder, "fake-2b"))]

    def listed(path: str) -> CatalogListing:
        return list_catalog(path) if models else CatalogListing(tuple(shown))

    def forget() -> None:
        for one in backends.by_name().values():
            del one.models[:-2]
            for model in one.models:
                for session in model.sessions:
                    session.prompts.clear()

    window = MainWindow(
        lambda: GenerationController(installed().open if models else backends.open),
        CatalogScanner(listed),
        CompareWorkers(AnalysisController(backends.measure_noise), ReportDesk(this_machine), WeightsSums()),
        Settings(models_dir=models, max_tokens=24 if models else 0),
        theme,
        ChatKeeper(folder / "chats.sqlite3"),
        benchmark_view(theme),
    )
    return window, theme, forget


async def _use(window: MainWindow, soak: Soak) -> list[str]:
    """What leaked; the window is closed then."""
    found = await soak.run()
    window.close()
    await window.views.settle()
    return found


def main() -> int:
    """Exit code: whether something leaked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--turns", type=int, default=500)
    parser.add_argument("--switches", type=int, default=50)
    parser.add_argument("--stops", type=int, default=50, help="and resizes, themes, comparisons")
    parser.add_argument("--model", default="", help="folder of models; without it the fake backends answer")
    chosen = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["FACET_HOME"] = folder
        app = QApplication(["soak"])
        app.setQuitOnLastWindowClosed(False)
        garbage = GarbageCollector(app)
        window, theme, forget = make_window(app, Path(folder), chosen.model)
        plan = Plan(chosen.turns, chosen.switches, chosen.stops)
        with qasync.QEventLoop(app) as loop:
            found: list[str] = loop.run_until_complete(_use(window, Soak(window, theme, plan, forget)))
            window.wait_for_threads(10_000)
        window.deleteLater()
        QCoreApplication.processEvents()
        garbage.close()
    for sentence in found:
        say(f"LEAK: {sentence}")
    say("leaked" if found else "nothing leaked")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
