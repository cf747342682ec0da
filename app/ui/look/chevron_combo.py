"""A combo box with a chevron of its own: a style sheet that draws the border takes Qt's arrow away."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter, QWidget

from app.ui.look.painted_text import isolated

_RIGHT = 14
_HALF = 4


class ChevronCombo(QComboBox):
    """Does not ask for more width than its layout gives. The mouse wheel scrolls what it lies in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the wheel does not take the keyboard there

    def setAccessibleName(self, name: str) -> None:  # noqa: N802
        """Also the description: on Linux Qt calls a combo box by what is chosen in it."""
        super().setAccessibleName(name)
        self.setAccessibleDescription(name)

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(_HALF, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Who scrolls past it chooses nothing."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """As Qt does, but that a text which does not fit ends in an ellipsis."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        if self.currentIndex() < 0 and self.placeholderText():
            option.palette.setBrush(QPalette.ColorRole.ButtonText, option.palette.placeholderText())
            option.currentText = self.placeholderText()
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        fitting = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room.width())
        option.currentText = isolated(fitting)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self.palette().placeholderText().color(), 1.6)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        x, y = _RIGHT if mirrored else self.width() - _RIGHT, self.height() / 2 - _HALF / 2
        painter.drawPolyline(QPolygonF([QPointF(x - _HALF, y), QPointF(x, y + _HALF), QPointF(x + _HALF, y)]))
