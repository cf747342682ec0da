"""Asks for the folder that holds the models, without a nested event loop."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget


def models_folder_dialog(parent: QWidget, current: str) -> QFileDialog:
    """To be connected (`fileSelected`) and opened; it deletes itself when it is closed."""
    dialog = QFileDialog(parent, "The folder that holds your models", current)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog
