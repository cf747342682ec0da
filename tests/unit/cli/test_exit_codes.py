"""main: 0 done, 1 failed, 2 wrong usage; a failure is one line on stderr and nothing on stdout."""

import pytest

from app.backends import registry
from app.backends.base import Availability
from app.errors import BadModelFile
from tests.unit.cli.conftest import Cli


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["chat"],
        ["chat", "fake-1b", "-p", "hi", "--nonsense"],
        ["chat", "fake-1b", "-p", "hi", "--temperature", "hot"],
        ["chat", "fake-1b", "-p", "hi", "--temperature", "-1"],
        ["chat", "fake-1b", "-p", "hi", "--backend", "abacus"],
        ["chat", "fake-1b", "--json"],
        ["score", "fake-1b"],
        ["bench", "fake-1b", "--backends", "native,native"],
        ["bench", "fake-1b", "--runs", "0"],
        ["import", "x.gguf", "--weights", "q4"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_code_2_and_one_line(cli: Cli, words: list[str]) -> None:
    outcome = cli(*words)
    assert outcome.code == 2
    assert outcome.out == ""
    assert len(outcome.err.splitlines()) == 1


def test_an_unknown_model_is_code_1_and_named(cli: Cli) -> None:
    outcome = cli("chat", "gemma-9", "-p", "hi")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err == "facet: There is no model 'gemma-9'.\n"


def test_a_failing_load_gives_its_sentence_and_the_next_step(cli: Cli) -> None:
    cli.script(load_error=BadModelFile("fake.sbs is damaged.", "Import it again."))
    outcome = cli("chat", "fake-1b", "-p", "hi", "--backend", "native", "--json")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err == "facet: fake.sbs is damaged. Import it again.\n"


def test_a_defect_is_one_line_and_its_traceback_goes_to_the_log(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("FACET_HOME", str(home))

    def broken() -> None:
        raise LookupError("no such drawer")

    monkeypatch.setattr(registry, "installed", broken)
    outcome = cli("models")
    assert (outcome.code, outcome.out) == (1, "")
    assert "LookupError: no such drawer" in outcome.err
    assert len(outcome.err.splitlines()) == 1
    (log,) = home.rglob("facet.log")
    assert "Traceback" in log.read_text()


def test_ctrl_c_in_a_command_is_code_1_and_one_line(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(registry, "installed", interrupted)
    outcome = cli("models")
    assert (outcome.code, outcome.out, outcome.err) == (1, "", "facet: Stopped.\n")


def test_a_backend_that_is_not_installed_says_what_is_missing(cli: Cli) -> None:
    cli.script(availability=Availability(False, "The native library is not built."))
    outcome = cli("chat", "fake-1b", "-p", "hi", "--backend", "native")
    assert outcome.code == 1
    assert outcome.err == "facet: The native library is not built.\n"


@pytest.mark.parametrize("command", ["chat", "score", "bench", "models", "import", "doctor"])
def test_help_of_every_command_is_code_0(cli: Cli, command: str) -> None:
    outcome = cli(command, "--help")
    assert outcome.code == 0
    assert outcome.err == ""
    assert f"facet {command}" in outcome.out
