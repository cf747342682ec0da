"""How files get over the composer: by the paperclip, from the clipboard, or dropped on the window."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from app.chat.attachments import MAX_BYTES, PASTED, read_attachment
from app.chat.record import Attachment
from app.errors import FacetError
from app.language import shown, tr
from app.ui.chats.chat_book import ChatBook
from app.ui.composing.attachment_shelf import MOST
from app.ui.composing.composer import Composer
from app.ui.composing.held_files import HeldFiles
from app.ui.file_dialogs import FileDialogs
from app.ui.look.quantities import short_number
from app.workers.file_work import FileWork


class Attaching(QObject):
    """Lives in the GUI thread; `window` is what dialogs belong to."""

    def __init__(self, composer: Composer, chats: ChatBook, work: FileWork, window: QWidget) -> None:
        super().__init__(window)
        self._composer = composer
        self.held = HeldFiles(composer.shelf, chats, self)
        self._work = work
        self._dialogs = FileDialogs(window)
        composer.clip.clicked.connect(self.ask)
        composer.editor.files_pasted.connect(self.attach)
        composer.editor.long_text_pasted.connect(self._hold_pasted)
        composer.shelf.typing_requested.connect(composer.editor.insertPlainText)

    @Slot()
    def ask(self) -> None:
        """A dialog; what is chosen is attached."""
        dialog = self._dialogs.make(tr("Attach text files"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._attach_chosen)
        dialog.open()

    @Slot(object)
    def attach(self, paths: Sequence[Path]) -> None:
        """Read the files in the background and hold them over the composer of the chat on screen."""
        self.attach_in(self.held.place, paths)

    def attach_in(self, chat_id: int, paths: Sequence[Path]) -> None:
        """As `attach`, for that chat, whichever is on screen when they are read."""
        self._work.start(self._attach(chat_id, tuple(paths)))

    @Slot(list)
    def _attach_chosen(self, chosen: list[str]) -> None:
        self._dialogs.remember(Path(chosen[0]).parent)
        self.attach([Path(name) for name in chosen])

    @Slot(str)
    def _hold_pasted(self, text: str) -> None:
        if len(text) > MAX_BYTES:
            self._work.said.emit(
                tr("The pasted text is too large: at most {most} MB are attached.").format(
                    most=short_number(MAX_BYTES / 1e6)
                )
            )
        elif not self.held.add(self.held.place, Attachment(PASTED, text)):
            self._work.said.emit(_too_many())

    async def _attach(self, chat_id: int, paths: tuple[Path, ...]) -> None:
        problems = []
        for path in paths:
            try:
                attachment = await self._work.in_thread(partial(read_attachment, path))
            except FacetError as error:
                problems.append(shown(error.whole))
                continue
            if not self.held.add(chat_id, attachment):
                problems.append(_too_many())
                break
        if chat_id == self.held.place:
            self._composer.setFocus()
        if problems:
            raise FacetError("\n".join(problems))


def _too_many() -> str:
    return tr("At most %n file(s) go with one message.", "", MOST)
