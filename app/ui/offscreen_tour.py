"""What a machine without a screen gets: the same window, offscreen, asked one question on each backend.

Prints what a person would see: the answers with their figures, and where the picture of the window is.
"""

import asyncio
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import SignalInstance

from app.errors import FacetError
from app.ui.backend_switch import TITLES
from app.ui.main_window import MainWindow
from app.workers.events import AnswerFinished
from app.workers.listing import CatalogListing, ListedEntry

PROMPT = "What is the capital of France?"
SCREENSHOT = Path("out") / "facet-window.png"
_DEMO = "gemma-3-270m"


async def take_tour(window: MainWindow, why: str, screenshot: Path | None) -> int:
    """Run the tour in `window`; `why` says why there is no screen. Exit code."""
    _say(f"{why} Running the window offscreen instead.")
    window.show()
    # The scan began with the window and may be over already.
    listing: CatalogListing = window.listing or await _next(window.listed)
    chosen = _demo(listing)
    if chosen is None:
        _complain("no model was found that a backend can open; see `facet models`.")
        code = 1
    else:
        _say(f"Model: {chosen.entry.name} ({chosen.entry.path})\nPrompt: {PROMPT}")
        answers = [await _ask(window, chosen, backend) for backend in chosen.backends]
        code = 0 if any(answers) and all(answer is not False for answer in answers) else 1
    if not _save_picture(window, screenshot or SCREENSHOT):
        code = 1
    window.close()
    await window.views.settle()
    return code


async def _ask(window: MainWindow, chosen: ListedEntry, backend: str) -> bool | None:
    """One question; True = answered, False = failed, None = the backend cannot be used here."""
    title = TITLES.get(backend, backend)
    state = chosen.backends[backend]
    if not state.available:
        _say(f"\n{title}: unavailable. {state.reason}")
        return None
    window.new_chat()
    window.select(chosen, backend)
    answered = _next(window.flow.answered)
    window.flow.send(PROMPT)
    outcome = await answered
    loaded = window.flow.loaded_model
    if not isinstance(outcome, AnswerFinished) or loaded is None:
        _complain(f"{title}: {outcome if isinstance(outcome, FacetError) else 'no answer'}")
        return False
    timings = outcome.timings
    _say(
        f"\n{title} ({loaded.engine}, {loaded.weight_type}): {outcome.text}\n"
        f"  load {loaded.load_s:.2f} s · first token {timings.ttft_s:.3f} s · "
        f"prefill {timings.prefill_tok_s:.0f} tok/s · decode {timings.decode_tok_s:.1f} tok/s · "
        f"{timings.prompt_tokens} + {timings.new_tokens} tokens · {outcome.rss_bytes / 1e6:.0f} MB resident"
    )
    return True


def _demo(listing: CatalogListing) -> ListedEntry | None:
    """The demo model if it is there, else the first entry that opens."""
    openable = [listed for listed in listing.entries if listed.openable]
    return next((listed for listed in openable if listed.entry.name == _DEMO), next(iter(openable), None))


def _save_picture(window: MainWindow, path: Path) -> bool:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        _complain(f"the picture cannot be written to {path} ({error.strerror}).")
        return False
    if not window.grab().save(str(path)):
        _complain(f"the picture cannot be written to {path}.")
        return False
    _say(f"\nScreenshot: {path.absolute()}")
    return True


def _next(signal: SignalInstance) -> "asyncio.Future[Any]":
    """The next value of a signal, as a future."""
    future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()

    def receive(value: object) -> None:
        signal.disconnect(receive)
        future.set_result(value)

    signal.connect(receive)
    return future


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _complain(text: str) -> None:
    sys.stderr.write(f"facet: {text}\n")
