"""Keeps a QTextDocument in step with a text that grows: Markdown for answers, as it is for the user's words.

What is final is written once. Only the last block is written again when more of it comes, and only where its
new words cannot simply be added. Long work is cut into turns of a few milliseconds.
"""

import re
from collections.abc import Iterator, Mapping
from math import ceil
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QTextCursor, QTextDocument

from app.ui.answer.document_writer import MAX_LINE, CodeBox, DocumentWriter, Mark, QuoteBar
from app.ui.answer.look import Look
from app.ui.answer.markdown_blocks import REST_CHARS, MarkdownBlocks, Piece, Plain
from app.ui.answer.pacer import TURN_S, Pacer

_BITE = 1500
"""Characters parsed at once."""
_WORDS_ONLY = re.compile(r"(?:[^\W_]|[ ,.'’?!:“”„…/–—-])+")
"""Means nothing to Markdown where it follows a word."""
_WORDS_AND_BRACKETS = re.compile(r"(?:[^\W_]|[ ,.'’?!:“”„…/–—()\";-])+")
"""The same, where no link and no entity has begun that these signs would end."""
_WORD_ENDS = ',.?!:“”„…()";'
"""What a word may follow as it follows a letter."""
_REST_SHARE = 12
"""Writing the last block again may take one part in so many of the time."""
_LETTER = re.compile(r"[^\W\d_]")
_FENCE_BEGINNING = re.compile(r" {0,3}(`*|~*)[ \t]*")


class AnswerDocument(QObject):
    """Owns what is in `document`."""

    laid_out = Signal()
    """Everything given so far is in the document."""

    def __init__(
        self, document: QTextDocument, look: Look, pacer: Pacer, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._look = look
        self._pacer = pacer
        self._scale = 1.0
        self._markdown = True
        self._job: Iterator[None] | None = None
        self._not_before = 0.0
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._work)
        self.begin(look, 1.0, True)

    @property
    def settled(self) -> bool:
        """Whether everything given so far is in the document."""
        return self._job is None and not self._later.isActive()

    @property
    def boxes(self) -> list[CodeBox]:
        """The blocks of code, top to bottom."""
        return self._writer.boxes

    @property
    def bars(self) -> list[QuoteBar]:
        """The quotes."""
        return self._writer.bars

    @property
    def rules(self) -> list[int]:
        """Positions of horizontal rules."""
        return self._writer.rules

    def begin(self, look: Look, scale: float, markdown: bool) -> None:
        """Start anew, with no text. `scale`: the screen's device pixel ratio."""
        self._look = look
        self._scale = scale
        self._markdown = markdown
        self._text = ""
        self._ended = False
        self._restart({})

    def append(self, text: str) -> None:
        """More of the text."""
        self._text += text
        self._work()

    def finish(self, text: str) -> None:
        """The whole text; it will not change any more."""
        if not text.startswith(self._text):
            self._restart({})
        self._text = text
        self._ended = True
        self._not_before = 0.0
        self._work()

    def refit(self) -> None:
        """The lines are of another length now: what was cut where they ended is written again."""
        width = self._document.textWidth()
        if self.settled and not self._ended and self._writer.cut_width not in (None, width):
            edit = QTextCursor(self._document)
            edit.beginEditBlock()
            self._show_rest()
            edit.endEditBlock()

    def stop(self) -> None:
        """Leave the document as it is, for ever."""
        self._later.stop()
        if self._job is not None:
            self._pacer.drop(self._job)
            self._job = None

    def _restart(self, references: Mapping[str, object]) -> None:
        self.stop()
        self._document.clear()
        self._document.setIndentWidth(self._look.indent)
        self._writer = DocumentWriter(self._document, self._look, self._scale)
        self._blocks = MarkdownBlocks(references)
        self._references = len(references)
        self._given = 0
        self._closed = False
        self._rest_mark: Mark | None = None

    @Slot()
    def _work(self) -> None:
        """Do a turn's work now and leave the rest to the pacer."""
        if self._job is not None:
            return  # it takes along what has come since
        wait = self._not_before - perf_counter()
        if wait > 0 and not self._extends(self._text[self._given :]):
            if not self._later.isActive():
                self._later.start(ceil(wait * 1000))
            return
        self._later.stop()
        job = self._job = self._turns()
        if next(job, self) is not self:
            self._pacer.add(job)

    def _turns(self) -> Iterator[None]:
        """All there is to do; one step is one turn, and one layout."""
        steps = self._steps()
        edit = QTextCursor(self._document)
        over = False
        while not over:
            end = perf_counter() + TURN_S
            edit.beginEditBlock()
            try:
                over = next(steps, self) is self
                while not over and perf_counter() < end:
                    over = next(steps, self) is self
            finally:
                edit.endEditBlock()
            if not over:
                yield
        self._job = None
        self.laid_out.emit()

    def _steps(self) -> Iterator[None]:
        rest_shown = False
        while self._given < len(self._text) or (self._ended and not self._closed):
            start = self._given
            bite = self._text[start : self._bite_end(start)]
            self._given += len(bite)
            rest_shown = self._extends(bite)
            if rest_shown:
                spaces, words = self._trailing_spaces(), bite.rstrip(" ")
                self._blocks.feed(bite)
                if words:
                    self._writer.extend(" " * spaces + words)
                continue
            pieces = self._pieces(bite) if self._markdown else self._lines(bite, start)
            if pieces or self._closed:
                self._take_back()
                for piece in pieces:
                    yield from self._writer.write(piece)
            if self._closed and len(self._blocks.references) > self._references:
                self._again()
            yield
        if not self._ended and not rest_shown:
            self._show_rest()

    def _bite_end(self, start: int) -> int:
        """Markdown may be cut anywhere; the user's words are cut between lines, if they are not too long."""
        if self._markdown:
            return start + _BITE
        return self._text.rfind("\n", start, start + _BITE) + 1 or start + MAX_LINE

    def _pieces(self, bite: str) -> list[Piece]:
        if bite:
            return self._blocks.feed(bite)
        self._closed = True
        return self._blocks.finish()

    def _lines(self, bite: str, start: int) -> list[Piece]:
        self._closed = self._ended and self._given == len(self._text)
        if not bite:
            return []
        begins = start == 0 or self._text[start - 1] == "\n"
        return [Plain(bite.removesuffix("\n"), None if begins else "")]

    def _again(self) -> None:
        """Once more with the link definitions that came after their use."""
        self._document.clear()
        references = self._blocks.references
        self._writer = DocumentWriter(self._document, self._look, self._scale)
        self._blocks = MarkdownBlocks(references)
        self._references = len(references)
        self._given = 0
        self._closed = False

    def _show_rest(self) -> None:
        """Show what is not final yet as it would be if nothing followed."""
        start = perf_counter()
        self._take_back()
        self._rest_mark = self._writer.mark()
        rest = self._blocks.rest
        if self._blocks.in_code:
            if not _FENCE_BEGINNING.fullmatch(rest):
                self._writer.code_beginning(rest)
        elif (piece := self._blocks.unfinished()) is not None:
            for _ in self._writer.write(piece):
                pass
        now = perf_counter()
        self._not_before = now + (now - start) * _REST_SHARE

    def _take_back(self) -> None:
        if self._rest_mark is not None:
            self._writer.rewind(self._rest_mark)
            self._rest_mark = None

    def _extends(self, bite: str) -> bool:
        """Whether `bite` only adds words to the text that is shown last: then nothing else changes."""
        blocks = self._blocks
        if self._rest_mark is None or blocks.in_code or not self._writer.ends_in_words or not self._markdown:
            return False
        rest = blocks.rest.rstrip(" ")
        if self._trailing_spaces() > 1 or len(rest) + len(bite) > REST_CHARS:
            return False
        line = rest[rest.rfind("\n") + 1 :]
        plain = bool(line) and (line[-1].isalnum() or line[-1] in _WORD_ENDS) and bool(_LETTER.search(line))
        harmless = _WORDS_ONLY if "[" in rest or "&" in rest else _WORDS_AND_BRACKETS
        return plain and harmless.fullmatch(bite) is not None

    def _trailing_spaces(self) -> int:
        return len(self._blocks.rest) - len(self._blocks.rest.rstrip(" "))
