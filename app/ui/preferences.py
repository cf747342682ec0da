"""The user's choices while the window is open: one frozen Settings after another, each told."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.settings import Settings


class Preferences(QObject):
    """Lives in the GUI thread."""

    changed = Signal(object, object)
    """Settings before, Settings now: at least one value differs."""

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings

    @property
    def settings(self) -> Settings:
        return self._settings

    def take(self, settings: Settings) -> None:
        """Replace all of them."""
        before, self._settings = self._settings, settings
        if settings != before:
            self.changed.emit(before, settings)

    def change(self, **values: object) -> None:
        """Replace the values named."""
        self.take(replace(self._settings, **values))  # type: ignore[arg-type]
