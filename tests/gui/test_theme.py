"""Light, dark and high contrast: readable, and following the OS."""

import re

import pytest
from pygments.styles import get_style_by_name
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.compare.word_diff_view import SHARE
from app.ui.look.colors import DARK, HIGH_DARK, HIGH_LIGHT, LIGHT, Colors, contrast, mixed, readable
from app.ui.look.stylesheet import stylesheet
from app.ui.look.theme import Theme

ALL = {"light": LIGHT, "dark": DARK, "high light": HIGH_LIGHT, "high dark": HIGH_DARK}
each_theme = pytest.mark.parametrize("colors", ALL.values(), ids=ALL.keys())
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_NO_TEXT = ("QSplitter", "QScrollBar", "QProgressBar", "::indicator")


def _least(colors: Colors) -> float:
    return 7.0 if colors.high else 4.5


@each_theme
def test_text_has_enough_contrast_on_every_surface(colors: Colors) -> None:
    surfaces = (colors.window, colors.sidebar, colors.raised, colors.hover, colors.selected, colors.code)
    texts = (colors.text, colors.muted, colors.accent, colors.danger, *colors.sides)
    found = {(text, surface): contrast(text, surface) for text in texts for surface in surfaces}
    found |= {(text, colors.danger_back): contrast(text, colors.danger_back) for text in texts[:4]}
    found |= {("on", colors.accent): contrast(colors.on_accent, colors.accent)}
    found |= {("on", colors.danger): contrast(colors.window, colors.danger)}
    assert {pair: ratio for pair, ratio in found.items() if ratio < _least(colors)} == {}


@each_theme
def test_every_rule_of_the_style_sheet_can_be_read(colors: Colors) -> None:
    """Text over its own background where a rule names both, else over every surface."""
    surfaces = {colors.window, colors.sidebar, colors.raised, colors.hover, colors.selected}
    pairs: dict[tuple[str, str], str] = {}
    for selector, body in _RULE.findall(stylesheet(colors, 12)):
        if any(word in selector for word in _NO_TEXT):
            continue
        named = dict(line.split(":", 1) for line in body.replace("\n", "").split(";") if ":" in line)
        values = {name.strip(): value.strip() for name, value in named.items()}
        selected = (values.get("selection-color", ""), values.get("selection-background-color", ""))
        for front, back in ((values.get("color", ""), values.get("background", "")), selected):
            fronts = [front] if front else [colors.text]
            backs = [back] if back.startswith("#") else surfaces if front else []
            pairs |= {(one, other): selector.strip() for one in fronts for other in backs}
    assert len(pairs) > 10
    weak = {
        pairs[pair]: (*pair, round(contrast(*pair), 2)) for pair in pairs if contrast(*pair) < _least(colors)
    }
    # A round button's sign is painted in the colour that belongs on the accent.
    assert {selector: pair for selector, pair in weak.items() if "round" not in selector} == {}


@each_theme
def test_code_and_marked_words_can_be_read(colors: Colors) -> None:
    style = get_style_by_name("github-dark" if colors.dark else "default")
    shown = {readable(f"#{form['color']}", colors) for _, form in style if form["color"]}
    assert len(shown) > 5, "the colours are still told apart"
    assert min(contrast(color, colors.code) for color in shown) >= _least(colors)
    backs = [mixed(side, colors.window, SHARE) for side in colors.sides]
    assert min(contrast(text, back) for text in (colors.text, colors.muted) for back in backs) >= 4.5


@each_theme
def test_what_has_the_keyboard_and_every_border_of_high_contrast_can_be_seen(colors: Colors) -> None:
    surfaces = (colors.window, colors.sidebar, colors.raised, colors.hover, colors.selected)
    assert min(contrast(colors.accent, surface) for surface in surfaces) >= 3
    assert not colors.high or min(contrast(colors.border, surface) for surface in surfaces) >= 7


def test_the_theme_follows_the_system_unless_the_user_chose(
    qtbot: QtBot, qapp: QApplication, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    def system(scheme: Qt.ColorScheme) -> None:
        # The offscreen platform has no scheme of its own to switch.
        monkeypatch.setattr("app.ui.look.theme.system_is_dark", lambda: scheme is Qt.ColorScheme.Dark)
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


def test_high_contrast_is_chosen_or_what_the_system_asks_for(
    qtbot: QtBot, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    hints = QGuiApplication.styleHints()

    def system(scheme: Qt.ColorScheme, preference: Qt.ContrastPreference) -> None:
        monkeypatch.setattr("app.ui.look.theme.system_is_dark", lambda: scheme is Qt.ColorScheme.Dark)
        high = preference is Qt.ContrastPreference.HighContrast
        monkeypatch.setattr("app.ui.look.theme.system_wants_contrast", lambda: high)
        hints.accessibility().contrastPreferenceChanged.emit(preference)

    plain, high = Qt.ContrastPreference.NoPreference, Qt.ContrastPreference.HighContrast
    try:
        theme.choose("system")
        system(Qt.ColorScheme.Light, high)
        assert theme.colors == HIGH_LIGHT
        system(Qt.ColorScheme.Dark, high)
        assert theme.colors == HIGH_DARK
        theme.choose("dark")
        assert theme.colors == DARK, "what the user chose counts"
        system(Qt.ColorScheme.Dark, plain)
        theme.choose("contrast")
        assert theme.colors == HIGH_DARK
        system(Qt.ColorScheme.Light, plain)
        assert theme.colors == HIGH_LIGHT
        theme.choose("system")
        assert theme.colors == LIGHT
    finally:
        theme.choose("light")
