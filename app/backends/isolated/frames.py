"""What crosses the pipe between Facet and an engine's process: length-prefixed JSON, raw bytes for arrays.

A frame is two little-endian u32, the lengths in bytes, then the JSON document, then the array's bytes. No
pickle: neither side runs what the other one sends. Must not know processes or threads.
"""

import json
import os
import struct
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, replace
from numbers import Real
from pathlib import Path
from typing import IO, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from app import errors
from app.backends.base import Generation, LoadProgress, ModelInfo, OpenOptions, Sampling, Timings, Token
from app.catalog.entry import CatalogEntry
from app.catalog.recommended import RecommendedSampling
from app.chat.prompt import PromptStyle
from app.errors import Cancelled, FacetError, InternalError
from app.language import Sentence

Document = dict[str, Any]

_LENGTHS = struct.Struct("<II")
_MAX_DOCUMENT = 1 << 24
"""Bytes; the longest real one scores a whole context with 64 alternatives."""

Value = TypeVar("Value")


class BrokenFrame(Exception):
    """The bytes are no frame: the other side is not what it should be, or was cut off within one."""


def pack(document: Mapping[str, Any], blob: bytes = b"") -> bytes:
    """One frame. Values of this module's types and paths become JSON."""
    text = json.dumps(document, default=os.fspath, separators=(",", ":")).encode()
    return _LENGTHS.pack(len(text), len(blob)) + text + blob


def read(stream: IO[bytes]) -> tuple[Document, bytes] | None:
    """The next frame, None at the end of the stream. Blocks. Raises BrokenFrame."""
    lengths = stream.read(_LENGTHS.size)
    if not lengths:
        return None
    if len(lengths) < _LENGTHS.size:
        raise BrokenFrame("cut off within a frame")
    text_size, blob_size = _LENGTHS.unpack(lengths)
    if text_size > _MAX_DOCUMENT:
        raise BrokenFrame(f"a document of {text_size} bytes")
    text, blob = stream.read(text_size), stream.read(blob_size)
    if len(text) < text_size or len(blob) < blob_size:
        raise BrokenFrame("cut off within a frame")
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BrokenFrame(f"no JSON: {error}") from error
    if not isinstance(document, dict) or not isinstance(document.get("call", 0), int):
        raise BrokenFrame("no JSON object about a call")
    return document, blob


def ids_to_bytes(ids: Sequence[int]) -> bytes:
    """Token ids, each less than 2^31."""
    return np.asarray(ids, np.int32).tobytes()


def ids_from_bytes(blob: bytes) -> list[int]:
    found: list[int] = np.frombuffer(blob, np.int32).tolist()
    return found


def row_from_bytes(blob: bytes) -> NDArray[np.float32]:
    """Logits [vocab]; read-only."""
    return np.frombuffer(blob, np.float32)


def entry_document(entry: CatalogEntry) -> Document:
    """All but the footprint, by which nothing is opened."""
    return asdict(replace(entry, footprint=None))


def entry_from(document: Document) -> CatalogEntry:
    paths = {name: _path(document[name]) for name in ("path", "weights", "tokenizer")}
    style = {"prompt_style": PromptStyle(document["prompt_style"])}
    sampling = {"sampling": _frozen(RecommendedSampling, document["sampling"])}
    return _frozen(CatalogEntry, document | paths | style | sampling)


def options_from(document: Document) -> OpenOptions:
    return _frozen(OpenOptions, document)


def sampling_from(document: Document) -> Sampling:
    return _frozen(Sampling, document)


def info_from(document: Document) -> ModelInfo:
    return _frozen(ModelInfo, document)


def progress_document(progress: LoadProgress) -> Document:
    return asdict(progress) | {"phase": text_document(progress.phase)}


def progress_from(document: Document) -> LoadProgress:
    return _frozen(LoadProgress, document | {"phase": text_from(document["phase"])})


def generation_from(document: Document) -> Generation:
    return Generation(document["finish"], _frozen(Timings, document["timings"]))


def token_values(token: Token) -> list[Any]:
    """A token as a short array: there are many."""
    return [token.id, token.position, token.logprob, token.time_ns, token.top]


def token_from(values: Sequence[Any]) -> Token:
    token_id, position, logprob, time_ns, top = values
    return Token(token_id, position, logprob, time_ns, tuple((other, value) for other, value in top))


def error_document(error: FacetError) -> Document:
    return {
        "kind": type(error).__name__,
        "message": text_document(error.message),
        "next_step": text_document(error.next_step),
    }


def error_from(document: Document) -> FacetError:
    """The same class of error with the same words; an unknown one is a defect."""
    kind = getattr(errors, str(document["kind"]), None)
    message = text_from(document["message"])
    if kind is Cancelled:
        return Cancelled(message)
    if not (isinstance(kind, type) and issubclass(kind, FacetError)):
        kind = InternalError
    error: FacetError = kind(message, text_from(document["next_step"]))
    return error


def text_document(text: str) -> Any:
    """A text as JSON; of a sentence also what it was made of, so that the window can say it in its language.
    Values that JSON does not know go as text.
    """
    if not isinstance(text, Sentence):
        return text
    values = {name: _value_document(value) for name, value in text.values.items()}
    return {"text": str(text), "template": text.template, "values": values}


def text_from(document: Any) -> str:
    """The text, or the sentence, that text_document was given; its English as it was, letter by letter."""
    if not isinstance(document, dict):
        return str(document)
    values = {
        name: text_from(value) if isinstance(value, dict) else value
        for name, value in document["values"].items()
    }
    return Sentence.of(document["text"], document["template"], values)


def _value_document(value: object) -> Any:
    if isinstance(value, Sentence):
        return text_document(value)
    if isinstance(value, str | int | float | None):
        return value
    return float(value) if isinstance(value, Real) else str(value)


def _path(value: str | None) -> Path | None:
    return None if value is None else Path(value)


def _frozen(kind: type[Value], document: Document) -> Value:
    """A frozen dataclass from its JSON; arrays become tuples."""
    names = {item.name for item in fields(kind)}  # type: ignore[arg-type] # a dataclass
    return kind(**{name: _tuples(value) for name, value in document.items() if name in names})


def _tuples(value: Any) -> Any:
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value
