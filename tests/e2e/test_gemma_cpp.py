"""Google's gemma.cpp as the native backend's second engine; runs where the library was built with it.

What the adapter does step by step is in tests/native, on a double. Here gemma.cpp itself computes.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import psutil
import pytest

from app.backends.base import Backend, LoadedModel, Sampling, Token
from app.backends.native.backend import NativeBackend
from app.compare.explain import Explainer, Explanation
from app.compare.noise import NoiseBand, noise_of
from app.compare.verdict import Verdict, divergences, judge_run
from app.errors import BadModelFile, UnsupportedModel
from app.formats.element_type import ElementType
from tests.e2e.models import GOLDEN, opened, sbs_entry, tiny
from tests.fakes.twins import CONTEXT, TWINS, VOCAB, Twin

pytestmark = pytest.mark.native

NEW_TOKENS = 64
PROMPT = tuple(int(i) for i in np.random.default_rng(7).integers(0, VOCAB, 30))
WIDE = CONTEXT - 1
"""A window that these texts do not leave."""
AS_TRAINED = ("Gemma 2 2B", "Gemma 2 9B", "Gemma 2 27B", "Gemma 3 1B")
OTHERWISE = ("Gemma 3 270M", "Gemma 3 4B", "Gemma 3 12B", "Gemma 3 27B")
CYCLES = 50


@pytest.fixture(scope="module")
def gemma_cpp() -> NativeBackend:
    """In this process: `opened(gemma_cpp, entry, engine="gemma.cpp")`."""
    backend = NativeBackend()
    available = backend.availability()
    if available.available:
        available = backend.has_engine("gemma.cpp")
    if not available.available:
        pytest.skip(available.reason)
    return backend


def wide(name: str) -> Twin:
    return replace(TWINS[name], window=WIDE)


def explain(own: LoadedModel, other: LoadedModel) -> Explanation:
    """The greedy answer of `own` through `other`."""
    with closing(own.session()) as left, closing(other.session()) as right:
        ids: list[int] = []
        sampling = Sampling(max_tokens=NEW_TOKENS)
        left.generate(PROMPT, sampling, lambda token: ids.append(token.id) is None)
        assert len(ids) == NEW_TOKENS
        return Explainer(left, right).run(PROMPT, ids)


def verdicts(explanation: Explanation, band: NoiseBand) -> set[Verdict]:
    return {place.verdict for place in divergences(explanation, band)} | {
        judge_run(explanation, band).verdict
    }


def rounding(transformers: Backend, path: Path) -> NoiseBand:
    """What bfloat16, in which gemma.cpp computes too, does to the reference."""
    entry = sbs_entry(path)
    with opened(transformers, entry) as exact, opened(transformers, entry, dtype="bfloat16") as rounded:
        return noise_of(explain(exact, rounded), "two precisions")


@pytest.mark.parametrize("name", AS_TRAINED)
def test_greedy_answers_part_from_the_built_in_engines_in_near_ties_only(
    gemma_cpp: NativeBackend, transformers: Backend, tmp_path: Path, name: str
) -> None:
    path = wide(name).write(tmp_path, ElementType.BF16)
    band = rounding(transformers, path)
    entry = sbs_entry(path)
    with opened(gemma_cpp, entry, engine="gemma.cpp") as theirs, opened(gemma_cpp, entry) as ours:
        assert verdicts(explain(theirs, ours), band) <= {Verdict.IDENTICAL, Verdict.NEAR_TIE}
        assert verdicts(explain(ours, theirs), band) <= {Verdict.IDENTICAL, Verdict.NEAR_TIE}


@pytest.mark.parametrize("name", OTHERWISE)
def test_a_model_that_it_computes_otherwise_is_told_and_is_a_real_difference(
    gemma_cpp: NativeBackend, transformers: Backend, tmp_path: Path, name: str
) -> None:
    path = wide(name).write(tmp_path, ElementType.BF16)
    band = rounding(transformers, path)
    entry = sbs_entry(path)
    with opened(gemma_cpp, entry, engine="gemma.cpp") as theirs, opened(gemma_cpp, entry) as ours:
        assert theirs.info.deviations
        assert ours.info.deviations == ()
        assert judge_run(explain(ours, theirs), band).verdict is Verdict.REAL


def test_past_the_window_it_deviates_where_it_says_so_and_nowhere_else(
    gemma_cpp: NativeBackend, transformers: Backend, tmp_path: Path
) -> None:
    path = TWINS["Gemma 2 2B"].write(tmp_path, ElementType.BF16)
    band = rounding(transformers, path)
    entry = sbs_entry(path)
    with opened(gemma_cpp, entry, engine="gemma.cpp") as theirs, opened(gemma_cpp, entry) as ours:
        real = judge_run(explain(ours, theirs), band).verdict is Verdict.REAL
        assert real == any("more than 16 tokens" in said for said in theirs.info.deviations)


def test_temperature_seed_and_alternatives_are_those_of_every_engine(gemma_cpp: NativeBackend) -> None:
    """gemma.cpp's own temperature does nothing, and its seed is fixed."""

    def sample(model: LoadedModel, seed: int, temperature: float) -> list[Token]:
        found: list[Token] = []
        with closing(model.session()) as session:
            sampling = Sampling(max_tokens=12, seed=seed, temperature=temperature, top_n=5)
            session.generate([2, 5, 9], sampling, lambda token: found.append(token) is None)
        return found

    with opened(gemma_cpp, tiny("f32"), engine="gemma.cpp") as model:
        hot = [token.id for token in sample(model, 1, 2.0)]
        assert hot != [token.id for token in sample(model, 2, 2.0)]
        assert hot != [token.id for token in sample(model, 1, 0.0)]
        for token in sample(model, 1, 0.0):
            assert token.id == token.top[0][0]
            assert token.logprob == pytest.approx(token.top[0][1])
            assert len(token.top) == 5


def test_two_models_and_two_sessions_at_once_do_not_disturb_each_other(gemma_cpp: NativeBackend) -> None:
    def answer(model: LoadedModel, ids: Sequence[int]) -> list[int]:
        with closing(model.session()) as session:
            found: list[int] = []
            session.generate(ids, Sampling(max_tokens=5), lambda token: found.append(token.id) is None)
            return found

    with (
        opened(gemma_cpp, tiny("f32"), engine="gemma.cpp") as one,
        opened(gemma_cpp, tiny("sfp"), engine="gemma.cpp") as other,
        closing(one.session()) as busy,
    ):
        inside: list[list[int]] = []

        def ask_others(_: Token) -> bool:
            inside.append([*answer(one, [2, 9]), *answer(other, [2, 7])])
            return True

        busy.generate([2, 5], Sampling(max_tokens=3), ask_others)
        assert len(inside) == 3
        assert all(len(ids) == 10 for ids in inside)


@pytest.mark.parametrize("kind", ["i8", "nuq"])
def test_weights_that_it_hangs_or_aborts_on_are_refused(gemma_cpp: NativeBackend, kind: str) -> None:
    with (
        pytest.raises(UnsupportedModel, match=f"is {kind}, and gemma.cpp runs f32, bf16 and sfp") as refused,
        opened(gemma_cpp, tiny(kind), engine="gemma.cpp"),
    ):
        pass
    assert refused.value.next_step == "Use the built-in engine."


@pytest.mark.parametrize("size", [0, 100, 5_000, 200_000])
def test_a_cut_file_is_an_error_and_not_an_abort(gemma_cpp: NativeBackend, tmp_path: Path, size: int) -> None:
    path = tmp_path / "cut.sbs"
    path.write_bytes((GOLDEN / "tiny-gemma3-bf16.sbs").read_bytes()[:size])
    with pytest.raises(BadModelFile), opened(gemma_cpp, sbs_entry(path), engine="gemma.cpp"):
        pass


ABORTING = """
import os, sys
from pathlib import Path
from app.backends.base import OpenOptions
from app.backends.native.backend import NativeBackend
from tests.e2e.models import sbs_entry

path = Path(sys.argv[1])

def cut_when_checked(progress):
    if progress.done == progress.total:
        os.truncate(path, 512)
    return True

NativeBackend().open(sbs_entry(path), OpenOptions(engine="gemma.cpp"), cut_when_checked)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a mapped file cannot be cut on Windows")
def test_an_abort_leaves_its_record_and_nothing_else_is_said(
    gemma_cpp: NativeBackend, tmp_path: Path
) -> None:
    """A file that is cut between our check and gemma.cpp's reading: no other abort is left to bring about."""
    path, record = tmp_path / "model.sbs", tmp_path / "abort"
    path.write_bytes((GOLDEN / "tiny-gemma3-bf16.sbs").read_bytes())
    environment = {"FACET_ABORT_FILE": str(record), "PYTHONPATH": str(GOLDEN.parents[1])}
    ended = subprocess.run(
        [sys.executable, "-c", ABORTING, str(path)],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == -signal.SIGABRT
    source, line, message = record.read_text().split("\n", 2)
    assert source.endswith(".cc")
    assert int(line) > 0
    assert message.strip()
    assert f"gemma.cpp aborted at {source}:{line}: {message}".strip() in ended.stderr


def test_load_and_unload_fifty_times_without_growth(gemma_cpp: NativeBackend) -> None:
    process = psutil.Process()
    threads = process.num_threads()
    sizes = []
    for _ in range(CYCLES + 1):
        with (
            opened(gemma_cpp, tiny("bf16"), engine="gemma.cpp", context_tokens=200) as model,
            closing(model.session()) as session,
        ):
            session.generate([2, 5, 9], Sampling(max_tokens=4), lambda token: True)
        sizes.append(process.memory_info().rss)
    assert process.num_threads() == threads
    growth = (sizes[-1] - sizes[10]) / (CYCLES - 10)
    assert growth < 100_000, f"{growth:.0f} bytes a cycle"
