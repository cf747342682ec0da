"""Memory figures are bytes of this process; torch's many ways of running out become one error."""

import ctypes
import mmap
import subprocess
import sys

import pytest

from app.backends.memory import give_back, peak_rss_bytes, rss_bytes
from app.backends.transformers.memory_errors import told_as_out_of_memory
from app.errors import OutOfMemory

MEGABYTE = 1 << 20


def test_touched_memory_is_counted_in_bytes() -> None:
    before = rss_bytes()
    with mmap.mmap(-1, 64 * MEGABYTE) as fresh:  # pages that the process cannot have had already
        fresh.write(b"x" * len(fresh))
        assert rss_bytes() - before > 48 * MEGABYTE
    assert peak_rss_bytes() > before + 48 * MEGABYTE
    assert rss_bytes() < peak_rss_bytes()


def test_the_peak_of_whoever_started_a_process_is_not_its_own() -> None:
    with mmap.mmap(-1, 256 * MEGABYTE) as fresh:
        fresh.write(b"x" * len(fresh))
        told = subprocess.run(
            [sys.executable, "-c", "from app.backends.memory import peak_rss_bytes; print(peak_rss_bytes())"],
            capture_output=True,
            text=True,
            check=True,
        )
    assert 0 < int(told.stdout) < 200 * MEGABYTE


@pytest.mark.skipif(
    not hasattr(ctypes.CDLL(None) if sys.platform == "linux" else None, "malloc_trim"),
    reason="this C library is not glibc",
)
def test_what_was_freed_under_something_that_stays_goes_back_to_the_system() -> None:
    library = ctypes.CDLL(None)
    library.malloc.restype, library.free.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
    pieces = [library.malloc(4000) for _ in range(16_000)]
    for piece in pieces:
        ctypes.memset(piece, 1, 4000)
    for piece in pieces[:-1]:  # the last one lies at the end of the heap, which cannot shrink
        library.free(piece)
    kept = rss_bytes()
    give_back()
    assert kept - rss_bytes() > 32 * MEGABYTE
    library.free(pieces[-1])


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        RuntimeError(
            "[enforce fail at alloc_cpu.cpp:127] DefaultCPUAllocator: can't allocate memory: you tried"
        ),
        RuntimeError("std::bad_alloc"),
    ],
    ids=["python", "torch", "C++"],
)
def test_no_memory_is_told_with_what_it_was_for(error: Exception) -> None:
    with pytest.raises(OutOfMemory, match="for the test") as caught, told_as_out_of_memory("the test"):
        raise error
    assert caught.value.next_step


def test_a_defect_is_not_taken_for_missing_memory() -> None:
    with pytest.raises(RuntimeError, match="shapes"), told_as_out_of_memory("the test"):
        raise RuntimeError("mat1 and mat2 shapes cannot be multiplied")
