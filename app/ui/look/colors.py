"""The colour sets: light and dark, and each with high contrast. Plain values, and the arithmetic of contrast.

Text has a contrast of at least 4.5:1 on every surface it is used on, and 7:1 in the sets of high contrast;
tests hold them to it. What takes its colours from elsewhere, code say, asks `readable`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Colors:
    """Every colour of the window, as #rrggbb."""

    window: str
    sidebar: str
    raised: str
    """Fields, cards, the composer."""
    hover: str
    selected: str
    border: str
    text: str
    muted: str
    accent: str
    on_accent: str
    danger: str
    danger_back: str
    """Behind a text in `danger`."""
    code: str
    sides: tuple[str, str, str]
    """Of a comparison: left, right, third."""
    dark: bool
    high: bool = False
    """High contrast: surfaces are told apart by their borders, not by their shade."""


LIGHT = Colors(
    window="#ffffff",
    sidebar="#f7f7f8",
    raised="#ffffff",
    hover="#ececef",
    selected="#e4e4fb",
    border="#dedee3",
    text="#1b1b1f",
    muted="#62626d",
    accent="#5053d4",
    on_accent="#ffffff",
    danger="#b3261e",
    danger_back="#fdf0ef",
    code="#f4f4f6",
    sides=("#5053d4", "#9c4407", "#08665b"),
    dark=False,
)

DARK = Colors(
    window="#19191c",
    sidebar="#141416",
    raised="#222226",
    hover="#2a2a2f",
    selected="#31315a",
    border="#36363c",
    text="#ececee",
    muted="#a3a3ae",
    accent="#9a9cff",
    on_accent="#15151a",
    danger="#ff8a80",
    danger_back="#3a2020",
    code="#222226",
    sides=("#9a9cff", "#ffab70", "#5fd3c0"),
    dark=True,
)

HIGH_LIGHT = Colors(
    window="#ffffff",
    sidebar="#ffffff",
    raised="#ffffff",
    hover="#ebebeb",
    selected="#d6e4ff",
    border="#000000",
    text="#000000",
    muted="#2e2e2e",
    accent="#0b2fb8",
    on_accent="#ffffff",
    danger="#8c0009",
    danger_back="#fff0f0",
    code="#ffffff",
    sides=("#0b2fb8", "#6b2d00", "#00483f"),
    dark=False,
    high=True,
)

HIGH_DARK = Colors(
    window="#000000",
    sidebar="#000000",
    raised="#000000",
    hover="#242424",
    selected="#0d2b5e",
    border="#ffffff",
    text="#ffffff",
    muted="#dcdcdc",
    accent="#8fd0ff",
    on_accent="#000000",
    danger="#ffb0a8",
    danger_back="#300000",
    code="#000000",
    sides=("#8fd0ff", "#ffc48f", "#8ff0df"),
    dark=True,
    high=True,
)


def mixed(color: str, back: str, share: float) -> str:
    """`color` laid over `back`, covering it by `share`; all as #rrggbb."""
    parts = ((int(color[at : at + 2], 16), int(back[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(over * share + under * (1 - share)):02x}" for over, under in parts)


def contrast(one: str, other: str) -> float:
    """Of two colours, #rrggbb, as WCAG 2.1 defines it: 1 for equal ones, 21 for black on white."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def readable(color: str, colors: Colors) -> str:
    """`color` as it is, or as much nearer to that of text as it takes to be read on the surface of code."""
    wanted = 7.0 if colors.high else 4.5
    steps = (mixed(colors.text, color, step / 20) for step in range(21))
    return next((found for found in steps if contrast(found, colors.code) >= wanted), colors.text)


def _luminance(color: str) -> float:
    parts = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
