"""File dialogs that begin in the folder of the last time, and do not hold up the event loop."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget


class FileDialogs:
    """Of one purpose; `window` is what they belong to."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)

    def make(self, title: str) -> QFileDialog:
        """To be connected and opened; it deletes itself when it is closed."""
        dialog = QFileDialog(self._window, title, self._folder)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog

    def remember(self, folder: Path) -> None:
        """Where the next one begins."""
        self._folder = str(folder)
