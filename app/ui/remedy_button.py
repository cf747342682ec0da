"""A button that shows what to type in a terminal so that a backend can be used, and copies it."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from app.language import tr

_WIDTH = 360


class RemedyButton(QPushButton):
    """Hidden while there is nothing to type. Runs nothing itself: installing is the user's decision."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Add…"), parent)
        self.command = QLineEdit()
        self.command.setReadOnly(True)
        self.command.setMinimumWidth(_WIDTH)
        self.command.setAccessibleName(tr("Command for a terminal"))
        self.copy_button = QPushButton(tr("Copy"))
        self.copy_button.setAccessibleName(tr("Copy the command"))
        self.copy_button.clicked.connect(self._copy)
        self._note = QLabel()
        self._note.setProperty("look", "muted")
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self._note)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.command, 1)
        row.addWidget(self.copy_button)
        column.addLayout(row)
        menu = QMenu(self)
        action = QWidgetAction(menu)
        action.setDefaultWidget(body)
        menu.addAction(action)
        self.setMenu(menu)
        self.hide()

    def show_remedy(self, title: str, command: str) -> None:
        """`title` names what is missing; "" as `command` hides the button."""
        self.command.setText(command)
        self.command.setCursorPosition(0)
        note = tr(
            "To use {name}, type this in a terminal and start Facet again.\nIt needs the network, once."
        )
        self._note.setText(note.format(name=title))
        self.setAccessibleName(tr("How to install {name}").format(name=title))
        self.setToolTip(tr("How to install {name}").format(name=title))
        self.setVisible(bool(command))

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.command.text())
        self.menu().close()
