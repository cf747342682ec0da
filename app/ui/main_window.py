"""The window: lays the parts out and connects them. It decides nothing about models; that is the flow's.

sidebar | top bar           | side panel
        | notice            |
        | pane (transcript) |
        | composer          |
"""

import base64
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QByteArray, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from app.backends.base import OpenOptions
from app.chat.prompt import PromptStyle
from app.settings import Settings
from app.ui.answer_pane import AnswerPane, centred
from app.ui.catalog_item_model import CatalogItemModel, describe_files
from app.ui.chat_list_item_model import ChatListItemModel
from app.ui.chat_session import ChatSession
from app.ui.chat_sidebar import ChatSidebar
from app.ui.colors import Colors
from app.ui.composer import Composer
from app.ui.conversation_flow import ConversationFlow, Target
from app.ui.notice_bar import NoticeBar
from app.ui.sampling_panel import sampling_of
from app.ui.side_panel import SidePanel
from app.ui.theme import Theme
from app.ui.top_bar import TopBar
from app.workers.catalog_scanner import CatalogScanner
from app.workers.controller import GenerationController
from app.workers.listing import CatalogListing, ListedEntry


class MainWindow(QMainWindow):
    """Takes over `controller` and `scanner`, and ends both when it closes."""

    listed = Signal(object)
    """CatalogListing: the picker shows it now."""
    closed = Signal()
    """The window is gone from the screen; the controller's thread may still be ending."""

    def __init__(
        self, controller: GenerationController, scanner: CatalogScanner, settings: Settings, theme: Theme
    ) -> None:
        super().__init__()
        self.setWindowTitle("Facet")
        self._settings = settings
        self._controller = controller
        self._scanner = scanner
        self._theme = theme
        self.listing: CatalogListing | None = None
        """The last scan; None until there is one."""
        self._listed: ListedEntry | None = None
        self._styles: dict[Path, PromptStyle] = {}
        self._closing = False
        self._sidebar_first = False
        controller.setParent(self)
        scanner.setParent(self)

        self.catalog = CatalogItemModel(self)
        self.chats = ChatListItemModel(self)
        colors = theme.colors
        self.sidebar = ChatSidebar(self.chats, colors)
        self.top_bar = TopBar(self.catalog, theme)
        self.notice = NoticeBar(colors)
        self.pane = AnswerPane(colors)
        self.composer = Composer(colors)
        self.panel = SidePanel(settings, colors)
        self.flow = ConversationFlow(controller, self.pane, self.panel.figures, self)
        self.flow.sampling = sampling_of(settings)
        self._lay_out()
        self._connect()
        self._restore()
        self.new_chat()
        self.scan()

    @property
    def controller(self) -> GenerationController:
        return self._controller

    @property
    def settings(self) -> Settings:
        """The user's choices as they are now."""
        geometry = base64.b64encode(self.saveGeometry().data()).decode("ascii")
        return replace(self._settings, window_geometry=geometry)

    @Slot()
    def scan(self) -> None:
        """Look through the model folders in the background."""
        self._scanner.scan(self._settings.models_dir)

    @Slot()
    def new_chat(self) -> None:
        """Start an empty chat; one that is empty already is used again."""
        top = self.chats.chat_at(self.chats.index(0)) if self.chats.rowCount() else None
        if top is None or top.messages:
            top = ChatSession()
            self.chats.add(top)
        self.show_chat(top)

    @Slot(object)
    def show_chat(self, chat: ChatSession) -> None:
        self.sidebar.show_current(chat)
        self.flow.show_chat(chat)
        self.composer.setFocus()

    def wait_for_threads(self, timeout_ms: int) -> bool:
        """Block until both threads have ended; False when one has not by then."""
        ended = self._controller.wait_for_shutdown(timeout_ms)
        return self._scanner.wait_for_shutdown(timeout_ms) and ended

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_sides()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Cancel, queue the close, leave the screen at once. Waiting for the threads is the application's."""
        if not self._closing:
            self._closing = True
            self.flow.shutdown()
            self.closed.emit()
        super().closeEvent(event)

    def _lay_out(self) -> None:
        centre = QFrame()
        centre.setObjectName("centre")
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top_bar)
        column.addWidget(self.notice)
        column.addWidget(self.pane, 1)
        column.addWidget(centred(self.composer, bottom=16))
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addWidget(centre, 1)
        row.addWidget(self.panel)
        self.setCentralWidget(whole)
        self.setMinimumSize(880, 480)  # the top bar and one side

    def _connect(self) -> None:
        self._scanner.listed.connect(self._show_listing)
        self._scanner.failed.connect(self.notice.say)
        self.sidebar.new_requested.connect(self.new_chat)
        self.sidebar.chosen.connect(self.show_chat)
        bar = self.top_bar
        bar.picker.picked.connect(self._pick)
        bar.switch.chosen.connect(self._choose_backend)
        bar.rescan_requested.connect(self.scan)
        bar.folder_requested.connect(self._ask_for_folder)
        bar.theme_chosen.connect(self._choose_theme)
        bar.sidebar_button.toggled.connect(self._show_sidebar)
        bar.panel_button.toggled.connect(self._show_panel)
        self.composer.submitted.connect(self._send)
        self.composer.stop_requested.connect(self.flow.stop)
        self.flow.changed.connect(self._refresh)
        self.flow.chat_grew.connect(self.chats.title_changed)
        self.pane.transcript.other_backend_requested.connect(self._use_other_backend)
        sampling = self.panel.sampling
        sampling.changed.connect(self._sampling_changed)
        sampling.dtype_changed.connect(self._dtype_changed)
        sampling.style_changed.connect(self._style_changed)
        self._theme.changed.connect(self._show_colors)
        shortcuts: tuple[tuple[str, Callable[[], None]], ...] = (
            ("Esc", self.flow.stop),
            ("Ctrl+N", self.new_chat),
            ("Ctrl+B", bar.sidebar_button.toggle),
            ("Ctrl+.", bar.panel_button.toggle),
            ("Ctrl+F", self.sidebar.search.setFocus),
            ("Ctrl+Q", self._quit),
        )
        for keys, action in shortcuts:
            QShortcut(QKeySequence(keys), self).activated.connect(action)

    def _restore(self) -> None:
        self.resize(1240, 800)
        geometry = QByteArray.fromBase64(self._settings.window_geometry.encode())
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)
        self._fit_sides()
        self.top_bar.switch.show_backend(self._settings.backend)
        self._refresh()

    @Slot(object)
    def _show_listing(self, listing: CatalogListing) -> None:
        self.listing = listing
        self.catalog.show_entries(listing.entries)
        if listing.problem:
            self.notice.say(listing.problem)
        current = self._listed.entry.name if self._listed is not None else self._settings.last_model
        listed = self.top_bar.picker.show_entry(current)
        if listed is not None:
            self._pick(listed)
        else:
            self._listed = None
        self._refresh()
        self.listed.emit(listing)

    def select(self, listed: ListedEntry, backend: str) -> None:
        """As if the user had picked `listed` and pressed that side of the switch."""
        self._settings = replace(self._settings, backend=backend)
        self.top_bar.picker.show_entry(listed.entry.name)
        self._pick(listed)

    @Slot(object)
    def _pick(self, listed: ListedEntry) -> None:
        """Open `listed` with the chosen backend, or with the one that can."""
        self._listed = listed
        self.flow.style = self._styles.get(listed.entry.path, listed.entry.prompt_style)
        self.panel.sampling.show_style(self.flow.style)
        self.top_bar.switch.show_availability(listed.backends)
        backend = self._settings.backend
        if not (backend in listed.backends and listed.backends[backend].available):
            backend = next((name for name, state in listed.backends.items() if state.available), "")
        if backend:
            self.top_bar.switch.show_backend(backend)
            self._settings = replace(self._settings, last_model=listed.entry.name)
            self._open(listed, backend)

    @Slot(str)
    def _choose_backend(self, backend: str) -> None:
        self._settings = replace(self._settings, backend=backend)
        if self._listed is not None:
            self._open(self._listed, backend)

    @Slot(str)
    def _use_other_backend(self, backend: str) -> None:
        self.top_bar.switch.show_backend(backend)
        self._choose_backend(backend)
        self.flow.retry()

    def _open(self, listed: ListedEntry, backend: str) -> None:
        chosen = self._settings
        options = OpenOptions(
            engine=chosen.engine,
            dtype="float32" if chosen.dtype == "float32" else "bfloat16",
            threads=chosen.threads,
            context_tokens=chosen.context_tokens,
        )
        self.flow.open(Target(listed, backend, options))

    @Slot(str)
    def _send(self, text: str) -> None:
        self.composer.clear()
        self.flow.send(text)

    @Slot()
    def _sampling_changed(self) -> None:
        self._settings = self.panel.sampling.settings(self._settings)
        self.flow.sampling = sampling_of(self._settings)

    @Slot(str)
    def _dtype_changed(self, dtype: str) -> None:
        self._settings = replace(self._settings, dtype=dtype)
        if self._listed is not None and self.top_bar.switch.backend == "transformers":
            self._open(self._listed, "transformers")

    @Slot(object)
    def _style_changed(self, style: PromptStyle) -> None:
        self.flow.style = style
        if self._listed is not None:
            path = self._listed.entry.path
            self._styles[path] = style
            self._scanner.remember_style(path, style)

    @Slot(str)
    def _choose_theme(self, choice: str) -> None:
        self._settings = replace(self._settings, theme=choice)
        self._theme.choose("light" if choice == "light" else "dark" if choice == "dark" else "system")

    @Slot(bool)
    def _show_sidebar(self, visible: bool) -> None:
        self._settings = replace(self._settings, sidebar_open=visible)
        self._sidebar_first = visible
        self._fit_sides()

    @Slot(bool)
    def _show_panel(self, visible: bool) -> None:
        self._settings = replace(self._settings, panel_open=visible)
        self._sidebar_first = not visible
        self._fit_sides()

    def _fit_sides(self) -> None:
        """Show the wanted sides as far as the top bar keeps its room, the one asked for last first."""
        bar, wanted = self.top_bar, self._settings
        sides = [
            (self.panel, bar.panel_button, wanted.panel_open),
            (self.sidebar, bar.sidebar_button, wanted.sidebar_open),
        ]
        room = self.width() - bar.minimumSizeHint().width()
        for side, button, shown in reversed(sides) if self._sidebar_first else sides:
            fits = shown and side.minimumWidth() <= room
            room -= side.minimumWidth() if fits else 0
            side.setVisible(fits)
            with QSignalBlocker(button):
                button.setChecked(fits)

    @Slot()
    def _ask_for_folder(self) -> None:
        dialog = QFileDialog(self, "The folder that holds your models", self._settings.models_dir)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._use_folder)
        dialog.open()

    @Slot(str)
    def _use_folder(self, folder: str) -> None:
        self._settings = replace(self._settings, models_dir=folder)
        self.scan()

    @Slot()
    def _quit(self) -> None:
        self.close()

    @Slot()
    def _refresh(self) -> None:
        """Show what the flow's state means for the composer and for an empty chat."""
        self.composer.show_running(self.flow.busy)
        if self._listed is None:
            self.pane.transcript.show_hint(
                "No model yet",
                "Put a Gemma model (a folder, an .sbs or a .gguf file) into .models, "
                "or choose another folder in the menu ⋯.",
            )
        else:
            self.pane.transcript.show_hint(
                self._listed.entry.family or self._listed.entry.name, describe_files(self._listed)
            )

    @Slot(object)
    def _show_colors(self, colors: Colors) -> None:
        for part in (self.sidebar, self.top_bar, self.notice, self.pane, self.composer, self.panel.sampling):
            part.show_colors(colors)
