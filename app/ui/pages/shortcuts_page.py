"""The list of all shortcuts, each of which can be changed in place."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.ui.actions import Action, ActionRegistry, native
from app.ui.pages.key_button import KeyButton
from app.ui.shortcuts import FIXED

_INTRODUCTION = (
    "Click on keys, or press Enter on them, then press the new ones. Backspace takes a shortcut away. "
    "Ctrl+K finds everything here by name."
)
_KEYS_WIDTH = 168


class ShortcutsPage(QWidget):
    """Shows a registry. What cannot be is told in place, under the shortcut."""

    def __init__(self, registry: ActionRegistry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._registry = registry
        self._rows: dict[str, _Row] = {}
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Search shortcuts")
        self.filter.setAccessibleName("Search shortcuts")
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._filter)
        self.setFocusProxy(self.filter)
        introduction = QLabel(_INTRODUCTION)
        introduction.setProperty("look", "muted")
        introduction.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.filter)
        layout.addWidget(introduction)
        self._groups: list[tuple[QLabel, list[QWidget]]] = []
        for group in dict.fromkeys(action.group for action in registry.actions):
            heading = QLabel(group)
            heading.setProperty("look", "heading")
            heading.setContentsMargins(0, 16, 0, 0)
            layout.addWidget(heading)
            lines: list[QWidget] = []
            for action in registry.actions:
                if action.group == group:
                    self._rows[action.name] = row = _Row(action, registry)
                    lines.append(row)
            lines += [_fixed_row(title, keys) for where, title, keys in FIXED if where == group]
            for line in lines:
                layout.addWidget(line)
            self._groups.append((heading, lines))
        layout.addStretch(1)
        registry.changed.connect(self._refresh)

    def row(self, name: str) -> "_Row":
        """The line of an action."""
        return self._rows[name]

    @Slot(str)
    def _filter(self, text: str) -> None:
        words = text.casefold().split()
        for heading, lines in self._groups:
            for line in lines:
                said = f"{heading.text()} {line.property('said')}".casefold()
                line.setVisible(all(word in said for word in words))
            heading.setVisible(any(not line.isHidden() for line in lines))

    @Slot()
    def _refresh(self) -> None:
        for row in self._rows.values():
            row.refresh()


class _Row(QWidget):
    """What an action does, its keys, and a way back to the default."""

    def __init__(self, action: Action, registry: ActionRegistry) -> None:
        super().__init__()
        self._action = action
        self._registry = registry
        self.keys = KeyButton(action.title)
        self.keys.setFixedWidth(_KEYS_WIDTH)
        self.keys.chosen.connect(self._choose)
        self.default = QPushButton("Default")
        self.default.setAccessibleName(f"Default shortcut of “{action.title}”")
        self.default.setToolTip(f"Back to {native(action.keys) or 'no keys'}")
        self.default.clicked.connect(self._reset)
        policy = self.default.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.default.setSizePolicy(policy)
        self.problem = QLabel()
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.setProperty("look", "danger")
        self.problem.setWordWrap(True)
        self.problem.hide()
        title = QLabel(action.title)
        title.setWordWrap(True)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(8)
        layout.addWidget(title, 0, 0)
        layout.addWidget(self.default, 0, 1)
        layout.addWidget(self.keys, 0, 2)
        layout.addWidget(self.problem, 1, 0, 1, 3)
        layout.setColumnStretch(0, 1)
        self.refresh()

    def refresh(self) -> None:
        """Show the keys that the action has now."""
        keys = self._registry.keys_of(self._action.name)
        self.keys.show_keys(keys)
        self.default.setVisible(keys != self._action.keys)
        self.setProperty("said", f"{self._action.title} {native(keys)}")

    @Slot(str)
    def _choose(self, keys: str) -> None:
        self._tell(self._registry.choose(self._action.name, keys))

    @Slot()
    def _reset(self) -> None:
        self._tell(self._registry.reset(self._action.name))
        self.keys.setFocus()

    def _tell(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))


def _fixed_row(title: str, keys: str) -> QWidget:
    row = QWidget()
    row.setProperty("said", f"{title} {native(keys)}")
    shown = QLabel(native(keys))
    shown.setProperty("look", "muted")
    shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
    shown.setFixedWidth(_KEYS_WIDTH)
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 4, 0, 4)
    layout.addWidget(QLabel(title), 1)
    layout.addWidget(shown)
    return row
