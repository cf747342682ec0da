"""The comparison on scripted backends: who is asked and when; no side waits for another's trouble."""

import time
from collections.abc import Callable
from dataclasses import replace

import pytest
import shiboken6
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.errors import BadModelFile, OutOfMemory
from app.settings import Settings
from app.ui.compare.column import Column
from app.ui.compare.compare_flow import CompareMode
from app.ui.main_window import MainWindow
from app.workers.events import AnswerFinished
from tests.gui.conftest import WAIT_MS, FakeBackends, MakeWindow, script

OpenComparison = Callable[..., MainWindow]


@pytest.fixture
def open_comparison(make_window: MakeWindow) -> OpenComparison:
    """open_comparison(mode=..., settings=...): a window that shows the comparison."""

    def open_it(mode: CompareMode = CompareMode.IN_TURN, settings: Settings | None = None) -> MainWindow:
        window = make_window(settings=settings)
        window.top_bar.compare_button.click()
        window.compare.controls.modes.button(mode.value).click()
        return window

    return open_it


def _send(qtbot: QtBot, window: MainWindow, text: str) -> None:
    qtbot.keyClicks(window.composer.editor, text)
    qtbot.keyClick(window.composer.editor, Qt.Key.Key_Return)


def _answer(qtbot: QtBot, window: MainWindow, text: str = "Hello") -> None:
    with qtbot.waitSignal(window.compare.flow.finished, timeout=WAIT_MS):
        _send(qtbot, window, text)


def _texts(column: Column) -> list[str]:
    return [message.text for message in column.flow.chat.messages]


def test_both_sides_answer_one_after_the_other(
    qtbot: QtBot, open_comparison: OpenComparison, backends: FakeBackends
) -> None:
    script(backends.native, answer="From the left.")
    script(backends.transformers, answer="From the right.")
    window = open_comparison()
    _answer(qtbot, window)
    left, right = window.compare.columns
    assert _texts(left) == ["Hello", "From the left."]
    assert _texts(right) == ["Hello", "From the right."]
    assert left.run.tokens[-1].time_ns < right.run.tokens[0].time_ns
    assert not left.run.shared_processor
    assert not right.run.shared_processor


def test_at_once_both_sides_run_together_on_half_the_threads(
    qtbot: QtBot, open_comparison: OpenComparison, backends: FakeBackends
) -> None:
    for backend in (backends.native, backends.transformers):
        script(backend, answer="word " * 20, token_s=0.01)
    window = open_comparison(CompareMode.AT_ONCE, Settings(threads=8))
    _send(qtbot, window, "Hello")
    controls = window.compare.controls
    qtbot.waitUntil(controls.badge.isVisible, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not window.compare.flow.busy, timeout=WAIT_MS)
    left, right = window.compare.columns
    assert right.run.tokens[0].time_ns < left.run.tokens[-1].time_ns
    assert [column.target.options.threads for column in (left, right) if column.target] == [4, 4]
    assert left.run.shared_processor
    assert right.run.shared_processor
    assert not controls.badge.isVisible()


@pytest.mark.parametrize("mode", [CompareMode.LEFT, CompareMode.RIGHT])
def test_one_side_alone_leaves_the_other_unasked(
    qtbot: QtBot, open_comparison: OpenComparison, mode: CompareMode
) -> None:
    window = open_comparison(mode)
    _answer(qtbot, window)
    asked, other = window.compare.columns
    if mode is CompareMode.RIGHT:
        asked, other = other, asked
    assert _texts(asked) == ["Hello", "Hello from the fake."]
    assert _texts(other) == []


@pytest.mark.parametrize("mode", [CompareMode.IN_TURN, CompareMode.AT_ONCE])
def test_a_side_that_fails_has_a_card_of_its_own_and_the_other_answers(
    qtbot: QtBot, open_comparison: OpenComparison, backends: FakeBackends, mode: CompareMode
) -> None:
    script(backends.native, load_error=BadModelFile("The file is damaged."))
    window = open_comparison(mode)
    _answer(qtbot, window)
    left, right = window.compare.columns
    card = left.pane.transcript.error_card
    assert card is not None
    assert "The file is damaged." in card.text
    assert right.pane.transcript.error_card is None
    assert _texts(right) == ["Hello", "Hello from the fake."]


def test_a_side_that_fails_while_it_answers_is_retried_alone(
    qtbot: QtBot, open_comparison: OpenComparison, backends: FakeBackends
) -> None:
    script(backends.transformers, generate_error=OutOfMemory("Too little memory."), fail_after=3)
    window = open_comparison()
    _answer(qtbot, window)
    left, right = window.compare.columns
    card = right.pane.transcript.error_card
    assert card is not None
    before = left.run.finished
    script(backends.transformers)
    backends.transformers.models[-1].sessions[-1]._script = backends.transformers.script
    card.retry.click()
    qtbot.waitUntil(lambda: _texts(right) == ["Hello", "Hello from the fake."], timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not right.busy, timeout=WAIT_MS)
    assert left.run.finished is before
    assert _texts(left) == ["Hello", "Hello from the fake."]


def test_a_side_that_never_answers_holds_nobody_up_at_once(
    qtbot: QtBot, open_comparison: OpenComparison, backends: FakeBackends
) -> None:
    script(backends.native, prefill_s=3600)
    window = open_comparison(CompareMode.AT_ONCE)
    left, right = window.compare.columns
    start = time.monotonic()
    _send(qtbot, window, "Hello")
    qtbot.waitUntil(lambda: right.run.finished is not None, timeout=WAIT_MS)
    assert time.monotonic() - start < WAIT_MS / 1000
    assert left.busy
    with qtbot.waitSignal(window.compare.flow.finished, timeout=WAIT_MS):
        left.header.stop.click()
    assert left.run.finished is not None
    assert left.run.finished.finish == "cancelled"
    assert _texts(right) == ["Hello", "Hello from the fake."]


def test_a_side_that_waits_for_a_dead_one_can_be_called_now(
    qtbot: QtBot, open_comparison: OpenComparison, backends: FakeBackends
) -> None:
    script(backends.native, prefill_s=3600)
    window = open_comparison()
    left, right = window.compare.columns
    _send(qtbot, window, "Hello")
    qtbot.waitUntil(lambda: backends.native.models != [] and left.busy, timeout=WAIT_MS)
    assert right.wait_bar.isVisible()
    assert "left" in right.wait_bar.text
    right.wait_bar.start.click()
    qtbot.waitUntil(lambda: right.run.finished is not None, timeout=WAIT_MS)
    assert left.busy
    assert right.run.shared_processor
    left.stop()
    qtbot.waitUntil(lambda: not window.compare.flow.busy, timeout=WAIT_MS)
    assert _texts(right) == ["Hello", "Hello from the fake."]


def test_esc_stops_every_side_and_asks_no_more(
    qtbot: QtBot, open_comparison: OpenComparison, backends: FakeBackends
) -> None:
    script(backends.native, answer="word " * 2000, token_s=0.002)
    window = open_comparison()
    left, right = window.compare.columns
    _send(qtbot, window, "Go on")
    qtbot.waitUntil(lambda: "word" in left.pane.transcript.last_text, timeout=WAIT_MS)
    with qtbot.waitSignal(window.compare.flow.finished, timeout=WAIT_MS):
        qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert left.flow.chat.messages[-1].finish == "cancelled"
    assert backends.transformers.models == []
    assert right.wait_bar.text == "Not asked"
    assert not window.compare.flow.busy


def test_a_stop_of_one_side_lets_the_next_one_begin(
    qtbot: QtBot, open_comparison: OpenComparison, backends: FakeBackends
) -> None:
    script(backends.native, answer="word " * 2000, token_s=0.002)
    window = open_comparison()
    left, right = window.compare.columns
    _send(qtbot, window, "Go on")
    qtbot.waitUntil(lambda: "word" in left.pane.transcript.last_text, timeout=WAIT_MS)
    with qtbot.waitSignal(window.compare.flow.finished, timeout=WAIT_MS):
        left.header.stop.click()
    assert left.flow.chat.messages[-1].finish == "cancelled"
    assert _texts(right) == ["Go on", "Hello from the fake."]


@pytest.mark.parametrize("same", [False, True])
def test_a_side_is_given_its_own_history_or_that_of_the_left(
    qtbot: QtBot, open_comparison: OpenComparison, backends: FakeBackends, same: bool
) -> None:
    script(backends.native, answer="Left answer.")
    script(backends.transformers, answer="Right answer.")
    window = open_comparison()
    window.compare.controls.same_history.setChecked(same)
    _answer(qtbot, window, "first")
    _answer(qtbot, window, "second")
    tokenizer_text = bytes(
        token - 200 for token in backends.transformers.models[-1].sessions[-1].prompts[-1] if token >= 200
    ).decode()
    assert ("Left answer." in tokenizer_text) is same
    assert ("Right answer." in tokenizer_text) is not same
    assert "second" in tokenizer_text
    assert _texts(window.compare.columns[1]) == ["first", "Right answer.", "second", "Right answer."]


def test_the_strip_is_calm_for_equal_sides_and_red_for_unfair_ones(
    qtbot: QtBot, open_comparison: OpenComparison
) -> None:
    window = open_comparison(settings=Settings(threads=2))
    _answer(qtbot, window)
    strip = window.compare.strip
    checks = {check.name: check for check in strip.checks}
    assert checks["prompt"].equal
    assert checks["stop set"].equal
    assert not checks["runtime"].equal
    assert not strip.unfair
    assert strip.text.startswith("Fair")
    right = window.compare.columns[1]
    right.threads = 7
    window.compare.flow.changed.emit()
    assert strip.unfair
    assert strip.property("unfair") is True
    assert "threads: 2 on the left, 7 on the right" in strip.text


def test_a_third_side_is_asked_too_and_can_be_removed(
    qtbot: QtBot, open_comparison: OpenComparison, backends: FakeBackends
) -> None:
    window = open_comparison()
    window.compare.controls.add.click()
    assert len(window.compare.columns) == 3
    _answer(qtbot, window)
    assert [_texts(column)[-1] for column in window.compare.columns] == ["Hello from the fake."] * 3
    window.compare.columns[2].header.remove_action.trigger()
    assert len(window.compare.columns) == 2
    _answer(qtbot, window, "again")
    assert [len(_texts(column)) for column in window.compare.columns] == [4, 4]


def test_a_double_click_adds_one_column(qtbot: QtBot, open_comparison: OpenComparison) -> None:
    window = open_comparison()
    window.compare.add_column()
    window.compare.add_column()
    assert len(window.compare.columns) == 3


def test_a_removed_column_goes_when_its_engine_has_ended(
    qtbot: QtBot, open_comparison: OpenComparison
) -> None:
    window = open_comparison()
    window.compare.add_column()
    column = window.compare.columns[2]
    with qtbot.waitSignal(column.destroyed, timeout=WAIT_MS):
        column.header.remove_action.trigger()
        assert shiboken6.isValid(column), "the window waited for a thread"


def test_going_on_in_a_chat_takes_the_side_s_conversation_and_runtime(
    qtbot: QtBot, open_comparison: OpenComparison, backends: FakeBackends
) -> None:
    script(backends.transformers, answer="From the right.")
    window = open_comparison()
    _answer(qtbot, window)
    window.compare.columns[1].header.continue_action.trigger()
    assert not window.views.comparing
    assert [message.text for message in window.flow.chat.messages] == ["Hello", "From the right."]
    qtbot.waitUntil(lambda: window.flow.loaded, timeout=WAIT_MS)
    target = window.flow.target
    assert target is not None
    assert target.backend == "transformers"
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS) as answered:
        _send(qtbot, window, "And then?")
    assert isinstance(answered.args[0], AnswerFinished)
    assert len(window.compare.columns[1].flow.chat.messages) == 2


def test_what_the_user_chose_is_there_again_at_the_next_start(
    qtbot: QtBot, open_comparison: OpenComparison
) -> None:
    first = open_comparison(CompareMode.AT_ONCE)
    column = first.compare.columns[1]
    row = column.header.runtime.findText("Transformers · fp32")
    column.header.runtime.setCurrentIndex(row)
    column.header.runtime.activated.emit(row)
    kept = first.settings
    second = open_comparison(CompareMode.AT_ONCE, kept)
    assert kept.compare_mode == "at once"
    assert [column.choice.key for column in second.compare.columns] == ["native-asis", "transformers-float32"]


def test_figures_of_a_side_are_stamped_at_the_sampler(
    qtbot: QtBot, open_comparison: OpenComparison, backends: FakeBackends
) -> None:
    script(backends.native, answer="x" * 40, token_s=0.02, prefill_s=0.3)
    window = open_comparison()
    _answer(qtbot, window)
    left = window.compare.columns[0]
    times = [token.time_ns for token in left.run.tokens]
    mean = (len(times) - 1) / ((times[-1] - times[0]) / 1e9)
    shown = float(left.figures.text_of("decode").split()[0])
    assert shown == pytest.approx(mean, rel=0.02)
    assert float(left.figures.text_of("ttft").split()[0]) >= 0.3
    assert left.figures.text_of("tokens").endswith("+ 41")


def test_the_plots_show_both_sides_and_have_the_same_numbers_as_a_table(
    qtbot: QtBot, open_comparison: OpenComparison, backends: FakeBackends
) -> None:
    script(backends.native, answer="x" * 30, token_s=0.002)
    script(backends.transformers, answer="x" * 20, token_s=0.004)
    window = open_comparison()
    _answer(qtbot, window)
    assert window.compare.analysis is not None
    plots = window.compare.analysis.plots
    left, right = window.compare.columns
    assert [list(one.ys) for one in plots.speed.series] == [left.run.rates, right.run.rates]
    assert [len(one.ys) for one in plots.speed.series] == [30, 20]
    assert all(one.ys for one in plots.memory.series)
    plots.speed.table_button.click()
    assert plots.speed.table.isVisible()
    items = plots.speed.items
    assert (items.rowCount(), items.columnCount()) == (30, 4)
    assert items.data(items.index(0, 0)) == "2"
    assert items.data(items.index(19, 3)) == f"{right.run.rates[19]:g}"
    assert items.data(items.index(20, 3)) == ""


def test_what_the_chats_engine_takes_is_booked_on_the_chat(
    qtbot: QtBot, open_comparison: OpenComparison
) -> None:
    window = open_comparison()
    qtbot.waitUntil(lambda: window.flow.loaded, timeout=WAIT_MS)
    ledger = window.compare.ledger
    loaded = len(ledger.series(window.flow))
    assert loaded >= 2  # the load's begin and end
    _answer(qtbot, window)
    assert len(ledger.series(window.flow)) == loaded  # it rests
    assert not any(ledger.of(column).estimated for column in window.compare.columns)


def test_an_engine_that_deviates_is_named_over_its_column_until_another_is_chosen(
    qtbot: QtBot, open_comparison: OpenComparison, backends: FakeBackends
) -> None:
    script(backends.native, deviations=("Positions are not divided by 8.",))
    window = open_comparison()
    left, right = window.compare.columns
    assert not left.deviation.isVisible()
    _answer(qtbot, window)
    assert left.deviation.isVisible()
    assert left.deviation.text() == "builtin deviates from the reference"
    assert "Positions are not divided by 8." in left.deviation.toolTip()
    assert not right.deviation.isVisible()
    assert "reference: builtin deviates on the left, as trained on the right" in window.compare.strip.text
    row = left.header.runtime.findText("Transformers · fp32")
    left.header.runtime.setCurrentIndex(row)
    left.header.runtime.activated.emit(row)
    assert not left.deviation.isVisible()


def test_an_engine_that_the_native_library_has_can_be_chosen_on_either_side(
    qtbot: QtBot, open_comparison: OpenComparison
) -> None:
    window = open_comparison()
    page = window.compare
    before = [column.choice for column in page.columns]
    assert window.listing is not None
    page.open(replace(window.listing, engines=("builtin", "gemma.cpp")), None, "")
    assert [column.choice for column in page.columns] == before
    runtime = page.columns[0].header.runtime
    titles = [runtime.itemText(row) for row in range(runtime.count())]
    assert titles[4] == "Native · gemma.cpp"
    assert runtime.currentText() == "Native · as stored"
    runtime.activated.emit(4)
    target = page.columns[0].target
    assert target is not None
    assert (target.backend, target.options.engine) == ("native", "gemma.cpp")
    page.open(
        replace(window.listing, engines=()), None, ""
    )  # its library is gone: the choice says why it fails
    assert page.columns[0].choice.engine == "gemma.cpp"
