"""The two colour sets, light and dark. Plain values.

Text colours have a contrast of at least 4.5:1 on every surface they are used on; a test holds them to it.
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


def mixed(color: str, back: str, share: float) -> str:
    """`color` laid over `back`, covering it by `share`; all as #rrggbb."""
    parts = ((int(color[at : at + 2], 16), int(back[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(over * share + under * (1 - share)):02x}" for over, under in parts)
