"""Models come and go in the list by themselves."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.backends.base import Availability
from app.catalog.arrival import settled, watched_places
from app.catalog.scan import scan
from app.chat.prompt import PromptStyle
from app.workers.catalog_scanner import CatalogScanner
from app.workers.folder_watch import FolderWatch
from app.workers.listing import CatalogListing, ListedEntry
from tests.fakes.fake_backend import fake_entry
from tests.fakes.tiny_checkpoints import golden
from tests.gui.conftest import WAIT_MS, FakeBackends, MakeWindow, script


class Looked:
    """A scanner over one folder, and every listing that it told."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.told: list[list[tuple[str, bool]]] = []
        self.scanner = CatalogScanner(lambda _folder: self._listing())
        self.watch = FolderWatch(self.scanner.look, self.scanner, quiet_ms=20, again_ms=50)
        self.scanner.scanned.connect(self.watch.follow)
        self.scanner.listed.connect(self._tell)
        self.scanner.scan("")

    def _listing(self) -> CatalogListing:
        entries, settling = settled(scan([self.folder]))
        watch = watched_places([self.folder])
        return CatalogListing(tuple(map(ListedEntry, entries)), watch=watch, settling=settling)

    def _tell(self, listing: CatalogListing) -> None:
        self.told.append([(one.entry.name, one.entry.usable) for one in listing.entries])


@pytest.fixture
def looked(qtbot: QtBot, tmp_path: Path) -> Iterator[Looked]:
    looked = Looked(tmp_path / "models")
    qtbot.waitUntil(lambda: looked.told == [[]], timeout=WAIT_MS)
    yield looked
    looked.watch.stop()
    assert looked.scanner.wait_for_shutdown(WAIT_MS)
    looked.scanner.deleteLater()


def test_a_model_that_is_copied_in_slowly_appears_once_and_one_that_is_taken_away_goes(
    qtbot: QtBot, looked: Looked
) -> None:
    whole = golden("sfp").read_bytes()
    looked.folder.mkdir()  # not even the folder was there
    target = looked.folder / "new.sbs"
    with target.open("wb") as out:
        for at in range(0, len(whole), len(whole) // 8 + 1):
            out.write(whole[at : at + len(whole) // 8 + 1])
            out.flush()
            qtbot.wait(30)
    qtbot.waitUntil(lambda: looked.told[-1] == [("new", True)], timeout=WAIT_MS)
    assert looked.told == [[], [("new", True)]]
    target.unlink()
    qtbot.waitUntil(lambda: looked.told[-1] == [], timeout=WAIT_MS)


def test_what_changes_nothing_of_the_list_is_not_told(qtbot: QtBot, looked: Looked) -> None:
    looked.folder.mkdir()
    shutil.copyfile(golden("sfp"), looked.folder / "one.sbs")
    qtbot.waitUntil(lambda: looked.told[-1] == [("one", True)], timeout=WAIT_MS)
    with qtbot.waitSignal(looked.scanner.scanned, timeout=WAIT_MS):
        (looked.folder / "notes.txt").write_text("mine")
    assert looked.told == [[], [("one", True)]]


def test_what_the_chat_runs_stays_when_it_is_gone_from_the_disk(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends, tmp_path: Path
) -> None:
    entries = [backends.listed(fake_entry(tmp_path, name)) for name in ("first", "second")]
    window = make_window(entries)
    qtbot.waitUntil(lambda: window.flow.loaded, timeout=WAIT_MS)
    del entries[0]
    with qtbot.waitSignal(window.listed, timeout=WAIT_MS):
        window.scan()
    assert window.top_bar.picker.currentIndex() == -1
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.flow.send("Hello")
    assert [model.closed for model in backends.native.models] == [False]


def test_an_answer_goes_on_when_more_is_known_of_its_model(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends, tmp_path: Path
) -> None:
    """A file beside the weights, another prompt style or another backend is no reason to load them again."""
    script(backends.native, answer="word " * 80, token_s=0.002)
    entry = fake_entry(tmp_path)
    window = make_window([backends.listed(entry)])
    qtbot.waitUntil(lambda: window.flow.loaded, timeout=WAIT_MS)
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.flow.send("Go on")
        qtbot.waitUntil(lambda: "word" in window.pane.transcript.last_text, timeout=WAIT_MS)
        now = replace(entry, files=(("README.md", 12),), prompt_style=PromptStyle.RAW)
        states = backends.listed(entry).backends | {"third": Availability(True)}
        window._scanner.listed.emit(CatalogListing((ListedEntry(now, states),)))
    assert window.flow.chat.messages[-1].finish == "stop"
    assert window.flow.loaded
    assert len(backends.native.models) == 1


def test_weights_that_were_replaced_are_loaded(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends, tmp_path: Path
) -> None:
    entry = fake_entry(tmp_path)
    window = make_window([backends.listed(entry)])
    qtbot.waitUntil(lambda: window.flow.loaded, timeout=WAIT_MS)
    now = replace(entry, size_bytes=entry.size_bytes + 1)
    window._scanner.listed.emit(CatalogListing((backends.listed(now),)))
    qtbot.waitUntil(lambda: len(backends.native.models) == 2 and window.flow.loaded, timeout=WAIT_MS)


def test_a_model_of_the_same_name_does_not_take_the_place_of_the_one_in_use(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends, tmp_path: Path
) -> None:
    entry = fake_entry(tmp_path)
    window = make_window([backends.listed(entry)])
    qtbot.waitUntil(lambda: window.flow.loaded, timeout=WAIT_MS)
    other = replace(entry, path=tmp_path / "before")
    mine = replace(entry, name=f"{entry.name}-2")
    window._scanner.listed.emit(CatalogListing((backends.listed(other), backends.listed(mine))))
    assert window.top_bar.picker.currentText() == mine.name
    assert window.flow.loaded
    assert len(backends.native.models) == 1
