"""Watches how full the context of the chat on screen is: counts, warns, and does what the user chooses.

Asks the counter and shows the meter; what is left out of a prompt is decided in the worker, by the same rule.
"""

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.chat.context import ContextUse
from app.chat.conversation import Conversation
from app.errors import FacetError
from app.language import marked, tr
from app.ui.chats.chat_book import ChatBook
from app.ui.chats.chat_session import ChatSession, Message, Source
from app.ui.composing.composer import Composer
from app.ui.composing.context_meter import ContextMeter
from app.ui.conversation_flow import ConversationFlow
from app.ui.look.colors import Colors
from app.ui.panel.side_panel import SidePanel
from app.ui.transcript.answer_pane import centred
from app.ui.transcript.transcript import Transcript
from app.ui.views import View, Views
from app.workers.context_counter import ContextCounter, ContextQuestion, CountedContext
from app.workers.controller import GenerationController
from app.workers.events import AnswerStarted

_DELAY_MS = 120
SUMMARY_REQUEST = marked(
    "Summarise our conversation so far, so that we can go on from the summary: what was asked, what was "
    "found, what is open. At most 200 words."
)
"""The user reads it as their message, and an answer is written in its language."""


class ContextGuard(QObject):
    """All methods are for the GUI thread."""

    def __init__(
        self,
        flow: ConversationFlow,
        controller: GenerationController,
        transcript: Transcript,
        composer: Composer,
        panel: SidePanel,
        chats: ChatBook,
        views: Views,
        colors: Colors,
    ) -> None:
        super().__init__(views)
        self._flow = flow
        self._controller = controller
        self._transcript = transcript
        self._composer = composer
        self._sampling = panel.sampling
        self._chats = chats
        self._views = views
        self._dropping: set[int] = set()
        self._use: ContextUse | None = None
        self._ended = False
        self.meter = ContextMeter(colors)
        self.counter = ContextCounter(self)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_DELAY_MS)
        self._later.timeout.connect(self._ask)
        self.counter.counted.connect(self._show)
        flow.asked = self._asked
        flow.said.connect(self._said)
        controller.reported.connect(self._observe)
        for changed in (flow.changed, views.changed, chats.opened, composer.editor.textChanged):
            changed.connect(self.refresh)
        composer.shelf.changed.connect(self.refresh)
        for changed in (panel.sampling.changed, panel.system.changed, panel.opening.style_changed):
            changed.connect(self.refresh)
        self.meter.drop_requested.connect(self._drop)
        self.meter.shorten_requested.connect(self._shorten)
        self.meter.summary_requested.connect(self._sum_up)

    @property
    def use(self) -> ContextUse | None:
        """What was counted last for the chat on screen."""
        return self._use

    def over(self, composer: QWidget) -> QWidget:
        """The meter with `composer` under it, as they stand in the window."""
        both = QWidget()
        layout = QVBoxLayout(both)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.meter)
        layout.addWidget(composer)
        return centred(both, bottom=16)

    def drops_oldest(self, chat: ChatSession) -> bool:
        """Whether the user chose to leave out what is oldest in `chat`."""
        return chat.chat_id in self._dropping

    def show_colors(self, colors: Colors) -> None:
        self.meter.show_colors(colors)

    def wait_for_shutdown(self, timeout_ms: int) -> bool:
        """Block until the counting thread has ended; False when it has not by then."""
        self._ended = True
        self._later.stop()
        return self.counter.wait_for_shutdown(timeout_ms)

    @Slot()
    def refresh(self) -> None:
        """Count again soon: the chat, the draft, the model or a setting is another."""
        if not self._ended and not self._later.isActive():
            self._later.start()

    @Slot()
    def _ask(self) -> None:
        loaded, tokenizer = self._controller.loaded, self._controller.tokenizer
        if loaded is None or tokenizer is None or self._views.shown is not View.CHAT:
            self.counter.drop()
            self._show(None)
            return
        self.counter.ask(
            ContextQuestion(
                self.counter.next_number,
                self._flow.chat.conversation(),
                self._composer.editor.toPlainText(),
                self._composer.shelf.attachments,
                self._flow.style,
                tokenizer,
                loaded.context_tokens,
                self._flow.sampling.max_tokens,
                self.drops_oldest(self._flow.chat),
            )
        )

    @Slot(object)
    def _show(self, counted: CountedContext | None) -> None:
        use = self._use = None if counted is None else counted.use
        files = () if counted is None else counted.files
        self._composer.shelf.show_tokens(files, 0 if use is None else use.over)
        chat = self._flow.chat
        self.meter.show_use(use, self.drops_oldest(chat))
        if use is not None:
            self._mark(chat, use.dropped_turns)

    @Slot(object, object, bool)
    def _said(self, _chat: ChatSession, _message: Message, more: bool) -> None:
        if not more:
            self.refresh()

    @Slot(object)
    def _observe(self, event: object) -> None:
        chat = self._flow.chat
        if isinstance(event, AnswerStarted) and self._flow.answers(chat) and chat.summed_up is None:
            self._mark(chat, event.dropped_turns)

    def _mark(self, chat: ChatSession, dropped_turns: int) -> None:
        self._transcript.mark_unseen(chat.message_of_turn(dropped_turns) if dropped_turns else 0)

    @Slot()
    def _drop(self) -> None:
        self._dropping.add(self._flow.chat.chat_id)
        self.refresh()

    @Slot()
    def _shorten(self) -> None:
        if self._use is not None and self._use.left > 0:
            self._sampling.max_tokens.setValue(self._use.left)

    @Slot()
    def _sum_up(self) -> None:
        old = self._flow.chat
        if self._flow.busy or old.tree.leaf is None:
            return
        chat = ChatSession(sums_up=Source(old.chat_id, old.tree.leaf))
        chat.record = replace(chat.record, system=old.record.system, sampling=old.record.sampling)
        self._chats.begin(chat)
        self._flow.send(tr(SUMMARY_REQUEST))

    async def _asked(self, chat: ChatSession) -> tuple[Conversation, bool]:
        """The request for a summary is asked after the chat that it is of, as the store has it; everything
        else as it stands. Raises FacetError when that chat is gone.
        """
        asked, source = chat.conversation(), chat.summed_up
        if source is None:
            return asked, self.drops_oldest(chat)
        found = await self._chats.ask_store(lambda store: store.chat(source.chat))
        old = (
            ChatSession(found[0], map(Message.from_record, found[1])) if found is not None else ChatSession()
        )
        if source.message not in old.tree:
            raise FacetError(
                tr("The chat that was to be summed up has been deleted, so there is nothing to sum up."),
                tr("Undo the deletion, or delete this chat."),
            )
        old.tree.end_at(source.message)
        return replace(asked, turns=(*old.conversation().turns, *asked.turns)), True
