"""Verdicts on models: the same weights, the same weights rounded, and weights that somebody changed.

On small twins of Gemma 3, and on the demo model where there is one.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path

import numpy as np
import pytest

from app.backends.base import Backend, LoadedModel, OpenOptions, Sampling
from app.backends.registry import BackendRegistry
from app.catalog.scan import find
from app.chat.conversation import Conversation
from app.chat.prompt import render
from app.compare.explain import Explainer, Explanation
from app.compare.judging import judge_answer
from app.compare.noise import NoiseBand, noise_of
from app.compare.noise_measurement import measure_noise
from app.compare.sequences import shared_prefix
from app.compare.verdict import Verdict, divergences, judge_run
from app.formats.element_type import ElementType
from app.formats.sbs_reader import SbsFile
from app.formats.sbs_writer import SbsWriter
from app.formats.tensor_source import from_array
from tests.e2e.models import opened, sbs_entry
from tests.fakes.twins import TWINS, VOCAB
from tests.unit.compare.rows import answered

pytest.importorskip("torch", reason="torch is not installed")

NEW_TOKENS = 12
Ids = Sequence[int]


def prompts(count: int) -> list[Ids]:
    random = np.random.default_rng(11)
    return [tuple(int(i) for i in random.integers(0, VOCAB, random.integers(20, 60))) for _ in range(count)]


def perturbed(source: Path, target: Path, layer: int, factor: float) -> Path:
    """A copy in which every matrix of one layer is `factor` times what it was."""
    with SbsFile.open(source) as file, SbsWriter(target) as writer:
        for name, record in file.tensors.items():
            values = file.decode(name).reshape(record.rows, record.cols)
            changed = values * np.float32(factor) if name.endswith(f"_{layer}") else values
            writer.add(from_array(name, changed), record.type)
        writer.finish(file.config, file.tokenizer)
    return target


def explain(own: LoadedModel, other: LoadedModel, prompt: Ids, stop: Ids = ()) -> Explanation:
    """The greedy answer of `own` through `other`."""
    return led(own, other, prompt, answer(own, prompt, stop))


def led(own: LoadedModel, other: LoadedModel, prompt: Ids, ids: Ids) -> Explanation:
    with closing(own.session()) as left, closing(other.session()) as right:
        return Explainer(left, right).run(prompt, ids)


def answer(model: LoadedModel, prompt: Ids, stop: Ids = ()) -> list[int]:
    """Greedy."""
    ids: list[int] = []
    sampling = Sampling(max_tokens=NEW_TOKENS, stop_ids=tuple(stop))
    with closing(model.session()) as session:
        session.generate(prompt, sampling, lambda token: ids.append(token.id) is None)
    return ids


def verdicts(explanation: Explanation, band: NoiseBand) -> set[Verdict]:
    found = {place.verdict for place in divergences(explanation, band)}
    return found | {judge_run(explanation, band).verdict}


@pytest.fixture(scope="module")
def twin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return TWINS["Gemma 3 1B"].write(tmp_path_factory.mktemp("twin"), ElementType.BF16)


@pytest.fixture
def precisions(transformers: Backend, twin: Path) -> Iterator[tuple[LoadedModel, LoadedModel]]:
    """The twin in float32 and in bfloat16."""
    with ExitStack() as stack:
        dtypes = ("float32", "bfloat16")
        wide, narrow = (stack.enter_context(opened(transformers, sbs_entry(twin), dtype=d)) for d in dtypes)
        yield wide, narrow


def test_transformers_against_itself_is_identical_to_the_last_bit(
    precisions: tuple[LoadedModel, LoadedModel],
) -> None:
    wide, narrow = precisions
    band = noise_of(explain(wide, narrow, prompts(1)[0]), "two precisions")
    found = explain(narrow, narrow, prompts(2)[1])
    assert set(found.all_kl) == {0.0}
    assert {position.max_difference for position in found.positions} == {0.0}
    assert verdicts(found, band) == {Verdict.IDENTICAL}


def test_two_precisions_are_never_really_different(precisions: tuple[LoadedModel, LoadedModel]) -> None:
    """The band is of one question, the twenty others are judged by it, in both directions."""
    first, *others = prompts(21)
    band = noise_of(explain(*precisions, first), "two precisions")
    for own, other in (precisions, precisions[::-1]):
        for prompt in others:
            assert verdicts(explain(own, other, prompt), band) <= {Verdict.IDENTICAL, Verdict.NEAR_TIE}


def test_answers_of_two_precisions_are_never_really_different_where_they_part(
    precisions: tuple[LoadedModel, LoadedModel],
) -> None:
    """Token after token over a cache rounds otherwise than all at once, so that place has its own verdict."""
    first, *others = prompts(21)
    band = noise_of(explain(*precisions, first), "two precisions")
    own, other = precisions
    for prompt in others:
        ours, theirs = answer(own, prompt), answer(other, prompt)
        shared = shared_prefix(ours, theirs)
        found = judge_answer(
            led(own, other, prompt, ours),
            answered(ours, prompt=prompt),
            answered(theirs, prompt=prompt),
            shared if shared < len(ours) else None,
            band,
        )
        assert found.judgement.verdict is not Verdict.REAL, found.judgement.sentence
        assert {place.verdict for place in found.places} <= {Verdict.NEAR_TIE}
        assert shared == len(ours) or found.judgement.verdict is Verdict.NEAR_TIE


@pytest.mark.native
def test_the_native_engine_is_not_really_different(
    native: Backend, transformers: Backend, twin: Path
) -> None:
    entry = sbs_entry(twin)
    registry = BackendRegistry({"transformers": lambda: transformers})
    with opened(native, entry) as own, opened(transformers, entry, dtype="bfloat16") as other:
        for prompt in prompts(5):
            found = explain(own, other, prompt)
            ids = [position.id for position in found.positions]
            band = measure_noise(registry, entry, prompt, ids, loaded={"bfloat16": other})
            assert verdicts(found, band) <= {Verdict.IDENTICAL, Verdict.NEAR_TIE}


@pytest.mark.parametrize("name", ["Gemma 2 2B", "Gemma 3 270M", "Gemma 3 4B"])
def test_a_layer_of_weights_made_larger_by_a_twentieth_is_a_real_difference(
    transformers: Backend, tmp_path: Path, name: str
) -> None:
    """The first layer of a twin: what random weights do after it is mostly to normalise."""
    twin = TWINS[name].write(tmp_path, ElementType.BF16)
    changed = perturbed(twin, tmp_path / "changed.sbs", 0, 1.05)
    with (
        opened(transformers, sbs_entry(twin)) as wide,
        opened(transformers, sbs_entry(twin), dtype="bfloat16") as narrow,
        opened(transformers, sbs_entry(changed), dtype="bfloat16") as other,
    ):
        for prompt in prompts(5):
            band = noise_of(explain(wide, narrow, prompt), "two precisions")
            for own, against in ((narrow, other), (other, narrow)):
                found = explain(own, against, prompt)
                assert judge_run(found, band).verdict is Verdict.REAL
                assert {place.verdict for place in divergences(found, band)} <= {Verdict.REAL}


@pytest.mark.real_model
def test_the_demo_model_is_judged_as_its_causes_are_known(
    transformers: Backend, demo_model: Path, tmp_path: Path
) -> None:
    entry = find(str(demo_model))
    changed = sbs_entry(perturbed(demo_model / f"{demo_model.name}.sbs", tmp_path / "changed.sbs", 5, 1.05))
    registry = BackendRegistry({"transformers": lambda: transformers})
    with (
        registry.open(entry, "transformers", OpenOptions()) as own,
        opened(transformers, changed, dtype="bfloat16") as other,
    ):
        question = Conversation().with_turn("user", "Why is the sky blue?")
        prompt = render(question, entry.prompt_style, own.tokenizer)
        found = explain(own.model, other, prompt.ids, prompt.stop_ids)
        ids = [position.id for position in found.positions]
        band = measure_noise(registry, entry, prompt.ids, ids, loaded={"bfloat16": own.model})
        assert judge_run(found, band).verdict is Verdict.REAL
        assert verdicts(explain(own.model, own.model, prompt.ids), band) == {Verdict.IDENTICAL}
