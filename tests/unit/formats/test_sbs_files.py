"""Reading and writing whole `.sbs` files: both containers, damage, atomicity."""

import random
import struct
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import BadModelFile, Cancelled, ModelError, ModelNotFound
from app.formats.element_type import ElementType
from app.formats.sbs_container import BLOB_ALIGN, FILE_ALIGN, HEADER, align, file_size
from app.formats.sbs_reader import SbsFile
from app.formats.sbs_writer import SbsWriter
from app.formats.tensor_source import TensorSource, from_array
from tests.fakes.old_files import contents, directory, v1, v2
from tests.fakes.tiny_checkpoints import golden

blob_lists = st.dictionaries(
    st.text("abcdefgh_0123", min_size=1, max_size=16),
    st.binary(min_size=1, max_size=700),
    min_size=1,
    max_size=8,
)


@pytest.mark.parametrize("layout", [v1, v2])
@given(blobs=blob_lists)
def test_both_layouts_give_back_every_blob(layout: object, blobs: dict[str, bytes]) -> None:
    assert contents(layout(blobs)) == blobs  # type: ignore[operator]


@given(blob_lists)
def test_a_written_container_has_the_size_that_the_format_prescribes(blobs: dict[str, bytes]) -> None:
    raw = v2(blobs)
    end = BLOB_ALIGN + sum(align(len(data), BLOB_ALIGN) for data in blobs.values())
    assert len(raw) == file_size(end, len(blobs))
    assert len(raw) % FILE_ALIGN == 0


def rename_blob(raw: bytes, old: bytes, new: bytes) -> bytes:
    """In the directory alone, which comes last."""
    before, after = raw.rsplit(old, 1)
    return before + new + after


@pytest.fixture(scope="module")
def sfp() -> bytes:
    return golden("sfp").read_bytes()


def test_a_file_of_the_old_layout_gives_the_same_model(sfp: bytes, tmp_path: Path) -> None:
    old = tmp_path / "old.sbs"
    old.write_bytes(v1(contents(sfp)))
    with SbsFile.open(old) as ours, SbsFile.open(golden("sfp")) as theirs:
        assert ours.config == theirs.config
        assert ours.tokenizer == theirs.tokenizer
        for name in theirs.tensors:
            np.testing.assert_array_equal(ours.decode(name), theirs.decode(name))


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (lambda raw: b"", "The file is empty"),
        (lambda raw: raw[:10], "10 bytes, too few"),
        (lambda raw: raw[:-1], "end of the file is missing"),
        (lambda raw: raw[: len(raw) // 2], "end of the file is missing"),
        (lambda raw: b"GGUF" + raw[4:-16] + b"\0" * 16, "no .sbs file"),
        (lambda raw: raw[:-8] + struct.pack("<Q", 1), "its header says 1"),
        (lambda raw: raw[:-12] + struct.pack("<I", 20000) + raw[-8:], "counts 20000 blobs"),
        (lambda raw: raw[:4] + struct.pack("<I", 2**32 - 1) + raw[8:], "counts 4294967295 blobs"),
        (lambda raw: raw[:-12] + struct.pack("<I", 15000) + raw[-8:], "does not fit"),
        (lambda raw: rename_blob(raw, b"qkv_ein_1", b"qkv_ein_7"), "'qkv_ein_1', but there is no such blob"),
        (lambda raw: rename_blob(raw, b"att_ein_0", b"qkv_ein_0"), "Two blobs are called 'qkv_ein_0'"),
        (lambda raw: rename_blob(raw, b"config", b"confix"), "no 'config' blob"),
        (lambda raw: rename_blob(raw, b"toc", b"tox"), "no 'config' and 'toc'"),
    ],
)
def test_damage_is_named(sfp: bytes, tmp_path: Path, damage: object, sentence: str) -> None:
    path = tmp_path / "bad.sbs"
    path.write_bytes(damage(sfp))  # type: ignore[operator]
    with pytest.raises(BadModelFile, match=sentence) as caught:
        SbsFile.open(path)
    assert str(caught.value).startswith(str(path))


def test_a_file_that_only_ends_like_one_is_refused(sfp: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.sbs"
    path.write_bytes(b"XXXX" + sfp[4:])
    with pytest.raises(BadModelFile, match="starts with 0x58585858"):
        SbsFile.open(path)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFound, match="no such file"):
        SbsFile.open(tmp_path / "none.sbs")
    with pytest.raises(BadModelFile, match="cannot be read"):
        SbsFile.open(tmp_path)


def test_a_tokenizer_that_is_unavailable_is_none(tmp_path: Path) -> None:
    path = tmp_path / "bare.sbs"
    rewrite(golden("bf16"), path, tokenizer=None)
    with SbsFile.open(path) as file:
        assert file.tokenizer is None
        assert not file.has_tokenizer


def rewrite(source: Path, target: Path, tokenizer: bytes | None) -> None:
    with SbsFile.open(source) as file, SbsWriter(target) as writer:
        for name, record in file.tensors.items():
            writer.add(from_array(name, file.decode(name)), record.type)
        writer.finish(file.config, tokenizer)


@pytest.mark.parametrize("seed", range(4))
def test_mutated_files_are_refused_or_decoded_but_nothing_else(seed: int, tmp_path: Path) -> None:
    """Mutants of the parts that steer reading; only the project's own errors may come out."""
    raw = golden("i8").read_bytes()
    blobs = directory(raw)
    spots = [range(HEADER.size), range(len(raw) - 32 * len(blobs) - 16, len(raw))]
    spots += [range(blobs[key].offset, blobs[key].offset + blobs[key].size) for key in ("config", "toc")]
    chance = random.Random(seed)
    outcomes = set()
    for number in range(75):
        mutant = bytearray(raw)
        for _ in range(chance.choice((1, 1, 2, 8))):
            at = chance.choice(chance.choice(spots))
            mutant[at] = chance.choice((0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)))
        if chance.random() < 0.1:
            del mutant[chance.randrange(len(mutant)) :]
        path = tmp_path / f"{number}.sbs"
        path.write_bytes(mutant)
        outcomes.add(_outcome(path))
        path.unlink()
    assert outcomes == {"refused", "decoded"}


def _outcome(path: Path) -> str:
    try:
        with SbsFile.open(path) as sbs:
            for name in sbs.tensors:
                sbs.decode(name)
    except ModelError as error:
        return "refused" if str(error).startswith(str(path)) else str(error)
    return "decoded"


def test_reading_and_writing_keeps_values(tmp_path: Path) -> None:
    target = tmp_path / "again.sbs"
    with SbsFile.open(golden("sfp")) as source:
        rewrite(golden("sfp"), target, source.tokenizer)
        with SbsFile.open(target) as file:
            assert file.config == source.config
            for name in source.tensors:
                np.testing.assert_array_equal(file.decode(name), source.decode(name))


def test_an_abandoned_file_leaves_nothing(tmp_path: Path) -> None:
    with SbsWriter(tmp_path / "a.sbs") as writer:
        writer.add(from_array("c_final_norm", np.ones((1, 8), np.float32)), ElementType.F32)
        assert len(list(tmp_path.iterdir())) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit that refuses writes as a full disk does")
def test_a_write_that_the_disk_refuses_leaves_nothing(tmp_path: Path) -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, before[1]))
    try:
        with pytest.raises(OSError, match="too large"), SbsWriter(tmp_path / "a.sbs") as writer:
            writer.add(from_array("c_final_norm", np.ones((1, 5000), np.float32)), ElementType.F32)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_is_taken_by_a_folder_leaves_nothing_beside_it(tmp_path: Path) -> None:
    (tmp_path / "a.sbs").mkdir()
    with SbsFile.open(golden("sfp")) as source, pytest.raises(OSError, match=r"directory|denied"):
        rewrite(golden("sfp"), tmp_path / "a.sbs", source.tokenizer)
    assert [item.name for item in tmp_path.iterdir()] == ["a.sbs"]


def test_cancelling_leaves_what_was_there_before(tmp_path: Path) -> None:
    target = tmp_path / "a.sbs"
    target.write_bytes(b"before")
    with pytest.raises(Cancelled), SbsWriter(target, progress=lambda done: False) as writer:
        writer.add(from_array("c_final_norm", np.ones((1, 8), np.float32)), ElementType.F32)
    assert [item.name for item in tmp_path.iterdir()] == ["a.sbs"]
    assert target.read_bytes() == b"before"


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("kind", [ElementType.BF16, ElementType.SFP])
def test_values_that_are_no_numbers_are_refused(tmp_path: Path, value: float, kind: ElementType) -> None:
    values = np.ones((2, 8), np.float32)
    values[1, 3] = value
    refused = pytest.raises(BadModelFile, match="'linear_w_0' holds values that are not numbers")
    with refused, SbsWriter(tmp_path / "a.sbs") as writer:
        writer.add(from_array("linear_w_0", values), kind)
    assert list(tmp_path.iterdir()) == []


def test_a_source_that_gives_too_few_rows_is_refused(tmp_path: Path) -> None:
    short = TensorSource("linear_w_0", 4, 8, lambda begin, end: np.ones((end - begin - 1, 8), np.float32))
    with SbsWriter(tmp_path / "a.sbs") as writer, pytest.raises(BadModelFile, match="48 bytes, expected 64"):
        writer.add(short, ElementType.BF16)


def test_raw_bytes_outlive_the_file() -> None:
    with SbsFile.open(golden("bf16")) as file:
        raw = file.raw("c_final_norm")
        bits = file.bf16_bits("c_final_norm")
    assert raw.view("<u2").tolist() == bits.reshape(-1).tolist()
