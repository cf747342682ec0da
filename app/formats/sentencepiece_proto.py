"""Builds a SentencePiece model from the vocabulary that a GGUF file carries.

GGUF keeps pieces, scores and types but not the proto; an `.sbs` file wants the proto. Reproduces the settings
of Google's own Gemma tokenizers: BPE, byte fallback, identity normaliser, no dummy prefix, whitespace kept.
"""

from collections.abc import Sequence

from sentencepiece import sentencepiece_model_pb2 as pb

from app.errors import BadModelFile
from app.language import sentence

PAD_ID, EOS_ID, BOS_ID, UNK_ID = 0, 1, 2, 3
_SPECIAL_PIECES = ("<pad>", "<eos>", "<bos>", "<unk>")
_SPACE = "\N{LOWER ONE EIGHTH BLOCK}"

# GGUF's token types (llama.cpp `llama_token_type`) happen to be numbered as SentencePiece's.
_NORMAL, _UNKNOWN, _CONTROL, _USER_DEFINED, _UNUSED, _BYTE = 1, 2, 3, 4, 5, 6


def build_proto(pieces: Sequence[bytes], scores: Sequence[float], types: Sequence[int]) -> bytes:
    """The serialised ModelProto of a Gemma vocabulary.

    Control tokens other than <pad> <eos> <bos> become user-defined, or their text would be split into
    characters instead of giving their id. Raises BadModelFile when the lists disagree or this is no Gemma
    vocabulary.
    """
    if not len(pieces) == len(scores) == len(types):
        raise BadModelFile(
            sentence(
                "The vocabulary is damaged: {pieces} pieces, {scores} scores, {types} types.",
                pieces=len(pieces),
                scores=len(scores),
                types=len(types),
            )
        )
    found = tuple(piece.decode("utf-8", "replace") for piece in pieces[: len(_SPECIAL_PIECES)])
    if found != _SPECIAL_PIECES:
        raise BadModelFile(
            sentence(
                "The vocabulary starts with {found}, expected {expected}: no Gemma tokenizer.",
                found=found,
                expected=_SPECIAL_PIECES,
            )
        )
    model = pb.ModelProto()
    has_bytes = False
    for index, (raw, score, kind) in enumerate(zip(pieces, scores, types, strict=True)):
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            raise BadModelFile(
                sentence("The vocabulary is damaged: piece {index} is not UTF-8.", index=index)
            ) from None
        piece_type = _piece_type(index, kind)
        has_bytes |= piece_type == _BYTE
        if piece_type == _USER_DEFINED:
            text = text.replace(" ", _SPACE)  # GGUF writers unescape the runs of spaces
        model.pieces.add(piece=text, score=score, type=piece_type)
    spec = model.trainer_spec
    spec.model_type = pb.TrainerSpec.BPE
    spec.vocab_size = len(pieces)
    spec.byte_fallback = has_bytes
    spec.split_digits = True
    spec.allow_whitespace_only_pieces = True
    spec.pad_id, spec.eos_id, spec.bos_id, spec.unk_id = PAD_ID, EOS_ID, BOS_ID, UNK_ID
    spec.pad_piece, spec.eos_piece, spec.bos_piece, spec.unk_piece = _SPECIAL_PIECES
    normalizer = model.normalizer_spec
    normalizer.name = "identity"
    normalizer.add_dummy_prefix = False
    normalizer.remove_extra_whitespaces = False
    normalizer.escape_whitespaces = True
    proto: bytes = model.SerializeToString()
    return proto


def _piece_type(index: int, kind: int) -> int:
    if index == UNK_ID:
        return _UNKNOWN
    if index in (PAD_ID, EOS_ID, BOS_ID):
        return _CONTROL
    if kind == _CONTROL:
        return _USER_DEFINED
    if kind in (_NORMAL, _USER_DEFINED, _UNUSED, _BYTE):
        return kind
    raise BadModelFile(
        sentence(
            "The vocabulary is damaged: piece {index} has the unknown type {kind}.", index=index, kind=kind
        )
    )
