"""The axis of a plot, with numbers as the window's language writes them.

Imports pyqtgraph, as its plot does.
"""

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QLocale


class NumberAxis(pg.AxisItem):  # type: ignore[misc]
    """pyqtgraph itself writes a point before decimals, in every language."""

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:  # noqa: N802
        point = QLocale().decimalPoint()
        return [text.replace(".", point) for text in super().tickStrings(values, scale, spacing)]
