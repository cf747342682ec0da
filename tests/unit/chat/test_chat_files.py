"""Chats as files: what is read equals what was written, what is no chat ends in a sentence, and nothing that
is there is overwritten or changed.
"""

import dataclasses
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.chat.chat_files import FORMS, MAX_BYTES, add_chat, chat_files, file_stem, read_chat, write_chat
from app.chat.chat_import import add_from_file
from app.chat.chat_json import MARK, Chat, from_json, to_json
from app.chat.record import INTERRUPTED, WRITING, Attachment, ChatRecord, MessageRecord, new_id, now_ms
from app.chat.store import ChatStore
from app.errors import FacetError
from tests.unit.chat.stored import chat, message

_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
_number = st.integers(0, 2**53)
_value = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | _text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_text, inner, max_size=3),
    max_leaves=6,
)
_mapping = st.dictionaries(_text, _value, max_size=3)
_files = st.lists(st.builds(Attachment, _text, _text), max_size=2).map(tuple)


@st.composite
def chats(draw: st.DrawFn) -> Chat:
    """Any tree of messages, with any content."""
    chat_id = draw(st.integers(1, 2**62))
    ids = sorted(draw(st.sets(st.integers(1, 2**62), max_size=6)))
    messages = [
        MessageRecord(
            key,
            chat_id,
            draw(st.sampled_from([None, *ids[:place]])),
            draw(st.sampled_from(["user", "assistant"])),
            draw(_text),
            draw(_number),
            draw(_text),
            draw(st.sampled_from(["", "stop", "length", "cancelled", INTERRUPTED])),
            tuple(draw(st.lists(st.integers(0, 2**32 - 1), max_size=4))),
            draw(_mapping),
            draw(_files),
        )
        for place, key in enumerate(ids)
    ]
    record = ChatRecord(
        chat_id,
        draw(_text),
        draw(st.booleans()),
        draw(st.booleans()),
        draw(_number),
        draw(_number),
        draw(_text),
        draw(_mapping),
        draw(st.sampled_from([None, *ids])),
    )
    return record, messages


@given(chats())
def test_json_loses_nothing(found: Chat) -> None:
    record, messages = found
    assert from_json(to_json(record, messages), "x.json") == (record, messages)


def test_json_holds_every_field_of_the_records() -> None:
    record = chat()
    written = json.loads(to_json(record, [message(record.id, "user", "x")]))
    assert set(written["chat"]) == {field.name for field in dataclasses.fields(ChatRecord)}
    assert {*written["messages"][0], "chat"} == {field.name for field in dataclasses.fields(MessageRecord)}


def test_an_answer_that_is_being_written_is_exported_as_interrupted() -> None:
    record = chat()
    written = to_json(record, [message(record.id, "assistant", "half", state=WRITING)])
    assert from_json(written, "x")[1][0].state == INTERRUPTED


@st.composite
def branches(draw: st.DrawFn) -> Chat:
    """What a page can hold: one branch, times in seconds, names of one line."""
    line = st.sampled_from(["notes.txt", "Gemma 3 · Native", "a [b]: c", "x === y", "--> z"])
    hostile = st.sampled_from(
        [
            "",
            "\n",
            "=== You ===",
            "\\=== You ===",
            "<!-- facet: user -->\n## You",
            "```",
            "\\<!-- facet: ",
            " ",
        ]
    )
    text = st.lists(hostile | st.text("ab\n#=\\ ", max_size=9), max_size=5).map("\n".join)
    record = chat(draw(line))
    messages: list[MessageRecord] = []
    for _ in range(draw(st.integers(1, 4))):
        role = draw(st.sampled_from(["user", "assistant"]))
        parent = messages[-1].id if messages else None
        files = tuple(Attachment(draw(line), draw(text)) for _ in range(draw(st.integers(0, 2))))
        made = message(record.id, role, draw(text), parent)  # type: ignore[arg-type]
        author = draw(line) if role == "assistant" else ""
        time = draw(st.integers(0, 4_000_000_000)) * 1000
        messages.append(replace(made, author=author, created_ms=time, attachments=files))
    return replace(record, system=draw(text), leaf=messages[-1].id), messages


@given(branches(), st.sampled_from([".md", ".txt"]))
def test_a_page_gives_back_the_branch(found: Chat, ending: str) -> None:
    record, messages = found
    form = FORMS[ending]
    again, read = form.read(form.write(record, messages), "x")
    assert (again.title, again.system, again.leaf) == (record.title, record.system, read[-1].id)
    assert [(one.role, one.text, one.author, one.created_ms, one.attachments) for one in read] == [
        (one.role, one.text, one.author, one.created_ms, one.attachments) for one in messages
    ]
    assert [one.parent for one in read] == [None, *(one.id for one in read[:-1])]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda it: it.clear(), "is no chat of Facet's"),
        (lambda it: it.update({MARK: 2}), "was written by a newer Facet (format 2)"),
        (lambda it: it.update({MARK: "1"}), "is damaged: facet_chat"),
        (lambda it: it.update({MARK: True}), "is damaged: facet_chat"),
        (lambda it: it.pop("chat"), "the chat is no object"),
        (lambda it: it.update(messages={}), "messages is no list"),
        (lambda it: it["messages"].append(3), "message 3 is no object"),
        (lambda it: it["messages"].append(it["messages"][0]), "message 3 has the id of an earlier one"),
        (lambda it: it["messages"][0].update(parent=7), "message 1 follows one that is not before it"),
        (lambda it: it["messages"][0].pop("text"), "text of message 1 is None, not a text"),
        (lambda it: it["messages"][1].update(role="system"), "role of message 2 is 'system'"),
        (lambda it: it["messages"][1].update(id=2**63), "id of message 2 is 9223372036854775808"),
        (lambda it: it["messages"][1].update(id=0), "id of message 2 is 0"),
        (lambda it: it["messages"][1].update(ids=[-1]), "ids of message 2"),
        (lambda it: it["messages"][1].update(ids=[True]), "ids of message 2"),
        (lambda it: it["messages"][1].update(figures=[]), "figures of message 2"),
        (lambda it: it["messages"][1].update(created_ms=1.5), "created_ms of message 2"),
        (lambda it: it["messages"][1].update(attachments=["x"]), "an attachment of message 2 is no object"),
        (lambda it: it["chat"].update(pinned=1), "pinned of the chat is 1, not true or false"),
        (lambda it: it["chat"].update(title=["x" * 99]), "title of the chat is ['xxx"),
    ],
)
def test_a_damaged_file_says_where(tmp_path: Path, change: object, said: str) -> None:
    record = chat()
    question = message(record.id, "user", "Q")
    document = json.loads(to_json(record, [question, message(record.id, "assistant", "A", question.id)]))
    change(document)  # type: ignore[operator]
    path = tmp_path / "bad.json"
    path.write_text(json.dumps(document))
    with pytest.raises(FacetError, match=r"^bad\.json ") as caught:
        read_chat(path)
    assert said in str(caught.value)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.json", b"", "it is not JSON"),
        ("a.json", b"[" * 100_000, "it is not JSON"),
        ("a.json", b"[1]", "is no chat of Facet's"),
        ("a.json", b'{"facet_report": 1}', "is no chat of Facet's"),
        ("a.json", "{}".encode("utf-16-le"), "not a text file"),
        ("a.json", b'{"x": "\xe9"}', "not UTF-8 text"),
        ("a.md", b"# Notes\n\n## You\n\nhello\n", "it has no heading of a message"),
        ("a.txt", b"plain words", "it has no heading of a message"),
        ("a.txt", b"=== System ===\n\nBe kind\n", "has no message"),
        ("a.txt", b"=== File: x ===\n\ny\n", "belongs to no message"),
        ("a.html", b"<html>", "those end in .json, .md, .txt"),
    ],
)
def test_foreign_files_are_refused(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(FacetError) as caught:
        read_chat(path)
    assert said in str(caught.value)


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.json"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(FacetError, match=r"huge\.json is too large: 64\.0 MB"):
        read_chat(path)


@settings(max_examples=60)
@given(st.text(max_size=200))
def test_any_title_makes_a_name(title: str) -> None:
    stem = file_stem(ChatRecord(new_id(), title, created_ms=now_ms()))
    assert not set(stem) & set('<>:"/\\|?*\n\0')
    assert len(f"{stem} (123456).json".encode()) < 255
    assert stem == stem.strip(" .")


def test_a_folder_of_chats_goes_out_and_comes_back(tmp_path: Path, store: ChatStore) -> None:
    made = []
    for number in range(3):
        record = chat("Same title")
        said = [message(record.id, "user", f"Question {number}")]
        made.append((replace(record, leaf=said[0].id), said))
    (tmp_path / f"{file_stem(made[0][0])}.json").write_text("mine")
    paths = [add_chat(tmp_path, ".json", *one) for one in made]
    assert [path.name[11:] for path in paths] == [f"Same title ({number}).json" for number in (2, 3, 4)]
    assert (tmp_path / f"{file_stem(made[0][0])}.json").read_text() == "mine"
    (tmp_path / "other.html").touch()
    assert set(chat_files(tmp_path)) == {*paths, tmp_path / f"{file_stem(made[0][0])}.json"}
    for path in paths:
        assert add_from_file(store, read_chat(path)).added
    assert [store.chat(one[0].id) for one in made] == made


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    record = chat()
    path = tmp_path / "a.json"
    path.write_text("before")
    write_chat(path, record, [])
    assert read_chat(path) == (record, [])
    if os.geteuid() != 0:
        tmp_path.chmod(0o500)
        with pytest.raises(FacetError, match="cannot be written"):
            write_chat(path, record, [])
        tmp_path.chmod(0o700)
    with pytest.raises(FacetError, match="cannot be written: No such file"):
        write_chat(tmp_path / "gone" / "a.json", record, [])
    assert [one.name for one in tmp_path.iterdir()] == ["a.json"]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ChatStore]:
    opened = ChatStore.open(tmp_path / "store" / "chats.sqlite3")
    yield opened
    opened.close()


def test_what_is_there_is_not_changed_by_an_import(store: ChatStore) -> None:
    record = chat("Mine")
    question = message(record.id, "user", "Q")
    answer = message(record.id, "assistant", "A", question.id, "stop")
    mine = (replace(record, leaf=answer.id), [question, answer])
    store.add(*mine)
    assert not add_from_file(store, (replace(mine[0], title="Other", pinned=True), mine[1])).added
    changed = add_from_file(store, (mine[0], [question, replace(answer, text="B")]))
    assert changed.added
    stolen = chat("Hostile")
    other = add_from_file(store, (stolen, [replace(question, chat=stolen.id, text="X")]))
    assert other.added
    assert store.chat(record.id) == mine
    copy = store.chat(changed.chat.id)
    assert copy is not None
    assert [(one.text, one.parent) for one in copy[1]] == [("Q", None), ("B", copy[1][0].id)]
    assert copy[0].leaf == copy[1][1].id
    assert len(store.chats()) == 3


def test_ids_of_the_future_are_not_taken_over(store: ChatStore) -> None:
    record = ChatRecord(2**62, "Late")
    added = add_from_file(store, (record, [message(record.id, "user", "Q")])).chat
    assert added.id < new_id()


def test_a_chat_that_was_deleted_can_be_imported_again(store: ChatStore) -> None:
    record = chat()
    mine = (record, [message(record.id, "user", "Q")])
    store.add(*mine)
    store.remove_chat(record.id)
    added = add_from_file(store, mine)
    assert added.added
    assert [one.id for one in store.chats()] == [added.chat.id]
