"""A Gemma 3 checkpoint as a GGUF file in bf16 or f32, as llama.cpp's own converter would write it.

Norm weights get the +1 that GGUF carries; the tokenizer goes along, without which llama.cpp loads nothing.
Streams: one tensor in memory at a time. Quantising is llama.cpp's business.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.bench.checkpoint import GLOBAL_ROPE_BASE, LAYER_MATRICES, RMS_EPSILON, Checkpoint, Floats
from app.bench.peer import ExportProgress
from app.errors import UnsupportedModel
from app.formats.codecs import f32_to_bf16
from app.formats.gemma_family import global_pattern
from app.formats.gguf_reader import NAMES
from app.formats.weight_mapping import NORMS, Role
from app.language import sentence

_ARCHITECTURE = "gemma3"
_CONTROL, _USER_DEFINED = 3, 4


def write_gguf(checkpoint: Checkpoint, path: Path, progress: ExportProgress) -> None:
    """bf16 when that holds every weight exactly, f32 otherwise; norms are f32. Raises UnsupportedModel."""
    import gguf

    writer = gguf.GGUFWriter(path, _ARCHITECTURE)
    try:
        _write_shape(writer, checkpoint)
        _write_tokenizer(writer, checkpoint)
        kind = gguf.GGMLQuantizationType.BF16 if checkpoint.fits_bf16 else gguf.GGMLQuantizationType.F32
        writer.add_file_type(
            gguf.LlamaFileType.MOSTLY_BF16 if checkpoint.fits_bf16 else gguf.LlamaFileType.ALL_F32
        )
        writer.add_quantization_version(gguf.GGML_QUANT_VERSION)
        tensors = list(_tensors(checkpoint))
        total = 0
        for name, shape, _ in tensors:
            is_vector = len(shape) == 1
            size = int(np.prod(shape)) * (4 if is_vector or not checkpoint.fits_bf16 else 2)
            # The type is told apart from the values', because numpy has no bf16.
            dtype = np.dtype(np.float32)
            writer.add_tensor_info(
                name, shape, dtype, size, gguf.GGMLQuantizationType.F32 if is_vector else kind
            )
            total += size
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_ti_data_to_file()
        done = 0
        for _, _, read in tensors:
            values = read()
            data: NDArray[np.generic] = values
            if values.ndim == 2 and checkpoint.fits_bf16:
                data = f32_to_bf16(values)
            writer.write_tensor_data(data)
            done += data.nbytes
            progress(sentence("writing GGUF"), done, total)
    finally:
        writer.close()


_Tensor = tuple[str, tuple[int, ...], Callable[[], Floats]]


def _tensors(checkpoint: Checkpoint) -> Iterator[_Tensor]:
    """(name, shape, how to read it) of every tensor."""
    shape = checkpoint.shape
    queries, keys = shape.heads * shape.head_dim, shape.kv_heads * shape.head_dim
    sizes = {
        Role.QUERY: (queries, shape.dim),
        Role.KEY: (keys, shape.dim),
        Role.VALUE: (keys, shape.dim),
        Role.ATTENTION_OUTPUT: (shape.dim, queries),
        Role.GATE: (shape.ff, shape.dim),
        Role.UP: (shape.ff, shape.dim),
        Role.DOWN: (shape.dim, shape.ff),
    }
    one = np.float32(1)
    yield "token_embd.weight", (shape.vocab, shape.dim), checkpoint.embedding
    yield "output_norm.weight", (shape.dim,), lambda: checkpoint.final_norm() + one
    for layer in range(shape.layers):
        for role in LAYER_MATRICES:
            yield (
                f"blk.{layer}.{NAMES[role]}.weight",
                sizes[role],
                lambda role=role, layer=layer: checkpoint.matrix(role, layer),  # type: ignore[misc]
            )
        for role in NORMS.values():
            of_head = role in (Role.QUERY_NORM, Role.KEY_NORM)
            yield (
                f"blk.{layer}.{NAMES[role]}.weight",
                (shape.head_dim if of_head else shape.dim,),
                lambda role=role, layer=layer: checkpoint.norm(role, layer) + one,  # type: ignore[misc]
            )


def _write_shape(writer, checkpoint: Checkpoint) -> None:  # type: ignore[no-untyped-def] # gguf has no types
    shape = checkpoint.shape
    writer.add_name(checkpoint.file.path.stem)
    writer.add_context_length(shape.max_positions)
    writer.add_embedding_length(shape.dim)
    writer.add_block_count(shape.layers)
    writer.add_feed_forward_length(shape.ff)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.kv_heads)
    writer.add_key_length(shape.head_dim)
    writer.add_value_length(shape.head_dim)
    writer.add_layer_norm_rms_eps(RMS_EPSILON)
    writer.add_rope_freq_base(GLOBAL_ROPE_BASE)
    if shape.rope_factor != 1.0:
        import gguf

        writer.add_rope_scaling_type(gguf.RopeScalingType.LINEAR)
        writer.add_rope_scaling_factor(shape.rope_factor)
    if shape.window < shape.max_positions:
        writer.add_sliding_window(shape.window)
        writer.add_sliding_window_pattern(_pattern(shape.is_global))
    if shape.final_cap:
        writer.add_final_logit_softcapping(shape.final_cap)


def _pattern(is_global: tuple[bool, ...]) -> int | list[bool]:
    """The period of the global layers; where there is none, whether each layer is local."""
    for period in range(1, len(is_global) + 1):
        if global_pattern(len(is_global), period) == is_global:
            return period
    return [not layer for layer in is_global]


def _write_tokenizer(writer, checkpoint: Checkpoint) -> None:  # type: ignore[no-untyped-def] # as above
    from sentencepiece import sentencepiece_model_pb2 as pb

    proto = checkpoint.file.tokenizer
    if proto is None:
        raise UnsupportedModel(
            sentence("{path} has no tokenizer, which a GGUF file needs.", path=checkpoint.file.path)
        )
    pieces = [(piece.piece, piece.score, piece.type) for piece in pb.ModelProto.FromString(proto).pieces]
    # Rows of the embedding that have no piece: llama.cpp counts the vocabulary by the tokens.
    pieces += [(f"<unused-{row}>", -1000.0, _CONTROL) for row in range(len(pieces), checkpoint.shape.vocab)]
    writer.add_tokenizer_model("llama")
    writer.add_tokenizer_pre("default")
    writer.add_token_list(
        [text.replace("▁", " ") if kind == _USER_DEFINED else text for text, _, kind in pieces]
    )
    writer.add_token_scores([score for _, score, _ in pieces])
    writer.add_token_types([kind for _, _, kind in pieces])
    eos, bos, unknown, pad = 1, 2, 3, 0
    writer.add_bos_token_id(bos)
    writer.add_eos_token_id(eos)
    writer.add_unk_token_id(unknown)
    writer.add_pad_token_id(pad)
    writer.add_add_bos_token(True)
    writer.add_add_eos_token(False)
    writer.add_add_space_prefix(False)
