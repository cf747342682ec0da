"""What the window does with the user's files: where one that is dropped, pasted or chosen goes."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from app.ui.chats.chat_transfer import ChatTransfer
from app.ui.composing.attaching import Attaching
from app.ui.file_drop import FileDrop
from app.workers.file_kind import FileKind, kind_of
from app.workers.file_work import FileWork

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow


class WindowFiles(QObject):
    """Owned by the window."""

    model_given = Signal(object)
    """Path of a model, a file or a folder."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.work = FileWork(self)
        self.work.said.connect(window.notice.say)
        self.attaching = Attaching(window.composer, window.chats, self.work, window)
        self.transfer = ChatTransfer(window.chats, self.work, window)
        window.sidebar.export_requested.connect(self.transfer.ask_to_export)
        FileDrop(window).dropped.connect(self.take)
        window.closed.connect(self.work.shutdown)

    @Slot(object)
    def take(self, paths: list[Path]) -> None:
        """Do with files what their kind asks for."""
        self.work.start(self._take(tuple(paths), self.attaching.held.place))

    async def _take(self, paths: tuple[Path, ...], chat_id: int) -> None:
        """`chat_id`: the chat on screen when they were given."""
        kinds = [await self.work.in_thread(partial(kind_of, path)) for path in paths]
        texts, chats, reports, models = (
            [path for path, found in zip(paths, kinds, strict=True) if found is kind]
            for kind in (FileKind.TEXT, FileKind.CHAT, FileKind.REPORT, FileKind.MODEL)
        )
        if texts:
            self.attaching.attach_in(chat_id, texts)
        if chats:
            self.transfer.take(chats)
        for report in reports:
            self._window.open_report(report)
        for model in models:
            self.model_given.emit(model)
