"""What happens when the user picks, sends, stops or retries: coroutines over one controller and one pane.

Every path ends with the pane in a state the user can go on from: an answer, a stopped answer, or an error
card. The chat only grows: another answer to a question stands beside the earlier ones. Two flows with a pane
each make a comparison; they share nothing.
"""

import asyncio
import logging
from collections.abc import Coroutine
from contextlib import aclosing
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from app.backends.base import Sampling
from app.chat.prompt import PromptStyle
from app.chat.record import Attachment
from app.errors import Cancelled, FacetError, InternalError
from app.language import sentence, tr
from app.ui.chats.chat_session import ChatSession, Message
from app.ui.composing.draft import begun, ended
from app.ui.flow_ports import Asked, Drawn, Figures, Saved, as_it_is, nothing_to_save
from app.ui.target import Target
from app.ui.transcript.answer_pane import AnswerPane
from app.workers.controller import ControllerState, GenerationController
from app.workers.events import AnswerChunk, ModelLoaded

_log = logging.getLogger(__name__)


class ConversationFlow(QObject):
    """One pane's story. All methods are for the GUI thread, with the qasync loop running."""

    changed = Signal()
    """`busy` or `loaded` may be different now."""
    said = Signal(object, object, bool)
    """ChatSession, Message, whether more of it comes: a message is there, or has more text."""
    unsaid = Signal(object, object)
    """ChatSession, Message: an answer that failed before its first word; it is not in the chat."""
    answered = Signal(object)
    """AnswerFinished, or the FacetError that ended the turn."""

    def __init__(
        self,
        controller: GenerationController,
        pane: AnswerPane,
        figures: Figures,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._pane = pane
        self._figures = figures
        self._chat = ChatSession()
        self._asking: ChatSession | None = None
        self._answering: ChatSession | None = None
        self._unmet: tuple[int, Message | None] | None = None
        """A question whose answer was asked for last and failed, and what that was to go on with."""
        self._draft = Message("assistant", "")
        self._turn: asyncio.Task[None] | None = None
        self._load: asyncio.Task[FacetError | None] | None = None
        self._shut_down = self._stopped = False
        self._tasks: set[asyncio.Task[Any]] = set()
        self._engine = asyncio.Lock()
        self._target: Target | None = None
        self._loaded: Target | None = None
        self.saved: Saved = nothing_to_save
        self.asked: Asked = as_it_is
        self.sampling = Sampling()
        self.drawn: Drawn | None = None
        """Overrules `sampling`, for each answer anew."""
        self.style = PromptStyle.GEMMA_IT
        pane.load_bar.cancel_requested.connect(self.stop)
        pane.transcript.retry_requested.connect(self.retry)

    @property
    def busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._turn is not None and not self._turn.done()

    @property
    def loaded(self) -> bool:
        """Whether the chosen model stands ready."""
        open_now = self._controller.loaded is not None  # not when its process ended, or it was released
        return open_now and self._loaded is not None and self._loaded == self._target

    @property
    def controller(self) -> GenerationController:
        """What loads and answers for this pane."""
        return self._controller

    @property
    def loaded_model(self) -> ModelLoaded | None:
        """What the controller has open."""
        return self._controller.loaded

    @property
    def chat(self) -> ChatSession:
        """The chat on screen."""
        return self._chat

    @property
    def target(self) -> Target | None:
        return self._target

    def open(self, target: Target) -> None:
        """Load `target` in the background; ends what runs, keeps the conversation."""
        if self._shut_down:
            return
        stopping = self._controller.state is ControllerState.STOPPING
        if target.opens_as(self._target) and (self.loaded or (self._loading and not stopping)):
            return
        self._target = target
        self._controller.cancel()
        self._start_load(target)

    def aim(self, target: Target) -> None:
        """As `open`, but load `target` when an answer is asked for."""
        self._target = target

    def show_chat(self, chat: ChatSession) -> None:
        """Show `chat`, and what streams into it."""
        self._chat = chat
        self._pane.transcript.clear_error()
        self._pane.transcript.show_messages(chat.messages)
        if self._answering is chat:
            self._pane.transcript.begin_answer(self._draft)

    def show_branch(self, *, follow: bool = False) -> None:
        """Show what is the branch on screen now; `follow`: go to its end. Not while the chat `awaits`."""
        self._pane.transcript.clear_error()
        self._pane.transcript.show_messages(self._chat.messages, follow=follow)
        self.changed.emit()

    def show_message(self, message_id: int) -> None:
        """Scroll to a message of the chat on screen."""
        ids = [message.id for message in self._chat.messages]
        if message_id in ids:
            self._pane.transcript.show_message(ids.index(message_id))

    def answers(self, chat: ChatSession | None) -> bool:
        """Whether an answer streams into `chat`."""
        return chat is not None and self._answering is chat

    def awaits(self, chat: ChatSession) -> bool:
        """Whether an answer to the last message of `chat` was asked for and has not ended."""
        return self.busy and self._asking is chat

    def send(self, text: str, attachments: tuple[Attachment, ...] = ()) -> None:
        """Add the user's message and ask for an answer; loads the model first if need be."""
        if not self.busy:
            self.post(text, attachments)
            self.ask()

    def post(self, text: str, attachments: tuple[Attachment, ...] = ()) -> None:
        """Add the user's message; `ask` asks for the answer, at once or later."""
        if self._shut_down:
            return
        message = self._chat.add(Message("user", text, attachments=attachments))
        self._pane.transcript.clear_error()
        self._pane.transcript.add_user(message)
        self._pane.transcript.follow()
        self.said.emit(self._chat, message, False)

    def ask(self, earlier: Message | None = None) -> None:
        """Ask for an answer to the last message, or one that goes on with `earlier`; loads the model first if
        need be.
        """
        if self.busy or self._shut_down or not self._chat.unanswered:
            return
        self._asking, self._unmet, self._stopped = self._chat, None, False
        self._turn = self._spawn(self._answer(self._chat, earlier))
        self.changed.emit()

    def ask_again(self, question: int, earlier: Message | None = None) -> None:
        """Ask for another answer to a message of the chat on screen, or one that goes on with `earlier`; what
        is there is kept.
        """
        if not self.busy:
            self._chat.tree.end_at(question)
            self.show_branch(follow=True)
            self.ask(earlier)

    async def turn_ended(self) -> None:
        """Wait until no answer is awaited, however the turn ends."""
        if self._turn is not None:
            await asyncio.wait({self._turn})

    async def load_ended(self) -> None:
        """Wait until no load is under way, however it ends."""
        if self._load is not None:
            await asyncio.wait({self._load})

    @Slot()
    def stop(self) -> None:
        """End what runs; what has been written stays."""
        self._stopped = True
        self._controller.cancel()
        if self._loading:
            self._pane.load_bar.show_stopping()

    @Slot()
    def retry(self) -> None:
        """Do again what failed: answer what was asked, beside a part of an answer, else load."""
        self._pane.transcript.clear_error()
        if self._unmet is not None and self._unmet[0] in self._chat.tree:
            self.ask_again(*self._unmet)
        elif self._target is not None and not self.loaded and not self._loading:
            self._start_load(self._target)

    def shutdown(self) -> None:
        """End every task and begin the controller's shutdown; `settle` waits for the tasks.

        Nothing starts after it: a scan that ends late may still ask for a load.
        """
        self._shut_down = True
        for task in list(self._tasks):
            task.cancel()
        self._controller.begin_shutdown()

    @property
    def settled(self) -> bool:
        """Whether no coroutine is under way."""
        return not self._tasks

    async def settle(self) -> None:
        """Wait until every coroutine has ended; the widgets they show things in must live until then."""
        if self._tasks:
            await asyncio.wait(self._tasks)

    @property
    def _loading(self) -> bool:
        return self._load is not None and not self._load.done()

    def _start_load(self, target: Target) -> None:
        self._load = self._spawn(self._open(target))

    async def _open(self, target: Target) -> FacetError | None:
        """Load; None when it stands, else what ended it. A later choice of the user wins."""
        async with self._engine:
            if self._target != target:
                return Cancelled()
            self._loaded = None
            self._figures.clear()
            self._pane.transcript.clear_error()
            self._pane.load_bar.start(target.loading_words)
            self.changed.emit()
            try:
                events = self._controller.load(target.listed.entry, target.backend, target.options)
                async with aclosing(events):
                    async for event in events:
                        if isinstance(event, ModelLoaded):
                            self._figures.show_loaded(event)
                            self._loaded = target
                        else:
                            self._pane.load_bar.show_progress(event)
                return None
            except Cancelled as error:
                return error
            except FacetError as error:
                if self._target == target:
                    self._unmet = None  # this card is about the load, not about an answer of before
                    self._show_error(tr("The model could not be loaded"), error)
                return error
            finally:
                self._pane.load_bar.hide()
                self.changed.emit()

    async def _answer(self, chat: ChatSession, earlier: Message | None) -> None:
        """Load if need be, then stream one answer into `chat`, or the rest of `earlier`."""
        try:
            if (failure := await self.saved()) is not None:
                self._not_answered(chat, tr("Your message is not saved yet"), failure)
                return
            if self._stopped:  # while it was saved
                self._not_answered(
                    chat, tr("Not answered"), Cancelled(sentence("It was stopped before it began."))
                )
                return
            while self._target is not None:
                if not self.loaded:
                    if not self._loading:
                        self._start_load(self._target)
                    assert self._load is not None
                    wanted = self._target
                    failure = await asyncio.shield(self._load)
                    if failure is not None and self._target == wanted and not self._loading:
                        stopped = isinstance(failure, Cancelled)
                        told = Cancelled(sentence("Loading was stopped.")) if stopped else failure
                        self._not_answered(chat, tr("Not answered"), told)
                        return
                    continue
                async with self._engine:
                    if self.loaded:
                        await self._stream(chat, self._target, earlier)
                        return
            nothing = FacetError(sentence("No model is chosen."), sentence("Pick one at the top."))
            self._not_answered(chat, tr("Not answered"), nothing)
        finally:
            self._turn = None
            self._show_earlier_answer(chat, earlier)
            self.changed.emit()

    async def _stream(self, chat: ChatSession, target: Target, earlier: Message | None) -> None:
        self._answering = chat
        sampling = self.sampling if self.drawn is None else self.drawn(chat)
        beginning = self._draft = begun(target.author, chat.tree.leaf, earlier, sampling)
        self.said.emit(chat, self._draft, True)
        if chat is self._chat:
            self._pane.transcript.begin_answer(self._draft)
        self._figures.start_answer()
        outcome: object = Cancelled()
        try:
            conversation, drop_oldest = await self.asked(chat)
            if earlier is not None:
                conversation = conversation.going_on_with(beginning.text, beginning.ids)
            events = self._controller.answer(conversation, self.style, sampling, drop_oldest)
            async with aclosing(events):
                async for event in events:
                    if isinstance(event, AnswerChunk):
                        self._figures.show_chunk(event)
                        if event.text:
                            self._grow(chat, event.text)
                    else:
                        outcome = event
                        self._figures.show_finished(event)
                        self._draft = ended(beginning, event)
        except FacetError as error:
            outcome = error
        finally:
            self._answering = None
            written = len(self._draft.text) > len(beginning.text)
            self._keep(chat, self._draft, outcome, written=written)

    def _grow(self, chat: ChatSession, text: str) -> None:
        """More of the answer that streams into `chat`."""
        self._draft = replace(self._draft, text=self._draft.text + text)
        if chat is self._chat:
            self._pane.transcript.append(text)
        self.said.emit(chat, self._draft, True)

    def _keep(self, chat: ChatSession, answer: Message, outcome: object, *, written: bool) -> None:
        """Add `answer` to `chat` (one that failed with nothing `written` is not worth keeping), and the card
        if there is one.
        """
        stopped = isinstance(outcome, FacetError) or (answer.text and answer.finish == "cancelled")
        if kept := written or not stopped:
            answer = chat.add(answer)
            self.said.emit(chat, answer, False)
        else:
            self.unsaid.emit(chat, answer)
        if chat is self._chat:
            self._pane.transcript.end_answer(answer)
            if not kept:
                self._pane.transcript.show_messages(chat.messages)
            if isinstance(outcome, FacetError) and not isinstance(outcome, Cancelled):
                self._unmet = (answer.parent, None) if kept and answer.parent is not None else None
                self._show_error(tr("The answer failed"), outcome)
        self.answered.emit(outcome)

    def _show_earlier_answer(self, chat: ChatSession, earlier: Message | None) -> None:
        """Where another answer was asked for and none came, what was on screen comes back."""
        question = chat.tree.leaf
        if question is None or not chat.unanswered:
            return
        self._unmet = (question, earlier)
        if chat.tree.children(question):
            chat.tree.show(question)
            if chat is self._chat:
                self._pane.transcript.show_messages(chat.messages)

    def _not_answered(self, chat: ChatSession, title: str, error: FacetError) -> None:
        """The card is that of `chat`: trying again does it with what is on screen."""
        if chat is self._chat and self._pane.transcript.error_card is None:
            self._show_error(title, error)
        self.answered.emit(error)

    def _show_error(self, title: str, error: FacetError) -> None:
        other = self._target.other if self._target is not None else None
        self._pane.transcript.show_error(title, error, other)

    def _spawn(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("unexpected error in the conversation", exc_info=error)
            told = InternalError(f"{type(error).__name__}: {error}", sentence("The log has the details."))
            self._show_error(tr("Something unexpected happened"), told)
