"""The program itself, as a process: what it does without a screen, and how it ends."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


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
    done = _run([], tmp_path)
    assert done.returncode == 1
    assert "There is no display" in done.stdout
    assert "no model was found" in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "out" / "facet-window.png").read_bytes().startswith(b"\x89PNG")


def test_an_unknown_option_is_wrong_usage(tmp_path: Path) -> None:
    assert _run(["--screenshot"], tmp_path).returncode == 2


@pytest.mark.real_model
@pytest.mark.native
def test_without_a_screen_it_answers_on_every_backend_and_saves_a_picture(
    tmp_path: Path, demo_model: Path
) -> None:
    picture = tmp_path / "window.png"
    done = _run(["--screenshot", str(picture)], tmp_path, GEMMA_MODELS_DIR=str(demo_model.parent))
    assert done.returncode == 0, done.stderr
    assert "Paris" in done.stdout
    assert "decode" in done.stdout
    assert str(picture) in done.stdout
    assert picture.read_bytes().startswith(b"\x89PNG")
