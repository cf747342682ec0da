"""Starts jobs (job.py) and waits for them: what the process that asked does. Imports no runtime."""

import contextlib
import json
import os
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from app import installation
from app.backends.isolated.frames import text_from
from app.bench.backend_run import Prompts
from app.bench.export_cache import ensure_export
from app.bench.job import MARK, Job
from app.bench.peer import PeerChoice
from app.bench.stop import Stop
from app.errors import Cancelled, FacetError
from app.language import sentence

JobProgress = Callable[[str, int | None], None]
"""(phase in words, percent; None = unknown)."""

_EXPORT_BYTES_PER_PARAMETER = 5
"""At most, in f32 with the quantised copy beside it."""


def export(choice: PeerChoice, source: Path, parameters: int, progress: JobProgress) -> tuple[Path, int]:
    """The folder of the peer's weights, made when it is not there, and bytes that a token reads of them.

    Raises FacetError.
    """

    def build(folder: Path) -> dict[str, Any]:
        job = _job("export", choice, folder) | {"source": str(source.resolve())}
        return {"weight_bytes_per_token": run_job(job, progress)["weight_bytes_per_token"]}

    needed = _EXPORT_BYTES_PER_PARAMETER * parameters
    folder, manifest = ensure_export(source, str(choice), needed, build)
    return folder, int(manifest["weight_bytes_per_token"])


def measure(choice: PeerChoice, folder: Path, prompts: Prompts, new_tokens: int, threads: int) -> Job:
    """Figures of one run by their JSON names, with engine. Raises FacetError."""
    asked = {"prompts": [list(ids) for ids in prompts], "new_tokens": new_tokens, "threads": threads}
    return run_job(_job("measure", choice, folder) | asked)


def write_logits(choice: PeerChoice, folder: Path, ids: list[int], threads: int, out: Path) -> None:
    """Logits after every id, into the .npy file `out`. Raises FacetError."""
    run_job(_job("logits", choice, folder) | {"ids": ids, "threads": threads, "out": str(out)})


def read_bandwidth(threads: int) -> float:
    """Bytes per second. Raises FacetError."""
    return float(run_job({"do": "bandwidth", "threads": threads})["bytes_per_s"])


def run_job(job: Job, progress: JobProgress = lambda phase, percent: None, stop: Stop | None = None) -> Job:
    """Runs `job` in a process of its own, which ends with this call, however that ends.

    Raises FacetError; Cancelled once `stop` was asked to.
    """
    stop = stop or Stop()
    with tempfile.TemporaryFile("w+", errors="replace") as complaints:
        process = subprocess.Popen(
            installation.module_command("app.bench.job"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
            errors="replace",
        )
        assert process.stdin is not None
        assert process.stdout is not None
        stop.watch(process.kill)
        try:
            with contextlib.suppress(BrokenPipeError), process.stdin as words:
                json.dump(job, words)
            last = _last_answer(process.stdout, progress)
            code = process.wait()
        except BaseException:
            process.kill()
            process.wait()
            raise
        finally:
            stop.watch(None)
            process.stdout.close()
        if stop.asked:
            raise Cancelled
        if code == 0 and "result" in last:
            return dict(last["result"])
        raise _failure(last, complaints, code)


def _last_answer(lines: IO[str], progress: JobProgress) -> Job:
    last: Job = {}
    for line in lines:
        if not line.startswith(MARK):
            continue
        last = json.loads(line.removeprefix(MARK))
        if "progress" in last:
            phase, percent = last["progress"]
            progress(text_from(phase), percent)
    return last


def _failure(last: Job, complaints: IO[str], code: int) -> Exception:
    """What went wrong, as a sentence; the disk's own errors stay what they are."""
    if last.get("errno"):
        return OSError(last["errno"], os.strerror(last["errno"]))
    if "error" in last:
        return FacetError(text_from(last["error"]))
    complaints.seek(0)
    lines = complaints.read().strip().splitlines()
    return FacetError(lines[-1] if lines else sentence("The process ended with code {code}.", code=code))


def _job(do: str, choice: PeerChoice, folder: Path) -> Job:
    return {"do": do, "peer": choice.name, "precision": choice.precision, "folder": str(folder)}
