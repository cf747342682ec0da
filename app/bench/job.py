"""What is done in a process of its own: `python -m app.bench.job`, a JSON job on stdin.

A peak RSS belongs to one runtime then, and no idle thread pool of one disturbs another. Answers are lines on
stdout that begin with MARK and hold JSON; what a library prints there is between them. Jobs: export, measure
and logits, of a peer; bandwidth; backend, a run of a backend of Facet's.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from app.backends import registry
from app.backends.base import OpenOptions, Timings
from app.backends.isolated.frames import text_document
from app.backends.memory import peak_rss_bytes
from app.bench.backend_run import WARM_UP_TOKENS, figures, measure_backend
from app.bench.bandwidth import read_bandwidth
from app.bench.checkpoint import Checkpoint
from app.bench.peer import PeerSession
from app.bench.peers import PEERS
from app.catalog import scan
from app.errors import FacetError
from app.formats.sbs_reader import SbsFile

MARK = "facet-job "

Job = dict[str, Any]


def export(job: Job) -> Job:
    """Writes the weights of job["source"] into job["folder"]."""
    shown = -1

    def progress(phase: str, done: int, total: int) -> None:
        nonlocal shown
        percent = 100 * done // total if total else 0
        if percent != shown:
            shown = percent
            answer({"progress": [text_document(phase), percent if total else None]})

    with SbsFile.open(Path(job["source"])) as file:
        peer = PEERS[job["peer"]]()
        size = peer.export(Checkpoint(file), job["precision"], Path(job["folder"]), progress)
    return {"weight_bytes_per_token": size}


def measure(job: Job) -> Job:
    """As docs/performance.md defines the figures: warm up, then every prompt once, nothing of it cached."""
    prompts, new_tokens = job["prompts"], job["new_tokens"]
    start = time.perf_counter()
    session = _open(job, max(map(len, prompts)) + new_tokens)
    load_s = time.perf_counter() - start
    generate(session, prompts[0], min(WARM_UP_TOKENS, new_tokens))
    timings = []
    for ids in prompts:
        session.reset()
        timings.append(generate(session, ids, new_tokens))
    return {"engine": session.engine, "load_s": load_s} | figures(timings)


def generate(
    session: PeerSession,
    ids: list[int],
    new_tokens: int,
    now: Callable[[], float] = time.perf_counter,
) -> Timings:
    """Times of one greedy generation of fixed length; no id ends it."""
    start = now()
    token = int(np.argmax(session.feed(ids)))
    first = now()
    for _ in range(new_tokens - 1):
        token = int(np.argmax(session.feed([token])))
    end = now()
    return Timings(len(ids), 0, new_tokens, first - start, first - start, end - first)


def backend(job: Job) -> Job:
    """One run of a backend of Facet's: job["backend"] on the model at job["model"]."""
    entry = scan.find(job["model"])
    options = OpenOptions(**job["options"])

    def say(words: str) -> None:
        answer({"progress": [text_document(words), None]})

    return measure_backend(
        registry.installed(), entry, job["backend"], options, job["prompts"], job["new_tokens"], say=say
    )


def logits(job: Job) -> Job:
    """Writes job["out"], [ids, vocab]: one token at a time, as decoding runs."""
    ids = job["ids"]
    session = _open(job, len(ids))
    rows = [session.feed([token]).copy() for token in ids]
    np.save(job["out"], np.stack(rows))
    return {"engine": session.engine}


def bandwidth(job: Job) -> Job:
    return {"bytes_per_s": read_bandwidth(job["threads"])}


JOBS: dict[str, Callable[[Job], Job]] = {
    "export": export,
    "measure": measure,
    "logits": logits,
    "bandwidth": bandwidth,
    "backend": backend,
}


def _open(job: Job, context_tokens: int) -> PeerSession:
    peer = PEERS[job["peer"]]()
    return peer.open(Path(job["folder"]), job["precision"], job["threads"], context_tokens)


def answer(document: Job) -> None:
    sys.stdout.write(f"\n{MARK}{json.dumps(document)}\n")
    sys.stdout.flush()


def main() -> int:
    job = json.load(sys.stdin)
    try:
        result = JOBS[job["do"]](job)
    except FacetError as error:
        answer({"error": text_document(error.whole)})
        return 1
    except OSError as error:
        answer({"error": f"{error.strerror or error}.", "errno": error.errno})
        return 1
    answer({"result": result | {"peak_rss_bytes": peak_rss_bytes()}})
    return 0


if __name__ == "__main__":
    sys.exit(main())
