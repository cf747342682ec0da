"""What commands print: results on stdout (text, or one JSON document), everything else on stderr.

Must not decide what is printed; it only knows where and how.
"""

import json
import math
import sys
from collections.abc import Mapping
from typing import Any
from unicodedata import category

from rich.console import Console
from rich.text import Text


def print_json(document: Mapping[str, Any]) -> None:
    """One JSON document on stdout. A number that JSON cannot hold (inf, nan) becomes null."""
    sys.stdout.write(json.dumps(_finite(document), allow_nan=False) + "\n")
    sys.stdout.flush()


def print_text(text: str, end: str = "\n") -> None:
    """Text on stdout, at once (an answer appears as it comes)."""
    sys.stdout.write(text + end)
    sys.stdout.flush()


def notice(text: str) -> None:
    """One line on stderr, beside the result."""
    sys.stderr.write(f"facet: {one_line(text)}\n")
    sys.stderr.flush()


def table_console() -> Console:
    """For tables on stdout; made at call time, so that it follows a redirected stdout."""
    terminal = sys.stdout.isatty()
    width = None if terminal else 10_000  # a row is a line for whatever reads it
    return Console(file=sys.stdout, highlight=False, soft_wrap=not terminal, width=width)


def progress_console() -> Console:
    """For progress on stderr; silent when stderr is no terminal."""
    return Console(file=sys.stderr, quiet=not sys.stderr.isatty())


def one_line(text: str) -> str:
    return printable(" ".join(text.split()))


def printable(text: str) -> str:
    """Without control characters, which would steer the terminal: a file name may hold any."""
    return "".join("\N{REPLACEMENT CHARACTER}" if category(char) == "Cc" else char for char in text)


def cell(text: str) -> Text:
    """For a table: brackets in a name or a path are no markup."""
    return Text(printable(text))


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return value
