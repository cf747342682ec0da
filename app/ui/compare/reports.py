"""Opening and saving reports: dialogs, and what the desk says of it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from app.compare.record import Machine
from app.compare.report import ComparisonReport
from app.language import tr
from app.workers.report_desk import ReportDesk, SaveRequest

_NAME = "comparison.html"


ReportOf = Callable[[Machine], ComparisonReport]
"""Puts a report together from what is on screen."""


class Reports(QObject):
    """Lives in the GUI thread; `parent` is what dialogs belong to."""

    said = Signal(object)
    """A sentence for the user: what was saved, or why something was not."""

    def __init__(self, desk: ReportDesk, finished: Callable[[], ReportOf | None], parent: QWidget) -> None:
        """`finished` gives what is on screen when the user wants it saved."""
        super().__init__(parent)
        self._desk = desk
        self._finished = finished
        self._parent = parent
        self._folder = ""
        desk.saved.connect(self._tell_saved)
        desk.failed.connect(self.said)

    @Slot()
    def ask_to_open(self) -> None:
        """A dialog; what is chosen is opened."""
        dialog = self._dialog(tr("Open a report"), QFileDialog.AcceptMode.AcceptOpen)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(tr("Reports (*.json)"))
        dialog.fileSelected.connect(self._open_chosen)
        dialog.open()

    def ask_to_save(self, *, hide_text: bool) -> None:
        """A dialog; the report is of what is on screen when it opens."""
        report_of = self._finished()
        if report_of is None:
            return
        dialog = self._dialog(tr("Save a report"), QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(tr("Pages, with .json and .csv beside them (*.html)"))
        dialog.setDefaultSuffix("html")
        dialog.selectFile(_NAME)
        dialog.fileSelected.connect(partial(self.save, report_of, hide_text))
        dialog.open()

    def open(self, path: Path) -> None:
        """Read it in the background."""
        self._desk.open(path)

    def save(self, report_of: ReportOf, hide_text: bool, chosen: str) -> None:
        """Write it in the background; `chosen` is the page's path."""
        path = Path(chosen)
        self._folder = str(path.parent)
        if path.suffix != ".html":
            path = path.with_name(f"{path.name}.html")
            if path.exists():  # the dialog asked about another name
                self.said.emit(tr("{path} is there already. Choose another name.").format(path=path))
                return
        self._desk.save(SaveRequest(path, report_of, hide_text))

    def _dialog(self, title: str, mode: QFileDialog.AcceptMode) -> QFileDialog:
        dialog = QFileDialog(self._parent, title, self._folder)
        dialog.setAcceptMode(mode)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog

    @Slot(str)
    def _open_chosen(self, chosen: str) -> None:
        self._folder = str(Path(chosen).parent)
        self.open(Path(chosen))

    @Slot(object)
    def _tell_saved(self, path: Path) -> None:
        self.said.emit(tr("The report is in {path}, with .json and .csv beside it.").format(path=path))
