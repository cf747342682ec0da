"""The GUI thread keeps its beat while an engine writes as fast as it can."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer
from pytestqt.qtbot import QtBot

from app import paths
from app.backends.registry import installed
from app.chat.prompt import PromptStyle
from app.compare.machine import this_machine
from app.compare.noise import ASSUMED
from app.settings import Settings
from app.ui.chat_session import ChatSession, Message
from app.ui.main_window import MainWindow
from app.ui.theme import Theme
from app.workers.analysis_controller import AnalysisController
from app.workers.catalog_scanner import CatalogScanner
from app.workers.chat_keeper import ChatKeeper
from app.workers.compare_workers import CompareWorkers
from app.workers.controller import GenerationController
from app.workers.list_catalog import list_catalog
from app.workers.report_desk import ReportDesk
from app.workers.weights_sums import WeightsSums
from tests.gui.conftest import WAIT_MS, FakeBackends, MakeWindow, script

P99_MS = 50
_BEAT_MS = 5


class Heartbeat(QObject):
    """Measures how much later than asked a timer of the GUI thread fires."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps_ms: list[float] = []
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        self._clock.start()
        self._timer.start(_BEAT_MS)

    def stop(self) -> None:
        self._timer.stop()

    def p99_ms(self) -> float:
        assert len(self.gaps_ms) > 40, "too few beats to judge"
        return sorted(self.gaps_ms)[int(len(self.gaps_ms) * 0.99)]

    def _beat(self) -> None:
        self.gaps_ms.append(self._clock.nsecsElapsed() / 1e6)
        self._clock.restart()


def test_a_thousand_tokens_a_second_leave_the_gui_thread_its_beat(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    script(
        backends.native,
        answer=("The quick brown fox. " * 20 + "\n\n") * 10,
        token_s=0.001,
        context_tokens=100_000,
    )
    window = make_window(settings=Settings(max_tokens=0))
    qtbot.waitUntil(lambda: window.flow.loaded, timeout=WAIT_MS)
    long_chat = ChatSession()
    for number in range(30):
        long_chat.messages += [Message("user", f"Question {number}"), Message("assistant", "Answer. " * 40)]
    window.chats.take(long_chat)
    heart = Heartbeat()
    with qtbot.waitSignal(window.flow.answered, timeout=60_000):
        heart.start()
        window.flow.send("Go on")
    heart.stop()
    assert len(window.flow.chat.messages[-1].text) > 4000
    print(f"gap p99 {heart.p99_ms():.1f} ms, max {max(heart.gaps_ms):.1f} ms")  # noqa: T201
    assert heart.p99_ms() < P99_MS


@pytest.fixture
def real_window(
    qtbot: QtBot, qt_loop: object, theme: Theme, demo_model: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    """A window on the installed backends, with the demo model picked."""
    state = installed().get("native").availability()
    if not state.available:
        pytest.skip(f"the native backend is not available: {state.reason}")
    monkeypatch.setenv("GEMMA_MODELS_DIR", str(demo_model.parent))
    settings = Settings(
        last_model=demo_model.name, max_tokens=128, compare_runtimes="native-asis native-auto"
    )
    window = MainWindow(
        lambda: GenerationController(installed().open),
        CatalogScanner(list_catalog),
        CompareWorkers(
            AnalysisController(lambda *_request, **_named: ASSUMED), ReportDesk(this_machine), WeightsSums()
        ),
        settings,
        theme,
        ChatKeeper(paths.data_dir() / "chats.sqlite3"),
    )
    window.show()
    yield window
    window.close()
    qtbot.waitUntil(lambda: window.views.settled, timeout=WAIT_MS)
    assert window.wait_for_threads(WAIT_MS)
    window.deleteLater()


@pytest.mark.real_model
@pytest.mark.native
def test_the_real_model_streams_into_the_window_and_leaves_it_its_beat(
    qtbot: QtBot, real_window: MainWindow
) -> None:
    window = real_window
    qtbot.waitUntil(lambda: window.flow.loaded, timeout=60_000)
    heart = Heartbeat()
    heart.start()
    with qtbot.waitSignal(window.flow.answered, timeout=120_000):
        window.flow.send("What is the capital of France?")
    answer = window.flow.chat.messages[-1].text
    window.flow.style = PromptStyle.RAW  # goes on without an end, so there is something to measure
    with qtbot.waitSignal(window.flow.answered, timeout=120_000):
        window.flow.send("Once upon a time")
    heart.stop()
    print(f"gap p99 {heart.p99_ms():.1f} ms, max {max(heart.gaps_ms):.1f} ms")  # noqa: T201
    assert "Paris" in answer
    assert heart.p99_ms() < P99_MS


@pytest.mark.real_model
@pytest.mark.native
def test_explaining_two_real_answers_leaves_the_window_its_beat(
    qtbot: QtBot, real_window: MainWindow
) -> None:
    window = real_window
    qtbot.waitUntil(lambda: window.flow.loaded, timeout=60_000)
    window.top_bar.compare_button.click()
    pane, differences = window.compare.analysis, window.compare.differences
    assert pane is not None
    assert differences is not None
    with qtbot.waitSignal(differences.opened, timeout=240_000):
        window.compare.flow.send("Why is the sky blue?")
    pane.show_view("tokens")
    heart = Heartbeat()
    heart.start()
    with qtbot.waitSignal(differences.analysed, timeout=240_000):
        pane.explain.click()
    heart.stop()
    print(f"gap p99 {heart.p99_ms():.1f} ms, max {max(heart.gaps_ms):.1f} ms")  # noqa: T201
    assert "Along the left answer." in pane.tokens.findings.text.toPlainText()
    assert heart.p99_ms() < P99_MS
