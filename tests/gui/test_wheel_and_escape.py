"""Habits of the hand that must not change anything: scrolling past a choice, Esc in a search."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QScrollArea, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from app.backends.base import Timings
from app.ui.main_window import MainWindow
from app.workers.events import AnswerFinished
from tests.gui.conftest import WAIT_MS, MakeWindow


def _scroll(widget: QWidget) -> None:
    place = QPointF(widget.rect().center())
    event = QWheelEvent(
        place, widget.mapToGlobal(place), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def _values(window: MainWindow) -> dict[QWidget, int]:
    found: dict[QWidget, int] = {box: box.currentIndex() for box in window.findChildren(QComboBox)}
    return found | {box: box.value() for box in window.findChildren(QSpinBox)}


def test_the_wheel_chooses_nothing(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    qtbot.waitUntil(lambda: window.flow.loaded, timeout=WAIT_MS)
    window.pages.show("settings")
    settings = window.settings
    before = _values(window)
    assert sum(isinstance(box, QComboBox) and box.count() > 1 for box in before) > 4
    for box in before:
        box.clearFocus()
        _scroll(box)
        assert not box.focusPolicy() & Qt.FocusPolicy.WheelFocus & ~Qt.FocusPolicy.StrongFocus
    assert _values(window) == before
    assert window.settings == settings


def test_esc_empties_the_search_and_then_stops_as_everywhere(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    window.activateWindow()
    search = window.sidebar.search
    search.setFocus()
    qtbot.waitUntil(search.hasFocus, timeout=WAIT_MS)
    qtbot.keyClicks(search, "moon")
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert search.text() == ""
    assert search.hasFocus()


def test_long_figures_leave_the_panel_as_wide_as_it_is(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    timings = Timings(
        prompt_tokens=123_456,
        reused_tokens=123_455,
        new_tokens=65_432,
        ttft_s=1.0,
        prefill_s=1.0,
        decode_s=1.0,
    )
    window.panel.figures.show_finished(
        AnswerFinished(1, text="", ids=(), finish="stop", timings=timings, rss_bytes=0)
    )
    qtbot.wait(50)
    area = window.panel
    assert isinstance(area, QScrollArea)
    assert area.widget().width() <= area.viewport().width()
    assert area.widget().minimumSizeHint().width() <= area.viewport().width()
