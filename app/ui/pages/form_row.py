"""A line of a page's form: what it is, in words; its controls on the right; what is wrong with it below."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget


class FormRow(QWidget):
    """Gives its controls no names; those are their own."""

    def __init__(self, title: str, *controls: QWidget, hint: str = "", parent: QWidget | None = None) -> None:
        """`hint` stands under the title, in small letters."""
        super().__init__(parent)
        self.title, self.hint = title, hint
        self.problem = _text("", "danger")
        self.problem.hide()
        words = QLabel(title)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.setHorizontalSpacing(8)
        layout.setVerticalSpacing(2)
        layout.addWidget(words, 0, 0)
        for column, control in enumerate(controls, start=1):
            layout.addWidget(control, 0, column, 2 if hint else 1, 1, Qt.AlignmentFlag.AlignVCenter)
        if hint:
            layout.addWidget(_text(hint, "muted"), 1, 0)
        layout.addWidget(self.problem, 2, 0, 1, len(controls) + 1)
        layout.setColumnStretch(0, 1)

    def tell(self, problem: str) -> None:
        """Say what is wrong; "" when nothing is."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))


def heading(title: str) -> QLabel:
    """Stands over a group of lines."""
    label = _text(title, "heading")
    label.setContentsMargins(0, 16, 0, 0)
    return label


def _text(text: str, look: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("look", look)
    label.setWordWrap(True)
    return label
