"""Texts are looked up when they are shown; a sentence remembers what it was made of."""

import pickle
from collections.abc import Iterator

import pytest

from app.errors import BadModelFile
from app.language import Sentence, all_of, either, english, joined, marked, sentence, shown, speak, tr

GERMAN = {
    "Delete {name}?": "{name} löschen?",
    "File {path} ends after {n} bytes.": "Nach {n} Bytes endet die Datei {path}.",
    "It was not opened: {why}": "Nicht geöffnet: {why}",
    "{one} or {other}": "{one} oder {other}",
    "Copy it.": "Kopieren Sie sie.",
}


@pytest.fixture
def german() -> Iterator[None]:
    speak(lambda text, hint, n: f"{n}×{hint}" if n >= 0 else GERMAN.get(text, text))
    yield
    speak(english)


def test_english_stands_without_anyone_who_looks_up() -> None:
    assert tr("Delete {name}?") == "Delete {name}?"
    assert tr("3 file(s)") == "3 file(s)"


def test_a_command_is_quoted_in_the_window_and_in_backticks_elsewhere() -> None:
    text = sentence("Run `facet doctor`.")
    assert (text, shown(text)) == ("Run `facet doctor`.", "Run “facet doctor”.")


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (0, "0 chats were deleted (all), 0 entries kept, 0 copies and 0 boxes."),
        (1, "1 chat was deleted (all), 1 entry kept, 1 copy and 1 box."),
        (12, "12 chats were deleted (all), 12 entries kept, 12 copies and 12 boxes."),
    ],
)
def test_english_has_both_forms_of_its_words(n: int, said: str) -> None:
    text = "%n chat(s) (was|were) deleted (all), %n (entry|entries) kept, %n cop(y|ies) and %n box(es)."
    assert tr(text, "", n) == said


@pytest.mark.usefixtures("german")
def test_a_marked_text_is_translated_where_it_is_shown() -> None:
    constant = marked("Delete {name}?")
    assert constant == "Delete {name}?"
    assert tr(constant).format(name="x") == "x löschen?"
    assert tr("%n chat(s)", "of the list", 0) == "0×of the list"


@pytest.mark.usefixtures("german")
def test_a_sentence_is_english_until_it_is_shown() -> None:
    said = sentence("File {path} ends after {n} bytes.", path="a{b}.sbs", n=7)
    assert str(said) == "File a{b}.sbs ends after 7 bytes."
    assert shown(said) == "Nach 7 Bytes endet die Datei a{b}.sbs."
    assert shown("File {path} ends after {n} bytes.") == "File {path} ends after {n} bytes."


@pytest.mark.usefixtures("german")
def test_an_errors_sentence_and_one_within_another_are_translated() -> None:
    within = sentence("File {path} ends after {n} bytes.", path="a", n=7)
    error = BadModelFile(sentence("It was not opened: {why}", why=within))
    assert str(error) == "It was not opened: File a ends after 7 bytes."
    assert shown(error) == "Nicht geöffnet: Nach 7 Bytes endet die Datei a."
    assert shown(OSError(28, "No space left")) == str(OSError(28, "No space left"))


@pytest.mark.usefixtures("german")
def test_an_error_within_a_sentence_stands_for_its_own_sentence() -> None:
    error = BadModelFile(sentence("File {path} ends after {n} bytes.", path="a", n=7))
    said = sentence("It was not opened: {why}", why=error)
    assert said == "It was not opened: File a ends after 7 bytes."
    assert shown(said) == "Nicht geöffnet: Nach 7 Bytes endet die Datei a."
    assert error not in said.values.values()
    assert (
        sentence("It was not opened: {why}", why=OSError(28, "full")) == "It was not opened: [Errno 28] full"
    )


@pytest.mark.usefixtures("german")
def test_an_error_with_its_next_step_is_one_text() -> None:
    error = BadModelFile(sentence("File {path} ends after {n} bytes.", path="a", n=7), sentence("Copy it."))
    assert error.whole == f"{error} {error.next_step}" == "File a ends after 7 bytes. Copy it."
    assert shown(error.whole) == "Nach 7 Bytes endet die Datei a. Kopieren Sie sie."
    assert BadModelFile("Damaged.").whole == "Damaged."


@pytest.mark.usefixtures("german")
def test_parts_that_are_joined_are_translated_each() -> None:
    said = joined((sentence("Copy it."), "x{y}", sentence("Copy it.")), " | ")
    assert said == "Copy it. | x{y} | Copy it."
    assert shown(said).split(" | ") == [shown(sentence("Copy it.")), "x{y}", shown(sentence("Copy it."))]
    assert shown(said) != said


@pytest.mark.usefixtures("german")
def test_what_is_joined_over_and_over_stays_flat() -> None:
    said: str = sentence("Copy it.")
    for _ in range(1200):
        said = joined((said, sentence("Copy it.")), " {} ")
    assert isinstance(said, Sentence)
    assert len(said.values) == 1201
    assert shown(said) == " {} ".join([shown(sentence("Copy it."))] * 1201)
    within = joined((said, "x"), "; ")
    assert shown(within) == f"{shown(said)}; x"
    assert joined(["alone"], ", ") == "alone"


@pytest.mark.usefixtures("german")
def test_names_are_joined_in_the_users_language() -> None:
    assert either(["a", "b", "c"]) == "a or b or c"
    assert shown(either(["a", "b", "c"])) == "a oder b oder c"
    assert either(["a"]) == all_of(["a"]) == "a"
    assert all_of(["a", "b"]) == "a and b"


def test_numbers_of_a_sentence_have_the_languages_decimal_point() -> None:
    speak(english, point=",")
    said = sentence("{share:.1f} of {n} in {path}", share=0.25, n=1000, path="a.sbs")
    assert (str(said), shown(said)) == ("0.2 of 1000 in a.sbs", "0,2 of 1000 in a.sbs")
    speak(english)


def test_a_sentence_is_kept_where_it_is_copied() -> None:
    said = sentence("File {path} ends after {n} bytes.", path="a", n=7)
    copy = pickle.loads(pickle.dumps(said))
    assert isinstance(copy, Sentence)
    assert (copy, copy.template, copy.values) == (said, said.template, said.values)
