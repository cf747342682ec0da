"""The tokenizer of a catalog entry: from the file beside the weights, or from within them.

Every backend runs on these ids, so that two of them provably get the same ones.
"""

from pathlib import Path

from app.catalog.entry import CatalogEntry
from app.errors import BadModelFile, UnsupportedModel
from app.formats.sbs_reader import SbsFile
from app.formats.tokenizer import Tokenizer


def load_tokenizer(entry: CatalogEntry) -> Tokenizer:
    """Raises ModelError with a sentence when there is none or it is damaged."""
    if entry.tokenizer is not None:
        return _from_file(entry.tokenizer)
    if entry.format == "sbs" and entry.weights is not None:
        with SbsFile.open(entry.weights) as file:
            proto = file.tokenizer
        if proto is not None:
            return _from_bytes(proto, entry.weights)
    elif entry.format == "huggingface":
        return _from_file(entry.path / "tokenizer.model")
    raise UnsupportedModel(
        f"{entry.name} has no tokenizer.",
        "Put the model's SentencePiece file beside the weights as tokenizer.spm.",
    )


def _from_file(path: Path) -> Tokenizer:
    try:
        proto = path.read_bytes()
    except OSError as error:
        raise BadModelFile(f"{path}: the tokenizer cannot be read ({error.strerror or error}).") from error
    return _from_bytes(proto, path)


def _from_bytes(proto: bytes, source: Path) -> Tokenizer:
    try:
        return Tokenizer(proto)
    except BadModelFile as error:
        raise BadModelFile(f"{source}: {error}", error.next_step) from error
