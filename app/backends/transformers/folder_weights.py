"""The text part of a Hugging Face folder: safetensors shards, mapped; local files only, and no pickles."""

from collections.abc import Iterator
from pathlib import Path

import torch
from huggingface_hub.errors import StrictDataclassError
from safetensors import SafetensorError, safe_open
from transformers import (
    AutoConfig,
    Gemma2Config,
    Gemma3Config,
    Gemma3TextConfig,
    GemmaConfig,
    PretrainedConfig,
)

from app.errors import BadModelFile, UnsupportedModel
from app.formats.huggingface import shard_paths
from app.language import sentence

_TEXT_PREFIXES = ("model.language_model.", "language_model.model.", "model.")
"""Multimodal folders put the text part under these; longest first."""


def read_folder_config(folder: Path) -> PretrainedConfig:
    """Config of the text part. Raises BadModelFile, UnsupportedModel."""
    try:
        config = AutoConfig.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
    except (OSError, ValueError, KeyError, TypeError, StrictDataclassError) as error:
        first_line = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise BadModelFile(
            sentence("{path} cannot be used: {reason}", path=folder / "config.json", reason=first_line)
        ) from error
    if isinstance(config, Gemma3Config):
        config = config.text_config
    if not isinstance(config, GemmaConfig | Gemma2Config | Gemma3TextConfig):
        raise UnsupportedModel(
            sentence(
                "{folder}: the transformers backend runs Gemma 1, 2 and 3, and this is '{model_type}'.",
                folder=folder,
                model_type=config.model_type,
            )
        )
    return config


class FolderWeights:
    """Named tensors of the text part in one dtype."""

    def __init__(self, folder: Path, dtype: torch.dtype) -> None:
        self._paths = shard_paths(folder)
        self._dtype = dtype

    def total_bytes(self) -> int:
        return sum(path.stat().st_size for path in self._paths)

    def groups(self) -> Iterator[tuple[int, dict[str, torch.Tensor]]]:
        """(bytes of the file, tensors), tensor by tensor; what belongs to the vision tower is left out."""
        for path in self._paths:
            try:
                with safe_open(path, framework="pt") as shard:
                    for name in shard.keys():  # noqa: SIM118 - not a dict
                        target = _text_name(name)
                        if target is not None:
                            tensor = shard.get_tensor(name)
                            size = tensor.numel() * tensor.element_size()
                            yield size, {target: tensor.to(self._dtype)}
            except SafetensorError as error:
                raise BadModelFile(sentence("{path} is damaged: {error}.", path=path, error=error)) from error


def _text_name(name: str) -> str | None:
    """The name in a text-only model; None for another part. The head is the embedding and not stored
    twice."""
    if "vision" in name or "multi_modal" in name or name.endswith("lm_head.weight"):
        return None
    for prefix in _TEXT_PREFIXES:
        if name.startswith(prefix):
            return "model." + name[len(prefix) :]
    return None
