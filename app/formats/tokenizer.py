"""Text to token ids and back, from a model's own SentencePiece proto; the same for every backend.

No prompt wrapping here (app/chat/prompt.py), and no backend: ids are all that leaves. What a user typed never
becomes a control token unless it goes through `encode`.
"""

import codecs
import re
from collections.abc import Iterable

import sentencepiece
from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from sentencepiece import sentencepiece_model_pb2 as pb

from app.errors import BadModelFile
from app.language import sentence

_SPACE = "\N{LOWER ONE EIGHTH BLOCK}"
"""How SentencePiece spells a space; typed literally it would come back as one."""
_HTML_TAG = re.compile(
    r"</?(table|caption|thead|tbody|tfoot|tr|th|td|h[1-6]|blockquote|strong|em|b|i|u|s|sub|sup|code|a|html"
    r"|body|img|span|bbox|ul|li|div|iframe|footer)>"
)
"""User-defined pieces of Gemma's vocabulary that are ordinary text, as are runs of whitespace."""
_UNKNOWN, _CONTROL, _USER_DEFINED, _BYTE = 2, 3, 4, 6
"""SentencePiece's piece types that matter here."""


class Tokenizer:
    """One SentencePiece model. Immutable after construction; threads may share it."""

    def __init__(self, proto: bytes) -> None:
        """Raises BadModelFile when `proto` is no SentencePiece model."""
        model, self._processor = _load(proto)
        self._spellings = [piece.piece for piece in model.pieces]
        self._types = [piece.type for piece in model.pieces]
        spelled = {
            text: index
            for index, (text, kind) in enumerate(zip(self._spellings, self._types, strict=True))
            if kind == _USER_DEFINED and not _is_ordinary(text)
        }
        self._control_ids = frozenset(spelled.values())
        self._control_texts = frozenset(spelled)
        self._control_starts = re.compile(
            "[" + re.escape("".join({text[0] for text in spelled} or {"\0"})) + "]"
        )
        self._control_lengths = sorted({len(text) for text in spelled})
        self._ids = {text: index for index, text in enumerate(self._spellings)}
        self._space_ids = [self._ids.get(f"<0x{byte:02X}>") for byte in _SPACE.encode()]

    @property
    def vocab_size(self) -> int:
        """Pieces; the model may have more embedding rows than this."""
        return len(self._types)

    @property
    def bos_id(self) -> int:
        return int(self._processor.bos_id())

    @property
    def eos_id(self) -> int:
        return int(self._processor.eos_id())

    def id_of(self, piece: str) -> int | None:
        """Id of the piece spelled so, with "▁" for a space; None when there is none."""
        return self._ids.get(piece)

    def encode(self, text: str) -> list[int]:
        """Ids of `text`; spelled turn markers become their ids. BOS and EOS are never added or recognised."""
        text = _well_formed(text)
        bytes_of_space = [token for token in self._space_ids if token is not None]
        if _SPACE not in text or len(bytes_of_space) != len(self._space_ids):
            return self._encode(text)
        ids: list[int] = []
        for index, part in enumerate(text.split(_SPACE)):
            if index:
                ids.extend(bytes_of_space)
            ids.extend(self._encode(part))
        return ids

    def encode_plain(self, text: str) -> list[int]:
        """Ids of `text` in which spelled control tokens stay text: their spelling is cut in two."""
        text = _well_formed(text)
        ids: list[int] = []
        begin = 0
        for match in self._control_starts.finditer(text):
            at = match.start()
            if any(text[at : at + length] in self._control_texts for length in self._control_lengths):
                ids.extend(self.encode(text[begin : at + 1]))
                begin = at + 1
        return ids + self.encode(text[begin:])

    def decode(self, ids: Iterable[int]) -> str:
        """Text of `ids`; control tokens give none, bytes that form no UTF-8 give U+FFFD."""
        stream = StreamingDetokenizer(self)
        return "".join(map(stream.feed, ids)) + stream.flush()

    def piece_bytes(self, token: int) -> bytes:
        """What `token` adds to the text, UTF-8 or one byte of it.

        Empty for control tokens and for ids outside the vocabulary.
        """
        if not 0 <= token < len(self._types) or token in self._control_ids:
            return b""
        kind, text = self._types[token], self._spellings[token]
        if kind == _BYTE:
            return bytes((int(text[3:5], 16),))
        if kind == _UNKNOWN:
            return "\N{REPLACEMENT CHARACTER}".encode()
        if kind == _CONTROL:
            return b""
        return str(text).replace(_SPACE, " ").encode()

    def piece(self, token: int) -> str:
        """How the vocabulary spells `token`, for display; "" for an id outside it."""
        return self._spellings[token] if 0 <= token < len(self._spellings) else ""

    def is_control(self, token: int) -> bool:
        """Whether `token` steers (BOS, turn markers, unused ids) and is never text."""
        return token in self._control_ids or (
            0 <= token < len(self._types) and self._types[token] in (_CONTROL, _UNKNOWN)
        )

    def _encode(self, text: str) -> list[int]:
        ids: list[int] = self._processor.encode(text) if text else []
        return ids


class StreamingDetokenizer:
    """Text of a growing id sequence; holds back the bytes of an incomplete UTF-8 character."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def feed(self, token: int) -> str:
        """The text that became certain with `token`; may be empty."""
        return self._decoder.decode(self._tokenizer.piece_bytes(token))

    def flush(self) -> str:
        """What was held back, as U+FFFD; the stream is then empty again."""
        text = self._decoder.decode(b"", final=True)
        self._decoder.reset()
        return text


def _load(proto: bytes) -> tuple[pb.ModelProto, sentencepiece.SentencePieceProcessor]:
    model = pb.ModelProto()
    try:
        model.ParseFromString(proto)
    except DecodeError:
        raise BadModelFile(sentence("The tokenizer is damaged: it is no SentencePiece model.")) from None
    _check(model)
    # Gemma's tokenizers have these settings already; a leading space must survive in any case.
    normalizer = model.normalizer_spec
    if normalizer.add_dummy_prefix or normalizer.remove_extra_whitespaces:
        normalizer.add_dummy_prefix = normalizer.remove_extra_whitespaces = False
        proto = model.SerializeToString()
    try:
        return model, sentencepiece.SentencePieceProcessor(model_proto=proto)
    except (RuntimeError, ValueError, OSError) as error:
        raise BadModelFile(
            sentence("The tokenizer is damaged: SentencePiece refuses it ({error}).", error=error)
        ) from None


def _check(model: pb.ModelProto) -> None:
    """Refuses what SentencePiece would accept and then stumble over."""
    if not model.pieces:
        raise BadModelFile(sentence("The tokenizer is damaged: it has no pieces."))
    for index, piece in enumerate(model.pieces):
        # protobuf gives bytes where a text is not UTF-8.
        if (
            not piece.piece
            or not isinstance(piece.piece, str)
            or (piece.type == _BYTE and not re.fullmatch("<0x[0-9A-F]{2}>", piece.piece))
        ):
            raise BadModelFile(
                sentence(
                    "The tokenizer is damaged: piece {index} is {piece}.",
                    index=index,
                    piece=repr(piece.piece),
                )
            )


def _is_ordinary(text: str) -> bool:
    return not text.strip(_SPACE + " \t\n\r") or _HTML_TAG.fullmatch(text) is not None


def _well_formed(text: str) -> str:
    """Lone surrogates, which have no UTF-8, become U+FFFD; pairs of them become their character."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
