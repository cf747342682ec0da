"""The golden files, written by gemma.cpp, against our decoders and encoders."""

from pathlib import Path

import numpy as np
import pytest

from app.formats.codecs import bf16_to_f32, encode, f32_to_bf16, sfp_scale
from app.formats.element_type import ElementType
from app.formats.sbs_reader import SbsFile
from app.formats.sbs_writer import SbsWriter
from app.formats.tensor_source import from_array
from app.formats.tokenizer import Tokenizer
from tests.fakes.tiny_checkpoints import GOLDEN, golden

KINDS = ("f32", "bf16", "sfp", "nuq", "i8")


@pytest.mark.parametrize("kind", KINDS)
def test_every_file_opens_with_its_weight_type_and_all_tensors(kind: str) -> None:
    with SbsFile.open(golden(kind)) as file:
        assert file.config.weight.label == kind
        assert (file.config.num_layers, file.config.model_dim, file.config.vocab_size) == (2, 128, 1024)
        assert file.config.windows == (16, 256)
        assert file.config.eos_ids == (1, 106)
        assert len(file.tensors) == 22
        assert file.parameters == 410_880


def test_bf16_values_are_the_source_rounded_to_nearest_even() -> None:
    with SbsFile.open(golden("f32")) as source, SbsFile.open(golden("bf16")) as file:
        for name in file.tensors:
            np.testing.assert_array_equal(file.decode(name), bf16_to_f32(f32_to_bf16(source.decode(name))))


def test_sfp_values_are_within_the_formats_rounding_of_the_source() -> None:
    with SbsFile.open(golden("f32")) as source, SbsFile.open(golden("sfp")) as file:
        for name, record in file.tensors.items():
            if record.type is ElementType.SFP:
                exact, stored = source.decode(name) / record.scale, file.decode(name) / record.scale
                # Half a step of 3 mantissa bits from 2^-7 on, of 2 below; and 6 bits of input are looked at.
                half_step = np.where(np.abs(exact) >= 2.0**-7, 2.0**-4, 2.0**-3)
                allowed = np.abs(exact) * (half_step + 2.0**-6) + 2.0**-23
                assert np.all(np.abs(stored - exact) <= allowed), name


@pytest.mark.parametrize(("kind", "share"), [("nuq", 0.019), ("i8", 0.007)])
def test_packed_values_are_near_the_source(kind: str, share: float) -> None:
    with SbsFile.open(golden("f32")) as source, SbsFile.open(golden(kind)) as file:
        packed = [name for name, record in file.tensors.items() if record.type.label == kind]
        assert len(packed) >= 8
        for name in packed:
            exact = source.decode(name)
            assert np.abs(file.decode(name) - exact).max() <= share * np.abs(exact).max(), name


def test_the_sfp_writer_reproduces_the_file(tmp_path: Path) -> None:
    target = tmp_path / "again.sbs"
    with (
        SbsFile.open(golden("f32")) as source,
        SbsFile.open(golden("sfp")) as file,
        SbsWriter(target) as writer,
    ):
        for name, record in file.tensors.items():
            writer.add(from_array(name, source.decode(name)), record.type)
        writer.finish(source.config, source.tokenizer)
    assert target.read_bytes() == golden("sfp").read_bytes()


def test_the_bf16_writer_reproduces_the_file(tmp_path: Path) -> None:
    target = tmp_path / "again.sbs"
    with SbsFile.open(golden("f32")) as source, SbsWriter(target) as writer:
        for name in source.tensors:
            writer.add(from_array(name, source.decode(name)), ElementType.BF16)
        writer.finish(source.config, source.tokenizer)
    assert target.read_bytes() == golden("bf16").read_bytes()


def test_the_i8_writer_reproduces_every_tensor() -> None:
    with SbsFile.open(golden("f32")) as source, SbsFile.open(golden("i8")) as file:
        for name, record in file.tensors.items():
            ours = encode(record.type, source.decode(name), np.float32(1))
            np.testing.assert_array_equal(ours, file.raw(name), err_msg=name)


def test_scales_are_those_of_the_largest_value() -> None:
    with SbsFile.open(golden("f32")) as source, SbsFile.open(golden("sfp")) as file:
        scales = {
            name: record.scale for name, record in file.tensors.items() if record.type is ElementType.SFP
        }
        assert set(scales.values()) == {float(np.float32(2.5 / 1.875))}
        for name, scale in scales.items():
            assert float(sfp_scale(float(np.abs(source.decode(name)).max()))) == scale


def test_the_token_file_is_what_the_tokenizer_can_spell() -> None:
    ids = [int(word) for word in (GOLDEN / "tiny-gemma3-tokens.txt").read_text().replace(",", " ").split()]
    with SbsFile.open(golden("sfp")) as file:
        assert file.tokenizer is not None
        tokenizer = Tokenizer(file.tokenizer)
        assert max(ids) < file.config.vocab_size
        assert tokenizer.id_of("<start_of_turn>") == 4
