"""Parts side by side, and one below the other where they have no room beside each other."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget


class FoldingRow(QWidget):
    """Asks for no more width than its widest part needs."""

    def __init__(self, *parts: tuple[QWidget, int], spacing: int = 8) -> None:
        """`parts` are widgets with their stretch, from the beginning of the line; those of stretch 0 stay as
        wide as they ask to be.
        """
        super().__init__()
        self._parts = [part for part, _ in parts]
        self._compact = [part for part, stretch in parts if not stretch]
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(spacing)
        for part, stretch in parts:
            self._box.addWidget(part, stretch)

    @property
    def folded(self) -> bool:
        """Whether each part has a line of its own."""
        return self._box.direction() is QBoxLayout.Direction.TopToBottom

    def minimumSizeHint(self) -> QSize:
        edges = self.contentsMargins()
        width = max(self._widths(), default=0) + edges.left() + edges.right()
        return QSize(width, self._box.totalMinimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def event(self, event: QEvent) -> bool:
        taken = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:  # a part came, went or has another text
            self._fold()
        return taken

    def _widths(self) -> list[int]:
        return [part.minimumSizeHint().width() for part in self._parts if not part.isHidden()]

    def _fold(self) -> None:
        widths = self._widths()
        needed = sum(widths) + self._box.spacing() * max(0, len(widths) - 1)
        direction = QBoxLayout.Direction
        wanted = direction.TopToBottom if needed > self.contentsRect().width() else direction.LeftToRight
        if wanted is not self._box.direction():
            self._box.setDirection(wanted)
            for part in self._compact:
                folded = wanted is direction.TopToBottom
                self._box.setAlignment(part, Qt.AlignmentFlag.AlignLeft if folded else Qt.AlignmentFlag(0))
            self.updateGeometry()
