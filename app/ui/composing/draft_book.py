"""Each chat keeps what was written in it and not sent, over a crash too: the disk has it within a second."""

import logging
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QTextCursor

from app.chat import drafts
from app.chat.drafts import Drafts
from app.ui.chats.chat_book import ChatBook
from app.ui.chats.chat_session import ChatSession
from app.ui.composing.composer import Composer
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
        self._kept = Drafts()
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
        written in a chat without messages does always. Whether what was on the screen is, or will be, in the
        composer after a crash.
        """
        self._texts = dict(kept.texts) | self._texts
        self._kept = kept
        self._crashed = crashed
        if kept.texts:
            self._chats.items.modelReset.connect(self._find)
        return crashed and kept.shown in kept.texts

    def close(self) -> None:
        """Write what there is. Blocks; for the end, when the window is off the screen."""
        self._soon.stop()
        self._work.wait_for_shutdown()
        for deleted in self._chats.deleted_ids:
            self._texts.pop(deleted, None)
        try:
            drafts.save(self._drafts(), self._path)
        except OSError as error:
            _log.warning("drafts could not be kept: %s", error)

    @Slot()
    def _find(self) -> None:
        """The list of chats is there: is the one that was on screen among them?"""
        kept, self._kept = self._kept, Drafts()
        self._chats.items.modelReset.disconnect(self._find)
        for key in (kept.shown, kept.new):
            if key not in self._texts or self._chats.items.summary(key) is not None:
                continue
            if not (self._chats.current.messages or self._composer.editor.toPlainText()):
                self._composer.editor.setPlainText(self._texts.pop(key))
        if self._crashed and kept.shown in self._texts and self._chats.items.summary(kept.shown) is not None:
            self._chats.open(kept.shown)

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
        return Drafts(dict(self._texts), self._shown, self._chats.blank.chat_id)
