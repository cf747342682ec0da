"""Where the `gemma` program is, and the flags that this build of it takes."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from app.backends.base import OpenOptions, Sampling
from app.catalog.entry import CatalogEntry
from app.chat.prompt import PromptStyle
from app.errors import BackendUnavailable, UnsupportedModel
from app.language import sentence

EXE_VARIABLE = "GEMMA_CPP_EXE"
FOLDER_VARIABLE = "GEMMA_CPP_LIB_DIR"
_NAME = "gemma.exe" if sys.platform == "win32" else "gemma"
_HELP_S = 20.0
_GREEDY_TOP_K = 1
_OLD_TYPES = {"sfp": "sfp", "bf16": "bf16", "f32": "f32"}
_OLD_NAMES = {
    "Gemma 1 2B": "2b",
    "Gemma 1 7B": "7b",
    "Gemma 2 2B": "gemma2-2b",
    "Gemma 2 9B": "9b",
    "Gemma 2 27B": "27b",
    "Gemma 3 4B": "gemma3-4b",
    "Gemma 3 1B": "gemma3-1b",
    "Gemma 3 12B": "gemma3-12b",
    "Gemma 3 27B": "gemma3-27b",
}
"""Of programs that must be told which model a file holds."""


def find_executable() -> Path:
    """In GEMMA_CPP_EXE, else below GEMMA_CPP_LIB_DIR, else on the PATH. Raises BackendUnavailable."""
    named = os.environ.get(EXE_VARIABLE)
    if named:
        if not _runs(Path(named)):
            raise BackendUnavailable(
                sentence(
                    "{variable} names {named}, which is no program.",
                    variable=EXE_VARIABLE,
                    named=named,
                )
            )
        return Path(named).absolute()
    folder = os.environ.get(FOLDER_VARIABLE)
    for place in (Path(folder), Path(folder, "Release")) if folder else ():
        if _runs(place / _NAME):
            return (place / _NAME).absolute()
    found = shutil.which(_NAME)
    if found is not None:
        return Path(found).absolute()
    raise BackendUnavailable(
        sentence(
            "There is no gemma program: {variable} is not set, and none is in {folder} or on the PATH.",
            variable=EXE_VARIABLE,
            folder=FOLDER_VARIABLE,
        )
    )


@dataclass(frozen=True, slots=True)
class Program:
    """An executable that was asked for its flags."""

    path: Path
    flags: frozenset[str]

    @classmethod
    def ask(cls, path: Path) -> "Program":
        """Raises BackendUnavailable when it does not answer as gemma does."""
        try:
            done = subprocess.run(
                [path, "--help"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                timeout=_HELP_S,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise BackendUnavailable(
                sentence("{path} cannot be run: {error}.", path=path, error=error)
            ) from error
        flags = frozenset(re.findall(r"--(\w+)", done.stdout.decode(errors="replace")))
        if "weights" not in flags:
            raise BackendUnavailable(
                sentence("{path} is another program: its --help does not know --weights.", path=path),
                sentence("Name gemma.cpp's program in {variable}.", variable=EXE_VARIABLE),
            )
        return cls(path, flags)

    def command(
        self,
        entry: CatalogEntry,
        options: OpenOptions,
        context_tokens: int,
        sampling: Sampling,
        end_line: str,
    ) -> list[str]:
        """How to run `entry`. Raises UnsupportedModel for what an old program cannot be told."""
        top_k = _GREEDY_TOP_K if sampling.temperature == 0.0 else sampling.top_k
        wanted = {
            "tokenizer": str(entry.tokenizer) if entry.tokenizer else "",
            "wrapping": "0" if entry.tokenizer and entry.prompt_style is not PromptStyle.GEMMA_IT else "",
            "verbosity": "0",
            "multiturn": "1",
            "eot_line": end_line,
            "seq_len": str(context_tokens),
            "max_generated_tokens": str(sampling.max_tokens or context_tokens),
            "max_tokens": str(context_tokens) if "seq_len" not in self.flags else "",
            "temperature": str(sampling.temperature),
            "top_k": str(top_k) if top_k else "",
            "num_threads": str(options.threads) if options.threads else "",
            "pin": "0",
        }
        command = [str(self.path), "--weights", str(entry.weights)]
        for flag, value in (wanted | self._told_about(entry)).items():
            if value and flag in self.flags:
                command += [f"--{flag}", value]
        return command

    def _told_about(self, entry: CatalogEntry) -> dict[str, str]:
        """Programs of before 2025 do not look into the file."""
        if "weight_type" not in self.flags:
            return {}
        name, kind = _OLD_NAMES.get(entry.family), _OLD_TYPES.get(entry.precision)
        if name is None or kind is None:
            raise UnsupportedModel(
                sentence(
                    "{path} is of before 2025 and must be told the model and its weight type; there is "
                    "no word for {family} in {precision}.",
                    path=self.path,
                    family=entry.family or entry.name,
                    precision=entry.precision or sentence("an unknown type"),
                ),
                sentence("Build a newer gemma.cpp, or use the native backend."),
            )
        suffix = "it" if entry.prompt_style is PromptStyle.GEMMA_IT else "pt"
        return {"model": f"{name}-{suffix}", "weight_type": kind}


def _runs(path: Path) -> bool:
    return path.is_file() and os.access(path, os.X_OK)
