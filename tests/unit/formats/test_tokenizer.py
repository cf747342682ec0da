"""Tokenizer: text round trips, control tokens only on purpose, no broken characters in a stream."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sentencepiece import sentencepiece_model_pb2 as pb

from app.errors import BadModelFile
from app.formats.sentencepiece_proto import build_proto
from app.formats.tokenizer import StreamingDetokenizer, Tokenizer
from tests.fakes.tiny_checkpoints import golden_tokenizer

TURN = ("<start_of_turn>", "<end_of_turn>")
PROTO = golden_tokenizer()
TOKENIZER = Tokenizer(PROTO)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
spiced = st.lists(
    st.one_of(texts, st.sampled_from((*TURN, "<bos>", "<unk>", "▁", "<", "\n\n", "  "))), max_size=8
)


@given(spiced.map("".join))
def test_plain_text_comes_back_whatever_it_spells(text: str) -> None:
    assert TOKENIZER.decode(TOKENIZER.encode_plain(text)) == text


@given(spiced.map("".join))
def test_plain_text_never_becomes_a_control_token(text: str) -> None:
    assert not [token for token in TOKENIZER.encode_plain(text) if TOKENIZER.is_control(token)]


def test_spelled_turn_markers_become_their_ids_in_encode_only() -> None:
    assert TOKENIZER.encode("<start_of_turn>user\n")[0] == TOKENIZER.id_of("<start_of_turn>") == 4
    assert TOKENIZER.encode("hi<end_of_turn>")[-1] == TOKENIZER.id_of("<end_of_turn>") == 5
    assert TOKENIZER.encode_plain("hi<end_of_turn>")[-1] != 5


def test_ordinary_text_has_the_same_ids_both_ways() -> None:
    text = "  Leading spaces, <b>tags</b> & 123\n\nnew lines, ünïcödé."
    assert TOKENIZER.encode(text) == TOKENIZER.encode_plain(text)


def test_bos_and_eos_are_neither_added_nor_recognised() -> None:
    assert (TOKENIZER.bos_id, TOKENIZER.eos_id) == (2, 1)
    assert {1, 2}.isdisjoint(TOKENIZER.encode("<bos>Hello<eos>"))
    assert TOKENIZER.encode("") == []


def test_digits_are_single_tokens() -> None:
    ids = TOKENIZER.encode("a2424b")
    assert [TOKENIZER.piece(token) for token in ids] == ["a", "2", "4", "2", "4", "b"]


def test_control_and_unknown_ids_give_no_text() -> None:
    hello = TOKENIZER.encode("Hello")
    assert TOKENIZER.decode([2, 4, *hello, 5, 1, 0, -1, TOKENIZER.vocab_size, 1 << 40]) == "Hello"


def test_lone_surrogates_become_replacement_characters() -> None:
    assert TOKENIZER.decode(TOKENIZER.encode_plain("a\ud800b")) == "a\N{REPLACEMENT CHARACTER}b"
    assert TOKENIZER.decode(TOKENIZER.encode_plain("\ud83d\ude00")) == "\N{GRINNING FACE}"


@given(texts)
def test_a_stream_gives_the_text_without_ever_showing_half_a_character(text: str) -> None:
    stream = StreamingDetokenizer(TOKENIZER)
    shown = ""
    for token in TOKENIZER.encode_plain(text):
        shown += stream.feed(token)
        assert text.startswith(shown)
    assert shown + stream.flush() == text


def test_an_incomplete_character_is_held_back_and_then_flushed_as_unreadable() -> None:
    euro = [TOKENIZER.id_of(f"<0x{byte:02X}>") for byte in "€".encode()]
    stream = StreamingDetokenizer(TOKENIZER)
    assert [stream.feed(token) for token in euro if token is not None] == ["", "", "€"]
    assert euro[0] is not None
    assert stream.feed(euro[0]) == ""
    assert stream.flush() == "\N{REPLACEMENT CHARACTER}"
    assert stream.flush() == ""


@pytest.mark.parametrize(
    "proto", [b"", b"\0" * 10, b"x" * 100, PROTO[:500], PROTO[:-3], pb.ModelProto().SerializeToString()]
)
def test_what_is_no_tokenizer_is_refused(proto: bytes) -> None:
    with pytest.raises(BadModelFile, match="tokenizer is damaged"):
        Tokenizer(proto)


@pytest.mark.parametrize("seed", range(3))
def test_mutated_tokenizers_are_refused_or_work_but_nothing_else(seed: int) -> None:
    chance = random.Random(seed)
    refused = 0
    for _ in range(60):
        mutant = bytearray(PROTO)
        for _ in range(chance.choice((1, 2, 8))):
            mutant[chance.randrange(len(mutant))] = chance.randrange(256)
        try:
            tokenizer = Tokenizer(bytes(mutant))
            ids = tokenizer.encode_plain("Hello <end_of_turn> wörld\n 123 日本")
            assert isinstance(tokenizer.decode(ids), str)
        except BadModelFile:
            refused += 1
    assert 0 < refused < 60


def vocabulary() -> tuple[list[bytes], list[float], list[int]]:
    """The golden vocabulary as GGUF carries it: markers as CONTROL, <unk> too, runs of spaces unescaped."""
    model = pb.ModelProto.FromString(PROTO)
    pieces = [piece.piece.encode() for piece in model.pieces] + [b"  ", b"   "]
    types = [3 if piece.piece in (*TURN, "<unk>") else piece.type for piece in model.pieces] + [4, 4]
    return pieces, [piece.score for piece in model.pieces] + [-1000.0] * 2, types


def test_a_rebuilt_proto_encodes_as_the_original() -> None:
    pieces, scores, types = vocabulary()
    rebuilt = Tokenizer(build_proto(pieces, scores, types))
    for text in ("Hello, world!", "<start_of_turn>user\nHi<end_of_turn>\n", "12 apples", "日本", " x"):
        assert rebuilt.encode(text) == TOKENIZER.encode(text)
    assert rebuilt.encode("  x") == [876, *TOKENIZER.encode("x")]
    assert (rebuilt.bos_id, rebuilt.eos_id) == (2, 1)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda p, s, t: (p, s[:-1], t), "877 scores"),
        (lambda p, s, t: (p[1:], s[1:], t[1:]), "no Gemma tokenizer"),
        (lambda p, s, t: (p, s, [*t[:-1], 99]), "unknown type 99"),
        (lambda p, s, t: ([*p[:-1], b"\xff"], s, t), "piece 877 is not UTF-8"),
    ],
)
def test_a_damaged_vocabulary_is_refused(change: object, sentence: str) -> None:
    with pytest.raises(BadModelFile, match=sentence):
        build_proto(*change(*vocabulary()))  # type: ignore[operator]
