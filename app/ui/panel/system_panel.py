"""The system text of the chat on screen, and the presets: system texts that were kept by name."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.chat.record import Preset
from app.chat.title import title_of
from app.language import marked, tr
from app.ui.look.chevron_combo import ChevronCombo
from app.ui.look.colors import Colors
from app.ui.look.icons import icon

NOTE = marked("Gemma has no system role: this goes before your first message.")
_LEAST_LINES, _MOST_LINES = 3, 10
_LONGEST_NAME = 60


class SystemPanel(QWidget):
    """Shows what it is given and says what the user does; keeps nothing."""

    changed = Signal(str)
    """The user gave the chat another system text."""
    preset_kept = Signal(object)
    """Preset: to be kept, in place of one of that name."""
    preset_removed = Signal(str)

    def __init__(self, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presets: Sequence[Preset] = ()
        self._suggested = ""
        self.editor = QPlainTextEdit()
        self.editor.setObjectName("systemText")
        self.editor.setAccessibleName(tr("System prompt"))
        self.editor.setAccessibleDescription(tr(NOTE))
        self.editor.setPlaceholderText(tr("None. For example: Answer in one sentence."))
        self.editor.setTabChangesFocus(True)
        self.editor.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.editor.textChanged.connect(self._text_changed)
        self.editor.installEventFilter(self)
        self.editor.document().documentLayout().documentSizeChanged.connect(self._fit)
        note = QLabel(tr(NOTE))
        note.setProperty("look", "muted")
        note.setWordWrap(True)
        self.presets = ChevronCombo()
        self.presets.setMinimumContentsLength(4)
        self.presets.setPlaceholderText(tr("Presets"))
        self.presets.setAccessibleName(tr("Presets of system prompts"))
        self.presets.activated.connect(self._take)
        self.keep = _tool(tr("Keep this text as a preset"))
        self.keep.setCheckable(True)
        self.keep.toggled.connect(self._show_naming)
        self.remove = _tool(tr("Remove this preset"))
        self.remove.clicked.connect(self._remove)
        self.name = QLineEdit()
        self.name.setPlaceholderText(tr("Name"))
        self.name.setAccessibleName(tr("Name of the preset"))
        self.name.setMaxLength(_LONGEST_NAME)
        self.name.installEventFilter(self)
        self.name.returnPressed.connect(self._keep)
        self.name.textChanged.connect(self._name_changed)
        self.save = QPushButton(tr("Save"))
        self.save.clicked.connect(self._keep)
        self._naming = _row(self.name, self.save)
        self._naming.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for part in (self.editor, note, _row(self.presets, self.keep, self.remove), self._naming):
            layout.addWidget(part)
        self.show_presets(())
        self.show_colors(colors)
        self._fit()

    @property
    def text(self) -> str:
        return self.editor.toPlainText()

    def show_text(self, text: str) -> None:
        """Show a chat's system text. What is there already is left alone, with its cursor."""
        self.keep.setChecked(False)
        self._suggested = ""
        if text != self.text:
            with QSignalBlocker(self.editor):
                self.editor.setPlainText(text)
        self._refresh()

    def show_presets(self, presets: Sequence[Preset]) -> None:
        """Offer these, in this order."""
        self._presets = tuple(presets)
        self.presets.clear()
        self.presets.addItems([preset.name for preset in presets])
        self._refresh()

    def show_colors(self, colors: Colors) -> None:
        self.keep.setIcon(icon("keep", colors.muted, colors.border))
        self.remove.setIcon(icon("delete", colors.muted, colors.border))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc leaves the name; elsewhere it stops an answer. Another font takes another height."""
        if watched is self.editor:
            if event.type() == QEvent.Type.FontChange:
                self._fit()
        elif isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.keep.setChecked(False)
                self.editor.setFocus()
                return True
        return super().eventFilter(watched, event)

    @Slot()
    def _text_changed(self) -> None:
        self._refresh()
        self.changed.emit(self.text)

    @Slot(int)
    def _take(self, row: int) -> None:
        """Put a preset in the place of the text, so that Ctrl+Z brings the text back."""
        cursor = QTextCursor(self.editor.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(self._presets[row].system)

    @Slot(bool)
    def _show_naming(self, shown: bool) -> None:
        self._naming.setVisible(shown)
        if shown:
            self.name.setText(self._suggested or title_of(self.text))
            self.name.end(False)
            self.name.home(True)  # selected backwards: its beginning is what shows
            self.name.setFocus()
            self._name_changed()

    @Slot()
    def _name_changed(self) -> None:
        name = self.name.text().strip()
        taken = any(preset.name == name for preset in self._presets)
        self.save.setText(tr("Replace") if taken else tr("Save"))
        self.save.setEnabled(bool(name))

    @Slot()
    def _keep(self) -> None:
        name = self.name.text().strip()
        if name and self.text.strip():
            self.preset_kept.emit(Preset(name, self.text))
            self.keep.setChecked(False)
            self.editor.setFocus()

    @Slot()
    def _remove(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.preset_removed.emit(chosen.name)

    def _chosen(self) -> Preset | None:
        """The preset whose text this is."""
        return next((preset for preset in self._presets if preset.system == self.text), None)

    def _refresh(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._suggested = chosen.name  # of a preset that is edited then, too
        self.presets.setCurrentIndex(-1 if chosen is None else self._presets.index(chosen))
        self.presets.setEnabled(bool(self._presets))
        self.remove.setEnabled(chosen is not None)
        self.keep.setEnabled(bool(self.text.strip()))
        if not self.keep.isEnabled():
            self.keep.setChecked(False)

    def _fit(self) -> None:
        """As high as the text, within limits."""
        lines = min(max(_LEAST_LINES, round(self.editor.document().size().height())), _MOST_LINES)
        frame = self.editor.height() - self.editor.viewport().height()
        margins = 2 * round(self.editor.document().documentMargin())
        self.editor.setFixedHeight(lines * self.editor.fontMetrics().lineSpacing() + margins + frame)


def _tool(title: str) -> QToolButton:
    button = QToolButton()
    button.setIconSize(QSize(18, 18))
    button.setToolTip(title)
    button.setAccessibleName(title)
    return button


def _row(wide: QWidget, *others: QWidget) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    row.addWidget(wide, 1)
    for other in others:
        row.addWidget(other)
    return line
