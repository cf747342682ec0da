"""Runs a whole comparison: both answers, then what explains them, into a report. Blocks; no terminal, no Qt.

In turn (the default) one side computes while the other does nothing; at once they share the processor, and
the times say so. Where one side fails the other answers all the same, and there is nothing to compare then.
"""

import datetime
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field, replace

from app.backends.base import LoadProgress, Sampling, Session
from app.backends.registry import BackendRegistry
from app.chat.conversation import Conversation
from app.chat.prompt import Prompt, PromptStyle, render
from app.compare.explain import Explainer, Explanation
from app.compare.machine import this_machine
from app.compare.noise import ASSUMED, NoiseBand
from app.compare.noise_measurement import measure_noise
from app.compare.one_sided import both
from app.compare.record import RunRecord, SideSettings
from app.compare.repeat import Repetition, repeat
from app.compare.report import ComparisonReport, Mode, spelled
from app.compare.sequences import align
from app.compare.side import Side, SideChoice
from app.compare.side_name import side_name
from app.compare.weights_hash import weights_sha256
from app.errors import Cancelled, FacetError
from app.language import joined, sentence


@dataclass(frozen=True, slots=True)
class Plan:
    """What to compare."""

    left: SideChoice
    right: SideChoice
    question: str
    system: str = ""
    style: PromptStyle | None = None
    """None = each model's own."""
    sampling: Sampling = field(default_factory=Sampling)
    mode: Mode = "in turn"
    explain: bool = True
    measure_noise: bool = True
    repeats: int = 0
    """Runs of each side, to see whether they give the same ids; 0 = none."""
    asked: "tuple[Asked, Asked] | None" = None
    """Left's and right's, instead of question, style and sampling: what a repetition does."""
    native_build: str = ""
    """Of the native library, for the report; empty = not known."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a side is asked, to the id."""

    prompt: Prompt
    sampling: Sampling
    prompt_style: str


Narrator = Callable[[str], None]
"""Hears what is being done, in words."""

_LEADING = {
    "left": sentence("leading the other side along the left answer"),
    "right": sentence("leading the other side along the right answer"),
}


class Comparison:
    """One run of a plan. `cancel` comes from any thread; `run` then raises Cancelled."""

    def __init__(self, plan: Plan, registry: BackendRegistry, narrate: Narrator = lambda words: None) -> None:
        self._plan = plan
        self._registry = registry
        self._narrate = narrate
        self._cancelled = False
        self._sides: tuple[Side, ...] = ()
        self._explainer: Explainer | None = None
        self._session: Session | None = None
        self._notes: list[str] = []

    def run(self) -> ComparisonReport:
        """Raises OneSideFailed, and where both did UsageError, BackendUnavailable, ModelError, ContextFull,
        OutOfMemory, EngineDied; Cancelled.
        """
        plan = self._plan
        with ExitStack() as stack:
            left, right = stack.enter_context(Side(plan.left)), stack.enter_context(Side(plan.right))
            self._sides = (left, right)
            self._check()
            at_once = plan.mode == "at once"
            runs = self._answer_at_once(left, right) if at_once else self._answer_in_turn(left, right)
            explanations = self._explain(left, right, runs) if plan.explain else ()
            noise = self._noise(left, right, runs[0]) if explanations else None
            repetitions = self._repeat(runs) if plan.repeats else ()
            pieces = spelled(runs, explanations, left.opened.tokenizer.piece)
        return ComparisonReport(
            created=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            mode=plan.mode,
            question=plan.question,
            system=plan.system,
            left=runs[0],
            right=runs[1],
            parted_at=align(runs[0].ids, runs[1].ids).first_divergence,
            noise=noise,
            explanations=explanations,
            machine=this_machine(plan.native_build),
            pieces=pieces,
            repetitions=repetitions,
            notes=tuple(self._notes),
        )

    def cancel(self) -> None:
        self._cancelled = True
        for side in self._sides:
            side.cancel()
        for running in (self._explainer, self._session):
            if running is not None:
                running.cancel()

    def _check(self) -> None:
        if self._cancelled:
            raise Cancelled

    def _answer_in_turn(self, left: Side, right: Side) -> tuple[RunRecord, RunRecord]:
        """The second model is loaded when the first has answered: an idle thread pool disturbs, too."""
        runs: dict[str, RunRecord] = {}
        failures: dict[str, FacetError] = {}
        for name, side in (("left", left), ("right", right)):
            with _kept(name, failures):
                prompt, settings = self._prepare(name, side)
                self._narrate(sentence("{side}: answering", side=side_name(name)))
                runs[name] = side.answer(prompt, settings)
            self._check()
        return both(runs, failures)

    def _answer_at_once(self, left: Side, right: Side) -> tuple[RunRecord, RunRecord]:
        prepared = []
        runs: dict[str, RunRecord] = {}
        failures: dict[str, FacetError] = {}
        for name, side in (("left", left), ("right", right)):
            with _kept(name, failures):
                prepared.append((name, side, *self._prepare(name, side)))
        self._narrate(sentence("both sides: answering"))

        def answer(name: str, side: Side, prompt: Prompt, settings: SideSettings) -> None:
            with _kept(name, failures):
                runs[name] = side.answer(prompt, settings, shared_processor=True)

        with ThreadPoolExecutor(max_workers=2, thread_name_prefix="facet-side") as pool:
            answers = [pool.submit(answer, *each) for each in prepared]
        for each in answers:
            each.result()  # raises Cancelled
        return both(runs, failures)

    def _prepare(self, name: str, side: Side) -> tuple[Prompt, SideSettings]:
        """Opens the side; its prompt and settings."""
        plan, entry = self._plan, side.choice.entry
        self._narrate(sentence("{side}: reading the sum of the weights", side=side_name(name)))
        digest = weights_sha256(entry, lambda done, total: not self._cancelled)

        def on_progress(progress: LoadProgress) -> bool:
            self._narrate(joined((side_name(name), progress.phase), ": "))
            return not self._cancelled

        side.open(self._registry, on_progress)
        if plan.asked is not None:
            asked = plan.asked[name == "right"]
        else:
            style = plan.style or entry.prompt_style
            question = Conversation(system=plan.system).with_turn("user", plan.question)
            asked = Asked(render(question, style, side.opened.tokenizer), plan.sampling, style)
        return asked.prompt, side.settings(asked.sampling, asked.prompt, asked.prompt_style, digest)

    def _explain(self, left: Side, right: Side, runs: tuple[RunRecord, RunRecord]) -> tuple[Explanation, ...]:
        """Both directions; none, and a note, where the sides' ids mean different things."""
        found = []
        try:
            for name, own, other, run in (("left", left, right, runs[0]), ("right", right, left, runs[1])):
                self._narrate(_LEADING[name])
                found.append(self._lead(name, own, other, run))
        except Cancelled:
            raise
        except FacetError as error:
            self._notes.append(sentence("The answers were not explained: {error}", error=error))
            return ()
        return tuple(found)

    def _lead(self, name: str, own: Side, other: Side, run: RunRecord) -> Explanation:
        with closing(own.model.session()) as ours, closing(other.model.session()) as theirs:
            explainer = Explainer(ours, theirs)
            self._watch(explainer)
            return explainer.run(run.prompt_ids, run.ids, name)

    def _watch(self, explainer: Explainer) -> None:
        """`cancel` ends it from now on."""
        self._explainer = explainer
        self._check()

    def _noise(self, left: Side, right: Side, run: RunRecord) -> NoiseBand:
        """Measured along the left answer where that can be done, else the assumed one and a note."""
        if not self._plan.measure_noise:
            return ASSUMED
        self._narrate(sentence("measuring what rounding does"))
        loaded = {
            side.choice.options.dtype: side.model
            for side in (left, right)
            if side.choice.backend == "transformers" and side.choice.entry == left.choice.entry
        }
        try:
            return measure_noise(
                self._registry,
                left.choice.entry,
                run.prompt_ids,
                run.ids,
                left.choice.options.threads,
                loaded,
                lambda progress: not self._cancelled,
                lambda done, total: not self._cancelled,
                self._watch,
            )
        except Cancelled:
            raise
        except FacetError as error:
            self._notes.append(sentence("The noise band is assumed, not measured: {error}", error=error))
            return ASSUMED

    def _watch_session(self, session: Session) -> None:
        self._session = session

    def _repeat(self, runs: Sequence[RunRecord]) -> tuple[Repetition, ...]:
        found = []
        for name, side, run in zip(("left", "right"), self._sides, runs, strict=True):
            times = self._plan.repeats
            self._narrate(sentence("{side}: answering {n} times", side=side_name(name), n=times))
            settings = run.settings
            found.append(
                repeat(
                    side.model,
                    side.threads,
                    run.prompt_ids,
                    replace(settings.sampling, max_tokens=len(run.tokens)),
                    self._plan.repeats,
                    is_cancelled=lambda: self._cancelled,
                    on_session=self._watch_session,
                )
            )
        return tuple(found)


@contextmanager
def _kept(side: str, failures: dict[str, FacetError]) -> Iterator[None]:
    """A failure inside says whose it is, and is kept in `failures`; a cancel comes out."""
    try:
        yield
    except Cancelled:
        raise
    except FacetError as error:
        if side == "left":
            told = sentence("The left side failed: {error}", error=error)
        else:
            told = sentence("The right side failed: {error}", error=error)
        failures[side] = type(error)(told, error.next_step)
