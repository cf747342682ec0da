"""An answer while it is written: begun anew, or where an earlier one stopped. Pure."""

from dataclasses import asdict, replace

from app.backends.base import Sampling, Timings
from app.ui.chats.chat_session import Message
from app.workers.events import AnswerFinished

_HALF_CHARACTER = "\N{REPLACEMENT CHARACTER}"
"""What an answer ends in that was stopped within a character."""


def begun(author: str, question: int | None, earlier: Message | None, sampling: Sampling) -> Message:
    """The beginning of an answer to that message; `earlier` = the answer that it goes on with."""
    new = Message("assistant", "", author, parent=question, sampling=asdict(sampling))
    if earlier is None:
        return new
    text = earlier.text.removesuffix(_HALF_CHARACTER)
    return replace(new, text=text, timings=earlier.timings, ids=earlier.ids)


def ended(beginning: Message, answer: AnswerFinished) -> Message:
    """The whole of it."""
    return replace(
        beginning,
        text=beginning.text + answer.text,
        finish=answer.finish,
        timings=_together(beginning.timings, answer.timings),
        ids=beginning.ids + answer.ids,
    )


def _together(before: Timings | None, timings: Timings) -> Timings:
    """Tokens and time of both parts; the first token is that of the first part."""
    if before is None:
        return timings
    return replace(
        timings,
        new_tokens=before.new_tokens + timings.new_tokens,
        ttft_s=before.ttft_s,
        decode_s=before.decode_s + timings.decode_s,
    )
