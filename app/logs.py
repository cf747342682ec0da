"""Where the program writes what it does: one rotating file; the console stays quiet. Floor 0.

Never logs what the user or a model wrote: a log is a thing people attach to bug reports.
"""

import contextlib
import logging
import logging.handlers
import sys
from pathlib import Path
from types import TracebackType

from app.language import sentence

_FORMAT = "%(asctime)s %(levelname)-7s %(threadName)s %(name)s: %(message)s"
_MAX_BYTES = 1 << 20
_KEPT_FILES = 3
_handlers: list[logging.Handler] = []
"""What `start` added to the root logger: others' handlers are not ours to remove."""


def start(folder: Path, console_level: int = logging.ERROR) -> str:
    """Log to `folder`/facet.log (1 MB, 3 old ones kept) and errors to stderr; call once, before anything that
    logs.

    Returns a sentence for the user when the file cannot be written ("" otherwise); logging then goes to
    stderr only.
    """
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    console = logging.StreamHandler()
    console.setLevel(console_level)
    console.setFormatter(_OneLine("facet: %(message)s"))
    _add(console)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = _File(folder / "facet.log", maxBytes=_MAX_BYTES, backupCount=_KEPT_FILES, encoding="utf-8")
    except OSError as error:
        return sentence(
            "No log is written: {folder} cannot be used ({reason}).", folder=folder, reason=error.strerror
        )
    file.setFormatter(logging.Formatter(_FORMAT))
    _add(file)
    return ""


def note_uncaught() -> None:
    """From now on what no code catches is logged, too, before Python prints it: a window has no terminal."""
    others = sys.excepthook

    def note(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not issubclass(kind, KeyboardInterrupt):
            logging.getLogger(__name__).critical("nobody expected this", exc_info=(kind, error, trace))
        others(kind, error, trace)

    sys.excepthook = note


def stop() -> None:
    """Close what `start` opened."""
    while _handlers:
        handler = _handlers.pop()
        logging.getLogger().removeHandler(handler)
        with contextlib.suppress(OSError):  # what it still held back does not fit on the disk
            handler.close()


def _add(handler: logging.Handler) -> None:
    _handlers.append(handler)
    logging.getLogger().addHandler(handler)


class _File(logging.handlers.RotatingFileHandler):
    """On a full disk messages are lost, and nothing else is said or done."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging names it so
        if not isinstance(sys.exc_info()[1], OSError):
            super().handleError(record)


class _OneLine(logging.Formatter):
    """The message only: tracebacks belong into the file."""

    def format(self, record: logging.LogRecord) -> str:
        record.message = record.getMessage()
        return self.formatMessage(record)
