"""The facts of one model, as pairs of words that can be selected and copied."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.language import shown, tr
from app.ui.models.model_facts import Line, backend_lines, facts_of, free_text
from app.workers.listing import ListedEntry

_TITLES_WIDTH = 104
"""Pixels at least, so that values do not move from one model to the next."""


class FactsView(QScrollArea):
    """Empty until a model is shown. Its labels are made once: arrow keys go through many models."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(tr("About the model"))
        self.text = ""
        """What is shown, for those who read it as a whole."""
        self._title = _label("strong")
        self._problems = _value("danger")
        self._facts = _Pairs()
        self._heading = _label("heading")
        self._heading.setText(tr("Runs with"))
        self._backends = _Pairs()
        self._free = _value("muted")
        body = QWidget()
        body.setObjectName("factsBody")
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(self._title)
        column.addWidget(self._problems)
        column.addLayout(self._facts)
        column.addWidget(self._heading)
        column.addLayout(self._backends)
        column.addWidget(self._free)
        column.addStretch(1)
        self.setWidget(body)
        self.show_model(None, 0)

    def show_model(self, listed: ListedEntry | None, free: int) -> None:
        """`free` bytes of memory are free now. None empties the view."""
        usable = listed is not None and listed.entry.usable
        problems = [shown(one) for one in listed.entry.problems] if listed is not None else []
        facts = facts_of(listed.entry) if listed is not None else []
        backends = backend_lines(listed, free) if listed is not None and usable else []
        self._title.setText(listed.entry.name if listed is not None else "")
        self._problems.setText("\n".join(problems))
        self._problems.setVisible(bool(problems))
        self._facts.show_lines(facts)
        self._heading.setVisible(usable)
        self._backends.show_lines(backends)
        widest = max(_TITLES_WIDTH, self._facts.titles_width, self._backends.titles_width)
        for pairs in (self._facts, self._backends):
            pairs.setColumnMinimumWidth(0, widest)
        self._free.setText(free_text(free))
        self._free.setVisible(usable)
        told = [*problems, *(f"{title}: {text}" for title, text in (*facts, *backends))]
        self.text = "\n".join([*told, free_text(free)] if usable else told)


class _Pairs(QGridLayout):
    """Lines of two words each."""

    def __init__(self) -> None:
        super().__init__()
        self.setHorizontalSpacing(16)
        self.setVerticalSpacing(6)
        self.setColumnStretch(1, 1)
        self._rows: list[tuple[QLabel, QLabel]] = []

    @property
    def titles_width(self) -> int:
        """Of the widest title that is shown, in pixels."""
        return max((title.sizeHint().width() for title, _ in self._rows if not title.isHidden()), default=0)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """These, and no others."""
        while len(self._rows) < len(lines):
            self._add_row()
        for at, (title, value) in enumerate(self._rows):
            if at < len(lines):
                title.setText(lines[at][0])
                value.setText(lines[at][1])
            title.setVisible(at < len(lines))
            value.setVisible(at < len(lines))

    def _add_row(self) -> None:
        title, value = _label("muted"), _value()
        title.setContentsMargins(0, 2, 0, 0)  # on one line with the larger words beside it
        row, top = len(self._rows), Qt.AlignmentFlag.AlignTop
        self.addWidget(title, row, 0, top)
        self.addWidget(value, row, 1, top)
        self._rows.append((title, value))


def _label(look: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    if look:
        label.setProperty("look", look)
    return label


def _value(look: str = "") -> QLabel:
    label = _label(look)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
