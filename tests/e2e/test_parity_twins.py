"""Every published text model in small: both backends against transformers' own class, built here from the
facts of the model cards and not from what the backends make of an `.sbs` file.
"""

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from app.backends.base import Backend, OpenOptions, Sampling, Token
from app.errors import UnsupportedModel
from app.formats.element_type import ElementType
from app.formats.sbs_config import QueryScale
from tests.e2e.models import log_softmax, logits_of, mean_kl, sbs_entry, session_of
from tests.fakes.twins import TWINS, VOCAB, Twin

pytest.importorskip("torch", reason="torch is not installed")

ATOL = 2e-3
BY_MODEL_DIM = QueryScale.SQRT_MODEL_DIM_DIV_NUM_HEADS
MAX_KL = 1e-5
IDS = tuple(int(i) for i in np.random.default_rng(5).integers(0, VOCAB, 90))
"""Several times the widest window."""


@cache
def reference(twin: Twin) -> np.ndarray:
    """Logits [len(IDS), VOCAB] of transformers' class in float32, eager attention, in one pass."""
    import torch
    import transformers

    config_class, network_class = {
        1: (transformers.GemmaConfig, transformers.GemmaForCausalLM),
        2: (transformers.Gemma2Config, transformers.Gemma2ForCausalLM),
        3: (transformers.Gemma3TextConfig, transformers.Gemma3ForCausalLM),
    }[twin.generation]
    network = network_class(config_class(**twin.config_json(), attn_implementation="eager")).eval()
    tensors = {f"model.{name}": torch.from_numpy(values) for name, values in twin.weights().items()}
    unset = network.load_state_dict(tensors, strict=False)
    assert unset.unexpected_keys == []
    assert set(unset.missing_keys) <= {"lm_head.weight"}  # it is the embedding
    with torch.inference_mode():
        logits: np.ndarray = network(torch.tensor([IDS])).logits[0].numpy()
    return logits


@pytest.mark.parametrize("name", TWINS)
def test_a_prompt_gives_the_reference_logits_beyond_every_window(
    any_backend: Backend, tmp_path: Path, name: str
) -> None:
    with session_of(any_backend, sbs_entry(TWINS[name].write(tmp_path))) as session:
        found = logits_of(session, IDS)
    np.testing.assert_allclose(found, reference(TWINS[name]), atol=ATOL, rtol=0)
    assert mean_kl(reference(TWINS[name]), found) <= MAX_KL


@pytest.mark.native
@pytest.mark.parametrize("name", TWINS)
def test_one_token_at_a_time_gives_the_reference_too(native: Backend, tmp_path: Path, name: str) -> None:
    """Each call feeds one token: those before it are in the cache."""
    whole_distribution = Sampling(max_tokens=1, top_n=VOCAB)
    rows = []
    with session_of(native, sbs_entry(TWINS[name].write(tmp_path))) as session:
        for end in range(1, len(IDS) + 1):
            answer: list[Token] = []
            done = session.generate(
                IDS[:end], whole_distribution, lambda token, answer=answer: answer.append(token) is None
            )
            assert done.timings.reused_tokens == end - 1
            row = np.full(VOCAB, np.nan, np.float32)
            row[[token for token, _ in answer[0].top]] = [logprob for _, logprob in answer[0].top]
            rows.append(row)
    expected = log_softmax(reference(TWINS[name]))
    np.testing.assert_allclose(np.stack(rows), expected, atol=ATOL, rtol=0)
    assert mean_kl(expected, np.stack(rows)) <= MAX_KL


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("Gemma 3 4B", {"rope_factor": 1.0}),
        ("Gemma 3 27B", {"query_scalar": 16}),
        ("Gemma 2 27B", {"query_scalar": 16}),
        ("Gemma 2 2B", {"att_cap": 0.0}),
        ("Gemma 2 2B", {"final_cap": 0.0}),
        ("Gemma 2 9B", {"window": 32}),
        ("Gemma 3 270M", {"window": 16}),
        ("Gemma 3 1B", {"period": 5}),
    ],
    ids=lambda value: str(value),
)
def test_what_makes_the_difference_is_seen_by_these_tests(name: str, change: dict[str, float]) -> None:
    """The parity above would be worth nothing if these settings did not move the logits."""
    changed = replace(TWINS[name], **change)  # type: ignore[arg-type]
    assert np.abs(reference(changed) - reference(TWINS[name])).max() > 2 * ATOL


@pytest.mark.parametrize("weight", [ElementType.BF16, ElementType.SFP, ElementType.I8], ids=lambda t: t.label)
@pytest.mark.parametrize("name", ["Gemma 1 7B", "Gemma 3 4B"])
def test_bfloat16_holds_what_the_file_holds(
    transformers: Backend, tmp_path: Path, name: str, weight: ElementType
) -> None:
    """In bfloat16 the weights of a bf16 or sfp file are exact, so only the arithmetic rounds."""
    entry = sbs_entry(TWINS[name].write(tmp_path, weight))
    rows = []
    for dtype in ("float32", "bfloat16"):
        with session_of(transformers, entry, dtype=dtype) as session:
            rows.append(logits_of(session, IDS))
    assert mean_kl(*rows) < 5e-3


@pytest.mark.parametrize("weight", [ElementType.BF16, ElementType.SFP, ElementType.I8], ids=lambda t: t.label)
def test_every_weight_type_keeps_heads_together(
    native: Backend, transformers: Backend, tmp_path: Path, weight: ElementType
) -> None:
    """The per-head rows of Gemma 1 7B are taken apart in the packed form where that is read in place."""
    rows = []
    entry = sbs_entry(TWINS["Gemma 1 7B"].write(tmp_path, weight))
    for backend in (native, transformers):
        with session_of(backend, entry) as session:
            rows.append(logits_of(session, IDS))
    np.testing.assert_allclose(*rows, atol=ATOL, rtol=0)


def test_token_by_token_beyond_the_window_is_as_one_prefill(any_backend: Backend, tmp_path: Path) -> None:
    entry = sbs_entry(TWINS["Gemma 2 2B"].write(tmp_path))
    with session_of(any_backend, entry) as session:
        tokens = []
        session.generate(IDS[:5], Sampling(max_tokens=80), lambda token: tokens.append(token) is None)
        scored = session.score([*IDS[:5], *(token.id for token in tokens)])[4:]
    assert [t.logprob for t in tokens] == pytest.approx([t.logprob for t in scored], abs=1e-3)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"att_cap": 50.0}, "soft caps"),
        ({"window": 16, "period": 2}, "a window"),
        (
            {"stored_query_scale": BY_MODEL_DIM, "dim": 64},
            "an unusual query scale",
        ),
    ],
)
def test_a_mixture_of_generations_is_unsupported(
    transformers: Backend, tmp_path: Path, change: dict[str, object], what: str
) -> None:
    twin = replace(TWINS["Gemma 1 2B"], **change)  # type: ignore[arg-type]
    with pytest.raises(UnsupportedModel, match=f"has {what} but no norms"):
        transformers.open(sbs_entry(twin.write(tmp_path)), OpenOptions(), lambda _: True)
