"""The line between the columns: what is equal and what differs; red when a difference makes it unfair."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.compare.fairness import Check
from app.language import shown, tr
from app.ui.look.elided_label import ElidedLabel


class FairnessStrip(QFrame):
    """Shows checks; "Details" unfolds their values."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("fairnessStrip")
        self.checks: tuple[Check, ...] = ()
        self._chips = QHBoxLayout()
        self._chips.setSpacing(6)
        self._verdict = QLabel()
        self._verdict.setProperty("look", "strong")
        self.details = QPushButton(tr("Details"))
        self.details.setCheckable(True)
        self.details.setProperty("look", "flat")
        self.details.setAccessibleName(tr("What is equal and what differs, in detail"))
        self.details.toggled.connect(self._unfold)
        self._note = ElidedLabel()
        self._note.setProperty("look", "muted")
        # What is left: else its length would take room from the chips.
        self._note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._table = QWidget()
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 4, 0, 4)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        for column, stretch in enumerate((0, 1, 1, 2)):
            self._grid.setColumnStretch(column, stretch)
        self._table.hide()
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._verdict)
        row.addLayout(self._chips)
        row.addWidget(self._note, 1)
        row.addWidget(self.details)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 8, 4)
        layout.setSpacing(0)
        layout.addLayout(row)
        layout.addWidget(self._table)

    @property
    def unfair(self) -> bool:
        return any(check.unfair for check in self.checks)

    @property
    def text(self) -> str:
        """All of it in words."""
        return self.accessibleName()

    def show_checks(self, checks: Sequence[Check]) -> None:
        """In the order given; nothing where there is nothing to compare."""
        if tuple(checks) == self.checks:
            return
        self.checks = tuple(checks)
        _empty(self._chips)
        _empty(self._grid)
        for row, check in enumerate(checks):
            self._chips.addWidget(_chip(check))
            self._add_row(row, check)
        self._verdict.setText("" if not checks else tr("Unfair") if self.unfair else tr("Fair"))
        told = [check for check in checks if check.unfair] or [c for c in checks if c.note]
        self._note.setText("  ".join(f"{shown(check.name)}: {shown(check.note)}" for check in told))
        self._note.setToolTip(self._note.text())
        self.setAccessibleName(f"{self._verdict.text()}. " + ". ".join(map(_words, checks)))
        for part in (self, self._verdict):
            part.setProperty("unfair", self.unfair)
            part.style().unpolish(part)
            part.style().polish(part)
        self.setVisible(bool(checks))

    def _add_row(self, row: int, check: Check) -> None:
        right = tr("the same", "value of both sides") if check.equal else check.right
        for column, text in enumerate((check.name, check.left, right, check.note)):
            label = QLabel(shown(text))
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setProperty("look", "danger" if check.unfair and column else "muted")
            self._grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignTop)

    def _unfold(self, unfolded: bool) -> None:
        self._table.setVisible(unfolded)


def _chip(check: Check) -> QLabel:
    sign = "=" if check.equal else "≠"
    chip = ElidedLabel()
    chip.setText(f"{sign} {shown(check.name)}")
    chip.setProperty("look", "chip")
    chip.setProperty("state", "unfair" if check.unfair else "equal" if check.equal else "differs")
    chip.setToolTip(_words(check))
    chip.setAccessibleName(_words(check))
    return chip


def _words(check: Check) -> str:
    name, left, right = shown(check.name), shown(check.left), shown(check.right)
    if check.equal:
        return tr("{check}: {value} on both sides").format(check=name, value=left)
    told = tr("{check}: {left} on the left, {right} on the right.").format(check=name, left=left, right=right)
    return f"{told} {shown(check.note)}".strip()


def _empty(layout: QHBoxLayout | QGridLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
