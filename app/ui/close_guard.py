"""Keeps the window open, once, while something that was said is not saved, and says why; without a box."""

import asyncio

from PySide6.QtCore import QObject, Signal, Slot

from app.errors import StoreError
from app.language import shown, tr
from app.ui.chats.chat_book import ChatBook


class CloseGuard(QObject):
    """Lives in the GUI thread, with the qasync loop running."""

    said = Signal(str)
    """Why the window is still there."""

    def __init__(self, chats: ChatBook, parent: QObject) -> None:
        super().__init__(parent)
        self._chats = chats
        self._asked = False
        self._telling: asyncio.Task[None] | None = None

    def allows(self) -> bool:
        """Whether the window may close now. A second attempt may."""
        trouble = self._chats.trouble
        if trouble is None or self._asked:
            return True
        self._asked = True
        self._telling = asyncio.get_running_loop().create_task(self._tell(trouble))
        return False

    @Slot()
    def relent(self) -> None:
        """The system ends the program, and nobody is there to be asked."""
        self._asked = True

    async def _tell(self, trouble: StoreError) -> None:
        file = await self._chats.rescue()
        if file is not None:
            rest = tr(
                "What was said last is kept in {file}; the next start takes it in. Close again to leave."
            ).format(file=file)
        else:
            rest = tr("There is no room for what was said last anywhere else: closing again loses it.")
        said = tr("Not closed: {reason}").format(reason=shown(trouble.whole))
        self.said.emit(f"{said} {rest}")
