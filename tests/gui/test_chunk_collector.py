"""What leaves the engine thread: every word and every token, but not one event for each."""

from app.backends.base import Token
from app.backends.turn import TextChunk
from app.workers.chunk_collector import ChunkCollector
from app.workers.events import AnswerChunk

MS = 1_000_000


def collected(stamps_ms: list[int], reported: list[AnswerChunk]) -> ChunkCollector:
    """A collector that was given a token at each of `stamps_ms`; token n says "n "."""
    collector = ChunkCollector(7, reported.append, lambda _now: 5, interval_ns=25 * MS)
    for number, stamp in enumerate(stamps_ms):
        collector.add(TextChunk(f"{number} ", Token(number, number, -0.5, 10**12 + stamp * MS)))
    return collector


def test_the_first_token_goes_out_at_once_and_quick_ones_together() -> None:
    reported: list[AnswerChunk] = []
    collector = collected([0, 5, 10, 15, 20, 25, 30], reported)
    assert [chunk.text for chunk in reported] == ["0 ", "1 2 3 4 5 "]
    assert [token.id for token in reported[1].tokens] == [1, 2, 3, 4, 5]
    assert (reported[1].new_tokens, reported[1].rss_bytes) == (6, 5)
    assert reported[1].decode_tok_s == 200.0
    collector.flush()
    assert reported[2].text == "6 "
    collector.flush()
    assert len(reported) == 3


def test_slow_tokens_are_never_held_back() -> None:
    reported: list[AnswerChunk] = []
    collected([0, 40, 80, 120], reported)
    assert [chunk.text for chunk in reported] == ["0 ", "1 ", "2 ", "3 "]


def test_text_without_a_token_goes_out_with_what_waits() -> None:
    reported: list[AnswerChunk] = []
    collector = collected([0, 5], reported)
    collector.add(TextChunk("end", None))
    assert [chunk.text for chunk in reported] == ["0 ", "1 end"]


def test_spelled_are_tokens_with_alternatives_and_these() -> None:
    collector = ChunkCollector(7, lambda _chunk: None, lambda _now: 0)
    collector.add(TextChunk("a", Token(3, 0, -0.1, 1, ((3, -0.1), (9, -2.0)))))
    collector.add(TextChunk("b", Token(4, 1, -0.1, 2)))
    assert collector.spelled == {3, 9}
