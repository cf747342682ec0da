"""The models on this machine, from the window: the sheet that shows them, and what is done with them."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QPushButton

from app.backends.memory import available_bytes
from app.ui.actions import Action
from app.ui.main_window import MainWindow
from app.ui.models.models_sheet import ModelsSheet
from app.ui.theme import Theme
from app.workers.listing import CatalogListing, ListedEntry


class ModelLibrary(QObject):
    """Lives as long as the window."""

    def __init__(self, window: MainWindow, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._shown = ""
        centre = window.centralWidget()
        assert centre is not None
        self.sheet = ModelsSheet(window.catalog, theme, centre)
        rescan = QPushButton("Look again")
        rescan.setToolTip("Look through the model folders again")
        rescan.clicked.connect(window.scan)
        self.sheet.library_actions.addWidget(rescan)
        self.sheet.chosen.connect(self._show)
        self.sheet.use_requested.connect(self._use)
        self.sheet.closed.connect(window.composer.setFocus)
        registry = window.registry
        registry.add("models", "Model", "Show all models", "Ctrl+Shift+M", self.open)
        registry.about_to_run.connect(self._make_way)
        window.listed.connect(self._relist)
        theme.changed.connect(self.sheet.show_colors)

    @Slot()
    def open(self) -> None:
        """Show the sheet, at the model of the chat."""
        self.sheet.open(self._window.top_bar.picker.currentText())

    @Slot(object)
    def _show(self, listed: ListedEntry | None) -> None:
        if not self.sheet.isVisible():
            return
        if listed is not None:
            self._shown = listed.entry.name
        self.sheet.show_model(listed, available_bytes())

    @Slot(object)
    def _make_way(self, action: Action) -> None:
        """What is done in the window is seen there."""
        if not action.anywhere:
            self.sheet.hide()

    @Slot(object)
    def _relist(self, _listing: CatalogListing) -> None:
        """A reset takes the cursor away; it goes back to where it was."""
        if self.sheet.isVisible():
            self.sheet.choose(self._shown)

    @Slot(object)
    def _use(self, listed: ListedEntry) -> None:
        self._window.select(listed, self._window.settings.backend)
