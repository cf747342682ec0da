"""The branch of a chat that is on screen as a page to read, in Markdown or plain text, and back. Pure.

Both are a row of sections with a heading each: the system text, the messages, and after a message the files
that went with it. A line of a text that looks like a heading of ours gets a backslash before it, which
reading takes away again. docs/chat-files.md says what a page does not hold.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from app.chat.chat_json import Chat
from app.chat.record import Attachment, ChatRecord, MessageRecord, new_id, now_ms
from app.chat.tree import MessageTree
from app.errors import FacetError
from app.language import sentence

_SYSTEM, _USER, _ASSISTANT, _FILE = "system", "user", "assistant", "file"


@dataclass(frozen=True, slots=True)
class _Section:
    kind: str
    label: str
    """The author of an answer, the name of a file."""
    created_ms: int | None
    text: str


@dataclass(frozen=True, slots=True)
class _Style:
    """How sections are written, and found again."""

    heading: Callable[[_Section], str]
    """Its lines, without a newline at their end."""
    found: re.Pattern[str]
    """A heading's lines, with the groups kind, time and label."""
    beginning: str
    """Of a heading's first line. A text's line that begins so, after any backslashes, gets one more."""

    def escaped(self, text: str) -> str:
        """`text` without anything that could be a heading."""
        return re.sub(rf"^(\\*{self.beginning})", r"\\\1", text, flags=re.MULTILINE)

    def unescaped(self, text: str) -> str:
        """What `escaped` was given."""
        return re.sub(rf"^\\(\\*{self.beginning})", r"\1", text, flags=re.MULTILINE)


def to_markdown(chat: ChatRecord, messages: Sequence[MessageRecord]) -> str:
    """Shown as a heading for each message; how a section began is in comments, which no viewer shows."""
    return f"# {_one_line(chat.title) or 'Chat'}\n\n{_page(chat, messages, _MARKDOWN)}"


def to_plain_text(chat: ChatRecord, messages: Sequence[MessageRecord]) -> str:
    """Every message under a line with its author and time."""
    return f"{_one_line(chat.title) or 'Chat'}\n\n{_page(chat, messages, _PLAIN)}"


def from_markdown(text: str, name: str) -> Chat:
    """The chat of a page that `to_markdown` made; `name` is what errors call the file. Raises FacetError."""
    return _chat_of(text.removeprefix("# "), name, _MARKDOWN)


def from_plain_text(text: str, name: str) -> Chat:
    """The chat of a page that `to_plain_text` made. Raises FacetError."""
    return _chat_of(text, name, _PLAIN)


def _page(chat: ChatRecord, messages: Sequence[MessageRecord], style: _Style) -> str:
    return "\n".join(
        f"{style.heading(section)}\n\n{style.escaped(section.text)}\n"
        for section in _sections(chat, messages)
    )


def _sections(chat: ChatRecord, messages: Sequence[MessageRecord]) -> Iterator[_Section]:
    if chat.system:
        yield _Section(_SYSTEM, "System", None, chat.system)
    for message in MessageTree(messages, chat.leaf).branch:
        label = "You" if message.role == "user" else _one_line(message.author) or "Answer"
        yield _Section(message.role, label, message.created_ms, message.text)
        for file in message.attachments:
            yield _Section(_FILE, _one_line(file.name) or "file", None, file.text)


def _chat_of(text: str, name: str, style: _Style) -> Chat:
    headings = list(style.found.finditer(text))
    if not headings:
        raise FacetError(sentence("{name} is no chat of Facet's: it has no heading of a message.", name=name))
    now = now_ms()
    chat = ChatRecord(new_id(), text[: headings[0].start()].strip(), True, created_ms=now, updated_ms=now)
    messages: list[MessageRecord] = []
    for section in _read(text, headings, style):
        if section.kind == _SYSTEM:
            chat = replace(chat, system=section.text)
        elif section.kind == _FILE:
            if not messages:
                raise FacetError(
                    sentence(
                        "{name} is damaged: the file {file} belongs to no message.",
                        name=name,
                        file=section.label,
                    )
                )
            files = (*messages[-1].attachments, Attachment(section.label, section.text))
            messages[-1] = replace(messages[-1], attachments=files)
        else:
            messages.append(_message(section, chat, messages[-1].id if messages else None))
    if not messages:
        raise FacetError(sentence("{name} has no message.", name=name))
    first, last = messages[0].created_ms, messages[-1].created_ms
    return replace(chat, created_ms=first, updated_ms=last, leaf=messages[-1].id), messages


def _message(section: _Section, chat: ChatRecord, parent: int | None) -> MessageRecord:
    created = chat.created_ms if section.created_ms is None else section.created_ms
    if section.kind == _USER:
        return MessageRecord(new_id(), chat.id, parent, "user", section.text, created)
    return MessageRecord(new_id(), chat.id, parent, "assistant", section.text, created, section.label, "stop")


def _read(text: str, headings: Sequence[re.Match[str]], style: _Style) -> Iterator[_Section]:
    ends = [*(heading.start() for heading in headings[1:]), len(text) + 1]
    for heading, end in zip(headings, ends, strict=True):
        found = heading.groupdict()
        kind = found["kind"].lower()
        content = text[heading.end() : end - 1].removeprefix("\n\n").removesuffix("\n")
        label, time = found["label"] or "", _ms(found["time"])
        yield _Section({"you": _USER}.get(kind, kind), label, time, style.unescaped(content))


def _markdown_heading(section: _Section) -> str:
    time = f" {_iso(section.created_ms)}" if section.created_ms is not None else ""
    level = "###" if section.kind == _FILE else "##"
    return f"<!-- facet: {section.kind}{time} -->\n{level} {section.label}"


def _plain_heading(section: _Section) -> str:
    time = f" [{_iso(section.created_ms)}]" if section.created_ms is not None else ""
    kind = {_USER: "You", _ASSISTANT: "Assistant", _SYSTEM: "System", _FILE: "File"}[section.kind]
    label = f": {section.label}" if section.kind in (_ASSISTANT, _FILE) else ""
    return f"=== {kind}{label}{time} ==="


def _iso(created_ms: int) -> str:
    try:
        return datetime.fromtimestamp(created_ms // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError):
        return "1970-01-01T00:00:00Z"


def _ms(time: str | None) -> int | None:
    if not time:
        return None
    try:
        return round(datetime.fromisoformat(time).timestamp() * 1000)
    except (ValueError, OverflowError, OSError):
        return None


def _one_line(text: str) -> str:
    return " ".join(text.split())


_TIME = r"(?P<time>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)"
_MARKDOWN = _Style(
    _markdown_heading,
    re.compile(
        rf"^<!-- facet: (?P<kind>system|user|assistant|file)(?: {_TIME})? -->\n##(?:#)? (?P<label>[^\n]*)$",
        re.MULTILINE,
    ),
    "<!-- facet: ",
)
_PLAIN = _Style(
    _plain_heading,
    re.compile(
        rf"^=== (?P<kind>System|You|Assistant|File)(?:: (?P<label>[^\n]*?))?(?: \[{_TIME}\])? ===$",
        re.MULTILINE,
    ),
    "=== ",
)
