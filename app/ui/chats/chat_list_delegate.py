"""Paints a row of the chat list: a heading, a chat, or a found message with what was looked for marked."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.language import tr
from app.ui.chats.chat_list_item_model import ROW_ROLE, ChatRow, Heading, HitRow, Row
from app.ui.look.colors import Colors
from app.ui.look.icons import icon
from app.ui.look.painted_text import isolated
from app.ui.look.theme import GRID, Theme

AnyIndex = QModelIndex | QPersistentModelIndex
_PIN = 14
_BEFORE = 12
"""Characters of a snippet before its first match that are surely in sight."""


class ChatListDelegate(QStyledItemDelegate):
    """All rows of a list are equally high, so that a long one needs no measuring."""

    editing = Signal(object, object)
    """QLineEdit, QModelIndex: a title is written anew."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.two_lines = False
        """Whether rows have room for a found message."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """As high as the text asks for; at the usual size of text, steps of the grid."""
        line, second = self._line_height(), self._line_height(small=True) if self.two_lines else 0
        return QSize(0, max((6 if self.two_lines else 4) * GRID + 2, line + second + 2 * GRID))

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        editor = QLineEdit(parent)
        editor.setAccessibleName(tr("Title"))
        self.editing.emit(editor, index)
        return editor

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        """Not over what the user has typed: the row changes when an answer ends."""
        if not (isinstance(editor, QLineEdit) and editor.isModified()):
            super().setEditorData(editor, index)

    def updateEditorGeometry(  # noqa: N802
        self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex
    ) -> None:
        """In the middle of the row, which may be lower than a field."""
        place: QRect = option.rect
        height = editor.sizeHint().height()
        editor.setGeometry(place.left(), place.center().y() - height // 2 + 1, place.width(), height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        row: Row | None = index.data(ROW_ROLE)
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, Heading):
            self._heading(painter, rect, row)
        elif row is not None:
            self._background(painter, rect, option)
            inner = rect.adjusted(GRID, 0, -GRID, 0)
            if isinstance(row, HitRow):
                self._hit(painter, inner, row)
            else:
                self._chat(painter, inner, row)
        painter.restore()

    def _background(self, painter: QPainter, rect: QRect, option: QStyleOptionViewItem) -> None:
        colors = self._theme.colors
        state: QStyle.StateFlag = option.state
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(QColor(colors.selected))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(colors.hover))
        else:
            return
        painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), 8, 8)

    def _heading(self, painter: QPainter, rect: QRect, row: Heading) -> None:
        painter.setFont(self._font(small=True, strong=True))
        painter.setPen(QColor(self._theme.colors.muted))
        place = rect.adjusted(GRID, 0, -GRID, -4)
        shown = painter.fontMetrics().elidedText(row.text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, shown)

    def _chat(self, painter: QPainter, rect: QRect, row: ChatRow) -> None:
        colors = self._theme.colors
        if row.chat.pinned:
            pin = self._theme.scaled(_PIN)
            place = QRect(rect.right() - pin, rect.center().y() - pin // 2, pin, pin)
            direction = painter.layoutDirection()
            icon("pin", colors.muted).paint(painter, QStyle.visualRect(direction, rect, place))
            rect = QStyle.visualRect(direction, rect, rect.adjusted(0, 0, -pin - 4, 0))
        self._line(painter, rect, row.chat.title or tr("New chat"), Qt.AlignmentFlag.AlignVCenter)

    def _hit(self, painter: QPainter, rect: QRect, row: HitRow) -> None:
        line, small = self._line_height(), self._line_height(small=True)
        top = rect.top() + (rect.height() - line - small) // 2
        upper = QRect(rect.left(), top, rect.width(), line)
        self._line(painter, upper, row.hit.title or tr("New chat"), Qt.AlignmentFlag.AlignVCenter)
        self._snippet(painter, QRect(rect.left(), top + line, rect.width(), small), row)

    def _line(self, painter: QPainter, rect: QRect, text: str, vertical: Qt.AlignmentFlag) -> None:
        painter.setFont(self._font())
        painter.setPen(QColor(self._theme.colors.text))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, vertical | Qt.AlignmentFlag.AlignLeft, isolated(shown))

    def _snippet(self, painter: QPainter, rect: QRect, row: HitRow) -> None:
        """The text from a little before the first match, matches in the accent colour."""
        colors: Colors = self._theme.colors
        font = self._font(small=True)
        text, shift = _from_match(row)
        layout = QTextLayout(text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(option)
        marks = []
        for start, end in row.hit.matches:
            mark = QTextLayout.FormatRange()
            mark.start = _utf16_length(text[: start - shift])
            mark.length = _utf16_length(text[start - shift : end - shift])
            mark.format = QTextCharFormat()
            mark.format.setForeground(QColor(colors.accent))
            mark.format.setFontWeight(QFont.Weight.DemiBold)
            marks.append(mark)
        layout.setFormats(marks)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(10_000)
        layout.endLayout()
        painter.setPen(QColor(colors.muted))
        painter.setClipRect(rect)
        mirrored = painter.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = max(rect.left(), rect.right() - line.naturalTextWidth()) if mirrored else rect.left()
        layout.draw(painter, QPointF(left, rect.top()))

    def _line_height(self, small: bool = False) -> int:
        return QFontMetrics(self._font(small=small)).height()

    def _font(self, small: bool = False, strong: bool = False) -> QFont:
        font = QFont(QApplication.font())
        font.setPixelSize(self._theme.small_px if small else self._theme.body_px)
        font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        return font


def _from_match(row: HitRow) -> tuple[str, int]:
    """The snippet so that its first match is in sight, and how many characters are missing in front."""
    snippet, matches = row.hit.snippet, row.hit.matches
    start = matches[0][0] if matches else 0
    if start <= _BEFORE:
        return snippet, 0
    cut = snippet.rfind(" ", 0, start - _BEFORE // 2) + 1
    return f"…{snippet[cut:]}", cut - 1


def _utf16_length(text: str) -> int:
    """Qt counts in units of UTF-16."""
    return len(text.encode("utf-16-le")) // 2
