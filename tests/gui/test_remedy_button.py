"""What to type in a terminal, where one command makes a missing backend usable."""

from PySide6.QtGui import QGuiApplication

from app.backends.base import Availability
from tests.gui.conftest import FakeBackends, MakeWindow, script


def test_it_can_be_copied(make_window: MakeWindow, backends: FakeBackends) -> None:
    missing = Availability(False, "torch is not installed.", "facet install-transformers")
    script(backends.transformers, openable=missing)
    remedy = make_window().top_bar.switch.remedy
    assert remedy.isVisible()
    assert remedy.accessibleName() == "How to install Transformers"
    remedy.copy_button.click()
    assert QGuiApplication.clipboard().text() == "facet install-transformers"


def test_it_is_hidden_where_no_command_helps(make_window: MakeWindow, backends: FakeBackends) -> None:
    script(backends.transformers, openable=Availability(False, "The file is damaged."))
    assert not make_window().top_bar.switch.remedy.isVisible()
