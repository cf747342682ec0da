"""How text in an answer looks: the character and block formats, from one set of colours. Plain Qt values."""

from functools import cached_property

from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontInfo,
    QFontMetrics,
    QTextBlockFormat,
    QTextCharFormat,
)

from app.ui.look.colors import Colors

JOINT = QTextBlockFormat.Property.UserProperty + 1
"""Block property: "+" and what stood between this block and the one before in the text (Qt gives an empty
text back as none); not set for a newline.
"""
SOURCE = QTextBlockFormat.Property.UserProperty + 2
"""Character property: what a picture in the text was written as."""

QUOTE_INDENT = 16
CODE_PADDING = 12
CODE_HEADER = 34
CODE_GAP = 12
GAP = 8
"""Between paragraphs."""
ITEM_GAP = 4
"""Between items of a list that has no empty lines in it."""
_MARK_STRETCH = 220
"""Percent. Qt leaves a space of the mark's font between an item's mark and its words; a bullet is as large
however wide its font is.
"""
_MIN_INDENT = 24


class Look:
    """Formats for one set of colours and one font."""

    def __init__(self, colors: Colors, font: QFont) -> None:
        self.colors = colors
        self.font = QFont(font)
        self.font.setPixelSize(QFontInfo(font).pixelSize())  # it may be given in points

    @cached_property
    def mono(self) -> QFont:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(max(self.font.pixelSize() - 1, 10))
        return font

    def descending(self, pixels: float) -> QFont:
        """A font that reaches at least `pixels` below its line."""
        font = QFont(self.font)
        while QFontMetrics(font).descent() < pixels:
            font.setPixelSize(font.pixelSize() + 1)
        return font

    @cached_property
    def plain(self) -> QTextCharFormat:
        form = QTextCharFormat()
        form.setForeground(QColor(self.colors.text))
        return form

    @cached_property
    def muted(self) -> QTextCharFormat:
        form = QTextCharFormat()
        form.setForeground(QColor(self.colors.muted))
        return form

    @cached_property
    def code(self) -> QTextCharFormat:
        """Of fenced code."""
        form = QTextCharFormat(self.plain)
        form.setFont(self.mono)
        return form

    @cached_property
    def indent(self) -> int:
        """Pixels by which a list is moved to the right: numbers of two digits have room."""
        return max(_MIN_INDENT, self._mark_width("00."))

    def wider(self, number: int) -> int:
        """Pixels that a list needs beside its indent when its last number is so long."""
        return max(0, self._mark_width(f"{'0' * len(str(number))}.") - self.indent)

    def _mark_width(self, mark: str) -> int:
        return QFontMetrics(self.font).horizontalAdvance(f"{mark}   ")

    @staticmethod
    def bullet(words: QTextCharFormat) -> QTextCharFormat:
        """Of the mark of an item with such words."""
        form = QTextCharFormat(words)
        form.setFontStretch(_MARK_STRETCH)
        return form

    def heading(self, level: int) -> QTextCharFormat:
        """The only sizes besides the body's are those of the two highest headings."""
        form = QTextCharFormat(self.plain)
        form.setFontWeight(QFont.Weight.DemiBold)
        form.setProperty(
            QTextCharFormat.Property.FontPixelSize, self.font.pixelSize() + max(0, 5 - 2 * level)
        )
        return form

    def inline_code(self, over: QTextCharFormat) -> QTextCharFormat:
        form = QTextCharFormat(over)
        form.setFontFamilies(self.mono.families())
        form.setFontFixedPitch(True)
        form.setBackground(QColor(self.colors.hover))
        return form

    def link(self, over: QTextCharFormat, address: str) -> QTextCharFormat:
        form = QTextCharFormat(over)
        form.setAnchor(True)
        form.setAnchorHref(address)
        form.setForeground(QColor(self.colors.accent))
        form.setFontUnderline(True)
        return form

    @staticmethod
    def block(top: float = 0, bottom: float = GAP, height: float = 140) -> QTextBlockFormat:
        form = QTextBlockFormat()
        form.setTopMargin(top)
        form.setBottomMargin(bottom)
        form.setLineHeight(height, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        return form

    @staticmethod
    def spacer() -> QTextBlockFormat:
        """Of the empty block that Qt keeps after every table."""
        form = QTextBlockFormat()
        form.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        return form
