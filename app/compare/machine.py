"""Where a comparison runs: processor, memory, system, versions. Loads no backend and asks no network."""

import platform
from importlib import metadata
from pathlib import Path

import psutil

from app.backends.processors import usable_processors
from app.compare.record import Machine

_PACKAGES = ("facet-gemma", "numpy", "sentencepiece", "torch", "transformers")


def this_machine(native_build: str = "") -> Machine:
    """`native_build` is the build id of the native library, where it is known."""
    versions = [("python", platform.python_version())]
    for package in _PACKAGES:
        try:
            versions.append((package, metadata.version(package)))
        except metadata.PackageNotFoundError:
            continue
    if native_build:
        versions.append(("native build", native_build))
    return Machine(
        processor=_processor(),
        processors=usable_processors(),
        memory_bytes=psutil.virtual_memory().total,
        system=platform.platform(),
        versions=tuple(versions),
    )


def _processor(cpuinfo: Path = Path("/proc/cpuinfo")) -> str:
    """Its name for people; Linux alone tells it in a file."""
    try:
        lines = cpuinfo.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    name = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    return name or platform.processor() or platform.machine()
