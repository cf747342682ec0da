"""The window's keyboard shortcuts: which keys press what."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow


def add_shortcuts(window: "MainWindow") -> None:
    """Each does what its button does."""
    bar = window.top_bar
    shortcuts: tuple[tuple[str, Callable[[], object]], ...] = (
        ("Esc", window.views.stop),
        ("Ctrl+N", window.new_chat),
        ("Ctrl+Shift+C", bar.compare_button.click),
        ("Ctrl+Shift+B", bar.benchmark_button.click),
        ("Ctrl+D", window.compare.controls.analysis.click),
        ("Ctrl+B", bar.sidebar_button.toggle),
        ("Ctrl+.", bar.panel_button.toggle),
        ("Ctrl+F", window.sidebar.search.setFocus),
        ("Ctrl+Q", window.close),
    )
    for keys, action in shortcuts:
        QShortcut(QKeySequence(keys), window).activated.connect(action)
