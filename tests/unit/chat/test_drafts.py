"""Drafts on the disk."""

from pathlib import Path

import pytest

from app.chat import drafts
from app.chat.drafts import Drafts


def test_what_was_kept_is_there_again(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "drafts.json"
    kept = Drafts({2**62: "Grüße\n\n  two", 7: "x"}, 7)
    drafts.save(kept, path)
    assert drafts.load(path) == kept
    assert [file.name for file in path.parent.iterdir()] == ["drafts.json"]


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"texts": 3}', '{"texts": {"a": "b"}}', "[" * 100_000])
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
