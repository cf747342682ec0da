"""Both answers as one text: what they share plain, what only one of them says in that side's colour."""

from collections.abc import Sequence
from html import escape

from PySide6.QtWidgets import QLabel, QTextBrowser, QVBoxLayout, QWidget

from app.compare.word_diff import Piece
from app.language import tr
from app.ui.compare.side_words import side_name
from app.ui.look.colors import Colors, mixed
from app.ui.look.quantities import count_text

SHARE = 0.18
"""Of a side's colour behind its words; more would make them hard to read."""


class WordDiffView(QWidget):
    """`show_words` shows a diff; before it the text is empty."""

    def __init__(self, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colors = colors
        self._names = ("left", "right")
        self._words: tuple[Piece, ...] = ()
        self._legend = QLabel()
        self._legend.setProperty("look", "muted")
        self._legend.setWordWrap(True)
        self.text = QTextBrowser()
        self.text.setObjectName("wordDiff")
        self.text.setAccessibleName(tr("Both answers as one text"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 8)
        layout.setSpacing(4)
        layout.addWidget(self._legend)
        layout.addWidget(self.text, 1)
        self._draw()

    def show_words(self, words: Sequence[Piece], names: tuple[str, str]) -> None:
        """`names` are those of the sides that `words` calls left and right."""
        self._words = tuple(words)
        self._names = names
        self._draw()

    def show_colors(self, colors: Colors) -> None:
        self._colors = colors
        self._draw()

    @property
    def legend(self) -> str:
        """What the colours mean, and how much differs, in words."""
        if not self._words:
            return ""
        if all(piece.side == "both" for piece in self._words):
            return tr("The answers have the same words.")
        counts = [
            sum(len(piece.text.split()) for piece in self._words if piece.side == side)
            for side in ("both", "left", "right")
        ]
        left, right = map(side_name, self._names)
        both, ours, theirs = map(count_text, counts)
        return tr("{both} words on both sides, {ours} only {left}, {theirs} only {right}").format(
            both=both, ours=ours, left=left, theirs=theirs, right=right
        )

    def _draw(self) -> None:
        backs = {
            "both": "",
            **{
                side: f' style="background-color:{mixed(color, self._colors.window, SHARE)}"'
                for side, color in zip(("left", "right"), self._colors.sides, strict=False)
            },
        }
        self.text.setHtml(
            '<p style="white-space: pre-wrap">'
            + "".join(f"<span{backs[piece.side]}>{escape(piece.text)}</span>" for piece in self._words)
            + "</p>"
        )
        keys = "".join(
            f"&nbsp; <span{backs[side]}>&nbsp;{escape(_only(name))}&nbsp;</span>"
            for side, name in zip(("left", "right"), self._names, strict=True)
        )
        self._legend.setText(f"{self.legend}{keys if self._words else ''}")


def _only(side: str) -> str:
    return tr("only {side}").format(side=side_name(side))
