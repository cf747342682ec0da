"""What can be done with a message on screen, and whom a message asks for it."""

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Protocol

from app.language import marked, tr


class MessageAction(Enum):
    """(title, default keys, icon) of each."""

    COPY = (marked("Copy as Markdown"), "Ctrl+Shift+Y", "copy")
    COPY_TEXT = (marked("Copy as plain text"), "Ctrl+Shift+T", "")
    COPY_CODE = (marked("Copy the last block of code"), "Ctrl+Shift+K", "")
    EDIT = (marked("Edit and send again"), "Ctrl+Up", "edit")
    CONTINUE = (marked("Continue"), "Ctrl+Shift+R", "continue")
    REGENERATE = (marked("Regenerate"), "Ctrl+R", "regenerate")
    BRANCH = (marked("Branch from here into a new chat"), "Ctrl+Shift+N", "branch")
    DELETE = (marked("Delete from here on"), "Ctrl+Shift+Del", "delete")

    @property
    def title(self) -> str:
        return tr(self.value[0])

    @property
    def default_keys(self) -> str:
        """As QKeySequence writes them portably."""
        return self.value[1]

    @property
    def icon(self) -> str:
        """A meaning that icons.py knows; "" = only in the menu."""
        return self.value[2]

    @property
    def action_name(self) -> str:
        """Among all actions of the window."""
        return f"message_{self.name.lower()}"


STEPS = (
    ("message_previous", marked("Previous version"), "Alt+Left", -1),
    ("message_next", marked("Next version"), "Alt+Right", 1),
)
"""Name among all actions, title, default keys, and how many versions further."""


class MessagePort(Protocol):
    """Knows the chat that the messages belong to. Messages are named by their ids."""

    def offered(self, message_id: int) -> Sequence[MessageAction]:
        """What can be done with a message now."""

    def versions(self, message_id: int) -> tuple[int, int]:
        """(which, of how many) it is among the alternatives in its place; the first is 1."""

    @property
    def steps(self) -> bool:
        """Whether another version may be put on screen now."""

    @property
    def keys_of(self) -> Callable[[str], str]:
        """Gives the keys that the action of a name has now, as QKeySequence writes them portably."""

    def run(self, action: MessageAction, message_id: int) -> None:
        """Do it."""

    def resend(self, message_id: int, text: str) -> bool:
        """Send another version of a message of the user's; False when that is not possible now."""

    def step(self, message_id: int, by: int) -> None:
        """Put the version so many places further on screen."""
