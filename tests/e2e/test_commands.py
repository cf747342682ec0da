"""The commands as a user runs them: a real process, a real (tiny) model, both backends if installed."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.fakes.tiny_checkpoints import TinyModel, write_gguf

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "golden"
TINY = GOLDEN / "tiny-gemma3-f32.sbs"
TIMEOUT_S = 240


def facet(
    *words: str | Path, cwd: Path = ROOT, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app", *map(str, words)],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | (env or {}),
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )


def document(result: subprocess.CompletedProcess[str]) -> dict[str, object]:
    assert (result.returncode, result.stderr) == (0, "")
    return json.loads(result.stdout)


@pytest.fixture(scope="session")
def doctor() -> dict[str, object]:
    return document(facet("doctor", "--json"))


@pytest.fixture(
    params=[
        pytest.param("native", marks=pytest.mark.native),
        pytest.param("transformers", marks=pytest.mark.transformers),
    ]
)
def backend(request: pytest.FixtureRequest, doctor: dict[str, dict[str, dict[str, object]]]) -> str:
    """Every backend that is installed here."""
    state = doctor["backends"][request.param]
    if not state["available"]:
        pytest.skip(f"{request.param}: {state['reason']}")
    return str(request.param)


def test_scores_of_both_backends_are_those_of_the_golden_logits(backend: str, tmp_path: Path) -> None:
    logits = tmp_path / "logits.npy"
    words = (
        "--tokens",
        GOLDEN / "tiny-gemma3-tokens.txt",
        "--logits",
        logits,
        "--dtype",
        "float32",
        "--json",
    )
    scored = document(facet("score", TINY, "--backend", backend, *words))
    golden = np.load(GOLDEN / "tiny-gemma3-transformers-logits.npy")
    assert np.abs(np.load(logits) - golden).max() <= 2e-3
    ids = scored["ids"]
    softmax = golden - np.log(np.exp(golden).sum(axis=1, keepdims=True))
    expected = [softmax[index, token] for index, token in enumerate(ids[1:])]
    np.testing.assert_allclose(scored["logprobs"], expected, atol=4e-3)


def test_same_seed_same_answer_and_another_seed_another_one(backend: str) -> None:
    words = (
        "chat",
        TINY,
        "-p",
        "hi",
        "--backend",
        backend,
        "--temperature",
        "1",
        "--max-tokens",
        "12",
        "--json",
    )
    first, again, other = (document(facet(*words, "--seed", seed)) for seed in ("1", "1", "2"))
    assert first["backend"] == backend
    assert first["ids"] == again["ids"]
    assert first["ids"] != other["ids"]


def test_bench_measures_installed_backends_in_processes_of_their_own(backend: str) -> None:
    words = ("--backends", backend, "--runs", "2", "--prompt-tokens", "16", "--new-tokens", "8", "--json")
    (run,) = document(facet("bench", TINY, *words))["runs"]
    assert run["backend"] == backend
    for name in ("load_s", "ttft_s", "prefill_tok_s", "decode_tok_s", "peak_rss_bytes"):
        assert 0 < run[name]["min"] <= run[name]["median"] <= run[name]["max"]


def test_a_truncated_model_is_one_line_and_no_traceback(backend: str, tmp_path: Path) -> None:
    broken = tmp_path / "broken.sbs"
    broken.write_bytes(TINY.read_bytes()[:100_000])
    result = facet("chat", broken, "-p", "hi", "--backend", backend, "--json")
    assert (result.returncode, result.stdout) == (1, "")
    assert len(result.stderr.splitlines()) == 1
    assert "broken" in result.stderr


def test_models_lists_what_lies_in_the_folder_with_its_problems(tmp_path: Path) -> None:
    shutil.copy(TINY, tmp_path / "tiny.sbs")
    (tmp_path / "empty.sbs").touch()
    models = document(facet("models", "--json", env={"GEMMA_MODELS_DIR": str(tmp_path)}))["models"]
    found = {model["name"]: model for model in models}
    assert found["tiny"]["problems"] == []
    assert found["tiny"]["format"] == "sbs"
    assert found["empty"]["backends"] == []
    assert found["empty"]["problems"]


def test_a_model_is_found_by_its_name_from_any_folder(backend: str, tmp_path: Path) -> None:
    shutil.copy(TINY, tmp_path / "tiny.sbs")
    words = ("chat", "tiny", "-p", "hi", "--backend", backend, "--max-tokens", "2", "--json")
    answer = document(facet(*words, cwd=tmp_path, env={"GEMMA_MODELS_DIR": str(tmp_path)}))
    assert answer["model"] == "tiny"


def test_a_model_that_is_not_there_is_named_with_exit_code_1(tmp_path: Path) -> None:
    result = facet("chat", "gemma-99", "-p", "hi", env={"GEMMA_MODELS_DIR": str(tmp_path)})
    assert (result.returncode, result.stdout) == (1, "")
    assert "gemma-99" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_import_tells_a_program_what_it_made(tmp_path: Path) -> None:
    source, folder = write_gguf(tmp_path / "tiny.gguf", TinyModel()), tmp_path / "models"
    folder.mkdir()
    made = document(facet("import", source, "--json", env={"GEMMA_MODELS_DIR": str(folder)}))
    assert made == {
        "name": "tiny",
        "path": str(folder / "tiny"),
        "tensors": 32,
        "largest_error": 0.0,
        "greedy_tokens": {"equal": 16, "compared": 16, "reason": ""},
    }
    assert (folder / "tiny" / "tiny.sbs").is_file()


def test_import_of_something_else_is_one_line_and_leaves_nothing(tmp_path: Path) -> None:
    source, folder = tmp_path / "notes.gguf", tmp_path / "models"
    source.write_text("not a model")
    folder.mkdir()
    result = facet("import", source, env={"GEMMA_MODELS_DIR": str(folder)})
    assert (result.returncode, result.stdout) == (1, "")
    assert len(result.stderr.splitlines()) == 1
    assert "notes.gguf" in result.stderr
    assert list(folder.rglob("*")) == []


def test_without_the_native_library_doctor_says_so_and_still_works(tmp_path: Path) -> None:
    examined = document(facet("doctor", "--json", env={"FACET_NATIVE_LIBRARY": str(tmp_path / "no.so")}))
    assert examined["backends"]["native"]["available"] is False
    assert "no.so" in examined["backends"]["native"]["reason"]
    assert examined["engines"]["builtin"]["available"] is False
    assert examined["kernels"] is None


@pytest.mark.native
def test_kernels_can_be_forced_and_a_name_that_is_none_is_told(doctor: dict[str, Any]) -> None:
    if doctor["kernels"] is None:
        pytest.skip(f"native: {doctor['backends']['native']['reason']}")
    assert doctor["kernels"] in doctor["usable_kernels"]
    assert doctor["kernels_problem"] is None
    scalar = document(facet("doctor", "--json", env={"GEMMA_KERNELS": "scalar"}))
    assert (scalar["kernels"], scalar["kernels_problem"]) == ("scalar", None)

    wrong = {"GEMMA_KERNELS": "mmx"}
    told = facet("doctor", env=wrong)
    assert told.returncode == 0
    assert "GEMMA_KERNELS is 'mmx'" in told.stdout
    refused = facet("chat", TINY, "-p", "hi", "--backend", "native", "--max-tokens", "1", env=wrong)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "GEMMA_KERNELS is 'mmx'" in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_doctor_names_the_versions_of_what_is_installed(doctor: dict[str, dict[str, str]]) -> None:
    assert doctor.keys() >= {"backends", "engines", "kernels", "versions"}
    assert doctor["versions"]["numpy"] == np.__version__


def test_a_conversation_through_a_pipe_answers_every_line(backend: str) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "app", "chat", TINY, "--backend", backend, "--max-tokens", "3"],
        cwd=ROOT,
        input="one\n\xff two\n",
        encoding="latin-1",  # the second line is not UTF-8
        capture_output=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.count("\n") >= 2


@pytest.mark.native
@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
@pytest.mark.parametrize(("closed", "code"), [("<&-", 0), (">&-", 1), ("2>&-", 0), (">&- 2>&-", 1)])
def test_closed_streams_are_no_defect(closed: str, code: int, tmp_path: Path) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f'exec "{sys.executable}" -m app chat "{TINY}" --max-tokens 2 {closed}'],
        env=os.environ | {"PYTHONPATH": str(ROOT), "FACET_HOME": str(tmp_path)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    assert (done.returncode, done.stdout) == (code, "")
    assert "defect" not in done.stderr
    assert len(done.stderr.splitlines()) == (1 if closed == ">&-" else 0)


def test_ctrl_c_while_the_program_starts_is_one_line(tmp_path: Path) -> None:
    # A module in front of numpy, imported early, that presses Ctrl-C.
    (tmp_path / "numpy.py").write_text("import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n")
    done = facet("models", env={"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}", "FACET_HOME": str(tmp_path)})
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "facet: Stopped.\n")


def test_a_reader_that_leaves_early_causes_no_noise(doctor: dict[str, dict[str, dict[str, object]]]) -> None:
    if not doctor["backends"]["native"]["available"]:
        pytest.skip(f"native: {doctor['backends']['native']['reason']}")
    read_end, write_end = os.pipe()
    os.close(read_end)
    result = subprocess.run(
        [sys.executable, "-m", "app", "chat", TINY, "-p", "hi", "--backend", "native", "--max-tokens", "50"],
        cwd=ROOT,
        stdout=write_end,
        stderr=subprocess.PIPE,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    os.close(write_end)
    assert (result.returncode, result.stderr) == (1, "")


@pytest.mark.native
@pytest.mark.real_model
def test_ctrl_c_stops_a_long_answer_and_the_document_still_comes(
    demo_model: Path, doctor: dict[str, dict[str, dict[str, object]]]
) -> None:
    if not doctor["backends"]["native"]["available"]:
        pytest.skip(f"native: {doctor['backends']['native']['reason']}")
    words = [
        "chat",
        demo_model,
        "-p",
        "Count.",
        "--prompt-style",
        "raw",
        "--backend",
        "native",
        "--max-tokens",
        "0",
    ]
    process = subprocess.Popen(
        [sys.executable, "-m", "app", *map(str, words)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.read(1)  # the answer has begun
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=TIMEOUT_S)
    finally:
        process.kill()
    assert (process.returncode, errors) == (1, "facet: Stopped.\n")
