"""Which of the two sides are on screen: those the user wants, as far as the middle keeps its room.

A side that was asked for and has no room, though the other one is away, is laid over the middle.
"""

from PySide6.QtCore import QObject, QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QToolButton, QWidget

from app.ui.side_drawer import SideDrawer


class SideFolding(QObject):
    """Shows and hides the sidebar (left) and the panel (right), each with the button that folds it."""

    changed = Signal()
    """The user folded or unfolded a side."""

    def __init__(
        self,
        sidebar: QWidget,
        sidebar_button: QToolButton,
        panel: QWidget,
        panel_button: QToolButton,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.sidebar_open = True
        self.panel_open = True
        self.sidebar_allowed = True
        """False in a view to which the sidebar does not belong."""
        self.panel_allowed = True
        """Likewise."""
        self._sidebar = sidebar
        self._sidebar_button = sidebar_button
        self._panel = panel
        self._panel_button = panel_button
        bar = panel_button.parentWidget()
        self._drawers = {side: SideDrawer(side, bar, self) for side in (sidebar, panel)}
        self._over: QWidget | None = None
        self._sidebar_first = False
        self._width = 0
        self._middle = 0
        sidebar_button.toggled.connect(self._toggle_sidebar)
        panel_button.toggled.connect(self._toggle_panel)

    def fit(self, width: int, middle: int) -> None:
        """Into `width` pixels, of which the middle keeps `middle`; the side asked for last goes first."""
        self._width, self._middle = width, middle
        sides = [
            (self._panel, self._panel_button, self.panel_open and self.panel_allowed),
            (self._sidebar, self._sidebar_button, self.sidebar_open and self.sidebar_allowed),
        ]
        room = width - middle
        for side, button, shown in reversed(sides) if self._sidebar_first else sides:
            fits = shown and side.minimumWidth() <= room
            room -= side.minimumWidth() if fits else 0
            if self._over is side and (fits or not shown):
                self._over = None
            self._show(side, button, fits)

    def _show(self, side: QWidget, button: QToolButton, fits: bool) -> None:
        over = self._over is side
        if over:
            self._drawers[side].lay_over()
        else:
            self._drawers[side].put_back()
        side.setVisible(fits or over)
        with QSignalBlocker(button):
            button.setChecked(fits or over)

    @Slot(bool)
    def _toggle_sidebar(self, visible: bool) -> None:
        self.sidebar_open = visible
        self._sidebar_first = visible
        self._tell(self._sidebar if visible else None)

    @Slot(bool)
    def _toggle_panel(self, visible: bool) -> None:
        self.panel_open = visible
        self._sidebar_first = not visible
        self._tell(self._panel if visible else None)

    def _tell(self, wanted: QWidget | None) -> None:
        self._over = None
        self.fit(self._width, self._middle)
        if wanted is not None and wanted.isHidden():
            self._over = wanted
            self.fit(self._width, self._middle)
        self.changed.emit()
