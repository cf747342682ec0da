"""JSON that is read in parts gives what json.loads gives, and refuses what that refuses."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.chat.json_parts import load_in_parts

_value = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=20,
)


@given(_value, st.sampled_from([None, 0, 1, "\t"]))
def test_it_reads_what_json_writes(value: object, indent: int | str | None) -> None:
    assert load_in_parts(f" {json.dumps(value, indent=indent)}\n") == value


@given(st.text(alphabet='{}[]:,"a1 \n', max_size=12))
def test_it_refuses_what_json_refuses(text: str) -> None:
    try:
        expected = json.loads(text)
    except ValueError:
        with pytest.raises(ValueError, match=r"line \d+ column \d+"):
            load_in_parts(text)
    else:
        assert load_in_parts(text) == expected


@pytest.mark.parametrize("text", ["", "{", "[1,", '{"a": 1,}', "[1] 2", '{"a"}', "[" * 100_000, "nul"])
def test_broken_texts_raise_what_json_raises(text: str) -> None:
    with pytest.raises((ValueError, RecursionError)):
        load_in_parts(text)
