"""Icons that carry meaning, in the colour of the theme. The one place that knows the icon font."""

import qtawesome
from PySide6.QtGui import QIcon

from app.ui.colors import Colors

_NAMES = {
    "send": "mdi6.arrow-up",
    "stop": "mdi6.stop",
    "new": "mdi6.square-edit-outline",
    "search": "mdi6.magnify",
    "copy": "mdi6.content-copy",
    "done": "mdi6.check",
    "sidebar": "mdi6.dock-left",
    "panel": "mdi6.tune-variant",
    "error": "mdi6.alert-circle-outline",
    "dice": "mdi6.dice-5-outline",
    "down": "mdi6.arrow-down",
    "more": "mdi6.dots-horizontal",
    "close": "mdi6.close",
    "analysis": "mdi6.chart-line",
    "report": "mdi6.file-chart-outline",
    "pin": "mdi6.pin",
    "add column": "mdi6.table-column-plus-after",
}


def icon(name: str, color: str, disabled: str = "") -> QIcon:
    """The icon for a meaning; `color` is #rrggbb."""
    found: QIcon = qtawesome.icon(_NAMES[name], color=color, color_disabled=disabled or color)
    return found


def plain(name: str, colors: Colors) -> QIcon:
    """The icon in the colour of secondary text."""
    return icon(name, colors.muted)
