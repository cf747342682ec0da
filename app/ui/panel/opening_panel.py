"""How the chosen model is opened and asked, in all chats: prompt style, precision, a process of its own."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QWidget

from app.chat.prompt import PromptStyle
from app.language import marked, tr
from app.settings import Settings
from app.ui.look.chevron_combo import ChevronCombo

_STYLES = (
    (marked("Gemma turns (instruction-tuned)"), PromptStyle.GEMMA_IT),
    (marked("Transcript (base model)"), PromptStyle.TRANSCRIPT),
    (marked("Raw text"), PromptStyle.RAW),
)
_DTYPES = (("bfloat16", "bfloat16"), ("float32", "float32"))


class OpeningPanel(QWidget):
    """A form; what the user changes is announced, what the program shows is not."""

    changed = Signal()
    """How a model is opened was changed by the user."""
    style_changed = Signal(object)
    """PromptStyle."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(8)
        self.style_box = self._choice(tr("Prompt style"), [tr(title) for title, _ in _STYLES])
        self.dtype_box = self._choice(tr("Transformers precision"), [title for title, _ in _DTYPES])
        self.style_box.activated.connect(self._style_picked)
        self.dtype_box.activated.connect(self.changed)
        self.isolation_box = QCheckBox(tr("Separate process"))
        self.isolation_box.setAccessibleName(tr("Native in its own process"))
        self.isolation_box.setToolTip(
            tr("The native engine runs apart: a crash of it leaves the window alone")
        )
        self.isolation_box.clicked.connect(self.changed)
        self._grid.addWidget(self.isolation_box, self._grid.rowCount(), 0)
        self.show_settings(settings)

    def show_settings(self, settings: Settings) -> None:
        """Fill the form."""
        self.dtype_box.setCurrentIndex([name for _, name in _DTYPES].index(settings.dtype))
        self.isolation_box.setChecked(settings.isolate_native)

    def show_style(self, style: PromptStyle) -> None:
        """Show the wrapping that the model gets."""
        self.style_box.setCurrentIndex([known for _, known in _STYLES].index(style))

    def settings(self, base: Settings) -> Settings:
        """`base` with what the form says."""
        return replace(
            base,
            dtype=_DTYPES[self.dtype_box.currentIndex()][1],
            isolate_native=self.isolation_box.isChecked(),
        )

    def _style_picked(self, row: int) -> None:
        self.style_changed.emit(_STYLES[row][1])

    def _choice(self, title: str, names: list[str]) -> ChevronCombo:
        box = ChevronCombo()
        box.addItems(names)
        box.setAccessibleName(title)
        label = QLabel(title)
        label.setProperty("look", "muted")
        row = self._grid.rowCount()
        self._grid.setRowMinimumHeight(row, 28 if row > 1 else 0)
        self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignBottom)
        self._grid.addWidget(box, row + 1, 0)
        return box
