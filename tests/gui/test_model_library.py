"""Models are added, imported and deleted in the window, and nothing is lost or left half on the way."""

import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import installation
from app.backends.verified_import import ImportRequest
from app.catalog.importer import ImportProgress
from app.catalog.scan import scan
from app.errors import Cancelled, EngineDied, FacetError
from app.settings import Settings
from app.ui.look.theme import Theme
from app.ui.main_window import MainWindow
from app.ui.models.model_library import ModelLibrary
from app.ui.models.work_card import WorkCard
from app.workers import model_desk
from app.workers.file_kind import FileKind, kind_of
from app.workers.model_desk import DeskProgress, ModelDesk
from app.workers.model_files import (
    ModelArrived,
    ModelTrashed,
    PlaceRequest,
    import_in_process,
    restore,
    trash,
)
from tests.fakes.tiny_checkpoints import TinyModel, golden, write_gguf, write_huggingface
from tests.gui.conftest import WAIT_MS, FakeBackends, MakeWindow, script

LONG_MS = 60_000
"""An import starts processes of its own."""


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "models"
    folder.mkdir()
    monkeypatch.setenv("GEMMA_MODELS_DIR", str(folder))
    return folder


@pytest.fixture
def opened() -> list[Path]:
    """What the library wanted to be opened where it lies."""
    return []


Shown = tuple[MainWindow, ModelLibrary]


@pytest.fixture
def shown(
    make_window: MakeWindow, backends: FakeBackends, theme: Theme, models: Path, opened: list[Path]
) -> Iterator[Shown]:
    shutil.copy(golden("sfp"), models / "mine.sbs")
    entries = [backends.listed(entry) for entry in scan([models])]
    window = make_window(entries, Settings())
    library = ModelLibrary(window, theme, ModelDesk(), opened.append)
    yield window, library
    assert library.wait_for_threads(WAIT_MS)


def drop(window: MainWindow, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    rest = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPointF(9, 9).toPoint(), *rest)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(9, 9), *rest))


def test_a_dropped_sbs_is_opened_in_place_copied_or_linked(
    qtbot: QtBot, shown: Shown, models: Path, opened: list[Path], tmp_path: Path
) -> None:
    window, library = shown
    given = shutil.copy(golden("sfp"), tmp_path / "given.sbs")
    card = library.add_card
    for act in (card.open, card.copy):
        drop(window, given)
        qtbot.waitUntil(card.isVisible, timeout=WAIT_MS)
        assert not card.start.isVisible()
        act.click()
    assert opened == [given]
    qtbot.waitUntil(lambda: "is copied to" in library.work_card.text, timeout=WAIT_MS)
    assert (models / "given.sbs").read_bytes() == given.read_bytes()
    (models / "given.sbs").unlink()
    drop(window, given)
    qtbot.waitUntil(card.isVisible, timeout=WAIT_MS)
    card.link.click()
    qtbot.waitUntil(lambda: "is linked to" in library.work_card.text, timeout=WAIT_MS)
    assert (models / "given.sbs").resolve() == given.resolve()


def test_what_is_there_already_is_not_written_over(
    qtbot: QtBot, shown: Shown, models: Path, tmp_path: Path
) -> None:
    _, library = shown
    given = tmp_path / "mine.sbs"
    given.write_bytes(b"another")
    before = (models / "mine.sbs").read_bytes()
    library.offer(given)
    library.add_card.copy.click()
    qtbot.waitUntil(lambda: "exists already" in library.work_card.text, timeout=WAIT_MS)
    assert (models / "mine.sbs").read_bytes() == before


@pytest.mark.parametrize("make", [write_huggingface, write_gguf])
def test_an_import_shows_its_phases_and_is_checked(
    qtbot: QtBot,
    shown: Shown,
    models: Path,
    tmp_path: Path,
    make: Callable[[Path, TinyModel], Path],
) -> None:
    window, library = shown
    phases: list[str] = []
    priorities: set[int] = set()
    own = psutil.Process()

    def note(progress: DeskProgress) -> None:
        phases.append(progress.phase)
        priorities.update(child.nice() for child in own.children())

    library._desk.progressed.connect(note)
    drop(window, make(tmp_path / "tiny.gguf", TinyModel()))
    qtbot.waitUntil(library.add_card.isVisible, timeout=WAIT_MS)
    library.add_card.name.setText("imported")
    library.add_card.start.click()
    qtbot.waitUntil(lambda: "tensors checked" in library.work_card.text, timeout=LONG_MS)
    assert "every value is the source's" in library.work_card.text
    assert [item.name for item in (models / "imported").iterdir()] == ["imported.sbs"]
    assert {"writing weights", "checking weights"} <= set(phases)
    assert all(priority > own.nice() for priority in priorities), "the window comes first"
    assert priorities


def test_several_models_are_asked_about_one_after_the_other(
    shown: Shown, opened: list[Path], tmp_path: Path
) -> None:
    _, library = shown
    given = [shutil.copy(golden("sfp"), tmp_path / f"{name}.sbs") for name in ("one", "two", "three")]
    for path in given:
        library.offer(path)
    library.add_card.open.click()
    assert library.sheet.isVisible()
    library.add_card.dismiss.click()
    library.add_card.open.click()
    assert opened == [given[0], given[2]]
    assert library.add_card.isHidden()


def test_a_cancelled_import_leaves_nothing(qtbot: QtBot, shown: Shown, models: Path, tmp_path: Path) -> None:
    _, library = shown
    library.offer(write_gguf(tmp_path / "tiny.gguf", TinyModel()))
    library.add_card.start.click()
    with qtbot.waitSignal(library._desk.progressed, timeout=LONG_MS):
        pass
    with qtbot.waitSignal(library._desk.failed, timeout=LONG_MS) as failed:
        library.work_card.button.click()
    assert isinstance(failed.args[0], Cancelled)
    assert not library.work_card.isVisible()
    assert [item.name for item in models.iterdir()] == ["mine.sbs"]


def test_an_import_whose_process_dies_says_so_and_leaves_nothing(
    tmp_path: Path, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = (
        "import os, pathlib, sys; request = sys.stdin.readline();"
        f"pathlib.Path({str(models)!r}, f'.tiny.{{os.getpid()}}-1a2b.importing').mkdir(); os._exit(9)"
    )
    monkeypatch.setattr(installation, "module_command", lambda _: [sys.executable, "-c", program])
    request = ImportRequest(write_gguf(tmp_path / "tiny.gguf", TinyModel()), models, "tiny")
    with pytest.raises(EngineDied, match="ended"):
        import_in_process(request, threading.Event(), lambda phase, done, total: True)
    assert list(models.iterdir()) == []


def test_the_trash_is_asked_for_in_place_closes_what_is_loaded_and_can_be_undone(
    qtbot: QtBot,
    shown: Shown,
    backends: FakeBackends,
    models: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window, library = shown
    qtbot.waitUntil(lambda: window.flow.loaded, timeout=WAIT_MS)
    closed_when_moved: list[bool] = []

    def move(path: Path) -> ModelTrashed:
        closed_when_moved.append(backends.native.models[0].closed)
        place = tmp_path / "trash" / "files" / path.name
        place.parent.mkdir(parents=True)
        path.rename(place)
        return ModelTrashed(path, place)

    monkeypatch.setattr(model_desk, "trash", move)
    library.open()
    trashing = library.trashing
    trashing.button.click()
    assert "mine" in trashing.bar.text
    assert "closed first" in trashing.bar.text
    assert (models / "mine.sbs").exists()
    with qtbot.waitSignal(library._desk.trashed, timeout=WAIT_MS):
        trashing.bar.yes.click()
    assert closed_when_moved == [True]
    assert not (models / "mine.sbs").exists()
    with qtbot.waitSignal(library._desk.restored, timeout=WAIT_MS):
        trashing.undo.button.click()
    assert (models / "mine.sbs").exists()


@pytest.fixture
def copying(shown: Shown, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[threading.Event]:
    """A copy is under way until the event is set."""
    _, library = shown
    until = threading.Event()

    def place(request: PlaceRequest, _cancelled: threading.Event, progress: ImportProgress) -> ModelArrived:
        progress("copying", 1_000_000, 2_000_000)
        assert until.wait(WAIT_MS / 1000)
        return ModelArrived(request.folder / request.source.name, "It is copied.")

    monkeypatch.setattr(model_desk, "place", place)
    library.offer(shutil.copy(golden("sfp"), tmp_path / "given.sbs"))
    library.add_card.copy.click()
    yield until
    until.set()


def test_the_trash_does_not_wait_for_a_copy(
    qtbot: QtBot, shown: Shown, copying: threading.Event, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, library = shown
    monkeypatch.setattr(model_desk, "trash", lambda path: ModelTrashed(path, path.with_suffix(".gone")))
    qtbot.waitUntil(lambda: "copying" in library.work_card.text, timeout=WAIT_MS)
    library.trashing.button.click()
    with qtbot.waitSignal(library._desk.trashed, timeout=WAIT_MS):
        library.trashing.bar.yes.click()
    assert "mine.sbs is in the trash" in library.trashing.undo.button.accessibleName()
    assert "copying" in library.work_card.text
    copying.set()
    qtbot.waitUntil(lambda: library.work_card.text == "It is copied.", timeout=WAIT_MS)


def test_a_trash_that_fails_is_told_beside_a_copy_that_goes_on(
    qtbot: QtBot, shown: Shown, copying: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, library = shown

    def refuse(path: Path) -> ModelTrashed:
        raise FacetError(f"{path.name} could not be moved.", "Delete it by hand.")

    monkeypatch.setattr(model_desk, "trash", refuse)
    qtbot.waitUntil(lambda: "copying" in library.work_card.text, timeout=WAIT_MS)
    library.trashing.button.click()
    library.trashing.bar.yes.click()
    refusal = library.trashing.refusal
    qtbot.waitUntil(refusal.isVisible, timeout=WAIT_MS)
    assert refusal.text == "mine.sbs could not be moved. Delete it by hand."
    assert library._desk.bringing
    assert "copying" in library.work_card.text
    assert library.work_card.button.text() == "Cancel"
    copying.set()
    qtbot.waitUntil(lambda: library.work_card.text == "It is copied.", timeout=WAIT_MS)
    assert refusal.isVisible(), "looking through the folders again does not take it away"


def test_a_second_model_goes_to_the_trash_while_the_first_is_being_closed(
    qtbot: QtBot, shown: Shown, backends: FakeBackends, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, library = shown
    moved: list[str] = []

    def move(path: Path) -> ModelTrashed:
        moved.append(path.name)
        return ModelTrashed(path, path)

    monkeypatch.setattr(model_desk, "trash", move)
    qtbot.waitUntil(lambda: window.flow.loaded, timeout=WAIT_MS)
    assert window.listing is not None
    (loaded,) = window.listing.entries
    other = replace(loaded, entry=replace(loaded.entry, name="other", path=models / "other.sbs"))
    library.open()
    library.trashing.bar.confirmed.emit(loaded)
    library.trashing.bar.confirmed.emit(other)
    qtbot.waitUntil(lambda: sorted(moved) == ["mine.sbs", "other.sbs"], timeout=WAIT_MS)


def test_what_is_at_work_is_not_deleted(
    qtbot: QtBot, shown: Shown, backends: FakeBackends, models: Path
) -> None:
    window, library = shown
    script(backends.native, answer="word " * 500, token_s=0.01)
    qtbot.waitUntil(lambda: window.flow.loaded, timeout=WAIT_MS)
    window.controller.release()  # the next load follows the new script
    window.flow.send("Go on")
    qtbot.waitUntil(lambda: "word" in window.pane.transcript.last_text, timeout=WAIT_MS)
    library.open()
    library.trashing.button.click()
    assert "at work" in window.notice.text
    assert not library.trashing.bar.isVisible()
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.flow.stop()


def test_the_systems_trash_takes_a_file_and_gives_it_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    path = tmp_path / "model.sbs"
    path.write_bytes(b"weights")
    trashed = trash(path)
    assert not path.exists()
    restore(trashed)
    assert path.read_bytes() == b"weights"
    with pytest.raises(FacetError, match="could not be moved"):
        trash(tmp_path / "missing.sbs")


def test_the_card_tells_speed_and_remaining_time(qtbot: QtBot) -> None:
    seconds = [0.0]
    card = WorkCard(now=lambda: seconds[0])
    qtbot.addWidget(card)
    card.start("Importing tiny")
    card.show_progress(DeskProgress("writing weights", 0, 1_000_000_000))
    seconds[0] = 2.0
    card.show_progress(DeskProgress("writing weights", 250_000_000, 1_000_000_000))
    assert card.text == "Importing tiny · writing weights · 250 MB of 1.0 GB · 125 MB/s · 6 s left"
    card.show_progress(DeskProgress("running the source", 0, 0))
    assert card.text == "Importing tiny · running the source"
    card.show_end(Cancelled())
    assert not card.isVisible()


def test_the_file_kinds_that_are_models(models: Path, tmp_path: Path) -> None:
    folder = write_huggingface(tmp_path / "hf", TinyModel())
    assert kind_of(folder) is FileKind.MODEL
    assert kind_of(folder / "config.json") is FileKind.TEXT
    assert kind_of(models) is FileKind.TEXT
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe.json")
        assert kind_of(folder / "pipe.json") is FileKind.TEXT
