"""What is still being copied is not listed as broken, and what to watch to see it arrive."""

import os
import shutil
import time
from pathlib import Path

from app.catalog.arrival import QUIET_S, settled, watched_places
from app.catalog.scan import scan
from tests.fakes.tiny_checkpoints import golden


def test_a_growing_file_appears_when_it_is_whole_and_never_as_broken(tmp_path: Path) -> None:
    whole = golden("sfp").read_bytes()
    target = tmp_path / "arriving.sbs"
    for share in (1, 2, 3):
        target.write_bytes(whole[: len(whole) * share // 4])
        assert settled(scan([tmp_path])) == ([], True)
    target.write_bytes(whole)
    entries, settling = settled(scan([tmp_path]))
    assert [(entry.name, entry.usable) for entry in entries] == [("arriving", True)]
    assert not settling


def test_what_stays_broken_is_listed_with_its_reason(tmp_path: Path) -> None:
    target = tmp_path / "broken.sbs"
    target.write_bytes(b"no model")
    later = time.time() + QUIET_S + 1
    entries, settling = settled(scan([tmp_path]), later)
    assert [entry.usable for entry in entries] == [False]
    assert not settling
    os.utime(target, (later + 1e6, later + 1e6))  # a wrong clock does not hide it for ever
    assert settled(scan([tmp_path]), later)[1] is False


def test_a_folder_whose_files_come_one_after_the_other_waits_for_the_last(tmp_path: Path) -> None:
    folder = tmp_path / "arriving"
    folder.mkdir()
    assert settled(scan([tmp_path])) == ([], True)
    shutil.copyfile(golden("sfp"), folder / "weights.sbs")
    assert [entry.usable for entry in settled(scan([tmp_path]))[0]] == [True]


def test_a_folder_and_what_lies_in_it_is_watched_or_the_parent_of_a_missing_one(tmp_path: Path) -> None:
    there = tmp_path / "there"
    (there / "model").mkdir(parents=True)
    (there / ".hidden").mkdir()
    (there / "loop.sbs").symlink_to("loop.sbs")
    (there / "nowhere.sbs").symlink_to("missing")
    places = watched_places([there, tmp_path / "elsewhere" / "missing", tmp_path / "missing"])
    assert places == (str(there), str(there / "model"), str(tmp_path))


def test_a_folder_that_can_never_be_there_does_not_keep_others_from_being_watched(tmp_path: Path) -> None:
    assert watched_places([tmp_path / ("a" * 5000), tmp_path]) == (str(tmp_path),)
