"""The bar over the transcript: model picker, backend switch, and the buttons that fold the sides away."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from app.language import tr
from app.ui.backend_switch import BackendSwitch
from app.ui.look.colors import Colors
from app.ui.look.icons import plain
from app.ui.look.theme import Theme
from app.ui.models.catalog_item_model import CatalogItemModel
from app.ui.models.model_picker import ModelPicker
from app.ui.views import View


class TopBar(QFrame):
    """Holds its parts; the window connects them."""

    view_chosen = Signal(object)
    """View, by the user."""

    def __init__(
        self, catalog: CatalogItemModel, theme: Theme, compare: QWidget, parent: QWidget | None = None
    ) -> None:
        """`compare` holds the controls that take the picker's place in the comparison view."""
        super().__init__(parent)
        self.setObjectName("topBar")
        self.picker = ModelPicker(catalog, theme)
        self.switch = BackendSwitch()
        self.sidebar_button = _button(tr("Chats"), tr("Show or hide the chats"), checkable=True)
        self.panel_button = _button(
            tr("Settings and figures"), tr("Show or hide settings and figures"), checkable=True
        )
        self.compare_button = _button(tr("Compare"), tr("Two runtimes side by side"), checkable=True)
        self.compare_button.setText(tr("Compare"))
        self.compare_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.benchmark_button = _button(
            tr("Benchmark"), tr("Measure models and runtimes, and see earlier runs"), checkable=True
        )
        self.compare_button.clicked.connect(self._announce_comparison)
        self.benchmark_button.clicked.connect(self._announce_benchmark)
        self._title = QLabel(tr("Benchmark"))
        self._title.setProperty("look", "strong")
        self._more = _button(tr("More"), tr("Benchmark, models, chats, shortcuts, theme"), checkable=False)
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
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
        layout.addWidget(self._title, 1)
        layout.addWidget(self.compare_button)
        layout.addWidget(self.benchmark_button)
        layout.addWidget(self._more)
        layout.addWidget(self.panel_button)
        self.show_colors(theme.colors)

    def show_view(self, view: View) -> None:
        """Show what belongs to it."""
        self._chat.setVisible(view is View.CHAT)
        self._compare.setVisible(view is View.COMPARISON)
        self._title.setVisible(view is View.BENCHMARK)
        self.sidebar_button.setVisible(view is View.CHAT)
        self.panel_button.setVisible(view is not View.BENCHMARK)
        self.compare_button.setChecked(view is View.COMPARISON)
        self.benchmark_button.setVisible(view is View.BENCHMARK)  # else in the menu: the bar is full
        self.benchmark_button.setChecked(view is View.BENCHMARK)

    def show_colors(self, colors: Colors) -> None:
        self.sidebar_button.setIcon(plain("sidebar", colors))
        self.benchmark_button.setIcon(plain("benchmark", colors))
        self.panel_button.setIcon(plain("panel", colors))
        self._more.setIcon(plain("more", colors))

    def set_menu(self, menu: QMenu) -> None:
        """What the button ⋯ opens."""
        self._more.setMenu(menu)

    def _announce_comparison(self, wanted: bool) -> None:
        self.view_chosen.emit(View.COMPARISON if wanted else View.CHAT)

    def _announce_benchmark(self, wanted: bool) -> None:
        self.view_chosen.emit(View.BENCHMARK if wanted else View.CHAT)


def _button(name: str, tip: str, checkable: bool) -> QToolButton:
    button = QToolButton()
    button.setAccessibleName(name)
    button.setToolTip(tip)
    button.setCheckable(checkable)
    button.setIconSize(QSize(20, 20))
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button
