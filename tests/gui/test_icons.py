"""Every icon of Facet is in the font, and is painted in its colour at any scale."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon
from pytestqt.qtbot import QtBot

from app.ui.look import icons


def inked(icon: QIcon, size: int, mode: QIcon.Mode = QIcon.Mode.Normal) -> tuple[int, set[str]]:
    """How many pixels are painted, and the colours of those that are painted fully."""
    image = icon.pixmap(QSize(size, size), 1.0, mode).toImage()
    colors = [QColor.fromRgba(image.pixel(x, y)) for x in range(image.width()) for y in range(image.height())]
    painted = [color for color in colors if color.alpha() > 0]
    return len(painted), {color.name() for color in painted if color.alpha() == 255}


@pytest.mark.parametrize("name", sorted(icons._NAMES))
def test_every_icon_shows_something(qtbot: QtBot, name: str) -> None:
    painted, colors = inked(icons.icon(name, "#2060a0"), 32)
    assert 20 < painted < 32 * 32
    assert colors == {"#2060a0"}


def test_a_disabled_icon_has_its_own_colour(qtbot: QtBot) -> None:
    icon = icons.icon("send", "#2060a0", "#808080")
    assert inked(icon, 32, QIcon.Mode.Disabled)[1] == {"#808080"}


def test_an_icon_grows_with_its_size(qtbot: QtBot) -> None:
    icon = icons.icon("pin", "#2060a0")
    small, large = inked(icon, 16)[0], inked(icon, 64)[0]
    assert 8 * small < large < 32 * small


def test_an_icon_is_sharp_on_a_screen_of_two_pixels(qtbot: QtBot) -> None:
    pixmap = icons.icon("pin", "#2060a0").pixmap(QSize(20, 20), 2.0)
    assert (pixmap.width(), pixmap.devicePixelRatio()) == (40, 2.0)


def test_an_icon_without_room_is_nothing(qtbot: QtBot) -> None:
    """In a row that has no height, say: nothing to paint on."""
    assert icons.icon("pin", "#2060a0").pixmap(QSize(16, 0)).isNull()
