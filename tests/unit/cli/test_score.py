"""`facet score`: which ids are scored, and what the logits file holds."""

import math
from pathlib import Path

import numpy as np
import pytest

from app.cli import score as score_command
from app.cli.score import read_ids
from app.errors import FacetError
from tests.fakes.fake_tokenizer import FIRST_BYTE, VOCAB_SIZE
from tests.unit.cli.conftest import Cli


def test_a_text_is_scored_after_bos_with_control_tokens_as_text(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    file.write_text("a<eos>")
    document = cli("score", "fake-1b", "--text", str(file), "--json").document
    assert document["ids"] == [2, *(FIRST_BYTE + byte for byte in b"a<eos>")]
    assert len(document["logprobs"]) == len(document["ids"]) - 1


def test_the_logits_file_has_one_row_for_every_token(cli: Cli, tmp_path: Path) -> None:
    tokens, logits = tmp_path / "tokens.txt", tmp_path / "logits.npy"
    tokens.write_text("2 4 300\n301")
    outcome = cli("score", "fake-1b", "--tokens", str(tokens), "--logits", str(logits), "--json")
    assert outcome.document["ids"] == [2, 4, 300, 301]
    found = np.load(logits)
    assert (found.shape, found.dtype) == ((4, VOCAB_SIZE), np.float32)
    assert found.argmax(axis=1).tolist() == [4, 300, 301, 2]


def test_without_json_a_mean_and_a_perplexity_follow_the_tokens(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    file.write_text("abc")
    outcome = cli("score", "fake-1b", "--text", str(file))
    assert (outcome.code, outcome.err) == (0, "")
    lines = outcome.out.splitlines()
    assert len(lines) == 4
    assert lines[-1] == "mean -0.1000 over 3 tokens, perplexity 1.11"


@pytest.mark.parametrize(
    ("content", "ids"), [("[2, 7]", [2, 7]), ("2 7", [2, 7]), ("2,7\n", [2, 7]), (" 2;\n7 ", [2, 7])]
)
def test_token_files_of_every_usual_shape_are_read(tmp_path: Path, content: str, ids: list[int]) -> None:
    file = tmp_path / "tokens"
    file.write_text(content)
    assert read_ids(file) == ids


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"2 x", b"[2, 1.5]", b"[true]", b"[2", b"-1", b"99999999999", b"\xff\xfe", b"[[1]]"],
)
def test_anything_else_is_refused_with_the_name_of_the_file(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "tokens"
    file.write_bytes(content)
    with pytest.raises(FacetError, match=str(file)):
        read_ids(file)


def test_a_file_that_is_not_there_is_one_line(cli: Cli, tmp_path: Path) -> None:
    outcome = cli("score", "fake-1b", "--text", str(tmp_path / "absent.txt"))
    assert (outcome.code, len(outcome.err.splitlines())) == (1, 1)
    assert "absent.txt cannot be read: No such file or directory." in outcome.err


def test_damaged_weights_may_give_any_perplexity() -> None:
    assert score_command._perplexity(-1e4) == math.inf
    assert score_command._perplexity(0.0) == 1.0


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a file without end")
def test_a_file_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(score_command, "_MAX_BYTES", 1 << 20)
    with pytest.raises(FacetError, match="more than 1 MB"):
        score_command.read_text(Path("/dev/zero"))
