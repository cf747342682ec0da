"""What the sides of a comparison are called; in the program they are "left", "right" and "third"."""

from app.language import tr


def side_name(side: str) -> str:
    """By itself, as over a column."""
    names = {
        "left": tr("left", "a side of the comparison, by itself"),
        "right": tr("right", "a side of the comparison, by itself"),
        "third": tr("third", "a side of the comparison, by itself"),
    }
    return names.get(side, side)


def side_in(side: str) -> str:
    """Within words such as "of the left side" and "of the left answer"."""
    names = {
        "left": tr("left", "as in: of the left side"),
        "right": tr("right", "as in: of the right side"),
        "third": tr("third", "as in: of the third side"),
    }
    return names.get(side, side)
