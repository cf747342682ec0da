"""`facet compare`: the document, what people read, the files, and what is refused beforehand."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.backends.base import Availability
from app.catalog import scan
from app.compare.history import History, history_file
from app.compare.report import read_report
from app.errors import EngineDied
from tests.fakes.fake_backend import FakeScript
from tests.fakes.fake_tokenizer import FIRST_BYTE
from tests.unit.cli.conftest import Cli


@pytest.fixture(autouse=True)
def _weights(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACET_CACHE_DIR", str(tmp_path / "cache"))
    assert cli.entry.weights is not None
    cli.entry.weights.parent.mkdir()
    cli.entry.weights.write_bytes(b"weights")


def test_the_document_has_the_promised_keys(cli: Cli) -> None:
    outcome = cli("compare", "fake-1b", "Capital?", "--seed", "7", "--assume-noise", "--json")
    assert (outcome.code, outcome.err) == (0, "")
    document = outcome.document
    chat = cli("chat", "fake-1b", "-p", "Capital?", "--json").document
    assert chat.keys() <= document["left"].keys()
    assert document["left"]["timings"].keys() == chat["timings"].keys()
    assert [document[side]["text"] for side in ("left", "right")] == ["Paris.", "Lyon."]
    assert [document[side]["backend"] for side in ("left", "right")] == ["native", "transformers"]
    assert document["left"]["prompt_ids"] == document["right"]["prompt_ids"] == chat["prompt_ids"]
    assert document["equal"]["prompt"] == f"{len(chat['prompt_ids'])} ids"
    assert document["differs"].keys() == {"runtime"}
    assert document["fair"]
    assert document["parted_at"] == 0
    assert [(found["index"], found["verdict"]) for found in document["divergences"]] == [
        (0, "real difference")
    ]


def test_a_divergence_has_ids_margin_and_verdict(cli: Cli) -> None:
    cli.transformers.script = cli.native.script
    favourite = FIRST_BYTE + ord("x")
    cli.script(favourite=favourite)
    document = cli("compare", "fake-1b", "Capital?", "--assume-noise", "--json").document
    first = document["divergences"][0]
    assert (first["index"], first["left_id"], first["right_id"]) == (0, favourite, FIRST_BYTE + ord("P"))
    assert first["margin"] == pytest.approx(1.0)
    assert first["kl"] > 0.001
    assert first["verdict"] == "real difference"
    assert document["verdicts"]["left"]["verdict"] == "real difference"
    assert document["parted_at"] is None


def test_people_read_strip_answers_figures_and_verdict(cli: Cli) -> None:
    cli.script(favourite=FIRST_BYTE + ord("x"))
    outcome = cli("compare", "fake-1b", "-p", "Capital?", "--assume-noise", "--repeat", "2", "--threads", "3")
    assert outcome.code == 0
    for words in (
        "runtime    native (builtin)",
        "decode, tok/s (mean)",
        "[-Paris-]{+Lyon+}.",
        "The answers part at token 1.",
        "Along the left answer: Real difference",
        "native (builtin), 3 threads: the same ids in all 2 runs.",
    ):
        assert words in outcome.out


def test_an_unfair_comparison_says_so(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    cli.transformers.script = cli.native.script
    assert "unfair" not in cli("compare", "fake-1b", "Capital?", "--no-explain").out
    weights = cli.entry.path / "other.sbs"
    weights.write_bytes(b"other weights")
    other = replace(cli.entry, name="other", weights=weights)
    monkeypatch.setattr(scan, "find", lambda name, folders: other if name == "other" else cli.entry)
    outcome = cli("compare", "fake-1b", "Capital?", "--right", "native@other", "--no-explain")
    assert "the comparison is unfair" in outcome.out
    assert "These are different files" in outcome.out


def test_a_report_is_a_page_with_json_and_csv_beside_it(cli: Cli, tmp_path: Path) -> None:
    outcome = cli("compare", "fake-1b", "Capital?", "--assume-noise", "--report", str(tmp_path / "out.html"))
    assert outcome.code == 0
    assert (tmp_path / "out.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert (tmp_path / "out.csv").read_text(encoding="utf-8").startswith("side,index,id")
    report = read_report(tmp_path / "out.json")
    assert (report.left.text, report.right.text, report.redacted) == ("Paris.", "Lyon.", True)


def test_hidden_text_is_in_none_of_the_files(cli: Cli, tmp_path: Path) -> None:
    cli(
        "compare",
        "fake-1b",
        "Capital?",
        "--assume-noise",
        "--hide-text",
        "--report",
        str(tmp_path / "out.html"),
    )
    for name in ("out.html", "out.json", "out.csv"):
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert "Paris" not in text
        assert "Capital?" not in text


def test_at_once_splits_the_threads(cli: Cli) -> None:
    words = ("compare", "fake-1b", "Capital?", "--at-once", "--threads", "4", "--no-explain", "--json")
    assert cli(*words).document["equal"]["threads"] == "2"


def test_the_prompt_may_be_given_either_way_but_once(cli: Cli) -> None:
    for words in ((), ("Capital?", "-p", "Capital?")):
        outcome = cli("compare", "fake-1b", *words)
        assert (outcome.code, outcome.out) == (2, "")
        assert "what to ask" in outcome.err


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("--left", "cuda"), 2, "There is no backend 'cuda'"),
        (("--left", "native:q3"), 2, "native has no form 'q3'; it has"),
        (("--right", "transformers:q8"), 2, "transformers has no form 'q8'"),
        (("--right", "transformers@gone"), 1, "There is no model 'gone'"),
        (("--report", "out.pdf"), 2, "ends in .html"),
        (("--report", "/nowhere/at/all/out.html"), 2, "There is no folder"),
    ],
)
def test_what_cannot_be_done_is_refused_before_anything_is_loaded(
    cli: Cli, words: tuple[str, ...], code: int, sentence: str
) -> None:
    outcome = cli("compare", "fake-1b", "Capital?", *words)
    assert (outcome.code, outcome.out) == (code, "")
    assert sentence in outcome.err
    assert cli.native.models == cli.transformers.models == []


def test_a_side_that_is_not_available_is_refused_before_the_other_answers(cli: Cli) -> None:
    cli.transformers.script = FakeScript(availability=Availability(False, "torch is not installed."))
    outcome = cli("compare", "fake-1b", "Capital?")
    assert outcome.code == 1
    assert "torch is not installed. Choose another backend with --right." in outcome.err
    assert cli.native.models == []


def test_the_answer_of_one_side_is_printed_where_the_other_fails(cli: Cli, tmp_path: Path) -> None:
    cli.script(generate_error=EngineDied("Its process ended.", "Try again."), fail_after=1)
    words = ("compare", "fake-1b", "Capital?", "--report", str(tmp_path / "out.html"))
    outcome = cli(*words)
    assert outcome.code == 1
    assert outcome.out == "right, transformers (torch):\nLyon.\n"
    assert outcome.err == "facet: The left side failed: Its process ended. Try again.\n"
    assert not (tmp_path / "out.html").exists()
    outcome = cli(*words, "--json")
    assert outcome.code == 1
    assert outcome.document["left"] == {"error": "The left side failed: Its process ended."}
    assert outcome.document["right"]["text"] == "Lyon."
    assert outcome.document["divergences"] == []


def test_the_figures_go_into_the_history_and_no_text_does(cli: Cli) -> None:
    assert cli("compare", "fake-1b", "Capital?", "--no-explain", "--json").code == 0
    with History.open(history_file()) as history:
        assert [(run.backend, run.model) for run in history.latest()] == [
            ("native", "fake-1b"),
            ("transformers", "fake-1b"),
        ]
    assert b"Capital?" not in history_file().read_bytes()


def test_a_history_that_cannot_be_kept_is_a_line_beside_the_result(cli: Cli) -> None:
    history_file().mkdir(parents=True)
    outcome = cli("compare", "fake-1b", "Capital?", "--no-explain", "--json")
    assert outcome.code == 0
    assert outcome.document["left"]["text"] == "Paris."
    assert outcome.err.startswith("facet: The history in ")
