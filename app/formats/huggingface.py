"""A Gemma checkpoint in a Hugging Face folder, as the importer takes it.

config.json, safetensors shards and tokenizer.model are read directly; neither torch nor transformers is
needed. Of a multimodal Gemma 3 only the text part is taken.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.errors import BadModelFile, ModelNotFound, UnsupportedModel
from app.formats.gemma_family import (
    Architecture,
    global_pattern,
    looks_instruction_tuned,
    make_config,
)
from app.formats.safetensors_file import SafetensorsFile
from app.formats.sbs_config import ModelConfig, PostNorm
from app.formats.tensor_source import TensorSource
from app.formats.weight_mapping import Role, map_weights, role_name
from app.language import sentence

_GENERATIONS = {"gemma": 1, "gemma2": 2, "gemma3_text": 3, "gemma3": 3}
_DEFAULTS: dict[int, dict[str, Any]] = {
    1: {
        "vocab_size": 256000,
        "hidden_size": 3072,
        "intermediate_size": 24576,
        "num_hidden_layers": 28,
        "num_attention_heads": 16,
        "num_key_value_heads": 16,
        "head_dim": 256,
        "max_position_embeddings": 8192,
        "sliding_window": 0,
        "sliding_window_pattern": 1,
        "attn_logit_softcapping": 0.0,
        "final_logit_softcapping": 0.0,
        "rope_theta": 10000.0,
    },
    2: {
        "vocab_size": 256000,
        "hidden_size": 2304,
        "intermediate_size": 9216,
        "num_hidden_layers": 26,
        "num_attention_heads": 8,
        "num_key_value_heads": 4,
        "head_dim": 256,
        "max_position_embeddings": 8192,
        "query_pre_attn_scalar": 256,
        "sliding_window": 4096,
        "sliding_window_pattern": 2,
        "attn_logit_softcapping": 50.0,
        "final_logit_softcapping": 30.0,
        "rope_theta": 10000.0,
    },
    3: {
        "vocab_size": 262208,
        "hidden_size": 2304,
        "intermediate_size": 9216,
        "num_hidden_layers": 26,
        "num_attention_heads": 8,
        "num_key_value_heads": 4,
        "head_dim": 256,
        "max_position_embeddings": 131072,
        "query_pre_attn_scalar": 256,
        "sliding_window": 4096,
        "sliding_window_pattern": 6,
        "attn_logit_softcapping": 0.0,
        "final_logit_softcapping": 0.0,
        "rope_theta": 1000000.0,
        "rope_local_base_freq": 10000.0,
    },
}
"""What transformers' GemmaConfig, Gemma2Config and Gemma3TextConfig assume where config.json is silent;
multimodal folders are."""
_PREFIXES = ("model.", "language_model.model.", "model.language_model.", "")
_TOP = {Role.EMBEDDING: "embed_tokens.weight", Role.FINAL_NORM: "norm.weight"}
_LAYER = {
    Role.QUERY: "self_attn.q_proj.weight",
    Role.KEY: "self_attn.k_proj.weight",
    Role.VALUE: "self_attn.v_proj.weight",
    Role.ATTENTION_OUTPUT: "self_attn.o_proj.weight",
    Role.GATE: "mlp.gate_proj.weight",
    Role.UP: "mlp.up_proj.weight",
    Role.DOWN: "mlp.down_proj.weight",
    Role.QUERY_NORM: "self_attn.q_norm.weight",
    Role.KEY_NORM: "self_attn.k_norm.weight",
    Role.PRE_ATTENTION_NORM: "input_layernorm.weight",
    Role.POST_ATTENTION_NORM: "post_attention_layernorm.weight",
    Role.PRE_FF_NORM: "pre_feedforward_layernorm.weight",
    Role.POST_FF_NORM: "post_feedforward_layernorm.weight",
}
_LAYER_1 = _LAYER | {Role.PRE_FF_NORM: "post_attention_layernorm.weight"}
"""Gemma 1 has no norm after the attention; the one of that name stands before the feed-forward part."""


class HuggingFaceSource:
    """A ModelSource over a folder."""

    def __init__(self, folder: Path) -> None:
        """Reads config.json and the shards' headers. Raises ModelNotFound, BadModelFile, UnsupportedModel."""
        self._folder = folder
        self.config: ModelConfig = read_config(folder)
        self._shards: dict[str, SafetensorsFile] = {}
        self._files: list[SafetensorsFile] = []
        paths = shard_paths(folder)
        try:
            for path in paths:
                file = SafetensorsFile(path)
                self._files.append(file)
                self._shards |= dict.fromkeys(file.names, file)
        except BadModelFile:
            self.close()
            raise
        self._prefix = next((p for p in _PREFIXES if p + _TOP[Role.EMBEDDING] in self._shards), "model.")

    @property
    def tokenizer(self) -> bytes:
        path = self._folder / "tokenizer.model"
        try:
            return path.read_bytes()
        except OSError:
            raise ModelNotFound(
                sentence("{path} is missing; Facet needs the SentencePiece model.", path=path),
                sentence("Copy tokenizer.model from the model's original folder."),
            ) from None

    def tensors(self) -> Iterator[TensorSource]:
        return map_weights(self.config, self._weight)

    def close(self) -> None:
        for file in self._files:
            file.close()

    def _weight(self, role: Role, layer: int | None) -> TensorSource:
        names = _LAYER if self.config.layers[0].post_norm is PostNorm.SCALE else _LAYER_1
        name = _TOP[role] if layer is None else f"layers.{layer}.{names[role]}"
        file = self._shards.get(self._prefix + name)
        if file is None:
            raise BadModelFile(
                sentence(
                    "{folder}: the {role} ('{name}') is missing.",
                    folder=self._folder,
                    role=role_name(role),
                    name=self._prefix + name,
                )
            )
        return file.source(self._prefix + name)


def shard_paths(folder: Path) -> list[Path]:
    """The safetensors files of a folder, as its index names them. Raises BadModelFile when one is missing."""
    index = folder / "model.safetensors.index.json"
    if index.is_file():
        names = _read_json(index).get("weight_map")
        if not isinstance(names, dict) or not all(isinstance(name, str) for name in names.values()):
            raise BadModelFile(sentence("{index}: there is no 'weight_map'.", index=index))
        # Only names inside the folder: an index must not make us open other files.
        paths = sorted({folder / Path(name).name for name in names.values()})
    else:
        paths = sorted(folder.glob("*.safetensors"))
    if not paths:
        raise BadModelFile(sentence("{folder}: there are no .safetensors files in it.", folder=folder))
    for path in paths:
        if not path.is_file():
            raise BadModelFile(sentence("{path} is missing: the folder was not downloaded whole.", path=path))
    return paths


def read_config(folder: Path) -> ModelConfig:
    """The config of the text part. Raises BadModelFile, UnsupportedModel; each sentence names the file."""
    path = folder / "config.json"
    outer = _read_json(path)
    try:
        return make_config(_architecture(folder, outer))
    except (BadModelFile, UnsupportedModel) as error:
        raise type(error)(sentence("{path}: {error}", path=path, error=error), error.next_step) from None


def _architecture(folder: Path, outer: dict[str, Any]) -> Architecture:
    kind = outer.get("model_type")
    if not isinstance(kind, str) or kind not in _GENERATIONS:
        raise UnsupportedModel(
            sentence("The folder holds a model of type {kind}; Facet runs Gemma 1, 2 and 3.", kind=repr(kind))
        )
    generation = _GENERATIONS[kind]
    text = outer.get("text_config") if kind == "gemma3" else outer
    if not isinstance(text, dict):
        raise BadModelFile(sentence("There is no 'text_config'."))
    if not (text.get("tie_word_embeddings", True) and outer.get("tie_word_embeddings", True)):
        raise UnsupportedModel(
            sentence("The output head is not tied to the embedding: an .sbs file cannot say so.")
        )

    def number(key: str) -> float:
        value = text.get(key, _DEFAULTS[generation][key])
        value = 0 if value is None else value
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1 << 31:
            raise BadModelFile(sentence("'{key}' is {value}, expected a number.", key=key, value=repr(value)))
        return value

    layers = int(number("num_hidden_layers"))
    rope_base, rope_factor = _rope(text, number("rope_theta"))
    return Architecture(
        generation=generation,
        layers=layers,
        model_dim=int(number("hidden_size")),
        ff_hidden_dim=int(number("intermediate_size")),
        heads=max(1, int(number("num_attention_heads"))),
        kv_heads=int(number("num_key_value_heads")),
        qkv_dim=int(number("head_dim")),
        embedding_rows=int(number("vocab_size")),
        context=int(number("max_position_embeddings")),
        window=int(number("sliding_window")),
        global_layers=_global_layers(text, layers, int(number("sliding_window_pattern"))),
        att_cap=number("attn_logit_softcapping"),
        final_cap=number("final_logit_softcapping"),
        query_scalar=number("head_dim" if generation == 1 else "query_pre_attn_scalar"),
        rope_base=rope_base,
        rope_factor=rope_factor,
        instruction_tuned=looks_instruction_tuned(
            (Path(os.path.realpath(folder)).name,), _has_chat_template(folder)
        ),
    )


def _global_layers(text: dict[str, Any], layers: int, period: int) -> tuple[bool, ...]:
    kinds = text.get("layer_types")
    if kinds is None:
        return global_pattern(layers, period)
    if not isinstance(kinds, list) or len(kinds) != layers:
        raise BadModelFile(sentence("'layer_types' does not describe {layers} layers.", layers=layers))
    return tuple(kind == "full_attention" for kind in kinds)


def _rope(text: dict[str, Any], theta: float) -> tuple[float, float]:
    """(base, factor) of the global layers, from either generation of config.json."""
    per_kind = text.get("rope_parameters")
    settings = per_kind.get("full_attention", per_kind) if isinstance(per_kind, dict) else None
    if settings is None:
        settings = text.get("rope_scaling")
    if not isinstance(settings, dict):
        return theta, 1.0
    kind = settings.get("rope_type", settings.get("type", "default"))
    base, factor = settings.get("rope_theta", theta), settings.get("factor", 1.0)
    if (
        kind not in ("default", "linear")
        or not isinstance(base, int | float)
        or not isinstance(factor, int | float)
    ):
        raise UnsupportedModel(
            sentence("The RoPE settings {settings} are not those of a Gemma model.", settings=repr(settings))
        )
    return float(base), float(factor) if kind == "linear" else 1.0


def _has_chat_template(folder: Path) -> bool:
    if (folder / "chat_template.jinja").is_file() or (folder / "chat_template.json").is_file():
        return True
    path = folder / "tokenizer_config.json"
    return path.is_file() and "chat_template" in _read_json(path)


def _read_json(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise ModelNotFound(sentence("{path}: there is no such file.", path=path)) from None
    except OSError as error:
        raise BadModelFile(
            sentence("{path}: cannot be read ({reason}).", path=path, reason=error.strerror or error)
        ) from None
    except (ValueError, RecursionError):
        raise BadModelFile(sentence("{path}: the file is no JSON.", path=path)) from None
    if not isinstance(value, dict):
        raise BadModelFile(sentence("{path}: the file holds no JSON object.", path=path))
    return value
