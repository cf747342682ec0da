"""The verdicts in sentences; each place that is named is a link to its token."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from app.compare.judging import JudgedAnswer
from app.compare.verdict import Verdict
from app.language import marked, shown, tr
from app.ui.compare.findings import Findings
from app.ui.compare.side_words import side_in, side_name
from app.ui.look.colors import Colors
from app.ui.look.elided_label import ElidedLabel

_MOST = 50
_HINT = marked(
    "“Explain” leads both sides along the same tokens, measures what rounding does on them, and says of each "
    "difference whether it is rounding."
)


class FindingsView(QWidget):
    """`show_findings` shows them; without any it says how to come by some."""

    place_chosen = Signal(str, int)
    """(side, index of a token in its answer)."""

    def __init__(self, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colors = colors
        self._shown: tuple[Findings, tuple[JudgedAnswer, ...]] = (Findings(), ())
        heading = ElidedLabel()
        heading.setText(tr("Why they differ"))
        heading.setProperty("look", "heading")
        self.text = QTextBrowser()
        self.text.setObjectName("findings")
        self.text.setAccessibleName(tr("Why the answers differ"))
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._follow)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(heading)
        layout.addWidget(self.text, 1)
        self._draw()

    def show_findings(self, findings: Findings, runs: Sequence[JudgedAnswer]) -> None:
        """`runs` are those of `findings`, judged."""
        self._shown = (findings, tuple(runs))
        self._draw()

    def show_colors(self, colors: Colors) -> None:
        self._colors = colors
        self._draw()

    def _draw(self) -> None:
        findings, runs = self._shown
        parts = [self._run(run) for run in runs]
        if runs:
            parts.append(self._muted(band_words(findings)))
        parts += [
            f"<p><b>{escape(side_name(name))}</b>: {escape(shown(repetition.sentence))}</p>"
            for name, repetition in findings.repetitions
        ]
        self.text.setHtml("".join(parts) or self._muted(tr(_HINT)))

    def _run(self, run: JudgedAnswer) -> str:
        color = self._colors.danger if run.judgement.verdict is Verdict.REAL else self._colors.text
        verdict, _, rest = shown(run.judgement.sentence).partition(":")
        along = tr("Along the {side} answer.").format(side=side_in(run.own))
        lines = [
            f'<p><b>{escape(along)}</b> <b style="color:{color}">{escape(verdict)}:</b>{escape(rest)}</p>'
        ]
        for place in run.places[:_MOST]:
            kind, _, words = shown(place.sentence).partition(":")
            lines.append(
                f'<p style="margin-top:2px"><a href="{run.own}:{place.index}" '
                f'style="color:{self._colors.accent}">{escape(kind)}</a>:{escape(words)}</p>'
            )
        more = len(run.places) - _MOST
        return "".join(lines) + (self._muted(tr("and %n place(s) more", "", more)) if more > 0 else "")

    def _muted(self, words: str) -> str:
        return f'<p style="color:{self._colors.muted}">{escape(words)}</p>'

    @Slot(QUrl)
    def _follow(self, url: QUrl) -> None:
        name, _, index = url.toString().partition(":")
        self.place_chosen.emit(name, int(index))


def band_words(findings: Findings) -> str:
    """Where the measure of rounding comes from. A report has it as plain text, which has no values."""
    words = tr("What rounding does: {source}.").format(source=tr(findings.band.source))
    return f"{words} {shown(findings.band_note)}".strip()
