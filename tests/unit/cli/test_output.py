"""output: what is on stdout can be parsed, what is on stderr is one line."""

import json
import math

import pytest

from app.cli.output import notice, print_json


def test_json_holds_null_where_a_number_is_not_finite(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"logprobs": [-1.5, -math.inf], "nested": {"ratio": math.nan, "name": "é"}})
    assert json.loads(capsys.readouterr().out) == {
        "logprobs": [-1.5, None],
        "nested": {"ratio": None, "name": "é"},
    }


def test_text_that_no_utf8_can_hold_still_makes_a_json_document(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"text": "\udcff"})
    assert json.loads(capsys.readouterr().out) == {"text": "\udcff"}


def test_a_notice_is_one_line_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    notice("two\nlines  and spaces ")
    captured = capsys.readouterr()
    assert captured.err == "facet: two lines and spaces\n"
    assert captured.out == ""
