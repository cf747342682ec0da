"""The menu ⋯ of the top bar: actions of the registry with the keys they have now, and the theme."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from app.language import tr
from app.ui.actions import ActionRegistry, native
from app.ui.look.appearance import THEMES, Appearance

_FILES = ("import_chats", "import_folder", "export_chats")
_MODELS = ("models", "welcome", "rescan", "models_folder")
_ENTRIES = ("benchmark", "", *_MODELS, "", *_FILES, "", "palette", "settings", "shortcuts", "about")
"""Names of actions; "" is a line between them."""


class MainMenu(QMenu):
    """Runs what is chosen in it."""

    def __init__(self, registry: ActionRegistry, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._registry = registry
        self._appearance = appearance
        self._entries: dict[str, QAction] = {}
        for name in _ENTRIES:
            if name:
                self._entries[name] = self.addAction("")
                self._entries[name].triggered.connect(lambda _checked, name=name: registry.run(name))
            else:
                self.addSeparator()
        self.addSeparator()
        self._themes = QActionGroup(self)
        for choice, title in THEMES.items():
            action = QAction(tr(title), self)
            action.setCheckable(True)
            action.setData(choice)
            self._themes.addAction(action)
            self.addAction(action)
        self._themes.triggered.connect(lambda action: appearance.choose_theme(action.data()))
        self.aboutToShow.connect(self.refresh)

    @Slot()
    def refresh(self) -> None:
        """Show what is so now."""
        titles = {action.name: action.title for action in self._registry.actions}
        for name, entry in self._entries.items():
            entry.setVisible(name in titles)
            if name in titles:
                # After a tab: shown as a shortcut, and none, for the registry has it.
                entry.setText(f"{titles[name]}\t{native(self._registry.keys_of(name))}")
        for action in self._themes.actions():
            action.setChecked(action.data() == self._appearance.theme_choice)
