"""The sheet of models and the panel beside the chat say nothing that a translator does not get, and have room
for languages of longer words.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app import language
from app.backends.base import held_as
from app.language import shown
from app.settings import Settings
from app.ui.look.quantities import count_text
from app.ui.look.theme import Theme
from app.ui.models.add_card import AddCard
from app.ui.models.catalog_item_model import CatalogItemModel
from app.ui.models.model_facts import free_text
from app.ui.models.model_library import ModelLibrary
from app.ui.models.models_sheet import ModelsSheet
from app.ui.models.trash_bar import TrashBar
from app.ui.models.work_card import WorkCard
from app.ui.panel.side_panel import SidePanel
from app.workers.events import ModelLoaded
from app.workers.model_desk import DeskProgress, ModelDesk
from tests.gui.conftest import WAIT_MS, MakeWindow
from tests.gui.pseudo_locale import pseudo
from tests.gui.test_models_sheet import described

_NAMES = {"first", "Fake 1B", "bfloat16", "float32", "Native", "Transformers", "–", "1", "0"}
"""Of things, and figures: the same in every language."""


@pytest.fixture
def marks(theme: Theme) -> Iterator[None]:
    """What was looked up stands in brackets, and is 40 % longer."""
    language.speak(pseudo)
    yield
    language.speak(language.english)
    theme.scale(100)


def _texts(widget: QWidget) -> list[str]:
    texts = [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
    if isinstance(widget, QLabel | QAbstractButton):
        texts.append(widget.text())
    if isinstance(widget, QComboBox):
        texts += [widget.itemText(row) for row in range(widget.count())]
        texts.append(widget.placeholderText())
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        texts.append(widget.placeholderText())
    return [text for text in texts if text]


def _left(*roots: QWidget) -> set[str]:
    widgets = [widget for root in roots for widget in (root, *root.findChildren(QWidget))]
    return {text for widget in widgets for text in _texts(widget) if "⟦" not in text} - _NAMES


@pytest.mark.usefixtures("marks")
def test_the_panel_is_looked_up_whole(theme: Theme) -> None:
    panel = SidePanel(Settings(), theme.colors)
    assert _left(panel) == set()
    panel.deleteLater()


@pytest.mark.usefixtures("marks")
def test_the_form_of_the_weights_is_said_in_the_windows_language(theme: Theme) -> None:
    panel = SidePanel(Settings(), theme.colors)
    held = held_as("bf16", "q8")
    panel.figures.show_loaded(ModelLoaded(1, "native", "builtin", held, 8192, load_s=1.0, rss_bytes=10**9))
    assert panel.figures.text_of("engine") == f"builtin · {shown(held)}"
    assert "⟦" in shown(held)
    panel.deleteLater()


@pytest.mark.usefixtures("marks")
def test_the_sheet_and_its_cards_are_looked_up_whole(theme: Theme, tmp_path: Path) -> None:
    over = QWidget()
    sheet = ModelsSheet(CatalogItemModel(), theme, over)
    listed = described(tmp_path, "first")
    sheet.show_model(listed, 10**9)
    data = (str(tmp_path / "first"), "first.sbs (541 MB)", "bf16", "torch", count_text(1_000_000_000))
    add, work, bar = AddCard(), WorkCard(), TrashBar()
    add.offer(listed.entry.path, tmp_path, True)
    work.start("⟦⟧")
    work.show_progress(DeskProgress("⟦reading⟧", 10, 100))
    bar.ask(listed, True)
    left = _left(sheet, add, work, bar)
    assert {text for text in left if not any(known in text for known in data)} == set()
    assert "⟦" in free_text(1)
    for widget in (add, work, bar, over):
        widget.deleteLater()


@pytest.mark.usefixtures("marks")
def test_large_longer_words_have_room_in_a_small_window(
    qtbot: QtBot, make_window: MakeWindow, theme: Theme, tmp_path: Path
) -> None:
    window = make_window([described(tmp_path, "first")], Settings(font_percent=150))
    window.resize(900, 600)
    library = ModelLibrary(window, theme, ModelDesk(), lambda path: None)
    qtbot.waitUntil(lambda: window.flow.loaded, timeout=WAIT_MS)
    library.open()
    library.trashing.button.click()
    library.add_card.offer(tmp_path / "given.gguf", tmp_path, True)
    QApplication.processEvents()
    shown = [
        widget
        for widget in library.sheet.findChildren(QWidget)
        if isinstance(widget, QLabel | QAbstractButton) and widget.isVisible() and widget.text()
    ]
    assert library.trashing.bar.yes in shown
    assert [one.text() for one in shown if one.width() < one.minimumSizeHint().width()] == []
    assert library.wait_for_threads(WAIT_MS)
