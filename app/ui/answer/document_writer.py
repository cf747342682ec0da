"""Writes pieces of an answer at the end of a QTextDocument, and takes the last of them back.

Code and quotes are plain paragraphs with margins; the widget paints what is behind them. So everything but a
table is laid out by Qt paragraph by paragraph, and adding to the end costs what is added.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token
from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextListFormat,
)

from app.ui.answer.code_colors import colored_lines, lexer_of
from app.ui.answer.inline_writer import InlineWriter
from app.ui.answer.list_marks import OpenList, open_list
from app.ui.answer.look import CODE_GAP, CODE_HEADER, CODE_PADDING, GAP, ITEM_GAP, JOINT, QUOTE_INDENT, Look
from app.ui.answer.markdown_blocks import CodeEnd, CodeLines, CodeStart, Markup, Piece, Plain
from app.ui.answer.table_writer import write_table

MAX_LINE = 2000
"""A longer run of text is shown in several paragraphs: Qt needs the square of its length where it has no
space.
"""
_COLORED_AT_ONCE = 20
_OPEN_LINES = 3
"""Of a paragraph that goes on so many lines at most are laid out and painted again with every word."""


@dataclass(slots=True)
class CodeBox:
    """A block of code in the document."""

    language: str
    start: int
    """Position of its first character."""
    margin: int
    """From the left edge of the text."""
    source: str = ""
    end: int = 0
    """Position in its last paragraph."""


@dataclass(slots=True)
class QuoteBar:
    """A quote in the document."""

    margin: int
    """From the left edge of the text to the bar."""
    start: int
    """Position in its first paragraph."""
    end: int = -1
    """Position in its last one; -1 while it is open."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the document that `DocumentWriter.rewind` goes back to."""

    position: int
    fresh: bool
    boxes: int
    bars: int
    rules: int


@dataclass(slots=True)
class _Place:
    """Where in nested blocks the writer is."""

    indent: int
    """Pixels by which each list is moved to the right."""
    lists: list[OpenList] = field(default_factory=list)
    open_bars: list[QuoteBar] = field(default_factory=list)
    item: bool = False
    """Whether the next paragraph is the first of a list item."""

    @property
    def quotes(self) -> int:
        return len(self.open_bars)

    @property
    def margin(self) -> int:
        return len(self.lists) * self.indent + self.beside_indents

    @property
    def beside_indents(self) -> int:
        return sum(one.wider for one in self.lists) + self.quotes * QUOTE_INDENT


class DocumentWriter:
    """Everything but `rewind` only adds to the end."""

    def __init__(self, document: QTextDocument, look: Look, scale: float) -> None:
        self._document = document
        self._look = look
        self._cursor = QTextCursor(document)
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self._inline = InlineWriter(look, scale)
        self._fresh = document.isEmpty()
        self.ends_in_words = False
        """Whether the last thing written is a paragraph's unadorned words, so that `extend` may go on."""
        self.cut_width: float | None = None
        """How wide the lines are at whose ends the last paragraph is cut, see `extend`; None: it is whole."""
        self.boxes: list[CodeBox] = []
        self.bars: list[QuoteBar] = []
        self.rules: list[int] = []
        """Positions of paragraphs that are a horizontal rule."""

    def mark(self) -> Mark:
        """The end as it is now."""
        position = self._cursor.position()
        return Mark(position, self._fresh, len(self.boxes), len(self.bars), len(self.rules))

    def rewind(self, mark: Mark) -> None:
        """Take back what was written since."""
        self._cursor.setPosition(mark.position)
        self._cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        self._cursor.removeSelectedText()
        self.ends_in_words = False
        self.cut_width = None
        self._fresh = mark.fresh
        if self._fresh:
            self._cursor.setBlockFormat(self._look.spacer())
        del self.boxes[mark.boxes :]
        del self.bars[mark.bars :]
        del self.rules[mark.rules :]
        if self.boxes:
            self.boxes[-1].end = min(self.boxes[-1].end, mark.position)

    def extend(self, text: str) -> None:
        """Go on with the last words, in their own look. Lines that are full become a paragraph of their own,
        until `rewind`: no position and no pixel changes, and Qt lays out and paints the rest alone.
        """
        self._cut_full_lines()
        self._cursor.insertText(text)

    def code_beginning(self, text: str) -> None:
        """Show the beginning of a line of the code that is open; to be taken back by `rewind`."""
        if self.boxes[-1].source:
            self._cursor.insertBlock(self._code_format(self.boxes[-1].margin, first=False), self._look.code)
        self._cursor.insertText(text, self._look.code)
        self.boxes[-1].end = self._cursor.position()

    def write(self, piece: Piece) -> Iterator[None]:
        """Add `piece`; yields wherever the work may be left for a while."""
        if isinstance(piece, Markup):
            yield from self._markup(piece)
        elif isinstance(piece, Plain):
            yield from self.plain(piece.text, piece.joint)
        elif isinstance(piece, CodeStart):
            self._open_code(piece.language, 0)
        elif isinstance(piece, CodeLines):
            yield from self._code_lines(piece.text)
        elif isinstance(piece, CodeEnd):
            yield from self._close_code()

    def plain(self, text: str, joint: str | None = None) -> Iterator[None]:
        """Add `text` as it is, a paragraph a line."""
        form = self._look.block(bottom=0)
        for number, line in enumerate(text.split("\n")):
            self._begin(form, None if number else joint)
            for start in range(0, max(len(line), 1), MAX_LINE):
                if start:
                    self._begin(form, "")
                self._cursor.insertText(line[start : start + MAX_LINE], self._look.plain)
                yield

    def _cut_full_lines(self) -> None:
        block = self._document.lastBlock()
        lines = block.layout().lineCount()  # as they were laid out last
        form = block.blockFormat()
        indented = form.leftMargin() or form.indent() or block.textList() is not None
        if lines <= _OPEN_LINES or indented or block.textDirection() != Qt.LayoutDirection.LeftToRight:
            return
        space = block.layout().lineAt(lines - 1).textStart() - 1
        cursor = QTextCursor(self._document)
        cursor.setPosition(block.position() + space)
        cursor.setPosition(block.position() + space + 1, QTextCursor.MoveMode.KeepAnchor)
        if cursor.selectedText() != " ":  # a word wider than a line, or a script without spaces
            return
        full = QTextBlockFormat()
        full.setBottomMargin(0)
        form.setTopMargin(0)
        form.setProperty(JOINT, "+ ")
        cursor.removeSelectedText()
        cursor.mergeBlockFormat(full)
        cursor.insertBlock(form, cursor.charFormat())
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self.cut_width = self._document.textWidth()

    def _markup(self, piece: Markup) -> Iterator[None]:
        place = _Place(self._look.indent)
        joint = piece.joint
        tokens = piece.tokens
        at = 0
        while at < len(tokens):
            token = tokens[at]
            kind = token.type
            if token.nesting >= 0:
                self.ends_in_words = kind == "inline" and _ends_in_words(token)
            if kind in ("bullet_list_open", "ordered_list_open"):
                place.lists.append(open_list(tokens[at:], len(place.lists) + 1, self._look))
            elif kind in ("bullet_list_close", "ordered_list_close"):
                place.lists.pop()
            elif kind == "list_item_open":
                place.item = True
                if tokens[at + 1].type not in ("paragraph_open", "heading_open"):
                    self._begin_in(place, self._look.block(bottom=ITEM_GAP))
            elif kind == "blockquote_open":
                place.open_bars.append(QuoteBar(place.margin, -1))
            elif kind == "blockquote_close":
                bar = place.open_bars.pop()
                bar.end = self._cursor.position()
                if bar.start >= 0:
                    self.bars.append(bar)
            elif kind == "inline":
                opening = tokens[at - 1]
                self._begin_in(place, self._block_format(opening), joint)
                joint = None
                base = self._base(opening, place)
                yield from self._inline.write(self._cursor, token.children or (), base)
            elif kind in ("fence", "code_block"):
                self._open_code(token.info.strip().split(" ")[0], place.margin)
                yield from self._code_lines(token.content)
                yield from self._close_code()
            elif kind == "table_open":
                end = next(n for n in range(at, len(tokens)) if tokens[n].type == "table_close")
                yield from self._table(tokens[at:end], place)
                at = end
            elif kind == "hr":
                self._fresh = False
                self._begin_in(place, self._look.block(height=100))
                self.rules.append(self._cursor.position())
            elif kind == "math_block":
                form = self._look.block(top=4, height=100)
                form.setAlignment(Qt.AlignmentFlag.AlignHCenter)
                self._begin_in(place, form)
                source = f"$${token.content}$$"
                self._inline.formula(self._cursor, token.content.strip(), source, self._look.plain, True)
            at += 1
            yield

    def _begin_in(self, place: _Place, form: QTextBlockFormat, joint: str | None = None) -> None:
        """Start a paragraph in lists and quotes."""
        form.setLeftMargin(place.beside_indents)
        if self._follows_a_list(place):
            form.setTopMargin(max(form.topMargin(), GAP))
        if not place.item:
            form.setIndent(len(place.lists))
        self._begin(form, joint)
        for bar in place.open_bars:
            if bar.start < 0:
                bar.start = self._cursor.position()
        if place.item:
            innermost = place.lists[-1]
            if innermost.made is None:
                innermost.made = self._cursor.createList(innermost.form)
            else:
                innermost.made.add(self._cursor.block())
            words = self._look.muted if place.quotes else self._look.plain
            numbered = innermost.form.style() is QTextListFormat.Style.ListDecimal
            self._cursor.setBlockCharFormat(words if numbered else self._look.bullet(words))
            place.item = False

    def _follows_a_list(self, place: _Place) -> bool:
        """Whether a list has ended, and not only been cut, before the paragraph that begins."""
        before = None if self._fresh else self._cursor.currentList()
        if before is None or len(place.lists) > 1:
            return False
        goes_on = place.lists and (
            place.lists[0].made is not None or place.lists[0].form.style() == before.format().style()
        )
        return not goes_on

    def _block_format(self, opening: Token) -> QTextBlockFormat:
        if opening.type == "heading_open":
            return self._look.block(top=16 if int(opening.tag[1]) < 3 else 12, bottom=4)
        return self._look.block(bottom=ITEM_GAP) if opening.hidden else self._look.block()

    def _base(self, opening: Token, place: _Place) -> QTextCharFormat:
        if opening.type == "heading_open":
            return self._look.heading(int(opening.tag[1]))
        return self._look.muted if place.quotes else self._look.plain

    def _begin(self, form: QTextBlockFormat, joint: str | None) -> None:
        """Start a paragraph. `joint`: see Markup."""
        if joint is not None:
            form = QTextBlockFormat(form)
            form.setProperty(JOINT, f"+{joint}")
        if self._fresh:
            self._cursor.setBlockFormat(form)
            self._cursor.setBlockCharFormat(self._look.plain)
            self._fresh = False
        else:
            if joint is not None:
                tight = QTextBlockFormat()
                tight.setBottomMargin(0)
                self._cursor.mergeBlockFormat(tight)
            self._cursor.insertBlock(form, self._look.plain)

    def _open_code(self, language: str, margin: int) -> None:
        self._begin(self._code_format(margin, first=True), None)
        self.boxes.append(CodeBox(language, self._cursor.position(), margin, end=self._cursor.position()))

    def _code_format(self, margin: int, first: bool) -> QTextBlockFormat:
        top = CODE_HEADER + CODE_PADDING if first else 0
        if first and self.boxes and self.boxes[-1].end == self._cursor.position():
            top += CODE_PADDING + CODE_GAP  # of two margins that meet Qt takes the larger one
        form = self._look.block(top, CODE_GAP + CODE_PADDING, height=125)
        form.setLeftMargin(margin + CODE_PADDING)
        form.setRightMargin(CODE_PADDING)
        return form

    def _code_lines(self, text: str) -> Iterator[None]:
        box = self.boxes[-1]
        lexer = lexer_of(box.language)
        middle = QTextBlockFormat()
        middle.setBottomMargin(0)
        following = self._code_format(box.margin, first=False)
        first = not box.source
        box.source += text
        for line in text.split("\n")[:-1]:
            for start in range(0, max(len(line), 1), MAX_LINE):
                if not first:
                    self._cursor.mergeBlockFormat(middle)
                    form = QTextBlockFormat(following)
                    if start:
                        form.setProperty(JOINT, "+")
                    self._cursor.insertBlock(form, self._look.code)
                first = False
                self._cursor.insertText(line[start : start + MAX_LINE], self._look.code)
            if lexer is not None and len(line) <= MAX_LINE:  # as if no line depended on another
                formats = next(colored_lines(lexer, line, self._look.colors), None)
                self._cursor.block().layout().setFormats(formats or [])
            box.end = self._cursor.position()
            yield

    def _close_code(self) -> Iterator[None]:
        """Colour the whole, now that all of it is known."""
        box = self.boxes[-1]
        lexer = lexer_of(box.language)
        if lexer is None or max(map(len, box.source.split("\n"))) > MAX_LINE:
            return
        block: QTextBlock = self._document.findBlock(box.start)
        dirty = block.position()
        for number, formats in enumerate(colored_lines(lexer, box.source, self._look.colors), start=1):
            if not block.isValid() or block.position() > box.end:
                break
            block.layout().setFormats(formats)
            block = block.next()
            if number % _COLORED_AT_ONCE == 0:
                self._document.markContentsDirty(dirty, box.end - dirty)
                yield
                dirty = block.position() if block.isValid() else box.end
        self._document.markContentsDirty(dirty, max(box.end - dirty, 1))

    def _table(self, tokens: Sequence[Token], place: _Place) -> Iterator[None]:
        yield from write_table(self._cursor, tokens, self._look, self._inline, place.margin)
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self._cursor.setBlockFormat(self._look.spacer())
        small = QTextCharFormat()
        small.setFontPointSize(1)
        self._cursor.setBlockCharFormat(small)
        self._fresh = True


def _ends_in_words(inline: Token) -> bool:
    children = list(inline.children or ())
    return bool(children) and children[-1].type == "text"
