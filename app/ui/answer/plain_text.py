"""An answer without its Markdown marks, as text to paste elsewhere. Pure; as costly as reading the Markdown.

Words, line breaks and code come out exactly as they were written. Lists keep their dashes and numbers, cells
of a table have tabs between them, a link its address behind it, and formulas stay as they are in the source.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from markdown_it.token import Token

from app.ui.answer.markdown_blocks import (
    CodeEnd,
    CodeLines,
    CodeStart,
    MarkdownBlocks,
    Markup,
    Piece,
    Plain,
)

_GAP = "\n\n"
_STEP_CHARS = 2000
_CUT = {"bullet_list_close": "bullet_list_open", "ordered_list_close": "ordered_list_open"}
"""Two lists of a kind are never neighbours: the second one goes on with the first, which was long."""

Pieces = Sequence[Piece]


def read_markdown(markdown: str) -> Iterator[Pieces]:
    """The pieces of a text, step by step: each step takes some milliseconds at most."""
    blocks = MarkdownBlocks()
    for start in range(0, len(markdown), _STEP_CHARS):
        yield blocks.feed(markdown[start : start + _STEP_CHARS])
    yield blocks.finish()


def plain_text(steps: Iterable[Pieces]) -> str:
    """What a text says, from the steps of `read_markdown`."""
    found: list[str] = []
    code: list[str] = []
    before: Piece | None = None
    for piece in chain.from_iterable(steps):
        if isinstance(piece, CodeStart):
            code = []
        elif isinstance(piece, CodeLines):
            code.append(piece.text)
        elif isinstance(piece, CodeEnd):
            found += [_GAP, "".join(code).removesuffix("\n")]
        else:
            text = piece.text if isinstance(piece, Plain) else _Blocks(piece.tokens).text()
            header = text.partition("\n")[0] + "\n"
            if _ends_in(before, "table_close") and found[-1].startswith(header):  # a long one that was cut
                found[-1] += text[len(header) - 1 :]
            else:
                found += [_between(before, piece), text]
        before = piece
    return "".join(found[1:])


def code_blocks(steps: Iterable[Pieces]) -> list[str]:
    """The content of each block of code, without the newline that ends it."""
    found: list[list[str]] = []
    for piece in chain.from_iterable(steps):
        if isinstance(piece, CodeStart):
            found.append([])
        elif isinstance(piece, CodeLines):
            found[-1].append(piece.text)
        elif isinstance(piece, Markup):
            found += [[token.content] for token in piece.tokens if token.type in ("fence", "code_block")]
    return ["".join(code).removesuffix("\n") for code in found]


def _between(before: Piece | None, piece: Markup | Plain) -> str:
    """What stands between two pieces."""
    if piece.joint is not None:
        return piece.joint
    if isinstance(before, Markup) and isinstance(piece, Markup) and piece.tokens:
        cut = any(_ends_in(before, end) and piece.tokens[0].type == start for end, start in _CUT.items())
        if cut and any(token.hidden for token in before.tokens):
            return "\n"
    return _GAP


def _ends_in(piece: Piece | None, kind: str) -> bool:
    return isinstance(piece, Markup) and bool(piece.tokens) and piece.tokens[-1].type == kind


def _joined(before: str, text: str, gap: str) -> str:
    return before + gap + text if before else text


class _Blocks:
    """Goes through block tokens once, keeping the place in lists."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._at = 0

    def text(self, until: str = "") -> str:
        """The blocks up to a token of type `until`, or all."""
        found = ""
        tight = False
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            if token.type == until:
                break
            tight = tight or token.hidden  # a paragraph of a tight list: a list in it follows at once
            block = self._block(token)
            if block is not None:
                found = _joined(found, block, "\n" if tight else _GAP)
        return found

    def _block(self, token: Token) -> str | None:
        kind = token.type
        if kind in ("bullet_list_open", "ordered_list_open"):
            return self._list(token)
        if kind == "blockquote_open":
            return self.text("blockquote_close")
        if kind == "table_open":
            return self._table()
        if kind == "inline":
            return _inline(token.children or ())
        if kind in ("fence", "code_block"):
            return token.content.removesuffix("\n")
        if kind == "math_block":
            return f"$${token.content}$$"
        return "---" if kind == "hr" else None

    def _list(self, opening: Token) -> str:
        number = int(opening.attrs.get("start", 1)) if opening.type == "ordered_list_open" else None
        end = opening.type.replace("open", "close")
        items: list[str] = []
        tight = False
        while self._tokens[self._at].type != end:
            self._at += 1  # the item opens
            tight = tight or self._tokens[self._at].hidden
            mark = "- " if number is None else f"{number}. "
            items.append(mark + _indented(self.text("list_item_close"), len(mark)))
            number = None if number is None else number + 1
        self._at += 1
        return ("\n" if tight else _GAP).join(items)

    def _table(self) -> str:
        rows: list[list[str]] = []
        while (token := self._tokens[self._at]).type != "table_close":
            self._at += 1
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(_inline(token.children or ()))
        self._at += 1
        return "\n".join("\t".join(row) for row in rows)


def _indented(text: str, by: int) -> str:
    """`text` with its later lines moved to the right, but for blank ones."""
    first, *others = text.split("\n")
    return "\n".join([first, *(" " * by + line if line else line for line in others)])


def _inline(tokens: Iterable[Token]) -> str:
    found: list[str] = []
    links: list[tuple[int, str]] = []
    for token in tokens:
        kind = token.type
        if kind in ("softbreak", "hardbreak"):
            found.append("\n")
        elif kind == "image":
            found.append(_inline(token.children or ()))
        elif kind == "link_open":
            links.append((len(found), str(token.attrs.get("href", ""))))
        elif kind == "link_close" and links:
            start, address = links.pop()
            if "".join(found[start:]) != address.removeprefix("mailto:"):
                found.append(f" ({address})")
        elif kind.startswith("math_inline"):
            sign = "$$" if kind == "math_inline_double" else "$"
            found.append(f"{sign}{token.content}{sign}")
        else:
            found.append(token.content)
    return "".join(found)
