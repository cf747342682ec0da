"""The facts of one model, as pairs of words that can be selected and copied."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.ui.models.model_facts import Line, backend_lines, facts_of, free_text
from app.workers.listing import ListedEntry


class FactsView(QScrollArea):
    """Empty until a model is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("About the model")
        self.text = ""
        """What is shown, for those who read it as a whole."""

    def show_model(self, listed: ListedEntry | None, free: int) -> None:
        """`free` bytes of memory are free now. None empties the view."""
        body = QWidget()
        body.setObjectName("factsBody")
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        self.text = ""
        if listed is not None:
            title = QLabel(listed.entry.name)
            title.setTextFormat(Qt.TextFormat.PlainText)
            title.setProperty("look", "strong")
            column.addWidget(title)
            for problem in listed.entry.problems:
                column.addWidget(_value(problem, "danger"))
            facts = facts_of(listed.entry)
            column.addLayout(_pairs(facts))
            self._say(listed.entry.problems, facts)
            if listed.entry.usable:
                self._add_backends(column, listed, free)
        column.addStretch(1)
        self.setWidget(body)

    def _add_backends(self, column: QVBoxLayout, listed: ListedEntry, free: int) -> None:
        heading = QLabel("Runs with")
        heading.setProperty("look", "heading")
        column.addWidget(heading)
        lines = backend_lines(listed, free)
        column.addLayout(_pairs(lines))
        column.addWidget(_value(free_text(free), "muted"))
        self._say((), [*lines, ("Free", free_text(free))])

    def _say(self, problems: tuple[str, ...], lines: list[Line]) -> None:
        self.text += "\n".join([*problems, *(f"{title}: {text}" for title, text in lines)]) + "\n"


def _pairs(lines: list[Line]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    grid.setColumnMinimumWidth(0, 104)
    grid.setColumnStretch(1, 1)
    for row, (title, text) in enumerate(lines):
        label = QLabel(title)
        label.setProperty("look", "muted")
        label.setContentsMargins(0, 2, 0, 0)  # on one line with the larger words beside it
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(label, row, 0, top)
        grid.addWidget(_value(text), row, 1, top)
    return grid


def _value(text: str, look: str = "") -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if look:
        label.setProperty("look", look)
    return label
