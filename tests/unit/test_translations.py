"""Each file of translations has every text of the sources and no other, translated, with all its values."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from string import Formatter

import pytest

from app.settings import _CHOICES
from tests.unit.source_texts import ROOT, asked

FOLDER = ROOT / "resources" / "translations"
FILES = sorted(FOLDER.glob("facet_*.ts"))


@dataclass(frozen=True, slots=True)
class Entry:
    """A text of a .ts file."""

    text: str
    hint: str
    counts: bool
    forms: tuple[str, ...]
    """One, or one for each form of the number; "" where nobody has translated it yet."""


def entries(name: str) -> Iterator[Entry]:
    for message in ET.parse(FOLDER / name).iter("message"):
        translation = message.find("translation")
        assert translation is not None
        forms = [form.text or "" for form in translation.findall("numerusform")] or [translation.text or ""]
        if translation.get("type") is not None:
            forms = ["" for _ in forms]
        yield Entry(
            message.findtext("source") or "",
            message.findtext("comment") or "",
            message.get("numerus") == "yes",
            tuple(forms),
        )


def values(text: str) -> set[tuple[str, str, str]]:
    """Name, format and conversion of everything that is put into `text`."""
    parts = Formatter().parse(text)
    return {(name, look or "", how or "") for _, name, look, how in parts if name is not None}


@pytest.mark.parametrize("name", [path.name for path in FILES])
def test_every_text_of_the_sources_is_there_and_no_other(name: str) -> None:
    """`make translations` makes it so; what it does not find stands in an f-string, or is no literal."""
    wanted = {(call.text, call.hint, call.counts) for call in asked() if call.text}
    there = {(entry.text, entry.hint, entry.counts) for entry in entries(name)}
    assert (sorted(wanted - there), sorted(there - wanted)) == ([], [])


@pytest.mark.parametrize("name", [path.name for path in FILES])
def test_every_text_is_translated(name: str) -> None:
    assert [entry.text for entry in entries(name) if not all(form.strip() for form in entry.forms)] == []


@pytest.mark.parametrize("name", [path.name for path in FILES])
def test_no_value_is_lost_or_made_up(name: str) -> None:
    wrong: list[str] = []
    for entry in entries(name):
        said = [form for form in entry.forms if form]
        wrong += [f"{entry.text!r}: {form!r}" for form in said if values(form) != values(entry.text)]
        if entry.counts and "%n" not in entry.forms[-1]:
            wrong.append(f"{entry.text!r} says no number")
        if any("%n" in form for form in entry.forms) and not entry.counts:
            wrong.append(f"{entry.text!r} has no number")
    assert wrong == []


@pytest.mark.parametrize("name", [path.name for path in FILES])
def test_spaces_and_lines_at_the_ends_stay(name: str) -> None:
    """They part a value from its unit, and lines of a heading."""
    for entry in entries(name):
        for form in filter(None, entry.forms):
            assert form[:1].isspace() == entry.text[:1].isspace(), entry.text
            assert form[-1:].isspace() == entry.text[-1:].isspace(), entry.text
            assert form.count("\n") == entry.text.count("\n"), entry.text


def test_every_language_that_can_be_chosen_has_its_file() -> None:
    chosen = set(_CHOICES["language"]) - {"system", "en"}
    assert {path.stem.removeprefix("facet_") for path in FILES} == chosen
