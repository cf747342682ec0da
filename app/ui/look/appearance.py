"""Lets what the user chose of the window's looks reach the theme, wherever it was chosen."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from app.language import marked
from app.settings import Settings
from app.ui.look.theme import Theme, ThemeChoice
from app.ui.preferences import Preferences

THEMES: Mapping[ThemeChoice, str] = {
    "system": marked("Follow the system"),
    "light": marked("Light"),
    "dark": marked("Dark"),
    "contrast": marked("High contrast"),
}
"""What can be chosen, in words to be translated."""

SMALLEST, USUAL, LARGEST, STEP = 80, 100, 200, 10
"""Sizes of text, in percent of the system's."""


class Appearance(QObject):
    """Lives as long as the window."""

    def __init__(
        self, preferences: Preferences, theme: Theme, sides: Sequence[QWidget], parent: QObject
    ) -> None:
        """`sides` have a fixed width, which grows with the text."""
        super().__init__(parent)
        self._sides = [(side, side.minimumWidth()) for side in sides]
        self._preferences = preferences
        self._theme = theme
        preferences.changed.connect(self._apply)
        theme.changed.connect(self._fit_sides)
        theme.scale(preferences.settings.font_percent)
        self._fit_sides()

    @property
    def theme_choice(self) -> str:
        return self._preferences.settings.theme

    def choose_theme(self, choice: str) -> None:
        self._preferences.change(theme=choice)

    def next_theme(self) -> None:
        """From the system's to light, to dark, to high contrast, and round again."""
        choices = [*THEMES, *THEMES]
        self.choose_theme(choices[choices.index(_known(self.theme_choice)) + 1])

    def change_size(self, by: int) -> None:
        """Make all text larger or smaller by so many percent of the system's; 0 = as the system has it."""
        wanted = self._preferences.settings.font_percent + by if by else USUAL
        self._preferences.change(font_percent=max(SMALLEST, min(LARGEST, wanted)))

    @Slot(object, object)
    def _apply(self, before: Settings, now: Settings) -> None:
        if now.theme != before.theme:
            self._theme.choose(_known(now.theme))
        if now.font_percent != before.font_percent:
            self._theme.scale(now.font_percent)

    @Slot()
    def _fit_sides(self) -> None:
        for side, width in self._sides:
            side.setFixedWidth(self._theme.scaled(width))


def _known(choice: str) -> ThemeChoice:
    return next((known for known in THEMES if known == choice), "system")
