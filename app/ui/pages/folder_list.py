"""The user's model folders, each with what was found in it and a button that forgets it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app import paths
from app.language import marked, tr
from app.ui.pages.form_row import FormRow
from app.workers.listing import CatalogListing

_NONE = marked("Add a folder")
_USUAL = marked("Facet also looks into .models where it was started, and into .models of your home folder.")


class FolderList(QWidget):
    """Says what the user wants; changes nothing itself."""

    add_requested = Signal()
    leave_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folders: Sequence[str] = ()
        self._listing: CatalogListing | None = None
        self._lines: list[FormRow] = []
        self.add = QPushButton(tr("Add …"))
        self.add.setAccessibleName(tr("Add a folder of models"))
        self.add.clicked.connect(self.add_requested)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(FormRow(tr(_NONE), self.add, hint=tr(_USUAL)))

    def show_folders(self, folders: Sequence[str], listing: CatalogListing | None) -> None:
        """`listing` is the last scan."""
        if (folders, listing) == (self._folders, self._listing) and self._lines:
            return
        self._folders, self._listing = folders, listing
        for line in self._lines:
            self._layout.removeWidget(line)
            line.deleteLater()
        self._lines = [self._line(folder) for folder in folders]
        for place, line in enumerate(self._lines):
            self._layout.insertWidget(place, line)

    @property
    def lines(self) -> Sequence[FormRow]:
        """One for each folder."""
        return self._lines

    def _line(self, folder: str) -> FormRow:
        leave = QPushButton(tr("Remove"))
        leave.setAccessibleName(tr("Look into {folder} no more").format(folder=folder))
        leave.setToolTip(tr("Facet looks there no more; nothing in it is deleted"))
        leave.clicked.connect(lambda: self.leave_requested.emit(folder))
        return FormRow(folder, leave, hint=self._found(folder))

    def _found(self, folder: str) -> str:
        if self._listing is None:
            return tr("Not looked through yet.")
        inside = paths.expanded(Path(folder))
        count = sum(inside in listed.entry.path.parents for listed in self._listing.entries)
        if count == 0:
            return tr("No model was found there.")
        return tr("%n model(s)", "", count)
