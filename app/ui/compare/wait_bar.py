"""Says that a side waits for its turn, and lets the user call it now."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from app.language import tr
from app.ui.compare.side_words import side_in
from app.ui.look.elided_label import ElidedLabel


class WaitBar(QFrame):
    """Hidden unless the side has a question that nobody asked it yet."""

    start_requested = Signal()

    def __init__(self, side: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("loadBar")
        self._label = ElidedLabel()
        self.start = QPushButton(tr("Start now"))
        self.start.setAccessibleName(tr("Start the answer of the {side} side now").format(side=side_in(side)))
        self.start.clicked.connect(self.start_requested)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 8, 8)
        layout.setSpacing(16)
        layout.addWidget(self._label, 1)
        layout.addWidget(self.start)
        self.hide()

    @property
    def text(self) -> str:
        return self._label.text()

    def show_text(self, text: str, tip: str) -> None:
        self._label.setText(text)
        self.start.setToolTip(tip)
        self.show()
