"""An import in a process of its own: `python -m app.backends.import_job`, the request as JSON on stdin.

Encoding holds Python's interpreter for long stretches, which a window cannot have. Lines on stdout hold JSON:
`progress` [phase, done, total], and in the end `done` or `error`. When stdin ends the import is cancelled, so
nothing is left of one whose window is gone.
"""

import contextlib
import json
import os
import sys
import threading
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import psutil

from app.backends.isolated import frames
from app.backends.registry import installed
from app.backends.verified_import import ImportRequest, verified_import
from app.errors import FacetError

_NICE = 10
MARK = "facet-import "
"""Begins our lines: what a library prints there is between them."""


def request_line(request: ImportRequest) -> str:
    """What the program is to be given."""
    paths = {"source": str(request.source), "target_dir": str(request.target_dir)}
    return json.dumps(asdict(request) | paths) + "\n"


def read_line(line: str) -> dict[str, Any] | None:
    """What a line of the program says; None for what a library printed."""
    if not line.startswith(MARK):
        return None
    document: dict[str, Any] = json.loads(line.removeprefix(MARK))
    return document


def main() -> int:
    _step_back()
    values = json.loads(sys.stdin.readline())
    names = {item.name for item in fields(ImportRequest)}
    chosen = {name: value for name, value in values.items() if name in names}
    chosen |= {name: Path(chosen[name]) for name in ("source", "target_dir")}
    cancelled = threading.Event()
    threading.Thread(target=_wait_for_end, args=(cancelled,), daemon=True).start()
    shown: tuple[str, int] = ("", -1)

    def progress(phase: str, done: int, total: int) -> bool:
        nonlocal shown
        mark = (phase, 500 * done // total if total else 0)
        if mark != shown:
            shown = mark
            _say({"progress": [frames.text_document(phase), done, total]})
        return not cancelled.is_set()

    try:
        imported = verified_import(ImportRequest(**chosen), installed(), progress)
    except FacetError as error:
        _say({"error": frames.error_document(error)})
        return 1
    _say({"done": {"folder": str(imported.folder), "summary": frames.text_document(imported.summary)}})
    return 0


def _step_back() -> None:
    """The window comes first: else it waits for a processor, up to 0.1 s where there are two."""
    with contextlib.suppress(OSError, psutil.Error):
        if sys.platform == "win32":
            psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
        else:
            psutil.Process().nice(_NICE)


def _wait_for_end(cancelled: threading.Event) -> None:
    sys.stdin.read()
    cancelled.set()


def _say(document: dict[str, Any]) -> None:
    line = f"{MARK}{json.dumps(document)}\n".encode()
    with contextlib.suppress(BrokenPipeError):  # who asked is gone, and stdin has ended too
        sys.stdout.buffer.flush()
        os.write(sys.stdout.fileno(), line)


if __name__ == "__main__":
    sys.exit(main())
