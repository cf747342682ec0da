"""Whatever an engine's process comes to, the window lives: a true card, a way on, and nothing lost.

Real processes, killed, crashed and stopped at each stage; only what they compute is scripted.
"""

import os
import signal
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app import paths
from app.backends.isolated.backend import IsolatedBackend
from app.errors import EngineDied
from app.settings import Settings
from app.ui.chats.chat_session import Message
from app.ui.compare.compare_flow import CompareMode
from app.ui.main_window import MainWindow
from tests.fakes.fake_backend import FakeBackend
from tests.fakes.fake_engine_process import MODULE, engine_processes, isolated_fake, scripted_entry
from tests.gui.conftest import WAIT_MS, FakeBackends, MakeWindow, script
from tests.gui.test_heartbeat import Heartbeat

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="about POSIX signals")

ALIVE_MS = 500
"""The longest the window may be silent; a fault has no reason to stop it at all."""
SLOW_ANSWER = {"answer": "word " * 400, "token_s": 0.01}


@pytest.fixture(autouse=True)
def _isolated(backends: FakeBackends) -> None:
    """Native runs in a process of its own, transformers in this one."""
    backends.native = isolated_fake("native")  # type: ignore[assignment]


def send(window: MainWindow, text: str) -> None:
    window.composer.editor.setPlainText(text)
    window.composer.submitted.emit(text, ())


def card_text(window: MainWindow) -> str:
    card = window.pane.transcript.error_card
    return card.text if card is not None else ""


def messages(window: MainWindow) -> list[Message]:
    return list(window.flow.chat.messages)


@pytest.mark.parametrize("when", ["load", "prefill", "decode"])
@pytest.mark.parametrize("fault", ["kill", "segv", "abort", "close", "garbage"])
def test_a_death_becomes_a_card_and_the_other_engine_answers(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends, tmp_path: Path, fault: str, when: str
) -> None:
    entry = scripted_entry(tmp_path, fault=fault, when=when)
    window = make_window([backends.listed(entry)])
    heart = Heartbeat()
    heart.start()
    if when == "load":
        qtbot.waitUntil(lambda: bool(card_text(window)), timeout=WAIT_MS)
        window.flow.post("Question")
    else:
        qtbot.waitUntil(lambda: window.flow.loaded, timeout=WAIT_MS)
        with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS) as ended:
            send(window, "Question")
        assert isinstance(ended.args[0], EngineDied)
        assert "The answer failed" in card_text(window)
        assert str(paths.log_dir() / "engine.log") in card_text(window)
        assert not window.flow.loaded
    doing = {"load": "", "prefill": "reading the prompt", "decode": "writing the answer"}
    assert doing[when] in card_text(window)
    told = {"kill": "SIGKILL", "segv": "SIGSEGV", "abort": "tensor.cc:12: rows 3, expected 4"}
    assert when == "load" or told.get(fault, "ended") in card_text(window)
    assert messages(window)[0].text == "Question"
    if when == "decode" and fault != "garbage":
        assert messages(window)[1].text == "Hel"
    assert engine_processes() == []
    script(backends.transformers, answer="From the other one.")
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        if when == "load":
            window.top_bar.switch.button("transformers").click()
            window.flow.ask()
        else:
            card = window.pane.transcript.error_card
            assert card is not None
            card.other.click()
    assert [message.text for message in messages(window)] == ["Question", "From the other one."]
    heart.stop()
    assert max(heart.gaps_ms) < ALIVE_MS


def test_retry_starts_the_engine_again_and_asks_the_same(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends, tmp_path: Path
) -> None:
    window = make_window([backends.listed(scripted_entry(tmp_path, **SLOW_ANSWER))])
    qtbot.waitUntil(lambda: window.flow.loaded, timeout=WAIT_MS)
    send(window, "Question")
    qtbot.waitUntil(lambda: "word word" in window.pane.transcript.last_text, timeout=WAIT_MS)
    (first,) = engine_processes()
    first.kill()
    qtbot.waitUntil(lambda: bool(card_text(window)), timeout=WAIT_MS)
    assert "writing the answer (decode): signal SIGKILL" in card_text(window)
    card = window.pane.transcript.error_card
    assert card is not None
    card.retry.click()
    qtbot.waitUntil(lambda: "word word" in window.pane.transcript.last_text, timeout=WAIT_MS)
    (second,) = engine_processes()
    assert second.pid != first.pid
    assert [message.text for message in messages(window)] == ["Question"]
    window.flow.stop()
    qtbot.waitUntil(lambda: not window.flow.busy, timeout=WAIT_MS)
    assert window.flow.loaded


def test_a_stopped_process_leaves_the_window_alive_and_esc_ends_it(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends, tmp_path: Path
) -> None:
    window = make_window([backends.listed(scripted_entry(tmp_path, **SLOW_ANSWER))])
    qtbot.waitUntil(lambda: window.flow.loaded, timeout=WAIT_MS)
    send(window, "Question")
    qtbot.waitUntil(lambda: "word" in window.pane.transcript.last_text, timeout=WAIT_MS)
    (engine,) = engine_processes()
    os.kill(engine.pid, signal.SIGSTOP)
    heart = Heartbeat()
    heart.start()
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        window.views.stop()
    heart.stop()
    assert "did not stop within 1 s" in card_text(window)
    assert messages(window)[1].text.startswith("word")
    assert max(heart.gaps_ms) < ALIVE_MS
    assert engine_processes() == []


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGSTOP])
def test_closing_the_window_ends_an_engine_that_hangs(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends, tmp_path: Path, end: signal.Signals
) -> None:
    window = make_window([backends.listed(scripted_entry(tmp_path, **SLOW_ANSWER))])
    qtbot.waitUntil(lambda: window.flow.loaded, timeout=WAIT_MS)
    send(window, "Question")
    qtbot.waitUntil(lambda: "word" in window.pane.transcript.last_text, timeout=WAIT_MS)
    os.kill(engine_processes()[0].pid, end)
    window.close()
    qtbot.waitUntil(lambda: window.views.settled, timeout=WAIT_MS)
    assert window.wait_for_threads(WAIT_MS)
    assert engine_processes() == []


def test_the_other_pane_goes_on_streaming(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends, tmp_path: Path
) -> None:
    script(backends.transformers, answer="word " * 60, token_s=0.01)
    window = make_window([backends.listed(scripted_entry(tmp_path, **SLOW_ANSWER))])
    window.top_bar.compare_button.click()
    window.compare.controls.modes.button(CompareMode.AT_ONCE.value).click()
    send(window, "Question")
    left, right = window.compare.columns
    qtbot.waitUntil(lambda: bool(left.run.tokens and right.run.tokens), timeout=WAIT_MS)
    for engine in engine_processes():
        engine.kill()
    qtbot.waitUntil(lambda: not window.compare.flow.busy, timeout=WAIT_MS)
    card = left.pane.transcript.error_card
    assert card is not None
    assert "SIGKILL" in card.text
    assert right.pane.transcript.error_card is None
    assert right.flow.chat.messages[-1].text == "word " * 60


def test_unloading_gives_the_memory_back(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends, tmp_path: Path
) -> None:
    window = make_window([backends.listed(scripted_entry(tmp_path))])
    qtbot.waitUntil(lambda: window.flow.loaded, timeout=WAIT_MS)
    assert len(engine_processes()) == 1
    window.top_bar.switch.button("transformers").click()
    qtbot.waitUntil(lambda: not engine_processes() and window.flow.loaded, timeout=WAIT_MS)
    assert window.flow.loaded_model is not None
    assert window.flow.loaded_model.backend == "transformers"


def test_what_crashed_is_not_loaded_by_itself_at_the_next_start(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends, tmp_path: Path
) -> None:
    listed = [backends.listed(scripted_entry(tmp_path, fault="segv", when="prefill"))]
    window = make_window(listed)
    qtbot.waitUntil(lambda: window.flow.loaded, timeout=WAIT_MS)
    assert window.settings.crashed == ""
    with qtbot.waitSignal(window.flow.answered, timeout=WAIT_MS):
        send(window, "Question")
    kept = window.settings
    assert kept.crashed
    again = make_window([backends.listed(scripted_entry(tmp_path, answer="Well."))], kept)
    assert "is not loaded by itself" in again.notice.text
    assert not again.flow.loaded
    assert engine_processes() == []
    with qtbot.waitSignal(again.flow.answered, timeout=WAIT_MS):
        send(again, "Question")
    assert messages(again)[-1].text == "Well."
    assert again.settings.crashed == ""


def test_a_crash_of_one_model_keeps_no_other_from_loading(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends, tmp_path: Path
) -> None:
    settings = Settings(crashed="another native builtin", last_model="fake-1b")
    window = make_window([backends.listed(scripted_entry(tmp_path))], settings)
    qtbot.waitUntil(lambda: window.flow.loaded, timeout=WAIT_MS)
    assert window.settings.crashed == "another native builtin"


def test_the_native_engine_moves_into_a_process_of_its_own_and_back(
    qtbot: QtBot, make_window: MakeWindow, backends: FakeBackends, tmp_path: Path
) -> None:
    backends.native = IsolatedBackend(FakeBackend(), lambda options: False, MODULE)  # type: ignore[assignment]
    entry = scripted_entry(tmp_path)
    window = make_window([backends.listed(entry)], Settings(last_model=entry.name))
    qtbot.waitUntil(lambda: window.flow.loaded, timeout=WAIT_MS)
    assert engine_processes() == []
    box = window.panel.opening.isolation_box
    box.click()
    qtbot.waitUntil(lambda: window.flow.loaded and len(engine_processes()) == 1, timeout=WAIT_MS)
    assert window.settings.isolate_native
    window.top_bar.compare_button.click()
    left = window.compare.columns[0].target
    assert left is not None
    assert left.options.isolated
    box.click()
    qtbot.waitUntil(lambda: window.flow.loaded and not engine_processes(), timeout=WAIT_MS)
    assert not window.settings.isolate_native
