"""Every screen looks as it did when somebody last looked at its picture: light and dark, at two scales."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.screens import drawing, pictures
from tests.screens.perception import difference

_TOLD = (
    f"Look at the pictures. Where the change is wanted, `{drawing.RENEW}` keeps the new ones; commit them "
    "with what changed them."
)


@pytest.fixture(scope="session")
def drawn() -> Callable[[], Path]:
    """drawn(): the folder of all pictures, made when it is first asked for."""
    made: list[Path] = []

    def folder() -> Path:
        if not made:
            drawing.draw()
            made.append(drawing.DRAWN)
        return made[0]

    return folder


def _complaint(place: str, name: str) -> str:
    """What is different in one screen; "" where nothing is. The pictures go into the folder of the drawn."""
    now, kept = (pictures.read(folder / place / name) for folder in (drawing.DRAWN, drawing.REFERENCES))
    scale = int(place[0])
    if now.shape != kept.shape:
        return f"{place}/{name}: {now.shape} rather than {kept.shape} pixels"
    found = difference(now, kept, scale)
    if not found.seen:
        return ""
    marked = drawing.DRAWN / "differences" / place / name
    pictures.write(found.marked(now, scale), marked)
    return (
        f"{place}/{name}: {found.seen} blocks differ, by up to {found.worst:.0f}\n"
        f"  drawn    {drawing.DRAWN / place / name}\n"
        f"  kept     {drawing.REFERENCES / place / name}\n"
        f"  in red   {marked}"
    )


@pytest.mark.parametrize("scale", drawing.SCALES)
@pytest.mark.parametrize("theme", drawing.THEMES)
def test_every_screen_looks_as_it_did(drawn: Callable[[], Path], scale: int, theme: str) -> None:
    if reason := drawing.why_not():
        pytest.skip(reason)
    if not drawing.REFERENCES.exists():
        pytest.skip(f"No pictures are kept; `{drawing.RENEW}` makes them.")
    place = f"{scale}x/{theme}"
    names, wanted = (
        {path.name for path in (folder / place).glob("*.png")} for folder in (drawn(), drawing.REFERENCES)
    )
    assert names == wanted, f"other screens than those kept: {names ^ wanted}. {_TOLD}"
    complaints = [complaint for name in sorted(names) if (complaint := _complaint(place, name))]
    assert not complaints, "\n".join((*complaints, _TOLD))
