"""Memory figures are bytes of this process; torch's many ways of running out become one error."""

import mmap
import subprocess
import sys

import pytest

from app.backends.memory import peak_rss_bytes, rss_bytes
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
