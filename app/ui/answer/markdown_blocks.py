"""Cuts Markdown that is still being written into pieces that are final and the rest that is not. Pure text.

CommonMark decides blocks line by line and never reopens one, so all blocks but the last are final. Of a
last one that grows long, what cannot change any more is split off too: lines of a fence, items of a list,
rows of a table, the words of a paragraph. So the rest stays short, and an answer costs time linear in its
length.

Raw HTML stays text and images are not fetched: this parser makes no token that would do either.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

REST_CHARS = 4000
"""A last block longer than this is split: parsing it takes some milliseconds, and is done again and again."""
_REST_TOKENS = 1200
"""As REST_CHARS, for lists and tables of many small parts."""
_MAX_DEPTH = 30
_MAX_BRACKETS = 400
"""In one block: finding the ends of links takes the square of their number."""
_FENCE = re.compile(r"( {0,3})(`{3,}|~{3,})(.*)")
_LISTS = ("bullet_list_open", "ordered_list_open")


@dataclass(frozen=True, slots=True)
class Markup:
    """Blocks, as tokens of markdown-it."""

    tokens: tuple[Token, ...]
    joint: str | None = None
    """What stood between the block before and this one when both are one paragraph, cut; None else."""


@dataclass(frozen=True, slots=True)
class Plain:
    """Text to be shown as it is: too deep, or too costly, to be understood."""

    text: str
    joint: str | None = None


@dataclass(frozen=True, slots=True)
class CodeStart:
    """A fence opens."""

    language: str


@dataclass(frozen=True, slots=True)
class CodeLines:
    """Whole lines of the fence that is open, each ended by a newline."""

    text: str


@dataclass(frozen=True, slots=True)
class CodeEnd:
    """The fence is closed."""


Piece = Markup | Plain | CodeStart | CodeLines | CodeEnd


class MarkdownBlocks:
    """Takes text as it comes and gives pieces as they become final."""

    def __init__(self, references: Mapping[str, object] | None = None) -> None:
        """`references`: link definitions that are known already, see `references`."""
        self._references: dict[str, object] = dict(references or {})
        self._rest = ""
        self._joint: str | None = None
        self._fence: re.Match[str] | None = None
        self._parsed: tuple[str, list[Token]] = ("", [])

    @property
    def rest(self) -> str:
        """What is not final yet: a last block, or the last line of an open fence."""
        return self._rest

    @property
    def in_code(self) -> bool:
        """Whether a fence is open: `rest` is the beginning of a line in it."""
        return self._fence is not None

    @property
    def references(self) -> Mapping[str, object]:
        """Link definitions (`[name]: address`) so far; they count for what stands before them too."""
        return self._references

    def feed(self, text: str) -> list[Piece]:
        """Take more text; what is final now."""
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        self._rest += text
        pieces: list[Piece] = []
        if "\n" in text or len(self._rest) > REST_CHARS:  # else the last block goes on
            ended = self._rest.rfind("\n") + 1  # a last line "#" may become "#1": the same paragraph
            self._rest, line = self._rest[:ended], self._rest[ended:]
            while self._step(pieces):
                pass
            self._rest += line
            while len(self._rest) > REST_CHARS and self._step(pieces):
                pass
        return pieces

    def finish(self) -> list[Piece]:
        """What is left, at the end of the text."""
        pieces = self.feed("\n") if self._rest and not self._rest.endswith("\n") else []
        if self._fence is not None:
            pieces.append(CodeEnd())
            self._fence = None
        elif self._rest.strip():
            pieces.append(self._laid(self._rest))
        self._rest = ""
        return pieces

    def unfinished(self) -> Piece | None:
        """How `rest` would be shown if nothing followed; None in a fence and for blank text."""
        if self._fence is not None or not self._rest.strip():
            return None
        joint = self._joint
        piece = self._laid(self._rest)
        self._joint = joint
        return piece

    def _step(self, pieces: list[Piece]) -> bool:
        """Split one piece off the rest, if one is final; whether there may be more."""
        if self._fence is not None:
            return self._take_code_lines(self._fence, pieces)
        tokens = self._parse(self._rest)
        starts = [at for at, token in enumerate(tokens) if token.level == 0 and token.nesting >= 0]
        if not starts:
            return self._drop_blank()
        last = tokens[starts[-1]]
        lines = re.findall(r"[^\n]*\n|[^\n]+", self._rest)  # as the parser counts them
        first_line = last.map[0] if last.map else 0
        before = "".join(lines[:first_line])
        opening = _FENCE.match(lines[first_line]) if last.type == "fence" else None
        if opening is None and len(starts) == 1:
            return self._split_last(last, tokens, lines, pieces)
        if len(starts) > 1:
            pieces.append(self._laid(before, tokens[: starts[-1]]))
        self._rest = self._rest[len(before) :]
        if opening is None or not lines[first_line].endswith("\n"):
            return len(self._rest) > REST_CHARS and len(starts) > 1
        self._fence = opening
        self._rest = self._rest[len(lines[first_line]) :]
        pieces.append(CodeStart(opening[3].strip().split(" ")[0]))
        return True

    def _drop_blank(self) -> bool:
        """Of text that shows nothing keep the last line: it may go on."""
        if not self._rest.strip() or len(self._rest) > REST_CHARS:
            self._rest = self._rest[self._rest.rfind("\n") + 1 :][-REST_CHARS:]
        return False

    def _take_code_lines(self, opening: re.Match[str], pieces: list[Piece]) -> bool:
        marker = opening[2]
        closing = re.compile(rf" {{0,3}}{re.escape(marker[0])}{{{len(marker)},}}[ \t]*\n")
        content: list[str] = []
        taken = 0
        closed = False
        while not closed and (end := self._rest.find("\n", taken)) >= 0:
            line = self._rest[taken : end + 1]
            taken = end + 1
            closed = closing.fullmatch(line) is not None
            if not closed:
                content.append(_unindented(line, len(opening[1])))
        self._rest = self._rest[taken:]
        if content:
            pieces.append(CodeLines("".join(content)))
        if closed:
            pieces.append(CodeEnd())
            self._fence = None
        return closed

    def _split_last(
        self, last: Token, tokens: Sequence[Token], lines: Sequence[str], pieces: list[Piece]
    ) -> bool:
        """Split a last block that is too long; False when it is not, or has no place to be split at."""
        if len(self._rest) <= REST_CHARS and len(tokens) <= _REST_TOKENS:
            return False
        if last.type in _LISTS or last.type == "table_open":
            wanted = "list_item_open" if last.type in _LISTS else "tr_open"
            level = 1 if last.type in _LISTS else 2
            inner = [t.map[0] for t in tokens if t.type == wanted and t.level == level and t.map]
            if len(inner) > 1:
                pieces.append(self._laid("".join(lines[: inner[-1]])))
                start = last.map[0] if last.map else 0
                header = "".join(lines[start : start + 2]) if wanted == "tr_open" else ""
                self._rest = header + "".join(lines[inner[-1] :])
                return True
        if len(self._rest) <= REST_CHARS:
            return False
        cut = max(self._rest.rfind(sign, 0, REST_CHARS) for sign in "\n ") + 1 or REST_CHARS
        joint = self._rest[cut - 1] if self._rest[cut - 1] in "\n " else ""
        pieces.append(self._laid(self._rest[:cut]))
        self._rest = self._rest[cut:]
        self._joint = joint
        return True

    def _laid(self, source: str, tokens: Sequence[Token] | None = None) -> Markup | Plain:
        joint, self._joint = self._joint, None
        tokens = self._parse(source) if tokens is None else tokens
        if _depth(tokens) >= _MAX_DEPTH - 1 or source.count("[") > _MAX_BRACKETS:
            return Plain(source.strip("\n"), joint)
        return Markup(tuple(tokens), joint)

    def _parse(self, source: str) -> list[Token]:
        if source != self._parsed[0]:
            # Of a text with too many brackets only the places where its blocks begin are asked for.
            safe = source.replace("[", "(") if source.count("[") > _MAX_BRACKETS else source
            self._parsed = source, _parser().parse(safe, {"references": self._references})
        return self._parsed[1]


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": _MAX_DEPTH})
    parser.enable(["table", "strikethrough"])
    parser.use(dollarmath_plugin, allow_labels=False, allow_space=False, allow_digits=False)
    return parser


def _unindented(line: str, spaces: int) -> str:
    """`line` without as many leading spaces as its fence was indented by."""
    return line[min(spaces, len(line) - len(line.lstrip(" "))) :]


def _depth(tokens: Sequence[Token]) -> int:
    return max((max(token.level, _depth(token.children or ())) for token in tokens), default=0)
