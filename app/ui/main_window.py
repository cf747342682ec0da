"""The window: lays the parts out and connects them. It decides nothing about models; that is the flow's.

sidebar | top bar           | side panel
        | notice            |
        | pane or comparison |
        | composer          |
"""

import base64
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow

from app.settings import Settings
from app.ui.benchmark.benchmark_view import BenchmarkView
from app.ui.chats.chat_book import ChatBook
from app.ui.chats.chat_persona import ChatPersona
from app.ui.chats.chat_session import ChatSession
from app.ui.chats.chat_sidebar import ChatSidebar
from app.ui.close_guard import CloseGuard
from app.ui.compare.column import Column
from app.ui.compare.compare_page import ComparePage
from app.ui.composing.composer import Composer
from app.ui.composing.context_guard import ContextGuard
from app.ui.conversation_flow import ConversationFlow
from app.ui.crash_guard import CrashGuard
from app.ui.look.appearance import Appearance
from app.ui.look.colors import Colors
from app.ui.look.theme import Theme
from app.ui.main_menu import MainMenu
from app.ui.models.catalog_item_model import CatalogItemModel, hint_of
from app.ui.models.models_folder import ModelsFolder
from app.ui.models.open_options import as_opened, open_options
from app.ui.notice_bar import NoticeBar
from app.ui.pages.pages import Pages
from app.ui.palette.command_palette import CommandPalette
from app.ui.panel.prompt_styling import PromptStyling
from app.ui.panel.side_panel import SidePanel
from app.ui.preferences import Preferences
from app.ui.shortcuts import add_shortcuts
from app.ui.side_folding import SideFolding
from app.ui.target import OtherRuntime, Target
from app.ui.top_bar import TopBar
from app.ui.transcript.answer_pane import AnswerPane
from app.ui.transcript.message_actions import MessageActions
from app.ui.views import View, Views
from app.ui.window_files import WindowFiles
from app.ui.window_layout import laid_out
from app.workers.catalog_scanner import CatalogScanner
from app.workers.chat_keeper import ChatKeeper
from app.workers.compare_workers import CompareWorkers
from app.workers.controller import GenerationController
from app.workers.listing import CatalogListing, ListedEntry

_LEAST = (900, 480)
"""Room for the top bar and one side."""

MakeController = Callable[[], GenerationController]
"""One for the chat, and one for each column of a comparison."""


class MainWindow(QMainWindow):
    """Takes over what it is given and every controller it makes, and ends them when it closes."""

    listed = Signal(object)
    """CatalogListing: the picker shows it now."""
    closed = Signal()
    """The window is gone from the screen; the controller's thread may still be ending."""

    def __init__(
        self,
        make_controller: MakeController,
        scanner: CatalogScanner,
        workers: CompareWorkers,
        settings: Settings,
        theme: Theme,
        keeper: ChatKeeper,
        benchmark: BenchmarkView,
    ) -> None:
        super().__init__()
        self.setWindowTitle("Facet")
        self.preferences = Preferences(settings, self)
        controller = make_controller()
        self._controller = controller
        self._scanner = scanner
        self._theme = theme
        self.listing: CatalogListing | None = None
        """The last scan; None until there is one."""
        self._listed: ListedEntry | None = None
        self._started = self._closing = False
        controller.setParent(self)
        scanner.setParent(self)

        self.catalog = CatalogItemModel(self)
        colors = theme.colors
        self.pane = AnswerPane(colors)
        self.panel = SidePanel(settings, colors)
        self.flow = ConversationFlow(controller, self.pane, self.panel.figures, self)
        self._styling = PromptStyling(scanner, self.flow, self.panel.opening, self)
        self.compare = ComparePage(make_controller, workers, self.catalog, theme, self._styling.of)
        self.benchmark = benchmark
        self.top_bar = TopBar(self.catalog, theme, self.compare.controls)
        self.models_folder = ModelsFolder(self.preferences, self.scan, self)
        self.notice = NoticeBar(colors)
        self.composer = Composer(colors)
        self._guard = CrashGuard(self.flow, controller, self.preferences, self)
        self.chats = ChatBook(keeper, self.flow, self)
        self.close_guard = CloseGuard(self.chats, self)
        self.messages = MessageActions(self.flow, self.pane, self.chats, self.composer)
        self.sidebar = ChatSidebar(self.chats.items, theme)
        self.views = Views(self.flow, self.pane, controller, self.compare, benchmark, self.chats, self)
        self.appearance = Appearance(self.preferences, theme, (self.sidebar, self.panel), self)
        bar = self.top_bar
        self._sides = SideFolding(self.sidebar, bar.sidebar_button, self.panel, bar.panel_button, self)
        self.persona = ChatPersona(self.chats, self.flow, self.panel, self.preferences, self)
        parts = (self.pane.transcript, self.composer, self.panel)
        self.context = ContextGuard(self.flow, controller, *parts, self.chats, self.views, colors)
        self.files = WindowFiles(self)
        top, shown = (self.top_bar, self.notice), (self.pane, self.compare, benchmark)
        self._below = self.context.over(self.composer)
        self.setCentralWidget(laid_out(self.sidebar, top, shown, self._below, self.panel))
        self.setMinimumSize(*_LEAST)
        self.pages = Pages(self, colors)
        self.command_palette = CommandPalette(self, theme)
        self._connect()
        self._restore()
        self.new_chat()
        self.scan()

    @property
    def controller(self) -> GenerationController:
        return self._controller

    @property
    def _settings(self) -> Settings:
        return self.preferences.settings

    @_settings.setter
    def _settings(self, settings: Settings) -> None:
        self.preferences.take(settings)

    @property
    def settings(self) -> Settings:
        """The user's choices as they are now."""
        geometry = base64.b64encode(self.saveGeometry().data()).decode("ascii")
        return replace(self._settings, window_geometry=geometry)

    @Slot()
    def scan(self) -> None:
        """Look through the model folders in the background."""
        self._scanner.scan(self._settings.models_dir)

    @Slot(object)
    def show_view(self, view: View) -> None:
        """What runs in another view goes on. A page makes way."""
        self.pages.back()
        if view is View.COMPARISON:
            self.compare.open(self.listing, self._listed, self._settings.compare_runtimes)
        elif view is View.BENCHMARK:
            self.benchmark.open(self.listing, self._listed)
        self.top_bar.show_view(view)
        self.views.show(view)
        self._below.setVisible(view is not View.BENCHMARK)
        self.panel.show_chat_parts(view is View.CHAT)
        self._sides.sidebar_allowed = view is View.CHAT
        self._sides.panel_allowed = view is not View.BENCHMARK
        self._fit_sides()
        (self.benchmark.page.choices.models if view is View.BENCHMARK else self.composer).setFocus()

    @Slot()
    def new_chat(self) -> None:
        """Start an empty chat; one that is empty already is used again. In a comparison, empty all sides."""
        if self.views.comparing:
            self.compare.new_conversation()
            return
        self.chats.new()

    @Slot(object)
    def _chat_opened(self, chat: ChatSession) -> None:
        if self._started:  # the first scan may show a page before the window is shown
            self.pages.back()
        self.sidebar.show_current(chat.chat_id)
        if not self.pages.shown:
            self.composer.setFocus()

    @Slot(object)
    def open_report(self, path: Path) -> None:
        """Show a saved comparison; a file that is none becomes a notice."""
        self.show_view(View.COMPARISON)
        self.compare.reports.open(path)

    def wait_for_threads(self, timeout_ms: int) -> bool:
        """Block until all threads have ended; False when one has not by then."""
        threads = [part.wait_for_shutdown for part in (self.context, self._controller, self._scanner)]
        threads += [page.wait_for_threads for page in (self.compare, self.benchmark)]
        return False not in [wait(timeout_ms) for wait in threads]

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._started:
            self.chats.start()
            self._started = True

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow() and not self._closing:
            self.chats.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_sides()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Cancel, queue the close, leave the screen at once. Waiting for the threads is the application's."""
        if not self._closing:
            if not self.close_guard.allows():
                event.ignore()
                return
            self._closing = True
            self.views.shutdown()
            self.closed.emit()
        super().closeEvent(event)

    def _connect(self) -> None:
        self._scanner.listed.connect(self._show_listing)
        for said in (
            self._scanner.failed,
            self._guard.said,
            self.close_guard.said,
            self.chats.said,
            self.compare.said,
            self.models_folder.said,
        ):
            said.connect(self.notice.say)
        self.sidebar.new_requested.connect(self.new_chat)
        self.sidebar.drive(self.chats)
        self.chats.opened.connect(self._chat_opened)
        bar = self.top_bar
        bar.picker.picked.connect(self._pick)
        bar.switch.chosen.connect(self._choose_backend)
        bar.view_chosen.connect(self.show_view)
        self._sides.changed.connect(self._keep_sides)
        self.composer.submitted.connect(self.composer.clear)
        self.composer.submitted.connect(self.views.send)
        self.pane.find_bar.closed.connect(self.composer.setFocus)
        self.composer.stop_requested.connect(self.views.stop)
        self.compare.chosen.connect(self._keep_comparison)
        self.compare.continue_requested.connect(self._continue_in_chat)
        self.views.changed.connect(self._refresh)
        self.pane.transcript.other_requested.connect(self._use_other)
        self.persona.changed.connect(self._show_prompt_settings)
        self.closed.connect(self.persona.finish)
        self.panel.opening.changed.connect(self._opening_changed)
        self._theme.changed.connect(self._show_colors)
        self.registry = add_shortcuts(self)
        self.registry.about_to_run.connect(self.pages.make_way)
        bar.set_menu(MainMenu(self.registry, self.appearance, self))

    def _restore(self) -> None:
        self.resize(1240, 800)
        geometry = QByteArray.fromBase64(self._settings.window_geometry.encode("ascii", "ignore"))
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)
        self._sides.sidebar_open = self._settings.sidebar_open
        self._sides.panel_open = self._settings.panel_open
        self.compare.restore(self._settings)
        self.show_view(View.CHAT)
        self.top_bar.switch.show_backend(self._settings.backend)
        self._refresh()

    @Slot(object)
    def _show_listing(self, listing: CatalogListing) -> None:
        self.listing = listing
        self.catalog.show_entries(listing.entries)
        self._settings = self.panel.native.show_engines(listing.engines, self._settings)
        if listing.problem:
            self.notice.say(listing.problem)
        current = listing.name_now(self._listed) if self._listed else self._settings.last_model
        # What is gone from the disk may go on here; nothing else is loaded in its place.
        listed = self.top_bar.picker.show_entry(current, else_first=self._listed is None)
        if listed is not None:
            self._pick(listed, unasked=True)
        else:
            self._listed = None
        if self.views.comparing:
            self.compare.open(listing, self._listed, self._settings.compare_runtimes)
        self.benchmark.show_models(listing, self._listed)
        self._refresh()
        self.listed.emit(listing)

    def select(self, listed: ListedEntry, backend: str) -> None:
        """As if the user had picked `listed` and pressed that side of the switch."""
        self._settings = replace(self._settings, backend=backend)
        self.top_bar.picker.show_entry(listed.entry.name)
        self._pick(listed)

    @Slot(object)
    def _pick(self, listed: ListedEntry, *, unasked: bool = False) -> None:
        """Open `listed` with the chosen backend, or with the one that can."""
        self._listed = listed
        self._styling.show(listed.entry)
        self.persona.show_model(listed.entry)
        self.top_bar.switch.show_availability(listed.backends)
        self._fit_sides()  # the switch may have a side more
        backend = self._settings.backend
        if not (backend in listed.backends and listed.backends[backend].available):
            backend = next((name for name, state in listed.backends.items() if state.available), "")
        if backend:
            self.top_bar.switch.show_backend(backend)
            self._settings = replace(self._settings, last_model=listed.entry.name)
            self._open(listed, backend, unasked=unasked)

    @Slot(str)
    def _choose_backend(self, backend: str) -> None:
        self._settings = replace(self._settings, backend=backend)
        if self._listed is not None:
            self._open(self._listed, backend)

    @Slot(object)
    def _use_other(self, other: OtherRuntime) -> None:
        self._settings = replace(self._settings, engine=other.engine or self._settings.engine)
        self.panel.show_settings(self._settings)
        self.top_bar.switch.show_backend(other.backend)
        self._choose_backend(other.backend)
        self.flow.retry()

    def _open(self, listed: ListedEntry, backend: str, *, unasked: bool = False) -> None:
        self._guard.open(Target(listed, backend, open_options(self._settings, backend)), unasked=unasked)

    @Slot(object)
    def _continue_in_chat(self, column: Column) -> None:
        """Open a chat with the conversation of `column`, and what it runs."""
        target = column.target
        if target is None:
            return
        chat = ChatSession()
        chat.messages = column.flow.chat.messages
        chat.record = self.persona.given(chat.record)
        self.show_view(View.CHAT)
        self._settings = as_opened(self._settings, target.backend, target.options)
        self.panel.show_settings(self._settings)
        self.select(target.listed, target.backend)
        self.chats.take(chat)

    @Slot()
    def _keep_comparison(self) -> None:
        self._settings = self.compare.settings(self._settings)
        QTimer.singleShot(0, self._fit_sides)  # splitters know by then what a new column needs

    @Slot()
    def _show_prompt_settings(self) -> None:
        self.compare.show_prompt_settings(self.persona.shown(self._settings))

    @Slot()
    def _opening_changed(self) -> None:
        self._settings = self.panel.settings(self._settings)
        self._show_prompt_settings()
        if self._listed is not None and (backend := self.top_bar.switch.backend):
            self._open(self._listed, backend, unasked=True)

    @Slot()
    def _keep_sides(self) -> None:
        sides = self._sides
        self._settings = replace(self._settings, sidebar_open=sides.sidebar_open, panel_open=sides.panel_open)

    @Slot()
    def _fit_sides(self) -> None:
        bar = self.top_bar.minimumSizeHint().width()
        middle = max(bar, self.compare.minimumSizeHint().width()) if self.views.comparing else bar
        self.setMinimumWidth(max(_LEAST[0], middle))  # three columns, and large text, need more
        self._sides.fit(self.width(), middle)

    @Slot()
    def _refresh(self) -> None:
        """Show what the flow's state means for the composer and for an empty chat."""
        self.composer.show_running(self.views.busy)
        self.pane.transcript.show_hint(*hint_of(self._listed))

    @Slot(object)
    def _show_colors(self, colors: Colors) -> None:
        views = (self.pane, self.compare, self.benchmark)
        parts = (self.sidebar, self.top_bar, self.notice, *views, self.composer)
        for part in (*parts, self.panel, self.context, self.pages):
            part.show_colors(colors)
        self._fit_sides()
