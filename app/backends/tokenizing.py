"""The tokenizer of a catalog entry: from the file beside the weights, or from within them.

Every backend runs on these ids, so that two of them provably get the same ones. Models of a family carry the
same file, which takes half a second to read and 100 MB to hold: one that is in use is not read again.
"""

import hashlib
import threading
import weakref
from pathlib import Path

from app.catalog.entry import CatalogEntry
from app.errors import BadModelFile, UnsupportedModel
from app.formats.sbs_reader import SbsFile
from app.formats.tokenizer import Tokenizer
from app.language import sentence

_MOST_PADDING = 2048
"""Rows of an embedding without a piece: 128 in the first files of Gemma 1, 1152 in PaliGemma."""

_in_use: weakref.WeakValueDictionary[bytes, Tokenizer] = weakref.WeakValueDictionary()
"""By the SHA-256 of their bytes."""
_reading = threading.Lock()
"""Of two models that are opened at the same time, the second one's is the first one's mostly."""


def load_tokenizer(entry: CatalogEntry) -> Tokenizer:
    """Raises ModelError with a sentence when there is none, or it is damaged or another model's."""
    if entry.tokenizer is not None:
        tokenizer = _from_file(entry.tokenizer)
        if entry.format == "sbs" and entry.weights is not None:
            _check_size(tokenizer, entry.tokenizer, entry.weights)
        return tokenizer
    if entry.format == "sbs" and entry.weights is not None:
        with SbsFile.open(entry.weights) as file:
            proto = file.tokenizer
        if proto is not None:
            tokenizer = _from_bytes(proto, entry.weights)
            _check_size(tokenizer, None, entry.weights)
            return tokenizer
    elif entry.format == "huggingface":
        return _from_file(entry.path / "tokenizer.model")
    raise UnsupportedModel(
        sentence("{model} has no tokenizer.", model=entry.name),
        sentence("Put the model's SentencePiece file beside the weights as tokenizer.spm."),
    )


def _check_size(tokenizer: Tokenizer, path: Path | None, weights: Path) -> None:
    """It may have come with other weights, in the file (`path` None) as beside it: its size tells."""
    with SbsFile.open(weights) as file:
        known = file.config.vocab_size
    if 0 <= known - tokenizer.vocab_size <= _MOST_PADDING:
        return
    sizes = {"pieces": tokenizer.vocab_size, "weights": weights.name, "rows": known}
    if path is None:
        raise BadModelFile(
            sentence(
                "The tokenizer in {path} knows {pieces} tokens, but {weights} has {rows}: it is another "
                "model's tokenizer.",
                path=weights,
                **sizes,
            ),
            sentence("Import or download the model again."),
        )
    raise BadModelFile(
        sentence(
            "{path} knows {pieces} tokens, but {weights} has {rows}: it is another model's tokenizer.",
            path=path,
            **sizes,
        ),
        sentence("Put this model's own beside the weights as tokenizer.spm."),
    )


def _from_file(path: Path) -> Tokenizer:
    try:
        proto = path.read_bytes()
    except OSError as error:
        raise BadModelFile(
            sentence(
                "{path}: the tokenizer cannot be read ({reason}).", path=path, reason=error.strerror or error
            )
        ) from error
    return _from_bytes(proto, path)


def _from_bytes(proto: bytes, source: Path) -> Tokenizer:
    digest = hashlib.sha256(proto).digest()
    try:
        with _reading:
            tokenizer = _in_use.get(digest)
            if tokenizer is None:
                tokenizer = _in_use[digest] = Tokenizer(proto)
            return tokenizer
    except BadModelFile as error:
        raise BadModelFile(sentence("{path}: {error}", path=source, error=error), error.next_step) from error
