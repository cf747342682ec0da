"""A comparison done again from its report: the same ids asked of the same runtimes; do the answers repeat?

They should, sampled ones too: the seed is the report's. Where they do not, the sentence names what has
changed since. Pure; it runs nothing.
"""

from dataclasses import dataclass, replace

from app.backends.base import OpenOptions
from app.catalog.entry import CatalogEntry
from app.chat.prompt import Prompt, PromptStyle
from app.compare.comparison import Asked, Plan
from app.compare.record import Machine, RunRecord
from app.compare.report import ComparisonReport
from app.compare.sequences import shared_prefix
from app.compare.side import SideChoice
from app.compare.side_name import side_name
from app.errors import FacetError
from app.language import joined, sentence

_SETTINGS = (
    ("precision", sentence("precision")),
    ("engine", sentence("engine")),
    ("threads", sentence("threads")),
)
"""Fields of SideSettings, and what they are called."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """One side of the new run against the same side of the report."""

    side: str
    """"left" or "right"."""
    parted_at: int | None
    """Index in the answer at which the ids leave those of the report; None when they are the same."""
    changes: tuple[str, ...]
    """What is not as it was, each a noun phrase with both values."""
    tokens: int
    """Of the new answer."""

    @property
    def same_ids(self) -> bool:
        return self.parted_at is None

    @property
    def sentence(self) -> str:
        side = side_name(self.side)
        if self.parted_at is None:
            said = sentence("{side}: the same {n} ids as in the report.", side=side, n=self.tokens)
        elif self.changes:
            said = sentence(
                "{side}: the ids leave those of the report at token {n}.", side=side, n=self.parted_at + 1
            )
        else:
            return sentence(
                "{side}: the ids leave those of the report at token {n}, though weights, settings and "
                "versions are the same: it does not repeat itself.",
                side=side,
                n=self.parted_at + 1,
            )
        if not self.changes:
            return said
        changed = joined(self.changes, "; ")
        return sentence("{said} What has changed since: {changed}.", said=said, changed=changed)


def plan_again(report: ComparisonReport, left: CatalogEntry, right: CatalogEntry) -> Plan:
    """What the report did, with the models' entries of today. Raises FacetError where ids are left out."""
    if report.text_hidden:
        raise FacetError(sentence("The report cannot be run again: question and ids were left out of it."))
    return Plan(
        left=_choice(report.left, left),
        right=_choice(report.right, right),
        question=report.question,
        system=report.system,
        mode=report.mode,
        asked=(_asked(report.left), _asked(report.right)),
    )


def repeats(before: ComparisonReport, after: ComparisonReport) -> tuple[Repeat, Repeat]:
    """Left, then right."""
    machine = _machine_changes(before.machine, after.machine)
    return (
        _repeat("left", before.left, after.left, machine),
        _repeat("right", before.right, after.right, machine),
    )


def _choice(run: RunRecord, entry: CatalogEntry) -> SideChoice:
    settings = run.settings
    options = OpenOptions(
        dtype=settings.dtype,
        threads=settings.threads,
        context_tokens=settings.context_tokens,
        weights=settings.weights,
    )
    if settings.backend == "native":  # the others have one engine each
        options = replace(options, engine=settings.engine)
    return SideChoice(entry, settings.backend, options)


def _asked(run: RunRecord) -> Asked:
    settings = run.settings
    prompt = Prompt(
        run.prompt_ids,
        settings.sampling.stop_ids,
        settings.stop_texts,
        trim=settings.prompt_style != PromptStyle.RAW,
    )
    return Asked(prompt, replace(settings.sampling, stop_ids=()), settings.prompt_style)


def _repeat(side: str, before: RunRecord, after: RunRecord, machine: tuple[str, ...]) -> Repeat:
    changes = []
    if before.settings.weights_sha256 != after.settings.weights_sha256:
        old, new = (run.settings.weights_sha256[:12] or sentence("not hashed") for run in (before, after))
        changes.append(sentence("weights ({old} then, {new} now)", old=old, new=new))
    for field, what in _SETTINGS:
        old, new = (getattr(run.settings, field) for run in (before, after))
        if old != new:
            changes.append(sentence("{what} ({old} then, {new} now)", what=what, old=old, new=new))
    same = before.ids == after.ids
    parted = None if same else shared_prefix(before.ids, after.ids)
    return Repeat(side, parted, (*changes, *machine), len(after.ids))


def _machine_changes(before: Machine, after: Machine) -> tuple[str, ...]:
    changes = []
    if before.processor != after.processor:
        changes.append(
            sentence(
                "processor ({old} then, {new} now)",
                old=before.processor,
                new=after.processor,
            )
        )
    now = dict(after.versions)
    for package, version in before.versions:
        if now.get(package) != version:
            changes.append(
                sentence(
                    "{what} ({old} then, {new} now)",
                    what=package,
                    old=version,
                    new=now.get(package, sentence("missing")),
                )
            )
    return tuple(changes)
