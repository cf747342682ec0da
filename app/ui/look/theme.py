"""Light, dark and high contrast: the two font sizes, the colours and how they reach Qt. Follows the OS live.

One accent colour, an 8-pixel grid, two sizes, two weights. Must not know any widget.
"""

from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from app.ui.look.colors import DARK, HIGH_DARK, HIGH_LIGHT, LIGHT, Colors
from app.ui.look.stylesheet import stylesheet

GRID = 8
ThemeChoice = Literal["system", "light", "dark", "contrast"]


class Theme(QObject):
    """Applies colours to the application and says when they change. Lives as long as the application."""

    changed = Signal(object)
    """Colors; also when the text has another size."""

    def __init__(self, app: QApplication, choice: ThemeChoice = "system") -> None:
        super().__init__(app)
        self._app = app
        self._choice: ThemeChoice = choice
        self._usual_px = max(14, QFontInfo(app.font()).pixelSize())
        self._percent = 100
        app.setStyle("Fusion")
        self._hints = QGuiApplication.styleHints()  # kept: what it hands out is valid as long as this object
        self._hints.colorSchemeChanged.connect(self._refresh)
        if hasattr(self._hints, "accessibility"):
            self._hints.accessibility().contrastPreferenceChanged.connect(self._refresh)
        self.colors = self._wanted()
        self._apply()

    @property
    def choice(self) -> ThemeChoice:
        return self._choice

    def choose(self, choice: ThemeChoice) -> None:
        """Follow the OS, or stay light or dark, or have high contrast whatever the OS asks for."""
        self._choice = choice
        self._refresh()

    @property
    def body_px(self) -> int:
        """Height of the larger font."""
        return round(self._usual_px * self._percent / 100)

    @property
    def small_px(self) -> int:
        return max(10, round(self.body_px * 0.86))

    def scaled(self, pixels: int) -> int:
        """A width that holds so much text as `pixels` do at 100 %."""
        return round(pixels * self._percent / 100)

    def scale(self, percent: int) -> None:
        """Make all text larger or smaller than the system's."""
        if percent != self._percent:
            self._percent = percent
            self._apply()
            self.changed.emit(self.colors)

    def _wanted(self) -> Colors:
        follows = self._choice == "system"
        dark = self._choice == "dark" or (self._choice != "light" and system_is_dark())
        if self._choice == "contrast" or (follows and system_wants_contrast()):
            return HIGH_DARK if dark else HIGH_LIGHT
        return DARK if dark else LIGHT

    @Slot()
    def _refresh(self) -> None:
        colors = self._wanted()
        if colors != self.colors:
            self.colors = colors
            self._apply()
            self.changed.emit(colors)

    def _apply(self) -> None:
        font = QFont(self._app.font())
        font.setPixelSize(self.body_px)
        self._app.setFont(font)
        self._app.setPalette(palette(self.colors))
        mirrored = self._app.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self._app.setStyleSheet(stylesheet(self.colors, self.small_px, mirrored=mirrored))


def system_is_dark() -> bool:
    """What the OS asks for; light where it does not say."""
    return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark


def system_wants_contrast() -> bool:
    """Whether the OS asks for high contrast; Qt tells it from 6.10 on."""
    hints = QGuiApplication.styleHints()
    if not hasattr(hints, "accessibility"):
        return False
    return hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast


def palette(colors: Colors) -> QPalette:
    """What style sheets do not reach: selections, links, disabled text, tooltips."""
    result = QPalette()
    role = QPalette.ColorRole
    for target, value in (
        (role.Window, colors.window),
        (role.Base, colors.raised),
        (role.AlternateBase, colors.sidebar),
        (role.Button, colors.raised),
        (role.ToolTipBase, colors.raised),
        (role.WindowText, colors.text),
        (role.Text, colors.text),
        (role.ButtonText, colors.text),
        (role.ToolTipText, colors.text),
        (role.PlaceholderText, colors.muted),
        (role.Highlight, colors.accent),
        (role.HighlightedText, colors.on_accent),
        (role.Link, colors.accent),
        (role.LinkVisited, colors.accent),
        (role.Accent, colors.accent),
    ):
        result.setColor(target, QColor(value))
    for target in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, target, QColor(colors.muted))
    return result
