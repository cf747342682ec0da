"""For whoever does not see the window, or uses no mouse: names, the way of Tab, visible focus, speech."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.chat.record import Attachment
from app.errors import BadModelFile
from app.ui.compare.compare_flow import CompareMode
from app.ui.main_window import MainWindow
from app.ui.target import OtherRuntime
from app.ui.transcript.answer_announcer import Sentences
from app.ui.transcript.copy_button import CopyButton
from app.ui.views import View
from tests.gui.conftest import WAIT_MS, FakeBackends, MakeWindow, script

_ANSWER = "See [this](https://example.org) and `that`.\n\n```python\nprint(1)\n```\n\nDone."
_TAB_STOPS = 200
"""More than a view has."""

ShowView = Callable[[str], MainWindow]
VIEWS = (
    "chat",
    "error",
    "comparison",
    "tokens",
    "words",
    "benchmark",
    "welcome",
    "settings",
    "shortcuts",
    "find",
)


_NO_POPUPS = "This plugin does not support"  # the offscreen platform, of pop-ups and of raising
pytestmark = pytest.mark.qt_log_ignore(_NO_POPUPS, extend=True)


@pytest.fixture
def show_view(qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends) -> ShowView:
    """show_view(name): a window in which that view has something to show."""

    def show(name: str) -> MainWindow:
        for backend in (backends.native, backends.transformers):
            script(backend, answer=_ANSWER)
        window = make_window()
        window.resize(1400, 900)
        if name in ("comparison", "tokens", "words"):
            _compare(qtbot, window)
            if name != "comparison" and window.compare.analysis is not None:
                window.compare.analysis.views.button(name).click()
        elif name == "benchmark":
            window.show_view(View.BENCHMARK)
        else:
            _chat(qtbot, window)
        if name in ("settings", "shortcuts", "palette", "find"):
            window.registry.run(name)
        if name == "welcome":
            window.pages.show(name)
        if name == "error":
            window.notice.say("Something happened.")
            window.sidebar.undo.offer("One chat was deleted.")
            error = BadModelFile("The file is damaged.", "Fetch it again.")
            window.pane.transcript.show_error("Not loaded", error, OtherRuntime("transformers"))
        window.composer.editor.setPlainText("A draft")
        window.composer.shelf.add(Attachment("notes.txt", "Some text."))
        qtbot.waitUntil(lambda: window.pane.transcript.settled, timeout=WAIT_MS)
        QApplication.processEvents()  # what is laid out takes its place
        _activate(qtbot, window)
        return window

    return show


def _activate(qtbot: QtBot, window: MainWindow) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=WAIT_MS)


def _chat(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.flow.send("Hello")


def _compare(qtbot: QtBot, window: MainWindow) -> None:
    window.show_view(View.COMPARISON)
    with qtbot.waitSignal(window.compare.flow.finished, timeout=WAIT_MS):
        window.compare.send("Hello")


def _told(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()} '{_name(widget)}'"


def _name(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


def _stops(window: MainWindow) -> list[QWidget]:
    """What Tab is to reach."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and widget.isEnabled()
        and widget.focusProxy() is None
        and not _left_to_arrows(widget)
    ]


def _left_to_arrows(widget: QWidget) -> bool:
    """Of buttons that exclude each other Tab reaches the pressed one only, as on every desktop."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return group is not None and group.exclusive() and not widget.isChecked()


def _walk(window: MainWindow, key: Qt.Key) -> list[QWidget]:
    """What has the keyboard after each Tab, beginning in the composer, until it is back there."""
    start = window.composer.editor if window.composer.isVisible() else _stops(window)[0]
    start.setFocus()
    seen: list[QWidget] = []
    for _ in range(_TAB_STOPS):
        focused = QApplication.focusWidget()
        if focused is None or (seen and focused is seen[0]):
            return seen
        if not seen or focused is not seen[-1]:
            seen.append(focused)
        QTest.keyClick(focused, key)
    pytest.fail(f"Tab does not come back: {[_told(widget) for widget in seen[-4:]]}")


@pytest.mark.parametrize("name", [*VIEWS, "palette"])
def test_everything_that_takes_the_keyboard_has_a_name(show_view: ShowView, name: str) -> None:
    window = show_view(name)
    focusable = [
        widget
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() is not Qt.FocusPolicy.NoFocus
        and widget.isVisible()
        and widget.focusProxy() is None  # a spin box has the keyboard for the field in it
    ]
    assert len(focusable) > 3
    nameless = [_told(widget) for widget in focusable if not _name(widget).strip()]
    assert nameless == []
    # A combo box is called by what is chosen in it, on Linux; what that is chosen for is its description.
    boxes = [widget for widget in focusable if isinstance(widget, QComboBox)]
    assert all(box.accessibleName() for box in boxes)
    unsaid = [box for box in boxes if not box.accessibleDescription().startswith(box.accessibleName())]
    assert [_told(box) for box in unsaid] == []


@pytest.mark.parametrize("name", VIEWS)
def test_tab_reaches_everything_and_comes_back(show_view: ShowView, name: str) -> None:
    window = show_view(name)
    wanted = {_told(widget) for widget in _stops(window)}
    forward = [_told(widget) for widget in _walk(window, Qt.Key.Key_Tab)]
    assert wanted - set(forward) == set()
    back = [_told(widget) for widget in _walk(window, Qt.Key.Key_Backtab)]
    assert wanted - set(back) == set()


@pytest.mark.parametrize("name", VIEWS)
def test_what_has_the_keyboard_looks_different(show_view: ShowView, name: str) -> None:
    window = show_view(name)
    stops = _walk(window, Qt.Key.Key_Tab)
    unseen = []
    for at, widget in enumerate(stops):
        if isinstance(widget, QAbstractItemView) and not widget.currentIndex().isValid():
            continue  # an empty list
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        _scroll_to(widget)
        with_focus = _picture(window, widget)
        stops[(at + len(stops) // 2) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        if _differing(with_focus, _picture(window, widget)) < 8:
            unseen.append(_told(widget))
    assert unseen == []


def _press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifiers)


def _tab_to(name: str) -> QWidget:
    """Press Tab until something of that name has the keyboard."""
    for _ in range(_TAB_STOPS):
        focused = QApplication.focusWidget()
        if focused is not None and focused.accessibleName().startswith(name):
            return focused
        _press(Qt.Key.Key_Tab)
    pytest.fail(f"Tab does not reach {name}")


def test_a_comparison_from_beginning_to_end_by_keyboard(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends
) -> None:
    script(backends.native, answer="The same and then this.")
    script(backends.transformers, answer="The same and then that.")
    window = make_window()
    _activate(qtbot, window)
    window.composer.setFocus()
    _press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert window.views.comparing
    page = window.compare
    _tab_to("Runtime of the right side")
    before = page.columns[1].choice
    _press(Qt.Key.Key_Up)
    assert page.columns[1].choice != before
    _press(Qt.Key.Key_Down)
    assert page.columns[1].choice == before
    _tab_to("Sides: In turn")
    _press(Qt.Key.Key_Right)
    assert page.flow.mode is CompareMode.AT_ONCE
    _tab_to("Message")
    with qtbot.waitSignal(page.flow.finished, timeout=WAIT_MS):
        QTest.keyClicks(QApplication.focusWidget(), "Hello")
        _press(Qt.Key.Key_Return)
    analysis = page.analysis
    assert analysis is not None
    _tab_to("Analysis: Speed and memory")
    _press(Qt.Key.Key_Right)
    assert analysis.views.choice == "tokens"
    strips = _tab_to("Tokens of both answers")
    assert strips is analysis.tokens.strips
    selected = analysis.tokens.strips.selected
    _press(Qt.Key.Key_Right)
    assert analysis.tokens.strips.selected != selected
    _tab_to("Analysis: Tokens")
    _press(Qt.Key.Key_Right)
    assert analysis.views.choice == "words"
    assert _tab_to("Both answers as one text") is analysis.words.text
    more = _tab_to("More of the left side")
    QTimer.singleShot(0, lambda: QTest.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_Down))
    QTimer.singleShot(0, lambda: QTest.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_Return))
    QTest.keyClick(more, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not window.views.comparing, timeout=WAIT_MS)
    assert [message.text for message in window.flow.chat.messages] == ["Hello", "The same and then this."]


def test_two_buttons_do_not_hand_the_keyboard_to_each_other_for_ever(
    qtbot: QtBot, show_view: ShowView, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While a mouse button is pressed; the recursion would be an exception in a slot."""
    window = show_view("chat")
    first, second, *_ = window.pane.transcript.findChildren(CopyButton)
    first.setFocus()
    monkeypatch.setattr(QApplication, "mouseButtons", lambda: Qt.MouseButton.LeftButton)
    second.setFocus()
    assert second.hasFocus()


def test_an_answer_is_said_sentence_by_sentence_while_it_streams(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends, heard: list[tuple[str, str]]
) -> None:
    script(backends.native, answer="It is **3.5** m. See [this](http://x).\n\n" + "word " * 40, token_s=0.005)
    window = make_window()
    window.flow.send("Hello")
    qtbot.waitUntil(lambda: len(heard) == 2, timeout=WAIT_MS)
    assert window.flow.busy, "it is said before the answer is over"
    qtbot.waitUntil(lambda: not window.flow.busy, timeout=WAIT_MS)
    assert [words for words, _ in heard] == ["It is 3.5 m.", "See this.", ("word " * 40).strip()]


def test_errors_and_notices_are_said_and_errors_at_once(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends, heard: list[tuple[str, str]]
) -> None:
    script(backends.native, load_error=BadModelFile("The file is damaged."))
    window = make_window()
    qtbot.waitUntil(lambda: len(heard) == 1, timeout=WAIT_MS)
    window.notice.say("Settings were damaged.")
    assert heard == [
        ("The model could not be loaded The file is damaged.", "Assertive"),
        ("Settings were damaged.", "Polite"),
    ]


def test_both_sides_of_a_comparison_are_told_apart(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends, heard: list[tuple[str, str]]
) -> None:
    script(backends.native, answer="One.")
    script(backends.transformers, answer="Two.")
    window = make_window()
    _compare(qtbot, window)
    expected = ["The left side answers.", "One.", "The right side answers.", "Two."]
    assert [words for words, _ in heard] == expected


@pytest.mark.parametrize("step", [1, 3, 1000])
def test_sentences_are_the_same_however_they_come(step: int) -> None:
    text = "Hello there! It is 3.5 m.\n\n* one\n* two `x`\n\n```python\nprint(1). \ny = 2\n```\n\n"
    text += "# Head\nsnake_case*. End"
    sentences, found = Sentences(), []
    for end in range(step, len(text) + step, step):
        found += sentences.more(text[:end], ended=False)
    found += sentences.more(text, ended=True)
    lines = ["one", "two x", "python code, 2 lines.", "Head", "snake_case.", "End"]
    assert found == ["Hello there!", "It is 3.5 m.", *lines]


def _scroll_to(widget: QWidget) -> None:
    """As the scroll area does when Tab comes to a widget in it."""
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget)
        around = around.parentWidget()


def _picture(window: MainWindow, widget: QWidget) -> QImage:
    """Of the widget and a little around it, without what blinks."""
    around = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()).adjusted(-14, -8, 14, 8)
    return (
        window.grab(around.intersected(window.rect())).toImage().convertToFormat(QImage.Format.Format_RGB32)
    )


def _differing(one: QImage, other: QImage) -> int:
    """How many pixels."""
    left, right = (np.frombuffer(image.constBits(), np.uint32) for image in (one, other))
    return int(np.count_nonzero(left != right))
