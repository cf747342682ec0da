"""What a side of a comparison is called in a sentence. Pure."""

from app.language import sentence

_NAMES = {"left": sentence("left"), "right": sentence("right"), "third": sentence("third")}


def side_name(side: str) -> str:
    """The word for "left", "right" or "third", which the window can translate; another name as it is."""
    return _NAMES.get(side, side)
