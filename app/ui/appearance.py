"""Lets what the user chose of the window's looks reach the theme, wherever it was chosen."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Slot

from app.settings import Settings
from app.ui.preferences import Preferences
from app.ui.theme import Theme, ThemeChoice

THEMES: Mapping[ThemeChoice, str] = {
    "system": "Follow the system",
    "light": "Light",
    "dark": "Dark",
    "contrast": "High contrast",
}
"""What can be chosen, in words."""


class Appearance(QObject):
    """Lives as long as the window."""

    def __init__(self, preferences: Preferences, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._theme = theme
        preferences.changed.connect(self._apply)

    @property
    def theme_choice(self) -> str:
        return self._preferences.settings.theme

    def choose_theme(self, choice: str) -> None:
        self._preferences.change(theme=choice)

    def next_theme(self) -> None:
        """From the system's to light, to dark, to high contrast, and round again."""
        choices = [*THEMES, *THEMES]
        self.choose_theme(choices[choices.index(_known(self.theme_choice)) + 1])

    @Slot(object, object)
    def _apply(self, before: Settings, now: Settings) -> None:
        if now.theme != before.theme:
            self._theme.choose(_known(now.theme))


def _known(choice: str) -> ThemeChoice:
    return next((known for known in THEMES if known == choice), "system")
