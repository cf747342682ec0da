"""A stand-in for Google's `gemma` program: same flags, same protocol on its streams, no model.

It answers "You said: QUESTION" a word at a time, and keeps a log of its flags and questions. What a question
begins with makes it do something: "slow", "crash", "quote" (says what marks the end of an answer, almost).
"""

import json
import os
import stat
import sys
import time
from pathlib import Path

_SHARED = ("tokenizer", "weights", "num_threads", "verbosity", "max_generated_tokens", "temperature")
FLAGS = (*_SHARED, "multiturn", "eot_line", "wrapping", "pin", "seq_len", "top_k", "deterministic", "model")
OLD_FLAGS = (*_SHARED, "multiturn", "eot_line", "model", "weight_type", "max_tokens")
IDLE = "Use '%q' to quit.\n"


def install(folder: Path, *, old: bool = False, name: str = "gemma") -> Path:
    """An executable of that name in `folder`; its log is `read_log(folder)`."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    script = f"#!{sys.executable}\nimport sys\nsys.path[:0] = [{str(Path(__file__).parents[2])!r}]\n"
    script += "from tests.fakes.fake_gemma import run\n"
    path.write_text(f"{script}run({str(folder / 'log')!r}, {old!r})\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def read_log(folder: Path) -> list[object]:
    """Flags of each start, as a dict, and every question, as text."""
    return [json.loads(line) for line in (folder / "log").read_text().splitlines()]


def run(log: str, old: bool) -> None:
    words = sys.argv[1:]
    if "--help" in words:
        for flag in OLD_FLAGS if old else FLAGS:
            sys.stderr.write(f"  --{flag} : what it does.\n")
        return
    flags = {words[index][2:]: words[index + 1] for index in range(0, len(words), 2)}
    _note(log, flags)
    _load(Path(flags["weights"]))
    while True:
        question = _read(flags["eot_line"])
        if question is None:
            return
        if not question:
            _say(IDLE)
            continue
        _note(log, question)
        if question.startswith("%c"):
            continue
        if question.startswith("%"):
            return
        _answer(question.rstrip("\n"))


def _load(weights: Path) -> None:
    if not weights.stat().st_size:
        sys.stderr.write(f"Abort at blob_store.cc:420: Zero-sized file {weights}\n")
        os.abort()
    if "slow" in weights.name:
        time.sleep(600)


def _answer(question: str) -> None:
    if question.startswith("crash"):
        _say("I am")
        sys.stderr.write("Abort at gemma.cc:1: prompt >= seq_len\n")
        os.abort()
    if question.startswith("slow"):
        _say("One ")
        time.sleep(600)
    answer = f"You said: {question}"
    if question.startswith("quote"):
        answer = "It prints\n\nUse '%q' to stop.\nand “ü”"
    for word in answer.split(" "):
        _say(f"{word} ")
    _say("\n\n")


def _read(end_line: str) -> str | None:
    lines: list[str] = []
    for line in sys.stdin:
        if line.rstrip("\n") == end_line:
            return "".join(lines)
        lines.append(line)
    return None


def _say(text: str) -> None:
    data = text.encode()
    middle = len(data) // 2  # in two writes, so that characters and marks arrive in pieces
    for part in (data[:middle], data[middle:]):
        sys.stdout.buffer.write(part)
        sys.stdout.buffer.flush()


def _note(log: str, what: object) -> None:
    with open(log, "a", encoding="utf-8") as file:
        file.write(json.dumps(what) + "\n")
