"""What tests of a chat do over and over: let the model say something, ask, press, and look."""

from pytestqt.qtbot import QtBot

from app.ui.main_window import MainWindow
from app.ui.transcript.message_port import MessageAction
from app.ui.transcript.message_tools import MessageTools
from tests.fakes.fake_backend import FakeScript
from tests.gui.conftest import WAIT_MS, FakeBackends, MakeWindow


def says(backends: FakeBackends, answer: str, **changes: object) -> None:
    """What the model that is open answers from now on."""
    session = backends.native.models[-1].sessions[-1]
    session._script = FakeScript(answer=answer, **changes)  # type: ignore[arg-type]


def opened(qtbot: QtBot, make_window: MakeWindow) -> MainWindow:
    window = make_window()
    qtbot.waitUntil(lambda: window.flow.loaded, timeout=WAIT_MS)
    return window


def ask(qtbot: QtBot, window: MainWindow, text: str) -> None:
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.flow.send(text)
    qtbot.waitUntil(lambda: not window.flow.busy, timeout=WAIT_MS)


def do(window: MainWindow, action: MessageAction, place: int) -> None:
    """As if the button of that message on screen were pressed."""
    window.messages.run(action, window.flow.chat.messages[place].id)


def do_and_wait(qtbot: QtBot, window: MainWindow, action: MessageAction, place: int) -> None:
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        do(window, action, place)
    qtbot.waitUntil(lambda: not window.flow.busy, timeout=WAIT_MS)


def texts(window: MainWindow) -> list[str]:
    return [message.text for message in window.flow.chat.messages]


def tools(qtbot: QtBot, window: MainWindow, place: int) -> MessageTools:
    """What stands beside that message, once it is on screen."""
    message = window.flow.chat.messages[place].id
    transcript = window.pane.transcript
    qtbot.waitUntil(lambda: transcript.view_of(message) is not None, timeout=WAIT_MS)
    view = transcript.view_of(message)
    assert view is not None
    assert view.tools is not None
    return view.tools


def switch(qtbot: QtBot, window: MainWindow, place: int) -> str:
    """E.g. "2/3", "" when there is nothing to switch."""
    shown = tools(qtbot, window, place).switch
    return shown.text if shown is not None and shown.isVisibleTo(window) else ""


def shut(qtbot: QtBot, window: MainWindow) -> None:
    window.close()
    qtbot.waitUntil(lambda: window.views.settled, timeout=WAIT_MS)
