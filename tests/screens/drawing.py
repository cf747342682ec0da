"""Has all screens drawn, at two scales: a process for each, because Qt takes the scale when it starts.

Fonts are those of this folder, without hinting and with grey edges, whatever the machine has.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import PySide6

from app.ui.look.theme import ThemeChoice

FOLDER = "FACET_SCREENS"
"""Environment variable: where a process puts its pictures."""
THEMES: tuple[ThemeChoice, ...] = ("light", "dark")
SCALES = (1, 2)
ROOT = Path(__file__).parents[2]
REFERENCES = Path(__file__).parent / "references"
DRAWN = ROOT / "build" / "screens"
RENEW = "make screens"
_DRAWER = Path(__file__).parent / "stage" / "draw_screens.py"
_LONGEST_S = 500
_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
  <match target="font">
    <edit name="antialias" mode="assign"><bool>true</bool></edit>
    <edit name="hinting" mode="assign"><bool>false</bool></edit>
    <edit name="hintstyle" mode="assign"><const>hintnone</const></edit>
    <edit name="rgba" mode="assign"><const>none</const></edit>
  </match>
  <alias><family>sans-serif</family><prefer><family>DejaVu Sans</family></prefer></alias>
  <alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
</fontconfig>
"""


def why_not() -> str:
    """Why the pictures of this machine cannot be the kept ones, as a sentence; "" where they can."""
    if not sys.platform.startswith("linux"):
        return "The kept pictures are those of Linux."
    text = (ROOT / "packaging" / "constraints.txt").read_text(encoding="utf-8")
    pinned = re.search(r"^PySide6_Essentials==(\S+)", text, re.MULTILINE)
    assert pinned is not None
    if PySide6.__version__ != pinned[1]:
        return f"The kept pictures are those of Qt {pinned[1]}; this is {PySide6.__version__}."
    return ""


def kept(drawn: Path) -> Path:
    """Where the picture is kept that `drawn` is compared with."""
    return (REFERENCES / drawn.relative_to(DRAWN)).with_suffix(".webp")


def draw() -> None:
    """Into DRAWN, a folder for each scale and theme. Raises AssertionError with what the drawing said."""
    running = {scale: _start(scale) for scale in SCALES}
    try:
        said = {scale: process.communicate(timeout=_LONGEST_S)[0] for scale, process in running.items()}
    finally:
        for process in running.values():
            process.kill()  # does nothing to one that has ended
    for scale, process in running.items():
        assert process.returncode == 0, f"the screens cannot be drawn at scale {scale}:\n{said[scale]}"


def _start(scale: int) -> "subprocess.Popen[str]":
    folder = DRAWN / f"{scale}x"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*/*.png"):
        old.unlink()
    fonts = folder / "fonts.conf"
    fonts.write_text(
        _FONTS.format(fonts=Path(__file__).parent / "fonts", cache=DRAWN / "fonts"), encoding="utf-8"
    )
    given = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "QT_"))}
    given |= {"QT_SCALE_FACTOR": str(scale), "FONTCONFIG_FILE": str(fonts), FOLDER: str(folder)}
    given |= {"LC_ALL": "C.UTF-8", "PYTHONPATH": str(ROOT)}
    words = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:randomly",
        str(_DRAWER),
    ]
    return subprocess.Popen(
        words, cwd=ROOT, env=given, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
