"""Chats to files and back: dialogs, and a sentence about what was written or read.

Reading and writing is done in threads; nothing that is there is overwritten without the dialog having asked.
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from app.chat.chat_files import FORMS, add_chat, chat_files, file_stem, read_chat, write_chat
from app.chat.chat_import import Imported, add_from_file
from app.chat.chat_json import Chat
from app.errors import FacetError, StoreError
from app.language import shown, tr
from app.ui.chats.chat_book import ChatBook
from app.ui.file_dialogs import FileDialogs
from app.workers.file_work import FileWork

_NAMED = 3
"""Files that are named in a sentence; more are only counted."""

_FIRST = next(iter(FORMS))
"""The ending of the form that loses nothing."""


class ChatTransfer(QObject):
    """Lives in the GUI thread; `window` is what dialogs belong to."""

    def __init__(self, chats: ChatBook, work: FileWork, window: QWidget) -> None:
        super().__init__(window)
        self._chats = chats
        self._work = work
        self._dialogs = FileDialogs(window)

    @Slot(object)
    def ask_to_export(self, chat_id: int) -> None:
        """A dialog for where to and in which form; its answer is done."""
        self._work.start(self._ask_to_export(chat_id))

    @Slot()
    def ask_to_export_all(self) -> None:
        """A dialog for the folder; every chat becomes a file in it."""
        dialog = self._dialogs.make(tr("Export all chats into a folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.export_all)
        dialog.open()

    @Slot()
    def ask_to_import(self) -> None:
        """A dialog; the chats of the chosen files are added."""
        dialog = self._dialogs.make(tr("Import chats"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        endings = " ".join(f"*{ending}" for ending in FORMS)
        dialog.setNameFilter(tr("Chats ({endings})").format(endings=endings))
        dialog.filesSelected.connect(self._import_chosen)
        dialog.open()

    @Slot()
    def ask_to_import_folder(self) -> None:
        """A dialog; the chats in the chosen folder are added."""
        dialog = self._dialogs.make(tr("Import a folder of chats"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.import_folder)
        dialog.open()

    @Slot(str)
    def export_all(self, folder: str) -> None:
        """Write every chat into a new file of `folder`, as JSON."""
        self._dialogs.remember(Path(folder))
        self._work.start(self._export_all(Path(folder)))

    def take(self, paths: Sequence[Path]) -> None:
        """Add the chats of these files."""
        self._work.start(self._import(tuple(paths)))

    @Slot(str)
    def import_folder(self, folder: str) -> None:
        """Add the chats of all files in `folder`."""
        self._dialogs.remember(Path(folder))
        self._work.start(self._import_folder(Path(folder)))

    @Slot(list)
    def _import_chosen(self, chosen: list[str]) -> None:
        self._dialogs.remember(Path(chosen[0]).parent)
        self.take([Path(name) for name in chosen])

    async def _ask_to_export(self, chat_id: int) -> None:
        chat = await self._kept(chat_id)
        if chat is None:
            raise FacetError(tr("There is nothing to export: this chat has no message yet."))
        dialog = self._dialogs.make(tr("Export the chat"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        endings = {f"{shown(form.title)} (*{ending})": ending for ending, form in FORMS.items()}
        dialog.setNameFilters(list(endings))
        dialog.setDefaultSuffix(_FIRST[1:])
        dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(endings[chosen][1:]))
        dialog.selectFile(file_stem(chat[0]))
        dialog.fileSelected.connect(partial(self.export, chat_id))
        dialog.open()

    def export(self, chat_id: int, chosen: str) -> None:
        """Write a chat to the file that a dialog gave, which has asked whether one of its name may go."""
        path = Path(chosen)
        self._dialogs.remember(path.parent)
        asked = path.suffix.lower() in FORMS
        self._work.start(self._export(chat_id, path if asked else path.with_name(path.name + _FIRST), asked))

    async def _export(self, chat_id: int, path: Path, asked: bool) -> None:
        """`asked`: the dialog asked whether a file of this name may be replaced."""
        chat = await self._kept(chat_id)
        if chat is None:
            raise FacetError(tr("This chat was deleted meanwhile."))
        if not asked and await self._work.in_thread(path.exists):
            raise FacetError(tr("{path} is there already.").format(path=path), tr("Choose another name."))
        await self._work.in_thread(partial(write_chat, path, *chat))
        self._work.said.emit(tr("The chat is in {path}.").format(path=path))

    async def _export_all(self, folder: Path) -> None:
        summaries = await self._chats.ask_store(lambda store: store.chats())
        done = 0
        for summary in summaries:
            chat = await self._kept(summary.id)
            if chat is not None:
                await self._work.in_thread(partial(add_chat, folder, _FIRST, *chat))
                done += 1
        self._work.said.emit(tr("%n chat(s) (is|are) in {folder}.", "", done).format(folder=folder))

    async def _import_folder(self, folder: Path) -> None:
        paths = await self._work.in_thread(partial(chat_files, folder))
        if not paths:
            raise FacetError(
                tr("{folder} has no chats: those are files in {endings}.").format(
                    folder=folder, endings=", ".join(FORMS)
                )
            )
        await self._import(tuple(paths))

    async def _import(self, paths: tuple[Path, ...]) -> None:
        done: list[Imported] = []
        problems: list[str] = []
        for path in paths:
            try:
                chat = await self._work.in_thread(partial(read_chat, path))
                found = await self._chats.ask_store(partial(add_from_file, found=chat))
            except StoreError:
                await self._show(done)
                raise
            except FacetError as error:
                problems.append(shown(error.whole))
            else:
                done.append(found)
        await self._show(done)
        self._work.said.emit(_told(done, problems))

    async def _show(self, done: Sequence[Imported]) -> None:
        """List what was added, and open it when it is one chat."""
        self._chats.items.show_chats(await self._chats.ask_store(lambda store: store.chats()))
        if len(done) == 1:
            self._chats.open(done[0].chat.id)

    async def _kept(self, chat_id: int) -> Chat | None:
        return await self._chats.ask_store(lambda store: store.chat(chat_id))


def _told(done: Sequence[Imported], problems: Sequence[str]) -> str:
    """What became of all files, as sentences."""
    added = sum(found.added for found in done)
    known = len(done) - added
    parts = [tr("%n chat(s) (was|were) imported.", "", added)] if added else []
    if known:
        parts.append(tr("%n chat(s) (was|were) here already.", "", known))
    parts += problems[:_NAMED]
    if len(problems) > _NAMED:
        parts.append(tr("%n more file(s) could not be imported.", "", len(problems) - _NAMED))
    return " ".join(parts)
