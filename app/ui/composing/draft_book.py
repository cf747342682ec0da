"""Each chat keeps what was written in it and not sent, the files that were attached, and the messages that
are being written anew, over a crash too: the disk has it within a second.
"""

import logging
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QTextCursor

from app.chat import drafts
from app.chat.draft_files import Kept
from app.chat.drafts import Drafts
from app.language import tr
from app.ui.chats.chat_book import ChatBook
from app.ui.chats.chat_session import ChatSession
from app.ui.composing.composer import Composer
from app.ui.composing.held_files import HeldFiles
from app.ui.transcript.edits import Edits
from app.workers.file_work import FileWork

_KEEP_MS = 500
_AGAIN_MS = 5000
"""After the disk has refused."""
_log = logging.getLogger(__name__)


class DraftBook(QObject):
    """Lives as long as the window, with the qasync loop running."""

    said = Signal(str)
    """A sentence for the user."""

    def __init__(
        self, composer: Composer, chats: ChatBook, held: HeldFiles, edits: Edits, path: Path, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._composer = composer
        self._chats = chats
        self._held = held
        self._editing = edits
        self._path = path
        self._chat = chats.current
        self._shown: int | None = self._chat.chat_id
        self._texts: dict[int, str] = {}
        self._edits: dict[int, Mapping[int, str]] = {}
        """By chat: the transcript knows only which message is written anew."""
        self._kept = Drafts()
        self._files = Kept()
        self._crashed = False
        self._refused = False
        """Whether the disk took nothing the last time."""
        self._work = FileWork(self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._keep)
        composer.editor.textChanged.connect(self._remember)
        for changed in (held.changed, edits.changed, chats.deleted):
            changed.connect(self._keep_soon)
        chats.opened.connect(self._show)

    def restore(self, kept: Drafts, crashed: bool) -> bool:
        """Take over what an earlier window kept. What was on its screen comes up after a crash; what was
        written in a chat without messages does always. Whether what was on the screen is, or will be, there
        again after a crash.
        """
        self._texts = dict(kept.texts) | self._texts
        self._edits = dict(kept.edits) | self._edits
        for some in kept.edits.values():
            for message_id, text in some.items():
                self._editing.begin(message_id, text)
        self._held.put(kept.files)
        self._kept = kept
        self._crashed = crashed
        if kept.chats:
            self._chats.items.modelReset.connect(self._find)
        for name in kept.lost:
            self.said.emit(
                tr("{name} was attached and not sent; its text is gone, so attach it again.").format(
                    name=name
                )
            )
        return crashed and kept.shown in kept.chats

    def close(self) -> None:
        """Write what there is. Blocks; for the end, when the window is off the screen."""
        self._soon.stop()
        self._work.wait_for_shutdown()
        try:
            drafts.save(self._drafts(), self._path, self._files)
        except OSError as error:
            _log.warning("drafts could not be kept: %s", error)

    @Slot()
    def _find(self) -> None:
        """The list of chats is there: is the one that was on screen among them?"""
        kept, self._kept = self._kept, Drafts()
        self._chats.items.modelReset.disconnect(self._find)
        for key in (kept.shown, kept.new):
            if key is None or key not in kept.chats or self._chats.items.summary(key) is not None:
                continue
            composer, blank = self._composer, self._chats.current
            if not (blank.messages or composer.editor.toPlainText() or composer.shelf.attachments):
                self._held.put({blank.chat_id: self._held.take(key)})
                composer.editor.setPlainText(self._texts.pop(key, ""))
        if self._crashed and kept.shown in kept.chats and self._chats.items.summary(kept.shown) is not None:
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
        self._keep_soon()

    @Slot(object)
    def _show(self, chat: ChatSession) -> None:
        """Another chat is on screen."""
        self._note_edits()
        self._chat = chat
        if chat.chat_id == self._shown:
            return
        self._shown = chat.chat_id
        editor = self._composer.editor
        editor.setPlainText(self._texts.get(chat.chat_id, ""))  # which comes back as a change of nothing
        editor.moveCursor(QTextCursor.MoveOperation.End)
        self._keep_soon()

    @Slot()
    def _keep_soon(self) -> None:
        if not self._soon.isActive():
            self._soon.start(_KEEP_MS)

    @Slot()
    def _keep(self) -> None:
        self._work.start(self._write(self._drafts()))

    async def _write(self, now: Drafts) -> None:
        refused, self._refused = self._refused, False
        try:
            await self._work.in_thread(partial(drafts.save, now, self._path, self._files))
        except OSError as error:
            _log.warning("drafts could not be kept: %s", error)
            self._refused = True
            self._soon.start(_AGAIN_MS)
            if not refused:
                why = error.strerror or error
                self.said.emit(
                    tr("What is written and not sent is not on the disk yet: {why}.").format(why=why)
                )

    def _note_edits(self) -> None:
        """Which messages of the chat on screen are written anew; none that was deleted meanwhile."""
        tree, chat_id = self._chat.tree, self._chat.chat_id
        self._edits.pop(chat_id, None)
        if mine := {key: text for key, text in self._editing.texts.items() if key in tree}:
            self._edits[chat_id] = mine

    def _drafts(self) -> Drafts:
        """What there is now, of chats that were not deleted."""
        self._note_edits()
        gone = set(self._chats.deleted_ids)
        return Drafts(
            {key: text for key, text in self._texts.items() if key not in gone},
            self._shown,
            self._chats.blank.chat_id,
            {key: held for key, held in self._held.by_chat.items() if key not in gone},
            {key: some for key, some in self._edits.items() if key not in gone},
        )
