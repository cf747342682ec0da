"""How counts and bytes are written for people. Pure."""


def count_text(count: int) -> str:
    """A number with its thousands apart."""
    return f"{count:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def size_text(count: int) -> str:
    """Bytes in the unit a file manager would use; "" for 0."""
    if count <= 0:
        return ""
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.0f} MB"


def gb_text(count: int) -> str:
    """Memory, so that two figures can be compared."""
    return f"{count / 1e9:.1f} GB" if count >= 9.5e8 else f"{count / 1e9:.2f} GB"
