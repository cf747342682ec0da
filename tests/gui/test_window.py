"""The window on scripted backends: what a person does, and what they then see."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.backends.base import Availability
from app.catalog import prompt_styles
from app.catalog.entry import CatalogEntry
from app.chat.prompt import PromptStyle
from app.errors import BadModelFile, OutOfMemory
from app.ui.main_window import MainWindow
from app.workers.controller import ControllerState
from tests.fakes.fake_backend import fake_entry
from tests.fakes.fake_tokenizer import FakeTokenizer
from tests.gui.conftest import WAIT_MS, FakeBackends, MakeWindow, script


def _loaded(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.flow.loaded, timeout=WAIT_MS)


def _type_and_send(qtbot: QtBot, window: MainWindow, text: str) -> None:
    qtbot.keyClicks(window.composer.editor, text)
    qtbot.keyClick(window.composer.editor, Qt.Key.Key_Return)


def _answer(qtbot: QtBot, window: MainWindow, text: str = "Hello") -> object:
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS) as blocker:
        _type_and_send(qtbot, window, text)
    return blocker.args[0]


def _texts(window: MainWindow) -> list[tuple[str, str]]:
    chat = window.flow.chat
    return [(message.role, message.text) for message in chat.messages]


def test_an_answer_streams_in_before_it_has_ended(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    script(backends.native, answer="word " * 200, token_s=0.005)
    window = make_window()
    _loaded(qtbot, window)
    _type_and_send(qtbot, window, "Go on")
    qtbot.waitUntil(lambda: "word word" in window.pane.transcript.last_text, timeout=WAIT_MS)
    assert window.flow.busy
    assert len(window.pane.transcript.last_text) < 1000


def test_one_goes_on_writing_after_a_click_on_the_switch(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    window = make_window()
    _loaded(qtbot, window)
    window.composer.editor.setFocus()
    qtbot.mouseClick(window.top_bar.switch.button("transformers"), Qt.MouseButton.LeftButton)
    assert window.top_bar.switch.backend == "transformers"
    assert window.composer.editor.hasFocus()


def test_enter_sends_and_shift_enter_starts_a_new_line(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    window = make_window()
    _loaded(qtbot, window)
    qtbot.keyClicks(window.composer.editor, "one")
    qtbot.keyClick(window.composer.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert window.flow.chat.messages == []
    qtbot.keyClicks(window.composer.editor, "two")
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        qtbot.keyClick(window.composer.editor, Qt.Key.Key_Return)
    assert _texts(window) == [("user", "one\ntwo"), ("assistant", "Hello from the fake.")]
    assert window.composer.editor.toPlainText() == ""


def test_blank_text_is_not_sent(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    _loaded(qtbot, window)
    _type_and_send(qtbot, window, "   ")
    assert window.flow.chat.messages == []


def test_esc_stops_and_keeps_what_was_written(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    script(backends.native, answer="word " * 2000, token_s=0.002)
    window = make_window()
    _loaded(qtbot, window)
    _type_and_send(qtbot, window, "Go on")
    qtbot.waitUntil(lambda: "word" in window.pane.transcript.last_text, timeout=WAIT_MS)
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        qtbot.keyClick(window, Qt.Key.Key_Escape)
    answer = window.flow.chat.messages[-1]
    assert answer.finish == "cancelled"
    assert answer.text.startswith("word")
    assert not window.flow.busy


def test_esc_stops_in_prefill(qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends) -> None:
    script(backends.native, prefill_s=3600)
    window = make_window()
    _loaded(qtbot, window)
    _type_and_send(qtbot, window, "Long prompt")
    qtbot.waitUntil(lambda: backends.prompts != [], timeout=WAIT_MS)
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.flow.chat.messages[-1].finish == "cancelled"
    script(backends.native)


def test_the_backend_switch_keeps_the_conversation(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    script(backends.transformers, answer="Second.")
    window = make_window()
    _loaded(qtbot, window)
    _answer(qtbot, window, "first question")
    window.top_bar.switch.button("transformers").click()
    qtbot.waitUntil(lambda: backends.transformers.models != [], timeout=WAIT_MS)
    _answer(qtbot, window, "second question")
    assert [text for _, text in _texts(window)] == [
        "first question",
        "Hello from the fake.",
        "second question",
        "Second.",
    ]
    assert backends.native.models[0].closed
    asked = backends.transformers.models[0].sessions[0].prompts[0]
    assert len(asked) > len("first question" + "Hello from the fake." + "second question")


def test_a_switch_while_an_answer_runs_keeps_its_beginning(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    script(backends.native, answer="word " * 2000, token_s=0.002)
    window = make_window()
    _loaded(qtbot, window)
    _type_and_send(qtbot, window, "Go on")
    qtbot.waitUntil(lambda: "word" in window.pane.transcript.last_text, timeout=WAIT_MS)
    window.top_bar.switch.button("transformers").click()
    qtbot.waitUntil(lambda: window.flow.loaded, timeout=WAIT_MS)
    assert window.flow.chat.messages[-1].finish == "cancelled"
    assert window.flow.loaded_model is not None
    assert window.flow.loaded_model.backend == "transformers"


def test_a_failing_load_shows_a_card_with_cause_next_step_and_the_other_backend(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    script(backends.native, load_error=BadModelFile("weights.sbs is truncated.", "Copy it again."))
    window = make_window()
    qtbot.waitUntil(lambda: window.pane.transcript.error_card is not None, timeout=WAIT_MS)
    card = window.pane.transcript.error_card
    assert card is not None
    assert "weights.sbs is truncated." in card.accessibleName()
    assert "Copy it again." in card.text
    card.other.click()
    _loaded(qtbot, window)
    assert window.top_bar.switch.backend == "transformers"
    assert window.pane.transcript.error_card is None


def test_a_question_that_no_model_answers_ends_with_the_reason(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    error = BadModelFile("weights.sbs is truncated.")
    script(backends.native, load_error=error)
    window = make_window()
    qtbot.waitUntil(lambda: window.pane.transcript.error_card is not None, timeout=WAIT_MS)
    assert _answer(qtbot, window) is error
    empty = make_window([])
    assert "No model is chosen" in str(_answer(qtbot, empty))


def test_retry_after_a_failed_answer_asks_the_same_again(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    script(backends.native, generate_error=OutOfMemory("No memory."), fail_after=3)
    window = make_window()
    _loaded(qtbot, window)
    outcome = _answer(qtbot, window, "Question")
    assert isinstance(outcome, OutOfMemory)
    assert _texts(window) == [("user", "Question"), ("assistant", "Hel")]
    script(backends.native)
    card = window.pane.transcript.error_card
    assert card is not None
    window.top_bar.switch.button("transformers").click()
    _loaded(qtbot, window)
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.flow.retry()
    assert _texts(window) == [("user", "Question"), ("assistant", "Hello from the fake.")]


def test_a_load_can_be_cancelled_and_sending_loads_again(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    script(backends.native, load_s=60, load_steps=6000)
    window = make_window()
    bar = window.pane.load_bar
    qtbot.waitUntil(bar.isVisible, timeout=WAIT_MS)
    bar.cancel.click()
    qtbot.waitUntil(lambda: not bar.isVisible(), timeout=WAIT_MS)
    assert backends.native.models == []
    assert not window.flow.loaded
    script(backends.native)
    _answer(qtbot, window, "Hello")
    assert _texts(window)[-1] == ("assistant", "Hello from the fake.")


def test_a_model_picked_again_while_its_load_is_being_stopped_is_loaded(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    script(backends.native, load_s=30, load_steps=30)
    window = make_window()
    qtbot.waitUntil(window.pane.load_bar.isVisible, timeout=WAIT_MS)
    window.pane.load_bar.cancel.click()
    script(backends.native)
    assert window.listing is not None
    window.select(window.listing.entries[0], "native")
    _loaded(qtbot, window)


def test_a_message_sent_while_the_model_loads_is_answered_when_it_stands(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    script(backends.native, load_s=0.5, load_steps=50)
    window = make_window()
    qtbot.waitUntil(window.pane.load_bar.isVisible, timeout=WAIT_MS)
    _answer(qtbot, window, "Early")
    assert _texts(window)[-1] == ("assistant", "Hello from the fake.")


def test_an_unavailable_backend_is_disabled_with_its_reason_as_tooltip_and_text(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    script(backends.transformers, openable=Availability(False, "torch is not installed."))
    window = make_window()
    button = window.top_bar.switch.button("transformers")
    assert not button.isEnabled()
    assert button.toolTip() == "torch is not installed."
    assert "torch is not installed." in window.top_bar.switch.reason
    assert window.top_bar.switch.backend == "native"


def test_the_backend_that_works_is_taken_when_the_chosen_one_does_not(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    script(backends.native, openable=Availability(False, "The native library is not built."))
    window = make_window()
    _loaded(qtbot, window)
    assert window.top_bar.switch.backend == "transformers"


def test_a_broken_entry_is_listed_disabled_with_its_reason(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends, tmp_path: Path
) -> None:
    good = fake_entry(tmp_path)
    broken = CatalogEntry("broken", good.path, "sbs", None, problems=("broken.sbs is empty.",))
    window = make_window([backends.listed(broken), backends.listed(good)])
    picker = window.top_bar.picker
    assert picker.count() == 2
    index = window.catalog.index(0)
    assert not index.flags() & Qt.ItemFlag.ItemIsEnabled
    assert "broken.sbs is empty." in str(index.data(Qt.ItemDataRole.AccessibleTextRole))
    assert picker.currentText() == good.name


def test_without_models_the_window_says_where_to_put_one(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window([])
    assert ".models" in window.pane.transcript.hint
    _type_and_send(qtbot, window, "Hello")
    qtbot.waitUntil(lambda: window.pane.transcript.error_card is not None, timeout=WAIT_MS)


@pytest.mark.parametrize("moment", ["load", "generation"])
def test_closing_the_window_while_it_works_ends_its_threads(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends, moment: str
) -> None:
    if moment == "load":
        script(backends.native, load_s=60, load_steps=6000)
        window = make_window()
        qtbot.waitUntil(lambda: window.controller.state is ControllerState.LOADING, timeout=WAIT_MS)
    else:
        script(backends.native, answer="word " * 4000, token_s=0.005)
        window = make_window()
        _loaded(qtbot, window)
        _type_and_send(qtbot, window, "Go on")
        qtbot.waitUntil(lambda: "word" in window.pane.transcript.last_text, timeout=WAIT_MS)
    window.close()
    assert not window.isVisible()
    assert window.wait_for_threads(WAIT_MS)
    assert all(model.closed for model in backends.native.models)


def test_nothing_starts_once_the_window_is_closed(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    window = make_window()
    _loaded(qtbot, window)
    target = window.flow._target
    assert target is not None
    window.close()
    opened = len(backends.native.models)
    window.flow.open(replace(target, backend="transformers"))  # as a catalog scan that ends late would
    window.flow.send("Hello")
    qtbot.waitUntil(lambda: window.flow.settled, timeout=WAIT_MS)
    assert len(backends.native.models) + len(backends.transformers.models) == opened
    assert not window.flow.busy


def test_a_chat_that_is_left_while_it_is_answered_gets_its_answer(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    script(backends.native, answer="word " * 40, token_s=0.005)
    window = make_window()
    _loaded(qtbot, window)
    _type_and_send(qtbot, window, "Go on")
    qtbot.waitUntil(lambda: "word" in window.pane.transcript.last_text, timeout=WAIT_MS)
    first = window.flow.chat
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.new_chat()
        assert window.pane.transcript.last_text == ""
        window.chats.show(first)
    assert first.messages[-1].text == "word " * 40
    assert first.messages[-1].finish == "stop"


def test_scrolling_up_stops_following_until_the_user_jumps_back(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    script(backends.native, answer="line\n" * 400, token_s=0.001)
    window = make_window()
    _loaded(qtbot, window)
    _type_and_send(qtbot, window, "Go on")
    bar = window.pane.transcript.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 200, timeout=WAIT_MS)
    bar.setValue(bar.maximum() // 2)
    held, end = bar.value(), bar.maximum()
    qtbot.waitUntil(lambda: bar.maximum() > end, timeout=WAIT_MS)
    assert bar.value() == held
    window.pane.transcript.follow()
    assert bar.value() == bar.maximum()


def test_figures_of_an_answer_are_shown(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    script(backends.native, answer="abcde", token_s=0.002, prefill_s=0.01)
    window = make_window()
    _loaded(qtbot, window)
    _answer(qtbot, window, "Hello")
    figures = window.panel.figures
    assert figures.text_of("engine") == "builtin · bf16"
    assert figures.text_of("tokens").endswith("+ 6")
    for key in ("load", "ttft", "prefill", "decode", "memory"):
        assert figures.text_of(key) != "–", key


def test_a_prompt_style_chosen_by_the_user_is_used_and_kept_for_the_model(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends, tmp_path: Path
) -> None:
    window = make_window()
    _loaded(qtbot, window)
    box = window.panel.opening.style_box
    assert box.currentText().startswith("Gemma turns")
    box.setCurrentIndex(2)
    box.activated.emit(2)
    _answer(qtbot, window, "Hi")
    assert backends.prompts == [(FakeTokenizer.bos_id, *FakeTokenizer().encode_plain("Hi"))]
    kept = prompt_styles.key(fake_entry(tmp_path).path)
    qtbot.waitUntil(lambda: prompt_styles.overrides().get(kept) is PromptStyle.RAW, timeout=WAIT_MS)


def test_a_small_window_shows_one_side_and_a_large_one_both_again(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    window = make_window()
    bar = window.top_bar
    _answer(qtbot, window, "A question so long that it must be broken into lines. " * 4)
    window.resize(900, 600)
    qtbot.waitUntil(lambda: window.panel.isVisible() and not window.sidebar.isVisible(), timeout=WAIT_MS)
    assert bar.panel_button.isChecked()
    assert not bar.sidebar_button.isChecked()
    qtbot.waitUntil(lambda: bar.width() >= bar.minimumSizeHint().width(), timeout=WAIT_MS)
    view = window.pane.transcript
    qtbot.waitUntil(lambda: view.widget().width() <= view.viewport().width(), timeout=WAIT_MS)
    bar.sidebar_button.click()
    assert window.sidebar.isVisible()
    assert not window.panel.isVisible()
    window.resize(1240, 800)
    qtbot.waitUntil(lambda: window.panel.isVisible() and window.sidebar.isVisible(), timeout=WAIT_MS)
    assert window.settings.panel_open
