"""A model that is copied into a model folder is there whole or not at all."""

import os
import subprocess
import sys
from pathlib import Path

from app.catalog.placing import place_model


def _ended_process() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
        return process.pid


def test_what_a_copy_that_was_killed_left_goes_with_the_next_one(tmp_path: Path) -> None:
    source, folder = tmp_path / "new.sbs", tmp_path / "models"
    source.write_bytes(b"weights")
    folder.mkdir()
    gone = _ended_process()
    (folder / f".old.sbs.{gone}-12ab34cd.part").write_bytes(b"half")
    (folder / f".older.{gone}-12ab34cd.part").mkdir()
    (folder / f".older.{gone}-12ab34cd.part" / "config.json").write_bytes(b"{}")
    running = folder / f".other.sbs.{os.getpid()}-12ab34cd.part"
    running.write_bytes(b"half")
    theirs = folder / ".notes.part"
    theirs.write_bytes(b"somebody else's")
    target = place_model(source, folder, "copy", lambda phase, done, total: True)
    assert target.read_bytes() == b"weights"
    assert sorted(folder.iterdir()) == sorted([target, running, theirs])
