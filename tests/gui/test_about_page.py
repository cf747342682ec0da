"""The about page: licences, and diagnostics that name no home folder."""

import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.errors import FacetError
from app.ui.main_window import MainWindow
from app.ui.pages.about_page import AboutPage
from app.workers.diagnostics import diagnose
from tests.gui.conftest import WAIT_MS, MakeWindow


def _page(window: MainWindow, page: AboutPage | None = None) -> AboutPage:
    if page is not None:
        window.pages.add("about", page)
    window.registry.run("about")
    shown = window.pages.page("about")
    assert isinstance(shown, AboutPage)
    return shown


def test_every_dependency_is_named_with_its_licence(qtbot: QtBot, make_window: MakeWindow) -> None:
    page = _page(make_window())
    qtbot.waitUntil(lambda: "PySide6_Essentials" in page.licences.toPlainText(), timeout=WAIT_MS)
    assert "LGPL" in page.licences.toPlainText()


def test_diagnostics_go_to_the_clipboard(qtbot: QtBot, make_window: MakeWindow) -> None:
    page = _page(make_window(), AboutPage(lambda: "Backends\n", lambda: ""))
    QGuiApplication.clipboard().clear()
    page.copy.click()
    assert not page.copy.isEnabled()
    qtbot.waitUntil(lambda: page.copy.text() == "Copied", timeout=WAIT_MS)
    assert QGuiApplication.clipboard().text() == "Backends\n"
    assert page.copy.isEnabled()


def test_diagnostics_that_fail_are_told_in_place(qtbot: QtBot, make_window: MakeWindow) -> None:
    def fail() -> str:
        raise FacetError("It does not answer.", "Run it.")

    page = _page(make_window(), AboutPage(fail, lambda: ""))
    page.copy.click()
    qtbot.waitUntil(lambda: page.copy.isEnabled(), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: page._copying.problem.text() == "It does not answer. Run it.", timeout=WAIT_MS)


def test_diagnostics_name_no_home_folder() -> None:
    home = Path.home()
    printed = f"Settings: {home}/.config/facet"
    words = diagnose([sys.executable, "-c", f"print({printed!r})"])
    assert words == "Settings: ~/.config/facet\n"


def test_a_doctor_that_does_not_start_is_an_error_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(FacetError, match="could not be made"):
        diagnose([str(tmp_path / "not there")])
