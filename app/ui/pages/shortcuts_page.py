"""The list of all shortcuts, each of which can be changed in place."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.language import marked, tr
from app.ui.actions import Action, ActionRegistry, native
from app.ui.pages.form_row import FormRow, heading
from app.ui.pages.key_button import KeyButton
from app.ui.shortcuts import FIXED

_INTRODUCTION = marked(
    "Click on keys, or press Enter on them, then press the new ones. Backspace takes a shortcut away. "
    "Ctrl+K finds everything here by name."
)


class ShortcutsPage(QWidget):
    """Shows a registry. What cannot be is told in place, under the shortcut."""

    def __init__(self, registry: ActionRegistry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._registry = registry
        self._rows: dict[str, _Row] = {}
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(tr("Search shortcuts"))
        self.filter.setAccessibleName(tr("Search shortcuts"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._filter)
        self.setFocusProxy(self.filter)
        introduction = QLabel(tr(_INTRODUCTION))
        introduction.setProperty("look", "muted")
        introduction.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.filter)
        layout.addWidget(introduction)
        self._groups: list[tuple[QLabel, list[QWidget]]] = []
        for group in dict.fromkeys(action.group for action in registry.actions):
            title = heading(group)
            layout.addWidget(title)
            lines: list[QWidget] = []
            for action in registry.actions:
                if action.group == group:
                    self._rows[action.name] = row = _Row(action, registry)
                    lines.append(row)
            lines += [_fixed_row(tr(title), keys) for where, title, keys in FIXED if tr(where) == group]
            for line in lines:
                layout.addWidget(line)
            self._groups.append((title, lines))
        layout.addStretch(1)
        registry.changed.connect(self._refresh)

    def row(self, name: str) -> "_Row":
        """The line of an action."""
        return self._rows[name]

    @Slot(str)
    def _filter(self, text: str) -> None:
        words = text.casefold().split()
        for title, lines in self._groups:
            for line in lines:
                said = f"{title.text()} {line.property('said')}".casefold()
                line.setVisible(all(word in said for word in words))
            title.setVisible(any(not line.isHidden() for line in lines))

    @Slot()
    def _refresh(self) -> None:
        for row in self._rows.values():
            row.refresh()


class _Row(FormRow):
    """What an action does, its keys, and a way back to the default."""

    def __init__(self, action: Action, registry: ActionRegistry) -> None:
        self._action = action
        self._registry = registry
        self.keys = KeyButton(action.title)
        self.keys.chosen.connect(self._choose)
        self.default = QPushButton(tr("Default"))
        self.default.setAccessibleName(tr("Default shortcut of “{title}”").format(title=action.title))
        keys = native(action.keys)
        self.default.setToolTip(tr("Back to {keys}").format(keys=keys) if keys else tr("Back to no keys"))
        self.default.clicked.connect(self._reset)
        super().__init__(action.title, self.default, self.keys)
        self.refresh()

    def refresh(self) -> None:
        """Show the keys that the action has now."""
        keys = self._registry.keys_of(self._action.name)
        self.keys.show_keys(keys)
        self.default.setVisible(keys != self._action.keys)
        self.setProperty("said", f"{self._action.title} {native(keys)}")

    @Slot(str)
    def _choose(self, keys: str) -> None:
        self.tell(self._registry.choose(self._action.name, keys))

    @Slot()
    def _reset(self) -> None:
        self.tell(self._registry.reset(self._action.name))
        self.keys.setFocus()


def _fixed_row(title: str, keys: str) -> QWidget:
    shown = QLabel(native(keys))
    shown.setProperty("look", "muted")
    row = FormRow(title, shown)
    row.setProperty("said", f"{title} {native(keys)}")
    return row
