"""Draws all screens and keeps the pictures that look different: `make screens`. Look at each of them."""

import sys
from pathlib import Path

from tests.screens import drawing, pictures
from tests.screens.perception import difference
from tests.screens.pictures import Pixels

_SAME = 1.0
"""Distance in CIELAB up to which a kept picture stays as it is."""


def main() -> int:
    """Exit code."""
    if reason := drawing.why_not():
        sys.stderr.write(f"{reason}\n")
        return 1
    drawing.draw()
    drawn = {path.relative_to(drawing.DRAWN) for path in drawing.DRAWN.glob("?x/*/*.png")}
    for old in {
        path.relative_to(drawing.REFERENCES) for path in drawing.REFERENCES.glob("?x/*/*.png")
    } - drawn:
        (drawing.REFERENCES / old).unlink()
        sys.stdout.write(f"taken away: {old}\n")
    for name in sorted(drawn):
        now, kept = pictures.read(drawing.DRAWN / name), drawing.REFERENCES / name
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
