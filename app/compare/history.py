"""Figures of past runs in an SQLite file, for trends per model and backend. No text of any chat is kept.

It never stands in the way: a damaged file is set aside, one of a newer Facet is left alone, and where nothing
can be written the history lives in memory; each with a sentence for the user. Several programs may write at
once. Blocks for a disk's moment: not for the GUI thread.
"""

import contextlib
import sqlite3
import time
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from app import paths
from app.compare.figures import figures_of
from app.compare.record import RunRecord
from app.compare.report import ComparisonReport
from app.language import sentence

VERSION = 1
"""PRAGMA user_version; raised when an older Facet could not use the file."""
_BUSY_MS = 5000
_COMPANIONS = ("-wal", "-shm")
"""What SQLite keeps beside a file that is in use."""
_COLUMNS: dict[object, str] = {str: "TEXT", int: "INTEGER", float: "REAL", bool: "INTEGER"}

Kind = Literal["comparison", "benchmark"]


@dataclass(frozen=True, slots=True)
class PastRun:
    """One answer of a comparison, or the medians of a benchmark's runs. 0 = not measured."""

    created: str
    """UTC, ISO 8601: sorts by time."""
    kind: str
    """A Kind; memory figures of different kinds are not alike."""
    prompts: str
    """Name of the benchmark's prompt set; empty = a question of the user's own."""
    model: str
    """Catalog name."""
    weights_sha256: str
    """Empty = not computed."""
    backend: str
    engine: str
    precision: str
    """What was computed with."""
    threads: int
    runs: int
    """How many the figures are the medians of."""
    prompt_tokens: int
    new_tokens: int
    load_s: float
    ttft_s: float
    prefill_tok_s: float
    decode_tok_s: float
    peak_rss_bytes: int
    """Comparison: what the engine grew the process by. Benchmark: of its own process, in all."""
    shared_processor: bool
    """Whether another engine computed at the same time."""
    facet: str
    """Version."""


_NAMES = [field.name for field in fields(PastRun)]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a trend is of."""

    model: str
    backend: str
    runs: int
    """How many are kept of it."""


def history_file() -> Path:
    """Where the history of this user is."""
    return paths.data_dir() / "history.sqlite3"


def past_runs(report: ComparisonReport) -> tuple[PastRun, PastRun]:
    """Both sides of a comparison."""
    facet = dict(report.machine.versions).get("facet-gemma", "")
    return past_run(report.created, report.left, facet), past_run(report.created, report.right, facet)


def past_run(created: str, run: RunRecord, facet: str) -> PastRun:
    """One answer; `facet` is the version that gave it."""
    settings, figures = run.settings, figures_of(run)
    return PastRun(
        created=created,
        kind="comparison",
        prompts="",
        model=settings.model,
        weights_sha256=settings.weights_sha256,
        backend=settings.backend,
        engine=settings.engine,
        precision=settings.precision,
        threads=settings.threads,
        runs=1,
        prompt_tokens=figures.prompt_tokens,
        new_tokens=figures.new_tokens,
        load_s=figures.load_s,
        ttft_s=figures.ttft_s,
        prefill_tok_s=figures.prefill_tok_s,
        decode_tok_s=figures.decode_tok_s,
        peak_rss_bytes=figures.peak_rss_bytes,
        shared_processor=run.shared_processor,
        facet=facet,
    )


class History:
    """An open file; a context manager. Used from the thread that opened it."""

    def __init__(self, connection: sqlite3.Connection, problem: str = "") -> None:
        self._connection = connection
        self.problem = problem
        """What the user should know, a sentence; empty when all is well."""

    @classmethod
    def open(cls, path: Path) -> "History":
        """Never fails; see the module's docstring."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            return cls(_connected(path))
        except _NewerFile:
            return cls._in_memory(
                sentence("The history in {path} is of a newer Facet and is left alone.", path=path)
            )
        except sqlite3.OperationalError as error:  # locked, no permission, disk full: the file may be sound
            return cls._in_memory(
                sentence("The history in {path} cannot be used: {error}.", path=path, error=error)
            )
        except sqlite3.DatabaseError:
            return cls._instead_of(path)
        except OSError as error:
            return cls._in_memory(
                sentence("The history in {path} cannot be used: {reason}.", path=path, reason=error.strerror)
            )

    @classmethod
    def _in_memory(cls, problem: str) -> "History":
        return cls(_prepared(sqlite3.connect(":memory:")), problem)

    @classmethod
    def _instead_of(cls, path: Path) -> "History":
        """A new one; the damaged one keeps its bytes under another name."""
        kept = _free_name(path)
        try:
            path.replace(kept)
            for suffix in _COMPANIONS:
                with contextlib.suppress(FileNotFoundError):
                    path.with_name(path.name + suffix).replace(kept.with_name(kept.name + suffix))
            connection = _connected(path)
        except (OSError, sqlite3.Error) as error:
            return cls._in_memory(
                sentence(
                    "The history in {path} is damaged and cannot be moved: {error}.", path=path, error=error
                )
            )
        return cls(
            connection,
            sentence("The history was damaged; it is kept as {kept}, and a new one begins.", kept=kept),
        )

    def add(self, runs: Iterable[PastRun]) -> None:
        """All or none. A failure is noted in `problem` and nothing else happens."""
        marks = ", ".join("?" * len(_NAMES))
        try:
            with self._connection:
                self._connection.executemany(
                    f"INSERT INTO runs ({', '.join(_NAMES)}) VALUES ({marks})",  # names of our own fields
                    [astuple(run) for run in runs],
                )
        except sqlite3.Error as error:
            self.problem = sentence("The run could not be added to the history: {error}.", error=error)

    def subjects(self) -> tuple[Subject, ...]:
        """Every model on every backend that has runs, by name."""
        rows = self._rows(
            "SELECT model, backend, COUNT(*) FROM runs GROUP BY model, backend ORDER BY model, backend", ()
        )
        return tuple(Subject(*row) for row in rows)

    def trend(self, model: str, backend: str, limit: int = 200) -> tuple[PastRun, ...]:
        """The latest runs of a model on a backend, oldest first."""
        return self._select("WHERE model = ? AND backend = ?", (model, backend), limit)

    def latest(self, limit: int = 20) -> tuple[PastRun, ...]:
        """Of all models, oldest first."""
        return self._select("", (), limit)

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> "History":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _select(self, where: str, values: tuple[str, ...], limit: int) -> tuple[PastRun, ...]:
        query = f"SELECT {', '.join(_NAMES)} FROM runs {where} ORDER BY created DESC, id DESC LIMIT ?"
        return tuple(_read(row) for row in reversed(self._rows(query, (*values, limit))))

    def _rows(self, query: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            self.problem = sentence("The history cannot be read: {error}.", error=error)
            return []


class _NewerFile(Exception):
    """Its user_version is above ours."""


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    try:
        return _prepared(connection)
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            connection.close()
        raise


def _prepared(connection: sqlite3.Connection) -> sqlite3.Connection:
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    if found > VERSION:
        raise _NewerFile
    (state,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if state != "ok":
        raise sqlite3.DatabaseError(state)
    connection.execute("PRAGMA journal_mode = WAL")
    if found < VERSION:
        columns = ", ".join(f"{field.name} {_COLUMNS[field.type]} NOT NULL" for field in fields(PastRun))
        with connection:
            connection.execute(f"CREATE TABLE IF NOT EXISTS runs (id INTEGER PRIMARY KEY, {columns})")
            connection.execute("CREATE INDEX IF NOT EXISTS runs_of ON runs (model, backend, created)")
            connection.execute(f"PRAGMA user_version = {VERSION}")
    return connection


def _free_name(path: Path) -> Path:
    stem = f"{path.stem}.broken-{time.strftime('%Y%m%d-%H%M%S')}"
    names = (path.with_name(f"{stem}{f'-{number}' if number else ''}{path.suffix}") for number in range(1000))
    return next(name for name in names if not name.exists())


def _read(row: tuple[Any, ...]) -> PastRun:
    run = PastRun(*row)
    return replace(run, shared_processor=bool(run.shared_processor))
