"""The benchmark's place in the window, which is filled when it is first looked at.

Few open it, and what it needs takes a fifth of the time until the window is there.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.look.colors import Colors
from app.ui.look.theme import Theme
from app.workers.listing import CatalogListing, ListedEntry

if TYPE_CHECKING:
    from app.ui.benchmark.benchmark_page import BenchmarkPage


class BenchmarkView(QWidget):
    """Speaks as the page does; before there is one there is nothing to tell, stop or end."""

    running_changed = Signal()
    """A benchmark began or ended."""

    def __init__(self, make_page: "Callable[[], BenchmarkPage]") -> None:
        super().__init__()
        self._make_page = make_page
        self._page: BenchmarkPage | None = None
        self._place = QVBoxLayout(self)
        self._place.setContentsMargins(0, 0, 0, 0)

    @property
    def page(self) -> "BenchmarkPage":
        """Made when it is first asked for."""
        if self._page is None:
            self._page = self._make_page()
            self._page.running_changed.connect(self.running_changed)
            self._place.addWidget(self._page)
        return self._page

    def open(self, listing: CatalogListing | None, current: ListedEntry | None) -> None:
        """Before it is shown: the history is read anew."""
        self.page.open(listing, current)

    def show_models(self, listing: CatalogListing | None, current: ListedEntry | None) -> None:
        """Those of `listing`; `current` is the chat's. A page made later is told when it is opened."""
        if self._page is not None:
            self._page.show_models(listing, current)

    def stop(self) -> None:
        """End what is measured."""
        if self._page is not None:
            self._page.stop()

    def begin_shutdown(self) -> None:
        """Stop what runs. Idempotent."""
        if self._page is not None:
            self._page.begin_shutdown()

    def wait_for_threads(self, timeout_ms: int) -> bool:
        """Block until the page's threads have ended; False when one has not by then."""
        return self._page is None or self._page.wait_for_threads(timeout_ms)

    def show_colors(self, colors: Colors) -> None:
        if self._page is not None:
            self._page.show_colors(colors)


def benchmark_view(theme: Theme) -> BenchmarkView:
    """With a page that measures for real."""

    def make_page() -> "BenchmarkPage":
        from app.ui.benchmark.benchmark_page import BenchmarkPage
        from app.workers.benchmark import Benchmark
        from app.workers.trend_reader import TrendReader

        return BenchmarkPage(Benchmark(), TrendReader(), theme)

    return BenchmarkView(make_page)
