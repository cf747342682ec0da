"""Moves a model to the trash, asked for in place, closed first where it is open, and brings it back."""

from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QPushButton

from app.errors import FacetError
from app.language import shown, tr
from app.ui.chats.undo_bar import UndoBar
from app.ui.conversation_flow import ConversationFlow
from app.ui.main_window import MainWindow
from app.ui.models.models_sheet import ModelsSheet
from app.ui.models.trash_bar import TrashBar
from app.ui.models.work_card import WorkCard
from app.workers.listing import ListedEntry
from app.workers.model_desk import ModelDesk
from app.workers.model_files import ModelTrashed


class Trashing(QObject):
    """Lives as long as the window."""

    def __init__(self, window: MainWindow, sheet: ModelsSheet, desk: ModelDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._sheet = sheet
        self._desk = desk
        self._about: Path | None = None
        self._waiting = 0
        self._wanted: list[ListedEntry] = []
        """To go to the trash when what is open of them is closed."""
        self._trashed: ModelTrashed | None = None
        self.button = QPushButton(tr("Move to the trash …"))
        self.button.clicked.connect(self._ask)
        self.bar = TrashBar()
        self.undo = UndoBar()
        self.refusal = WorkCard()
        sheet.model_actions.addWidget(self.button)
        sheet.below.addWidget(self.bar)
        sheet.below.addWidget(self.undo)
        sheet.below.addWidget(self.refusal)
        sheet.chosen.connect(self._show)
        self.bar.confirmed.connect(self._close_first)
        self.undo.undo_requested.connect(self._bring_back)
        desk.trashed.connect(self._tell)
        desk.refused.connect(self._refuse)

    @Slot(object)
    def _show(self, listed: ListedEntry | None) -> None:
        about = None if listed is None else listed.entry.path
        if about != self._about:  # else the folders were only looked through again
            self._about = about
            self.bar.hide()
            self.refusal.hide()
        self.button.setEnabled(listed is not None)

    @Slot()
    def _ask(self) -> None:
        listed = self._sheet.current
        if listed is None:
            return
        flows = self._flows_with(listed)
        if any(flow.busy or flow.controller.running for flow in flows):
            told = tr("{name} is at work. Stop it first.")
            self._window.notice.say(told.format(name=listed.entry.name))
            self._sheet.hide()
            return
        self.bar.ask(listed, any(flow.loaded for flow in flows))

    def _flows_with(self, listed: ListedEntry) -> list[ConversationFlow]:
        """The panes that have it, or are to have it."""
        flows = (self._window.flow, *(column.flow for column in self._window.compare.columns))
        return [flow for flow in flows if flow.target and flow.target.listed.entry.path == listed.entry.path]

    @Slot(object)
    def _close_first(self, listed: ListedEntry) -> None:
        self._wanted.append(listed)
        for flow in self._flows_with(listed):
            flow.controller.released.connect(self._closed)
            if flow.controller.release():
                self._waiting += 1
            else:
                flow.controller.released.disconnect(self._closed)
        if not self._waiting:
            self._trash()

    @Slot()
    def _closed(self) -> None:
        controller = self.sender()
        controller.released.disconnect(self._closed)  # type: ignore[attr-defined] # a GenerationController
        self._waiting -= 1
        if not self._waiting:
            self._trash()

    def _trash(self) -> None:
        wanted, self._wanted = self._wanted, []
        for listed in wanted:
            self._desk.trash(listed.entry.path)

    @Slot(object)
    def _tell(self, trashed: ModelTrashed) -> None:
        self._trashed = trashed
        if trashed.place.name:
            self.undo.offer(tr("{name} is in the trash.").format(name=trashed.path.name))
        self._window.scan()

    @Slot(object)
    def _refuse(self, error: FacetError) -> None:
        """Beside the model, and in the window where the sheet was closed meanwhile."""
        self.refusal.show_end(error)
        if not self._sheet.isVisible():
            self._window.notice.say(f"{shown(error)} {shown(error.next_step)}".strip())

    @Slot()
    def _bring_back(self) -> None:
        if self._trashed is not None:
            self._desk.restore(self._trashed)
