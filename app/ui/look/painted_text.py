"""Text that is painted by hand, in windows that are read from right to left too."""


def isolated(text: str) -> str:
    """`text` such that it keeps its own direction: an English title in an Arabic window, or the other way.

    Without the marks (FIRST STRONG ISOLATE, POP DIRECTIONAL ISOLATE) "What is it?" is "?What is it" there.
    """
    return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"
