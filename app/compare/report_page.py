"""What the report's page shows, as plain values in reading order; the template only lays it out. Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from app.compare.distribution import PositionComparison
from app.compare.explain import Explanation
from app.compare.figures import Figures, figures_of, rate_series
from app.compare.record import RunRecord
from app.compare.report import ComparisonReport
from app.compare.svg_plot import Line, Plot
from app.compare.verdict import Divergence, IdName

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A heading row and rows of text; the first cell of a row names it."""

    headings: tuple[str, ...]
    rows: Rows


@dataclass(frozen=True, slots=True)
class TokenMark:
    """A token of an answer as the strip shows it."""

    text: str
    look: str
    """"same", "after" (behind the first difference), "near" or "real"."""
    hint: str


def name_of(run: RunRecord) -> str:
    settings = run.settings
    return f"{settings.backend} ({settings.engine})"


def side_names(report: ComparisonReport) -> tuple[str, str]:
    """Told apart where both sides are of one kind."""
    left, right = name_of(report.left), name_of(report.right)
    if left == right:
        left, right = (f"{name_of(run)}, {run.settings.precision}" for run in (report.left, report.right))
    return (left, right) if left != right else (f"{left}, left", f"{right}, right")


def figures_table(report: ComparisonReport) -> Table:
    found = [figures_of(report.left), figures_of(report.right)]
    rows: list[tuple[str, ...]] = [
        ("weights", report.left.settings.precision, report.right.settings.precision)
    ]
    for name, unit, digits, factor in _FIGURES:
        values = [float(getattr(figures, name)) * factor for figures in found]
        rows.append((unit, *(f"{value:.{digits}f}" if value else "–" for value in values)))
    rows.append(("finished by", report.left.finish, report.right.finish))
    return Table(("", *side_names(report)), tuple(rows))


_FIGURES = (
    ("load_s", "load, s", 2, 1.0),
    ("ttft_s", "first token, s", 3, 1.0),
    ("prefill_tok_s", "prefill, tok/s", 1, 1.0),
    ("decode_tok_s", "decode, tok/s (mean)", 1, 1.0),
    ("prompt_tokens", "prompt tokens", 0, 1.0),
    ("new_tokens", "new tokens", 0, 1.0),
    ("rss_bytes", "memory at the end, MB", 0, 1e-6),
    ("peak_rss_bytes", "memory at most, MB", 0, 1e-6),
)
"""Field of Figures, title with unit, digits, factor."""


def speed_words(report: ComparisonReport) -> str:
    """Which side is how much faster, a sentence; empty where a figure is missing."""
    found: tuple[Figures, Figures] = (figures_of(report.left), figures_of(report.right))
    ratios = []
    for name, word in (("prefill_tok_s", "prefill"), ("decode_tok_s", "decode")):
        ours, theirs = (getattr(figures, name) for figures in found)
        if not ours or not theirs:
            return ""
        ratios.append(f"{word} ×{ours / theirs:.2f}")
    shared = " Both sides shared the processor." if report.mode == "at once" else ""
    left, right = side_names(report)
    return f"{left} against {right}: {', '.join(ratios)}.{shared}"


def divergence_table(report: ComparisonReport, explanation: Explanation) -> Table:
    spell = report.speller()
    rows = tuple(
        (
            str(found.index + 1),
            spell(found.left_id),
            spell(found.right_id),
            f"{found.margin:.3f}",
            f"{found.kl:.1e}",
            found.verdict.value,
            found.sentence,
        )
        for found in report.divergences(explanation)
    )
    return Table(("token", "left", "right", "margin", "KL, nats", "verdict", "why"), rows)


def token_strip(report: ComparisonReport, side: str) -> tuple[TokenMark, ...]:
    """The answer of `side`, token by token."""
    run = report.left if side == "left" else report.right
    explanation = next((found for found in report.explanations if found.own == side), None)
    positions = {each.index: each for each in explanation.positions} if explanation is not None else {}
    parted: dict[int, Divergence] = {}
    if explanation is not None:
        parted = {found.index: found for found in report.divergences(explanation)}
    spell = report.speller()
    pieces = dict(report.pieces)
    marks = []
    for index, token in enumerate(run.tokens):
        look = "same" if report.parted_at is None or index < report.parted_at else "after"
        if index in parted:
            look = "real" if parted[index].verdict.value.startswith("real") else "near"
        hint = [f"token {index + 1}, {math.exp(min(0.0, token.logprob)):.1%}"]
        if index in parted:
            hint.append(parted[index].sentence)
        if index in positions:
            hint += _position_words(positions[index], side, spell)
        marks.append(TokenMark(_shown(pieces.get(token.id, "▯")), look, "\n".join(hint)))
    return tuple(marks)


def _position_words(position: PositionComparison, side: str, spell: IdName) -> list[str]:
    other = "right" if side == "left" else "left"
    lines = [
        f"rank on the other side {position.rank}, KL {position.kl:.1e}, margin {position.own_margin:.3f}"
    ]
    for name, top in ((side, position.own_top), (other, position.other_top)):
        if top:
            lines.append(
                f"{name}: " + ", ".join(f"{spell(token)} {math.exp(min(0.0, lp)):.1%}" for token, lp in top)
            )
    return lines


def _shown(piece: str) -> str:
    """Spaces as spaces, a line break as a sign and a break."""
    return piece.replace("▁", " ").replace("\n", "⏎\n")


def plots(report: ComparisonReport) -> tuple[Plot, ...]:
    """Speed, memory and divergence; those without values are left out."""
    names = side_names(report)
    runs = (("left", names[0], report.left), ("right", names[1], report.right))
    speed = tuple(
        Line(name, look, tuple((float(i + 2), rate) for i, rate in enumerate(rates)))
        for look, name, run in runs
        if (rates := rate_series([token.time_ns for token in run.tokens]))
    )
    memory = tuple(Line(name, look, _memory_points(run)) for look, name, run in runs if len(run.memory) > 1)
    found = [
        Plot("Decoding speed", "token of the answer", "tokens per second", speed),
        Plot("Memory of each engine", "seconds since its load began", "MB", memory),
        Plot(
            "How far the sides are apart", "token of the answer", "KL, nats", _divergence_lines(report), True
        ),
    ]
    return tuple(plot for plot in found if plot.lines)


def _memory_points(run: RunRecord) -> tuple[tuple[float, float], ...]:
    first = run.memory[0]
    return tuple(
        ((sample.time_ns - first.time_ns) / 1e9, (sample.rss_bytes - first.rss_bytes) / 1e6)
        for sample in run.memory
    )


def _divergence_lines(report: ComparisonReport) -> tuple[Line, ...]:
    lines = []
    if report.noise is not None and report.noise.answer_kl:
        lines.append(Line("rounding alone", "band", _numbered(report.noise.answer_kl)))
    for explanation in report.explanations:
        name = f"along the {explanation.own} answer"
        lines.append(Line(name, explanation.own, _numbered([each.kl for each in explanation.positions])))
    return tuple(lines)


def _numbered(values: Sequence[float]) -> tuple[tuple[float, float], ...]:
    return tuple((float(index + 1), value) for index, value in enumerate(values))


def plot_table(plot: Plot) -> Table:
    """The same values as text: x, and a column for each line."""
    columns = [dict(line.points) for line in plot.lines]
    xs = sorted({x for column in columns for x in column})
    step = max(1, len(xs) // 200)
    rows = tuple(
        (f"{x:.4g}", *(f"{column[x]:.4g}" if x in column else "" for column in columns)) for x in xs[::step]
    )
    return Table((plot.x_label, *(line.name for line in plot.lines)), rows)
