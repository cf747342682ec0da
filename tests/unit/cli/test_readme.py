"""The commands in the documents are commands: each one parses, and names only options that exist."""

import re
import shlex
from pathlib import Path

import pytest
import typer

from app.cli.main import app

ROOT = Path(__file__).resolve().parents[3]
DOCUMENTS = ("README.md", "docs/performance.md")


def documented_commands() -> list[str]:
    blocks = [
        block
        for name in DOCUMENTS
        for block in re.findall(r"```sh\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"), re.DOTALL)
    ]
    lines = [
        line for block in blocks for line in block.splitlines() if re.match(r"\.venv/bin/facet \w", line)
    ]
    assert lines
    return lines


@pytest.mark.parametrize("line", documented_commands())
def test_every_documented_command_parses(line: str) -> None:
    words = shlex.split(line.split(">")[0], comments=True)[1:]
    group = typer.main.get_command(app)
    context = group.make_context("facet", words[:1])
    name, command, rest = group.resolve_command(context, words)
    assert command.make_context(name, rest, parent=context).params


@pytest.mark.parametrize("line", re.findall(r"^make (\w+)", (ROOT / "README.md").read_text(), re.MULTILINE))
def test_every_documented_make_target_exists(line: str) -> None:
    assert re.search(rf"^{line}:", (ROOT / "Makefile").read_text(), re.MULTILINE)
