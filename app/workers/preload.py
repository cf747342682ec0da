"""Imports in the background what is needed soon, so that its first use does not hold up the GUI thread."""

import importlib
import logging
import threading

ANSWERS = (
    "ziamath.zmath",
    "pygments.lexers.python",
    "pygments.styles.default",
    "pygments.styles.gh_dark",
)
"""What laying out an answer may need: formulas (with their font, a third of a second), colours of code."""
VIEWS = ("app.ui.benchmark.benchmark_page", "app.workers.benchmark")
"""Views that are made when they are first looked at."""

_log = logging.getLogger(__name__)


def preload(modules: tuple[str, ...]) -> threading.Thread:
    """Start to import `modules`, one after the other; the thread that does."""
    thread = threading.Thread(target=_import_all, args=(modules,), name="facet-preload", daemon=True)
    thread.start()
    return thread


def _import_all(modules: tuple[str, ...]) -> None:
    for name in modules:
        try:
            importlib.import_module(name)
        except ImportError as error:  # whoever needs it says so
            _log.warning("%s could not be imported: %s", name, error)
