"""Explain and repeat on scripted backends: verdicts, progress, cancelling; nothing waits for an analysis."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QUrl
from pytestqt.qtbot import QtBot

from app.compare.noise import NoiseBand
from app.errors import OutOfMemory
from app.ui.compare.analysis_pane import AnalysisPane
from app.ui.compare.differences import Differences
from app.ui.main_window import MainWindow
from tests.gui.conftest import WAIT_MS, FakeBackends, MakeWindow, script

A, B, C = (200 + ord(letter) for letter in "abc")
NARROW = NoiseBand("measured by the test", 10, 1e-9, 1e-9, 1e-6)
WIDE = NoiseBand("measured by the test", 10, 1.0, 1.0, 10.0)

Ask = Callable[[], MainWindow]


@pytest.fixture
def ask(qtbot: QtBot, make_window: MakeWindow) -> Ask:
    """ask(): a window whose two sides have answered; the tokens are on screen."""

    def run() -> MainWindow:
        window = make_window()
        window.top_bar.compare_button.click()
        with qtbot.waitSignal(window.compare.flow.finished, timeout=WAIT_MS):
            window.compare.flow.send("Hello")
        pane, _ = parts(window)
        pane.views.button("tokens").click()
        qtbot.waitUntil(lambda: len(pane.tokens.strips.cells) > 0, timeout=WAIT_MS)
        return window

    return run


def parts(window: MainWindow) -> tuple[AnalysisPane, Differences]:
    assert window.compare.analysis is not None
    assert window.compare.differences is not None
    return window.compare.analysis, window.compare.differences


def analyse(qtbot: QtBot, window: MainWindow, button: str = "explain") -> AnalysisPane:
    pane, differences = parts(window)
    with qtbot.waitSignal(differences.analysed, timeout=WAIT_MS):
        getattr(pane, button).click()
    return pane


def test_sides_that_agree_everywhere_are_identical(qtbot: QtBot, ask: Ask, backends: FakeBackends) -> None:
    backends.noise = NARROW
    pane = analyse(qtbot, ask())
    words = pane.tokens.findings.text.toPlainText()
    assert "Along the left answer. Identical: the sides prefer the same token at all 21 positions" in words
    assert "Along the right answer" not in words
    assert "measured by the test" in words
    assert pane.tokens.stops == ()
    assert pane.explain.isVisible()
    assert not pane.stop.isVisible()


@pytest.mark.parametrize(("band", "verdict"), [(NARROW, "Real difference"), (WIDE, "Near-tie")])
def test_a_side_that_prefers_another_token_gets_the_verdict_of_the_measured_noise(
    qtbot: QtBot, ask: Ask, backends: FakeBackends, band: NoiseBand, verdict: str
) -> None:
    backends.noise = band
    for backend in (backends.native, backends.transformers):
        script(backend, answer="xxbxx")
    script(backends.transformers, answer="xxbxx", prefers={B: C})
    pane = analyse(qtbot, ask())
    view = pane.tokens.findings.text
    assert f"{verdict} at token 3: left prefers “b” to “c” by 8.000" in view.toPlainText()
    assert pane.tokens.stops == ((2, 0),)
    pane.next.click()
    assert pane.tokens.strips.selected == (2, 0)
    left, right = (table.items for table in pane.tokens.tables)
    assert pane.tokens.tables[1].heading == "right, led along to token 3 of the left answer"
    assert [left.data(left.index(row, 1)) for row in range(1)] == ["b"]
    assert [right.data(right.index(row, 1)) for row in range(2)] == ["c", "b"]
    assert right.data(right.index(1, 4)) == "1.000"
    assert "“b” before “c” by 8.000 left, -1.000 right" in pane.tokens.detail.text()


def test_different_answers_are_explained_both_ways_and_places_are_links(
    qtbot: QtBot, ask: Ask, backends: FakeBackends
) -> None:
    backends.noise = NARROW
    script(backends.native, answer="xaxa", prefers={B: A})
    script(backends.transformers, answer="xbxb", prefers={A: B})
    pane = analyse(qtbot, ask())
    words = pane.tokens.findings.text.toPlainText()
    assert "Along the left answer" in words
    assert "Along the right answer" in words
    assert words.count("Real difference at token 2") == 2
    pane.tokens.findings.text.anchorClicked.emit(QUrl("right:3"))
    assert pane.tokens.strips.selected == (3, 1)
    assert pane.tokens.tables[0].heading == "left, led along to token 4 of the right answer"


def test_where_noise_cannot_be_measured_it_is_assumed_and_says_why(
    qtbot: QtBot, ask: Ask, backends: FakeBackends
) -> None:
    backends.noise = OutOfMemory("Only 1 GB is free.")
    pane = analyse(qtbot, ask())
    words = pane.tokens.findings.text.toPlainText()
    assert "assumed" in words
    assert "Only 1 GB is free." in words


def test_an_explanation_can_be_stopped_and_asked_for_again(
    qtbot: QtBot, ask: Ask, backends: FakeBackends
) -> None:
    script(backends.native, score_s=0.2)
    window = ask()
    pane, differences = parts(window)
    pane.explain.click()
    qtbot.waitUntil(lambda: "Leading both sides" in pane.status.text(), timeout=WAIT_MS)
    assert pane.stop.isVisible()
    with qtbot.waitSignal(differences.analysed, timeout=WAIT_MS):
        pane.stop.click()
    assert pane.status.text().startswith("Stopped.")
    assert pane.explain.isVisible()
    for model in backends.native.models:
        model._script = type(model._script)()
    analyse(qtbot, window)
    assert "Identical" in pane.tokens.findings.text.toPlainText()


def test_a_new_question_ends_the_explanation_and_is_answered(
    qtbot: QtBot, ask: Ask, backends: FakeBackends
) -> None:
    script(backends.native, score_s=0.5)
    window = ask()
    pane, _ = parts(window)
    pane.explain.click()
    qtbot.waitUntil(lambda: "Leading both sides" in pane.status.text(), timeout=WAIT_MS)
    with qtbot.waitSignal(window.compare.flow.finished, timeout=3000):
        window.compare.flow.send("And then?")
    assert [message.text for message in window.compare.columns[0].flow.chat.messages][-2:] == [
        "And then?",
        "Hello from the fake.",
    ]
    assert not pane.stop.isVisible()


def test_the_window_closes_while_an_explanation_runs(qtbot: QtBot, ask: Ask, backends: FakeBackends) -> None:
    script(backends.native, score_s=3600)
    window = ask()
    pane, _ = parts(window)
    pane.explain.click()
    qtbot.waitUntil(
        lambda: any(session._running for session in backends.native.models[-1].sessions), timeout=WAIT_MS
    )
    window.close()
    assert window.wait_for_threads(3000)
    assert all(session.closed for session in backends.native.models[-1].sessions)


def test_a_side_whose_model_was_changed_cannot_be_explained(ask: Ask) -> None:
    window = ask()
    pane, _ = parts(window)
    assert pane.explain.isEnabled()
    column = window.compare.columns[1]
    other = next(choice for choice in window.compare.runtimes if choice.key == "transformers-float32")
    column.choose(other)
    assert not pane.explain.isEnabled()
    assert len(pane.tokens.strips.cells) == 21


def test_repeating_tells_whether_the_tokens_are_the_same_every_time(
    qtbot: QtBot, ask: Ask, backends: FakeBackends
) -> None:
    script(backends.transformers, answers=("same", "same", "some", "same"))
    pane = analyse(qtbot, ask(), "repeat")
    words = pane.tokens.findings.text.toPlainText()
    assert "left: native (builtin)" in words
    assert "the same ids in all 5 runs" in words
    assert "right: transformers (torch)" in words
    assert "runs part at token 2; 5 runs were made" in words


def test_the_gravest_verdict_and_the_divergence_plot_stand_in_every_view(
    qtbot: QtBot, ask: Ask, backends: FakeBackends
) -> None:
    backends.noise = replace(NARROW, answer_kl=(1e-6,) * 5)
    script(backends.native, answer="xaxa", prefers={B: A})
    script(backends.transformers, answer="xbxb", prefers={A: B})
    window = ask()
    pane, _ = parts(window)
    assert not pane.verdict.isVisible()
    pane.views.button("plots").click()
    assert pane.explain.isVisible()
    assert not pane.plots.divergence.isVisible()
    analyse(qtbot, window)
    assert pane.verdict.isVisible()
    assert "Real difference:</b> over the whole answer" in pane.verdict.text()
    plot = pane.plots.divergence
    assert plot.isVisible()
    assert [one.name for one in plot.series] == ["left", "right"]
    assert [len(one.ys) for one in plot.series] == [5, 5]
    assert plot._behind.getData()[1].tolist() == [-6.0] * 5
    with qtbot.waitSignal(window.compare.flow.finished, timeout=WAIT_MS):
        window.compare.flow.send("Again")
    qtbot.waitUntil(lambda: not pane.verdict.isVisible(), timeout=WAIT_MS)
    assert not plot.isVisible()
