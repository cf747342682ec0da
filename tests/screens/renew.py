"""Draws all screens and keeps the pictures that look different: `make screens`. Look at each of them."""

import sys
from pathlib import Path

from tests.screens import drawing, pictures
from tests.screens.perception import difference
from tests.screens.pictures import Pixels

_SAME = 3.0
"""Distance in CIELAB up to which a kept picture, of few colours, stays as it is."""


def main() -> int:
    """Exit code."""
    if reason := drawing.why_not():
        sys.stderr.write(f"{reason}\n")
        return 1
    drawing.draw()
    drawn = {drawing.kept(path): path for path in sorted(drawing.DRAWN.glob("?x/*/*.png"))}
    for old in set(drawing.REFERENCES.glob("?x/*/*")) - set(drawn):
        old.unlink()
        sys.stdout.write(f"taken away: {old}\n")
    for kept, path in drawn.items():
        now = pictures.read(path)
        if not _looks_the_same(now, kept):
            pictures.write(now, kept)
            sys.stdout.write(f"kept: {kept}\n")
    return 0


def _looks_the_same(now: Pixels, kept: Path) -> bool:
    if not kept.exists():
        return False
    before = pictures.read(kept)
    scale = int(kept.parts[-3].removesuffix("x"))
    return before.shape == now.shape and difference(now, before, scale).worst < _SAME


if __name__ == "__main__":
    sys.exit(main())
