"""Finds and loads the native library, and turns its status codes into errors. Nothing happens at import.

A missing, foreign or stale library is an ordinary "unavailable because ...", raised as BackendUnavailable.
"""

import ctypes
import os
import sys
import sysconfig
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from app import installation
from app.backends.native import _abi
from app.errors import (
    BackendUnavailable,
    BadModelFile,
    Busy,
    Cancelled,
    ContextFull,
    FacetError,
    InternalError,
    ModelNotFound,
    OutOfMemory,
    UnsupportedModel,
    UsageError,
)
from app.language import sentence

LIBRARY_VARIABLE = "FACET_NATIVE_LIBRARY"
"""Environment variable: path of the library to load instead of the usual ones."""

KERNELS_VARIABLE = "GEMMA_KERNELS"
"""Environment variable: name of the vector kernels to use instead of the best ones."""

_NAMES = {"win32": "facet.dll", "darwin": "libfacet.dylib"}
_BUILD_ID_FILE = "build_id.txt"
_PACKAGE = Path(__file__).resolve().parent
_REBUILD = installation.repair()

_ERRORS: dict[int, tuple[type[FacetError], str]] = {
    _abi.INVALID_ARGUMENT: (UsageError, ""),
    _abi.NOT_FOUND: (ModelNotFound, sentence("Check the path, or scan the model folders again.")),
    _abi.IO_ERROR: (BadModelFile, sentence("Check the file's permissions and the disk.")),
    _abi.BAD_FORMAT: (BadModelFile, sentence("Import or download the model again.")),
    _abi.UNSUPPORTED: (UnsupportedModel, sentence("Try the transformers backend.")),
    _abi.OUT_OF_MEMORY: (OutOfMemory, sentence("Close other programs and try again.")),
    _abi.CONTEXT_FULL: (ContextFull, sentence("Start a new chat, or open the model with a larger context.")),
    _abi.BUSY: (Busy, sentence("Wait for the running answer, or stop it.")),
    _abi.INTERNAL: (InternalError, sentence("Please report this sentence.")),
}


class NativeLibrary:
    """The loaded library; its functions are attributes of `c`, with types and error checks set."""

    def __init__(self, path: Path) -> None:
        """Raises BackendUnavailable with the reason when `path` is not a library this program can use."""
        self.path = path
        try:
            self.c = ctypes.CDLL(str(path))
        except OSError as error:
            raise BackendUnavailable(
                sentence("The native library {path} cannot be loaded: {error}.", path=path, error=error),
                _REBUILD,
            ) from error
        try:
            for function in _abi.FUNCTIONS:
                symbol = getattr(self.c, function.name)
                symbol.argtypes, symbol.restype = function.argtypes, function.restype
                if function.checked:
                    symbol.errcheck = self._check
        except AttributeError as error:
            raise BackendUnavailable(
                sentence(
                    "The native library {path} lacks {function}: it is of another version.",
                    path=path,
                    function=function.name,
                ),
                _REBUILD,
            ) from error
        self._check_version()

    @property
    def build_id(self) -> str:
        return str(self.c.gemma_build_id().decode())

    @property
    def kernels(self) -> str:
        """Vector kernels chosen for this processor, e.g. "avx512"."""
        return str(self.c.gemma_kernels().decode())

    @property
    def usable_kernels(self) -> tuple[str, ...]:
        """The kernel sets that this build has and this processor can run, best first."""
        return _names(self.c.gemma_kernels_at)

    @property
    def engines(self) -> tuple[str, ...]:
        """Names of the engines compiled in, e.g. ("builtin",)."""
        return _names(self.c.gemma_engine_name)

    @property
    def engine_versions(self) -> dict[str, str]:
        """Of the engines that have one of their own: gemma.cpp's commit."""
        versions = zip(self.engines, _names(self.c.gemma_engine_version), strict=True)
        return {engine: version for engine, version in versions if version}

    def _check_version(self) -> None:
        version = self.c.gemma_abi_version()
        if version != _abi.ABI_VERSION:
            raise BackendUnavailable(
                sentence(
                    "The native library {path} has interface version {version}, expected {expected}.",
                    path=self.path,
                    version=version,
                    expected=_abi.ABI_VERSION,
                ),
                _REBUILD,
            )
        expected = _read_build_id(self.path.parent / _BUILD_ID_FILE)
        if expected and expected != self.build_id:
            raise BackendUnavailable(
                sentence(
                    "The native library {path} is build {build_id}, but its sources are {expected}.",
                    path=self.path,
                    build_id=self.build_id,
                    expected=expected,
                ),
                _REBUILD,
            )

    def _check(self, status: int, function: Any, arguments: Any) -> int:
        """ctypes errcheck: raises the error of a status, with the library's own sentence."""
        if status == _abi.OK:
            return status
        if status == _abi.CANCELLED:
            raise Cancelled
        kind, next_step = _ERRORS.get(status, (InternalError, ""))
        said = self.c.gemma_last_error().decode(errors="replace")
        name = self.c.gemma_status_name(status).decode()
        raise kind(
            _sentence(said or f"{function.__name__} failed with {name}"),
            next_step,
        )


def load_library() -> NativeLibrary:
    """The library in the first place that has one. Raises BackendUnavailable."""
    for path in candidate_paths():
        if path.is_file():
            return NativeLibrary(path)
    chosen = os.environ.get(LIBRARY_VARIABLE)
    if chosen:
        raise BackendUnavailable(
            sentence(
                "{variable} names {chosen}, which does not exist.",
                variable=LIBRARY_VARIABLE,
                chosen=chosen,
            )
        )
    raise BackendUnavailable(
        sentence("The native library is not built."),
        installation.repair(),
    )


def candidate_paths() -> Iterator[Path]:
    """Where the library may lie, best first: chosen by the user, in the package, installed, in the build
    tree."""
    chosen = os.environ.get(LIBRARY_VARIABLE)
    if chosen:
        yield Path(chosen)
        return
    name = _NAMES.get(sys.platform, "libfacet.so")
    yield _PACKAGE / name
    # An editable install has its Python files here and what CMake installed in site-packages.
    yield Path(sysconfig.get_path("platlib"), *__name__.split(".")[:-1], name)
    yield _PACKAGE.parents[2] / "build" / "release" / name


def _names(name_at: Callable[[int], bytes | None]) -> tuple[str, ...]:
    names: list[str] = []
    while (name := name_at(len(names))) is not None:
        names.append(name.decode())
    return tuple(names)


def _sentence(said: str) -> str:
    """The library's words as the other errors are written: a capital first, a full stop last."""
    return said[:1].upper() + said[1:] + ("" if said.endswith((".", "!", "?")) else ".")


def _read_build_id(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""  # a library without the file beside it is taken as it is
