"""From a path to a CatalogEntry, by headers only. What is wrong with a model goes into its `problems`.

Raises nothing for a broken model. Looks at one path; which paths there are is scan.py's.
"""

import functools
import json
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from app.catalog import prompt_styles
from app.catalog.entry import CatalogEntry, ModelFormat
from app.catalog.footprint import Footprint, footprint
from app.catalog.recommended import recommended_sampling
from app.chat.prompt import PromptStyle
from app.errors import BadModelFile, ModelError, UnsupportedModel
from app.formats.gemma_family import check_text_model, family_label, make_config
from app.formats.gguf_header import GgufHeader
from app.formats.gguf_reader import architecture
from app.formats.huggingface import read_config, shard_paths
from app.formats.sbs_config import ModelConfig
from app.formats.sbs_layout import EMBEDDING, parameters
from app.formats.sbs_reader import SbsFile
from app.language import sentence

_log = logging.getLogger(__name__)
_TOKENIZERS = ("tokenizer.spm", "tokenizer.model")
_GGUF_FILE_TYPES = {
    0: "F32",
    1: "F16",
    2: "Q4_0",
    3: "Q4_1",
    7: "Q8_0",
    8: "Q5_0",
    9: "Q5_1",
    10: "Q2_K",
    11: "Q3_K_S",
    12: "Q3_K_M",
    13: "Q3_K_L",
    14: "Q4_K_S",
    15: "Q4_K_M",
    16: "Q5_K_S",
    17: "Q5_K_M",
    18: "Q6_K",
    32: "BF16",
}
"""llama.cpp's `llama_ftype` (include/llama.h)."""
_ELEMENT_TYPES = {"bfloat16": "bf16", "float32": "f32", "float16": "f16"}
"""Of Hugging Face's words."""


def describe(path: Path, name: str, styles: Mapping[str, PromptStyle]) -> list[CatalogEntry]:
    """The entries of a folder or a bare file: one, or one a file when a folder holds several models."""
    try:
        if path.is_dir():
            return _folder(path, name, styles)
        return [_file(path, path, name, styles)]
    except OSError as error:
        return [
            _broken(
                path,
                name,
                "unknown",
                None,
                sentence("{path} cannot be read ({reason}).", path=path, reason=error.strerror or error),
            )
        ]


def _folder(path: Path, name: str, styles: Mapping[str, PromptStyle]) -> list[CatalogEntry]:
    visible = sorted(item for item in path.iterdir() if not item.name.startswith("."))
    for suffix in (".sbs", ".gguf"):
        files = [item for item in visible if item.suffix.lower() == suffix and item.is_file()]
        if len(files) == 1:
            return [_file(path, files[0], name, styles)]
        if files:
            return [_file(file, file, f"{name}/{file.stem}", styles) for file in files]
        if suffix == ".sbs" and (path / "config.json").is_file():
            return [_guarded(path, name, "huggingface", path, styles, lambda: _hugging_face(path, name))]
    return [
        _broken(
            path,
            name,
            "unknown",
            None,
            sentence("{path} holds no .sbs, no .gguf and no Hugging Face config.json.", path=path),
        )
    ]


def _file(path: Path, file: Path, name: str, styles: Mapping[str, PromptStyle]) -> CatalogEntry:
    if file.suffix.lower() == ".gguf":
        return _guarded(path, name, "gguf", file, styles, lambda: _gguf(path, name, file))
    return _guarded(path, name, "sbs", file, styles, lambda: _sbs(path, name, file))


def _guarded(
    path: Path,
    name: str,
    model_format: ModelFormat,
    weights: Path,
    styles: Mapping[str, PromptStyle],
    build: Callable[[], CatalogEntry],
) -> CatalogEntry:
    try:
        entry = build()
    except ModelError as error:
        return _broken(path, name, model_format, weights, error.whole)
    except OSError as error:
        return _broken(
            path,
            name,
            model_format,
            weights,
            sentence("{path} cannot be read ({reason}).", path=weights, reason=error.strerror or error),
        )
    except Exception as error:  # noqa: BLE001 - one file that we do not understand must not hide all the others
        _log.info("Unexpected error while describing a model", exc_info=True)
        problem = sentence(
            "{path} cannot be understood ({kind}: {error}).",
            path=weights,
            kind=type(error).__name__,
            error=error,
        )
        return _broken(path, name, model_format, weights, problem)
    chosen = styles.get(prompt_styles.key(path)) if styles else None
    return entry if chosen is None else replace(entry, prompt_style=chosen)


def _broken(
    path: Path, name: str, model_format: ModelFormat, weights: Path | None, problem: str
) -> CatalogEntry:
    size = 0
    if weights is not None and weights.is_file():
        size = weights.stat().st_size
    return CatalogEntry(
        name=name, path=path, format=model_format, weights=weights, size_bytes=size, problems=(problem,)
    )


def _sbs(path: Path, name: str, file: Path) -> CatalogEntry:
    status = file.stat()
    config, embedding, has_tokenizer = _sbs_facts(file, status.st_size, status.st_mtime_ns)
    tokenizer = None if has_tokenizer else _tokenizer_beside(file)
    precision = config.weight.label
    memory = footprint(config, embedding, precision)
    return _entry(path, name, "sbs", file, config, status.st_size, precision, tokenizer, memory)


@functools.lru_cache(maxsize=512)
def _sbs_facts(file: Path, size: int, mtime_ns: int) -> tuple[ModelConfig, str, bool]:
    """Config, type of the embedding, whether there is a tokenizer. Kept by size and time: folders are looked
    through whenever something in them changes.
    """
    with SbsFile.open(file) as sbs:
        try:
            check_text_model(sbs.config)
        except UnsupportedModel as error:
            raise UnsupportedModel(
                sentence("{path}: {error}", path=file, error=error), error.next_step
            ) from None
        return sbs.config, sbs.tensors[EMBEDDING].type.label, sbs.has_tokenizer


def _tokenizer_beside(file: Path) -> Path:
    found = next((file.parent / name for name in _TOKENIZERS if (file.parent / name).is_file()), None)
    if found is None:
        raise BadModelFile(
            sentence("{file}: there is no tokenizer in the file.", file=file),
            sentence("Put the model's SentencePiece file beside it as tokenizer.spm."),
        )
    return found


def _gguf(path: Path, name: str, file: Path) -> CatalogEntry:
    status = file.stat()
    config, precision = _gguf_facts(file, status.st_size, status.st_mtime_ns)
    memory = footprint(config, "bf16", "bf16")
    return _entry(path, name, "gguf", file, config, status.st_size, precision, None, memory)


@functools.lru_cache(maxsize=256)
def _gguf_facts(file: Path, size: int, mtime_ns: int) -> tuple[ModelConfig, str]:
    """Kept by size and time: the vocabulary before the tensor table takes 50 ms to step over."""
    with GgufHeader.open(file) as header:
        if header.metadata.get("split.count", 1) not in (0, 1):
            raise UnsupportedModel(
                sentence("{file}: the model is split over several files; join them first.", file=file)
            )
        try:
            config = make_config(architecture(header))
        except ModelError as error:
            raise type(error)(sentence("{path}: {error}", path=file, error=error), error.next_step) from None
        file_type = header.metadata.get("general.file_type", -1)
        return config, _GGUF_FILE_TYPES.get(int(file_type), "") if isinstance(file_type, int) else ""


def _hugging_face(path: Path, name: str) -> CatalogEntry:
    config = read_config(path)
    shards = shard_paths(path)
    size = sum(shard.stat().st_size for shard in shards)
    tokenizer = next((path / item for item in _TOKENIZERS[::-1] if (path / item).is_file()), None)
    if tokenizer is None:
        raise BadModelFile(
            sentence("{path}: tokenizer.model is missing.", path=path),
            sentence("Copy it from the model's original folder."),
        )
    stated = json.loads((path / "config.json").read_bytes())
    precision = str(stated.get("dtype") or stated.get("torch_dtype") or "")
    kind = _ELEMENT_TYPES.get(precision, "bf16")
    memory = footprint(config, kind, kind)
    entry = _entry(path, name, "huggingface", path, config, size, precision, tokenizer, memory)
    return replace(entry, files=_sizes((path / "config.json", *shards, tokenizer)))


def _entry(
    path: Path,
    name: str,
    model_format: ModelFormat,
    weights: Path,
    config: ModelConfig,
    size: int,
    precision: str,
    tokenizer: Path | None,
    memory: Footprint,
) -> CatalogEntry:
    return CatalogEntry(
        name=name,
        path=path,
        format=model_format,
        weights=weights,
        tokenizer=tokenizer,
        family=family_label(config),
        parameters=parameters(config),
        size_bytes=size,
        precision=precision,
        context_tokens=config.max_seq_len,
        vocabulary=config.vocab_size,
        files=_sizes(filter(None, (weights, tokenizer))) if weights.is_file() else (),
        footprint=memory,
        prompt_style=prompt_styles.guess(config.wrapping, name),
        sampling=recommended_sampling(weights if weights.is_dir() else weights.parent),
    )


def _sizes(files: Iterable[Path]) -> tuple[tuple[str, int], ...]:
    return tuple((file.name, file.stat().st_size) for file in files)
