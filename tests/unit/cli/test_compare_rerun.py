"""`facet compare --rerun`: the same question from a report; what a full disk or a lost model costs."""

import errno
from dataclasses import replace
from pathlib import Path

import pytest

from app.catalog import scan
from app.compare import report_files
from app.compare.report import read_report
from app.errors import ContextFull, ModelNotFound
from tests.fakes.fake_backend import FakeScript
from tests.unit.cli.conftest import Cli

ASKED = ("compare", "fake-1b", "Capital?", "--assume-noise", "--seed", "7", "--max-tokens", "9")


@pytest.fixture(autouse=True)
def _weights(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACET_CACHE_DIR", str(tmp_path / "cache"))
    assert cli.entry.weights is not None
    cli.entry.weights.parent.mkdir()
    cli.entry.weights.write_bytes(b"weights")


@pytest.fixture
def report(cli: Cli, tmp_path: Path) -> Path:
    """Of ASKED, as files."""
    cli(*ASKED, "--left", "native:q8", "--report", str(tmp_path / "out.html"))
    return tmp_path / "out.json"


def test_a_report_is_asked_again_and_gives_the_same_ids(cli: Cli, report: Path) -> None:
    outcome = cli("compare", "--rerun", str(report), "--assume-noise", "--json")
    assert (outcome.code, outcome.err) == (0, "")
    before, again = read_report(report), outcome.document
    for side, run in (("left", before.left), ("right", before.right)):
        assert again[side]["ids"] == list(run.ids)
        assert again[side]["prompt_ids"] == list(run.prompt_ids)
        assert again[side]["seed"] == 7
        assert again["rerun"][side]["same_ids"]
        assert again["rerun"][side]["changes"] == []
    first, second = cli.native.models
    assert first.sessions[1].prompts == second.sessions[1].prompts
    spoken = cli("compare", "--rerun", str(report), "--assume-noise").out
    assert f"left: the same {len(before.left.ids)} ids as in the report.\n" in spoken


def test_a_rerun_of_a_rerun_is_the_same_question(cli: Cli, report: Path, tmp_path: Path) -> None:
    again = ("compare", "--rerun", str(report), "--assume-noise", "--report", str(tmp_path / "again.html"))
    assert cli(*again).code == 0
    old, new = read_report(report), read_report(tmp_path / "again.json")
    assert (new.question, new.mode, new.left.ids, new.left.settings) == (
        old.question,
        old.mode,
        old.left.ids,
        old.left.settings,
    )


def test_an_answer_that_does_not_repeat_is_told_with_what_has_changed(cli: Cli, report: Path) -> None:
    cli.script(answer="Parma.")
    outcome = cli("compare", "--rerun", str(report), "--assume-noise")
    assert "left: the ids leave those of the report at token 4, though weights" in outcome.out
    assert cli.entry.weights is not None
    cli.entry.weights.write_bytes(b"other weights")
    outcome = cli("compare", "--rerun", str(report), "--assume-noise")
    assert (
        "left: the ids leave those of the report at token 4. What has changed since: weights (" in outcome.out
    )
    assert "right: the same 6 ids as in the report. What has changed since: weights (" in outcome.out


def test_a_model_of_another_name_is_taken_where_it_is_named(
    cli: Cli, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def find(name: str, folders: object) -> object:
        if name == "fake-1b":
            raise ModelNotFound("There is no model 'fake-1b'.")
        return replace(cli.entry, name=name)

    monkeypatch.setattr(scan, "find", find)
    outcome = cli("compare", "--rerun", str(report), "--assume-noise")
    assert outcome.code == 1
    assert "The report is of the model fake-1b. There is no model 'fake-1b'. Say where it is" in outcome.err
    assert cli("compare", "renamed", "--rerun", str(report), "--assume-noise").code == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "cannot be read: No such file"),
        (b"", "is no report of Facet: it is not JSON"),
        (b"\xff\xfe\x00", "is no report of Facet: it is not JSON"),
        (b"[" * 200_000, "is no report of Facet: it is not JSON"),
        (b'{"runs": []}', "is no report of Facet. Reports are written by"),
        (b'{"facet_report": 1, "report": {"created": 3}}', "is damaged: report.created should be text"),
        (b'{"facet_report": 1, "report": null}', "is damaged: report should be an object"),
    ],
)
def test_a_file_that_is_no_report_is_refused_before_anything_is_loaded(
    cli: Cli, tmp_path: Path, content: bytes | None, sentence: str
) -> None:
    path = tmp_path / "some.json"
    if content is not None:
        path.write_bytes(content)
    outcome = cli("compare", "--rerun", str(path))
    assert (outcome.code, outcome.out) == (1, "")
    assert sentence in outcome.err
    assert outcome.err.count("\n") == 1
    assert cli.native.models == []


def test_a_report_without_ids_cannot_be_run_again(cli: Cli, tmp_path: Path) -> None:
    cli(*ASKED, "--hide-text", "--report", str(tmp_path / "out.html"))
    outcome = cli("compare", "--rerun", str(tmp_path / "out.json"))
    assert outcome.code == 1
    assert "cannot be run again: question and ids were left out of it" in outcome.err


@pytest.mark.parametrize("words", [("--seed", "1"), ("--left", "native"), ("-p", "x"), ("fake-1b", "x")])
def test_what_the_report_says_cannot_be_said_again(cli: Cli, report: Path, words: tuple[str, ...]) -> None:
    outcome = cli("compare", *words, "--rerun", str(report))
    assert (outcome.code, outcome.out) == (2, "")
    assert "cannot be given with it" in outcome.err


def test_a_report_is_not_replaced_by_its_repetition(cli: Cli, report: Path) -> None:
    content = report.read_bytes()
    outcome = cli("compare", "--rerun", str(report), "--report", str(report.with_suffix(".html")))
    assert outcome.code == 2
    assert "would replace" in outcome.err
    assert report.read_bytes() == content


def test_a_folder_in_the_reports_place_is_refused_beforehand(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "out.csv").mkdir()
    outcome = cli(*ASKED, "--report", str(tmp_path / "out.html"))
    assert (outcome.code, outcome.out) == (2, "")
    assert "out.csv is a folder" in outcome.err


def test_a_full_disk_costs_the_files_and_not_the_comparison(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, text: str) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(report_files, "write_whole", full)
    outcome = cli(*ASKED, "--report", str(tmp_path / "out.html"), "--json")
    assert outcome.code == 1
    assert outcome.document["left"]["text"] == "Paris."
    assert "could not be written to" in outcome.err
    assert "No space left on device." in outcome.err
    assert list(tmp_path.glob("*out*")) == []


@pytest.mark.parametrize("mode", [(), ("--at-once",)])
def test_a_side_that_fails_is_named(cli: Cli, mode: tuple[str, ...]) -> None:
    cli.transformers.script = FakeScript(generate_error=ContextFull("Too long.", "Ask for less."))
    outcome = cli(*ASKED, *mode)
    assert (outcome.code, outcome.out) == (1, "left, native (builtin):\nParis.\n")
    assert outcome.err == "facet: The right side failed: Too long. Ask for less.\n"


def test_a_report_is_not_written_over_a_file_that_is_none(cli: Cli, tmp_path: Path) -> None:
    mine = tmp_path / "out.json"
    mine.write_text('{"name": "mine"}', encoding="utf-8")
    outcome = cli(*ASKED, "--report", str(tmp_path / "out.html"))
    assert (outcome.code, outcome.out) == (1, "")
    assert "out.json is there and is no report" in outcome.err
    assert mine.read_text(encoding="utf-8") == '{"name": "mine"}'
    mine.unlink()
    assert cli(*ASKED, "--report", str(tmp_path / "out.html")).code == 0
    assert cli(*ASKED, "--report", str(tmp_path / "out.html")).code == 0  # over a report it is
