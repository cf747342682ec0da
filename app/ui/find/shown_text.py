"""The text of a message as it is on screen, of one that has no widget too: it is written into a document that
nobody lays out, by the same code, so positions are the same.
"""

from collections.abc import Generator, Iterator

from PySide6.QtGui import QGuiApplication, QTextDocument

from app.ui.answer.answer_document import AnswerDocument
from app.ui.answer.look import Look
from app.ui.answer.pacer import Pacer
from app.ui.look.colors import LIGHT


class _Kept(Pacer):
    """Keeps the work instead of doing it."""

    def __init__(self) -> None:
        super().__init__()
        self.job: Iterator[None] = iter(())

    def add(self, job: Iterator[None]) -> None:
        self.job = job


def shown_text(source: str, markdown: bool) -> Generator[None, None, str]:
    """Yields after each turn of a few milliseconds; returns the text."""
    document = QTextDocument()
    kept = _Kept()
    look = Look(LIGHT, QGuiApplication.font())
    content = AnswerDocument(document, look, kept)
    if not markdown:
        content.begin(look, 1.0, markdown=False)
    content.finish(source)
    yield
    while not content.settled:
        next(kept.job, None)
        yield
    return document.toPlainText()
