"""In which language the window speaks, and from where it has its texts.

English is what the program's texts are written in and needs no file. Every other language has a file of Qt's,
facet_LANGUAGE.qm, made from the .ts beside it; Qt brings its own for the menus of text fields and for dates.
A file that is missing is no error: its texts are English. docs/translating.md says how a language is added.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from app import language

LANGUAGES: Mapping[str, str] = {"en": "English", "de": "Deutsch"}
"""What the window can speak: code (also of the setting) and its own name."""

_ENGLISH = "en"
_FOLDER = Path(__file__).parents[2] / "resources" / "translations"


def speak_language(app: QCoreApplication, choice: str) -> None:
    """Speak `choice`, the setting, from now on; before the first widget.

    Numbers and dates follow the system where its language is the chosen one or none is chosen.
    """
    system = QLocale.system()
    spoken = language_for(choice, system.uiLanguages())
    if choice != "system" and QLocale(spoken).language() != system.language():
        QLocale.setDefault(QLocale(spoken))
    if spoken == _ENGLISH:
        return
    of_qt = QTranslator(app)
    if of_qt.load(f"qtbase_{spoken}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(of_qt)
    ours = QTranslator(app)
    if ours.load(f"facet_{spoken}", str(_FOLDER)):
        language.speak(lookup_in(ours), QLocale().decimalPoint())


def language_for(choice: str, wanted: Sequence[str]) -> str:
    """The code of the language that `choice` means; for "system" the first of `wanted` that there is.

    wanted: names as QLocale gives them, "de-AT", most wanted first.
    """
    if choice in LANGUAGES:
        return choice
    codes = (name.replace("_", "-").split("-")[0] for name in wanted)
    return next((code for code in codes if code in LANGUAGES), _ENGLISH)


def lookup_in(translator: QTranslator) -> language.Lookup:
    """Looks texts up in the file that `translator` has loaded; what it does not have stays English."""

    def lookup(text: str, hint: str, n: int) -> str:
        found = translator.translate("", text, hint or None, n)
        if not found:
            return language.english(text, hint, n)
        return found if n < 0 else found.replace("%n", QLocale().toString(n))

    return lookup
