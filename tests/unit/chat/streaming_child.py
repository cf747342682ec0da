"""A process that writes chats as the window does, as fast as it can, and says what is committed. Gets killed.

usage: streaming_child.py FILE. Lines on stdout: "question ID" and "answer ID LENGTH", each after its commit.
"""

import sys
from dataclasses import replace
from pathlib import Path

from app.chat.record import WRITING
from app.chat.store import ChatStore
from tests.unit.chat.stored import chat, message


def main() -> None:
    store = ChatStore.open(Path(sys.argv[1]))
    kept = chat("killed")
    store.put_chat(kept)
    parent = None
    while True:
        question = message(kept.id, "user", "why? " * 50, parent)
        store.put_messages([question])
        _say("question", question.id)
        answer = message(kept.id, "assistant", "", question.id, state=WRITING)
        text = ""
        for _ in range(20):
            text += "word " * 100
            store.put_messages([replace(answer, text=text)])
            _say("answer", answer.id, len(text))
        store.put_messages([replace(answer, text=text, state="stop")])
        parent = answer.id


def _say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
