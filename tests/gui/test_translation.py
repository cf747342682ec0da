"""The window's language: which one is meant, where its texts come from, how it writes numbers and dates."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from app.language import english, speak, tr
from app.ui import translation
from app.ui.look.quantities import gb_text, moment_text, month_text, number, scientific, short_number
from app.ui.translation import language_for, lookup_in, speak_language
from tests.gui.compiled_texts import compiled

_TEXTS = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE"><context><name></name>
<message><source>Delete “{name}”?</source><translation>„{name}“ löschen?</translation></message>
<message><source>Open</source><comment>a state</comment><translation>Offen</translation></message>
<message><source>Open</source><translation>Öffnen</translation></message>
<message numerus="yes"><source>%n chat(s)</source>
<translation><numerusform>Ein Chat</numerusform><numerusform>%n Chats</numerusform></translation></message>
</context></TS>
"""


@pytest.fixture
def german(tmp_path: Path) -> Path:
    """A folder with facet_de.qm of these texts."""
    texts = tmp_path / "facet_de.ts"
    texts.write_text(_TEXTS, encoding="utf-8")
    return compiled(texts, tmp_path).parent


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    before = QLocale()
    yield
    QLocale.setDefault(before)
    speak(english)


@pytest.mark.parametrize(
    ("choice", "wanted", "code"),
    [
        ("system", ["de-AT", "en-US"], "de"),
        ("system", ["fr-FR", "de-FR"], "de"),
        ("system", ["fr-FR"], "en"),
        ("system", ["C"], "en"),
        ("system", [], "en"),
        ("en", ["de-DE"], "en"),
        ("de", ["en-US"], "de"),
    ],
)
def test_which_language_is_meant(choice: str, wanted: list[str], code: str) -> None:
    assert language_for(choice, wanted) == code


def test_texts_come_from_the_file_and_others_stay_english(german: Path) -> None:
    translator = QTranslator()
    assert translator.load("facet_de", str(german))
    QLocale.setDefault(QLocale("de"))
    speak(lookup_in(translator))
    assert tr("Delete “{name}”?").format(name="x") == "„x“ löschen?"
    assert (tr("Open"), tr("Open", "a state")) == ("Öffnen", "Offen")
    assert [tr("%n chat(s)", "", n) for n in (0, 1, 1234)] == ["0 Chats", "Ein Chat", "1.234 Chats"]
    assert (tr("Not there"), tr("%n file(s)", "", 1)) == ("Not there", "1 file")


def test_a_chosen_language_decides_over_numbers_too(
    qapp: QApplication, german: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(translation, "_FOLDER", german)
    speak_language(qapp, "de")
    assert tr("Open") == "Öffnen"
    assert QCoreApplication.translate("QWidgetTextControl", "&Copy") == "&Kopieren", "Qt's own menus"
    assert number(1234.5, 1) == "1.234,5"
    for ours in qapp.findChildren(QTranslator):
        qapp.removeTranslator(ours)
        ours.deleteLater()


def test_a_language_without_its_file_is_english(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(translation, "_FOLDER", tmp_path)
    monkeypatch.setattr(QTranslator, "load", lambda *_: False)
    speak_language(qapp, "de")
    assert tr("Open") == "Open"
    for unused in qapp.findChildren(QTranslator):
        unused.deleteLater()


def test_numbers_and_dates_are_written_as_the_locale_does() -> None:
    moment = datetime(2026, 11, 30, 14, 5)
    written = {}
    for name in ("en_US", "de_DE"):
        QLocale.setDefault(QLocale(name))
        written[name] = [
            number(1234567), number(0.256, 2), short_number(0.5), scientific(1.25e-7), gb_text(500_000_000),
            month_text(date(2026, 3, 5)), moment_text(moment),
        ]  # fmt: skip
    assert written["en_US"] == [
        "1\N{NARROW NO-BREAK SPACE}234\N{NARROW NO-BREAK SPACE}567", "0.26", "0.5", "1.2e-07", "0.50 GB",
        "March 2026", "2026-11-30 14:05",
    ]  # fmt: skip
    assert written["de_DE"] == [
        "1.234.567", "0,26", "0,5", "1,2e-07", "0,50 GB", "März 2026", "30.11.26 14:05",
    ]  # fmt: skip
