"""One finished answer as the differences show it: its record, and how its tokens are spelled. No widget."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.compare.record import RunRecord
from app.ui.compare.alternatives_table import Alternative
from app.ui.compare.strip_layout import written


@dataclass(frozen=True, slots=True)
class SideAnswer:
    """A new answer is a new object, even if it says the same."""

    name: str
    """"left", "right" or "third"."""
    record: RunRecord
    pieces: Mapping[int, str] = field(default_factory=dict)
    """By id; what a token adds to the text, or its name."""

    def spell(self, token: int) -> str:
        """As `pieces` has it, else the id in angle brackets."""
        return self.pieces.get(token, f"<{token}>")

    @property
    def spelled(self) -> list[str]:
        """Every token of the answer."""
        return [self.spell(token.id) for token in self.record.tokens]

    def alternatives(self, index: int) -> list[Alternative]:
        """What the side itself found likeliest where it drew its token `index`; that one is always there."""
        token = self.record.tokens[index]
        rows = ranked(token.top, token.id, self)
        if not any(row.chosen for row in rows):
            rows.append(Alternative(0, written(self.spell(token.id)), token.id, token.logprob, True))
        return rows


def ranked(top: tuple[tuple[int, float], ...], chosen: int, spelling: SideAnswer) -> list[Alternative]:
    """`top` is (id, logprob), best first."""
    return [
        Alternative(rank, written(spelling.spell(token)), token, logprob, token == chosen)
        for rank, (token, logprob) in enumerate(top, 1)
    ]
