"""The comparison's part of the top bar: who is asked and when, whose history counts, a third side."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from app.language import marked, tr
from app.ui.compare.compare_flow import CompareMode
from app.ui.look.colors import Colors
from app.ui.look.folding_row import FoldingRow
from app.ui.look.icons import plain
from app.ui.look.segmented_switch import SegmentedSwitch

_MODES = (
    (
        CompareMode.IN_TURN.value,
        marked("In turn"),
        marked("One side after the other: each has the whole processor"),
    ),
    (CompareMode.AT_ONCE.value, marked("At once"), marked("All sides together: they share the processor")),
    (CompareMode.LEFT.value, marked("Left"), marked("Only the left side is asked")),
    (CompareMode.RIGHT.value, marked("Right"), marked("Only the right side is asked")),
)


class CompareControls(QWidget):
    """`show_...` methods are silent."""

    mode_chosen = Signal(object)
    """CompareMode."""
    history_chosen = Signal(bool)
    """Whether all sides follow the left one's history."""
    column_requested = Signal()
    open_requested = Signal()
    save_requested = Signal(bool)
    """Whether question, answers and ids are to be left out."""

    def __init__(self, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.modes = SegmentedSwitch(tr("Sides"), [(key, tr(title), tr(tip)) for key, title, tip in _MODES])
        self.same_history = QCheckBox(tr("Same history"))
        self.same_history.setToolTip(tr("Every side is given the left side's earlier answers, not its own"))
        self.same_history.setAccessibleName(tr("Same history on all sides"))
        self.add = _button(tr("Add a third column"))
        self.analysis = _button(tr("Show or hide speed, memory and differences"))
        self.analysis.setCheckable(True)
        self.analysis.setChecked(True)
        self.report = _button(tr("Open or save a report"))
        self.report.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        self.open_action = menu.addAction(tr("Open a report …"), self.open_requested.emit)
        self.save_action = menu.addAction(tr("Save a report …"), self._save)
        self.save_hidden_action = menu.addAction(tr("Save a report without texts …"), self._save_hidden)
        menu.setToolTipsVisible(True)
        self.save_action.setToolTip(
            tr("A page, JSON and CSV; names of your account and folders are left out")
        )
        self.report.setMenu(menu)
        self.badge = QLabel(tr("Sharing the CPU"))
        self.badge.setProperty("look", "badge")
        self.badge.setToolTip(tr("Several sides compute at the same time: their speeds say little"))
        self.badge.hide()
        self.modes.chosen.connect(self._announce)
        self.same_history.toggled.connect(self.history_chosen)
        self.add.clicked.connect(self.column_requested)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(FoldingRow((self.modes, 0), (self._others(), 1), spacing=12))
        self.show_colors(colors)

    def _others(self) -> QWidget:
        others = QWidget()
        row = QHBoxLayout(others)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for part in (self.same_history, self.add, self.analysis, self.report, self.badge):
            row.addWidget(part)
        row.addStretch(1)
        return others

    def show_state(self, mode: CompareMode, sharing: bool, may_add: bool, busy: bool) -> None:
        self.modes.show_choice(mode.value)
        self.modes.setEnabled(not busy)
        self.add.setEnabled(may_add and not busy)
        self.badge.setVisible(sharing)

    def show_savable(self, savable: bool) -> None:
        """Whether there is something that a report could be of."""
        self.save_action.setEnabled(savable)
        self.save_hidden_action.setEnabled(savable)

    def show_colors(self, colors: Colors) -> None:
        self.report.setIcon(plain("report", colors))
        self.add.setIcon(plain("add column", colors))
        self.analysis.setIcon(plain("analysis", colors))

    def _save(self) -> None:
        self.save_requested.emit(False)

    def _save_hidden(self) -> None:
        self.save_requested.emit(True)

    def _announce(self, key: str) -> None:
        self.mode_chosen.emit(CompareMode(key))


def _button(name: str) -> QToolButton:
    button = QToolButton()
    button.setAccessibleName(name)
    button.setToolTip(name)
    button.setIconSize(QSize(20, 20))
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button
