"""Light and dark: readable, and following the OS."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.colors import DARK, LIGHT, Colors
from app.ui.theme import Theme


def _luminance(color: str) -> float:
    """Relative luminance (WCAG 2.1) of #rrggbb."""
    parts = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_text_has_enough_contrast_on_every_surface(colors: Colors) -> None:
    surfaces = (colors.window, colors.sidebar, colors.raised, colors.hover, colors.selected, colors.code)
    texts = (colors.text, colors.muted, colors.accent, colors.danger, *colors.sides)
    assert min(_contrast(text, surface) for text in texts for surface in surfaces) >= 4.5
    assert _contrast(colors.on_accent, colors.accent) >= 4.5
    assert (
        min(_contrast(text, colors.danger_back) for text in (colors.text, colors.muted, colors.danger)) >= 4.5
    )
    assert _contrast(colors.window, colors.danger) >= 4.5


def test_the_theme_follows_the_system_unless_the_user_chose(
    qtbot: QtBot, qapp: QApplication, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    def system(scheme: Qt.ColorScheme) -> None:
        # The offscreen platform has no scheme of its own to switch.
        monkeypatch.setattr("app.ui.theme.system_is_dark", lambda: scheme is Qt.ColorScheme.Dark)
        QGuiApplication.styleHints().colorSchemeChanged.emit(scheme)

    try:
        theme.choose("system")
        system(Qt.ColorScheme.Dark)
        assert theme.colors == DARK
        assert qapp.palette().color(QPalette.ColorRole.Window).name() == DARK.window
        theme.choose("light")
        assert theme.colors == LIGHT
        system(Qt.ColorScheme.Dark)
        assert theme.colors == LIGHT
        theme.choose("system")
        assert theme.colors == DARK
        system(Qt.ColorScheme.Light)
        assert theme.colors == LIGHT
    finally:
        theme.choose("light")
