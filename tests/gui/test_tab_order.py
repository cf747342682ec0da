"""The order of the Tab key where widgets are made late."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.views import View
from tests.gui.conftest import WAIT_MS, MakeWindow


def test_tab_goes_through_one_column_and_then_through_the_other(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    window = make_window()
    window.show_view(View.COMPARISON)
    for question in ("Hello", "Again"):
        with qtbot.waitSignal(window.compare.flow.finished, timeout=WAIT_MS):
            window.compare.flow.send(question)
    left, right = window.compare.columns
    left.header.picker.setFocus()
    passed: list[tuple[str, str]] = []
    while (focused := QApplication.focusWidget()) is not None:
        side = next((one.side for one in (left, right) if one.isAncestorOf(focused)), "")
        if not side:
            break
        passed.append((side, focused.accessibleName()))
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert [side for side, _ in passed] == sorted(side for side, _ in passed)
    names = [name for side, name in passed if side == "right"]
    assert names.count("Copy answer") == 2
    said = [name for name in names if name.startswith(("Your", "Answer"))]
    assert [name.split()[0] for name in said] == ["Your", "Answer", "Your", "Answer"]
