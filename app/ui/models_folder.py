"""Asks for the folder that holds the models, without a nested event loop, and has it looked through."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from app.settings import Settings
from app.ui.preferences import Preferences


class ModelsFolder(QObject):
    """Lives as long as the window."""

    def __init__(self, preferences: Preferences, scan: Callable[[], None], window: QWidget) -> None:
        """`scan` looks through the folders that the settings name."""
        super().__init__(window)
        self._preferences = preferences
        self._scan = scan
        self._window = window
        preferences.changed.connect(self._look)

    @Slot()
    def ask(self) -> None:
        """The dialog deletes itself when it is closed."""
        current = self._preferences.settings.models_dir
        dialog = QFileDialog(self._window, "The folder that holds your models", current)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.use)
        dialog.open()

    @Slot(str)
    def use(self, folder: str) -> None:
        self._preferences.change(models_dir=folder)

    @Slot(object, object)
    def _look(self, before: Settings, now: Settings) -> None:
        if now.models_dir != before.models_dir:
            self._scan()
