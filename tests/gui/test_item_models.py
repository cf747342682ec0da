"""The Qt item models keep Qt's rules, and their rows say what is on disk."""

from pathlib import Path

from PySide6.QtCore import QSortFilterProxyModel, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.backends.base import Availability
from app.ui.catalog_item_model import DETAIL_ROLE, CatalogItemModel
from app.ui.chat_list_item_model import ChatListItemModel
from app.ui.chat_session import ChatSession, Message
from app.workers.listing import ListedEntry
from tests.fakes.fake_backend import fake_entry


def test_the_catalog_model_keeps_qts_rules(qtmodeltester: ModelTester, tmp_path: Path) -> None:
    model = CatalogItemModel()
    qtmodeltester.check(model)
    entries = tuple(
        ListedEntry(fake_entry(tmp_path, name), {"native": Availability(name != "b", "no")}) for name in "abc"
    )
    model.show_entries(entries)
    qtmodeltester.check(model)
    assert model.rowCount() == 3
    assert model.row_of("c") == 2
    assert model.row_of("d") == -1


def test_a_row_says_family_size_format_and_backends(qtbot: QtBot, tmp_path: Path) -> None:
    model = CatalogItemModel()
    states = {"native": Availability(True), "transformers": Availability(False, "torch is missing.")}
    model.show_entries((ListedEntry(fake_entry(tmp_path), states),))
    assert model.index(0).data(DETAIL_ROLE) == "Fake 1B · 2.0 GB · sbs · bf16 · Native"
    assert "Transformers: torch is missing." in model.index(0).data(Qt.ItemDataRole.ToolTipRole)


def test_an_entry_that_no_backend_opens_is_disabled_with_the_reason(qtbot: QtBot, tmp_path: Path) -> None:
    model = CatalogItemModel()
    model.show_entries((ListedEntry(fake_entry(tmp_path), {"native": Availability(False, "Too new.")}),))
    assert model.index(0).data(DETAIL_ROLE) == "Too new."
    assert not model.index(0).flags() & Qt.ItemFlag.ItemIsEnabled
    assert model.first_openable() == -1


def test_the_chat_list_keeps_qts_rules_and_has_the_newest_on_top(qtmodeltester: ModelTester) -> None:
    model = ChatListItemModel()
    filtered = QSortFilterProxyModel()
    filtered.setSourceModel(model)
    first, second = ChatSession(), ChatSession()
    model.add(first)
    model.add(second)
    qtmodeltester.check(model)
    qtmodeltester.check(filtered)
    first.messages.append(Message("user", "What is\n the capital of France?"))
    model.title_changed(first)
    assert [model.index(row).data() for row in range(2)] == ["New chat", "What is the capital of France?"]


def test_the_conversation_joins_questions_and_leaves_empty_answers_out(qtbot: QtBot) -> None:
    chat = ChatSession()
    chat.messages += [
        Message("user", "one"),
        Message("assistant", "", finish="cancelled"),
        Message("user", "two"),
        Message("assistant", "answer", finish="stop", ids=(7, 8)),
        Message("user", "three"),
    ]
    turns = chat.conversation().turns
    assert [(turn.role, turn.text) for turn in turns] == [
        ("user", "one\n\ntwo"),
        ("assistant", "answer"),
        ("user", "three"),
    ]
    assert turns[1].ids == (7, 8)
