"""Drafts on the disk."""

from pathlib import Path

import pytest

from app.chat import draft_files, drafts
from app.chat.drafts import Drafts
from app.chat.record import Attachment


def test_what_was_kept_is_there_again(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "drafts.json"
    kept = Drafts({2**62: "Grüße\n\n  two", 7: "x"}, 7)
    drafts.save(kept, path)
    assert drafts.load(path) == kept
    assert [file.name for file in path.parent.iterdir()] == ["drafts.json"]


def test_attached_texts_are_written_once_and_go_with_the_last_draft(tmp_path: Path) -> None:
    path = tmp_path / "drafts.json"
    folder = tmp_path / "drafts-files"
    one, same, other = (
        Attachment("a.txt", "x\r\n\ud83d" * 9),
        Attachment("b.txt", "x" * 9),
        Attachment("c", "x" * 9),
    )
    kept = Drafts({}, 1, 2, {1: (one, same), 2: (other,)}, {7: {8: ""}})
    drafts.save(kept, path)
    assert drafts.load(path) == kept
    first = {file.name: file.stat().st_mtime_ns for file in folder.iterdir()}
    assert len(first) == 2
    drafts.save(kept, path)
    assert {file.name: file.stat().st_mtime_ns for file in folder.iterdir()} == first
    drafts.save(Drafts({}, 1, 2, {2: (other,)}), path)
    assert [file.read_text() for file in folder.iterdir()] == ["x" * 9]
    drafts.save(Drafts(), path)
    assert not folder.exists()


def test_attached_texts_that_did_not_change_cost_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "drafts.json"
    encoded: list[str] = []
    as_before = draft_files._bytes
    monkeypatch.setattr(draft_files, "_bytes", lambda text: encoded.append(text) or as_before(text))
    one, other = Attachment("a.txt", "one"), Attachment("b.txt", "other")
    files = draft_files.Kept()
    drafts.save(Drafts({1: "a"}, files={1: (one,)}), path, files)
    encoded.clear()
    for text in ("ab", "abc"):
        drafts.save(Drafts({1: text}, files={1: (one,)}), path, files)
    assert encoded == []
    drafts.save(Drafts({1: "abc"}, files={1: (one, other)}), path, files)
    assert set(encoded) == {"other"}
    next(file for file in (tmp_path / "drafts-files").iterdir() if file.read_text() == "one").unlink()
    drafts.save(Drafts({1: "abc"}, files={1: (one, other)}), path, files)
    assert drafts.load(path).files == {1: (one, other)}, "written again where somebody took it away"
    drafts.save(Drafts(), path, files)
    encoded.clear()
    drafts.save(Drafts(files={1: (one,)}), path, files)
    assert set(encoded) == {"one"}, "forgotten with its file"


def test_an_attached_text_that_is_gone_or_another_is_named(tmp_path: Path) -> None:
    path = tmp_path / "drafts.json"
    drafts.save(
        Drafts({}, files={1: (Attachment("a", "one"), Attachment("b", "two"), Attachment("c", "3"))}), path
    )
    for file in (tmp_path / "drafts-files").iterdir():
        if file.read_text() == "one":
            file.unlink()
        elif file.read_text() == "two":
            file.write_text("twx")
    now = drafts.load(path)
    assert now.files == {1: (Attachment("c", "3"),)}
    assert now.lost == ("a", "b")


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        '{"texts": 3}',
        '{"texts": {"a": "b"}}',
        f'{{"texts": {{"{"1" * 5000}": "b"}}}}',
        "[" * 100_000,
        '{"files": {"1": [{"name": 2}, 3], "2": 1}, "edits": {"1": 2}}',
    ],
)
def test_a_damaged_file_is_as_none(tmp_path: Path, content: str) -> None:
    path = tmp_path / "drafts.json"
    path.write_text(content, encoding="utf-8")
    assert drafts.load(path) == Drafts()
    assert drafts.load(tmp_path / "not there") == Drafts()


def test_blank_texts_are_no_drafts(tmp_path: Path) -> None:
    path = tmp_path / "drafts.json"
    path.write_text('{"texts": {"1": "  ", "2": 5, "3": "x"}, "shown": "1"}', encoding="utf-8")
    assert drafts.load(path) == Drafts({3: "x"}, None)


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "drafts.json"
    drafts.save(Drafts({1: "old"}), path)

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        drafts.save(Drafts({1: "new"}), path)
    assert drafts.load(path) == Drafts({1: "old"})
    assert [file.name for file in tmp_path.iterdir()] == ["drafts.json"]
