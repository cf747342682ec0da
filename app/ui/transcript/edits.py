"""Messages that are being written anew in their place, and what there is of each: also of chats that are not
on screen, so that a look at another one costs nothing.
"""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal


class Edits(QObject):
    """Texts by the ids of the messages. All methods are for the GUI thread."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts: dict[int, str] = {}

    def __contains__(self, message_id: int) -> bool:
        return message_id in self._texts

    @property
    def texts(self) -> Mapping[int, str]:
        """A copy of all of them."""
        return dict(self._texts)

    def begin(self, message_id: int, text: str) -> str:
        """Write a message anew that has this text; returns what there is of it already, else the text."""
        if message_id not in self._texts:
            self.keep(message_id, text)
        return self._texts[message_id]

    def keep(self, message_id: int, text: str) -> None:
        """What there is of it now."""
        if self._texts.get(message_id) != text:
            self._texts[message_id] = text
            self.changed.emit()

    def end(self, message_id: int) -> None:
        """It is sent, or left as it was."""
        if self._texts.pop(message_id, None) is not None:
            self.changed.emit()
