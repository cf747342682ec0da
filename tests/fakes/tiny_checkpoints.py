"""A tiny random Gemma in the shapes that importers meet: Hugging Face folder and GGUF file."""

import json
import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import gguf
import numpy as np
from numpy.typing import NDArray
from sentencepiece import sentencepiece_model_pb2 as pb

from app.formats.codecs import f32_to_bf16
from app.formats.sbs_reader import SbsFile

GOLDEN = Path(__file__).parents[1] / "golden"
Floats = NDArray[np.float32]


def golden(kind: str) -> Path:
    """Path of the golden file of a weight type."""
    return GOLDEN / f"tiny-gemma3-{kind}.sbs"


def golden_tokenizer() -> bytes:
    """The SentencePiece proto of the golden files: 876 pieces, byte fallback, turn markers user-defined."""
    with SbsFile.open(golden("f32")) as file:
        proto = file.tokenizer
    assert proto is not None
    return proto


@dataclass(frozen=True)
class TinyModel:
    """Weights by Hugging Face's names; values are exact in bf16, norms are multiples of 1/256 below 1/2."""

    generation: int = 3
    layers: int = 3
    dim: int = 64
    ff: int = 96
    heads: int = 4
    kv_heads: int = 2
    head_dim: int = 32
    vocab: int = 1024
    weights: dict[str, Floats] = field(default_factory=dict)

    def __post_init__(self) -> None:
        random = np.random.default_rng(self.layers + self.dim)

        def matrix(rows: int, cols: int) -> Floats:
            return (random.integers(-64, 64, (rows, cols)) / np.float32(128)).astype(np.float32)

        def norm(size: int) -> Floats:
            return (random.integers(-127, 127, size) / np.float32(256)).astype(np.float32)

        w, q = self.weights, self.head_dim
        w["embed_tokens.weight"] = matrix(self.vocab, self.dim)
        w["norm.weight"] = norm(self.dim)
        for i in range(self.layers):
            p = f"layers.{i}."
            w[p + "self_attn.q_proj.weight"] = matrix(self.heads * q, self.dim)
            w[p + "self_attn.k_proj.weight"] = matrix(self.kv_heads * q, self.dim)
            w[p + "self_attn.v_proj.weight"] = matrix(self.kv_heads * q, self.dim)
            w[p + "self_attn.o_proj.weight"] = matrix(self.dim, self.heads * q)
            w[p + "mlp.gate_proj.weight"] = matrix(self.ff, self.dim)
            w[p + "mlp.up_proj.weight"] = matrix(self.ff, self.dim)
            w[p + "mlp.down_proj.weight"] = matrix(self.dim, self.ff)
            around_attention = ("input", "post_attention")
            around_both = (*around_attention, "pre_feedforward", "post_feedforward")
            for name in around_attention if self.generation == 1 else around_both:
                w[f"{p}{name}_layernorm.weight"] = norm(self.dim)
            if self.generation == 3:
                w[p + "self_attn.q_norm.weight"] = norm(q)
                w[p + "self_attn.k_norm.weight"] = norm(q)

    def config_json(self) -> dict[str, Any]:
        return {
            "model_type": {1: "gemma", 2: "gemma2", 3: "gemma3_text"}[self.generation],
            "vocab_size": self.vocab,
            "hidden_size": self.dim,
            "intermediate_size": self.ff,
            "num_hidden_layers": self.layers,
            "num_attention_heads": self.heads,
            "num_key_value_heads": self.kv_heads,
            "head_dim": self.head_dim,
            "max_position_embeddings": 256,
            "torch_dtype": "bfloat16",
        } | (
            {}
            if self.generation == 1
            else {
                "query_pre_attn_scalar": self.head_dim,
                "sliding_window": 16,
                "sliding_window_pattern": 2,
            }
        )

    def expected(self) -> dict[str, Floats]:
        """The `.sbs` tensors that these weights are, value by value."""
        return sbs_tensors(self.weights, self.generation, self.layers, self.heads, self.kv_heads)


def sbs_tensors(
    w: dict[str, Floats], generation: int, layers: int, heads: int, kv_heads: int
) -> dict[str, Floats]:
    """Weights under Hugging Face's names -> tensors of an `.sbs` file (sbs format §5.1, §5.5)."""
    out = {"c_embedding": w["embed_tokens.weight"], "c_final_norm": w["norm.weight"][None]}
    q = w["layers.0.self_attn.q_proj.weight"].shape[0] // heads
    for i in range(layers):
        p = f"layers.{i}."
        query, key, value = (w[f"{p}self_attn.{part}_proj.weight"] for part in "qkv")
        of_head = [slice(head * q, (head + 1) * q) for head in range(heads)]
        if heads == kv_heads > 1:
            rows = [part[head] for head in of_head for part in (query, key, value)]
        else:
            rows = [query, *(part[head] for head in of_head[:kv_heads] for part in (key, value))]
        out[f"qkv_ein_{i}"] = np.concatenate(rows)
        o = w[p + "self_attn.o_proj.weight"]
        out[f"att_ein_{i}"] = np.concatenate([o[:, head] for head in of_head])
        out[f"gating_ein_{i}"] = np.concatenate([w[p + "mlp.gate_proj.weight"], w[p + "mlp.up_proj.weight"]])
        out[f"linear_w_{i}"] = w[p + "mlp.down_proj.weight"]
        names = {
            1: {"pre_att_ns": "input_layernorm", "pre_ff_ns": "post_attention_layernorm"},
            2: {
                "pre_att_ns": "input_layernorm",
                "post_att_ns": "post_attention_layernorm",
                "pre_ff_ns": "pre_feedforward_layernorm",
                "post_ff_ns": "post_feedforward_layernorm",
            },
        }[min(generation, 2)]
        if generation == 3:
            names |= {"query_norm": "self_attn.q_norm", "key_norm": "self_attn.k_norm"}
        for name, theirs in names.items():
            out[f"{name}_{i}"] = w[f"{p}{theirs}.weight"][None]
    return out


def write_safetensors(path: Path, tensors: dict[str, Floats], dtype: str) -> None:
    """The container by hand, since numpy has no bfloat16."""
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    data = b""
    for name, values in tensors.items():
        raw = {
            "BF16": lambda v: f32_to_bf16(v).tobytes(),
            "F16": lambda v: v.astype("<f2").tobytes(),
            "F32": lambda v: v.tobytes(),
        }[dtype](values)
        header[name] = {
            "dtype": dtype,
            "shape": list(values.shape),
            "data_offsets": [len(data), len(data) + len(raw)],
        }
        data += raw
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def write_huggingface(
    folder: Path,
    model: TinyModel,
    dtype: str = "BF16",
    prefix: str = "model.",
    shards: int = 1,
    config: dict[str, Any] | None = None,
) -> Path:
    """A folder as `save_pretrained` leaves it, `shards` files with an index when more than one."""
    folder.mkdir(parents=True)
    (folder / "config.json").write_text(json.dumps(config or model.config_json()))
    (folder / "tokenizer.model").write_bytes(golden_tokenizer())
    names = list(model.weights)
    index: dict[str, str] = {}
    for shard in range(shards):
        file = "model.safetensors" if shards == 1 else f"model-{shard + 1:05}-of-{shards:05}.safetensors"
        part = {prefix + name: model.weights[name] for name in names[shard::shards]}
        write_safetensors(folder / file, part, dtype)
        index |= dict.fromkeys(part, file)
    if shards > 1:
        (folder / "model.safetensors.index.json").write_text(json.dumps({"weight_map": index}))
    return folder


_GGUF_NAMES = {
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "self_attn.q_norm": "attn_q_norm",
    "self_attn.k_norm": "attn_k_norm",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
    "input_layernorm": "attn_norm",
    "post_attention_layernorm": "post_attention_norm",
    "pre_feedforward_layernorm": "ffn_norm",
    "post_feedforward_layernorm": "post_ffw_norm",
}


def write_gguf(
    path: Path,
    model: TinyModel,
    name: str = "Tiny",
    kind: gguf.GGMLQuantizationType = gguf.GGMLQuantizationType.F32,
    chat_template: str = "",
) -> Path:
    """As llama.cpp's converter writes Gemma: norms with the +1, turn markers as CONTROL, spaces unescaped."""
    arch = "gemma" if model.generation == 1 else f"gemma{model.generation}"
    writer = gguf.GGUFWriter(path, arch)
    writer.add_name(name)
    writer.add_context_length(256)
    writer.add_embedding_length(model.dim)
    writer.add_block_count(model.layers)
    writer.add_feed_forward_length(model.ff)
    writer.add_head_count(model.heads)
    writer.add_head_count_kv(model.kv_heads)
    writer.add_key_length(model.head_dim)
    writer.add_value_length(model.head_dim)
    if model.generation > 1:
        writer.add_sliding_window(16)
        writer.add_uint32(f"{arch}.attention.sliding_window_pattern", 2)
    vocabulary = pb.ModelProto.FromString(golden_tokenizer())
    pieces = [(piece.piece, piece.score, piece.type) for piece in vocabulary.pieces]
    pieces += [(f"<unused{n}>", -1000.0, 3) for n in range(model.vocab - len(pieces))]
    turns = ("<start_of_turn>", "<end_of_turn>", "<unk>")
    writer.add_tokenizer_model("llama")
    writer.add_token_list([text for text, _, _ in pieces])
    writer.add_token_scores([score for _, score, _ in pieces])
    writer.add_token_types([3 if text in turns else kind_ for text, _, kind_ in pieces])
    if chat_template:
        writer.add_chat_template(chat_template)
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)
    for full, values in model.weights.items():
        stem = full.removesuffix(".weight")
        if stem.startswith("layers."):
            _, layer, rest = stem.split(".", 2)
            if model.generation == 1 and rest == "post_attention_layernorm":
                rest = "pre_feedforward_layernorm"  # what it is
            short = f"blk.{layer}.{_GGUF_NAMES[rest]}"
        else:
            short = {"embed_tokens": "token_embd", "norm": "output_norm"}[stem]
        if values.ndim == 1:
            writer.add_tensor(short + ".weight", values + np.float32(1))
        else:
            writer.add_tensor(short + ".weight", gguf.quants.quantize(values, kind), raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path
