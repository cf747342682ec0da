"""What crosses the pipe comes out as it went in; what is no frame is refused."""

import io
import math
import struct
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import errors
from app.backends.base import Generation, LoadProgress, ModelInfo, OpenOptions, Sampling, Timings, Token
from app.backends.isolated import frames
from app.catalog.entry import CatalogEntry
from app.chat.prompt import PromptStyle
from app.language import Sentence, sentence, shown


def through(document: frames.Document, blob: bytes = b"") -> tuple[frames.Document, bytes]:
    found = frames.read(io.BytesIO(frames.pack(document, blob)))
    assert found is not None
    return found


def test_values_come_out_equal() -> None:
    entry = CatalogEntry(
        "name",
        Path("/a/\udcff b"),
        "sbs",
        Path("/a/w.sbs"),
        None,
        prompt_style=PromptStyle.RAW,
        problems=("Torn.",),
    )
    assert frames.entry_from(through(frames.entry_document(entry))[0]) == entry
    options = OpenOptions("gemma.cpp", "float32", 3, 99, "q4", isolated=True)
    assert frames.options_from(through(asdict(options))[0]) == options
    sampling = Sampling(5, 2**64 - 1, 0.1, stop_ids=(1, 106))
    assert frames.sampling_from(through(asdict(sampling))[0]) == sampling
    info = ModelInfo(256, 99, 2, 10**11, "bf16", (1, 106), "q8", 12)
    assert frames.info_from(through(asdict(info))[0]) == info
    generation = Generation("stop", Timings(1, 2, 3, 0.25, 0.5, 1 / 3))
    assert frames.generation_from(through(asdict(generation))[0]) == generation


@given(st.floats(allow_nan=False), st.lists(st.tuples(st.integers(0, 2**31), st.floats(allow_nan=False))))
def test_tokens_come_out_to_the_last_bit(logprob: float, top: list[tuple[int, float]]) -> None:
    token = Token(7, 9, logprob, 2**60 + 1, tuple(top))
    assert frames.token_from(through({"token": frames.token_values(token)})[0]["token"]) == token


def test_arrays_come_out_to_the_last_bit() -> None:
    row = np.array([0.1, -math.inf, 3e-45], np.float32)
    assert frames.row_from_bytes(through({}, row.tobytes())[1]).tobytes() == row.tobytes()
    assert frames.ids_from_bytes(through({}, frames.ids_to_bytes([2, 2**31 - 1]))[1]) == [2, 2**31 - 1]


@pytest.mark.parametrize(
    "error",
    [errors.ContextFull("Full.", "Shorten it."), errors.Cancelled(), errors.EngineDied("Gone.", "Again.")],
    ids=repr,
)
def test_errors_keep_their_class_and_words(error: errors.FacetError) -> None:
    found = frames.error_from(through(frames.error_document(error))[0])
    assert (type(found), str(found), found.next_step) == (type(error), str(error), error.next_step)


def test_a_sentence_can_still_be_translated_on_the_other_side() -> None:
    within = sentence("{path} ends after {n} bytes.", path=Path("a{b}.sbs"), n=7)
    error = errors.BadModelFile(
        sentence(
            "{path}: {why} {shape} {share:.1f}",
            path=Path("/x"),
            why=within,
            shape=(2, 3),
            share=np.float32(0.5),
        ),
        sentence("Copy it."),
    )
    found = frames.error_from(through(frames.error_document(error))[0])
    assert shown(found) == str(error)
    assert str(found) == str(error) == "/x: a{b}.sbs ends after 7 bytes. (2, 3) 0.5"
    message, next_step = found.message, found.next_step
    assert isinstance(message, Sentence)
    assert isinstance(next_step, Sentence)
    assert message.template == "{path}: {why} {shape} {share:.1f}"
    assert message.values == {"path": "/x", "why": within, "shape": "(2, 3)", "share": 0.5}
    assert message.values["why"].template == within.template
    assert next_step.template == next_step == "Copy it."


def test_a_phase_can_still_be_translated_on_the_other_side() -> None:
    state = LoadProgress(sentence("reading weights"), 3, 4)
    found = frames.progress_from(through(frames.progress_document(state))[0])
    assert found == state
    assert isinstance(found.phase, Sentence)
    assert frames.progress_from(frames.progress_document(LoadProgress("plain"))).phase == "plain"


@pytest.mark.parametrize("kind", ["SystemExit", "OSError", "annotations", "nothing"])
def test_an_error_that_is_none_of_ours_becomes_a_defect(kind: str) -> None:
    found = frames.error_from({"kind": kind, "message": "Said.", "next_step": ""})
    assert (type(found), str(found)) == (errors.InternalError, "Said.")


def test_the_end_of_the_stream_between_frames_is_the_end() -> None:
    stream = io.BytesIO(frames.pack({"a": 1}) * 2)
    assert [frames.read(stream), frames.read(stream), frames.read(stream)] == [
        ({"a": 1}, b""),
        ({"a": 1}, b""),
        None,
    ]


@pytest.mark.parametrize(
    "data",
    [
        frames.pack({"a": 1}, b"blob")[:-1],
        frames.pack({"a": 1})[:-1],
        b"\x01\x00",
        struct.pack("<II", 2, 0) + b"[]",
        struct.pack("<II", 1, 0) + b"{",
        struct.pack("<II", 2**31, 0),
        struct.pack("<II", 100_000, 0) + b"[" * 100_000,
        frames.pack({"call": [1]}),
    ],
    ids=[
        "blob cut",
        "document cut",
        "lengths cut",
        "no object",
        "no JSON",
        "too long",
        "too deep",
        "no number of a call",
    ],
)
def test_what_is_no_frame_is_refused(data: bytes) -> None:
    with pytest.raises(frames.BrokenFrame):
        frames.read(io.BytesIO(data))
