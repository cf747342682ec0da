"""The log: one rotating file, a quiet console, nobody else's handlers touched."""

import logging
import sys
from pathlib import Path

import pytest

from app import logs


def test_messages_reach_the_file_and_errors_the_console(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], expected_warnings: None
) -> None:
    assert logs.start(tmp_path) == ""
    try:
        logging.getLogger("app.test").info("opened")
        logging.getLogger("app.test").error("failed")
    finally:
        logs.stop()
    text = (tmp_path / "facet.log").read_text(encoding="utf-8")
    assert "opened" in text
    assert "failed" in text
    assert capsys.readouterr().err == "facet: failed\n"


def test_a_folder_that_cannot_be_used_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    try:
        assert "No log is written" in logs.start(tmp_path / "file" / "logs")
    finally:
        logs.stop()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full to stand for a full disk")
def test_a_full_disk_loses_messages_and_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "facet.log").symlink_to("/dev/full")
    assert logs.start(tmp_path) == ""
    try:
        logging.getLogger("app.test").info("opened")
    finally:
        logs.stop()
    assert capsys.readouterr().err == ""


def test_stopping_leaves_other_handlers_alone(tmp_path: Path) -> None:
    foreign = logging.NullHandler()
    root = logging.getLogger()
    root.addHandler(foreign)
    before = list(root.handlers)
    try:
        logs.start(tmp_path)
        logs.stop()
        assert root.handlers == before
    finally:
        root.removeHandler(foreign)


def test_what_nobody_caught_is_logged_and_still_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expected_warnings: None
) -> None:
    printed: list[BaseException] = []
    monkeypatch.setattr("sys.excepthook", lambda kind, error, trace: printed.append(error))
    logs.start(tmp_path)
    try:
        logs.note_uncaught()
        error = ModuleNotFoundError("No module named 'plots'")
        sys.excepthook(type(error), error, None)
    finally:
        logs.stop()
    assert printed == [error]
    assert "No module named 'plots'" in (tmp_path / "facet.log").read_text(encoding="utf-8")
