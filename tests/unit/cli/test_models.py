"""`facet models`: every entry is listed, a broken one with its reason."""

from dataclasses import replace

from app.backends.base import Availability
from tests.unit.cli.conftest import Cli

KEYS = {"name", "path", "family", "parameters", "format", "prompt_style", "backends", "problems"}


def test_the_document_has_the_promised_keys(cli: Cli) -> None:
    (model,) = cli("models", "--json").document["models"]
    assert model.keys() >= KEYS
    assert (model["name"], model["prompt_style"]) == ("fake-1b", "gemma-it")
    assert model["backends"] == ["native", "transformers"]


def test_a_backend_that_cannot_open_the_model_is_left_out(cli: Cli) -> None:
    cli.script(openable=Availability(False, "Import it first."))
    (model,) = cli("models", "--json").document["models"]
    assert model["backends"] == ["transformers"]


def test_a_broken_model_is_listed_with_its_reason(cli: Cli) -> None:
    cli.entry = replace(cli.entry, problems=("fake-1b.sbs is truncated.",))
    (model,) = cli("models", "--json").document["models"]
    assert (model["backends"], model["problems"]) == ([], ["fake-1b.sbs is truncated."])
    assert "fake-1b.sbs is truncated." in cli("models").out


def test_names_and_reasons_are_shown_as_they_are_and_steer_no_terminal(cli: Cli) -> None:
    cli.entry = replace(cli.entry, name="a[red]b\x1b[2J", problems=("x[/red]y is damaged.",))
    listed = cli("models").out
    assert "a[red]b" in listed
    assert "x[/red]y is damaged." in listed
    assert "\x1b" not in listed


def test_a_long_name_stays_in_one_piece_for_a_pipe(cli: Cli) -> None:
    cli.entry = replace(cli.entry, name="gemma-with-a-name-that-is-longer-than-most" * 2)
    assert cli.entry.name in cli("models").out


def test_a_broken_model_cannot_be_chatted_with(cli: Cli) -> None:
    cli.entry = replace(cli.entry, problems=("fake-1b.sbs is truncated.",))
    outcome = cli("chat", "fake-1b", "-p", "hi")
    assert outcome.code == 1
    assert "fake-1b.sbs is truncated." in outcome.err
