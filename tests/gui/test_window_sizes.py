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
        assert window.width() == width, f"{view.name} fits"
    for page in ("settings", "shortcuts"):
        window.registry.run(page)
        QApplication.processEvents()
        cramped[page] = _cramped(window)
    assert {name: found for name, found in cramped.items() if found} == {}


@pytest.mark.parametrize("percent", [150, 200])
def test_a_side_without_room_is_laid_over_the_middle_when_it_is_asked_for(
    make_window: MakeWindow, scaled: Theme, percent: int
) -> None:
    window = make_window(settings=Settings(font_percent=percent))
    window.resize(900, 600)
    panel, bar = window.panel, window.top_bar
    assert not panel.isVisible(), "the chat comes first"
    bar.panel_button.click()
    QApplication.processEvents()
    assert panel.isVisible()
    assert bar.panel_button.isChecked()
    top_left = panel.mapTo(window, QPoint(0, 0))
    assert top_left.y() == bar.height(), "the button that folds it away stays free"
    assert QRect(top_left, panel.size()).bottomRight() == window.rect().bottomRight()
    assert _cramped(window) == []
    window.resize(900, 700)
    QApplication.processEvents()
    assert panel.height() == 700 - bar.height()
    bar.panel_button.click()
    assert not panel.isVisible()
    window.resize(1900, 700)
    bar.panel_button.click()
    QApplication.processEvents()
    assert panel.height() == 700, "it stands beside the middle again"
    assert bar.width() <= 1900 - panel.width()


def test_the_system_text_grows_with_the_font(make_window: MakeWindow, scaled: Theme) -> None:
    window = make_window()
    before = window.panel.system.editor.height()
    scaled.scale(200)
    QApplication.processEvents()
    assert window.panel.system.editor.height() > 1.5 * before


def test_the_analysis_of_a_comparison_has_room_with_large_text(
    qtbot: QtBot, make_window: MakeWindow, scaled: Theme
) -> None:
    window = make_window(settings=Settings(font_percent=200))
    window.resize(900, 800)
    window.show_view(View.COMPARISON)
    with qtbot.waitSignal(window.compare.flow.finished, timeout=WAIT_MS):
        window.compare.flow.send("Hello")
    analysis = window.compare.analysis
    assert analysis is not None
    for view in ("plots", "tokens", "words"):
        analysis.show_view(view)
        QApplication.processEvents()
        assert _cramped(window) == [], view
        for button in (analysis.explain, analysis.repeat, analysis.views.button(view)):
            assert button.height() >= button.minimumSizeHint().height(), view
            below = button.mapTo(window, QPoint(0, button.height())).y()
            assert below <= window.composer.mapTo(window, QPoint(0, 0)).y(), view


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
