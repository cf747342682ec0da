"""Short ways to make records for tests of the store."""

from pathlib import Path

from app.chat.conversation import Role
from app.chat.record import ChatRecord, MessageRecord, new_id, now_ms
from app.chat.store import ChatStore


def chat(title: str = "A chat", updated_ms: int = 0) -> ChatRecord:
    return ChatRecord(new_id(), title, created_ms=now_ms(), updated_ms=updated_ms or now_ms())


def message(chat_id: int, role: Role, text: str, parent: int | None = None, state: str = "") -> MessageRecord:
    return MessageRecord(new_id(), chat_id, parent, role, text, now_ms(), state=state)


def fill(path: Path, chats: int = 3, messages: int = 4, words: int = 40) -> None:
    """A store of chats in which each message follows the one before it."""
    store = ChatStore.open(path)
    for number in range(chats):
        kept = chat(f"chat {number}")
        said: list[MessageRecord] = []
        for index in range(messages):
            role = "assistant" if index % 2 else "user"
            text = f"chat{number} message{index} " + "filler " * words
            said.append(message(kept.id, role, text, said[-1].id if said else None))  # type: ignore[arg-type]
        store.add(kept, said)
    store.close()
