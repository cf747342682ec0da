"""Everything the window says is looked up, and has room for longer words: in a language made for the test."""

import pprint
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractListModel, QLocale, QPoint, QRect, Qt, QTranslator
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTextBrowser,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.bench.comparison import FIGURES, Subject, in_window, summarise
from app.bench.contention import Reading
from app.chat.record import Attachment
from app.compare.machine import this_machine
from app.errors import BadModelFile
from app.language import english, sentence, speak
from app.ui.look.elided_label import ElidedLabel
from app.ui.look.theme import Theme
from app.ui.main_window import MainWindow
from app.ui.models.model_library import ModelLibrary
from app.ui.target import OtherRuntime
from app.ui.translation import lookup_in
from app.ui.views import View
from app.workers.benchmark_events import BenchmarkStep
from app.workers.model_desk import ModelDesk
from tests.gui.compiled_texts import compiled
from tests.gui.conftest import WAIT_MS, FakeBackends, MakeWindow, script
from tests.gui.pseudo_locale import pseudo, unmarked
from tests.gui.test_reports import explained, opened, saved

_ANSWER = "Zzz [zzz](https://example.org), `zzz`.\n\n```python\nprint(1)\n```\n\nZzz."

_ALLOWED = re.compile(
    r"""
      [\w-]+[ -]\d+\.\d+\S*                                     # versions of programs
    | Facet | Gemma | [Nn]ative | [Tt]ransformers | Google | Hugging\ Face | gemma\.cpp  # names
    | bfloat16 | float32 | bf16 | fp32 | \.?sbs | \.gguf | \b(builtin|torch)\b             # formats, engines
    | <[^>]*> | &lt;\w+&gt; | &\w+;                                                                # markup
    | English | Deutsch                                     # called as those who speak it do
    | https?://\S+ | \S*/\S*/\S* | \.models                                        # places
    | (Ctrl|Shift|Alt|Return|Esc|Del|Left|Right|Up|Down|F\d+)\b                 # keys: Qt's
    | \b(GB|MB|tok/s|ms|s|UTC)\b                                                          # units
    | [Ff]ake[ -]1[Bb] | [Zz]zz(\.\w+)? | python | print                     # of the model, and said with it
    """,
    re.VERBOSE,
)

_PLAIN_WORD = re.compile(r"\b(?=[A-Za-z]*[aeiou])[A-Za-z]{2,}\b")
"""Looked up, its vowels would have accents."""
_PROCESSOR = this_machine().processor
_AS_WIDE_AS_ITS_TEXT = QComboBox.SizeAdjustPolicy.AdjustToContents
_GERMAN = Path(__file__).parents[2] / "resources" / "translations" / "facet_de.ts"


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    before = QLocale()
    yield
    QLocale.setDefault(before)
    speak(english)


MakeWhole = Callable[[], MainWindow]


@pytest.fixture
def make_whole(make_window: MakeWindow, backends: FakeBackends, theme: Theme) -> Iterator[MakeWhole]:
    """A window with all there is in one; made after the language was chosen."""
    libraries: list[ModelLibrary] = []

    def make() -> MainWindow:
        for backend in (backends.native, backends.transformers):
            script(backend, answer=_ANSWER, token_s=0.002, prefill_s=0.05)
        script(backends.transformers, answer=_ANSWER + "Zzz zzz.", token_s=0.002, prefill_s=0.05)
        window = make_window()
        window.resize(1280, 800)
        libraries.append(ModelLibrary(window, theme, ModelDesk(), lambda _path: None))
        return window

    yield make
    for library in libraries:
        assert library.wait_for_threads(WAIT_MS)


def _forgotten(text: str) -> bool:
    """Whether there is a word in it that nobody looked up, be it a value within a text that was."""
    said = text.replace(_PROCESSOR, " ")
    within = _PLAIN_WORD.search(_ALLOWED.sub(" ", said))
    return bool(within or re.search(r"[A-Za-z]{2,}", _ALLOWED.sub(" ", unmarked(said))))


def _texts(widget: QWidget) -> Iterator[str]:
    """What it says, to whomever."""
    yield widget.toolTip()
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    yield widget.windowTitle()
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        yield widget.placeholderText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(row) for row in range(widget.count()))
    if isinstance(widget, QAbstractItemView) and (items := widget.model()) is not None:
        for row in range(items.rowCount()):
            for column in range(1 if isinstance(items, QAbstractListModel) else items.columnCount()):
                index = items.index(row, column)
                for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                    said = index.data(role)
                    yield said if isinstance(said, str) else ""
    if isinstance(widget, QTextBrowser):
        yield widget.toPlainText()
    if isinstance(widget, QMenu):
        yield from (action.text() for action in widget.actions())


def _unspoken(window: MainWindow) -> list[str]:
    """Words on screen, or said to a screen reader, that were not looked up."""
    found = []
    for widget in [window, *window.findChildren(QWidget)]:
        if widget.isVisible() or isinstance(widget, QMenu):
            found += [f"{_part_of(widget)}: {text!r}" for text in _texts(widget) if _forgotten(text)]
    return sorted(set(found))


def _part_of(widget: QWidget | None) -> str:
    """The module of the part of the window that `widget` stands in."""
    while widget is not None:
        module = type(widget).__module__
        if module.startswith("app.ui.") and not module.startswith("app.ui.look."):
            return module
        widget = widget.parentWidget()
    return ""


def _clipped(window: MainWindow) -> list[str]:
    """Texts that have less room than they need."""
    found = []
    for widget in window.findChildren(QWidget):
        if not isinstance(widget, QLabel | QAbstractButton | QComboBox) or isinstance(widget, ElidedLabel):
            continue
        if isinstance(widget, QComboBox) and widget.sizeAdjustPolicy() is not _AS_WIDE_AS_ITS_TEXT:
            continue  # what is too long for it ends in an ellipsis
        text = widget.currentText() if isinstance(widget, QComboBox) else widget.text()
        if not widget.isVisible() or not text or widget.visibleRegion().isEmpty():
            continue
        needed = widget.minimumSizeHint()
        across = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
        high = widget.heightForWidth(widget.width()) if widget.hasHeightForWidth() else needed.height()
        if widget.width() < needed.width() or across.left() < 0 or across.right() > window.width():
            found.append(f"{text!r}: {widget.width()} of {needed.width()} pixels")
        elif widget.height() < high:
            found.append(f"{text!r}: {widget.height()} of {high} pixels high")
    return found


def _views(qtbot: QtBot, window: MainWindow, folder: Path) -> Iterator[str]:
    """Shows one after the other, each with something in it."""
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.flow.send("Zzz")
    qtbot.waitUntil(lambda: window.pane.transcript.settled, timeout=WAIT_MS)
    window.composer.shelf.add(Attachment("zzz.txt", "Zzz."))
    yield "chat"
    window.registry.run("find")
    yield "find"
    window.notice.say(sentence("The settings could not be saved."))
    error = BadModelFile(sentence("The file is damaged."), sentence("Fetch it again."))
    window.pane.transcript.show_error(pseudo("Not loaded", "", -1), error, OtherRuntime("transformers"))
    yield "error"
    window.notice.hide()
    window.show_view(View.COMPARISON)
    with qtbot.waitSignal(window.compare.flow.finished, timeout=WAIT_MS):
        window.compare.send("Zzz")
    yield "comparison"
    assert window.compare.analysis is not None
    for name in ("tokens", "words"):
        window.compare.analysis.views.button(name).click()
        yield name
    window.compare.analysis.views.button("tokens").click()
    explained(qtbot, window)
    yield "explained"
    opened(qtbot, window, saved(qtbot, window, folder / "zzz.html"))
    yield "report"
    window.compare.controls.add.click()
    yield "third column"
    window.show_view(View.BENCHMARK)
    page = window.benchmark.page
    qtbot.waitUntil(lambda: page.trend is not None, timeout=WAIT_MS)
    yield "benchmark"
    page._show_step(BenchmarkStep(_measured(), 1, 2))
    yield "measured"
    window.show_view(View.CHAT)
    for name in ("settings", "shortcuts", "about", "welcome", "palette", "models"):
        window.registry.run(name)
        yield name


def _measured() -> dict[str, object]:
    """Of a runtime, also in the window, on a machine that was at work."""
    labels = {"backend": "native", "engine": "builtin", "weights": "bf16", "weight_bytes_per_token": 0}
    rounds = [labels | dict.fromkeys(FIGURES, value) for value in (2.0, 3.0)]
    readings = [(Reading(0.1, 0.1), Reading(took, took)) for took in (0.1, 0.2)]
    return summarise([Subject(name, rounds, readings) for name in ("zzz", in_window("zzz"))])


def test_everything_is_looked_up_and_longer_words_have_room(
    qtbot: QtBot, make_whole: MakeWhole, tmp_path: Path, heard: list[tuple[str, str]]
) -> None:
    speak(pseudo)
    window = make_whole()
    unspoken, clipped = {}, {}
    for name in _views(qtbot, window, tmp_path):
        QApplication.processEvents()
        unspoken[name] = _unspoken(window)
        clipped[name] = _clipped(window)
    assert heard
    assert [text for text, _ in heard if _forgotten(text)] == []
    words = {name: found for name, found in unspoken.items() if found}
    cramped = {name: found for name, found in clipped.items() if found}
    assert (words, cramped) == ({}, {}), pprint.pformat([words, cramped], width=200)


def test_german_has_room(qtbot: QtBot, make_whole: MakeWhole, tmp_path: Path) -> None:
    translator = QTranslator()
    assert translator.load(str(compiled(_GERMAN, tmp_path)))
    QLocale.setDefault(QLocale("de_DE"))
    speak(lookup_in(translator))
    window = make_whole()
    cramped = {}
    for name in _views(qtbot, window, tmp_path):
        QApplication.processEvents()
        cramped[name] = _clipped(window)
    assert window.composer.clip.toolTip().startswith("Textdateien anhängen")
    assert {name: found for name, found in cramped.items() if found} == {}


def test_longer_words_keep_their_values() -> None:
    assert pseudo("Delete {name}?", "", -1) == "⟦Ďéļéţé {name}? ~~~⟧"
    assert unmarked(pseudo("{x} of {y}", "", -1).format(x="⟦á⟧ b", y="c")).strip() == ""
    assert _forgotten("⟦Šo⟧ many") != _forgotten("⟦Šo⟧ 3 GB")
