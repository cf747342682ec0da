"""Starts the window and ends it.

Start-up order:
1. log and settings (damaged ones become a notice);
2. QApplication, language, theme, qasync loop;
3. engine and catalog threads, window, on screen;
4. from the event loop: the catalog scan, then the load of the last model; no backend is imported before.

At the end: the window leaves the screen at once, the running request is cancelled, settings are saved once
more (they are at every change), threads are waited for.
"""

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import cast

import qasync
from PySide6.QtCore import QCoreApplication, QLocale, QTimer
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from app import logs, paths, settings
from app.backends.native.backend import installed_build_id
from app.backends.registry import installed
from app.chat import drafts
from app.compare.machine import this_machine
from app.compare.noise_measurement import measure_noise
from app.language import tr
from app.ui.benchmark.benchmark_view import benchmark_view
from app.ui.composing.draft_book import DraftBook
from app.ui.display import display_problem
from app.ui.display_loss import run_to_end
from app.ui.file_opening import FileOpening
from app.ui.look.theme import Theme, ThemeChoice
from app.ui.main_window import MainWindow
from app.ui.models.model_library import ModelLibrary
from app.ui.offscreen_tour import take_tour
from app.ui.run_mark import RunMark
from app.ui.single_instance import SingleInstance
from app.ui.translation import speak_language
from app.workers.analysis_controller import AnalysisController
from app.workers.catalog_scanner import CatalogScanner
from app.workers.chat_keeper import ChatKeeper
from app.workers.compare_workers import CompareWorkers
from app.workers.controller import GenerationController
from app.workers.folder_watch import FolderWatch
from app.workers.garbage_collector import GarbageCollector
from app.workers.idle_release import IdleRelease
from app.workers.interrupt import Interrupt
from app.workers.list_catalog import list_catalog
from app.workers.memory_guard import MemoryGuard
from app.workers.model_desk import ModelDesk
from app.workers.preload import ANSWERS, VIEWS, preload
from app.workers.report_desk import ReportDesk
from app.workers.settings_keeper import SettingsKeeper
from app.workers.weights_sums import WeightsSums

_WAIT_MS = 5000
_PRELOAD_MS = 1500
"""After the window has come up."""
_ICON = Path(__file__).parents[2] / "resources" / "facet.svg"
_DESKTOP_ID = "io.github.facet_gemma.facet"
"""The desktop entry's name: how Wayland finds the window's icon."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """What the window takes from the command line."""

    file: Path | None = None
    screenshot: Path | None = None


def parse(argv: Sequence[str]) -> Arguments:
    """`argv` without the program's name. Ends the program with code 2 on wrong usage, as argparse does."""
    parser = argparse.ArgumentParser(prog="facet", description="Opens the window.", allow_abbrev=False)
    parser.add_argument(
        "file", type=Path, nargs="?", metavar="FILE", help="a model (.sbs), a comparison or chat (.json)"
    )
    parser.add_argument(
        "--screenshot", type=Path, metavar="PATH", help="run offscreen; where the picture goes"
    )
    return Arguments(**vars(parser.parse_args(argv)))


def run_window(argv: Sequence[str] = ()) -> int:
    """Open the window and return when it is closed; without a screen take the offscreen tour. Exit code."""
    arguments = parse(argv)
    problem = display_problem() or ("A picture is wanted." if arguments.screenshot else "")
    if problem:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    notices = [logs.start(paths.log_dir())]
    logs.note_uncaught()
    settings_path = paths.config_dir() / "settings.json"
    chosen, notice = settings.load(settings_path)
    notices.append(notice)
    QCoreApplication.setApplicationName("Facet")
    QGuiApplication.setDesktopFileName(_DESKTOP_ID)
    app = QApplication(["facet"])
    speak_language(app, chosen.language)
    garbage = GarbageCollector(app)
    instance = SingleInstance(paths.state_dir())
    if not problem and not instance.begin(_full_path(arguments.file)):
        logs.stop()
        return 0
    app.setQuitOnLastWindowClosed(False)
    app.setLayoutDirection(QLocale().textDirection())
    app.setWindowIcon(QIcon(str(_ICON)))
    theme = Theme(app, cast("ThemeChoice", chosen.theme))
    files: list[Path] = []
    guard = MemoryGuard(installed().open, wanted=lambda: window.preferences.settings.memory_guard)
    scanner = CatalogScanner(lambda folder: list_catalog(folder, files))
    watch = FolderWatch(scanner.look, scanner)
    scanner.scanned.connect(watch.follow)

    def make_controller() -> GenerationController:
        controller = GenerationController(guard.open)
        IdleRelease(controller, lambda: window.settings.idle_release_minutes)
        return controller

    window = MainWindow(
        make_controller,
        scanner,
        CompareWorkers(
            AnalysisController(partial(measure_noise, installed())),
            ReportDesk(lambda: this_machine(installed_build_id())),
            WeightsSums(),
        ),
        chosen,
        theme,
        ChatKeeper(paths.data_dir() / "chats.sqlite3"),
        benchmark_view(theme),
    )
    keeper = SettingsKeeper(settings_path, window)
    keeper.failed.connect(window.notice.say)
    if not problem:
        window.preferences.changed.connect(keeper.keep)
    for sentence in filter(None, notices):
        window.notice.say(sentence)
    drafts_path = paths.state_dir() / "drafts.json"
    mark = RunMark(paths.state_dir() / "running")
    draft_book = None
    if not problem:  # the tour leaves what a user has written as it is
        held, edits = window.files.attaching.held, window.pane.transcript.edits
        draft_book = DraftBook(window.composer, window.chats, held, edits, drafts_path, window)
        draft_book.said.connect(window.notice.say)
        crashed = mark.begin()
        restored = draft_book.restore(drafts.load(drafts_path), crashed)
        if crashed:
            window.notice.say(_crash_words(restored))
    opening = FileOpening(window, files)
    library = ModelLibrary(window, theme, ModelDesk(), opening.open)
    instance.asked.connect(opening.come_forward)
    window.closed.connect(instance.stop_listening)
    window.closed.connect(watch.stop)
    loop = qasync.QEventLoop(app)
    if arguments.file is not None:
        loop.call_soon(opening.open, arguments.file)  # which may start a coroutine
    with loop:
        if problem:
            code: int = loop.run_until_complete(take_tour(window, problem, arguments.screenshot))
        else:
            code = run_to_end(loop, window, _until_closed(window))
        # The threads end while the window is off the screen; what they still send is heard by nobody.
        kept_in_time = keeper.close(_WAIT_MS / 1000)
        if not problem and kept_in_time and (failure := settings.save(window.settings, settings_path)):
            sys.stderr.write(f"facet: {failure}\n")
        if draft_book is not None:
            draft_book.close()
            mark.end()
        if not (library.wait_for_threads(_WAIT_MS) and window.wait_for_threads(_WAIT_MS)):
            # A QThread that is destroyed while it runs aborts the process; everything worth saving is saved.
            logs.stop()
            instance.close()
            os._exit(code)
    instance.close()
    window.deleteLater()
    QCoreApplication.processEvents()
    garbage.close()
    logs.stop()
    return code


def _crash_words(restored: bool) -> str:
    log = tr("Its log is in {folder}.").format(folder=paths.log_dir())
    if restored:
        return tr("Facet did not end properly last time. What you had written is back. {log}").format(log=log)
    return tr("Facet did not end properly last time. {log}").format(log=log)


def _full_path(file: Path | None) -> str:
    """The other process has another current folder."""
    return "" if file is None else str(file.absolute())


async def _until_closed(window: MainWindow) -> int:
    closed = asyncio.get_running_loop().create_future()
    window.closed.connect(lambda: closed.set_result(0))
    interrupt = Interrupt(window)
    interrupt.interrupted.connect(window.close_guard.relent)
    interrupt.interrupted.connect(window.close)
    window.show()
    QTimer.singleShot(_PRELOAD_MS, partial(preload, (*ANSWERS, *VIEWS)))
    try:
        code: int = await closed
        await window.views.settle()
        return code
    finally:
        interrupt.close()
