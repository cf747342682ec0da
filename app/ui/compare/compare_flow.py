"""When each side of a comparison is asked: in turn, at once, or one side only. Coroutines over columns.

A side that fails is passed over; one that is slow or dead keeps only those waiting that the user chose to run
after it, and each of these can be called at once. Decides nothing about how a side answers.
"""

import asyncio
import logging
from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QObject, Signal, Slot

from app.backends.base import Sampling
from app.backends.processors import usable_processors
from app.chat.record import Attachment
from app.language import tr
from app.ui.chats.chat_session import ChatSession
from app.ui.compare.column import Column
from app.ui.compare.following_chat import FollowingChat
from app.ui.compare.side_words import side_in
from app.workers.memory_ledger import MemoryLedger

_log = logging.getLogger(__name__)


class CompareMode(StrEnum):
    """Which sides are asked, and when."""

    IN_TURN = "in turn"
    """One after the other, so that each has the whole processor: times are fair."""
    AT_ONCE = "at once"
    """Together; the threads are split between them."""
    LEFT = "left"
    RIGHT = "right"


class CompareFlow(QObject):
    """The columns' story. Lives in the GUI thread, with the qasync loop running."""

    changed = Signal()
    """Which sides run or wait may be different now."""
    answered = Signal(object)
    """Column: it came to rest after an answer, or without one."""
    finished = Signal()
    """Every side that was asked has ended its turn."""

    def __init__(self, ledger: MemoryLedger, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ledger = ledger
        self._columns: list[Column] = []
        self._round: asyncio.Task[None] | None = None
        self._working: set[Column] = set()
        self._shut_down = False
        self._mode = CompareMode.IN_TURN
        self.threads = 0
        """For all sides together when they run at once; 0 = the processors this process may use."""
        self.context_tokens = 0
        self.isolate_native = False
        self.sampling = Sampling()
        self._same_history = False

    @property
    def mode(self) -> CompareMode:
        return self._mode

    @mode.setter
    def mode(self, mode: CompareMode) -> None:
        self._mode = mode
        self.share_out()

    @property
    def columns(self) -> Sequence[Column]:
        return tuple(self._columns)

    @property
    def asked(self) -> Sequence[Column]:
        """The columns that the mode asks."""
        if self.mode is CompareMode.LEFT:
            return self._columns[:1]
        if self.mode is CompareMode.RIGHT:
            return self._columns[1:2]
        return tuple(self._columns)

    @property
    def busy(self) -> bool:
        """Whether a side runs or waits for its turn."""
        return any(column.busy or column.waiting for column in self._columns)

    @property
    def sharing(self) -> bool:
        """Whether several sides compute now."""
        return sum(column.busy for column in self._columns) > 1

    @property
    def same_history(self) -> bool:
        """Whether every side is given the left side's earlier answers."""
        return self._same_history

    @same_history.setter
    def same_history(self, same: bool) -> None:
        self._same_history = same
        for column in self._columns[1:]:
            chat = column.flow.chat
            if isinstance(chat, FollowingChat):
                chat.follows = same

    def add(self, column: Column) -> None:
        """The first one leads. Starts a new conversation on all sides."""
        self._columns.append(column)
        self.share_out()
        column.changed.connect(self._column_changed)
        self.new_conversation()

    def remove(self, column: Column) -> None:
        """The column must rest."""
        self._columns.remove(column)
        self._working.discard(column)
        column.changed.disconnect(self._column_changed)
        self.changed.emit()

    def new_conversation(self) -> None:
        """Empty every side; ends what runs."""
        self.stop()
        leader = ChatSession()
        for index, column in enumerate(self._columns):
            column.wait_bar.hide()
            column.run.clear()
            column.flow.show_chat(FollowingChat(leader) if index else leader)
        self.same_history = self._same_history

    def send(self, text: str, attachments: tuple[Attachment, ...] = ()) -> None:
        """Put the question to the sides that the mode asks."""
        if self.busy or self._shut_down:
            return
        asked = list(self.asked)
        for column in self._columns:
            column.run.clear()
        self.share_out()
        for column in asked:
            column.post(text, attachments)
        self._round = asyncio.get_running_loop().create_task(self._run(asked))
        self._round.add_done_callback(self._round_ended)
        self.changed.emit()

    @Slot()
    def stop(self) -> None:
        """End what runs, and ask nobody who waits."""
        for column in self._columns:
            if column.waiting or column.busy:
                column.stop()

    def shutdown(self) -> None:
        """End every task and begin the shutdown of every column; `settle` waits for the tasks."""
        self._shut_down = True
        if self._round is not None:
            self._round.cancel()
        for column in self._columns:
            column.shutdown()

    @property
    def settled(self) -> bool:
        """Whether no coroutine is under way."""
        return self._round is None and all(column.flow.settled for column in self._columns)

    async def settle(self) -> None:
        """Wait until every coroutine has ended."""
        if self._round is not None:
            await asyncio.wait({self._round})
        for column in self._columns:
            await column.flow.settle()

    def share_out(self) -> None:
        """Give every column the settings of the next answer, and its part of the threads."""
        processors = self.threads or usable_processors()
        sides = len(self._columns) if self.mode is CompareMode.AT_ONCE else 1
        for column in self._columns:
            column.threads = max(1, processors // sides)
            column.context_tokens = self.context_tokens
            column.isolate_native = self.isolate_native
            column.sampling = self.sampling

    async def _run(self, asked: Sequence[Column]) -> None:
        if self.mode is CompareMode.AT_ONCE:
            for column in asked:
                column.ask()
            for column in asked:
                await column.flow.turn_ended()
            return
        for index, column in enumerate(asked):
            for later in asked[index + 1 :]:
                if later.waiting:
                    waits = tr("Waits for the answer of the {side} side").format(side=side_in(column.side))
                    later.show_waiting(waits, tr("Both then share the processor"))
            if column.waiting:
                column.ask()
            await column.flow.turn_ended()

    def _round_ended(self, task: asyncio.Task[None]) -> None:
        self._round = None
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("unexpected error in the comparison", exc_info=error)
        self.changed.emit()
        self.finished.emit()

    @Slot(object)
    def _column_changed(self, column: Column) -> None:
        if column.busy and column not in self._working:
            self._working.add(column)
            self._ledger.begin(column)
        elif not column.busy and column in self._working:
            self._working.discard(column)
            self._ledger.end(column)
            self.answered.emit(column)
        if self.sharing:
            for working in self._working:
                working.run.shared_processor = True
        self.changed.emit()
