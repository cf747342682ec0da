"""Whether there is a screen to open a window on. Qt ends the process when there is none, so we look first.

As a program, `python -m app.ui.display`, it opens Qt and nothing else: what another process lets it try.
"""

import ctypes
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

from app import installation

_BLIND_PLATFORMS = ("offscreen", "minimal")
_QT_TRIES_S = 20


def display_problem() -> str:
    """Why no window can be shown, as a sentence; "" when one can."""
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if platform.split(":")[0] in _BLIND_PLATFORMS:
        return f"QT_QPA_PLATFORM={platform} shows no window."
    if not sys.platform.startswith("linux"):
        return ""
    if platform or os.environ.get("WAYLAND_DISPLAY"):
        return "" if not platform and _wayland_answers() else _qt_problem()
    display = os.environ.get("DISPLAY", "")
    if not display:
        return "There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)."
    return _x11_problem(display)


def _qt_problem() -> str:
    """Lets another process try what cannot be told otherwise; takes a third of a second."""
    words = installation.module_command("app.ui.display")
    try:
        done = subprocess.run(words, capture_output=True, timeout=_QT_TRIES_S, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return "Qt does not answer when it is asked to open a window."
    return "" if done.returncode == 0 else "Qt cannot open a window with the display that is set."


def _x11_problem(display: str) -> str:
    try:
        ctypes.CDLL("libxcb-cursor.so.0")
    except OSError:
        return "Qt needs libxcb-cursor0 to open a window (Debian and Ubuntu: apt install libxcb-cursor0)."
    local = re.fullmatch(r"(?:unix)?:(\d+)(?:\.\d+)?", display)
    if local is None:
        return _qt_problem()  # a display over the network
    path = f"/tmp/.X11-unix/X{local[1]}"
    if _answers(path) or _answers(f"\0{path}"):
        return ""
    return f"The display {display} cannot be reached."


def _wayland_answers() -> bool:
    """Whether a compositor listens and the libraries with which Qt talks to it are there."""
    try:
        for library in ("client", "cursor", "egl"):
            ctypes.CDLL(f"libwayland-{library}.so.{1 if library == 'egl' else 0}")
    except OSError:
        return False
    return _answers(str(Path(os.environ.get("XDG_RUNTIME_DIR", ""), os.environ["WAYLAND_DISPLAY"])))


def _answers(address: str) -> bool:
    """Whether something listens at this Unix socket; an abstract one begins with NUL."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(address)
        except OSError:
            return False
        return True


if __name__ == "__main__":
    from PySide6.QtGui import QGuiApplication

    QGuiApplication([])
