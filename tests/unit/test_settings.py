"""Settings survive what happens to files."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from app import settings
from app.settings import Settings


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.json"
    chosen = replace(Settings(), backend="transformers", temperature=0.7, seed=2**64 - 1, panel_open=False)
    chosen = replace(chosen, shortcuts={"new_chat": "Ctrl+Alt+N"})
    assert settings.save(chosen, path) == ""
    assert settings.load(path) == (chosen, "")


def test_no_file_means_defaults_without_a_word(tmp_path: Path) -> None:
    assert settings.load(tmp_path / "settings.json") == (Settings(), "")


def test_keys_of_a_newer_version_survive_a_save(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"from_the_future": [1, 2], "seed": 3}', encoding="utf-8")
    loaded, _ = settings.load(path)
    settings.save(replace(loaded, seed=4), path)
    saved = json.loads(path.read_text(encoding="utf-8"))
    assert saved["from_the_future"] == [1, 2]
    assert saved["seed"] == 4


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff\xfe", b"[" * 100_000])
def test_a_damaged_file_is_set_aside_with_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    loaded, notice = settings.load(path)
    assert loaded == Settings()
    kept = next(tmp_path.glob("settings.broken-*.json"))
    assert kept.read_bytes() == content
    assert kept.name in notice
    assert not path.exists()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("temperature", -1),
        ("temperature", "hot"),
        ("temperature", float("nan")),
        ("top_k", 2.5),
        ("top_k", True),
        ("seed", 2**64),
        ("threads", 257),
        ("dtype", "int3"),
        ("theme", "pink"),
        ("language", "tlh"),
        ("theme", []),
        ("panel_open", 1),
        ("last_model", None),
        ("models_dir", "a\0b"),
        ("shortcuts", {"stop": 3}),
        ("font_percent", 79),
        ("font_percent", 201),
        ("shortcuts", "Esc"),
    ],
)
def test_a_value_that_makes_no_sense_gives_the_default_and_is_named(
    tmp_path: Path, key: str, value: object
) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({key: value, "max_tokens": 7}), encoding="utf-8")
    loaded, notice = settings.load(path)
    assert loaded == replace(Settings(), max_tokens=7)
    assert key in notice


def test_a_save_that_fails_says_so_and_keeps_the_old_file(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    notice = settings.save(Settings(), blocked / "settings.json")
    assert "could not be saved" in notice
    assert blocked.read_text(encoding="utf-8") == "not a folder"


def test_a_mark_of_unicode_before_the_text_is_no_damage(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"seed": 3}', encoding="utf-8-sig")
    assert settings.load(path) == (replace(Settings(), seed=3), "")


def test_what_can_be_read_can_be_saved_however_deep_it_is(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    for depth in range(200, 4000, 200):  # what is too deep depends on Python's version
        path.write_text('{"unknown": ' + "[" * depth + "]" * depth + "}", encoding="utf-8")
        loaded, _ = settings.load(path)
        assert settings.save(loaded, path) == ""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes in folders")
def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    os.mkfifo(path)
    loaded, notice = settings.load(path)
    assert loaded == Settings()
    assert "not a regular file" in notice


def test_a_link_to_the_settings_stays_a_link(tmp_path: Path) -> None:
    kept, path = tmp_path / "kept elsewhere.json", tmp_path / "settings.json"
    kept.write_text("{}", encoding="utf-8")
    path.symlink_to(kept)
    assert settings.save(replace(Settings(), seed=3), path) == ""
    assert path.is_symlink()
    assert json.loads(kept.read_text(encoding="utf-8"))["seed"] == 3
