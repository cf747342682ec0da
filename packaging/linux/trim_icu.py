"""Makes ICU's data library smaller: `trim_icu.py libicudata.so.NN`, in place. Needs a C compiler and readelf.

QtCore is linked with ICU, whose 32 MB hold the names of every language, unit, currency, time zone and code
page. Qt asks it to compare and to fold text; what those need stays, for every language. A lookup of anything
else finds nothing, as in an ICU built without it (https://unicode-org.github.io/icu/userguide/icu_data/).
"""

import re
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

_DROPPED = re.compile(
    r"\.cnv$|/(brkitr|unit|zone|curr|lang|region|translit|rbnf)/|/unames\.icu$"
    # Dates and numbers of each language, which Qt has itself.
    r"|^icudt\d+l/(?!(root|pool|res_index)\.res$)[a-z]{2,3}(_\w+)?\.res$"
)
_ENTRY = struct.Struct("<II")
"""Offsets of an item's name and of its bytes, from the table's beginning; items are sorted by name."""


def trimmed(package: bytes) -> bytes:
    """`package`, an ICU common data package ("CmnD"), without the items that are not needed."""
    header_size = struct.unpack_from("<H", package)[0]
    if package[2:4] != b"\xda\x27" or package[12:16] != b"CmnD":
        raise ValueError("this is no ICU data package")
    table = package[header_size:]
    count = struct.unpack_from("<I", table)[0]
    entries = [_ENTRY.unpack_from(table, 4 + _ENTRY.size * index) for index in range(count)]
    ends = [offset for _, offset in entries[1:]] + [len(table)]
    kept = []
    for (name_at, begin), end in zip(entries, ends, strict=True):
        name = table[name_at : table.index(b"\0", name_at) + 1]
        if not _DROPPED.search(name[:-1].decode("ascii")):
            kept.append((name, table[begin:end]))
    names_at = 4 + _ENTRY.size * len(kept)
    names = b"".join(name for name, _ in kept)
    data_at = _aligned(names_at + len(names))
    index, name_at, item_at = [], names_at, data_at
    for name, item in kept:
        index.append(_ENTRY.pack(name_at, item_at))
        name_at += len(name)
        item_at = _aligned(item_at + len(item))
    result = bytearray(struct.pack("<I", len(kept)) + b"".join(index) + names)
    for _, item in kept:
        result.extend(bytes(_aligned(len(result)) - len(result)))
        result.extend(item)
    return package[:header_size] + bytes(result)


def main(library: Path) -> None:
    symbols = _output("readelf", "--dyn-syms", "--wide", str(library))
    found = re.search(
        r"([0-9a-f]{16})\s+(\w+)\s+OBJECT\s+GLOBAL\s+DEFAULT\s+\d+ (icudt\d+_dat)$", symbols, re.M
    )
    if not found:
        raise SystemExit(f"{library} has no symbol icudtNN_dat")
    # The data is a read-only segment that is mapped where it lies in the file.
    begin, size, symbol = int(found[1], 16), int(found[2], 0), found[3]
    whole = library.read_bytes()
    package = trimmed(whole[begin : begin + size])
    soname = re.search(r"SONAME.*\[(.*)\]", _output("readelf", "--dynamic", str(library)))
    with tempfile.TemporaryDirectory() as folder:
        data, source, built = (Path(folder, name) for name in ("icu.dat", "icu.s", "icu.so"))
        data.write_bytes(package)
        source.write_text(
            f".section .rodata\n.balign 16\n.globl {symbol}\n.type {symbol}, %object\n"
            f".size {symbol}, {len(package)}\n"
            f'{symbol}: .incbin "{data}"\n.section .note.GNU-stack,"",%progbits\n'
        )
        subprocess.run(
            [
                "cc",
                "-shared",
                "-nostdlib",
                "-s",
                f"-Wl,-soname,{soname[1] if soname else library.name}",
                "-o",
                built,
                source,
            ],
            check=True,
        )
        library.write_bytes(built.read_bytes())
    print(f"{library.name}: {len(whole) / 1e6:.1f} MB -> {library.stat().st_size / 1e6:.1f} MB")


def _aligned(offset: int) -> int:
    return (offset + 15) // 16 * 16


def _output(*words: str) -> str:
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    main(Path(sys.argv[1]))
