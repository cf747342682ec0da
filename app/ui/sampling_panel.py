"""How the next answer is drawn: sampling, prompt style, precision. Says when the user changed something."""

import secrets
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QToolButton,
    QWidget,
)

from app.backends.base import Sampling
from app.chat.prompt import PromptStyle
from app.settings import Settings
from app.ui.chevron_combo import ChevronCombo
from app.ui.colors import Colors
from app.ui.icons import plain

_FIELD_WIDTH = 96
_MAX_SEED = 2**64 - 1
_STYLES = (
    ("Gemma turns (instruction-tuned)", PromptStyle.GEMMA_IT),
    ("Transcript (base model)", PromptStyle.TRANSCRIPT),
    ("Raw text", PromptStyle.RAW),
)
_DTYPES = (("bfloat16", "bfloat16"), ("float32", "float32"))


class SamplingPanel(QWidget):
    """A form over the sampling fields of Settings."""

    changed = Signal()
    """A sampling value was changed by the user."""
    opening_changed = Signal()
    """How a model is opened was changed by the user."""
    style_changed = Signal(object)
    """PromptStyle."""

    def __init__(self, settings: Settings, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(0, 1)
        self.temperature = self._decimal(
            "Temperature", 0.0, 10.0, 0.1, "0 = greedy: the likeliest token every time"
        )
        self.top_k = self._whole("Top-k", "Keep the k likeliest tokens; 0 = off")
        self.top_p = self._decimal(
            "Top-p", 0.0, 1.0, 0.05, "Keep the likeliest tokens up to this share; 1 = off"
        )
        self.min_p = self._decimal(
            "Min-p", 0.0, 1.0, 0.01, "Drop tokens below this share of the likeliest; 0 = off"
        )
        self.repetition = self._decimal(
            "Repetition penalty", 0.1, 10.0, 0.05, "Above 1, tokens already used become less likely; 1 = off"
        )
        self.max_tokens = self._whole("Max tokens", "Longest answer; 0 = until the context is full")
        self.seed = QLineEdit()
        self.seed.setObjectName("seed")
        self.seed.setMaxLength(20)
        self.seed.setFixedWidth(_FIELD_WIDTH)
        self.seed.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.seed.editingFinished.connect(self._seed_edited)
        self._dice = QToolButton()
        self._dice.setAccessibleName("New random seed")
        self._dice.setToolTip("New random seed")
        self._dice.setIconSize(QSize(18, 18))
        self._dice.clicked.connect(self._roll)
        seed_row = QWidget()
        row = QHBoxLayout(seed_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addStretch(1)
        row.addWidget(self._dice)
        row.addWidget(self.seed)
        self._place("Seed", seed_row, "Same seed, same settings, same answer on every backend")
        self.seed.setAccessibleName("Seed")
        self.style_box = self._choice("Prompt style", [title for title, _ in _STYLES])
        self.dtype_box = self._choice("Transformers precision", [title for title, _ in _DTYPES])
        self.style_box.activated.connect(self._style_picked)
        self.dtype_box.activated.connect(self.opening_changed)
        self.isolation_box = QCheckBox("Native in its own process")
        self.isolation_box.setAccessibleName("Native in its own process")
        self.isolation_box.setToolTip("A crash of the native engine then leaves the window alone")
        self.isolation_box.clicked.connect(self.opening_changed)
        self._grid.addWidget(self.isolation_box, self._grid.rowCount(), 0, 1, 2)
        self.show_settings(settings)
        self.show_colors(colors)

    def show_settings(self, settings: Settings) -> None:
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
        self.seed.setText(str(settings.seed))
        self.dtype_box.setCurrentIndex([name for _, name in _DTYPES].index(settings.dtype))
        self.isolation_box.setChecked(settings.isolate_native)

    def show_style(self, style: PromptStyle) -> None:
        """Show the wrapping that the model gets, without announcing it."""
        self.style_box.setCurrentIndex([known for _, known in _STYLES].index(style))

    def settings(self, base: Settings) -> Settings:
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
            dtype=_DTYPES[self.dtype_box.currentIndex()][1],
            isolate_native=self.isolation_box.isChecked(),
        )

    def show_colors(self, colors: Colors) -> None:
        self._dice.setIcon(plain("dice", colors))

    def _seed(self) -> int:
        text = self.seed.text().strip()
        return min(int(text), _MAX_SEED) if text.isascii() and text.isdigit() else 0

    def _seed_edited(self) -> None:
        self.seed.setText(str(self._seed()))
        self.changed.emit()

    def _roll(self) -> None:
        self.seed.setText(str(secrets.randbelow(1 << 32)))
        self.changed.emit()

    def _style_picked(self, row: int) -> None:
        self.style_changed.emit(_STYLES[row][1])

    def _decimal(self, title: str, low: float, high: float, step: float, tip: str) -> QDoubleSpinBox:
        box = QDoubleSpinBox()
        box.setRange(low, high)
        box.setSingleStep(step)
        box.setDecimals(2)
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
        box.setFixedWidth(_FIELD_WIDTH)
        self._place(title, box, tip)

    def _announce(self) -> None:
        self.changed.emit()

    def _choice(self, title: str, names: list[str]) -> ChevronCombo:
        box = ChevronCombo()
        box.addItems(names)
        box.setAccessibleName(title)
        label = QLabel(title)
        label.setProperty("look", "muted")
        row = self._grid.rowCount()
        self._grid.setRowMinimumHeight(row, 28)
        self._grid.addWidget(label, row, 0, 1, 2, Qt.AlignmentFlag.AlignBottom)
        self._grid.addWidget(box, row + 1, 0, 1, 2)
        return box

    def _place(self, title: str, field: QWidget, tip: str) -> None:
        row = self._grid.rowCount()
        label = QLabel(title)
        label.setProperty("look", "muted")
        label.setToolTip(tip)
        field.setToolTip(tip)
        field.setAccessibleName(title)
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(field, row, 1, Qt.AlignmentFlag.AlignRight)


def sampling_of(settings: Settings) -> Sampling:
    """The sampler's settings; stop ids come from the prompt."""
    return Sampling(
        max_tokens=settings.max_tokens,
        seed=settings.seed,
        temperature=settings.temperature,
        top_k=settings.top_k,
        top_p=settings.top_p,
        min_p=settings.min_p,
        repetition_penalty=settings.repetition_penalty,
    )
