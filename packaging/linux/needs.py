"""What a folder of programs needs of the system: `needs.py FOLDER` prints Debian's Depends for it.

Every library that is linked and not in the folder becomes the Debian package that brings it here; the
versions of glibc and libstdc++ come from the symbols that are asked for. Wayland's libraries are left out:
without them the window opens through X11, and the build machine need not have them.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

_STDCXX_RELEASES = {29: "11", 30: "12", 31: "13", 32: "13", 33: "14", 34: "15"}
"""The GCC release that brought GLIBCXX_3.4.N; https://gcc.gnu.org/onlinedocs/libstdc++/manual/abi.html"""


def dependencies(folder: Path) -> list[str]:
    """Entries of Depends, sorted. Raises SystemExit for a library that no package here brings."""
    glibc, stdcxx, wanted = (2, 17), 0, set[str]()
    binaries = [path for path in folder.rglob("*") if path.is_file() and _is_elf(path)]
    own = {path.name for path in folder.rglob("*")}
    for path in binaries:
        text = _output("readelf", "--dynamic", "--version-info", "--wide", str(path))
        wanted.update(name for name in re.findall(r"\(NEEDED\).*\[(.+?)\]", text) if name not in own)
        for major, minor in re.findall(r"Name: GLIBC_(\d+)\.(\d+)", text):
            glibc = max(glibc, (int(major), int(minor)))
        stdcxx = max([stdcxx, *map(int, re.findall(r"Name: GLIBCXX_3\.4\.(\d+)", text))])
    packages = {
        package for name in wanted if not name.startswith("libwayland-") for package in _packages_of(name)
    }
    versions = {
        "libc6": f"libc6 (>= {glibc[0]}.{glibc[1]})",
        "libstdc++6": f"libstdc++6 (>= {_STDCXX_RELEASES.get(stdcxx, '11')})",
    }
    return sorted({versions.get(package, package) for package in packages})


def _packages_of(soname: str) -> Iterator[str]:
    for line in _output("ldconfig", "--print-cache").splitlines():
        if line.strip().startswith(f"{soname} ") and "=> " in line:
            path = Path(line.split("=> ")[1])
            # Debian before 13 lists files as they were before /lib moved into /usr.
            for spelling in (path, path.resolve(), Path(f"/usr{path}"), Path(str(path).removeprefix("/usr"))):
                found = subprocess.run(
                    ["dpkg-query", "-S", spelling], capture_output=True, text=True, check=False
                )
                if found.returncode == 0:
                    yield found.stdout.split(":")[0]
                    return
    raise SystemExit(f"no package of this machine brings {soname}")


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def _output(*words: str) -> str:
    environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C"}
    return subprocess.run(words, check=True, capture_output=True, text=True, env=environment).stdout


if __name__ == "__main__":
    print(", ".join(dependencies(Path(sys.argv[1]))))
