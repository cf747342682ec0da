"""Under which licences the parts of Facet stand, read from what is installed. Floor 0.

The packaged application has no installed packages to read: packaging keeps `document()` beside it as
licenses.txt.
"""

import platform
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from app import installation

KEPT_NAME = "licenses.txt"
_PROJECT = "facet-gemma"
_TEXT_FILE = re.compile(r"(^|/)(licen[cs]e|copying|notice)[^/]*$", re.IGNORECASE)
_NAMED_ELSEWHERE = {
    "PySide6_Essentials": "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only; Qt is used under the LGPL",
    "shiboken6": "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only; used under the LGPL",
}
"""Where the packages' own metadata misleads: they are offered under any of these, as one chooses."""
_RULE = "=" * 78


@dataclass(frozen=True, slots=True)
class Dependency:
    """One part of Facet by somebody else."""

    name: str
    version: str
    license: str
    """SPDX expression or the words of the package; never empty."""
    texts: tuple[str, ...]
    """Full texts that the package carries."""


def document() -> str:
    """Every dependency with its version and licence, then the texts. Slow: reads some hundred files."""
    if installation.FROZEN:
        return Path(__file__).parents[1].joinpath(KEPT_NAME).read_text(encoding="utf-8")
    found = list(dependencies())
    lines = ["Facet is under the Apache License 2.0. It contains or uses:", ""]
    lines += [f"{item.name} {item.version}: {item.license}" for item in found]
    for item in found:
        for text in item.texts:
            lines += ["", _RULE, f"{item.name} {item.version}", _RULE, "", text.strip()]
    return "\n".join(lines) + "\n"


def own_version() -> str:
    """Facet's; "" where it was not installed, only copied."""
    try:
        return distribution(_PROJECT).version
    except PackageNotFoundError:
        return ""


def dependencies() -> Iterator[Dependency]:
    """Python, and every distribution that Facet needs, with what those need; extras are left out."""
    yield Dependency("Python", platform.python_version(), "PSF-2.0", _python_text())
    seen: set[str] = set()
    waiting = [_PROJECT]
    found: list[Dependency] = []
    while waiting:
        name = _normal(waiting.pop())
        if name in seen:
            continue
        seen.add(name)
        try:
            part = distribution(name)
        except PackageNotFoundError:
            continue  # for another system, or not installed
        waiting += [requirement for requirement in part.requires or () if "extra ==" not in requirement]
        if name != _PROJECT:
            found.append(Dependency(part.name, part.version, _license(part), tuple(_texts(part))))
    yield from sorted(found, key=lambda item: item.name.casefold())


def _normal(requirement: str) -> str:
    """The distribution's name in a requirement as PEP 503 spells it."""
    name = re.match(r"[\w.-]+", requirement)
    return re.sub(r"[-_.]+", "-", name[0]).lower() if name else ""


def _license(part: Distribution) -> str:
    known = _NAMED_ELSEWHERE.get(part.name)
    facts = part.metadata.json
    stated = str(facts.get("license_expression") or facts.get("license") or "")
    classifiers = [line for line in facts.get("classifier", ()) if line.startswith("License ::")]
    classified = [line.split(" :: ")[-1] for line in classifiers]
    first_line = stated.strip().splitlines()[0] if stated.strip() else ""
    return known or first_line or ", ".join(classified) or "see its text below"


def _texts(part: Distribution) -> Iterator[str]:
    for file in part.files or ():
        if _TEXT_FILE.search(str(file)) and ".dist-info" in str(file):
            path = Path(str(file.locate()))
            if path.is_file():
                yield path.read_text(encoding="utf-8", errors="replace")


def _python_text() -> tuple[str, ...]:
    folder = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    places = (Path(sys.base_prefix, "lib", folder, "LICENSE.txt"), Path(sys.base_prefix, "LICENSE.txt"))
    return tuple(path.read_text(encoding="utf-8") for path in places if path.is_file())[:1]


if __name__ == "__main__":
    Path(sys.argv[1], KEPT_NAME).write_text(document(), encoding="utf-8")
