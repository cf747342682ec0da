"""The models on this machine, from the window: the sheet that shows them, and what is done with them."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QFileDialog, QPushButton

from app import paths
from app.backends.memory import available_bytes
from app.backends.verified_import import ImportRequest
from app.catalog.importer import target_folder
from app.catalog.offered import offered
from app.language import marked, shown, tr
from app.ui.actions import Action
from app.ui.look.theme import Theme
from app.ui.main_window import MainWindow
from app.ui.models.add_card import AddCard
from app.ui.models.models_sheet import ModelsSheet
from app.ui.models.trashing import Trashing
from app.ui.models.work_card import WorkCard
from app.workers.listing import CatalogListing, ListedEntry
from app.workers.model_desk import ModelDesk
from app.workers.model_files import ModelArrived, PlaceRequest

_PREPARE_MS = 1500
"""After the first models are listed: the window has come up by then."""


class ModelLibrary(QObject):
    """Lives as long as the window."""

    def __init__(
        self, window: MainWindow, theme: Theme, desk: ModelDesk, open_file: Callable[[Path], None]
    ) -> None:
        """Takes over `desk`; `open_file` opens a model where it lies."""
        super().__init__(window)
        self._window = window
        self._desk = desk
        desk.setParent(self)
        self._shown = ""
        self._prepared = False
        self._awaited: Path | None = None
        self._offers: list[Path] = []
        centre = window.centralWidget()
        assert centre is not None
        self.sheet = ModelsSheet(window.catalog, theme, centre)
        self.add_card = AddCard()
        self.work_card = WorkCard()
        for card in (self.add_card, self.work_card):
            self.sheet.cards.addWidget(card)
        self.trashing = Trashing(window, self.sheet, desk, self)
        self._add_button(tr("Add a model …"), tr("Open or import a model that lies elsewhere"), self.ask)
        self._add_button(tr("Look again"), tr("Look through the model folders again"), window.scan)
        self.sheet.chosen.connect(self._show)
        self.sheet.use_requested.connect(self._use)
        self.sheet.import_requested.connect(self._offer_import)
        self.sheet.closed.connect(window.composer.setFocus)
        self.add_card.open_requested.connect(self._open_in_place)
        self.add_card.bring_requested.connect(self._bring)
        self.add_card.dismissed.connect(self._offer_next)
        self.work_card.cancel_requested.connect(desk.cancel)
        desk.progressed.connect(self.work_card.show_progress)
        desk.arrived.connect(self._receive)
        desk.restored.connect(self._await)
        desk.failed.connect(self.work_card.show_end)
        desk.failed.connect(self._offer_next)
        self._open_file = open_file
        window.files.model_given.connect(self.offer)
        registry = window.registry
        registry.add("models", marked("Model"), tr("Show all models"), "Ctrl+Shift+M", self.open)
        registry.about_to_run.connect(self._make_way)
        window.listed.connect(self._relist)
        window.closed.connect(desk.begin_shutdown)
        theme.changed.connect(self.sheet.show_colors)

    @Slot()
    def open(self) -> None:
        """Show the sheet, at the model of the chat."""
        self.sheet.open(self._window.top_bar.picker.currentText())

    @Slot(object)
    def offer(self, path: Path) -> None:
        """Show the sheet and ask what is to be done with the model at `path`, after those given before."""
        self._offers.append(path)
        if not self.sheet.isVisible():
            self.open()
        self._offer_next()

    @Slot()
    def _offer_next(self) -> None:
        """One after the other: nothing is asked while another is decided upon or brought."""
        if not self._offers or self._desk.bringing or not self.add_card.isHidden():
            return
        path, offer = offered(self._offers.pop(0))
        if offer:
            self.add_card.offer(path, self._target(), offer == "import")
        else:
            told = tr("{path} is no model: no .sbs, no .gguf and no Hugging Face folder.")
            self.work_card.show_end(told.format(path=path))
            self._offer_next()

    @Slot()
    def ask(self) -> None:
        """A dialog for a model that lies elsewhere; it deletes itself."""
        dialog = QFileDialog(
            self._window, tr("A model: .sbs, .gguf, or the config.json of a Hugging Face folder")
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(tr("Models (*.sbs *.gguf config.json)"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._offer_chosen)
        dialog.open()

    def wait_for_threads(self, timeout_ms: int) -> bool:
        """Block until the desk's thread has ended; False when it has not by then."""
        return self._desk.wait_for_shutdown(timeout_ms)

    def _add_button(self, text: str, tip: str, act: Callable[[], None]) -> None:
        button = QPushButton(text)
        button.setToolTip(tip)
        button.clicked.connect(lambda: act())
        self.sheet.add_action(button)

    def _target(self) -> Path:
        return target_folder(paths.model_folders(self._window.settings.models_dir))

    @Slot(str)
    def _offer_chosen(self, chosen: str) -> None:
        self.offer(Path(chosen))

    @Slot(object)
    def _offer_import(self, listed: ListedEntry) -> None:
        self.offer(listed.entry.path)

    @Slot(object)
    def _open_in_place(self, path: Path) -> None:
        if not self._offers:
            self.sheet.hide()
        self._open_file(path)
        self._offer_next()

    @Slot(object)
    def _bring(self, request: ImportRequest | PlaceRequest) -> None:
        if isinstance(request, ImportRequest):
            self.work_card.start(tr("Importing {name}").format(name=request.name))
        else:
            self.work_card.start(tr("Adding {name}").format(name=request.source.name))
        self._desk.bring(request)

    @Slot(object)
    def _receive(self, arrived: ModelArrived) -> None:
        self.work_card.show_end(arrived.summary)
        if not self.sheet.isVisible():
            self._window.notice.say(shown(arrived.summary))
        self._await(arrived.path)
        self._offer_next()

    @Slot(object)
    def _await(self, path: Path) -> None:
        """Look again, and put the cursor on what lies at `path` now."""
        self._awaited = path
        self._window.scan()

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

    @Slot()
    def _prepare(self) -> None:
        if not self.sheet.isVisible():
            self.sheet.prepare(self._window.top_bar.picker.currentText(), available_bytes())

    @Slot(object)
    def _relist(self, listing: CatalogListing) -> None:
        """A reset takes the cursor away; it goes back to where it was, or to what has just arrived."""
        for listed in listing.entries:
            if self._awaited is not None and listed.entry.path == self._awaited:
                self._awaited, self._shown = None, listed.entry.name
        if self.sheet.isVisible():
            self.sheet.choose(self._shown)
        elif not self._prepared:
            self._prepared = True
            QTimer.singleShot(_PREPARE_MS, self._prepare)

    @Slot(object)
    def _use(self, listed: ListedEntry) -> None:
        self._window.select(listed, self._window.settings.backend)
