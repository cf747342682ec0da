"""Counts what a conversation takes of the context, in a thread of its own: a long draft takes a while.

Only the latest question is answered; one that comes while another is counted replaces those that wait.
"""

import logging
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from app.chat.attachments import told
from app.chat.context import ContextUse, Recall, measure
from app.chat.conversation import Conversation
from app.chat.prompt import PromptStyle
from app.chat.record import Attachment
from app.formats.tokenizer import Tokenizer
from app.workers.worker_thread import WorkerThread

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ContextQuestion:
    """What is to be counted; see `measure`."""

    number: int
    conversation: Conversation
    draft: str
    attachments: tuple[Attachment, ...]
    """Files that go with the draft."""
    style: PromptStyle
    tokenizer: Tokenizer
    limit: int
    max_tokens: int
    drop_oldest: bool


@dataclass(frozen=True, slots=True)
class CountedContext:
    """The answer to a question."""

    use: ContextUse
    """The files count as the draft's."""
    files: tuple[int, ...]
    """Tokens of each file by itself, as the model is told of it."""


class _Counter(QObject):
    """Lives in the counting thread; `latest` is set from the GUI thread."""

    counted = Signal(int, object)

    def __init__(self) -> None:
        super().__init__()
        self.latest = 0
        self._recall: Recall | None = None

    @Slot(object)
    def count(self, question: ContextQuestion) -> None:
        if question.number != self.latest:
            return
        recall = self._recall
        if recall is None or recall.tokenizer is not question.tokenizer:
            recall = self._recall = Recall(question.tokenizer)
        try:
            files = [told((file,), "") for file in question.attachments]
            use = measure(
                question.conversation,
                told(question.attachments, question.draft),
                question.style,
                recall,
                question.limit,
                question.max_tokens,
                question.drop_oldest,
            )
            counts = tuple(len(recall.encode_plain(file)) for file in files)
        except Exception:  # noqa: BLE001 - one that left a slot would be nobody's
            _log.exception("the context could not be counted")
            return
        recall.forget_but([*files, *(turn.text for turn in question.conversation.turns)])
        self.counted.emit(question.number, CountedContext(use, counts))


class ContextCounter(QObject):
    """Lives in the GUI thread; starts its thread with the first question."""

    counted = Signal(object)
    """CountedContext, for the latest question."""
    _asked = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = _Counter()
        self._thread = WorkerThread(self, "facet-context", self._worker)
        self._thread.connect(self._asked, self._worker.count)
        self._thread.connect(self._worker.counted, self._receive)

    @property
    def next_number(self) -> int:
        """For the next question."""
        return self._worker.latest + 1

    def ask(self, question: ContextQuestion) -> None:
        """Count; `counted` answers, unless another question comes before."""
        if self._thread.ready():
            self._worker.latest = question.number
            self._asked.emit(question)

    def drop(self) -> None:
        """Forget the latest question."""
        self._worker.latest += 1

    def wait_for_shutdown(self, timeout_ms: int = 5000) -> bool:
        """Block until the thread has ended; False when it has not by then."""
        self.drop()
        return self._thread.wait(timeout_ms)

    @Slot(int, object)
    def _receive(self, number: int, counted: object) -> None:
        if number == self._worker.latest:
            self.counted.emit(counted)
