"""A Gemma checkpoint in a GGUF file, as the importer takes it.

Dequantises row by row with the `gguf` package (llama.cpp's own arithmetic). GGUF's norm weights carry the
+1 that `.sbs` leaves to run time; Q and K are not permuted for Gemma. Reads weights; runs nothing.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.errors import BadModelFile, UnsupportedModel
from app.formats.gemma_family import (
    GENERATIONS,
    Architecture,
    default_query_scalar,
    global_pattern,
    looks_instruction_tuned,
    make_config,
)
from app.formats.gguf_header import GgufHeader, GgufTensor
from app.formats.sbs_config import ModelConfig
from app.formats.sentencepiece_proto import build_proto
from app.formats.tensor_source import TensorSource
from app.formats.weight_mapping import Role, map_weights, role_name
from app.language import sentence

_GENERATIONS = {"gemma": 1, "gemma2": 2, "gemma3": 3}
NAMES = {
    Role.EMBEDDING: "token_embd",
    Role.FINAL_NORM: "output_norm",
    Role.QUERY: "attn_q",
    Role.KEY: "attn_k",
    Role.VALUE: "attn_v",
    Role.ATTENTION_OUTPUT: "attn_output",
    Role.GATE: "ffn_gate",
    Role.UP: "ffn_up",
    Role.DOWN: "ffn_down",
    Role.QUERY_NORM: "attn_q_norm",
    Role.KEY_NORM: "attn_k_norm",
    Role.PRE_ATTENTION_NORM: "attn_norm",
    Role.POST_ATTENTION_NORM: "post_attention_norm",
    Role.PRE_FF_NORM: "ffn_norm",
    Role.POST_FF_NORM: "post_ffw_norm",
}


class GgufSource:
    """A ModelSource over a GGUF file."""

    def __init__(self, path: Path) -> None:
        """Reads the header. Raises ModelNotFound, BadModelFile, UnsupportedModel."""
        self._header = GgufHeader.open(path)
        try:
            self.config: ModelConfig = make_config(architecture(self._header))
        except (BadModelFile, UnsupportedModel) as error:
            self._header.close()
            raise type(error)(sentence("{path}: {error}", path=path, error=error), error.next_step) from None

    @property
    def tokenizer(self) -> bytes:
        key = "tokenizer.ggml."
        model = self._header.metadata.get(key + "model")
        if model != "llama":
            raise UnsupportedModel(
                sentence(
                    "{path}: the vocabulary is of kind {kind}, expected 'llama'.",
                    path=self._header.path,
                    kind=repr(model),
                )
            )
        size = self.config.vocab_size
        return build_proto(
            self._header.strings(key + "tokens")[:size],
            self._header.numbers(key + "scores")[:size].tolist(),
            self._header.numbers(key + "token_type")[:size].tolist(),
        )

    def tensors(self) -> Iterator[TensorSource]:
        return map_weights(self.config, self._weight)

    def close(self) -> None:
        self._header.close()

    def _weight(self, role: Role, layer: int | None) -> TensorSource:
        name = f"{NAMES[role]}.weight" if layer is None else f"blk.{layer}.{NAMES[role]}.weight"
        tensor = self._header.tensors.get(name)
        if tensor is None:
            raise BadModelFile(
                sentence(
                    "{path}: the {role} ('{name}') is missing.",
                    path=self._header.path,
                    role=role_name(role),
                    name=name,
                )
            )
        return _source(self._header, tensor, subtract_one=role.is_norm)


def architecture(header: GgufHeader) -> Architecture:
    """The text part's shape. Raises UnsupportedModel for other architectures, BadModelFile for gaps."""
    arch = header.metadata.get("general.architecture")
    if arch not in _GENERATIONS:
        raise UnsupportedModel(
            sentence(
                "The file holds a model of architecture {arch}; Facet runs Gemma 1, 2 and 3.", arch=repr(arch)
            )
        )
    generation = _GENERATIONS[str(arch)]

    def number(key: str, default: float | None = None) -> float:
        value = header.metadata.get(f"{arch}.{key}", default)
        if not isinstance(value, int | float) or not 0 <= value < 1 << 31:
            raise BadModelFile(
                sentence(
                    "The entry '{arch}.{key}' is {value}, expected a number.",
                    arch=arch,
                    key=key,
                    value=repr(value),
                )
            )
        return value

    embedding = header.tensors.get("token_embd.weight")
    if embedding is None:
        raise BadModelFile(sentence("The embedding ('token_embd.weight') is missing."))
    if "output.weight" in header.tensors:
        raise UnsupportedModel(
            sentence("The output head is not tied to the embedding: an .sbs file cannot say so.")
        )
    layers, dim = int(number("block_count")), int(number("embedding_length"))
    heads, qkv_dim = int(number("attention.head_count")), int(number("attention.key_length"))
    facts = GENERATIONS[generation]
    period = int(number("attention.sliding_window_pattern", facts.period))
    if heads < 1:
        raise BadModelFile(sentence("The header speaks of 0 heads."))
    names = tuple(str(header.metadata.get(f"general.{key}", "")) for key in ("finetune", "name"))
    return Architecture(
        generation=generation,
        layers=layers,
        model_dim=dim,
        ff_hidden_dim=int(number("feed_forward_length")),
        heads=heads,
        kv_heads=int(number("attention.head_count_kv")),
        qkv_dim=qkv_dim,
        embedding_rows=embedding.shape[0],
        context=int(number("context_length")),
        window=int(number("attention.sliding_window", 0 if period == 1 else None)),
        global_layers=global_pattern(layers, period),
        att_cap=number("attn_logit_softcapping", facts.att_cap),
        final_cap=number("final_logit_softcapping", facts.final_cap),
        query_scalar=default_query_scalar(generation, layers, dim, heads, qkv_dim),
        rope_base=number("rope.freq_base", facts.rope_base),
        rope_factor=number("rope.scaling.factor", 1.0),
        instruction_tuned=looks_instruction_tuned(
            (*names, header.path.stem), "tokenizer.chat_template" in header.metadata
        ),
    )


def _source(header: GgufHeader, tensor: GgufTensor, subtract_one: bool) -> TensorSource:
    from gguf.constants import GGML_QUANT_SIZES, GGMLQuantizationType  # heavy, and only an import needs it
    from gguf.quants import dequantize

    rows, cols = (1, tensor.shape[0]) if len(tensor.shape) == 1 else (tensor.shape[0], tensor.shape[1])
    try:
        kind = GGMLQuantizationType(tensor.type_id)
    except ValueError:
        raise UnsupportedModel(
            sentence(
                "{path}: '{tensor}' has the unknown type {type_id}.",
                path=header.path,
                tensor=tensor.name,
                type_id=tensor.type_id,
            )
        ) from None
    block, block_bytes = GGML_QUANT_SIZES[kind]
    row_bytes = cols // block * block_bytes
    if len(tensor.shape) > 2 or cols % block or tensor.offset + rows * row_bytes > len(header.mapping):
        raise BadModelFile(
            sentence(
                "{path}: '{tensor}' ({shape}, {kind}) does not fit into the file.",
                path=header.path,
                tensor=tensor.name,
                shape=tensor.shape,
                kind=kind.name,
            )
        )
    packed = np.frombuffer(header.mapping, np.uint8, rows * row_bytes, tensor.offset).reshape(rows, row_bytes)

    def read(begin: int, end: int) -> NDArray[np.float32]:
        try:
            values: NDArray[np.float32] = dequantize(packed[begin:end], kind)
        except NotImplementedError:
            raise UnsupportedModel(
                sentence(
                    "{path}: '{tensor}' is quantised as {kind}, which cannot be imported.",
                    path=header.path,
                    tensor=tensor.name,
                    kind=kind.name,
                )
            ) from None
        return values - np.float32(1.0) if subtract_one else values

    return TensorSource(tensor.name, rows, cols, read)
