"""Shows the welcome page when the first scan finds no model, and leaves it when there is one."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from app import paths
from app.catalog.demo_model import place
from app.ui.pages.welcome_page import WelcomePage
from app.workers.demo_fetch import DemoFetch
from app.workers.listing import CatalogListing

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow
    from app.ui.pages.pages import Pages

_END_S = 2.0


class Welcome(QObject):
    """Lives as long as the window."""

    def __init__(self, window: "MainWindow", pages: "Pages") -> None:
        super().__init__(window)
        self._window = window
        self._pages = pages
        self._scanned = False
        self._fetch: DemoFetch | None = None
        self.make_fetch: Callable[[], DemoFetch] = lambda: DemoFetch(paths.cache_dir() / "downloads")
        window.listed.connect(self._look)
        window.top_bar.picker.nothing_to_pick.connect(self._offer)
        window.closed.connect(self._end)

    def page(self) -> WelcomePage:
        """A new page; there is one in a window."""
        self._fetch = self.make_fetch()
        page = WelcomePage(self._fetch, self._target)
        page.folder_requested.connect(self._window.models_folder.ask)
        page.arrived.connect(self._window.scan)
        return page

    def _target(self) -> Path:
        return place(paths.model_folders(self._window.preferences.settings.models_dir))

    @Slot(object)
    def _look(self, listing: CatalogListing) -> None:
        first, self._scanned = not self._scanned, True
        if first and not listing.entries:
            if not self._window.views.comparing:  # a saved comparison needs no model
                self._pages.show("welcome")
        elif listing.entries and self._pages.shown == "welcome" and not self._busy:
            self._pages.back()

    @Slot()
    def _offer(self) -> None:
        """Who wants to choose a model and has none is shown how to get one."""
        self._pages.show("welcome")

    @property
    def _busy(self) -> bool:
        return self._fetch is not None and self._fetch.running

    @Slot()
    def _end(self) -> None:
        """The window has left the screen; what has arrived is kept."""
        if self._fetch is not None:
            self._fetch.wait_for_shutdown(_END_S)
