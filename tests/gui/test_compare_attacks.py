"""What users do at the wrong moment: closing, switching and removing in mid-run; and long answers."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.compare.report import read_report
from app.errors import BadModelFile
from app.settings import Settings
from app.ui.compare.compare_flow import CompareMode
from app.ui.main_window import MainWindow
from tests.gui.conftest import WAIT_MS, FakeBackends, MakeWindow, script
from tests.gui.test_heartbeat import Heartbeat
from tests.gui.test_reports import explained, opened, saved

FROZEN_MS = 2000
"""On a machine that is busy with other things; alone it is a tenth."""
Asked = Callable[..., MainWindow]


@pytest.fixture
def asked(qtbot: QtBot, make_window: MakeWindow) -> Asked:
    """asked(sides=2): a window whose sides have answered."""

    def run(sides: int = 2) -> MainWindow:
        window = make_window(settings=Settings(max_tokens=0))
        window.top_bar.compare_button.click()
        if sides > 2:
            window.compare.controls.add.click()
        differences = window.compare.differences
        assert differences is not None
        with qtbot.waitSignal(differences.opened, timeout=WAIT_MS):
            window.compare.send("Hello")
        qtbot.waitUntil(lambda: not window.compare.flow.busy, timeout=WAIT_MS)
        return window

    return run


def explaining(qtbot: QtBot, window: MainWindow) -> None:
    """Begin an explanation."""
    pane = window.compare.analysis
    assert pane is not None
    pane.explain.click()
    qtbot.waitUntil(lambda: "Leading both sides" in pane.status.text(), timeout=WAIT_MS)


@pytest.mark.parametrize("mode", list(CompareMode))
def test_the_window_closes_at_once_while_sides_answer(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends, mode: CompareMode
) -> None:
    for backend in (backends.native, backends.transformers):
        script(backend, answer="word " * 1000, token_s=0.1, prefill_s=0.01)
    window = make_window()
    window.top_bar.compare_button.click()
    window.compare.controls.modes.button(mode.value).click()
    window.compare.send("Hello")
    qtbot.waitUntil(lambda: any(column.run.tokens for column in window.compare.columns), timeout=WAIT_MS)
    began = time.monotonic()
    window.close()
    assert time.monotonic() - began < FROZEN_MS / 1000
    assert window.wait_for_threads(3000)
    qtbot.waitUntil(lambda: window.views.settled, timeout=WAIT_MS)


def test_a_side_that_cannot_load_leaves_the_other_its_answer_and_no_pair(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    script(backends.transformers, load_error=BadModelFile("The file is torn."))
    window = make_window()
    window.top_bar.compare_button.click()
    with qtbot.waitSignal(window.compare.flow.finished, timeout=WAIT_MS):
        window.compare.send("Hello")
    left, right = window.compare.columns
    assert left.flow.chat.messages[-1].text == "Hello from the fake."
    assert right.pane.transcript.error_card is not None
    pane = window.compare.analysis
    assert pane is not None
    assert not pane.explain.isEnabled()
    assert not window.compare.controls.save_action.isEnabled()
    script(backends.transformers)
    right.pane.transcript.retry_requested.emit()
    qtbot.waitUntil(pane.explain.isEnabled, timeout=WAIT_MS)
    assert window.compare.controls.save_action.isEnabled()


def test_another_model_on_one_side_does_not_disturb_the_explanation_of_the_first(
    qtbot: QtBot, asked: Asked, backends: FakeBackends
) -> None:
    script(backends.native, score_s=0.01)
    window = asked()
    explaining(qtbot, window)
    pane, differences = window.compare.analysis, window.compare.differences
    assert pane is not None
    assert differences is not None
    column = window.compare.columns[1]
    with qtbot.waitSignal(differences.analysed, timeout=WAIT_MS):
        column.choose(window.compare.runtimes[-1])
        assert not pane.explain.isEnabled()
    assert "Identical" in pane.tokens.findings.text.toPlainText()


def test_a_retry_of_one_side_while_both_are_explained_ends_the_explanation(
    qtbot: QtBot, asked: Asked, backends: FakeBackends
) -> None:
    script(backends.native, score_s=3600)
    window = asked()
    explaining(qtbot, window)
    column = window.compare.columns[1]
    column.choose(window.compare.runtimes[-1])
    with qtbot.waitSignal(window.compare.flow.answered, timeout=WAIT_MS):
        column.post("Another one")
        column.ask()
    assert column.flow.chat.messages[-1].role == "assistant"


def test_removing_a_column_that_is_being_explained_does_not_freeze_the_window(
    qtbot: QtBot, asked: Asked, backends: FakeBackends
) -> None:
    window = asked(sides=3)
    pane = window.compare.analysis
    assert pane is not None
    pane.pairs.button("third").click()
    qtbot.waitUntil(pane.explain.isEnabled, timeout=WAIT_MS)
    for backend in (backends.native, backends.transformers):
        for model in backend.models:
            script(backend, score_s=3600)
            model._script = backend.script
    explaining(qtbot, window)
    began = time.monotonic()
    window.compare.columns[2].header.remove_action.trigger()
    assert time.monotonic() - began < FROZEN_MS / 1000
    assert len(window.compare.columns) == 2
    qtbot.waitUntil(lambda: not pane.stop.isVisible(), timeout=WAIT_MS)


def test_a_report_that_is_being_written_is_written_although_the_window_closes(
    qtbot: QtBot, asked: Asked, tmp_path: Path
) -> None:
    window = asked()
    report_of = window.compare._finished_report()
    assert report_of is not None
    window.compare.reports.save(report_of, False, str(tmp_path / "out.html"))
    window.close()
    assert window.wait_for_threads(WAIT_MS)
    assert read_report(tmp_path / "out.json").left.text == "Hello from the fake."


def test_answers_of_two_thousand_tokens_are_explained_saved_and_opened_without_a_freeze(
    qtbot: QtBot, asked: Asked, backends: FakeBackends, tmp_path: Path
) -> None:
    left = "".join(chr(97 + (n * n) % 23) for n in range(2000))
    right = "".join(chr(97 + (n * n + n // 700) % 23) for n in range(2000))
    script(backends.native, answer=left)
    script(backends.transformers, answer=right)
    window = asked()
    pane = window.compare.analysis
    assert pane is not None
    heart = Heartbeat()
    heart.start()
    explained(qtbot, window)
    document = saved(qtbot, window, tmp_path / "out.html")
    opened(qtbot, window, document)
    qtbot.waitUntil(lambda: len(pane.tokens.strips.cells) >= 2001, timeout=WAIT_MS)
    for view in ("tokens", "words", "plots"):
        pane.views.button(view).click()
        qtbot.wait(50)
    heart.stop()
    print(f"gap p99 {heart.gap_ms(0.99):.1f} ms, max {max(heart.gaps_ms):.1f} ms")  # noqa: T201
    assert max(heart.gaps_ms) < FROZEN_MS
