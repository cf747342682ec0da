"""Claims about the repository itself: small files, nothing left open, docs that point somewhere."""

import ast
import re
import subprocess
import tomllib
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE_SUFFIXES = {".py", ".cc", ".h", ".c", ".sh"}
TEXT_SUFFIXES = CODE_SUFFIXES | {".md", ".toml", ".txt", ".json", ".cmake", ".yml", ".svg", ".qss"}


def project_files() -> list[Path]:
    """What git would hold: tracked files and new ones that are not ignored."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listing.returncode != 0:
        pytest.skip(f"not a git checkout: {listing.stderr.strip()}")
    return [path for name in listing.stdout.splitlines() if (path := ROOT / name).is_file()]


def files_with(suffixes: set[str]) -> list[Path]:
    found = [path for path in project_files() if path.suffix in suffixes]
    assert found
    return found


def matches(pattern: str, paths: list[Path]) -> list[str]:
    """`file:line` of every line in which `pattern` is found."""
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(pattern, line)
    ]


def test_no_code_file_has_more_than_400_lines() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in files_with(CODE_SUFFIXES)}
    assert {str(path.relative_to(ROOT)): n for path, n in lengths.items() if n > 400} == {}


def test_nothing_is_left_open_in_the_code() -> None:
    # Each word is spelled so that this line does not hold it.
    assert matches(r"\bTO[D]O\b|\bFIX[M]E\b|\bX{3}\b|\bHAC[K]\b", files_with(CODE_SUFFIXES)) == []


def test_no_file_names_a_path_of_one_machine() -> None:
    pattern = r"(?<![\w.}])/(wor[k]|hom[e]/\w+|roo[t]|User[s]/\w+)/"
    assert matches(pattern, files_with(TEXT_SUFFIXES)) == []


def test_every_app_module_says_why_it_exists() -> None:
    modules = [path for path in files_with({".py"}) if path.is_relative_to(ROOT / "app")]
    silent = [path for path in modules if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]
    assert silent == []


def test_no_module_is_named_after_a_lack_of_an_idea() -> None:
    assert [
        p for p in files_with(CODE_SUFFIXES) if re.search(r"(?i)utils?|helpers?|misc|common", p.stem)
    ] == []


def test_every_python_dependency_is_pinned_in_the_constraints() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    lines = (ROOT / "packaging/constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {canonical(line.split("==")[0]) for line in lines if "==" in line}
    assert {canonical(re.split(r"[<>=!~\[; ]", item)[0]) for item in wanted} - pinned == set()


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_links_in_the_documents_lead_to_files() -> None:
    dead = [
        f"{document.relative_to(ROOT)} -> {target}"
        for document in files_with({".md"})
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8"))
        if not (document.parent / target).exists()
    ]
    assert dead == []


def test_every_function_of_the_c_header_is_documented_in_five_points() -> None:
    header = (ROOT / "native/gemma_c_api.h").read_text(encoding="utf-8")
    functions = re.findall(r"/\*((?:(?!\*/).)*)\*/\s*GEMMA_API [^;]*?(gemma_\w+)\(", header, re.DOTALL)
    assert len(functions) == header.count("\nGEMMA_API ")
    points = ("does:", "returns:", "ownership:", "threads:", "after cancel:")
    undocumented = [(name, point) for text, name in functions for point in points if point not in text]
    assert undocumented == []


def test_make_help_lists_every_target_of_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = set(re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split()) - {"help"}
    listed = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE)) - {"help"}
    assert phony == listed
