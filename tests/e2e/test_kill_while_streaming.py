"""A window that is killed while an answer streams loses no question, and of the answer only what came last.

FACET_KILLS=50 kills it as often, and the line that is printed (pytest -s) tells how much of the answers was
lost: the time from the first text that is not on the disk to the kill.
"""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

from app.chat.store import ChatStore
from tests.gui.streaming_window import ANSWER

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("FACET_KILLS", "2"))


def test_a_killed_window_loses_no_question_and_only_the_end_of_an_answer(tmp_path: Path) -> None:
    seed = random.randrange(1 << 30)
    moments = random.Random(seed)
    lost_s: list[float] = []
    begun: set[str] = set()
    kept: dict[str, str] = {}
    for _ in range(KILLS):
        lines, killed_ns = _killed_at(moments.uniform(0.3, 4.0), tmp_path)
        begun |= {line[1] for line in lines if line[0] == "begun"}
        kept = _kept(tmp_path)
        question = lines[-1][1]
        answer = kept.get(question, "")
        unsaved = [
            int(line[3])
            for line in lines
            if line[:2] == ["shown", question] and len(line) == 4 and int(line[2]) > len(answer)
        ]
        lost_s.append((killed_ns - unsaved[0]) / 1e9 if unsaved else 0.0)
        assert ANSWER.startswith(answer), f"another text was kept (seed {seed})"
    assert len(begun) >= KILLS
    assert begun <= kept.keys(), f"questions were lost (seed {seed})"
    lost_s.sort()
    print(f"{KILLS} kills, {len(begun)} questions, none lost; of the answer that streamed the last")  # noqa: T201
    print(f"{lost_s[len(lost_s) // 2]:.2f} s (median), {lost_s[-1]:.2f} s (most) were lost")  # noqa: T201


def _killed_at(after_s: float, folder: Path) -> tuple[list[list[str]], int]:
    """Kill a window that long after its first answer began. Its words, and when it was killed."""
    environment = os.environ | {"FACET_HOME": str(folder), "QT_QPA_PLATFORM": "offscreen"}
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.gui.streaming_window", str(folder)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    killed: list[int] = []

    def kill() -> None:
        killed.append(time.monotonic_ns())
        child.send_signal(signal.SIGKILL)

    timer = threading.Timer(after_s, kill)
    with child:
        assert child.stdout is not None
        try:
            first = child.stdout.readline()
            assert first.startswith("begun"), "the window did not start"
            timer.start()
            said = first + child.stdout.read()
            timer.join()
        finally:
            child.kill()
    return [line.split() for line in said.splitlines() if line.count(" ") >= 2], killed[0]


def _kept(folder: Path) -> dict[str, str]:
    """Questions on the disk, with their answers, as the next start finds them."""
    path = folder / "data" / "chats.sqlite3"
    ChatStore.open(path).close()
    with closing(sqlite3.connect(path)) as raw:
        questions = dict(raw.execute("SELECT text, id FROM messages WHERE role = 'user'").fetchall())
        answers = dict(raw.execute("SELECT parent, text FROM messages WHERE role = 'assistant'").fetchall())
    return {text: answers.get(key, "") for text, key in questions.items()}
