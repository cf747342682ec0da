"""Shows a page in the window's place and brings the window's own content back, focus included."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from app.language import marked, tr
from app.ui.actions import Action
from app.ui.look.colors import Colors
from app.ui.pages.about_page import AboutPage
from app.ui.pages.page_frame import PageFrame
from app.ui.pages.settings_page import SettingsPage
from app.ui.pages.shortcuts_page import ShortcutsPage
from app.ui.pages.welcome import Welcome

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

_PAGES = (
    ("welcome", marked("Get a model"), marked("The demo model, or models you have")),
    ("settings", marked("Settings"), marked("Folders, engines, looks")),
    ("shortcuts", marked("Shortcuts"), marked("All shortcuts, and how to change them")),
    ("about", marked("About"), marked("Version, licences, diagnostics")),
)


class Pages(QObject):
    """Lives as long as the window. What runs in the window goes on while a page is shown."""

    def __init__(self, window: "MainWindow", colors: Colors) -> None:
        """Takes the window's central widget over."""
        super().__init__(window)
        self._window = window
        self._colors = colors
        self._frame: PageFrame | None = None
        self._pages: dict[str, QWidget] = {}
        self._focused: QWidget | None = None
        self.welcome = Welcome(window, self)
        self._stack = QStackedWidget()
        content = window.takeCentralWidget()
        assert content is not None
        self._stack.addWidget(content)
        window.setCentralWidget(self._stack)

    @property
    def shown(self) -> str:
        """Key of the page on screen, "" for none."""
        if self._frame is None or self._stack.currentWidget() is not self._frame:
            return ""
        return self._frame.switch.choice

    def page(self, key: str) -> QWidget:
        """The page of that key; made when it is first asked for."""
        if key not in self._pages:
            self.add(key, self._make(key))
        return self._pages[key]

    def add(self, key: str, page: QWidget) -> None:
        """Let `page` be the one of that key."""
        self._pages[key] = page
        self._open_frame().add_page(page)

    def _make(self, key: str) -> QWidget:
        if key == "welcome":
            return self.welcome.page()
        if key == "about":
            about = AboutPage()
            self._window.closed.connect(about.work.shutdown)
            return about
        return self._settings() if key == "settings" else ShortcutsPage(self._window.registry)

    def _settings(self) -> SettingsPage:
        window = self._window
        page = SettingsPage(window.preferences, window.models_folder)
        page.show_listing(window.listing)
        window.listed.connect(page.show_listing)
        page.opening_changed.connect(self._open_anew)
        page.shortcuts_requested.connect(self._show_shortcuts)
        return page

    @Slot()
    def _show_shortcuts(self) -> None:
        self.show("shortcuts")

    @Slot()
    def _open_anew(self) -> None:
        """The forms beside the chat say the same, and what they say is applied."""
        panel = self._window.panel
        panel.show_settings(self._window.preferences.settings)
        panel.opening.changed.emit()

    @Slot(str)
    def show(self, key: str) -> None:
        """The page of that key, in place of everything else in the window."""
        page = self.page(key)
        if not self.shown:
            self._focused = QApplication.focusWidget()
        frame = self._open_frame()
        frame.show_page(key, page)
        self._stack.setCurrentWidget(frame)
        page.setFocus()

    @Slot()
    def back(self) -> None:
        """Nothing happens when no page is shown."""
        if not self.shown:
            return
        self._stack.setCurrentIndex(0)
        focused, self._focused = self._focused, None
        (focused if focused is not None and focused.isVisible() else self._window.composer).setFocus()

    @Slot(object)
    def make_way(self, action: Action) -> None:
        """What is done in the window is seen there."""
        if not action.anywhere:
            self.back()

    def show_colors(self, colors: Colors) -> None:
        self._colors = colors
        if self._frame is not None:
            self._frame.show_colors(colors)

    def _open_frame(self) -> PageFrame:
        if self._frame is None:
            self._frame = PageFrame([(key, tr(title), tr(tip)) for key, title, tip in _PAGES])
            self._frame.back_requested.connect(self.back)
            self._frame.page_requested.connect(self.show)
            self._frame.show_colors(self._colors)
            self._stack.addWidget(self._frame)
        return self._frame
