"""Each chat keeps what was written in it and not sent, over a crash too: the disk has it within a second."""

import logging
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QTextCursor

from app.chat import drafts
from app.chat.drafts import Drafts
from app.ui.chat_book import ChatBook
from app.ui.chat_session import ChatSession
from app.ui.composer import Composer
from app.workers.file_work import FileWork

_KEEP_MS = 500
_log = logging.getLogger(__name__)


class DraftBook(QObject):
    """Lives as long as the window, with the qasync loop running."""

    def __init__(self, composer: Composer, chats: ChatBook, path: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._composer = composer
        self._chats = chats
        self._path = path
        self._shown: int | None = chats.current.chat_id
        self._texts: dict[int, str] = {}
        self._to_open: int | None = None
        self._crashed = False
        self._work = FileWork(self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_KEEP_MS)
        self._soon.timeout.connect(self._keep)
        composer.editor.textChanged.connect(self._remember)
        chats.opened.connect(self._show)

    def restore(self, kept: Drafts, crashed: bool) -> bool:
        """Take over what an earlier window kept. What was on its screen comes up after a crash; what was
        written in a chat without messages does always. Whether something is, or will be, in the composer.
        """
        self._texts = dict(kept.texts) | self._texts
        text = self._texts.get(kept.shown, "") if kept.shown is not None else ""
        if not text or kept.shown is None:
            return False
        self._to_open = kept.shown
        self._crashed = crashed
        self._chats.items.modelReset.connect(self._find)
        return crashed

    def close(self) -> None:
        """Write what there is. Blocks; for the end, when the window is off the screen."""
        self._soon.stop()
        self._work.shutdown()
        try:
            drafts.save(self._drafts(), self._path)
        except OSError as error:
            _log.warning("drafts could not be kept: %s", error)

    @Slot()
    def _find(self) -> None:
        """The list of chats is there: is the one that was on screen among them?"""
        chat_id, self._to_open = self._to_open, None
        self._chats.items.modelReset.disconnect(self._find)
        if chat_id is None:
            return
        if self._chats.items.summary(chat_id) is not None:
            if self._crashed:
                self._chats.open(chat_id)
        elif not self._composer.editor.toPlainText():
            self._composer.editor.setPlainText(self._texts.pop(chat_id))

    @Slot()
    def _remember(self) -> None:
        """The user wrote something."""
        if self._shown is None:
            return
        text = self._composer.editor.toPlainText()
        if text.strip():
            self._texts[self._shown] = text
        else:
            self._texts.pop(self._shown, None)
        if not self._soon.isActive():
            self._soon.start()

    @Slot(object)
    def _show(self, chat: ChatSession) -> None:
        """Another chat is on screen."""
        if chat.chat_id == self._shown:
            return
        self._shown = chat.chat_id
        editor = self._composer.editor
        editor.setPlainText(self._texts.get(chat.chat_id, ""))  # which comes back as a change of nothing
        editor.moveCursor(QTextCursor.MoveOperation.End)

    @Slot()
    def _keep(self) -> None:
        self._work.start(self._write(self._drafts()))

    async def _write(self, now: Drafts) -> None:
        try:
            await self._work.in_thread(partial(drafts.save, now, self._path))
        except OSError as error:
            _log.warning("drafts could not be kept: %s", error)

    def _drafts(self) -> Drafts:
        return Drafts(dict(self._texts), self._shown)
