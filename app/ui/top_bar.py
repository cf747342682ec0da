"""The bar over the transcript: model picker, backend switch, and the buttons that fold the sides away."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QWidget

from app.ui.backend_switch import BackendSwitch
from app.ui.catalog_item_model import CatalogItemModel
from app.ui.colors import Colors
from app.ui.icons import plain
from app.ui.model_picker import ModelPicker
from app.ui.theme import Theme

_THEMES = (("system", "Follow the system"), ("light", "Light"), ("dark", "Dark"))


class TopBar(QFrame):
    """Holds its parts; the window connects them."""

    rescan_requested = Signal()
    folder_requested = Signal()
    theme_chosen = Signal(str)
    """"system", "light" or "dark"."""

    def __init__(
        self, catalog: CatalogItemModel, theme: Theme, compare: QWidget, parent: QWidget | None = None
    ) -> None:
        """`compare` holds the controls that take the picker's place in the comparison view."""
        super().__init__(parent)
        self.setObjectName("topBar")
        self.picker = ModelPicker(catalog, theme)
        self.switch = BackendSwitch()
        self.sidebar_button = _button("Chats", "Show or hide the chats (Ctrl+B)", checkable=True)
        self.panel_button = _button(
            "Settings and figures", "Show or hide settings and figures (Ctrl+.)", checkable=True
        )
        self.compare_button = _button("Compare", "Two runtimes side by side (Ctrl+Shift+C)", checkable=True)
        self.compare_button.setText("Compare")
        self.compare_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self._more = _button("More", "Models folder, theme", checkable=False)
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        menu.addAction("Rescan the model folders", self.rescan_requested.emit)
        menu.addAction("Choose the models folder …", self.folder_requested.emit)
        menu.addSeparator()
        group = QActionGroup(self)
        for name, title in _THEMES:
            action = QAction(title, self)
            action.setCheckable(True)
            action.setData(name)
            action.setChecked(name == theme.choice)
            group.addAction(action)
            menu.addAction(action)
        group.triggered.connect(self._theme_picked)
        self._more.setMenu(menu)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(8)
        self._chat, self._compare = QWidget(), compare
        inner = QHBoxLayout(self._chat)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(16)
        inner.addWidget(self.picker)
        inner.addWidget(self.switch, 1)
        layout.addWidget(self.sidebar_button)
        layout.addWidget(self._chat, 1)
        layout.addWidget(compare, 1)
        layout.addWidget(self.compare_button)
        layout.addWidget(self._more)
        layout.addWidget(self.panel_button)
        self.show_colors(theme.colors)

    def show_view(self, compare: bool) -> None:
        """Show the controls of the chat or of the comparison."""
        self._chat.setVisible(not compare)
        self._compare.setVisible(compare)
        self.sidebar_button.setVisible(not compare)
        self.compare_button.setChecked(compare)

    def show_colors(self, colors: Colors) -> None:
        self.sidebar_button.setIcon(plain("sidebar", colors))
        self.panel_button.setIcon(plain("panel", colors))
        self._more.setIcon(plain("more", colors))

    def _theme_picked(self, action: QAction) -> None:
        self.theme_chosen.emit(action.data())


def _button(name: str, tip: str, checkable: bool) -> QToolButton:
    button = QToolButton()
    button.setAccessibleName(name)
    button.setToolTip(tip)
    button.setCheckable(checkable)
    button.setIconSize(QSize(20, 20))
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button
