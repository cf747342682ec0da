"""Short ways to make records for tests of the store."""

from app.chat.conversation import Role
from app.chat.record import ChatRecord, MessageRecord, new_id, now_ms


def chat(title: str = "A chat", updated_ms: int = 0) -> ChatRecord:
    return ChatRecord(new_id(), title, created_ms=now_ms(), updated_ms=updated_ms or now_ms())


def message(chat_id: int, role: Role, text: str, parent: int | None = None, state: str = "") -> MessageRecord:
    return MessageRecord(new_id(), chat_id, parent, role, text, now_ms(), state=state)
