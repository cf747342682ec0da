"""The process that imports: what becomes of its files when whoever asked for the import is gone."""

import subprocess
from pathlib import Path

from app import installation
from app.backends.import_job import request_line
from app.backends.verified_import import ImportRequest
from tests.fakes.tiny_checkpoints import TinyModel, write_gguf


def test_an_import_whose_window_is_gone_leaves_nothing_half(tmp_path: Path) -> None:
    source, target = write_gguf(tmp_path / "tiny.gguf", TinyModel()), tmp_path / "models"
    target.mkdir()
    words = installation.module_command("app.backends.import_job")
    pipe = subprocess.PIPE
    with subprocess.Popen(words, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(request_line(ImportRequest(source, target, "tiny")))
        process.stdin.close()
        process.stdout.close()
        assert process.stderr.read() == ""
        process.wait()
    left = [item.name for item in target.iterdir()]
    assert left in ([], ["tiny"])  # whole, where it was faster than the end
