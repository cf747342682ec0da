"""One answer as text: runs a prompt on a session and turns ids into words as they come.

The worker thread, the commands and app/api.py all answer through `run_turn`. No threads here: it blocks, and
`Session.cancel` or the callback's False ends it.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.backends.base import Finish, Sampling, Session, TextRequest, TextSession, Timings, Token
from app.backends.checks import check_tokens
from app.backends.memory import peak_rss_bytes, rss_bytes
from app.chat.prompt import LEADING_SPACE, Prompt
from app.errors import UsageError
from app.formats.tokenizer import StreamingDetokenizer, Tokenizer
from app.language import sentence

_LEADING = b"".join(LEADING_SPACE).decode()


@dataclass(frozen=True, slots=True)
class TextChunk:
    """What became certain with `token`: may be empty (half a character, or the start of a stop text).

    The last chunk of an answer may bring text that was held back; it has no token.
    """

    text: str
    token: Token | None


@dataclass(frozen=True, slots=True)
class Finished:
    """A whole answer; also a cancelled one."""

    text: str
    ids: tuple[int, ...]
    """Everything sampled, a stop id included."""
    logprobs: tuple[float, ...]
    """One for each of `ids`."""
    finish: Finish
    timings: Timings
    rss_bytes: int
    """Resident memory of the process when the answer ended."""
    peak_rss_bytes: int
    answer_ids: tuple[int, ...]
    """`ids` without the stop id: for `Turn.ids`, so that the next prompt repeats them."""


TextCallback = Callable[[TextChunk], bool]
"""Returns False to stop."""


class StopTexts:
    """Passes text on until one of the stop texts comes by; holds back what could be the start of one."""

    def __init__(self, stops: Sequence[str], before: str = "") -> None:
        """`before`: what stood before the text, and may end in the beginning of a stop text."""
        self._stops = tuple(stop for stop in stops if stop)
        self._held = before[len(before) - self._reach(before) :]
        self._passed = len(self._held)
        """How much of what is held was passed on before."""
        self.found = False

    def feed(self, text: str) -> str:
        """The part of the text so far that no stop text can reach any more. Empty after one was found."""
        if self.found:
            return ""
        held, passed = self._held + text, self._passed
        hits = [position for stop in self._stops if (position := held.find(stop)) >= 0]
        if hits:
            self.found = True
            self._held, self._passed = "", 0
            return held[passed : min(hits)]
        free = len(held) - self._reach(held)
        self._held, self._passed = held[free:], max(0, passed - free)
        return held[passed:free]

    def flush(self) -> str:
        """What is held back, at the end of the answer."""
        held, self._held, self._passed = self._held[self._passed :], "", 0
        return held

    def _reach(self, text: str) -> int:
        """How much of the end of `text` may become a stop text."""
        return max((_overlap(text, stop) for stop in self._stops), default=0)


def _overlap(text: str, stop: str) -> int:
    """Length of the longest end of `text` that begins `stop`."""
    for length in range(min(len(text), len(stop) - 1), 0, -1):
        if stop.startswith(text[-length:]):
            return length
    return 0


class _Answer:
    """Text and ids of one answer while it grows."""

    def __init__(self, prompt: Prompt, tokenizer: Tokenizer, on_text: TextCallback) -> None:
        self._stop_ids = frozenset(prompt.stop_ids)
        self._trim = prompt.trim
        self._detokenizer = StreamingDetokenizer(tokenizer)
        self._on_text = on_text
        self.stops = StopTexts(prompt.stop_texts, prompt.begun)
        self.text = ""
        self.ids: list[int] = []
        self.logprobs: list[float] = []

    def on_token(self, token: Token) -> bool:
        self.ids.append(token.id)
        self.logprobs.append(token.logprob)
        text = "" if token.id in self._stop_ids else self._detokenizer.feed(token.id)
        go_on = self._on_text(TextChunk(self._grow(self.stops.feed(text)), token))
        return go_on and not self.stops.found

    def on_piece(self, piece: str) -> bool:
        """Text without a token."""
        go_on = self._on_text(TextChunk(self._grow(self.stops.feed(piece)), None))
        return go_on and not self.stops.found

    def finish(self) -> None:
        """Lets go of what was held back. An answer that a stop text ended holds nothing."""
        if self.stops.found:
            return
        rest = self._grow(self.stops.feed(self._detokenizer.flush()) + self.stops.flush())
        if rest:
            self._on_text(TextChunk(rest, None))

    def _grow(self, text: str) -> str:
        if self._trim and not self.text:
            text = text.lstrip(_LEADING)
        self.text += text
        return text


def run_turn(
    session: Session,
    tokenizer: Tokenizer,
    prompt: Prompt,
    sampling: Sampling,
    on_text: TextCallback = lambda chunk: True,
) -> Finished:
    """Answer `prompt`; blocks. Every sampled token makes one TextChunk, on the calling thread.

    The prompt's stop ids are added to those of `sampling`. Raises what Session.generate raises, and what
    `on_text` raises; text that came before is then in the chunks.
    """
    if isinstance(session, TextSession):
        return _run_text_turn(session, tokenizer, prompt, sampling, on_text)
    stop_ids = tuple(dict.fromkeys((*prompt.stop_ids, *sampling.stop_ids)))
    answer = _Answer(replace(prompt, stop_ids=stop_ids), tokenizer, on_text)
    generation = session.generate(prompt.ids, replace(sampling, stop_ids=stop_ids), answer.on_token)
    answer.finish()
    finish: Finish = "stop" if answer.stops.found else generation.finish
    ended = bool(answer.ids) and answer.ids[-1] in stop_ids
    return Finished(
        text=answer.text,
        ids=tuple(answer.ids),
        logprobs=tuple(answer.logprobs),
        finish=finish,
        timings=generation.timings,
        rss_bytes=rss_bytes(),
        peak_rss_bytes=peak_rss_bytes(),
        answer_ids=tuple(answer.ids[:-1] if ended else answer.ids),
    )


def _run_text_turn(
    session: TextSession, tokenizer: Tokenizer, prompt: Prompt, sampling: Sampling, on_text: TextCallback
) -> Finished:
    """An answer without ids: the tokenizer says how many its text has; times are those at which it came."""
    if prompt.turns and prompt.turns[-1].role != "user":
        raise UsageError(
            sentence("Google's gemma program cannot go on with an answer."),
            sentence("Regenerate it instead."),
        )
    check_tokens(prompt.ids, tokenizer.vocab_size, session.context_tokens, room=1)
    start_ns = time.monotonic_ns()
    times: list[int] = []
    answer = _Answer(prompt, tokenizer, on_text)

    def on_piece(piece: str) -> bool:
        times.append(time.monotonic_ns())
        return answer.on_piece(piece)

    request = TextRequest(prompt.turns, tokenizer.decode(prompt.ids[1:]))
    finish = session.answer(request, sampling, on_piece)
    answer.finish()
    new_tokens = len(tokenizer.encode_plain(answer.text))
    if answer.stops.found:
        finish = "stop"
    elif finish == "stop" and 0 < sampling.max_tokens <= new_tokens:
        finish = "length"
    first_s = (times[0] - start_ns) / 1e9 if times else 0.0
    decode_s = (times[-1] - times[0]) / 1e9 if times else 0.0
    return Finished(
        text=answer.text,
        ids=(),
        logprobs=(),
        finish=finish,
        timings=Timings(len(prompt.ids), 0, new_tokens, first_s, first_s, decode_s),
        rss_bytes=rss_bytes(),
        peak_rss_bytes=peak_rss_bytes(),
        answer_ids=(),
    )
