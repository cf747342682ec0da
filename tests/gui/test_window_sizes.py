"""From the smallest window to a 4K screen: everything has the room that its text needs."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.settings import Settings
from app.ui.look.elided_label import ElidedLabel
from app.ui.look.theme import Theme
from app.ui.main_window import MainWindow
from app.ui.views import View
from tests.gui.conftest import WAIT_MS, MakeWindow

_SIZES = [(900, 600, 80), (900, 600, 100), (900, 600, 200), (3840, 2160, 100)]
"""Width, height, and percent of the usual size of text."""


def _cramped(window: MainWindow) -> list[str]:
    """Texts that are cut off: narrower than they need to be, or beyond the window's edge."""
    found = []
    for widget in window.findChildren(QWidget):
        if not isinstance(widget, QLabel | QAbstractButton) or isinstance(widget, ElidedLabel):
            continue
        if not widget.isVisible() or not widget.text() or widget.visibleRegion().isEmpty():
            continue
        needed = widget.minimumSizeHint().width()
        across = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
        if widget.width() < needed or across.left() < 0 or across.right() > window.width():
            found.append(f"{widget.text()!r}: {widget.width()} of {needed} pixels at {across.left()}")
    return found


@pytest.fixture
def scaled(theme: Theme) -> Iterator[Theme]:
    yield theme
    theme.scale(100)


@pytest.mark.parametrize(("width", "height", "percent"), _SIZES, ids=str)
def test_no_text_is_cut_off_in_any_view(
    qtbot: QtBot, make_window: MakeWindow, scaled: Theme, width: int, height: int, percent: int
) -> None:
    window = make_window(settings=Settings(font_percent=percent))
    assert scaled.body_px == round(14 * percent / 100), "the text has that size"
    window.resize(width, height)
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.flow.send("Hello")
    cramped = {}
    for view in View:
        window.show_view(view)
        QApplication.processEvents()
        cramped[view.name] = _cramped(window)
    for page in ("settings", "shortcuts"):
        window.registry.run(page)
        QApplication.processEvents()
        cramped[page] = _cramped(window)
    assert {name: found for name, found in cramped.items() if found} == {}


def test_a_third_column_has_room_beside_the_others(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    window.resize(1240, 800)
    window.show_view(View.COMPARISON)
    assert window.panel.isVisible()
    window.compare.controls.add.click()
    qtbot.waitUntil(lambda: not window.panel.isVisible(), timeout=WAIT_MS)
    window.resize(900, 600)
    columns = window.compare.columns
    qtbot.waitUntil(lambda: all(one.width() >= one.minimumWidth() for one in columns), timeout=WAIT_MS)
    assert window.width() >= sum(column.minimumWidth() for column in columns)
    window.show_view(View.CHAT)
    assert window.minimumWidth() == 900
