"""The box the user types in. Files that are pasted, and very long texts, are not typed: it hands them on.

Files that are dragged over it are the window's, which takes them wherever they are dropped.
"""

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.language import tr

LONG_TEXT = 4000
"""Characters; a longer text that is pasted becomes an attachment."""


def local_files(data: QMimeData) -> list[Path]:
    """The files of this machine that are dragged or on the clipboard; none when anything else is among
    them.
    """
    urls = data.urls()
    return [Path(url.toLocalFile()) for url in urls] if all(url.isLocalFile() for url in urls) else []


class MessageEditor(QPlainTextEdit):
    """Plain text only."""

    files_pasted = Signal(object)
    """list[Path]."""
    long_text_pasted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Message"))
        self.setPlaceholderText(tr("Write a message"))
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: N802
        return bool(local_files(source)) or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802
        if files := local_files(source):
            self.files_pasted.emit(files)
        elif len(source.text()) > LONG_TEXT:
            self.long_text_pasted.emit(source.text())
        else:
            super().insertFromMimeData(source)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()):
            event.ignore()
        else:
            super().dragEnterEvent(event)
