"""Icons that carry meaning, in the colour of the theme. The one place that names glyphs."""

from PySide6.QtGui import QIcon

from app.ui.look.colors import Colors
from app.ui.look.glyph_icon import glyph_icon

_NAMES = {
    "send": "arrow-up",
    "stop": "stop",
    "new": "square-edit-outline",
    "search": "magnify",
    "copy": "content-copy",
    "done": "check",
    "sidebar": "dock-left",
    "panel": "tune-variant",
    "error": "alert-circle-outline",
    "locked": "lock-outline",
    "unlocked": "lock-open-variant-outline",
    "keep": "content-save-outline",
    "down": "arrow-down",
    "up": "arrow-up",
    "more": "dots-horizontal",
    "close": "close",
    "analysis": "chart-line",
    "benchmark": "speedometer",
    "report": "file-chart-outline",
    "pin": "pin",
    "back": "arrow-left",
    "branch": "source-branch",
    "delete": "trash-can-outline",
    "edit": "pencil-outline",
    "continue": "play-outline",
    "regenerate": "refresh",
    "previous": "chevron-left",
    "next": "chevron-right",
    "attach": "paperclip",
    "file": "file-document-outline",
    "unfolded": "chevron-down",
    "folded": "chevron-right",
    "add column": "table-column-plus-after",
}


def icon(name: str, color: str, disabled: str = "") -> QIcon:
    """The icon for a meaning; `color` is #rrggbb."""
    return glyph_icon(_NAMES[name], color, disabled or color)


def plain(name: str, colors: Colors) -> QIcon:
    """The icon in the colour of secondary text."""
    return icon(name, colors.muted)
