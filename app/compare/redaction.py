"""Takes out of a report what names its user: home folders, the account; if asked, every text. Pure."""

import getpass
import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from app.compare.explain import Explanation
from app.compare.record import RunRecord
from app.compare.report import ComparisonReport

_NOBODY = {"root", "user", "admin", "administrator", "guest", "ubuntu", "runner", "nobody"}
"""Accounts that name no person, and words that an answer may well hold."""
_HOMES = re.compile(r"(?:/home|/Users|[A-Za-z]:[\\/]+Users)[\\/]+[^\s\\/:\"'<>|]+")
_HIDDEN_ID = -1
_VOCABULARY = {
    "backend",
    "created",
    "dtype",
    "engine",
    "finish",
    "mode",
    "own",
    "prompt_style",
    "weights",
    "weights_sha256",
}
"""Fields whose values are words of Facet's own: an account called "native" would make a report unreadable."""


def redact(report: ComparisonReport, home: Path | None = None, user: str | None = None) -> ComparisonReport:
    """Every text without home folders and the account's name; see `cleaner`."""
    cleaned: ComparisonReport = _mapped(report, cleaner(home, user))
    return replace(cleaned, redacted=True)


def cleaner(home: Path | None = None, user: str | None = None) -> Callable[[str], str]:
    """Takes home folders and the account's name out of a text; `home` and `user` are this process's own."""
    home = _home() if home is None else home
    user = _user() if user is None else user
    own_home = str(home) if len(home.parts) > 1 else ""
    name = re.compile(rf"(?<!\w){re.escape(user)}(?!\w)", re.IGNORECASE) if _names_somebody(user) else None

    def clean(text: str) -> str:
        if own_home:
            text = re.sub(rf"{re.escape(own_home)}(?![\w.-])", "~", text)
        text = _HOMES.sub("~", text)
        return name.sub("[user]", text) if name is not None else text

    return clean


def hide_text(report: ComparisonReport) -> ComparisonReport:
    """Without question, answers and ids; figures, times and verdicts stay. It cannot be run again."""
    return replace(
        report,
        question="",
        system="",
        left=_without_text(report.left),
        right=_without_text(report.right),
        explanations=tuple(map(_without_ids, report.explanations)),
        pieces=(),
        text_hidden=True,
    )


def _without_text(run: RunRecord) -> RunRecord:
    tokens = tuple(replace(token, id=_HIDDEN_ID, top=()) for token in run.tokens)
    settings = replace(run.settings, stop_texts=())
    return replace(
        run, settings=settings, prompt_ids=(_HIDDEN_ID,) * len(run.prompt_ids), tokens=tokens, text=""
    )


def _without_ids(explanation: Explanation) -> Explanation:
    gone = _HIDDEN_ID
    return replace(
        explanation,
        positions=tuple(
            replace(each, id=gone, leader=gone, rival=gone, own_top=(), other_top=())
            for each in explanation.positions
        ),
    )


def _mapped(value: Any, clean: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, tuple):
        return tuple(_mapped(item, clean) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value,
            **{
                each.name: _mapped(getattr(value, each.name), clean)
                for each in fields(value)
                if each.name not in _VOCABULARY
            },
        )
    return value


def _names_somebody(user: str) -> bool:
    return len(user) > 2 and user.lower() not in _NOBODY


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError:
        return Path("/")


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # an account without a name
        return ""
