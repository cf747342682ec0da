"""Which of the two sides are on screen: those the user wants, as far as the middle keeps its room."""

from PySide6.QtCore import QObject, QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QToolButton, QWidget


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
            side.setVisible(fits)
            with QSignalBlocker(button):
                button.setChecked(fits)

    @Slot(bool)
    def _toggle_sidebar(self, visible: bool) -> None:
        self.sidebar_open = visible
        self._sidebar_first = visible
        self._tell()

    @Slot(bool)
    def _toggle_panel(self, visible: bool) -> None:
        self.panel_open = visible
        self._sidebar_first = not visible
        self._tell()

    def _tell(self) -> None:
        self.fit(self._width, self._middle)
        self.changed.emit()
