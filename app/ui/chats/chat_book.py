"""The user's chats: which there are, which one is on screen, and that all that is said in them is kept.

Shows at once what the user did, and has it written behind; only reading a chat is waited for.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.chat.record import TITLE_SHOWN, ChatSummary, Preset
from app.chat.store import ChatStore
from app.errors import FacetError, StoreError
from app.language import shown, tr
from app.ui.chats.chat_list_item_model import ChatListItemModel
from app.ui.chats.chat_session import ChatSession, Message
from app.ui.conversation_flow import ConversationFlow
from app.workers.chat_keeper import ChatKeeper

Result = TypeVar("Result")

_log = logging.getLogger(__name__)

FLUSH_MS = 350
"""Text of an answer waits this long for the disk: on a busy machine, with the write, less than a second."""

_INDEXED_AT_ONCE = 200
"""Messages, which take some tens of milliseconds: what is said meanwhile waits no longer than that."""
_BETWEEN_INDEXING_S = 0.02


class ChatBook(QObject):
    """All methods are for the GUI thread, with the qasync loop running."""

    opened = Signal(object)
    """ChatSession: it is on screen now."""
    said = Signal(object)
    """A sentence for the user."""
    deleted = Signal(str)
    """What was deleted; `undo` brings it back."""
    presets_changed = Signal(object)
    """The presets there are, a list in order of their names."""

    def __init__(self, keeper: ChatKeeper, flow: ConversationFlow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.items = ChatListItemModel(self)
        self._keeper = keeper
        self._flow = flow
        self._sessions: dict[int, ChatSession] = {}
        """Chats that are in memory; the others are in the store only."""
        self._blank = ChatSession()
        """What `new` shows; what is written for it outlives a look at another chat."""
        self._deleted: list[ChatSummary] = []
        self._drafts: dict[int, tuple[ChatSession, Message]] = {}
        """Answers that grow, by their id, with text that is not written yet."""
        self._tasks: set[asyncio.Task[Any]] = set()
        self._wanted = 0
        self._searched = ""
        self._flush = QTimer(self)
        self._flush.setSingleShot(True)
        self._flush.setInterval(FLUSH_MS)
        self._flush.timeout.connect(self._write_drafts)
        keeper.setParent(self)
        keeper.said.connect(self.said)
        keeper.trouble_changed.connect(self._tell_trouble)
        flow.said.connect(self._keep_message)
        flow.unsaid.connect(self._forget_message)
        flow.saved = self.saved
        self.items.renamed.connect(self.rename)

    def start(self) -> None:
        """Show an empty chat, then the list; a chat whose answer was cut off by a crash comes up again."""
        self.new()
        self._keeper.take_in_rescued()
        self._spawn(self._start())

    @property
    def current(self) -> ChatSession:
        """The chat on screen."""
        return self._flow.chat

    @Slot()
    def new(self) -> None:
        """Show an empty chat. It is kept with its first message."""
        self._wanted += 1
        if self.current.messages or self.current.chat_id not in self._sessions:
            self.show(self.blank)
        else:
            self.show(self.current)

    @property
    def blank(self) -> ChatSession:
        """The chat in which nothing was said yet; drawn as new chats are now."""
        if self._blank is not self.current:
            self._blank.record = replace(self._blank.record, sampling={})
        return self._blank

    def take(self, chat: ChatSession) -> None:
        """Keep a chat that was made elsewhere, and show it."""
        self._wanted += 1  # what was asked for before does not come over it
        messages = [message.to_record(chat.chat_id) for message in chat.tree.nodes]
        record = chat.record
        self._keeper.write(lambda store: store.add(record, messages))
        self._list(chat)
        self.show(chat)

    def begin(self, chat: ChatSession) -> None:
        """Show a new chat. It is kept with its first message."""
        self._wanted += 1
        self.show(chat)

    def show(self, chat: ChatSession) -> None:
        """Put `chat` on screen."""
        self._sessions[chat.chat_id] = chat
        self._flow.show_chat(chat)
        for other in [key for key, one in self._sessions.items() if one is not chat]:
            if not self._flow.awaits(self._sessions[other]):
                del self._sessions[other]
        self.opened.emit(chat)

    @Slot(object, object)
    def open(self, chat_id: int, message_id: int | None = None) -> None:
        """Put a chat of the list on screen, at that message if one is named."""
        self._wanted += 1
        self._spawn(self._open(chat_id, message_id, self._wanted))

    @Slot(object, str)
    def rename(self, chat_id: int, title: str) -> None:
        """Give a chat the user's title."""
        self.change(chat_id, title=title, named=True)

    @Slot(object, bool)
    def pin(self, chat_id: int, pinned: bool) -> None:
        """Put a chat on top of the list, or back."""
        self.change(chat_id, pinned=pinned)

    def change(self, chat_id: int, **values: object) -> None:
        """Give a chat's record other values, in memory, in the list and in the store."""
        chat = self._sessions.get(chat_id)
        if chat is not None:
            chat.record = replace(chat.record, **values)  # type: ignore[arg-type]
        summary = self.items.summary(chat_id)
        shown = {name: value for name, value in values.items() if name in ("title", "pinned")}
        if summary is not None and shown:
            self.items.put(replace(summary, **shown))  # type: ignore[arg-type]
        if summary is not None or chat is None:
            self._keeper.write(lambda store: store.change_chat(chat_id, values))

    @Slot(object)
    def keep_preset(self, preset: Preset) -> None:
        """Keep a system text under its name, in place of one that has it."""
        self._keeper.write(lambda store: store.put_preset(preset))
        self._spawn(self._list_presets())

    @Slot(str)
    def remove_preset(self, name: str) -> None:
        """Forget a preset. Chats that have its text keep it."""
        self._keeper.write(lambda store: store.remove_preset(name))
        self._spawn(self._list_presets())

    def keep_place(self, chat: ChatSession) -> None:
        """Keep which branch of `chat` is on screen."""
        self.change(chat.chat_id, leaf=chat.tree.leaf)

    def remove_messages(self, chat: ChatSession, messages: Iterable[Message]) -> None:
        """Have the store forget messages that are no longer in `chat`."""
        record, gone = chat.record, [message.id for message in messages]
        self._keeper.write(lambda store: store.remove_messages(record, gone))
        self._list(chat)

    def keep_messages(self, chat: ChatSession, messages: Iterable[Message]) -> None:
        """Keep messages that are in `chat` again."""
        record, kept = chat.record, [message.to_record(chat.chat_id) for message in messages]
        self._keeper.write(lambda store: store.add(record, kept))
        self._list(chat)

    @Slot(object)
    def delete(self, chat_id: int) -> None:
        """Take a chat away; `undo` brings it back while the window is open."""
        summary = self.items.summary(chat_id)
        if summary is None:
            return
        chat = self._sessions.get(chat_id)
        awaited = chat is not None and self._flow.awaits(chat)
        if self._flow.answers(chat):
            self._flow.stop()
        self._deleted.append(summary)
        self.items.remove(chat_id)
        self._keeper.write(lambda store: store.remove_chat(chat_id))
        if self.current.chat_id == chat_id:
            self.show(self.blank)
        if not awaited:  # else the answer goes on into what `undo` shows again
            self._sessions.pop(chat_id, None)
        self.deleted.emit(tr("Deleted “{title}”").format(title=summary.title or tr("New chat")))

    @Slot()
    def undo(self) -> None:
        """Bring back the chat that was deleted last."""
        if self._deleted:
            summary = self._deleted.pop()
            self._keeper.write(lambda store: store.restore_chat(summary.id))
            self.items.put(summary)
            self.open(summary.id)

    @Slot(str)
    def search(self, text: str) -> None:
        """Show what `text` is found in; all chats for blank text."""
        self._searched = text
        self._spawn(self._search(text))

    @Slot()
    def refresh(self) -> None:
        """Show what other windows have changed."""
        self._spawn(self._refresh())

    async def saved(self) -> StoreError | None:
        """Wait until all that was said is on the disk; the reason when it has to wait."""
        self._write_drafts()
        return await self._keeper.saved()

    async def ask_store(self, question: Callable[[ChatStore], Result]) -> Result:
        """What `question` finds in the store, or does there, after all that was said is in it."""
        self._write_drafts()
        return await self._keeper.read(question)

    async def rescue(self) -> Path | None:
        """Put what waits for the disk into another place; where that is, None when there is no room."""
        self._write_drafts()
        return await self._keeper.rescue()

    @property
    def deleted_ids(self) -> list[int]:
        """Chats that were deleted here and not brought back."""
        return [summary.id for summary in self._deleted]

    @property
    def trouble(self) -> StoreError | None:
        """Why something is not saved yet."""
        return self._keeper.trouble

    @property
    def settled(self) -> bool:
        """Whether no coroutine is under way."""
        return not self._tasks

    async def close(self) -> None:
        """Write what is left, and close the store."""
        for task in list(self._tasks):
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)
        self._write_drafts()
        self._flush.stop()
        if not await self._keeper.close():
            _log.error("not everything that was said could be saved: %s", self._keeper.trouble)

    async def _start(self) -> None:
        wanted = self._wanted
        chats, interrupted = await self._keeper.read(lambda store: (store.chats(), store.interrupted))
        # What was said, renamed or deleted before the list was read is newer than the list.
        newer = {chat.id: chat for chat in self.items.chats}
        gone = self.deleted_ids
        read = [chat for chat in chats if chat.id not in newer and chat.id not in gone]
        self.items.show_chats([*newer.values(), *read])
        await self._list_presets()
        self._spawn(self._index_older())
        if interrupted and self._wanted == wanted and not self.current.messages:
            await self._open(interrupted[-1], None, wanted)

    async def _open(self, chat_id: int, message_id: int | None, wanted: int) -> None:
        chat = self._sessions.get(chat_id)
        if chat is None:
            found = await self._keeper.read(lambda store: store.chat(chat_id))
            if found is None:
                self.items.remove(chat_id)
                self.said.emit(tr("This chat was deleted in another window."))
                return
            chat = ChatSession(found[0], map(Message.from_record, found[1]))
        if wanted != self._wanted:
            return  # the user has chosen something else meanwhile
        if message_id is not None and message_id in chat.tree and not self._flow.awaits(chat):
            chat.tree.show(message_id)
        self.show(chat)
        if message_id is not None:
            self._flow.show_message(message_id)

    async def _search(self, text: str) -> None:
        hits = await self._keeper.read(lambda store: store.search(text)) if text.strip() else []
        if text == self._searched:
            self.items.show_hits(text, hits)

    async def _refresh(self) -> None:
        chats = await self._keeper.read(lambda store: store.chats_if_changed())
        if chats is not None:
            self.items.show_chats(chats)
            await self._list_presets()

    async def _index_older(self) -> None:
        """What an older file lacks for the search is made up for, a little at a time."""
        with suppress(StoreError):  # the next start goes on with it
            while await self._keeper.read(lambda store: store.index_older(_INDEXED_AT_ONCE)):
                await asyncio.sleep(_BETWEEN_INDEXING_S)

    async def _list_presets(self) -> None:
        self.presets_changed.emit(await self._keeper.read(lambda store: store.presets()))

    @Slot(object, object, bool)
    def _keep_message(self, chat: ChatSession, message: Message, growing: bool) -> None:
        if growing:
            self._drafts[message.id] = (chat, message)
            if not self._flush.isActive():
                self._flush.start()
            return
        if chat is self._blank:
            self._blank = ChatSession()
        self._drafts.pop(message.id, None)
        record, kept = chat.record, message.to_record(chat.chat_id)
        self._keeper.write(lambda store: store.add(record, [kept]), message.id)
        if not any(summary.id == chat.chat_id for summary in self._deleted):
            self._list(chat)

    @Slot(object, object)
    def _forget_message(self, chat: ChatSession, message: Message) -> None:
        self._drafts.pop(message.id, None)
        gone = message.to_record(chat.chat_id)
        self._keeper.write(lambda store: store.remove_message(gone), message.id)

    @Slot()
    def _write_drafts(self) -> None:
        drafts, self._drafts = self._drafts, {}
        for chat, message in drafts.values():
            kept = message.to_record(chat.chat_id, writing=True)
            self._keeper.write(partial(ChatStore.put_messages, messages=[kept]), message.id)

    def _list(self, chat: ChatSession) -> None:
        record = chat.record
        title = record.title[:TITLE_SHOWN]
        self.items.put(ChatSummary(record.id, title, record.pinned, record.updated_ms))

    @Slot(object)
    def _tell_trouble(self, trouble: StoreError | None) -> None:
        if trouble is not None:
            self.said.emit(tr("Not saved yet: {why}").format(why=shown(trouble.whole)))
        else:
            self.said.emit(tr("All chats are saved again."))

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if task.cancelled() or (error := task.exception()) is None:
            return
        if not isinstance(error, FacetError):
            _log.error("unexpected error among the chats", exc_info=error)
        self.said.emit(shown(error.whole if isinstance(error, FacetError) else error))
