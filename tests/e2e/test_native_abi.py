"""The binding is the header: same layouts, same functions; and a library that is not ours is refused."""

import ctypes
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from app.backends.base import Backend, OpenOptions
from app.backends.native import _abi
from app.backends.native._library import LIBRARY_VARIABLE, NativeLibrary
from app.backends.native.backend import NativeBackend
from app.errors import BackendUnavailable
from tests.e2e.models import tiny

ROOT = Path(__file__).parents[2]
HEADER = ROOT / "native" / "gemma_c_api.h"
STRICT = ("-std=c11", "-Wall", "-Wextra", "-pedantic", "-Werror")


@pytest.fixture(scope="module")
def cc() -> str:
    found = shutil.which("cc")
    if found is None:
        pytest.skip("there is no C compiler 'cc' on this machine")
    return found


def header_functions() -> set[str]:
    text = re.sub(r"/\*.*?\*/", "", HEADER.read_text(), flags=re.DOTALL)
    return set(re.findall(r"GEMMA_API[^;(]*?\b(gemma_\w+)\s*\(", text))


def test_structs_have_the_layout_that_c_gives_them(cc: str, tmp_path: Path) -> None:
    program = tmp_path / "abi_layout"
    source = ROOT / "tests" / "native" / "abi_layout.c"
    subprocess.run([cc, *STRICT, f"-I{HEADER.parent}", source, "-o", program], check=True)
    printed = subprocess.run([program], check=True, capture_output=True, text=True).stdout
    ours = []
    for name, struct in _abi.STRUCTS.items():
        ours.append(f"{name} - 0 {ctypes.sizeof(struct)}")
        for field in struct._fields_:
            place = getattr(struct, field[0])
            ours.append(f"{name} {field[0]} {place.offset} {place.size}")
    assert printed.splitlines() == ours


def test_every_struct_and_field_of_the_header_is_compared() -> None:
    text = re.sub(r"/\*.*?\*/", "", HEADER.read_text(), flags=re.DOTALL)
    bodies = re.findall(r"typedef struct \w+ \{(.*?)\} (\w+);", text, re.DOTALL)
    fields = {name: re.findall(r"(\w+);", body) for body, name in bodies}
    assert fields == {name: [field[0] for field in s._fields_] for name, s in _abi.STRUCTS.items()}


def test_constants_are_those_of_the_header() -> None:
    defined = dict(re.findall(r"#define GEMMA_(\w+) (\d+)u?\b", HEADER.read_text()))
    assert len(defined) == 19
    assert {name: getattr(_abi, name) for name in defined} == {n: int(value) for n, value in defined.items()}


def test_the_table_has_every_function_of_the_header() -> None:
    assert {function.name for function in _abi.FUNCTIONS} == header_functions()


@pytest.mark.native
def test_the_library_exports_the_header_and_nothing_else(native: Backend) -> None:
    nm = shutil.which("nm")
    if nm is None:
        pytest.skip("there is no 'nm' on this machine")
    assert isinstance(native, NativeBackend)
    printed = subprocess.run(
        [nm, "-D", "--defined-only", native.library().path], check=True, capture_output=True, text=True
    ).stdout
    exported = {line.split()[-1] for line in printed.splitlines()}
    assert exported == header_functions()


@pytest.mark.native
def test_the_library_says_what_it_is(native: Backend) -> None:
    assert isinstance(native, NativeBackend)
    library = native.library()
    assert "builtin" in library.engines
    assert library.kernels in {"avx512bf16", "avx512", "avx2", "scalar"}
    assert library.build_id
    with pytest.raises(BackendUnavailable, match=r"engine 'onnx'.*builtin"):
        native.open(tiny(), OpenOptions(engine="onnx"), lambda _: True)


def stub(cc: str, folder: Path, version: int = 1, drop: str = "") -> Path:
    """A library with every symbol but `drop` that can say its version and its build id."""
    lines = []
    for name in sorted(header_functions() - {drop}):
        value = {"gemma_abi_version": f"return {version};", "gemma_build_id": 'return "abc";'}.get(name)
        result = "const char*" if name == "gemma_build_id" else "int"
        lines.append(f"{result} {name}(void) {{ {value or 'return 0;'} }}")
    source, library = folder / "stub.c", folder / "stub.so"
    source.write_text("\n".join(lines))
    subprocess.run([cc, "-shared", "-fPIC", source, "-o", library], check=True)
    return library


def test_a_library_of_another_version_build_or_kind_is_refused(cc: str, tmp_path: Path) -> None:
    with pytest.raises(BackendUnavailable, match="interface version 2, expected 1"):
        NativeLibrary(stub(cc, tmp_path, version=2))
    (tmp_path / "older").mkdir()
    with pytest.raises(BackendUnavailable, match="lacks gemma_session_score"):
        NativeLibrary(stub(cc, tmp_path / "older", drop="gemma_session_score"))
    (tmp_path / "stale").mkdir()
    (tmp_path / "stale" / "build_id.txt").write_text("def\n")
    with pytest.raises(BackendUnavailable, match="build abc, but its sources are def"):
        NativeLibrary(stub(cc, tmp_path / "stale"))
    (tmp_path / "text.so").write_text("not a library")
    with pytest.raises(BackendUnavailable, match="cannot be loaded"):
        NativeLibrary(tmp_path / "text.so")


def test_a_missing_library_is_unavailable_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(LIBRARY_VARIABLE, str(tmp_path / "nowhere.so"))
    state = NativeBackend().availability()
    assert not state.available
    assert "nowhere.so, which does not exist" in state.reason
    monkeypatch.delenv(LIBRARY_VARIABLE)
    monkeypatch.setattr("app.backends.native._library.candidate_paths", lambda: iter(()))
    assert "make setup" in NativeBackend().availability().reason
