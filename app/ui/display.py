"""Whether there is a screen to open a window on. Qt ends the process when there is none, so we look first."""

import ctypes
import os
import re
import socket
import subprocess
import sys

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
        return _qt_problem()
    display = os.environ.get("DISPLAY", "")
    if not display:
        return "There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)."
    return _x11_problem(display)


def _qt_problem() -> str:
    """Lets another process try what cannot be told otherwise; takes a third of a second."""
    words = [sys.executable, "-c", "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"]
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
    for address in (path, f"\0{path}"):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            try:
                probe.connect(address)
            except OSError:
                continue
            return ""
    return f"The display {display} cannot be reached."
