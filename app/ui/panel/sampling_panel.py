"""How the next answer is drawn: the sampler's settings of the chat on screen."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QToolButton,
    QWidget,
)

from app.language import tr
from app.settings import Settings
from app.ui.look.colors import Colors
from app.ui.look.icons import plain

_PADDING = 30
"""Of a field, beside its digits: border, padding, and room for the cursor."""
_MAX_SEED = 2**64 - 1


class SamplingPanel(QWidget):
    """A form over the sampling fields of Settings. Decides nothing: who owns the values hears `changed`."""

    changed = Signal()
    """The user changed a value; `values` has it."""
    reset_requested = Signal()
    """Take what the model's makers recommend."""
    keep_requested = Signal()
    """Begin new chats with these values."""

    def __init__(self, settings: Settings, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colors = colors
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(4)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(0, 1)
        self.temperature = self._decimal(
            tr("Temperature"), 0.0, 10.0, 0.1, tr("0 = greedy: the likeliest token every time")
        )
        self.top_k = self._whole(tr("Top-k"), tr("Keep the k likeliest tokens; 0 = off"))
        self.top_p = self._decimal(
            tr("Top-p"), 0.0, 1.0, 0.05, tr("Keep the likeliest tokens up to this share; 1 = off")
        )
        self.min_p = self._decimal(
            tr("Min-p"), 0.0, 1.0, 0.01, tr("Drop tokens below this share of the likeliest; 0 = off")
        )
        self.repetition = self._decimal(
            tr("Repetition penalty"),
            0.1,
            10.0,
            0.05,
            tr("Above 1, tokens already used become less likely; 1 = off"),
        )
        self.max_tokens = self._whole(tr("Max tokens"), tr("Longest answer; 0 = until the context is full"))
        self.seed = QLineEdit()
        self.seed.setObjectName("seed")
        self.seed.setMaxLength(20)
        self.seed.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.seed.setToolTip(tr("Same seed, same settings, same answer on every backend"))
        self.seed.setAccessibleName(tr("Seed"))
        self.seed.editingFinished.connect(self._seed_edited)
        self.lock = QToolButton()
        self.lock.setCheckable(True)
        self.lock.setIconSize(QSize(18, 18))
        self.lock.setAccessibleName(tr("Lock the seed"))
        self.lock.clicked.connect(self._announce)
        self.lock.toggled.connect(self._show_lock)
        self._grid.addWidget(self._seed_row(), self._grid.rowCount(), 0, 1, 2)
        self.reset = self._button(tr("Model's defaults"), tr("Reset to the model's defaults"))
        self.reset.clicked.connect(self.reset_requested)
        self.keep = self._button(tr("Use for new chats"), tr("New chats begin with these values"))
        self.keep.clicked.connect(self.keep_requested)
        self.show_values(settings)
        self.show_colors(colors)
        self._fit()

    def show_values(self, settings: Settings) -> None:
        """Fill the form without announcing it."""
        boxes: tuple[tuple[QSpinBox | QDoubleSpinBox, float], ...] = (
            (self.temperature, settings.temperature),
            (self.top_k, settings.top_k),
            (self.top_p, settings.top_p),
            (self.min_p, settings.min_p),
            (self.repetition, settings.repetition_penalty),
            (self.max_tokens, settings.max_tokens),
        )
        for box, value in boxes:
            with QSignalBlocker(box):
                box.setValue(int(value) if isinstance(box, QSpinBox) else value)  # type: ignore[arg-type]
        self.show_seed(settings.seed)
        self.lock.setChecked(settings.seed_locked)
        self._show_lock()

    def show_seed(self, seed: int) -> None:
        """Show what the next answer, or the last one, is drawn with."""
        self.seed.setText(str(seed))
        self.seed.setCursorPosition(0)

    def values(self, base: Settings) -> Settings:
        """`base` with what the form says."""
        return replace(
            base,
            temperature=round(self.temperature.value(), 4),
            top_k=self.top_k.value(),
            top_p=round(self.top_p.value(), 4),
            min_p=round(self.min_p.value(), 4),
            repetition_penalty=round(self.repetition.value(), 4),
            max_tokens=self.max_tokens.value(),
            seed=self._seed(),
            seed_locked=self.lock.isChecked(),
        )

    def commit(self) -> None:
        """Take a number that is still being typed as it stands."""
        for box in self.findChildren(QAbstractSpinBox):
            box.interpretText()
        self._seed_edited()

    def show_defaults(self, sentence: str) -> None:
        """What a reset would give, "" when there is no model to ask."""
        self.reset.setEnabled(bool(sentence))
        self.reset.setToolTip(sentence or tr("No model is chosen."))

    def show_colors(self, colors: Colors) -> None:
        self._colors = colors
        self._show_lock()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The wheel scrolls the column; it turns a value only where the user is typing one."""
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _seed(self) -> int:
        text = self.seed.text().strip()
        return min(int(text), _MAX_SEED) if text.isascii() and text.isdigit() else 0

    @Slot()
    def _seed_edited(self) -> None:
        """Who types a seed wants it used."""
        if not self.seed.isModified():
            return
        self.show_seed(self._seed())
        self.lock.setChecked(True)
        self.changed.emit()

    @Slot()
    def _show_lock(self) -> None:
        locked = self.lock.isChecked()
        self.lock.setIcon(plain("locked" if locked else "unlocked", self._colors))
        tip = (
            tr("Every answer is drawn with this seed")
            if locked
            else tr("Each answer in a chat gets a new seed")
        )
        self.lock.setToolTip(tip)
        self.lock.setAccessibleDescription(tip)

    @Slot()
    def _announce(self) -> None:
        self.changed.emit()

    def _seed_row(self) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        label = QLabel(tr("Seed"))
        label.setProperty("look", "muted")
        row.addWidget(label, 1)
        row.addWidget(self.lock)
        row.addWidget(self.seed, 3)
        return line

    def _decimal(self, title: str, low: float, high: float, step: float, tip: str) -> QDoubleSpinBox:
        box = _Decimal()
        box.setDecimals(4)
        box.setRange(low, high)
        box.setSingleStep(step)
        self._number(title, box, tip)
        box.valueChanged.connect(self._announce)
        return box

    def _whole(self, title: str, tip: str) -> QSpinBox:
        box = QSpinBox()
        box.setRange(0, 1 << 20)
        self._number(title, box, tip)
        box.valueChanged.connect(self._announce)
        return box

    def _number(self, title: str, box: QAbstractSpinBox, tip: str) -> None:
        box.setAlignment(Qt.AlignmentFlag.AlignRight)
        box.lineEdit().setTextMargins(0, 0, 8, 0)  # the style sheet's padding does not reach it
        box.setKeyboardTracking(False)
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box.installEventFilter(self)
        box.setToolTip(tip)
        box.setAccessibleName(title)
        label = QLabel(title)
        label.setProperty("look", "muted")
        label.setToolTip(tip)
        label.setWordWrap(True)
        row = self._grid.rowCount()
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(box, row, 1, Qt.AlignmentFlag.AlignRight)

    def _button(self, title: str, tip: str) -> QPushButton:
        button = QPushButton(title)
        button.setAccessibleName(tip)
        button.setToolTip(tip)
        self._grid.addWidget(button, self._grid.rowCount(), 0, 1, 2)
        return button

    def _fit(self) -> None:
        """Fields as wide as what they have to show."""
        for box in self.findChildren(QAbstractSpinBox):
            box.setFixedWidth(self._width_of("1048576"))
        self.seed.setMinimumWidth(self._width_of("4294"))
        self.seed.setMaximumWidth(self._width_of("4294967295"))

    def _width_of(self, digits: str) -> int:
        return self.fontMetrics().horizontalAdvance(digits) + _PADDING


class _Decimal(QDoubleSpinBox):
    """Shows no more digits than the number has."""

    def textFromValue(self, value: float) -> str:  # noqa: N802 - Qt's name
        return self.locale().toString(value, "g", 6)
