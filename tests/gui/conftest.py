"""A window on scripted backends, on the real Qt and qasync loops, that leaves no thread, timer or widget
behind.
"""

import asyncio
import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import pytest
import qasync
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QThread, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import paths
from app.backends.base import OpenOptions, ProgressCallback
from app.backends.registry import OpenedModel
from app.catalog.entry import CatalogEntry
from app.compare.machine import this_machine
from app.compare.noise import ASSUMED, NoiseBand
from app.settings import Settings
from app.ui.benchmark.benchmark_view import benchmark_view
from app.ui.look.theme import Theme
from app.ui.main_window import MainWindow
from app.workers.analysis_controller import AnalysisController
from app.workers.catalog_scanner import CatalogScanner
from app.workers.chat_keeper import ChatKeeper
from app.workers.compare_workers import CompareWorkers
from app.workers.controller import GenerationController
from app.workers.listing import CatalogListing, ListedEntry
from app.workers.report_desk import ReportDesk
from app.workers.weights_sums import WeightsSums
from tests.fakes.fake_backend import FakeBackend, FakeScript, fake_entry
from tests.fakes.fake_tokenizer import FakeTokenizer

WAIT_MS = 10_000


@dataclass
class FakeBackends:
    """Scripted backends by name, and the `open` that a worker is given."""

    native: FakeBackend = field(default_factory=FakeBackend)
    transformers: FakeBackend = field(default_factory=lambda: FakeBackend(name="transformers"))
    noise: NoiseBand | Exception = ASSUMED

    def open(
        self, entry: CatalogEntry, backend: str, options: OpenOptions, progress: ProgressCallback
    ) -> OpenedModel:
        chosen = self.by_name()[backend]
        return OpenedModel(entry, chosen.open(entry, options, progress), FakeTokenizer(), 0.0)

    def measure_noise(self, *_request: object, **_named: object) -> NoiseBand:
        """What a test set as `noise`, or raises it."""
        if isinstance(self.noise, Exception):
            raise self.noise
        return self.noise

    def by_name(self) -> dict[str, FakeBackend]:
        return {"native": self.native, "transformers": self.transformers}

    def listed(self, entry: CatalogEntry) -> ListedEntry:
        return ListedEntry(entry, {name: one.can_open(entry) for name, one in self.by_name().items()})

    @property
    def prompts(self) -> list[tuple[int, ...]]:
        """Every prompt that any session was given."""
        models = [model for backend in self.by_name().values() for model in backend.models]
        return [prompt for model in models for session in model.sessions for prompt in session.prompts]


@pytest.fixture
def backends() -> FakeBackends:
    return FakeBackends()


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp, "light")


@pytest.fixture(autouse=True)
def _nothing_left_behind(qapp: QApplication) -> Iterator[None]:
    """Fail the test that leaves a running thread, an active timer or a window behind."""
    before = set(QApplication.topLevelWidgets())
    gc.disable()  # in a thread of the test it would destroy widgets there
    yield
    # Offscreen the clipboard outlives Python: what Python made and left in it would end the process badly.
    QApplication.clipboard().clear()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    left = [f"window {widget}" for widget in set(QApplication.topLevelWidgets()) - before]
    for thing in gc.get_objects():
        # type(), not isinstance(), which asks for __class__: torch's deprecated objects warn of that.
        if issubclass(type(thing), QThread) and shiboken6.isValid(thing) and thing.isRunning():
            left.append(f"running thread {thing.objectName()}")
            thing.quit()
            thing.wait(1000)
        elif issubclass(type(thing), QTimer) and shiboken6.isValid(thing) and thing.isActive():
            left.append(f"active timer of {thing.parent()}")
            thing.stop()
    gc.collect()
    gc.enable()
    if left:
        pytest.fail("left behind: " + ", ".join(left), pytrace=False)


@pytest.fixture(scope="session")
def _session_loop(qapp: QApplication) -> Iterator[qasync.QEventLoop]:
    # One for all tests: stopping a loop sends exit() to the application, and pytest-qt can wait no more.
    loop = qasync.QEventLoop(qapp, already_running=True)
    asyncio.events._set_running_loop(None)
    yield loop
    qapp.aboutToQuit.disconnect(loop._after_run_forever)
    loop.stop()
    loop.close()


@pytest.fixture
def qt_loop(_session_loop: qasync.QEventLoop, qtbot: QtBot) -> Iterator[qasync.QEventLoop]:
    """The asyncio loop that runs inside pytest-qt's waiting."""
    asyncio.events._set_running_loop(_session_loop)
    yield _session_loop
    tasks = asyncio.all_tasks(_session_loop)
    for task in tasks:
        task.cancel()
    qtbot.waitUntil(lambda: all(task.done() for task in tasks), timeout=WAIT_MS)
    asyncio.events._set_running_loop(None)


class _ScreenReader:
    """What the window says, as something that listens would get it."""

    AnnouncementPoliteness = QAccessible.AnnouncementPoliteness
    said: ClassVar[list[tuple[str, str]]] = []

    @staticmethod
    def isActive() -> bool:  # noqa: N802
        return True

    @classmethod
    def updateAccessibility(cls, event: QAccessibleAnnouncementEvent) -> None:  # noqa: N802
        cls.said.append((event.message(), event.politeness().name))


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    monkeypatch.setattr("app.ui.look.announcer.QAccessible", _ScreenReader)
    _ScreenReader.said = []
    return _ScreenReader.said


MakeController = Callable[[], GenerationController]


@pytest.fixture
def make_controller(
    qapp: QApplication, qt_loop: qasync.QEventLoop, backends: FakeBackends
) -> Iterator[MakeController]:
    made: list[GenerationController] = []

    def make() -> GenerationController:
        made.append(GenerationController(backends.open))
        return made[-1]

    yield make
    for controller in made:
        assert controller.wait_for_shutdown(WAIT_MS)
        controller.deleteLater()


@pytest.fixture
def controller(make_controller: MakeController) -> GenerationController:
    return make_controller()


MakeWindow = Callable[..., MainWindow]


@pytest.fixture
def make_window(
    qtbot: QtBot, qt_loop: qasync.QEventLoop, backends: FakeBackends, theme: Theme, tmp_path: Path
) -> Iterator[MakeWindow]:
    """make_window(entries=None, settings=Settings(), engines=()): a shown window whose picker is filled;
    `engines` are the native library's.
    """
    made: list[MainWindow] = []

    def make(
        entries: list[ListedEntry] | None = None,
        settings: Settings | None = None,
        engines: tuple[str, ...] = (),
    ) -> MainWindow:
        shown = [backends.listed(fake_entry(tmp_path))] if entries is None else entries
        scanner = CatalogScanner(lambda _folder: CatalogListing(tuple(shown), engines=engines))
        window = MainWindow(
            lambda: GenerationController(backends.open),
            scanner,
            CompareWorkers(
                AnalysisController(backends.measure_noise), ReportDesk(this_machine), WeightsSums()
            ),
            settings or Settings(),
            theme,
            ChatKeeper(paths.data_dir() / "chats.sqlite3"),
            benchmark_view(theme),
        )
        made.append(window)
        with qtbot.waitSignal(window.listed, timeout=WAIT_MS):
            window.show()
        return window

    yield make
    for window in made:
        window.close()
        qtbot.waitUntil(lambda shut=window: shut.views.settled, timeout=WAIT_MS)
        assert window.wait_for_threads(WAIT_MS)
        window.deleteLater()


def script(backend: FakeBackend, **changes: object) -> None:
    """Give `backend` another script."""
    backend.script = FakeScript(**changes)  # type: ignore[arg-type]
