"""What the Linux packages install is valid, and its parts agree on the names that connect them."""

import configparser
import importlib.util
import re
import shutil
import struct
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path
from types import ModuleType

import pytest

from app.formats.sbs_container import MAGIC

PACKAGING = Path(__file__).resolve().parents[3] / "packaging"
LINUX = PACKAGING / "linux"
ID = "io.github.facet_gemma.facet"
MIME_NAMESPACE = "{http://www.freedesktop.org/standards/shared-mime-info}"


def script(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def run(*words: str | Path) -> None:
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, done.stdout + done.stderr)


def stamped(source: Path, folder: Path) -> Path:
    result = folder / source.name
    text = source.read_text(encoding="utf-8")
    result.write_text(text.replace("@VERSION@", "0.1.0").replace("@DATE@", "2026-11-25"), encoding="utf-8")
    return result


def desktop_entry() -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(LINUX / f"{ID}.desktop", encoding="utf-8")
    return parser["Desktop Entry"]


def test_the_desktop_entry_is_valid() -> None:
    run(tool("desktop-file-validate"), LINUX / f"{ID}.desktop")


def test_the_appstream_metadata_is_valid(tmp_path: Path) -> None:
    run(tool("appstreamcli"), "validate", "--no-net", stamped(LINUX / f"{ID}.metainfo.xml", tmp_path))


def test_the_mime_type_is_valid(tmp_path: Path) -> None:
    (tmp_path / "packages").mkdir()
    shutil.copy(LINUX / f"{ID}.xml", tmp_path / "packages")
    run(tool("update-mime-database"), tmp_path)
    assert "*.sbs" in (tmp_path / "globs").read_text()


def test_the_manual_page_has_no_faults(tmp_path: Path) -> None:
    page = stamped(LINUX / "facet.1", tmp_path)
    man = tool("man")
    done = subprocess.run([man, "--warnings", "-l", page], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("path", sorted(PACKAGING.rglob("*.sh")), ids=lambda path: path.name)
def test_shell_scripts_are_sound(path: Path) -> None:
    run("sh", "-n", path)
    run(tool("shellcheck"), "--shell=sh", "--external-sources", "--source-path=SCRIPTDIR", path)


def test_the_files_of_the_desktop_name_each_other() -> None:
    metadata = ET.parse(LINUX / f"{ID}.metainfo.xml").getroot()
    mime = ET.parse(LINUX / f"{ID}.xml").getroot().find(f"{MIME_NAMESPACE}mime-type")
    assert mime is not None
    entry = desktop_entry()
    assert metadata.findtext("id") == ID
    assert metadata.findtext("launchable") == f"{ID}.desktop"
    assert entry["MimeType"].rstrip(";") == mime.get("type") == metadata.findtext("provides/mediatype")
    assert entry["Icon"] == ID
    assert entry["Exec"].split()[0] == metadata.findtext("provides/binary")


def test_the_mime_type_knows_the_first_bytes_of_an_sbs_file() -> None:
    match = ET.parse(LINUX / f"{ID}.xml").getroot().find(f".//{MIME_NAMESPACE}match")
    assert match is not None
    stated = match.get("value", "").encode().decode("unicode_escape").encode("latin-1")
    assert stated == struct.pack("<I", MAGIC)


def test_every_command_is_in_the_manual_page() -> None:
    from app.cli.main import app

    page = (LINUX / "facet.1").read_text(encoding="utf-8")
    named = set(re.findall(r"^\.B ([a-z-]+)$", page, re.MULTILINE))
    commands = {
        command.name or command.callback.__name__ for command in app.registered_commands if command.callback
    }
    assert commands <= named


def icu_package(items: dict[str, bytes]) -> bytes:
    header = struct.pack("<H", 32) + b"\xda\x27" + bytes(8) + b"CmnD" + bytes(16)
    names = b"".join(name.encode() + b"\0" for name in items)
    names_at = 4 + 8 * len(items)
    bodies_at = (names_at + len(names) + 15) // 16 * 16
    index, name_at, body_at, bodies = b"", names_at, bodies_at, b""
    for name, body in items.items():
        index += struct.pack("<II", name_at, body_at)
        name_at += len(name) + 1
        padded = body + bytes(-len(body) % 16)
        bodies, body_at = bodies + padded, body_at + len(padded)
    table = struct.pack("<I", len(items)) + index + names
    return header + table + bytes(bodies_at - len(table)) + bodies


def icu_items(package: bytes) -> dict[str, bytes]:
    table = package[32:]
    count = struct.unpack_from("<I", table)[0]
    places = [struct.unpack_from("<II", table, 4 + 8 * index) for index in range(count)]
    ends = [begin for _, begin in places[1:]] + [len(table)]
    return {
        table[name : table.index(b"\0", name)].decode(): table[begin:end].rstrip(b"\0")
        for (name, begin), end in zip(places, ends, strict=True)
    }


def test_trimmed_icu_keeps_what_qt_compares_text_with() -> None:
    kept = {
        "icudt73l/coll/de.res": b"German order" * 3,
        "icudt73l/nfc.nrm": b"normal form",
        "icudt73l/res_index.res": b"index",
        "icudt73l/root.res": b"root",
    }
    dropped = {
        "icudt73l/de.res": b"dates",
        "icudt73l/gb18030.cnv": b"code page",
        "icudt73l/zone/de.res": b"zones",
    }
    everything = dict(sorted((kept | dropped).items()))
    trimmed = script(LINUX / "trim_icu.py").trimmed(icu_package(everything))
    assert icu_items(icu_package(everything)) == everything
    assert icu_items(trimmed) == kept


def test_trimming_refuses_what_is_no_icu_data() -> None:
    with pytest.raises(ValueError, match="no ICU data"):
        script(LINUX / "trim_icu.py").trimmed(bytes(64))
