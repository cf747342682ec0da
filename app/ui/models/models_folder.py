"""The user's own model folders: asks for one without a nested event loop, and has them looked through."""

import os
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from app.language import tr
from app.settings import Settings
from app.ui.preferences import Preferences


class ModelsFolder(QObject):
    """Lives as long as the window."""

    said = Signal(str)
    """A sentence for the user."""

    def __init__(self, preferences: Preferences, scan: Callable[[], None], window: QWidget) -> None:
        """`scan` looks through the folders that the settings name."""
        super().__init__(window)
        self._preferences = preferences
        self._scan = scan
        self._window = window
        preferences.changed.connect(self._look)

    @property
    def folders(self) -> Sequence[str]:
        """Those of the settings, most important first."""
        return folders_of(self._preferences.settings)

    @Slot()
    def ask(self) -> None:
        """The dialog deletes itself when it is closed."""
        current = next(iter(self.folders), "")
        dialog = QFileDialog(self._window, tr("A folder that holds models"), current)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.use)
        dialog.open()

    @Slot(str)
    def use(self, folder: str) -> None:
        """Look in `folder` before all others."""
        if os.pathsep in folder:
            told = tr("{folder} cannot be used: “{sign}” in its name separates folders.")
            self.said.emit(told.format(folder=folder, sign=os.pathsep))
            return
        self._keep([folder, *(other for other in self.folders if other != folder)])

    @Slot(str)
    def leave(self, folder: str) -> None:
        """Look in `folder` no more; nothing in it is touched."""
        self._keep([other for other in self.folders if other != folder])

    def _keep(self, folders: Sequence[str]) -> None:
        self._preferences.change(models_dir=os.pathsep.join(folders))

    @Slot(object, object)
    def _look(self, before: Settings, now: Settings) -> None:
        if now.models_dir != before.models_dir:
            self._scan()


def folders_of(settings: Settings) -> Sequence[str]:
    """The user's own model folders, most important first."""
    return [folder for folder in settings.models_dir.split(os.pathsep) if folder]
