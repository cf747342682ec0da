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


def _complaint(path: Path, scale: int) -> str:
    """What is different in one screen, "" where nothing is; a picture of that lies beside the drawn ones."""
    kept = drawing.kept(path)
    name = str(path.relative_to(drawing.DRAWN))
    now, before = pictures.read(path), pictures.read(kept)
    if now.shape != before.shape:
        return f"{name}: {now.shape} rather than {before.shape} pixels"
    found = difference(now, before, scale)
    if not found.seen:
        return ""
    marked = drawing.DRAWN / "differences" / name
    pictures.write(found.marked(now, scale), marked)
    return (
        f"{name}: {found.seen} blocks differ, by up to {found.worst:.0f}\n"
        f"  drawn    {path}\n"
        f"  kept     {kept}\n"
        f"  in red   {marked}"
    )


@pytest.mark.timeout(600)  # whichever comes first has everything drawn
@pytest.mark.parametrize("scale", drawing.SCALES)
@pytest.mark.parametrize("theme", drawing.THEMES)
def test_every_screen_looks_as_it_did(drawn: Callable[[], Path], scale: int, theme: str) -> None:
    if reason := drawing.why_not():
        pytest.skip(reason)
    if not drawing.REFERENCES.exists():
        pytest.skip(f"No pictures are kept; `{drawing.RENEW}` makes them.")
    place = f"{scale}x/{theme}"
    paths = sorted((drawn() / place).glob("*.png"))
    names, wanted = (
        {path.stem for path in paths},
        {path.stem for path in (drawing.REFERENCES / place).iterdir()},
    )
    assert names == wanted, f"other screens than those kept: {names ^ wanted}. {_TOLD}"
    complaints = [complaint for path in paths if (complaint := _complaint(path, scale))]
    assert not complaints, "\n".join((*complaints, _TOLD))
