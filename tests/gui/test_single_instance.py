"""A second start tells the first window and ends; a window that is gone locks nobody out."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from app.ui import single_instance
from app.ui.single_instance import SingleInstance

ROOT = Path(__file__).parents[2]
SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from app.ui.single_instance import SingleInstance
app = QCoreApplication([])
instance = SingleInstance(Path(sys.argv[1]))
sys.exit(0 if instance.begin(sys.argv[2]) else 7)
"""


def second_start(state: Path, file: str) -> "subprocess.Popen[bytes]":
    """Ends with 7 when it handed `file` over, with 0 when it became the first."""
    return subprocess.Popen(
        [sys.executable, "-c", SECOND, str(state), file],
        cwd=ROOT,
        env=os.environ | {"XDG_ACTIVATION_TOKEN": "from the file manager"},
    )


def test_a_second_start_hands_its_file_over(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "")
    first = SingleInstance(tmp_path)
    assert first.begin("")
    with qtbot.waitSignal(first.asked, timeout=60_000) as asked:
        second = second_start(tmp_path, "/models/größe.sbs")
    assert asked.args == ["/models/größe.sbs"]
    assert os.environ["XDG_ACTIVATION_TOKEN"] == "from the file manager"
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=60_000)
    assert second.returncode == 7
    first.close()


def test_another_folder_is_another_facet(qtbot: QtBot, tmp_path: Path) -> None:
    one, other = SingleInstance(tmp_path / "one"), SingleInstance(tmp_path / "other")
    assert one.begin("")
    assert other.begin("")
    one.close()
    other.close()


def test_after_the_first_has_closed_the_next_is_the_first(qtbot: QtBot, tmp_path: Path) -> None:
    first = SingleInstance(tmp_path)
    assert first.begin("")
    first.close()
    again = SingleInstance(tmp_path)
    assert again.begin("")
    again.close()


def test_a_window_that_crashed_locks_nobody_out(qtbot: QtBot, tmp_path: Path) -> None:
    crash = SECOND.replace("sys.exit(0 if", "import os; os._exit(9 if")
    done = subprocess.run([sys.executable, "-c", crash, str(tmp_path), ""], cwd=ROOT, check=False)
    assert done.returncode == 9
    assert (tmp_path / "window.lock").exists()
    first = SingleInstance(tmp_path)
    assert first.begin("")
    first.close()


def test_a_first_window_that_does_not_answer_is_not_waited_for(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(single_instance, "_ENDING_MS", 1)
    silent = SingleInstance(tmp_path)
    assert silent.begin("")
    silent.stop_listening()
    assert SingleInstance(tmp_path).begin("")
    silent.close()


@pytest.mark.parametrize(
    "said",
    [
        b"hello\n",
        b"[" * 50_000 + b"\n",
        b"no end" * 100_000,
        b'{"path": "a\\u0000b", "token": ""}\n',
        b'{"path": "", "token": "a\\u0000b"}\n',
        b'{"path": "", "token": "\\ud800"}\n',
    ],
    ids=["no JSON", "too deep", "no end", "NUL in the path", "NUL in the token", "half a character"],
)
def test_strangers_are_not_listened_to(qtbot: QtBot, tmp_path: Path, said: bytes) -> None:
    first = SingleInstance(tmp_path)
    assert first.begin("")
    stranger = QLocalSocket()
    stranger.connectToServer(single_instance._socket_name(tmp_path))
    assert stranger.waitForConnected(5000)
    with qtbot.assertNotEmitted(first.asked):
        stranger.write(said)
        stranger.flush()
        qtbot.waitUntil(lambda: stranger.state() is QLocalSocket.LocalSocketState.UnconnectedState)
    first.close()


def test_a_folder_that_cannot_be_made_keeps_no_window_from_opening(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    first = SingleInstance(tmp_path / "state")
    assert first.begin("")
    first.close()
