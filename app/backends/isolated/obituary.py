"""What is told of an engine's process that ended: what it was doing, how it ended, what it said last.

Words only; no process is touched here.
"""

import signal
import sys
from dataclasses import dataclass
from pathlib import Path

from app.errors import EngineDied
from app.language import sentence

LOADING = sentence("loading the model")
PREFILL = sentence("reading the prompt (prefill)")
DECODE = sentence("writing the answer (decode)")
SCORING = sentence("scoring the text")
IDLE = sentence("idle")

_MEANINGS = {
    "SIGKILL": sentence("something ended it from outside, as the system does when memory runs out"),
    "SIGTERM": sentence("something asked it to end"),
    "SIGSEGV": sentence("it touched memory that is not its own"),
    "SIGBUS": sentence("a file it had mapped could not be read"),
    "SIGABRT": sentence("it gave up by itself"),
    "SIGILL": sentence("it used an instruction that this processor does not have"),
    "SIGFPE": sentence("it computed something impossible"),
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
        cause = sentence(
            "The engine's process was ended while it was {doing}: {why}.", doing=doing, why=death.ended_by_us
        )
    else:
        how = _how(death.returncode)
        cause = sentence("The engine's process ended while it was {doing}: {how}.", doing=doing, how=how)
    said = " ".join(death.said.split())[:_MOST_SAID]
    if said:
        cause = sentence("{cause} It said: {said}", cause=cause, said=said)
    if death.log is None:
        return EngineDied(
            cause, sentence("Try again: the model is loaded anew. No log of it could be written.")
        )
    return EngineDied(
        cause, sentence("Try again: the model is loaded anew. Its log is {log}.", log=death.log)
    )


def _how(returncode: int) -> str:
    if returncode >= 0 or sys.platform == "win32":
        return sentence("exit code {code}", code=returncode)
    try:
        name = signal.Signals(-returncode).name
    except ValueError:
        name = str(-returncode)
    meaning = _MEANINGS.get(name)
    if meaning is None:
        return sentence("signal {name}", name=name)
    return sentence("signal {name}, {meaning}", name=name, meaning=meaning)
