"""A chat as the window shows it: messages with their figures, in branches of which one is on screen. Pure
values and one small class; no widget.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from app.backends.base import Finish, Timings
from app.chat.attachments import told
from app.chat.conversation import Conversation, Role
from app.chat.record import (
    INTERRUPTED,
    WRITING,
    Attachment,
    ChatRecord,
    MessageRecord,
    new_id,
    now_ms,
)
from app.chat.title import title_of
from app.chat.tree import MessageTree
from app.language import tr

_MOST = 1e15
"""Of any figure of an answer."""
_ENDED: tuple[Finish, ...] = ("stop", "length", "cancelled")
_SUMS_UP = "sums_up"


@dataclass(frozen=True, slots=True)
class Source:
    """Another chat, up to a message of it: what a question asks a summary of."""

    chat: int
    message: int


@dataclass(frozen=True, slots=True)
class Message:
    """One message on screen."""

    role: Role
    text: str
    author: str = ""
    """For answers: model and backend, e.g. "Gemma 3 270M · Native"."""
    finish: Finish | None = None
    """How the answer ended; None for the user's and for an answer that failed on the way."""
    timings: Timings | None = None
    ids: tuple[int, ...] = ()
    """What was sampled for an answer, see `Turn.ids`."""
    id: int = field(default_factory=new_id, compare=False)
    parent: int | None = field(default=None, compare=False)
    """What it follows in its chat."""
    created_ms: int = field(default_factory=now_ms, compare=False)
    attachments: tuple[Attachment, ...] = ()
    sampling: Mapping[str, Any] = field(default_factory=dict, compare=False)
    """What an answer was drawn with, JSON values."""
    sums_up: Source | None = field(default=None, compare=False)
    """What the model is given before a question that begins a chat."""

    @property
    def full_text(self) -> str:
        """What the model is given: attached files before the text."""
        return told(self.attachments, self.text)

    def to_record(self, chat_id: int, writing: bool = False) -> MessageRecord:
        """For the store; `writing` marks an answer that is not complete yet."""
        figures: dict[str, Any] = {}
        if self.timings is not None:
            figures["timings"] = asdict(self.timings)
        if self.sampling:
            figures["sampling"] = dict(self.sampling)
        if self.sums_up is not None:
            figures[_SUMS_UP] = [self.sums_up.chat, self.sums_up.message]
        state = ""
        if self.role == "assistant":
            state = WRITING if writing else self.finish or INTERRUPTED
        return MessageRecord(
            self.id,
            chat_id,
            self.parent,
            self.role,
            self.text,
            self.created_ms,
            self.author,
            state,
            self.ids,
            figures,
            self.attachments,
        )

    @classmethod
    def from_record(cls, record: MessageRecord) -> "Message":
        """What the store has kept; figures of another form are left out."""
        sampling = record.figures.get("sampling")
        return cls(
            record.role,
            record.text,
            record.author,
            record.state if record.state in _ENDED else None,
            _timings(record.figures.get("timings")),
            record.ids,
            record.id,
            record.parent,
            record.created_ms,
            record.attachments,
            sampling if isinstance(sampling, dict) else {},
            _source(record.figures.get(_SUMS_UP)),
        )


class ChatSession:
    """Messages in branches, and the chat's own settings. The window owns it; nothing else changes it."""

    def __init__(
        self,
        record: ChatRecord | None = None,
        messages: Iterable[Message] = (),
        sums_up: Source | None = None,
    ) -> None:
        """`sums_up`: what the first question of a new chat asks a summary of, however it is written."""
        now = now_ms()
        self.record = record or ChatRecord(new_id(), created_ms=now, updated_ms=now)
        self.tree: MessageTree[Message] = MessageTree(messages, self.record.leaf)
        kept = (self.tree[root].sums_up for root in self.tree.children(None))
        self._sums_up = sums_up or next(filter(None, kept), None)

    @property
    def chat_id(self) -> int:
        return self.record.id

    @property
    def messages(self) -> list[Message]:
        """The branch on screen, oldest first. A copy: see `add`."""
        return self.tree.branch

    @messages.setter
    def messages(self, messages: list[Message]) -> None:
        """Replace every branch by this one. They get ids of their own: the store keeps a message once."""
        self.tree = MessageTree()
        for message in messages:
            self.add(replace(message, id=new_id()))

    @property
    def title(self) -> str:
        """The user's, or one from the first exchange, or "New chat" in their language."""
        return self.record.title or tr("New chat")

    @property
    def summed_up(self) -> Source | None:
        """What the model is to be given before the question on screen, where that asks for a summary."""
        messages = self.messages
        return messages[0].sums_up if len(messages) == 1 else None

    @property
    def unanswered(self) -> bool:
        """Whether the last message is the user's."""
        return self.tree.leaf is not None and self.tree[self.tree.leaf].role == "user"

    def add(self, message: Message) -> Message:
        """Let `message` follow the branch on screen; returns it with its place."""
        placed = replace(message, parent=self.tree.leaf)
        if placed.parent is None:
            placed = replace(placed, sums_up=self._sums_up)
        self.tree.add(placed)
        self.changed()
        return placed

    def branched_off(self, message_id: int) -> "ChatSession":
        """A new chat with this one's settings, of the messages up to that one."""
        now = now_ms()
        title = tr("{title} (branch)").format(title=self.title)
        record = replace(self.record, id=new_id(), title=title, named=True, pinned=False, leaf=None)
        chat = ChatSession(replace(record, created_ms=now, updated_ms=now), sums_up=self._sums_up)
        for message in self.tree.path(message_id):
            chat.add(replace(message, id=new_id()))
        return chat

    def remove_branch(self, message_id: int) -> list[Message]:
        """Take out a message and everything that follows it; returns them."""
        removed = self.tree.remove_branch(message_id)
        self.changed()
        return removed

    def restore(self, messages: Iterable[Message], leaf: int | None) -> None:
        """Put back what `remove_branch` took out; `leaf`: what is to be on screen, None = as it is."""
        self.tree.restore(messages)
        if leaf is not None:
            self.tree.show(leaf)
        self.changed()

    def changed(self) -> None:
        """Bring the record up to date with the branch on screen."""
        self.record = replace(self.record, leaf=self.tree.leaf, updated_ms=now_ms())
        first = self.messages[:2]
        if not self.record.named and first:
            answer = first[1].text if len(first) > 1 else ""
            question = first[0].text or ", ".join(file.name for file in first[0].attachments)
            self.record = replace(self.record, title=title_of(question, answer))

    def conversation(self) -> Conversation:
        """What the model is given: empty answers left out, questions that follow each other joined to one
        turn.
        """
        conversation = Conversation(system=self.record.system)
        for message in self.messages:
            text = message.full_text
            if not text:
                continue
            turns = conversation.turns
            if turns and turns[-1].role == message.role:
                joined = f"{turns[-1].text}\n\n{text}"
                conversation = replace(conversation, turns=turns[:-1]).with_turn(message.role, joined)
            else:
                conversation = conversation.with_turn(message.role, text, message.ids)
        return conversation

    def message_of_turn(self, turn: int) -> int:
        """Which of `messages` begins that turn of `conversation`; their number when there is none."""
        turns = -1
        before = ""
        for index, message in enumerate(self.messages):
            if not message.full_text:
                continue
            turns += message.role != before
            before = message.role
            if turns == turn:
                return index
        return len(self.messages)


def _source(value: object) -> Source | None:
    if isinstance(value, list) and len(value) == 2 and all(type(one) is int for one in value):
        return Source(*value)
    return None


def _timings(figures: object) -> Timings | None:
    if not isinstance(figures, dict) or not all(map(_is_figure, figures.values())):
        return None
    try:
        return Timings(**figures)
    except TypeError:
        return None


def _is_figure(value: object) -> bool:
    """Whether it can be reckoned with: a file of somebody else's may hold anything."""
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < _MOST
