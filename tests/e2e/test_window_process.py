"""The program itself, as a process: what it does without a screen, and how it ends."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.chat import drafts
from app.chat.drafts import Drafts
from app.chat.record import Attachment

ROOT = Path(__file__).parents[2]


_NOTE_CONNECTIONS = """
import sys
def hook(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.bind"):
        with open({file!r}, "a") as file:
            print(event, *map(repr, arguments), file=file)
sys.addaudithook(hook)
"""
"""A sitecustomize.py: of this process and of every Python that it starts."""


def _run(arguments: list[str], cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "GEMMA_MODELS_DIR")
    }
    clean |= {"PYTHONPATH": str(ROOT), "HOME": str(cwd)} | environment
    return subprocess.run(
        [sys.executable, "-m", "app", *arguments],
        cwd=cwd,
        env=clean,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def test_without_a_screen_and_without_models_it_says_both_and_fails(tmp_path: Path) -> None:
    (tmp_path / "notes.json").write_text("{}")
    done = _run(["notes.json"], tmp_path)
    assert done.returncode == 1
    assert "There is no display" in done.stdout
    assert "no model was found" in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "out" / "facet-window.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="about Linux displays")
@pytest.mark.parametrize(
    "display", [{"QT_QPA_PLATFORM": "bogus"}, {"WAYLAND_DISPLAY": "bogus"}, {"DISPLAY": "bogus"}], ids=str
)
def test_a_display_that_qt_cannot_use_is_told_and_ends_no_process(
    tmp_path: Path, display: dict[str, str]
) -> None:
    done = _run([], tmp_path, **display)
    assert "Qt cannot open a window" in done.stdout
    assert done.returncode == 1  # there is no model
    assert done.stderr == "facet: no model was found that a backend can open; see `facet models`.\n"


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="Xvfb is not installed")
def test_a_display_that_goes_away_closes_the_window_in_the_ordinary_way(tmp_path: Path) -> None:
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "1000x800x24"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert screen.stdout is not None
    environment = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    environment |= {"DISPLAY": f":{screen.stdout.readline().strip()}", "FACET_HOME": str(tmp_path)}
    window = subprocess.Popen(
        [sys.executable, "-m", "app"], cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True
    )
    try:
        while not (tmp_path / "data" / "chats.sqlite3").exists() and window.poll() is None:
            time.sleep(0.05)  # the window is on the screen when the store is opened
        screen.kill()
        _, said = window.communicate(timeout=240)
    finally:
        screen.kill()
        window.kill()
        screen.communicate()
    assert "Traceback" not in said, said
    assert (window.returncode, "The display is gone" in said) == (1, True), said
    assert not (tmp_path / "state" / "running").exists()  # the mark of a window that crashed


def test_without_qt_it_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "PySide6.py").write_text("raise ImportError('broken')\n")
    done = _run([], tmp_path, PYTHONPATH=f"{tmp_path}{os.pathsep}{ROOT}")
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)
    assert "The window cannot be opened" in done.stderr


def test_the_first_picture_waits_for_nothing_that_is_needed_later() -> None:
    later = {"torch", "transformers", "pyqtgraph", "ziamath", "jinja2", "typer", "gguf", "safetensors"}
    later |= {"app.ui.benchmark.benchmark_page", "app.workers.benchmark"}
    program = f"import sys, app.ui.application; print(*({later!r} & set(sys.modules)))"
    words = [sys.executable, "-c", program]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_an_unknown_option_is_wrong_usage(tmp_path: Path) -> None:
    assert _run(["--screenshot"], tmp_path).returncode == 2


@pytest.mark.real_model
@pytest.mark.native
def test_without_a_screen_it_answers_on_every_backend_and_saves_a_picture(
    tmp_path: Path, demo_model: Path
) -> None:
    picture, connections = tmp_path / "window.png", tmp_path / "connections"
    (tmp_path / "sitecustomize.py").write_text(_NOTE_CONNECTIONS.format(file=str(connections)))
    kept = tmp_path / "home" / "state" / "drafts.json"
    written = Drafts({5: "Half a letter"}, files={5: (Attachment("notes.txt", "buy bread"),)})
    drafts.save(written, kept)
    done = _run(
        ["--screenshot", str(picture)],
        tmp_path,
        FACET_HOME=str(tmp_path / "home"),
        GEMMA_MODELS_DIR=str(demo_model.parent),
        PYTHONPATH=f"{tmp_path}{os.pathsep}{ROOT}",
    )
    assert done.returncode == 0, done.stderr
    answered = [line for line in done.stdout.splitlines() if line.startswith(("Native (", "Transformers ("))]
    assert answered[0].startswith("Native (builtin")
    assert all("Paris" in line for line in answered), done.stdout
    assert done.stdout.count(" tok/s · decode ") == len(answered)
    assert ("Transformers: unavailable" in done.stdout) == (len(answered) == 1)
    assert not connections.exists(), connections.read_text()
    assert str(picture) in done.stdout
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert drafts.load(kept) == written, "what a user has written is none of its business"
