"""A tokenizer without a model: one id per UTF-8 byte, and Gemma's control ids at their Gemma 3 places.

It has the methods of `app.formats.tokenizer.Tokenizer`, so tests need no SentencePiece file. One byte per
token is the hardest case for streaming: every character beyond ASCII arrives in pieces.
"""

from collections.abc import Sequence

CONTROL = {"<pad>": 0, "<eos>": 1, "<bos>": 2, "<unk>": 3, "<start_of_turn>": 105, "<end_of_turn>": 106}
FIRST_BYTE = 200
VOCAB_SIZE = 1024


class FakeTokenizer:
    """Bytes as tokens; see the module docstring."""

    bos_id = CONTROL["<bos>"]
    eos_id = CONTROL["<eos>"]
    vocab_size = VOCAB_SIZE

    def encode(self, text: str) -> list[int]:
        ids: list[int] = []
        rest = text
        while rest:
            piece = next((piece for piece in CONTROL if rest.startswith(piece)), None)
            if piece is not None:
                ids.append(CONTROL[piece])
                rest = rest[len(piece) :]
            else:
                ids.extend(self.encode_plain(rest[0]))
                rest = rest[1:]
        return ids

    def encode_plain(self, text: str) -> list[int]:
        return [FIRST_BYTE + byte for byte in text.encode()]

    def id_of(self, piece: str) -> int | None:
        return CONTROL.get(piece)

    def piece_bytes(self, token: int) -> bytes:
        """What a token adds to the text; b"" for control tokens."""
        return bytes([token - FIRST_BYTE]) if FIRST_BYTE <= token < FIRST_BYTE + 256 else b""

    def piece(self, token: int) -> str:
        """How a token is spelled; "" outside the vocabulary."""
        name = next((name for name, known in CONTROL.items() if known == token), "")
        return name or self.piece_bytes(token).decode(errors="replace")

    def decode(self, ids: Sequence[int]) -> str:
        return b"".join(self.piece_bytes(token) for token in ids).decode(errors="replace")
