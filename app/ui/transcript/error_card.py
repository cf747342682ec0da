"""A failure, told in place: what happened, what to do next, and buttons that do it. Never a modal box."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.errors import FacetError, TooLittleFree
from app.language import shown, tr
from app.ui.look.colors import Colors
from app.ui.look.icons import icon
from app.ui.target import OtherRuntime


class ErrorCard(QFrame):
    """Shows one FacetError."""

    retry_requested = Signal()
    other_requested = Signal(object)
    """OtherRuntime."""

    def __init__(
        self,
        title: str,
        error: FacetError,
        other: OtherRuntime | None,
        colors: Colors,
        parent: QWidget | None = None,
    ) -> None:
        """`other` is worth trying."""
        super().__init__(parent)
        self.setObjectName("errorCard")
        told, step = shown(error), shown(error.next_step)
        self.setAccessibleName(f"{title} {told}")
        self.text = f"{title}\n{told}\n{step}".strip()
        self._sign = QLabel()
        self._sign.setFixedSize(24, 24)
        heading = QLabel(title)
        heading.setProperty("look", "danger")
        cause = _text(told)
        texts = QVBoxLayout()
        texts.setSpacing(6)
        texts.addWidget(heading)
        texts.addWidget(cause)
        if step:
            what_next = _text(step)
            what_next.setProperty("look", "muted")
            texts.addWidget(what_next)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        self._error = error
        self.retry = QPushButton(tr("Load all the same") if isinstance(error, TooLittleFree) else tr("Retry"))
        self.retry.setAccessibleName(self.retry.text())
        self.retry.clicked.connect(self._retry)
        buttons.addWidget(self.retry)
        self._other = other
        self.other = QPushButton(tr("Use {runtime}").format(runtime=other.title) if other is not None else "")
        self.other.setAccessibleName(self.other.text())
        self.other.clicked.connect(self._ask_for_other)
        self.other.setVisible(other is not None)
        buttons.addWidget(self.other)
        buttons.addStretch(1)
        texts.addSpacing(2)
        texts.addLayout(buttons)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(12)
        layout.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(texts, 1)
        self.show_colors(colors)

    def show_colors(self, colors: Colors) -> None:
        self._sign.setPixmap(icon("error", colors.danger).pixmap(QSize(24, 24)))

    def _retry(self) -> None:
        if isinstance(self._error, TooLittleFree):
            self._error.overrule()
        self.retry_requested.emit()

    def _ask_for_other(self) -> None:
        self.other_requested.emit(self._other)


def _text(sentence: str) -> QLabel:
    label = QLabel(sentence)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
