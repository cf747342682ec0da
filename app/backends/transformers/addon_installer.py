"""Makes the add-on: an environment with torch and transformers, in the versions Facet was tested with.

Uses the network, because a user asked for it. What is there is replaced when
the new one is whole; an installation that fails or is stopped leaves everything as it was.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from app import installation
from app.backends.transformers import addon
from app.errors import FacetError
from app.language import sentence

Say = Callable[[str], None]

OLDEST = (3, 11)
_NAMES = ("python3", "python3.13", "python3.12", "python3.11", "python3.14", "python")
_NEEDED = (*addon.PACKAGES, "safetensors", "numpy", "sentencepiece", "protobuf", "psutil")
"""What the engine's process imports."""
_TORCH_FOR_PROCESSORS = "https://download.pytorch.org/whl/cpu"
"""On Linux PyPI's torch brings several GB of CUDA libraries; this index has the same version without."""

_EXAMINE = """
import json, sys
try:
    import ensurepip, venv
    whole = True
except ImportError:
    whole = False
print(json.dumps([list(sys.version_info[:2]), whole]))
"""
_REACH = "import sys, urllib.request; urllib.request.urlopen(sys.argv[1], timeout=5).close()"
_CHECK = """
import json, sys
from importlib.metadata import version
sys.path.append(sys.argv[1])
import app.backends.isolated.child, app.backends.registry, app.backends.transformers.model
print(json.dumps({name: version(name) for name in sys.argv[2:]}))
"""


def install(say: Say, python: str = "") -> addon.AddOn:
    """Make it with the Python program `python`, "" = one that fits. Blocks for minutes.

    What pip says goes to stderr. Raises FacetError, KeyboardInterrupt.
    """
    constraints = installation.source() / "packaging" / "constraints.txt"
    if not constraints.is_file():
        raise FacetError(
            sentence("This Facet was installed with pip, and so is transformers."),
            f"{sys.executable} -m pip install 'facet-gemma[transformers]'",
        )
    base = find_python(python)
    target = addon.folder()
    new = target.with_name(f"{target.name}.new")
    try:
        shutil.rmtree(new, ignore_errors=True)
        new.parent.mkdir(parents=True, exist_ok=True)
        say(sentence("Making an environment in {target} with {base}", target=target, base=base))
        _run([base, "-m", "venv", str(new)], sentence("An environment cannot be made"))
        inner = str(addon.python_in(new))
        say(sentence("Installing torch and transformers: about 250 MB to download, 1.2 GB on the disk"))
        words = [
            inner,
            "-m",
            "pip",
            "install",
            "--disable-pip-version-check",
            "--no-input",
            "--progress-bar",
            "off",
        ]
        words += ["-c", str(constraints), *_torch_index(inner), *_NEEDED]
        _run(words, sentence("pip cannot install torch and transformers"))
        say(sentence("Looking whether they can be used"))
        versions = _versions(inner)
        made = addon.AddOn(str(addon.python_in(target)), versions)
        made.write(new)
        shutil.rmtree(target, ignore_errors=True)
        new.replace(target)
    except OSError as error:
        raise FacetError(
            sentence(
                "The add-on cannot be written: {reason}: {filename}.",
                reason=error.strerror or error,
                filename=error.filename or new,
            ),
            sentence("Make room, or give yourself the right to write there."),
        ) from error
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return made


def remove() -> Path | None:
    """Delete it; the folder that was there, None when there was none. Raises FacetError."""
    folder = addon.folder()
    if not folder.exists():
        return None
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise FacetError(sentence("The add-on cannot be deleted: {error}.", error=error)) from error
    return folder


def find_python(wanted: str = "") -> str:
    """A Python that can hold the add-on: `wanted`, or the first that fits. Raises FacetError."""
    names = (wanted,) if wanted else _NAMES if installation.FROZEN else (sys.executable, *_NAMES)
    faults: list[str] = []
    for name in names:
        program = shutil.which(name)
        if program is None:
            continue
        fault = _fault(program)
        if not fault:
            return program
        faults.append(fault)
    oldest = ".".join(map(str, OLDEST))
    if not faults:
        found = sentence("No Python was found on this machine.")
        if wanted:
            found = sentence("There is no program '{wanted}'.", wanted=wanted)
        faults = [
            sentence("{found} transformers needs Python {oldest} or newer.", found=found, oldest=oldest)
        ]
    raise FacetError(
        faults[0],
        sentence(
            "On Debian and Ubuntu install it with `sudo apt install python3-venv`, "
            "or name another one: {command} --python PATH.",
            command=addon.remedy(),
        ),
    )


def _fault(program: str) -> str:
    """Why `program` does not fit, a sentence; empty when it does."""
    done = _asked([program, "-I", "-c", _EXAMINE])
    try:
        version, whole = json.loads(done.stdout)
    except ValueError:
        return sentence("{program} is no Python that runs.", program=program)
    words = ".".join(map(str, version))
    if tuple(version) < OLDEST:
        oldest = ".".join(map(str, OLDEST))
        return sentence(
            "{program} is Python {version}; transformers needs {oldest} or newer.",
            program=program,
            version=words,
            oldest=oldest,
        )
    if whole:
        return ""
    return sentence(
        "{program} (Python {version}) cannot make environments: its module venv is not installed.",
        program=program,
        version=words,
    )


def _torch_index(python: str) -> list[str]:
    """Asked only where it answers, so that a mirror or wheels named in pip's configuration serve as well."""
    if (
        not sys.platform.startswith("linux")
        or _asked([python, "-c", _REACH, _TORCH_FOR_PROCESSORS]).returncode
    ):
        return []
    return ["--extra-index-url", _TORCH_FOR_PROCESSORS]


def _versions(python: str) -> dict[str, str]:
    """Of what was installed, after importing it as the engine's process will."""
    done = _asked([python, "-I", "-c", _CHECK, str(installation.source()), *addon.PACKAGES])
    try:
        return dict(json.loads(done.stdout))
    except ValueError:
        last = (done.stderr.strip().splitlines() or [f"code {done.returncode}"])[-1]
        raise FacetError(
            sentence("transformers was installed, but cannot be used: {reason}.", reason=last)
        ) from None


def _asked(words: list[str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        words, capture_output=True, text=True, check=False, env=installation.others_environment()
    )


def _run(words: list[str], failure: str) -> None:
    """With what it says on stderr, for the user to see."""
    environment = installation.others_environment()
    environment.pop("PYTHONPATH", None)
    environment.pop("PYTHONHOME", None)
    try:
        done = subprocess.run(
            words, stdout=sys.stderr, check=False, env=environment, stdin=subprocess.DEVNULL
        )
    except OSError as error:
        raise FacetError(
            sentence(
                "{failure}: {program}: {reason}.",
                failure=failure,
                program=words[0],
                reason=error.strerror or error,
            )
        ) from error
    if done.returncode != 0:
        raise FacetError(
            sentence("{failure}: see above.", failure=failure),
            sentence("It needs the network, once. Then try it again."),
        )
