"""What a column runs, and its own stop: model, runtime, and a menu. Says what the user asked for."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from app.language import shown, tr
from app.ui.compare.runtime_choice import RuntimeChoice
from app.ui.compare.side_words import side_in
from app.ui.look.chevron_combo import ChevronCombo
from app.ui.look.colors import Colors
from app.ui.look.icons import icon, plain
from app.ui.look.theme import Theme
from app.ui.models.catalog_item_model import CatalogItemModel
from app.ui.models.model_picker import ModelPicker
from app.workers.listing import ListedEntry

_WIDEST = 264


class ColumnHeader(QWidget):
    """One row. `show_...` methods are silent."""

    model_picked = Signal(object)
    """ListedEntry."""
    runtime_picked = Signal(object)
    """RuntimeChoice."""
    stop_requested = Signal()
    continue_requested = Signal()
    remove_requested = Signal()

    def __init__(
        self, catalog: CatalogItemModel, choices: Sequence[RuntimeChoice], theme: Theme, side: str
    ) -> None:
        super().__init__()
        self._choices: tuple[RuntimeChoice, ...] = ()
        self.picker = ModelPicker(catalog, theme)
        self.picker.setMinimumWidth(104)
        # Its name is the same on most sides, and stands over the answer, too: the runtime comes first.
        self.picker.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.picker.setAccessibleName(tr("Model of the {side} side").format(side=side_in(side)))
        self.runtime = ChevronCombo()
        self.runtime.setAccessibleName(tr("Runtime of the {side} side").format(side=side_in(side)))
        self.runtime.setToolTip(tr("Backend, engine and precision"))
        self.runtime.setMinimumContentsLength(8)
        self.runtime.setSizeAdjustPolicy(
            ChevronCombo.SizeAdjustPolicy.AdjustToContents
        )  # where there is room
        self.runtime.setMaximumWidth(_WIDEST)
        self.show_choices(choices)
        self.stop = _button(tr("Stop the answer of the {side} side").format(side=side_in(side)))
        self.stop.setToolTip(tr("Stop this side only"))
        self.stop.clicked.connect(self.stop_requested)
        self.stop.setEnabled(False)
        self._more = _button(tr("More of the {side} side").format(side=side_in(side)))
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        self.continue_action = menu.addAction(tr("Continue in a chat"), self.continue_requested.emit)
        self.remove_action = menu.addAction(tr("Remove this column"), self.remove_requested.emit)
        self._more.setMenu(menu)
        self.picker.picked.connect(self.model_picked)
        self.runtime.activated.connect(self._announce)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.picker, 1)
        layout.addWidget(self.runtime)
        layout.addWidget(self.stop)
        layout.addWidget(self._more)
        self.show_colors(theme.colors)

    def show_choices(self, choices: Sequence[RuntimeChoice]) -> None:
        """All runtimes there are; call `show_runtime` and `show_openable` then."""
        self._choices = tuple(choices)
        self.runtime.clear()
        for choice in choices:
            self.runtime.addItem(choice.words)

    def show_runtime(self, choice: RuntimeChoice) -> None:
        self.runtime.setCurrentIndex(self._choices.index(choice))

    def show_openable(self, listed: ListedEntry | None) -> None:
        """Grey out the runtimes that do not open the model, with their reason."""
        item_model = self.runtime.model()
        for row, choice in enumerate(self._choices):
            state = listed.backends.get(choice.backend) if listed is not None else None
            usable = state is not None and state.available
            index = item_model.index(row, 0)
            item_model.setData(index, None if usable else 0, Qt.ItemDataRole.UserRole - 1)  # flags
            reason = shown(state.reason) if state is not None else ""
            item_model.setData(index, "" if usable else reason, Qt.ItemDataRole.ToolTipRole)

    def show_running(self, running: bool) -> None:
        self.stop.setEnabled(running)

    def show_colors(self, colors: Colors) -> None:
        self.stop.setIcon(icon("stop", colors.text, colors.border))
        self._more.setIcon(plain("more", colors))

    def _announce(self, row: int) -> None:
        self.runtime_picked.emit(self._choices[row])


def _button(name: str) -> QToolButton:
    button = QToolButton()
    button.setAccessibleName(name)
    button.setToolTip(name)
    button.setIconSize(QSize(18, 18))
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button
