"""Old `.sbs` files run on both backends, and both readers take and refuse the same files."""

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.backends.base import Backend, OpenOptions
from app.backends.tokenizing import load_tokenizer
from app.catalog.describe import describe
from app.chat.prompt import PromptStyle
from app.errors import BadModelFile, ModelError
from app.formats.sbs_config import ModelId
from tests.e2e.models import logits_of, sbs_entry, session_of
from tests.fakes.old_files import before_2025, contents, directory, v1, v2, with_inline_vision, with_prefixes
from tests.fakes.tiny_checkpoints import golden, golden_tokenizer
from tests.fakes.twins import TWINS, small_270m

IDS = tuple(range(3, 43))


@pytest.mark.parametrize("layout", [v1, v2])
def test_a_file_of_before_2025_gives_what_the_same_weights_give_today(
    any_backend: Backend, tmp_path: Path, layout: object
) -> None:
    current = small_270m(tmp_path)
    old = tmp_path / "old.sbs"
    old.write_bytes(layout(before_2025(current)))  # type: ignore[operator]
    rows = []
    for path in (current, old):
        with session_of(any_backend, sbs_entry(path)) as session:
            rows.append(logits_of(session, IDS))
    np.testing.assert_array_equal(rows[0], rows[1])
    assert np.ptp(rows[0]) > 1


@pytest.mark.parametrize("inline", [False, True], ids=["nested vision", "inline vision"])
def test_a_single_file_with_type_characters_gives_what_it_gives_without(
    any_backend: Backend, tmp_path: Path, inline: bool
) -> None:
    blobs = with_prefixes(golden("sfp"))
    if inline:
        blobs["config"] = with_inline_vision(blobs["config"])
    old = tmp_path / "old.sbs"
    old.write_bytes(v1(blobs))
    rows = []
    for path in (golden("sfp"), old):
        with session_of(any_backend, sbs_entry(path)) as session:
            rows.append(logits_of(session, IDS))
    np.testing.assert_array_equal(rows[0], rows[1])


def old_model(folder: Path, name: str) -> Path:
    """A file of before 2025 in a folder of its own."""
    folder.mkdir()
    current = small_270m(folder, vocab=1024)
    path = folder / f"{name}.sbs"
    path.write_bytes(v1(before_2025(current)))
    current.unlink()
    return path


@pytest.mark.parametrize(
    ("name", "style"),
    [("gemma-it-sfp", PromptStyle.GEMMA_IT), ("gemma-pt-sfp", PromptStyle.TRANSCRIPT)],
)
def test_an_old_file_needs_its_tokenizer_beside_it_and_its_name_tells_the_prompt_style(
    tmp_path: Path, name: str, style: PromptStyle
) -> None:
    path = old_model(tmp_path / name, name)
    (lonely,) = describe(path.parent, name, {})
    assert "there is no tokenizer in the file. Put the model's SentencePiece file" in lonely.problems[0]
    (path.parent / "tokenizer.spm").write_bytes(golden_tokenizer())
    (entry,) = describe(path.parent, name, {})
    assert (entry.family, entry.precision, entry.prompt_style) == ("Gemma 3 270M", "sfp", style)
    assert entry.usable
    assert load_tokenizer(entry).vocab_size == 876


def test_the_tokenizer_of_another_model_is_refused(tmp_path: Path) -> None:
    path = small_270m(tmp_path)  # 128 tokens
    (tmp_path / "tokenizer.spm").write_bytes(golden_tokenizer())
    (entry,) = describe(path, "small", {})
    with pytest.raises(BadModelFile, match=r"knows 876 tokens, but small-270m\.sbs has 128"):
        load_tokenizer(entry)


def test_the_tokenizer_of_another_model_in_the_file_is_refused(tmp_path: Path) -> None:
    path = small_270m(tmp_path)
    path.write_bytes(v1(contents(path.read_bytes()) | {"tokenizer": golden_tokenizer()}))
    with pytest.raises(BadModelFile, match=r"The tokenizer in .* knows 876 tokens, .* has 128") as refused:
        load_tokenizer(sbs_entry(path))
    assert refused.value.next_step == "Import or download the model again."


def tiny_file(folder: Path) -> bytes:
    """A sound file of a few kilobytes, layout V1."""
    twin = replace(TWINS["Gemma 2 2B"], layers=2, dim=8, ff=12, heads=2, kv_heads=1, head_dim=4, vocab=16)
    return v1(contents(twin.write(folder).read_bytes()))


def mutants(raw: bytes, count: int, seed: int) -> list[bytes]:
    """Of the parts that steer reading: header, directory, config and table."""
    blobs = directory(raw)
    spots = [range(16 + 32 * len(blobs))]
    spots += [range(b.offset, b.offset + b.size) for key, b in blobs.items() if key in ("config", "toc")]
    chance = random.Random(seed)
    out = []
    for _ in range(count):
        mutant = bytearray(raw)
        for _ in range(chance.choice((1, 1, 1, 2, 4))):
            spot = chance.choice(spots)
            at = chance.choice(spot[::4])
            width = chance.choice((1, 4))
            value = chance.choice((0, 1, 2, 3, 7, 13, 18, 64, 255, 256, 1024, 1 << 20, 0xFFFFFFFF))
            mutant[at : at + width] = (value & (2 ** (8 * width) - 1)).to_bytes(width, "little")
        out.append(bytes(mutant))
    return out


def verdicts(native: Backend, path: Path) -> tuple[str, str]:
    """What the catalog finds wrong with a file, and what the native engine does; empty = nothing."""
    (entry,) = describe(path, path.stem, {})
    try:
        native.open(sbs_entry(path), OpenOptions(), lambda _: True).close()
    except ModelError as error:
        return " ".join(entry.problems), str(error)
    return " ".join(entry.problems), ""


@pytest.mark.native
@pytest.mark.parametrize("old", [False, True], ids=["today", "before 2025"])
def test_both_readers_take_and_refuse_the_same_files(native: Backend, tmp_path: Path, old: bool) -> None:
    (tmp_path / "tokenizer.spm").write_bytes(golden_tokenizer())
    raw = v1(before_2025(small_270m(tmp_path))) if old else tiny_file(tmp_path)
    path = tmp_path / "mutant.sbs"
    taken = 0
    for number, mutant in enumerate(mutants(raw, 60 if old else 500, seed=1)):
        path.write_bytes(mutant)
        catalog, engine = verdicts(native, path)
        assert (catalog == "") == (engine == ""), f"mutant {number}: catalog '{catalog}', engine '{engine}'"
        taken += engine == ""
    assert taken > 0


@pytest.mark.native
def test_both_readers_know_the_same_models(native: Backend, tmp_path: Path) -> None:
    (tmp_path / "tokenizer.spm").write_bytes(golden_tokenizer())
    twin = replace(TWINS["Gemma 2 2B"], layers=1, dim=8, ff=12, heads=2, kv_heads=1, head_dim=4, vocab=16)
    taken = set()
    for model in ModelId:
        if model is ModelId.UNKNOWN:
            continue
        catalog, engine = verdicts(native, replace(twin, model=model).write(tmp_path))
        assert (catalog == "") == (engine == ""), f"{model.name}: catalog '{catalog}', engine '{engine}'"
        if engine == "":
            taken.add(model)
    assert taken == {twin.model for twin in TWINS.values()}
