"""Keeps chats: the store in a thread of its own, seen from the GUI thread.

Reads are awaited. Writes are queued, run in order, and repeated until they succeed: what the user wrote waits
in memory while a disk is full, and is saved when there is space again. Nothing here blocks.
"""

import asyncio
import logging
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from app.chat.store import ChatStore
from app.chat.store_rescue import drop, rescue, rescue_places, take_in
from app.errors import FacetError, InternalError, StoreDamaged, StoreError, StoreReadOnly
from app.language import sentence

_log = logging.getLogger(__name__)

RETRY_S = 2.0

Result = TypeVar("Result")
Change = Callable[[ChatStore], None]


@dataclass(slots=True)
class _Write:
    change: Change
    key: Hashable


class ChatKeeper(QObject):
    """Lives in the GUI thread, with the qasync loop running."""

    trouble_changed = Signal(object)
    """The StoreError that keeps writes waiting; None when all is saved again."""
    said = Signal(object)
    """A sentence for the user about how the file was found."""

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._executor = ThreadPoolExecutor(1, "facet-chats")
        self._store: ChatStore | None = None
        self._writes: list[_Write] = []
        self._writing: asyncio.Task[None] | None = None
        self._wake = asyncio.Event()
        self._tried = asyncio.Condition()
        self._trouble: StoreError | None = None
        self._places = rescue_places()
        self._rescued: Path | None = None

    @property
    def trouble(self) -> StoreError | None:
        """Why writes wait, if they do."""
        return self._trouble

    async def read(self, question: Callable[[ChatStore], Result]) -> Result:
        """What `question` finds in the store, after every write asked for before. Raises StoreError."""
        await self.saved()
        return await self._run(question)

    def write(self, change: Change, key: Hashable = None) -> None:
        """Have `change` made; it may be repeated. One with the same key that still waits is replaced."""
        for waiting in self._writes[1:] if self._writing is not None else self._writes:
            if key is not None and waiting.key == key:
                waiting.change = change
                return
        self._writes.append(_Write(change, key))
        if self._writing is None:
            self._writing = asyncio.get_running_loop().create_task(self._write_all())

    async def saved(self) -> StoreError | None:
        """Wait until every write asked for so far is committed; the reason when they have to wait longer."""
        if self._writing is None:
            return None
        self._wake.set()
        async with self._tried:
            await self._tried.wait()
        return self._trouble

    async def close(self) -> bool:
        """Write what waits, once more, and close the store. What cannot be saved is rescued; False
        when there was no room for that either.
        """
        failure = await self.saved()
        rescued = failure is not None and await self.rescue() is not None
        if self._writing is not None:
            self._writing.cancel()
        if self._store is not None:
            store, self._store = self._store, None
            try:
                await asyncio.get_running_loop().run_in_executor(self._executor, store.close)
            except FacetError as error:
                _log.warning("the store of chats was not closed: %s", error)
        self._executor.shutdown(wait=False)
        return failure is None or rescued

    def take_in_rescued(self) -> None:
        """Have what an earlier window could not save brought where it belongs."""
        self.write(lambda store: take_in(store, self._places))

    async def rescue(self) -> Path | None:
        """Put what waits into a file in another place, which the next start takes in; None = no room."""
        changes = [waiting.change for waiting in self._writes]
        loop = asyncio.get_running_loop()
        self._rescued = await loop.run_in_executor(
            self._executor, lambda: rescue(self._store, self._path, changes, self._places)
        )
        return self._rescued

    async def _write_all(self) -> None:
        try:
            while self._writes:
                self._wake.clear()
                failure = await self._try(self._writes[0])
                if failure is None:
                    self._writes.pop(0)
                self._remember(failure)
                if failure is not None or not self._writes:
                    if not self._writes:
                        self._writing = None
                    async with self._tried:
                        self._tried.notify_all()
                if failure is not None:
                    await self._wait_to_retry()
        finally:
            self._writing = None

    def _remember(self, failure: StoreError | None) -> None:
        before, self._trouble = self._trouble, failure
        if failure is None and self._rescued is not None and not self._writes:
            drop(self._rescued)
            self._rescued = None
        if str(before) != str(failure):
            self.trouble_changed.emit(failure)

    async def _try(self, write: _Write) -> StoreError | None:
        """None when it is done with, also when it never can be done."""
        try:
            await self._run(write.change)
        except StoreReadOnly:
            return None  # told when the store was opened
        except StoreError as error:
            return error
        except Exception as error:  # noqa: BLE001 - a defect must not keep later writes from the disk
            _log.exception("a change of the chats cannot be made")
            self.said.emit(
                InternalError(sentence("A change could not be saved ({error}).", error=error)).message
            )
        return None

    async def _wait_to_retry(self) -> None:
        try:
            await asyncio.wait_for(self._wake.wait(), RETRY_S)
        except TimeoutError:
            return

    async def _run(self, work: Callable[[ChatStore], Result]) -> Result:
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._executor, lambda: work(self._opened()))
        except StoreDamaged:
            await loop.run_in_executor(self._executor, self._recover)
            self._tell_how_it_was_found()
            return await loop.run_in_executor(self._executor, lambda: work(self._opened()))
        finally:
            self._tell_how_it_was_found()

    def _opened(self) -> ChatStore:
        """The store, opened when it is first needed. Runs in the store's thread."""
        if self._store is None:
            self._store = ChatStore.open(self._path)
        return self._store

    def _recover(self) -> None:
        store, self._store = self._store, None
        if store is not None:
            store.abandon()
        self._store = ChatStore.recover(self._path)

    def _tell_how_it_was_found(self) -> None:
        if self._store is not None and self._store.notice:
            notice, self._store.notice = self._store.notice, ""
            self.said.emit(notice)
