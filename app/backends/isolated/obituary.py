"""What is told of an engine's process that ended: what it was doing, how it ended, what it said last.

Words only; no process is touched here.
"""

import signal
import sys
from dataclasses import dataclass
from pathlib import Path

from app.errors import EngineDied

LOADING = "loading the model"
PREFILL = "reading the prompt (prefill)"
DECODE = "writing the answer (decode)"
SCORING = "scoring the text"
IDLE = "idle"

_MEANINGS = {
    "SIGKILL": "something ended it from outside, as the system does when memory runs out",
    "SIGTERM": "something asked it to end",
    "SIGSEGV": "it touched memory that is not its own",
    "SIGBUS": "a file it had mapped could not be read",
    "SIGABRT": "it gave up by itself",
    "SIGILL": "it used an instruction that this processor does not have",
    "SIGFPE": "it computed something impossible",
}
_MOST_SAID = 800


@dataclass(frozen=True, slots=True)
class Death:
    """What is known of the end."""

    returncode: int
    said: str = ""
    """What its abort hook wrote."""
    log: Path | None = None
    """Where its messages went; None when they could not be kept."""
    ended_by_us: str = ""
    """Why Facet ended it; empty when it ended by itself."""


def tell(doing: str, death: Death) -> EngineDied:
    """The error for whoever waited."""
    if death.ended_by_us:
        cause = f"The engine's process was ended while it was {doing}: {death.ended_by_us}."
    else:
        cause = f"The engine's process ended while it was {doing}: {_how(death.returncode)}."
    said = " ".join(death.said.split())[:_MOST_SAID]
    if said:
        cause += f" It said: {said}"
    log = f" Its log is {death.log}." if death.log is not None else " No log of it could be written."
    return EngineDied(cause, f"Try again: the model is loaded anew.{log}")


def _how(returncode: int) -> str:
    if returncode >= 0 or sys.platform == "win32":
        return f"exit code {returncode}"
    try:
        name = signal.Signals(-returncode).name
    except ValueError:
        return f"signal {-returncode}"
    meaning = _MEANINGS.get(name)
    return f"signal {name}, {meaning}" if meaning else f"signal {name}"
