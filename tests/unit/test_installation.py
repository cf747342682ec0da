"""Parts of Facet start in processes of their own, from a Python environment and from the packaged program."""

import shlex
import subprocess
import sys

import pytest

from app import installation


def test_this_environment_runs_facet_and_its_modules() -> None:
    done = subprocess.run(installation.command("--help"), capture_output=True, text=True, check=True)
    assert "doctor" in done.stdout
    words = installation.module_command("app.installation")
    assert subprocess.run(words, capture_output=True, check=False).returncode == 0


def test_the_packaged_program_is_its_own_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation, "FROZEN", True)
    assert installation.command("models") == [sys.executable, "models"]
    words = installation.module_command("app.bench.job", "x")
    assert words == [sys.executable, installation.MODULE_OPTION, "app.bench.job", "x"]
    assert "make" not in installation.repair()


def frozen_facet(*arguments: str) -> subprocess.CompletedProcess[str]:
    lines = (
        "import sys",
        "sys.frozen = True",
        f"sys.argv = ['facet', *{arguments!r}]",
        "from app.__main__ import main",
        "sys.exit(main())",
    )
    return subprocess.run(
        [sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=False
    )


def test_the_packaged_program_runs_its_modules() -> None:
    done = frozen_facet(installation.MODULE_OPTION, "app.catalog.prompt_styles")
    assert (done.returncode, done.stderr) == (0, "")
    assert frozen_facet(installation.MODULE_OPTION).returncode == 2


def test_elsewhere_that_is_no_option() -> None:
    words = installation.command(installation.MODULE_OPTION, "app.installation")
    assert subprocess.run(words, capture_output=True, check=False).returncode == 2


def test_other_programs_get_the_systems_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation, "FROZEN", True)
    monkeypatch.setenv("LD_LIBRARY_PATH", "/of/the/bundle")
    assert "LD_LIBRARY_PATH" not in installation.others_environment()
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/of/the/user")
    assert installation.others_environment()["LD_LIBRARY_PATH"] == "/of/the/user"


def test_what_a_user_types_starts_this_facet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert installation.typed("doctor") == shlex.join([sys.executable, "-m", "app", "doctor"])
    monkeypatch.setattr(installation, "FROZEN", True)
    assert installation.typed("doctor") == shlex.join([sys.executable, "doctor"])
    monkeypatch.setattr("shutil.which", lambda name: sys.executable)
    assert installation.typed("doctor") == "facet doctor"


def test_on_windows_the_packaged_program_for_terminals_is_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation, "FROZEN", True)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "executable", "/Program Files/Facet/facet.exe")
    assert installation.typed("doctor") == '"/Program Files/Facet/facet-cli.exe" doctor'
