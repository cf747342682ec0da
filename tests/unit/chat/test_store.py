"""The store keeps chats, trees and presets, finds words, and answers from its indexes."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.chat.record import TITLE_SHOWN, Attachment, ChatRecord, MessageRecord, Preset, new_id
from app.chat.store import ChatStore
from app.chat.store_opening import open_file
from app.chat.store_schema import MIGRATIONS
from app.chat.store_search import match_expression
from tests.unit.chat.stored import chat, message


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ChatStore]:
    opened = ChatStore.open(tmp_path / "chats.sqlite3")
    yield opened
    opened.close()


def test_what_was_put_comes_back_exactly(store: ChatStore, tmp_path: Path) -> None:
    kept = ChatRecord(
        new_id(), "Nuts & 🥜", True, True, 11, 22, "Be brief.\n", {"temperature": 0.5, "top_k": 3}, None
    )
    question = MessageRecord(
        new_id(), kept.id, None, "user", "tab\there \0 NUL, trailing  \n", 33,
        attachments=(Attachment("a.txt", "line\r\nline"),),
    )  # fmt: skip
    answer = MessageRecord(
        new_id(), kept.id, question.id, "assistant", "مرحبا 👩‍👩‍👧", 44, "Gemma · Native", "stop",
        (0, 7, 2**31, 262143), {"new_tokens": 4, "ttft_s": 0.25},
    )  # fmt: skip
    store.add(kept, [question, answer])
    store.put_chat(replace(kept, leaf=answer.id))
    store.close()
    again = ChatStore.open(tmp_path / "chats.sqlite3")
    assert again.chat(kept.id) == (replace(kept, leaf=answer.id), [question, answer])
    again.close()


def test_ids_grow_and_never_meet() -> None:
    ids = [new_id() for _ in range(5000)]
    assert ids == sorted(set(ids))
    assert ids[-1] < 2**62


def test_the_list_has_pinned_chats_first_then_the_last_changed(store: ChatStore) -> None:
    old, new, pinned = (chat(title, updated_ms=when) for title, when in (("old", 1), ("new", 3), ("pin", 2)))
    for one in (old, new, replace(pinned, pinned=True)):
        store.put_chat(one)
    assert [summary.title for summary in store.chats()] == ["pin", "new", "old"]


def test_a_removed_chat_comes_back_until_the_store_is_closed(store: ChatStore, tmp_path: Path) -> None:
    kept = chat("kept")
    store.add(kept, [message(kept.id, "user", "findable words")])
    store.remove_chat(kept.id)
    assert store.chats() == []
    assert store.search("findable") == []
    store.restore_chat(kept.id)
    assert [hit.title for hit in store.search("findable")] == ["kept"]
    store.remove_chat(kept.id)
    store.close()
    again = ChatStore.open(tmp_path / "chats.sqlite3")
    again.restore_chat(kept.id)
    assert again.chats() == []
    again.close()
    assert b"findable words" not in (tmp_path / "chats.sqlite3").read_bytes()


def test_what_followed_a_removed_message_follows_its_parent(store: ChatStore) -> None:
    kept = chat()
    first = message(kept.id, "user", "first")
    second = message(kept.id, "assistant", "second", first.id)
    thirds = [message(kept.id, "user", text, second.id) for text in ("third", "other third")]
    store.add(replace(kept, leaf=second.id), [first, second, *thirds])
    store.remove_message(second)
    found = store.chat(kept.id)
    assert found is not None
    assert [(one.text, one.parent) for one in found[1]] == [
        ("first", None),
        ("third", first.id),
        ("other third", first.id),
    ]
    assert found[0].leaf == first.id
    assert store.search("second") == []


def test_search_finds_words_in_any_order_and_the_beginning_of_the_last(store: ChatStore) -> None:
    kept = chat("Trees")
    store.add(kept, [message(kept.id, "user", "Where do Café owners plant\ntheir lemon trees?")])
    for text in ("lemon cafe", "plant le", "CAFÉ", "lemon own"):
        hits = store.search(text)
        assert [hit.title for hit in hits] == ["Trees"], text
        assert "\n" not in hits[0].snippet
    marked = [hits[0].snippet[start:end] for start, end in store.search("lemon own")[0].matches]
    assert marked == ["owners", "lemon"]
    assert store.search("emon") == []
    assert store.search("lem ") == []


@pytest.mark.parametrize(
    "text", ['"', "AND", "a* OR (", "NEAR(", "col:x", "^", "-", "  ", "'; DROP TABLE", "\0"]
)
def test_nothing_that_is_typed_into_the_search_is_an_error(store: ChatStore, text: str) -> None:
    assert store.search(text) == []


def test_search_finds_text_without_spaces(store: ChatStore) -> None:
    kept = chat()
    store.add(kept, [message(kept.id, "user", "东京的天气怎么样？")])
    hit = store.search("天气")[0]
    assert hit.snippet[slice(*hit.matches[0])] == "天气"


def _found(store: ChatStore, text: str) -> list[tuple[int, list[str]]]:
    """(message, what is marked in it)."""
    hits = store.search(text)
    return [(hit.message, [hit.snippet[start:end] for start, end in hit.matches]) for hit in hits]


def _several(store: ChatStore) -> list[int]:
    kept = chat()
    said = [
        message(kept.id, "user", text)
        for text in (
            "东京的天气怎么样？ Tokyo weather",
            "气天 is not a word, 的 is",
            "ราคาน้ำมันวันนี้",
            "Python的装饰器 and Élan",
            "x = 1",
        )
    ]
    store.add(kept, said)
    return [one.id for one in said]


@pytest.mark.parametrize(
    ("text", "which", "marked"),
    [
        ("天", [1, 0], [["天"], ["天"]]),
        ("天气", [0], [["天气"]]),
        ("的天气怎", [0], [["的天气怎"]]),
        ("天气 tok", [0], [["天气", "Tokyo"]]),
        ("weather 京", [0], [["京", "weather"]]),
        ("weath 京", [], []),
        ("น้ำมัน", [2], [["น้ำมัน"]]),
        ("python的", [3], [["Python的"]]),
        ("x", [4], [["x"]]),
        ("w", [1, 0], [["word"], ["weather"]]),
        ("word i", [1], [["is", "word", "is"]]),
        ("e", [3], [[]]),
        ("的 ", [3, 1, 0], [["的"], ["的"], ["的"]]),
        ("京天", [], []),
        ("o", [], []),
    ],
)
def test_single_letters_and_text_without_spaces_are_found_through_their_index(
    store: ChatStore, text: str, which: list[int], marked: list[list[str]]
) -> None:
    ids = _several(store)
    assert _found(store, text) == [(ids[index], signs) for index, signs in zip(which, marked, strict=True)]


def test_the_index_of_signs_follows_changes_and_deletions(store: ChatStore) -> None:
    kept = chat()
    one = message(kept.id, "user", "天气很好")
    store.add(kept, [one])
    store.put_messages([replace(one, text="下雨")])
    assert (_found(store, "天气"), len(_found(store, "下雨"))) == ([], 1)
    store.remove_message(one)
    assert _found(store, "下雨") == []
    assert store._connection.execute("SELECT count(*) FROM message_signs").fetchone() == (0,)


def test_an_older_file_is_searched_while_its_index_is_made(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite3"
    old = open_file(path, MIGRATIONS[:1]).connection
    old.execute("INSERT INTO chats (id, title, created_ms, updated_ms) VALUES (1, 'old', 0, 0)")
    for key, text in ((1, "天气很好"), (2, "下雨"), (3, "a tree")):
        old.execute(
            "INSERT INTO messages (id, chat, role, text, created_ms) VALUES (?, 1, 'user', ?, 0)", (key, text)
        )
    old.close()
    store = ChatStore.open(path)
    assert _found(store, "天气") == [(1, ["天气"])]
    assert _found(store, "天气 tree") == []
    assert store.index_older(2)
    assert _found(store, "天气") == [(1, ["天气"])]
    assert not store.index_older(2)
    assert _found(store, "天气") == [(1, ["天气"])]
    assert _found(store, "t") == [(3, ["tree"])]
    store.close()
    assert len(list(tmp_path.glob("old.before-version-2-*"))) == 1


def test_an_answer_is_found_when_it_has_ended_and_not_twice(store: ChatStore) -> None:
    kept = chat()
    writing = message(kept.id, "assistant", "beginning", state="writing")
    store.add(kept, [writing])
    assert store.search("beginning") == []
    for text in ("beginning and", "beginning and middle"):
        store.put_messages([replace(writing, text=text)])
    store.put_messages([replace(writing, text="beginning and end", state="stop")])
    assert [hit.message for hit in store.search("beginning")] == [writing.id]
    assert store.search("middle") == []


def test_a_phrase_of_signs_is_left_out_of_an_expression() -> None:
    assert match_expression('say "hi" -- now') == '"say" "hi" "now"*'


def test_presets_are_kept_by_name(store: ChatStore) -> None:
    for name, system in (("b", "x"), ("A", "y"), ("b", "z")):
        store.put_preset(Preset(name, system))
    assert store.presets() == [Preset("A", "y"), Preset("b", "z")]
    store.remove_preset("A")
    assert store.presets() == [Preset("b", "z")]


def test_a_change_by_another_process_is_noticed(store: ChatStore) -> None:
    other = ChatStore.open(store.path)
    assert store.chats_if_changed() is None
    store.put_chat(chat("mine"))
    assert store.chats_if_changed() is None
    other.put_chat(chat("theirs"))
    changed = store.chats_if_changed()
    assert changed is not None
    assert {one.title for one in changed} == {"mine", "theirs"}
    assert store.chats_if_changed() is None
    other.close()


def test_half_a_character_is_kept_as_a_question_mark(store: ChatStore) -> None:
    kept = chat("a\ud800b")
    store.add(kept, [message(kept.id, "user", "c\udc00d")])
    found = store.chat(kept.id)
    assert found is not None
    assert (found[0].title, found[1][0].text) == ("a?b", "c?d")


def test_lists_messages_and_search_come_from_indexes(store: ChatStore) -> None:
    """No table with messages is read from one end to the other, however many chats there are."""
    read = store._connection
    plans = {
        "chat": "SELECT id FROM messages WHERE chat = 1 ORDER BY id",
        "interrupted": "SELECT id FROM messages WHERE state = 'writing'",
        "search": "SELECT messages.id FROM message_words JOIN messages ON messages.id = message_words.rowid"
        " WHERE message_words MATCH 'a' ORDER BY message_words.rowid DESC LIMIT 5",
    }
    for name, query in plans.items():
        plan = [row[3] for row in read.execute(f"EXPLAIN QUERY PLAN {query}")]
        assert not [step for step in plan if "SCAN messages" in step and "INDEX" not in step], (name, plan)
        assert not [step for step in plan if "TEMP B-TREE" in step], (name, plan)


def test_lists_hold_the_beginning_of_a_title_and_the_chat_all_of_it(store: ChatStore) -> None:
    kept = chat("t" * 100_000)
    store.add(kept, [message(kept.id, "user", "word")])
    (hit,) = store.search("word")
    assert [len(store.chats()[0].title), len(hit.title)] == [TITLE_SHOWN, TITLE_SHOWN]
    found = store.chat(kept.id)
    assert found is not None
    assert found[0].title == kept.title
