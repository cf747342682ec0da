"""The window as a screen reader meets it: on the accessibility bus, found and used by role and name."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CLIENT = Path(__file__).with_name("accessibility_client.py")
_SYSTEM_PYTHON = "/usr/bin/python3"
"""Debian's bindings of the bus belong to it."""
_BUS = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")


def _missing() -> str:
    """Why the test cannot run; `make python-test` brings what it needs where it can."""
    for program in ("Xvfb", "dbus-run-session", _SYSTEM_PYTHON):
        if shutil.which(program) is None:
            return f"{program} is not installed (Debian: xvfb, dbus, python3-pyatspi, at-spi2-core)"
    bindings = subprocess.run([_SYSTEM_PYTHON, "-c", "import pyatspi"], capture_output=True, check=False)
    if bindings.returncode or not _BUS.exists():
        return "the accessibility bus is not installed (Debian: at-spi2-core, python3-pyatspi)"
    return ""


@pytest.fixture
def screen() -> Iterator[str]:
    """The name of an X display of its own."""
    if reason := _missing():
        pytest.skip(reason)
    words = ["Xvfb", "-displayfd", "1", "-screen", "0", "1280x800x24"]
    server = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert server.stdout is not None
    number = server.stdout.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait(30)
    server.stdout.close()


@pytest.mark.real_model
@pytest.mark.native
def test_a_screen_reader_finds_the_composer_asks_and_hears_the_answer(
    screen: str, demo_model: Path, tmp_path: Path
) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "WAYLAND_DISPLAY"}
    environment |= {
        "DISPLAY": screen,
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "PYTHONPATH": str(ROOT),
        "GEMMA_MODELS_DIR": str(demo_model.parent),
        "XDG_RUNTIME_DIR": str(tmp_path),
    }
    client = [_SYSTEM_PYTHON, str(CLIENT), sys.executable, "-m", "app"]
    done = subprocess.run(
        ["dbus-run-session", "--", *client],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=150,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["model"] == "Model: gemma-3-270m"
    assert "Paris" in found["answer"]
    assert found["author"].startswith("Answer of ")
    assert any("Paris" in words for words in found["said"]), "the answer was announced"
