"""What the user does with a message of the chat on screen: copy it, have it answered anew or go on, write it
anew, branch off, delete it, step between its versions.
"""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.ui.answer.pacer import Pacer
from app.ui.answer.plain_text import code_blocks, plain_text, read_markdown
from app.ui.chats.chat_book import ChatBook
from app.ui.chats.chat_session import ChatSession, Message
from app.ui.conversation_flow import ConversationFlow
from app.ui.transcript.answer_pane import AnswerPane
from app.ui.transcript.message_port import MessageAction
from app.ui.transcript.removed_messages import RemovedMessages

_FENCES = ("```", "~~~")
_COPIES = (MessageAction.COPY, MessageAction.COPY_TEXT, MessageAction.COPY_CODE)


class MessageActions(QObject):
    """A MessagePort. All methods are for the GUI thread."""

    def __init__(self, flow: ConversationFlow, pane: AnswerPane, chats: ChatBook, writing: QWidget) -> None:
        """`writing`: where the keyboard goes when the message in which it was has gone."""
        super().__init__(chats)
        self._flow = flow
        self._transcript = pane.transcript
        self._chats = chats
        self._writing = writing
        self.keys_of: Callable[[str], str] = lambda _name: ""
        """The keys that the action of a name has now."""
        self._copying = Pacer(self)
        self.removed = RemovedMessages(flow, chats, pane.transcript)
        self.removed.offered.connect(pane.undo.offer)
        self.removed.gone.connect(pane.undo.hide)
        pane.undo.undo_requested.connect(self.removed.undo)
        pane.transcript.take_port(self)
        flow.changed.connect(self._refresh)
        flow.said.connect(self._said)

    @property
    def steps(self) -> bool:
        return not self._flow.awaits(self._flow.chat)

    def versions(self, message_id: int) -> tuple[int, int]:
        tree = self._flow.chat.tree
        if message_id in tree:
            siblings = tree.siblings(message_id)
            return siblings.index(message_id) + 1, len(siblings)
        earlier = len(tree.children(tree.leaf))  # it streams
        return earlier + 1, earlier + 1

    def offered(self, message_id: int) -> Sequence[MessageAction]:
        """In the order in which they are shown; nothing for an answer that streams."""
        message = self._flow.chat.tree.get(message_id)
        if message is None:
            return ()
        can = {
            MessageAction.COPY: bool(message.text),
            MessageAction.COPY_TEXT: bool(message.text),
            MessageAction.COPY_CODE: any(fence in message.text for fence in _FENCES),
            MessageAction.EDIT: message.role == "user" and not self._flow.busy,
            MessageAction.CONTINUE: _cut_off(message) and self._can_regenerate(message),
            MessageAction.REGENERATE: self._can_regenerate(message),
            MessageAction.BRANCH: True,
            MessageAction.DELETE: self.steps,
        }
        return [action for action in MessageAction if can[action]]

    def run(self, action: MessageAction, message_id: int) -> None:
        message = self._flow.chat.tree.get(message_id)
        if message is None or action not in self.offered(message_id):
            return
        if action in _COPIES:
            job = _copy(message, action)
            if next(job, job) is not job:  # not at once
                self._copying.add(job)
        elif action is MessageAction.EDIT:
            self._transcript.edit(message_id)
        elif action is MessageAction.BRANCH:
            self._chats.take(self._flow.chat.branched_off(message_id))
        elif action is MessageAction.DELETE:
            self._leave()
            self.removed.remove(message_id)
        elif message.role == "user":
            self._leave()
            self._flow.ask_again(message_id)
        elif message.parent is not None:
            self._leave()
            self._flow.ask_again(message.parent, message if action is MessageAction.CONTINUE else None)

    def run_aimed(self, action: MessageAction) -> None:
        """Do it with the message in which the keyboard is, else with the last one that allows it.

        What failed is tried again first.
        """
        if action is MessageAction.REGENERATE and self._transcript.error_card is not None:
            self._flow.retry()
            return
        focused = self._transcript.focused_message
        chosen = [focused] if focused is not None else [one.id for one in self._flow.chat.messages[::-1]]
        for message_id in chosen:
            if action in self.offered(message_id):
                self.run(action, message_id)
                return

    def resend(self, message_id: int, text: str) -> bool:
        """A message that is as it was is not sent twice: another answer to it is asked for."""
        message = self._flow.chat.tree.get(message_id)
        if message is None or self._flow.busy:
            return False
        self._leave()
        if text == message.text:
            self._flow.ask_again(message_id)
        else:
            self._flow.chat.tree.end_at(message.parent)
            self._flow.show_branch(follow=True)
            self._flow.send(text, message.attachments)
        return True

    def step(self, message_id: int, by: int) -> None:
        """To the version so many places further; what was shown below it last is shown again."""
        tree = self._flow.chat.tree
        if message_id not in tree or not self.steps:
            return
        siblings = tree.siblings(message_id)
        place = siblings.index(message_id) + by
        if 0 <= place < len(siblings):
            tree.show(siblings[place])
            self._flow.show_branch()

    def step_aimed(self, by: int) -> None:
        """As `step`, for the message in which the keyboard is, else for the last one with versions."""
        focused = self._transcript.focused_message
        chosen = [focused] if focused is not None else [one.id for one in self._flow.chat.messages[::-1]]
        for message_id in chosen:
            if self.versions(message_id)[1] > 1:
                self.step(message_id, by)
                return

    def _leave(self) -> None:
        """Take the keyboard out of a message that is about to go."""
        if self._transcript.focused_message is not None:
            self._writing.setFocus()

    def _can_regenerate(self, message: Message) -> bool:
        """An answer to a question, or a question without one; not while an answer is awaited."""
        if self._flow.busy:
            return False
        if message.role == "user":
            return message.id == self._flow.chat.tree.leaf
        question = self._flow.chat.tree.get(message.parent)
        return question is not None and question.role == "user"

    @Slot()
    def _refresh(self) -> None:
        chat = self._flow.chat
        if chat.messages and chat.record.leaf != chat.tree.leaf:
            self._chats.keep_place(chat)
        self._transcript.refresh_tools()

    @Slot(object, object, bool)
    def _said(self, chat: ChatSession, _message: Message, more: bool) -> None:
        if chat is self._flow.chat and not more:
            self._transcript.refresh_tools()


def _cut_off(message: Message) -> bool:
    """Whether an answer was ended by something else than the model."""
    return message.role == "assistant" and bool(message.text) and message.finish != "stop"


def _copy(message: Message, action: MessageAction) -> Iterator[None]:
    """Put a form of `message` on the clipboard; Markdown is read in steps."""
    text = message.text
    if action is not MessageAction.COPY and (
        message.role == "assistant" or action is MessageAction.COPY_CODE
    ):
        steps = []
        for step in read_markdown(text):
            steps.append(step)
            yield
        if action is MessageAction.COPY_TEXT:
            text = plain_text(steps)
        elif codes := code_blocks(steps):
            text = codes[-1]
        else:
            return
    QGuiApplication.clipboard().setText(text)
