"""Takes files that are dropped anywhere on the window."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from app.ui.composing.message_editor import local_files


class FileDrop(QObject):
    """Owned by the window. What is dragged and is no file goes to the widget below it."""

    dropped = Signal(object)
    """list[Path]."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent) and event.type() in (QEvent.Type.DragEnter, QEvent.Type.Drop):
            files: list[Path] = local_files(event.mimeData())
            if files:
                event.acceptProposedAction()
                if not isinstance(event, QDragEnterEvent):
                    self.dropped.emit(files)
                return True
        return super().eventFilter(watched, event)
