"""What is equal between two sides, what differs, and which differences make a comparison unfair. Pure."""

from dataclasses import dataclass

from app.compare.record import SideSettings
from app.compare.sequences import shared_prefix
from app.language import joined, sentence

_LOSSY = "in 5 bits"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the strip between the sides."""

    name: str
    left: str
    right: str
    unfair: bool = False
    """Whether the difference gives the sides different work: their answers or speeds do not compare."""
    note: str = ""
    """What a difference means; empty where the sides are equal, unless both deviate from the reference."""

    @property
    def equal(self) -> bool:
        return self.left == self.right


def fairness(
    left: SideSettings, right: SideSettings, left_prompt: tuple[int, ...], right_prompt: tuple[int, ...]
) -> tuple[Check, ...]:
    """In the order in which the strip shows them."""
    return (
        _prompt(left_prompt, right_prompt),
        _weights(left, right),
        _precision(left, right),
        _must_equal(
            sentence("sampler"),
            _sampler(left),
            _sampler(right),
            sentence("Different samplers choose different tokens."),
        ),
        _must_equal(sentence("seed"), *_seeds(left, right), sentence("Different seeds are different dice.")),
        _must_equal(
            sentence("limits"), _limits(left), _limits(right), sentence("One side may stop before the other.")
        ),
        _must_equal(
            sentence("stop set"), _stops(left), _stops(right), sentence("One side may stop before the other.")
        ),
        _must_equal(
            sentence("threads"),
            str(left.threads),
            str(right.threads),
            sentence("One side has more of the processor."),
        ),
        _runtime(left, right),
        *_reference(left, right),
    )


def is_fair(checks: tuple[Check, ...]) -> bool:
    return not any(check.unfair for check in checks)


def _must_equal(name: str, left: str, right: str, note: str) -> Check:
    differs = left != right
    return Check(name, left, right, differs, note if differs else "")


def _prompt(left: tuple[int, ...], right: tuple[int, ...]) -> Check:
    if left == right:
        words = sentence("{n} ids", n=len(left))
        return Check(sentence("prompt"), words, words)
    return Check(
        sentence("prompt"),
        sentence("{n} ids", n=len(left)),
        sentence("{n} ids, other from {first} on", n=len(right), first=shared_prefix(left, right) + 1),
        True,
        sentence("The sides were asked different things."),
    )


def _weights(left: SideSettings, right: SideSettings) -> Check:
    ours, theirs = (
        side.weights_sha256[:12] or sentence("{model}, not hashed", model=side.model)
        for side in (left, right)
    )
    return _must_equal(
        sentence("weights"),
        ours,
        theirs,
        sentence("These are different files, so they may be different models."),
    )


def _precision(left: SideSettings, right: SideSettings) -> Check:
    if left.precision == right.precision:
        return Check(sentence("precision"), left.precision, right.precision)
    lossy = [side.precision for side in (left, right) if _LOSSY in side.precision]
    note = sentence("Part of the difference in speed and in the answers is the precision's.")
    if len(lossy) == 1:
        note = sentence("Weights in 5 bits have lost something: another model answers on that side.")
    return Check(sentence("precision"), left.precision, right.precision, len(lossy) == 1, note)


def _runtime(left: SideSettings, right: SideSettings) -> Check:
    """What the comparison is about: never unfair."""
    ours, theirs = (f"{side.backend} ({side.engine})" for side in (left, right))
    return Check(
        sentence("runtime"),
        ours,
        theirs,
        note="" if ours == theirs else sentence("This is what is compared."),
    )


def _reference(left: SideSettings, right: SideSettings) -> tuple[Check, ...]:
    """Only where a side computes otherwise than the model was trained; that is no matter of its speed."""
    if not left.deviations and not right.deviations:
        return ()
    ours, theirs = (
        sentence("{engine} deviates", engine=side.engine) if side.deviations else sentence("as trained")
        for side in (left, right)
    )
    told = dict.fromkeys((*left.deviations, *right.deviations))
    return (Check(sentence("reference"), ours, theirs, note=joined(told, " ")),)


def _sampler(side: SideSettings) -> str:
    sampling = side.sampling
    if sampling.temperature == 0:
        words: list[str] = [sentence("greedy")]
    else:
        words = [sentence("temperature {value:g}", value=sampling.temperature)]
        if sampling.top_k:
            words.append(f"top-k {sampling.top_k}")
        if sampling.top_p < 1:
            words.append(sentence("top-p {value:g}", value=sampling.top_p))
        if sampling.min_p > 0:
            words.append(sentence("min-p {value:g}", value=sampling.min_p))
    if sampling.repetition_penalty != 1:
        penalty = sampling.repetition_penalty
        if sampling.repetition_window:
            window = sampling.repetition_window
            words.append(sentence("penalty {penalty:g} over {window}", penalty=penalty, window=window))
        else:
            words.append(sentence("penalty {penalty:g} over all", penalty=penalty))
    return joined(words, ", ")


def _seeds(left: SideSettings, right: SideSettings) -> tuple[str, str]:
    """Greedy sides throw no dice."""
    if left.sampling.temperature == right.sampling.temperature == 0:
        return sentence("none needed"), sentence("none needed")
    return str(left.sampling.seed), str(right.sampling.seed)


def _limits(side: SideSettings) -> str:
    most = side.sampling.max_tokens
    if most:
        return sentence("{n} tokens, context {context}", n=most, context=side.context_tokens)
    return sentence("no limit, context {context}", context=side.context_tokens)


def _stops(side: SideSettings) -> str:
    ids = " ".join(map(str, sorted(side.sampling.stop_ids)))
    texts = " ".join(map(repr, sorted(side.stop_texts)))
    return f"{ids} {texts}".strip() or sentence("none")
