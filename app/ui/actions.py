"""Everything the window can be told to do by keys: each action's name, group, keys and deed, in one registry.

Shortcuts, the list under F1 and the command palette come from it. Knows no action itself: see shortcuts.py.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from app.language import tr

_PORTABLE = QKeySequence.SequenceFormat.PortableText
_TYPING = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
_EDITING = frozenset(
    ("Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+X", "Ctrl+Y", "Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+Left", "Ctrl+Right")
)
"""What every text field does with keys; an action on them would take it away."""

_MOVING = frozenset(
    getattr(Qt.Key, f"Key_{name}")
    for name in [
        "Return",
        "Enter",
        "Tab",
        "Backtab",
        "Space",
        "Escape",
        "Up",
        "Down",
        "Left",
        "Right",
        "Home",
        "End",
        "PageUp",
        "PageDown",
    ]
)
"""What every list does with keys."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do."""

    name: str
    """For the settings; never changes."""
    group: str
    title: str
    """What it does, as a menu would say it, in the window's language."""
    keys: str
    """Default shortcut, as QKeySequence writes it portably; "" for none."""
    run: Callable[[], object]
    anywhere: bool = False
    """Whether it leaves the page that is open (settings, shortcuts) as it is."""
    place: QWidget | None = None
    """Where the keyboard has to be for its keys, which may then be letters; None = anywhere in the window."""


class ActionRegistry(QObject):
    """The actions of one window and the keys they have now."""

    about_to_run = Signal(object)
    """Action."""
    changed = Signal()
    """An action has other keys."""

    def __init__(self, window: QWidget, chosen: Mapping[str, str]) -> None:
        """`chosen` are the user's own keys by action name, as `chosen` gives them back."""
        super().__init__(window)
        self._window = window
        self._chosen = dict(chosen)
        self._actions: dict[str, Action] = {}
        self._shortcuts: dict[str, QShortcut] = {}
        self._labelled: dict[str, tuple[QWidget, ...]] = {}
        self._editor: QWidget | None = None
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._watch_editor)

    @property
    def actions(self) -> Sequence[Action]:
        """All of them, in the order in which they were added."""
        return list(self._actions.values())

    @property
    def chosen(self) -> Mapping[str, str]:
        """The user's own keys by action name, for the settings; those of actions that are not here too."""
        return dict(self._chosen)

    def add(
        self, name: str, group: str, title: str, keys: str, run: Callable[[], object], **more: Any
    ) -> None:
        """See Action for the arguments; `group` is marked."""
        action = Action(name, tr(group), title, keys, run, **more)
        self._actions[name] = action
        shortcut = QShortcut(action.place or self._window)
        if action.place is not None:
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda: self.run(name))
        self._shortcuts[name] = shortcut
        wanted = normal(self._chosen.get(name, keys))
        taken = name not in self._chosen and wanted in map(normal, self._chosen.values())
        if wanted and not taken and not self.conflict(name, wanted):
            shortcut.setKey(QKeySequence(wanted, _PORTABLE))

    def label(self, name: str, *buttons: QWidget) -> None:
        """Let the tooltips of these buttons say what the action does, and which keys it has."""
        self._labelled[name] = buttons
        self._write_tips()

    def keys_of(self, name: str) -> str:
        """The keys that an action has now; "" for none."""
        return self._shortcuts[name].key().toString(_PORTABLE)

    def run(self, name: str) -> None:
        """As if its keys were pressed."""
        action = self._actions[name]
        self.about_to_run.emit(action)
        action.run()

    def choose(self, name: str, keys: str) -> str:
        """Give an action other keys, "" for none. Returns "", or why it keeps its own, as a sentence."""
        problem = self.conflict(name, keys) if keys else ""
        if not problem:
            self._chosen[name] = normal(keys)
            self._shortcuts[name].setKey(QKeySequence(keys, _PORTABLE))
            self._forget_defaults()
            self._write_tips()
            self.changed.emit()
        return problem

    def reset(self, name: str) -> str:
        """Give an action its default keys again; returns as `choose` does."""
        return self.choose(name, self._actions[name].keys)

    def conflict(self, name: str, keys: str) -> str:
        """Why the action cannot have these keys, as a sentence; "" when it can."""
        wanted = normal(keys)
        if not wanted:
            return tr("“{keys}” are no keys that a shortcut can have.").format(keys=keys)
        sequence = QKeySequence(wanted, _PORTABLE)
        shown = native(wanted)
        pressed = _combination(sequence)
        if self._actions[name].place is not None:
            if pressed.key() in _MOVING:
                return tr("{keys} is needed for moving and choosing. Take another key.").format(keys=shown)
        elif wanted in _EDITING or _types(pressed):
            said = tr("{keys} is needed for writing text. Add Ctrl or Alt, or use a function key.")
            return said.format(keys=shown)
        for other, shortcut in self._shortcuts.items():
            if other != name and shortcut.key() == sequence:
                said = tr("{keys} is taken by “{title}”. Choose other keys, or change those first.")
                return said.format(keys=shown, title=self._actions[other].title)
        return ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Text fields would take keys for themselves that an action has, like Ctrl+K on X11; and an action of
        a place would take the letters by which a box of choices finds one.
        """
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if (
                isinstance(watched, QComboBox)
                and event.text().isprintable()
                and _types(event.keyCombination())
            ):
                event.accept()
                return True
            pressed = QKeySequence(event.keyCombination())
            if event.modifiers() & _COMMANDS and any(
                shortcut.key() == pressed and self._actions[name].place is None
                for name, shortcut in self._shortcuts.items()
            ):
                event.ignore()
                return True
        return super().eventFilter(watched, event)

    def _write_tips(self) -> None:
        for name, buttons in self._labelled.items():
            for button in buttons:
                button.setToolTip(tip(self._actions[name].title, self.keys_of(name)))

    def _forget_defaults(self) -> None:
        """Only what differs is the user's own: a default of a later Facet reaches everybody else."""
        for action in self._actions.values():
            if self._chosen.get(action.name) == normal(action.keys):
                del self._chosen[action.name]

    @Slot("QWidget*", "QWidget*")
    def _watch_editor(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._editor is not None:
            self._editor.removeEventFilter(self)
            self._editor = None
        if (
            isinstance(new, QComboBox | QLineEdit | QPlainTextEdit | QTextEdit)
            and new.window() is self._window
        ):
            self._editor = new
            new.installEventFilter(self)


def normal(keys: str) -> str:
    """The one portable spelling of a shortcut; "" when there is none."""
    sequence = QKeySequence(keys, _PORTABLE)
    usable = sequence.count() == 1 and _combination(sequence).key() != Qt.Key.Key_unknown
    return sequence.toString(_PORTABLE) if usable else ""


def native(keys: str) -> str:
    """Keys as this system writes them."""
    return QKeySequence(keys, _PORTABLE).toString(QKeySequence.SequenceFormat.NativeText)


def tip(title: str, keys: str) -> str:
    """What the tooltip of a button says that does the same as those keys ("" = none)."""
    return f"{title} ({native(keys)})" if keys else title


def _combination(sequence: QKeySequence) -> QKeyCombination:
    """The first of its key presses."""
    first: QKeyCombination = sequence[0]  # type: ignore[index]
    return first


def _types(pressed: QKeyCombination) -> bool:
    """Whether the keys write or edit text, or move the focus."""
    key, modifiers = pressed.key(), pressed.keyboardModifiers()
    if modifiers & ~_TYPING:
        return False
    beyond_text = key == Qt.Key.Key_Escape or Qt.Key.Key_F1 <= key <= Qt.Key.Key_F35
    return not beyond_text
