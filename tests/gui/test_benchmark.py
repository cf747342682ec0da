"""The benchmark view on scripted measurements: choices, progress, figures, the window's cost, the history."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.backends import registry
from app.backends.base import Availability
from app.backends.registry import BackendRegistry
from app.bench import contention, runner, window_run
from app.bench.comparison import FIGURES, in_window
from app.bench.contention import Reading
from app.compare.history import History, history_file
from app.errors import FacetError
from app.ui.benchmark.benchmark_page import BenchmarkPage
from app.ui.benchmark.results_table import spread_text
from app.ui.benchmark.trend_view import series_of
from app.ui.main_window import MainWindow
from app.workers import benchmark as benchmark_worker
from tests.fakes.fake_backend import fake_entry
from tests.fakes.fake_tokenizer import FakeTokenizer
from tests.gui.conftest import WAIT_MS, FakeBackends, MakeWindow, script

NATIVE, TORCH = "Native · automatic", "Transformers · bf16"
SPEEDS = {"native": 200.0, "transformers": 50.0}


@dataclass
class Jobs:
    """Measurements in processes of their own, scripted."""

    asked: list[dict[str, Any]] = field(default_factory=list)
    failure: Exception | None = None
    hold_at: int = 0
    """This one waits for a stop; 0 = none does."""
    gate: threading.Event = field(default_factory=threading.Event)

    def run(self, job: dict[str, Any], progress: object = None, stop: Any = None) -> dict[str, Any]:
        self.asked.append(job)
        if len(self.asked) == self.hold_at:
            stop.watch(self.gate.set)
            self.gate.wait(60)
            stop.watch(None)
        if stop.asked:
            raise benchmark_worker.Cancelled
        if self.failure is not None:
            raise self.failure
        labels = {"backend": job["backend"], "engine": "e", "weights": "bf16", "weight_bytes_per_token": 0}
        return labels | dict.fromkeys(FIGURES, SPEEDS[job["backend"]])


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch, backends: FakeBackends, tmp_path: Path) -> Iterator[Jobs]:
    scripted = Jobs()
    monkeypatch.setattr(runner, "run_job", scripted.run)
    monkeypatch.setattr(contention, "read_kernel", lambda threads: Reading(0.1, 0.1))
    for user in (benchmark_worker, window_run, registry):
        monkeypatch.setattr(user, "load_tokenizer", lambda entry: FakeTokenizer())
    installed = BackendRegistry({name: lambda one=one: one for name, one in backends.by_name().items()})
    monkeypatch.setattr(registry, "installed", lambda: installed)
    entry = fake_entry(tmp_path)
    assert entry.weights is not None
    entry.weights.parent.mkdir()
    entry.weights.write_bytes(b"weights")
    yield scripted
    scripted.gate.set()


Open = Callable[..., tuple[MainWindow, BenchmarkPage]]


@pytest.fixture
def opened(make_window: MakeWindow, qtbot: QtBot) -> Open:
    def open_it(**named: Any) -> tuple[MainWindow, BenchmarkPage]:
        window = make_window(**named)
        assert window.findChild(BenchmarkPage) is None  # made when it is first looked at
        window.top_bar.benchmark_button.click()
        page = window.benchmark.page
        qtbot.waitUntil(lambda: page.trend is not None, timeout=WAIT_MS)
        return window, page

    return open_it


def run(qtbot: QtBot, page: BenchmarkPage) -> None:
    with qtbot.waitSignal(page._benchmark.ended, timeout=WAIT_MS):
        page.start_button.click()


def cells(page: BenchmarkPage) -> list[list[str]]:
    items = page.table.items
    return [
        [str(items.index(row, column).data()) for column in range(items.columnCount())]
        for row in range(items.rowCount())
    ]


def test_every_runtime_is_measured_in_turn_and_shown(qtbot: QtBot, opened: Open, jobs: Jobs) -> None:
    window, page = opened()
    assert page.isVisible()
    assert not window.composer.isVisible()
    assert not window.pane.isVisible()
    page.choices.runs.setValue(2)
    run(qtbot, page)
    assert [job["backend"] for job in jobs.asked] == ["native", "transformers"] * 2
    assert [row[:3] for row in cells(page)] == [[NATIVE, "200.0", "200"], [TORCH, "50.0", "50"]]
    assert page.status.text() == "Done."
    assert page.contention.text().startswith("At rest")
    assert [(bar.name, bar.median) for bar in page.decode.bars] == [(NATIVE, 200.0), (TORCH, 50.0)]
    assert "Native · automatic: 200.0" in page.decode.accessibleName()
    assert not page.overhead.isVisible()
    assert page.start_button.isEnabled()
    assert not page.stop_button.isEnabled()


def test_gemma_cpp_is_among_the_runtimes_where_it_is_linked(qtbot: QtBot, opened: Open, jobs: Jobs) -> None:
    _, page = opened(engines=("builtin", "gemma.cpp"))
    page.choices.runtimes.tick("native-gemma.cpp", True)
    page.choices.runs.setValue(1)
    run(qtbot, page)
    assert [job["options"]["engine"] for job in jobs.asked] == ["builtin", "gemma.cpp", "builtin"]
    assert [row[0] for row in cells(page)] == [NATIVE, "Native · gemma.cpp", TORCH]
    _, without = opened(engines=("builtin",))
    without.choices.runtimes.tick("native-gemma.cpp", True)
    assert set(without.choices.runtimes.checked) == {"native-auto", "transformers-bfloat16"}


def test_a_run_is_in_the_history_and_its_trend_is_drawn(qtbot: QtBot, opened: Open, jobs: Jobs) -> None:
    _, page = opened()
    assert page.trend is not None
    assert page.trend.note.text().startswith("No runs yet.")
    for _ in range(2):
        run(qtbot, page)
    qtbot.waitUntil(lambda: page.trend.note.text().startswith("2 runs"), timeout=WAIT_MS)
    (curve,) = page.trend.plot.series
    assert (curve.name, list(curve.xs), list(curve.ys)) == ("bf16", [1, 2], [200.0, 200.0])
    assert [page.trend.subject.itemText(row) for row in range(2)] == [
        "fake-1b, Native",
        "fake-1b, Transformers",
    ]
    page.trend.subject.setCurrentIndex(1)
    page.trend.subject.activated.emit(1)
    qtbot.waitUntil(lambda: list(page.trend.plot.series[0].ys) == [50.0, 50.0], timeout=WAIT_MS)
    with History.open(history_file()) as history:
        assert [past.kind for past in history.latest()] == ["benchmark"] * 4


def test_the_window_itself_is_measured_and_its_cost_shown(
    qtbot: QtBot, opened: Open, jobs: Jobs, backends: FakeBackends
) -> None:
    _, page = opened()
    page.choices.runtimes.tick("transformers-bfloat16", False)
    page.choices.in_window.setChecked(True)
    page.choices.runs.setValue(1)
    page.choices.new_tokens.setValue(16)
    script(backends.native, answer="Words in the window.", token_s=0.001)
    run(qtbot, page)
    assert [row[0] for row in cells(page)] == [NATIVE, in_window(NATIVE)]
    assert cells(page)[1][5] == "–"
    assert page.overhead.text().startswith(f"{NATIVE}: the window costs ")
    assert page.live.toPlainText() == "Words in the win"
    with History.open(history_file()) as history:
        assert len(history.latest()) == 1


@pytest.mark.parametrize("how", ["button", "escape"])
def test_a_stop_ends_it_and_keeps_what_was_measured(qtbot: QtBot, opened: Open, jobs: Jobs, how: str) -> None:
    window, page = opened()
    jobs.hold_at = 3
    page.start_button.click()
    qtbot.waitUntil(lambda: len(jobs.asked) == 3, timeout=WAIT_MS)
    with qtbot.waitSignal(page._benchmark.ended, timeout=WAIT_MS):
        if how == "button":
            page.stop_button.click()
        else:
            qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert page.status.text() == "Stopped. What was measured stays."
    assert cells(page)[0][1] == "200.0"
    assert page.start_button.isEnabled()


def test_the_keyboard_stays_on_start_and_stop(qtbot: QtBot, opened: Open, jobs: Jobs) -> None:
    _, page = opened()
    jobs.hold_at = 1
    page.start_button.setFocus()
    qtbot.keyClick(page.start_button, Qt.Key.Key_Space)
    assert page.stop_button.hasFocus()
    qtbot.waitUntil(lambda: len(jobs.asked) == 1, timeout=WAIT_MS)
    with qtbot.waitSignal(page._benchmark.ended, timeout=WAIT_MS):
        qtbot.keyClick(page.stop_button, Qt.Key.Key_Space)
    qtbot.waitUntil(page.start_button.hasFocus, timeout=WAIT_MS)


def test_a_failure_is_a_sentence_and_the_next_benchmark_runs(qtbot: QtBot, opened: Open, jobs: Jobs) -> None:
    _, page = opened()
    jobs.failure = FacetError("no memory.", "Close something.")
    run(qtbot, page)
    assert page.status.text() == (f"The measurement of {NATIVE} failed: no memory. Close something.")
    jobs.failure = None
    run(qtbot, page)
    assert page.status.text() == "Done."


def test_a_busy_machine_is_told(
    qtbot: QtBot, opened: Open, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contention, "read_kernel", lambda threads: Reading(0.2, 0.1))
    _, page = opened()
    page.choices.runs.setValue(1)
    run(qtbot, page)
    assert page.contention.text().startswith("Not at rest: at 2 of 2 measurements")
    assert page.contention.property("look") == "danger"
    assert [row[-1] for row in cells(page)] == ["1 of 1", "1 of 1"]


def test_what_opens_no_model_cannot_be_chosen(
    qtbot: QtBot, opened: Open, jobs: Jobs, backends: FakeBackends, tmp_path: Path
) -> None:
    closed = replace(backends.transformers.script, openable=Availability(False, "torch is not installed."))
    backends.transformers.script = closed
    one, two = fake_entry(tmp_path), fake_entry(tmp_path, "other-2b")
    _, page = opened(entries=[backends.listed(one), backends.listed(two)])
    page.choices.runtimes.tick("transformers-bfloat16", True)
    page.choices.models.tick("other-2b", True)
    request = page.choices.request
    assert request is not None
    assert [subject.name for subject in request.subjects] == [f"fake-1b: {NATIVE}", f"other-2b: {NATIVE}"]
    for name in ("fake-1b", "other-2b"):
        page.choices.models.tick(name, False)
    assert page.choices.request is None
    assert not page.start_button.isEnabled()


def test_prompts_may_be_a_file_of_ones_own(qtbot: QtBot, opened: Open, jobs: Jobs, tmp_path: Path) -> None:
    path = tmp_path / "mine.txt"
    path.write_text("One.\n---\nTwo.", encoding="utf-8")
    _, page = opened()
    page.choices.use_file(str(path))
    assert page.choices.prompts.currentText() == "mine.txt"
    page.choices.runs.setValue(1)
    run(qtbot, page)
    assert [len(ids) for ids in jobs.asked[0]["prompts"]] == [5, 5]
    path.unlink()
    run(qtbot, page)
    assert "There is no prompt set and no file" in page.status.text()


def test_every_control_is_named_and_reached_by_the_tab_key(qtbot: QtBot, opened: Open, jobs: Jobs) -> None:
    window, page = opened()
    assert page.choices.models.hasFocus()
    wanted = [
        page.choices.models,
        page.choices.runtimes,
        page.choices.prompts,
        page.choices.runs,
        page.choices.new_tokens,
        page.choices.in_window,
        page.start_button,
    ]
    seen: list[QWidget | None] = []
    for _ in range(40):
        seen.append(window.focusWidget())
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    for part in wanted:
        assert part in seen
        assert part.accessibleName()
    qtbot.keyClick(
        window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert window.pane.isVisible()
    assert not page.isVisible()


def test_a_window_that_closes_ends_the_benchmark(qtbot: QtBot, opened: Open, jobs: Jobs) -> None:
    window, page = opened()
    jobs.hold_at = 1
    page.start_button.click()
    qtbot.waitUntil(lambda: len(jobs.asked) == 1, timeout=WAIT_MS)
    window.close()
    assert window.wait_for_threads(WAIT_MS)


def test_the_results_are_a_sound_item_model(qtbot: QtBot, opened: Open, jobs: Jobs) -> None:
    _, page = opened()
    QAbstractItemModelTester(page.table.items, QAbstractItemModelTester.FailureReportingMode.Fatal)
    run(qtbot, page)
    assert page.table.items.rowCount() == 2


@pytest.mark.parametrize(
    ("figure", "text"),
    [((2.0, 1.5, 2.5), "2.0\n1.5 – 2.5"), ((2.0, 2.0, 2.0), "2.0"), ((0.0, 0.0, 0.0), "–")],
)
def test_a_spread_is_shown_where_there_is_one(figure: tuple[float, float, float], text: str) -> None:
    assert spread_text(dict(zip(("median", "min", "max"), figure, strict=True)), 1) == text


def test_the_trend_has_a_curve_for_each_precision(qtbot: QtBot, opened: Open, jobs: Jobs) -> None:
    _, page = opened()
    run(qtbot, page)
    with History.open(history_file()) as history:
        (past, _) = history.latest()
    runs = [past, replace(past, precision="bf16 in 8 bits", decode_tok_s=300.0), past]
    curves = series_of(runs, "decode_tok_s")
    assert [(curve.name, list(curve.xs), list(curve.ys)) for curve in curves] == [
        ("bf16", [1, 3], [200.0, 200.0]),
        ("bf16 in 8 bits", [2], [300.0]),
    ]
