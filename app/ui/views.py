"""The views of the window: which one is on screen, and what the composer drives."""

import asyncio
from enum import Enum, auto

from PySide6.QtCore import QObject, Signal, Slot

from app.chat.record import Attachment
from app.ui.benchmark.benchmark_view import BenchmarkView
from app.ui.chats.chat_book import ChatBook
from app.ui.compare.compare_page import ComparePage
from app.ui.conversation_flow import ConversationFlow
from app.ui.transcript.answer_announcer import AnswerAnnouncer
from app.ui.transcript.answer_pane import AnswerPane
from app.workers.controller import RUNNING, ControllerState, GenerationController


class View(Enum):
    """What the middle of the window shows."""

    CHAT = auto()
    COMPARISON = auto()
    BENCHMARK = auto()


class Views(QObject):
    """What is sent or stopped belongs to the view on screen; what runs in the others goes on."""

    changed = Signal()
    """Another view is on screen, or the one there is busy now, or no longer."""

    def __init__(
        self,
        chat: ConversationFlow,
        pane: AnswerPane,
        controller: GenerationController,
        compare: ComparePage,
        benchmark: BenchmarkView,
        book: ChatBook,
        parent: QObject,
    ) -> None:
        """`controller` is the chat's."""
        super().__init__(parent)
        self._chat = chat
        self._book = book
        self._ending: asyncio.Task[None] | None = None
        self._pane = pane
        self._compare = compare
        self._benchmark = benchmark
        self._view = View.CHAT
        AnswerAnnouncer(chat, pane.transcript)
        chat.changed.connect(self.changed)
        controller.state_changed.connect(self._book_memory)
        compare.changed.connect(self.changed)
        benchmark.running_changed.connect(self.changed)
        compare.hide()
        benchmark.hide()

    @property
    def shown(self) -> View:
        return self._view

    @property
    def comparing(self) -> bool:
        return self._view is View.COMPARISON

    @property
    def busy(self) -> bool:
        """Whether the view on screen awaits an answer."""
        if self._view is View.BENCHMARK:
            return False
        return self._compare.flow.busy if self.comparing else self._chat.busy

    def show(self, view: View) -> None:
        self._view = view
        self._pane.setVisible(view is View.CHAT)
        self._compare.setVisible(view is View.COMPARISON)
        self._benchmark.setVisible(view is View.BENCHMARK)
        self.changed.emit()

    @Slot(str, object)
    def send(self, text: str, attachments: tuple[Attachment, ...] = ()) -> None:
        if self.comparing:
            self._compare.send(text, attachments)
        else:
            self._chat.send(text, attachments)

    @Slot()
    def stop(self) -> None:
        if self._view is View.BENCHMARK:
            self._benchmark.stop()
        elif self.comparing:
            self._compare.flow.stop()
        else:
            self._chat.stop()

    def shutdown(self) -> None:
        """End every task of all views and begin the shutdown of their engines."""
        self._chat.shutdown()
        self._compare.shutdown()
        self._benchmark.begin_shutdown()
        self._ending = asyncio.get_running_loop().create_task(self._end())

    @Slot(object)
    def _book_memory(self, state: ControllerState) -> None:
        """What the chat's engine takes is not booked on a side of the comparison."""
        if state in RUNNING:
            self._compare.ledger.begin(self._chat)
        else:
            self._compare.ledger.end(self._chat)

    @property
    def settled(self) -> bool:
        """Whether no coroutine is under way."""
        return (
            self._chat.settled
            and self._compare.flow.settled
            and (self._ending is None or self._ending.done())
        )

    async def settle(self) -> None:
        """Wait until every coroutine has ended; the widgets they show things in must live until then."""
        await self._chat.settle()
        await self._compare.flow.settle()
        if self._ending is not None:
            await self._ending

    async def _end(self) -> None:
        """What the last answer leaves behind is kept before the store closes."""
        await self._chat.settle()
        await self._book.close()
