"""The Qt item models keep Qt's rules, and their rows say what is on disk."""

import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.backends.base import Availability
from app.chat.record import ChatSummary, SearchHit
from app.ui.chats.chat_list_item_model import ChatListItemModel
from app.ui.chats.chat_session import ChatSession, Message
from app.ui.models.catalog_item_model import DETAIL_ROLE, CatalogItemModel
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


def test_a_row_has_room_for_the_reason_not_for_the_place(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "cut" / "model.sbs"
    entry = replace(fake_entry(tmp_path, "cut"), path=file.parent, weights=file)
    model = CatalogItemModel()
    for problem, told in (
        (f"{file}: The file is empty.", "The file is empty."),
        (f"{file.parent} holds no .sbs.", "cut holds no .sbs."),
    ):
        model.show_entries((ListedEntry(replace(entry, problems=(problem,))),))
        assert model.index(0).data(DETAIL_ROLE) == told
        assert problem in model.index(0).data(Qt.ItemDataRole.ToolTipRole)


def _summary(number: int, title: str, days: float = 0, pinned: bool = False) -> ChatSummary:
    return ChatSummary(number, title, pinned, int((time.time() - days * 86400) * 1000) + number)


def test_a_title_that_looks_like_a_page_names_no_picture_to_open() -> None:
    model = ChatListItemModel()
    title = '<img src="//elsewhere/x.png"> & more'
    model.show_chats([_summary(1, title)])
    assert model.index(1).data() == title
    tip = model.index(1).data(Qt.ItemDataRole.ToolTipRole)
    assert "<img" not in tip
    shown = QTextDocument()
    shown.setHtml(tip)
    assert shown.toPlainText() == title


def _shown(model: ChatListItemModel) -> list[object]:
    return [model.index(row).data() for row in range(model.rowCount())]


def test_the_chat_list_keeps_qts_rules_and_groups_by_date(qtmodeltester: ModelTester) -> None:
    model = ChatListItemModel()
    qtmodeltester.check(model)
    model.show_chats(
        [
            _summary(1, "old", 400),
            _summary(2, "now"),
            _summary(3, "pin", 20, pinned=True),
            _summary(4, "now 2"),
        ]
    )
    qtmodeltester.check(model)
    month = datetime.fromtimestamp(time.time() - 400 * 86400).strftime("%B %Y")
    assert _shown(model) == ["Pinned", "pin", "Today", "now 2", "now", month, "old"]
    assert not model.flags(model.index(0)) & Qt.ItemFlag.ItemIsSelectable
    assert "pinned" in str(model.index(1).data(Qt.ItemDataRole.AccessibleTextRole))


def test_a_chat_that_changes_moves_to_its_place(qtmodeltester: ModelTester) -> None:
    model = ChatListItemModel()
    model.show_chats([_summary(1, "a"), _summary(2, "b"), _summary(3, "c", 400)])
    model.put(replace(_summary(3, "c again"), updated_ms=int(time.time() * 1000) + 9))
    assert _shown(model) == ["Today", "c again", "b", "a"]
    model.put(_summary(1, "a", pinned=True))
    assert _shown(model) == ["Pinned", "a", "Today", "c again", "b"]
    model.remove(2)
    assert _shown(model) == ["Pinned", "a", "Today", "c again"]
    qtmodeltester.check(model)


def test_a_search_shows_titles_and_messages_in_place_of_the_list(qtmodeltester: ModelTester) -> None:
    model = ChatListItemModel()
    model.show_chats([_summary(1, "Trees"), _summary(2, "Cars")])
    model.show_hits("TREE", [SearchHit(2, 7, "Cars", "a tree here", ((2, 6),))])
    assert _shown(model) == ["Titles", "Trees", "Messages", "Cars"]
    qtmodeltester.check(model)
    model.show_hits("nowhere", [])
    assert _shown(model) == ["Nothing found"]
    model.show_hits(" ", [])
    assert _shown(model) == ["Today", "Cars", "Trees"]


def test_ten_thousand_chats_are_listed_within_a_frame_or_two(qtbot: QtBot) -> None:
    model = ChatListItemModel()
    chats = [_summary(number, f"chat {number}", number / 20) for number in range(10_000)]
    start = time.perf_counter()
    model.show_chats(chats)
    assert time.perf_counter() - start < 0.5  # 30 ms on a quiet machine
    assert len(model.chats) == 10_000


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
