"""A GGUF file of ours, read back: by the gguf package, and by our own importer."""

from pathlib import Path

import gguf
import numpy as np
import pytest
from gguf import GGMLQuantizationType

from app.bench.checkpoint import Checkpoint
from app.bench.gguf_export import write_gguf
from app.bench.llama_cpp_peer import weight_bytes
from app.errors import UnsupportedModel
from app.formats.gguf_reader import GgufSource
from app.formats.sbs_reader import SbsFile
from app.formats.tokenizer import Tokenizer
from tests.fakes.tiny_checkpoints import golden, golden_tokenizer


def exported(kind: str, folder: Path) -> Path:
    path = folder / f"{kind}.gguf"
    with SbsFile.open(golden(kind)) as file:
        write_gguf(Checkpoint(file), path, lambda phase, done, total: None)
    return path


@pytest.mark.parametrize(("kind", "stored"), [("bf16", "BF16"), ("f32", "F32"), ("i8", "F32")])
def test_matrices_keep_every_bit_and_norms_get_their_one(tmp_path: Path, kind: str, stored: str) -> None:
    reader = gguf.GGUFReader(exported(kind, tmp_path))
    found = {tensor.name: tensor for tensor in reader.tensors}
    with SbsFile.open(golden(kind)) as file:
        embedding, norm = found["token_embd.weight"], found["blk.1.post_ffw_norm.weight"]
        assert embedding.tensor_type is GGMLQuantizationType[stored]
        assert norm.tensor_type is GGMLQuantizationType.F32
        values = gguf.quants.dequantize(embedding.data, embedding.tensor_type)
        np.testing.assert_array_equal(values, file.decode("c_embedding"))
        np.testing.assert_array_equal(norm.data, file.decode("post_ff_ns_1")[0] + np.float32(1))


def test_our_importer_reads_back_the_same_tensors_shape_and_vocabulary(tmp_path: Path) -> None:
    source = GgufSource(exported("f32", tmp_path))
    with SbsFile.open(golden("f32")) as file:
        for tensor in source.tensors():
            values = np.concatenate(list(tensor.chunks()))
            expected = file.decode(tensor.name)
            # The norms have been through +1 and -1.
            np.testing.assert_allclose(values, expected, rtol=0, atol=1.2e-7, err_msg=tensor.name)
        assert source.config.windows == file.config.windows
        assert source.config.layers[0].kv_heads == file.config.layers[0].kv_heads
    texts = ("Hello, <start_of_turn>user\nworld  !", "äöü 東京")
    for tokenizer in (Tokenizer(source.tokenizer), Tokenizer(golden_tokenizer())):
        assert [tokenizer.encode(text) for text in texts] == [
            Tokenizer(golden_tokenizer()).encode(text) for text in texts
        ]
    source.close()


def test_a_token_reads_every_tensor_once(tmp_path: Path) -> None:
    with SbsFile.open(golden("f32")) as file:
        assert weight_bytes(exported("f32", tmp_path)) == 4 * file.parameters


def test_a_file_without_a_tokenizer_is_refused(tmp_path: Path) -> None:
    with SbsFile.open(golden("f32")) as file:
        file._tokenizer = None
        with pytest.raises(UnsupportedModel, match="has no tokenizer"):
            write_gguf(Checkpoint(file), tmp_path / "x.gguf", lambda phase, done, total: None)
