"""Element types of `.sbs` tensors and the bytes they take (sbs format, `Type` of gemma.cpp's util/basics.h).

Numbers only; the values themselves are decoded in codecs.py.
"""

from enum import IntEnum

NUQ_GROUP = 256
"""Values that share one NUQ table: 16 table bytes, then one 4-bit index per value."""
NUQ_TABLE = 16
I8_GROUP = 128
"""Values that share one I8 scale and zero point: two bf16, then one int8 per value."""
I8_HEADER = 4


class ElementType(IntEnum):
    """As stored in `config` and `toc`."""

    UNKNOWN = 0
    F32 = 1
    BF16 = 2
    SFP = 3
    NUQ = 4
    F64 = 5
    U32 = 6
    U64 = 7
    I8 = 8

    @property
    def label(self) -> str:
        """Lower-case name, as shown to users and typed on the command line."""
        return self.name.lower()

    @property
    def bits(self) -> int:
        """Nominal bits of one value; the weight type of a file is the one with the fewest."""
        return _BITS[self]

    @property
    def element_bytes(self) -> int:
        """Bytes of one element as the toc counts them (1 for the packed types)."""
        return max(1, self.bits // 8)


_BITS = {
    ElementType.UNKNOWN: 0,
    ElementType.F32: 32,
    ElementType.BF16: 16,
    ElementType.SFP: 8,
    ElementType.NUQ: 4,
    ElementType.F64: 64,
    ElementType.U32: 32,
    ElementType.U64: 64,
    ElementType.I8: 8,
}

WEIGHT_TYPES = (ElementType.F32, ElementType.BF16, ElementType.SFP, ElementType.NUQ, ElementType.I8)
"""Types that tensors may have."""


def packed_bytes(element_type: ElementType, count: int) -> int:
    """Bytes that `count` packed values take. Raises ValueError for a type that holds no weights."""
    if element_type is ElementType.F32:
        return 4 * count
    if element_type is ElementType.BF16:
        return 2 * count
    if element_type is ElementType.SFP:
        return count
    if element_type is ElementType.NUQ:
        return NUQ_TABLE * -(-count // NUQ_GROUP) + -(-count // 2)
    if element_type is ElementType.I8:
        return I8_HEADER * -(-count // I8_GROUP) + count
    raise ValueError(f"{element_type.label} is no weight type")


def values_in(element_type: ElementType, size: int) -> int | None:
    """The inverse: how many values `size` packed bytes are (NUQ: the even number, of two); None when none."""
    if element_type in (ElementType.F32, ElementType.BF16, ElementType.SFP):
        return size // element_type.element_bytes if size % element_type.element_bytes == 0 else None
    if element_type is ElementType.NUQ:
        groups, rest = divmod(size, NUQ_TABLE + NUQ_GROUP // 2)
        return None if 0 < rest <= NUQ_TABLE else groups * NUQ_GROUP + 2 * max(0, rest - NUQ_TABLE)
    if element_type is ElementType.I8:
        groups, rest = divmod(size, I8_HEADER + I8_GROUP)
        return None if 0 < rest <= I8_HEADER else groups * I8_GROUP + max(0, rest - I8_HEADER)
    raise ValueError(f"{element_type.label} is no weight type")
