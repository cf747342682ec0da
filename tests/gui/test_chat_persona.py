"""A chat has its own system text, sampling and seed, which come back with it; new chats begin as chosen."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFont, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app import paths
from app.catalog.recommended import RecommendedSampling
from app.chat.record import Preset
from app.chat.store import ChatStore
from app.settings import Settings
from app.ui.look.stylesheet import stylesheet
from app.ui.look.theme import Theme
from app.ui.main_window import MainWindow
from app.ui.panel.side_panel import SidePanel
from app.ui.views import View
from tests.fakes.fake_backend import fake_entry
from tests.fakes.fake_tokenizer import FIRST_BYTE
from tests.gui.conftest import WAIT_MS, FakeBackends, MakeWindow
from tests.unit.chat.stored import chat, message


@pytest.fixture
def window(qtbot: QtBot, make_window: MakeWindow) -> MainWindow:
    made = make_window(settings=Settings(temperature=0.3, seed=7))
    qtbot.waitUntil(lambda: made.flow.loaded, timeout=WAIT_MS)
    return made


def _ask(qtbot: QtBot, window: MainWindow, text: str) -> None:
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.flow.send(text)


def _new_chat(qtbot: QtBot, window: MainWindow) -> int:
    window.new_chat()
    return window.flow.chat.chat_id


def _go_to(qtbot: QtBot, window: MainWindow, chat_id: int) -> None:
    with qtbot.waitSignal(window.chats.opened, timeout=WAIT_MS):
        window.chats.open(chat_id)


def _shut(qtbot: QtBot, window: MainWindow) -> None:
    window.close()
    qtbot.waitUntil(lambda: window.views.settled, timeout=WAIT_MS)


def _kept(chat_id: int) -> tuple[str, dict[str, object]]:
    """System text and sampling of a chat as they lie on the disk."""
    store = ChatStore.open(paths.data_dir() / "chats.sqlite3")
    found = store.chat(chat_id)
    store.close()
    assert found is not None
    return found[0].system, dict(found[0].sampling)


def test_the_system_text_goes_before_the_first_message(
    qtbot: QtBot, window: MainWindow, backends: FakeBackends
) -> None:
    qtbot.keyClicks(window.panel.system.editor, "Be brief")
    _ask(qtbot, window, "Hello")
    spelled = [FIRST_BYTE + byte for byte in b"Be brief\n\nHello"]
    prompt = list(backends.prompts[-1])
    assert any(prompt[at : at + len(spelled)] == spelled for at in range(len(prompt)))
    with qtbot.waitSignal(window.context.counter.counted, timeout=WAIT_MS):
        window.context._later.stop()
        window.context._ask()
    assert window.context.use is not None
    assert window.context.use.system == len(b"Be brief\n\n")


def test_each_chat_keeps_its_own_and_shows_it_again(qtbot: QtBot, window: MainWindow) -> None:
    panel = window.panel
    _ask(qtbot, window, "One")
    first = window.flow.chat.chat_id
    panel.sampling.temperature.setValue(1.5)
    panel.sampling.max_tokens.setValue(9)
    panel.system.editor.setPlainText("Speak like a pirate.")
    second = _new_chat(qtbot, window)
    assert panel.sampling.temperature.value() == 0.3
    assert panel.system.text == ""
    assert window.flow.sampling.max_tokens == 512
    _ask(qtbot, window, "Two")
    _go_to(qtbot, window, first)
    assert panel.sampling.temperature.value() == 1.5
    assert panel.system.text == "Speak like a pirate."
    assert (window.flow.sampling.temperature, window.flow.sampling.max_tokens) == (1.5, 9)
    assert window.flow.chat.conversation().system == "Speak like a pirate."
    _go_to(qtbot, window, second)
    assert panel.system.text == ""


def test_what_was_changed_last_is_on_the_disk_when_the_window_closes(
    qtbot: QtBot, window: MainWindow
) -> None:
    _ask(qtbot, window, "One")
    window.panel.sampling.top_k.setValue(3)
    window.panel.system.editor.setPlainText("Typed just before the end")
    _shut(qtbot, window)
    system, sampling = _kept(window.flow.chat.chat_id)
    assert system == "Typed just before the end"
    assert sampling["top_k"] == 3


def test_a_number_that_is_being_typed_belongs_to_its_chat(qtbot: QtBot, window: MainWindow) -> None:
    sampling = window.panel.sampling
    _ask(qtbot, window, "Hello")
    first = window.flow.chat.chat_id
    for box, typed in ((sampling.top_k, "1"), (sampling.seed, "5")):
        box.setFocus()
        box.selectAll()
        qtbot.keyClicks(box, typed)
    second = _new_chat(qtbot, window)  # by keyboard: no field loses the focus
    assert (sampling.top_k.value(), sampling.seed.text()) != (1, "5")
    _ask(qtbot, window, "Hello again")
    sampling.top_k.selectAll()
    qtbot.keyClicks(sampling.top_k, "2")
    _go_to(qtbot, window, first)
    assert (sampling.top_k.value(), sampling.seed.text(), sampling.lock.isChecked()) == (1, "5", True)
    sampling.top_k.selectAll()
    qtbot.keyClicks(sampling.top_k, "9")
    _shut(qtbot, window)
    assert _kept(first)[1]["top_k"] == 9
    assert _kept(second)[1]["top_k"] == 2


def test_an_answer_is_drawn_with_its_own_chats_values(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where another chat is on screen by the time the model is ready."""
    window = make_window(settings=Settings(temperature=0.3))
    qtbot.waitUntil(lambda: window.flow.loaded, timeout=WAIT_MS)
    drawn = _watch_drawn(window, monkeypatch)
    window.panel.sampling.temperature.setValue(1.25)
    window.flow.send("For the first chat")
    window.new_chat()
    qtbot.waitUntil(lambda: not window.flow.busy, timeout=WAIT_MS)
    assert [one[0] for one in drawn] == [1.25]
    assert window.flow.sampling.temperature == 0.3


def _watch_drawn(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> list[tuple[float, int]]:
    """(temperature, seed) of every answer that is asked for."""
    seen: list[tuple[float, int]] = []
    answer = window.controller.answer

    def watched(conversation: object, style: object, sampling: object, drop: bool = False) -> object:
        seen.append((sampling.temperature, sampling.seed))  # type: ignore[attr-defined]
        return answer(conversation, style, sampling, drop)  # type: ignore[arg-type]

    monkeypatch.setattr(window.controller, "answer", watched)
    return seen


def test_an_open_lock_gives_each_answer_a_new_seed_and_shows_it(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = _watch_drawn(window, monkeypatch)
    shown = []
    for question in ("One", "Two", "Three"):
        _ask(qtbot, window, question)
        shown.append(int(window.panel.sampling.seed.text()))
    assert len(set(shown)) == 3
    assert [seed for _, seed in drawn] == shown
    window.panel.sampling.lock.click()
    for question in ("Four", "Five"):
        _ask(qtbot, window, question)
    assert [seed for _, seed in drawn[3:]] == [shown[-1]] * 2
    assert window.flow.chat.messages[-1].sampling["seed"] == shown[-1]
    _shut(qtbot, window)
    assert _kept(window.flow.chat.chat_id)[1]["seed"] == shown[-1]


def test_a_seed_that_is_typed_is_locked(qtbot: QtBot, window: MainWindow) -> None:
    seed = window.panel.sampling.seed
    seed.selectAll()
    qtbot.keyClicks(seed, "7\r")
    assert window.panel.sampling.lock.isChecked()
    _ask(qtbot, window, "Hello")
    assert seed.text() == "7"


def test_reset_gives_the_models_defaults_and_leaves_the_seed(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends, tmp_path: Path
) -> None:
    entry = replace(fake_entry(tmp_path), sampling=RecommendedSampling(0.75, 11, 0.5, 0.125, 1.25, "a file"))
    window = make_window([backends.listed(entry)], Settings(temperature=0.3, seed=7, max_tokens=31))
    sampling = window.panel.sampling
    assert "top-k 11" in sampling.reset.toolTip()
    sampling.reset.click()
    shown = window.persona.shown(window.settings)
    assert (shown.temperature, shown.top_k, shown.top_p) == (0.75, 11, 0.5)
    assert (shown.min_p, shown.repetition_penalty) == (0.125, 1.25)
    assert (shown.seed, shown.max_tokens) == (7, 31)
    assert window.flow.sampling.top_k == 11


def test_new_chats_begin_with_the_settings_until_the_user_says_otherwise(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.panel.sampling.temperature.setValue(1.0)
    _ask(qtbot, window, "One")
    assert window.settings.temperature == 0.3
    window.panel.sampling.keep.click()
    assert window.settings.temperature == 1.0
    _new_chat(qtbot, window)
    assert window.panel.sampling.temperature.value() == 1.0


def test_a_comparison_uses_what_the_panel_shows(qtbot: QtBot, window: MainWindow) -> None:
    window.show_view(View.COMPARISON)
    window.panel.sampling.temperature.setValue(0.9)
    assert window.compare.flow.sampling.temperature == 0.9
    assert window.panel.system.isHidden() or not window.panel.system.isVisible()
    window.panel.sampling.lock.click()
    locked = int(window.panel.sampling.seed.text())
    window.views.send("Same dice")
    assert window.compare.flow.sampling.seed == locked
    qtbot.waitUntil(lambda: not window.compare.flow.busy, timeout=WAIT_MS)


def test_a_chat_of_before_and_one_with_nonsense_are_drawn_as_the_settings_say(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    store = ChatStore.open(paths.data_dir() / "chats.sqlite3")
    plain, damaged = chat("plain"), replace(chat("damaged"), sampling={"temperature": "hot", "top_k": 5})
    for one in (plain, damaged):
        store.add(one, [message(one.id, "user", "Hello")])
    store.close()
    window = make_window(settings=Settings(temperature=0.3, top_k=64))
    _go_to(qtbot, window, plain.id)
    assert window.panel.sampling.top_k.value() == 64
    _go_to(qtbot, window, damaged.id)
    assert (window.flow.sampling.temperature, window.flow.sampling.top_k) == (0.3, 5)


def test_presets_are_kept_taken_replaced_and_removed(
    qtbot: QtBot, window: MainWindow, make_window: MakeWindow
) -> None:
    panel = window.panel.system
    assert not panel.keep.isEnabled()
    panel.editor.setPlainText("Speak like a pirate.")
    panel.keep.click()
    panel.name.setText("Pirate")
    qtbot.keyClick(panel.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.presets.count() == 1, timeout=WAIT_MS)
    assert panel.presets.currentText() == "Pirate"
    panel.editor.setPlainText("Speak like an old pirate.")
    assert panel.presets.currentIndex() == -1
    panel.keep.click()
    assert (panel.name.text(), panel.save.text()) == ("Pirate", "Replace")
    panel.save.click()
    qtbot.waitUntil(lambda: panel.presets.currentText() == "Pirate", timeout=WAIT_MS)
    _shut(qtbot, window)
    second = make_window()
    taken = second.panel.system
    qtbot.waitUntil(lambda: taken.presets.count() == 1, timeout=WAIT_MS)
    taken.editor.setPlainText("my own text")
    taken.presets.activated.emit(0)
    assert taken.text == "Speak like an old pirate."
    assert second.flow.chat.record.system == taken.text
    taken.editor.undo()
    assert taken.text == "my own text"
    taken.editor.redo()
    taken.remove.click()
    qtbot.waitUntil(lambda: taken.presets.count() == 0, timeout=WAIT_MS)
    assert taken.text == "Speak like an old pirate."


def test_esc_leaves_the_name_of_a_preset(qtbot: QtBot, window: MainWindow) -> None:
    panel = window.panel.system
    panel.show_presets([Preset("a", "b")])
    panel.editor.setPlainText("text")
    panel.keep.click()
    qtbot.keyClick(panel.name, Qt.Key.Key_Escape)
    assert panel.name.isHidden() or not panel.name.isVisible()


def test_a_chat_with_a_summary_goes_on_with_the_same_persona(qtbot: QtBot, window: MainWindow) -> None:
    window.panel.system.editor.setPlainText("Be brief")
    window.panel.sampling.temperature.setValue(0.8)
    _ask(qtbot, window, "One")
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.context.meter.summary_requested.emit()
    assert len(window.flow.chat.messages) == 2
    assert window.panel.system.text == "Be brief"
    assert window.panel.sampling.temperature.value() == 0.8


def test_the_wheel_over_a_number_scrolls_and_does_not_change_it(qtbot: QtBot, window: MainWindow) -> None:
    box = window.panel.sampling.temperature
    place = QPointF(box.rect().center())
    nowhere, down = QPoint(), QPoint(0, -120)
    event = QWheelEvent(
        place, box.mapToGlobal(place), nowhere, down, Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(box, event)
    assert box.value() == 0.3


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_the_panel_fits_its_column(qtbot: QtBot, qapp: QApplication, theme: Theme, scale: float) -> None:
    before = qapp.font()
    font = QFont(before)
    font.setPixelSize(round(before.pixelSize() * scale))
    small = round(theme.small_px * scale)
    qapp.setFont(font)
    qapp.setStyleSheet(stylesheet(theme.colors, small))
    try:
        panel = SidePanel(Settings(seed=4294967295), theme.colors)
        qtbot.addWidget(panel)
        panel.resize(panel.width(), 480)
        panel.show()
        panel.system.editor.setPlainText("Answer with one word. " * 30)
        panel.system.keep.click()
        body = panel.widget()
        qtbot.waitUntil(lambda: body.width() == panel.viewport().width(), timeout=WAIT_MS)
        labels = [one for one in body.findChildren(QWidget) if isinstance(one, QLabel | QAbstractButton)]

        def fits() -> None:
            assert [one.text() for one in labels if one.text() and one.isVisible() and _clips(one)] == []

        qtbot.waitUntil(fits, timeout=WAIT_MS)
    finally:
        qapp.setFont(before)
        qapp.setStyleSheet(stylesheet(theme.colors, theme.small_px))


def _clips(one: QLabel | QAbstractButton) -> bool:
    """Whether it has less room than its text, or reaches out of the column."""
    lacks = one.width() < one.minimumSizeHint().width() or one.height() < one.minimumSizeHint().height()
    return lacks or one.mapTo(one.window(), one.rect().topRight()).x() > one.window().width()
