"""The comparison of pictures passes what eyes pass and finds what they would find, in a window's corner."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication

from app.ui.look.colors import DARK, LIGHT, Colors
from tests.screens.perception import Difference, difference
from tests.screens.pictures import pixels_of, read, write

_SIZE = (320, 160)
each_theme = pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
each_scale = pytest.mark.parametrize("scale", [1, 2])


def _corner(
    colors: Colors,
    scale: int,
    *,
    shift: float = 0.0,
    width: float = 96.0,
    label: str = "",
    hinting: QFont.HintingPreference = QFont.HintingPreference.PreferNoHinting,
    letters: float = 0.0,
) -> QImage:
    """A label over a button; `letters` is where a rasteriser puts them, in pixels of the screen."""
    image = QImage(_SIZE[0] * scale, _SIZE[1] * scale, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.fill(QColor(colors.window))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = QFont(QApplication.font())
    font.setPixelSize(14)
    font.setHintingPreference(hinting)
    painter.setFont(font)
    painter.setPen(QColor(label or colors.text))
    painter.drawText(QPointF(16 + letters / scale, 40), "Temperature")
    box = QRectF(16 + shift, 64, width, 32)
    painter.setPen(QColor(colors.border))
    painter.setBrush(QColor(colors.raised))
    painter.drawRoundedRect(box, 8, 8)
    painter.setPen(QColor(colors.text))
    painter.setClipRect(box)
    painter.drawText(QPointF(28 + shift + letters / scale, 85), "Compare it")
    painter.end()
    return image


def _between(one: QImage, other: QImage, scale: int) -> Difference:
    return difference(pixels_of(one), pixels_of(other), scale)


@each_theme
@each_scale
def test_where_a_rasteriser_puts_the_shades_of_letters_is_not_seen(
    qapp: QApplication, colors: Colors, scale: int
) -> None:
    usual = _corner(colors, scale)
    hinted = _corner(colors, scale, hinting=QFont.HintingPreference.PreferVerticalHinting)
    for other in (hinted, _corner(colors, scale, letters=0.5)):
        found = _between(usual, other, scale)
        assert found.seen == 0, found.worst


@each_theme
@each_scale
def test_a_button_that_moved_is_seen(qapp: QApplication, colors: Colors, scale: int) -> None:
    assert _between(_corner(colors, scale), _corner(colors, scale, shift=6), scale).seen > 0


@each_theme
@each_scale
def test_a_button_whose_text_is_cut_off_is_seen(qapp: QApplication, colors: Colors, scale: int) -> None:
    assert _between(_corner(colors, scale), _corner(colors, scale, width=80), scale).seen > 0


@each_theme
@each_scale
def test_a_label_of_another_colour_is_seen(qapp: QApplication, colors: Colors, scale: int) -> None:
    for other in (colors.muted, colors.accent, colors.danger):
        found = _between(_corner(colors, scale), _corner(colors, scale, label=other), scale)
        assert found.seen > 0, (other, found.worst)


@each_theme
def test_what_is_kept_in_few_colours_looks_the_same(
    qapp: QApplication, colors: Colors, tmp_path: Path
) -> None:
    now = pixels_of(_corner(colors, 2))
    write(now, tmp_path / "kept.png")
    assert difference(now, read(tmp_path / "kept.png"), 2).worst < 1
