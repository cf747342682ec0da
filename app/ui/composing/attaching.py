"""How files get over the composer: by the paperclip, from the clipboard, or dropped on the window."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from app.chat.attachments import MAX_BYTES, PASTED, read_attachment
from app.chat.record import Attachment
from app.errors import FacetError
from app.ui.chats.chat_book import ChatBook
from app.ui.chats.chat_session import ChatSession
from app.ui.composing.attachment_shelf import MOST
from app.ui.composing.composer import Composer
from app.ui.file_dialogs import FileDialogs
from app.workers.file_work import FileWork

_TOO_MANY = f"At most {MOST} files go with one message."


class Attaching(QObject):
    """Lives in the GUI thread; `window` is what dialogs belong to."""

    def __init__(self, composer: Composer, chats: ChatBook, work: FileWork, window: QWidget) -> None:
        super().__init__(window)
        self._composer = composer
        self._shown = chats.current.chat_id
        self._held: dict[int, tuple[Attachment, ...]] = {}
        """Files over the composer of chats that are not on screen."""
        self._work = work
        self._dialogs = FileDialogs(window)
        composer.clip.clicked.connect(self.ask)
        composer.editor.files_pasted.connect(self.attach)
        composer.editor.long_text_pasted.connect(self._hold_pasted)
        composer.shelf.typing_requested.connect(composer.editor.insertPlainText)
        chats.opened.connect(self._show_chat)

    @Slot()
    def ask(self) -> None:
        """A dialog; what is chosen is attached."""
        dialog = self._dialogs.make("Attach text files")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._attach_chosen)
        dialog.open()

    @Slot(object)
    def attach(self, paths: Sequence[Path]) -> None:
        """Read the files in the background and hold them over the composer."""
        self._work.start(self._attach(tuple(paths)))

    @Slot(list)
    def _attach_chosen(self, chosen: list[str]) -> None:
        self._dialogs.remember(Path(chosen[0]).parent)
        self.attach([Path(name) for name in chosen])

    @Slot(object)
    def _show_chat(self, chat: ChatSession) -> None:
        """Files that wait belong to their chat, as the draft does."""
        if chat.chat_id != self._shown:
            shelf = self._composer.shelf
            self._held[self._shown] = shelf.attachments
            self._shown = chat.chat_id
            shelf.clear()
            for attachment in self._held.pop(chat.chat_id, ()):
                shelf.add(attachment)

    @Slot(str)
    def _hold_pasted(self, text: str) -> None:
        if len(text) > MAX_BYTES:
            self._work.said.emit(
                f"The pasted text is too large: at most {MAX_BYTES / 1e6:g} MB are attached."
            )
        elif not self._composer.shelf.add(Attachment(PASTED, text)):
            self._work.said.emit(_TOO_MANY)

    async def _attach(self, paths: tuple[Path, ...]) -> None:
        problems = []
        for path in paths:
            try:
                attachment = await self._work.in_thread(partial(read_attachment, path))
            except FacetError as error:
                problems.append(f"{error} {error.next_step}".strip())
                continue
            if not self._composer.shelf.add(attachment):
                problems.append(_TOO_MANY)
                break
        self._composer.setFocus()
        if problems:
            raise FacetError("\n".join(problems))
