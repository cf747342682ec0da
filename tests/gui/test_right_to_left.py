"""The window where people read from right to left: sides change places, and no text is turned round."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.ui.look.chevron_combo import ChevronCombo
from app.ui.look.colors import LIGHT
from app.ui.look.elided_label import ElidedLabel
from app.ui.look.stylesheet import stylesheet
from app.ui.look.theme import Theme
from tests.gui.conftest import WAIT_MS, MakeWindow

_WORDS = 56
"""Pixels of a short text that are compared."""


@pytest.fixture
def _mirrored(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def _left_of(widget: QWidget, window: QWidget) -> int:
    return widget.mapTo(window, QPoint(0, 0)).x()


@pytest.mark.usefixtures("_mirrored")
def test_the_sides_change_places_and_nothing_is_cut_off(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    window.resize(1240, 800)
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.flow.send("Hello")
    sidebar, panel, middle = (
        _left_of(part, window) for part in (window.sidebar, window.panel, window.pane.transcript)
    )
    assert panel < middle < sidebar
    send, clip = (_left_of(part, window) for part in (window.composer.button, window.composer.clip))
    assert send < clip
    outside = [
        widget.accessibleName()
        for widget in window.panel.sampling.findChildren(QWidget)
        if widget.isVisible() and not 0 <= _left_of(widget, window) <= panel + window.panel.width()
    ]
    assert outside == []


def test_borders_change_sides_with_what_they_bound() -> None:
    plain, mirrored = stylesheet(LIGHT, 12), stylesheet(LIGHT, 12, mirrored=True)
    assert "#sidebar { border-right" in plain
    assert "#sidebar { border-left" in mirrored
    assert "#sidePanel { border-right" in mirrored


def _painted(widget: QWidget) -> QImage:
    return widget.grab().toImage()


def _ink(image: QImage) -> tuple[int, int]:
    """The first and the last column in which something is painted."""
    back = image.pixel(image.width() // 2, 1)
    columns = [
        x
        for x in range(image.width())
        if any(image.pixel(x, y) != back for y in range(2, image.height() - 2))
    ]
    return columns[0], columns[-1]


def test_english_text_keeps_its_order_in_a_mirrored_label(qtbot: QtBot) -> None:
    """The same picture, but at the other side: a question mark that went to the front would change it."""
    widths = []
    pictures = []
    for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        label = ElidedLabel()
        qtbot.addWidget(label)
        label.setLayoutDirection(direction)
        label.setText("What is it?")
        label.resize(300, 24)
        image = _painted(label)
        first, last = _ink(image)
        widths.append((first < 20, last > 280))
        grey = image.copy(first, 0, _WORDS, image.height()).convertToFormat(QImage.Format.Format_Grayscale8)
        pictures.append(np.frombuffer(grey.constBits(), np.uint8).astype(float))
    assert widths == [(True, False), (False, True)]
    assert np.corrcoef(*pictures)[0, 1] > 0.7, "smoothed otherwise at most"


def test_the_chevron_is_where_qt_has_the_arrow(qtbot: QtBot, theme: Theme) -> None:
    combo = ChevronCombo()
    qtbot.addWidget(combo)
    combo.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    combo.addItem("")
    combo.resize(200, 32)
    image = _painted(combo)
    middle = image.pixel(100, 16)
    inked = [x for x in range(8, 192) if any(image.pixel(x, y) != middle for y in range(10, 22))]
    assert inked
    assert max(inked) < 40
