"""How the native backend runs the chat's model: which engine, and how it holds the weights.

The engine is a choice only where the native library has more than one, that is, where gemma.cpp is linked.
"""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.language import marked, tr
from app.settings import Settings
from app.ui.look.chevron_combo import ChevronCombo
from app.ui.target import BUILT_IN

_TITLES = {BUILT_IN: marked("Built-in")}
_WEIGHTS = (
    ("auto", marked("Automatic"), marked("8 bits where that is faster: a mean KL of 1e-3 at most")),
    (
        "asis",
        marked("As the file has them"),
        marked("Exact; large f32 and bf16 models run at about half the speed"),
    ),
    ("q8", marked("8 bits"), marked("Blocks of 32; a mean KL of about 1e-3")),
    (
        "q4",
        marked("5 bits, lossy"),
        marked("The fastest, and the smallest in memory; answers change"),
    ),
)


class NativeChoices(QWidget):
    """A form over two fields of Settings. `show_...` methods are silent."""

    changed = Signal()
    """The user chose something else; the model has to be opened anew."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._engines: tuple[str, ...] = (BUILT_IN,)
        self.engine = _combo(tr("Native engine"))
        self.engine.setToolTip(tr("Which engine of the native backend computes"))
        self.weights = _combo(tr("Weights in memory"))
        for row, (_, title, tip) in enumerate(_WEIGHTS):
            self.weights.addItem(tr(title))
            self.weights.setItemData(row, tr(tip), Qt.ItemDataRole.ToolTipRole)
        self._engine_label, weights_label = _label(tr("Engine")), _label(tr("Weights in memory"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(8)
        parts = (self._engine_label, self.engine, weights_label, self.weights)
        for row, part in enumerate(parts):
            grid.addWidget(part, row, 0)
        self.engine.activated.connect(self._picked)
        self.weights.activated.connect(self._picked)
        self.show_settings(settings)

    def show_engines(self, engines: Sequence[str], base: Settings) -> Settings:
        """Offer those of the native library; `base` back, with one that is there. Without a library nothing
        is decided.
        """
        if not engines:
            return base
        self._engines = tuple(engines)
        engine = base.engine if base.engine in self._engines else BUILT_IN
        self._show_engines(engine)
        return replace(base, engine=engine)

    def show_settings(self, settings: Settings) -> None:
        if settings.engine not in self._engines:  # not listed yet: it may be there
            self._engines = (*self._engines, settings.engine)
        self.weights.setCurrentIndex([name for name, _, _ in _WEIGHTS].index(settings.weights_in_memory))
        self._show_engines(settings.engine)

    def settings(self, base: Settings) -> Settings:
        """`base` with what is chosen."""
        return replace(
            base,
            engine=self._engines[self.engine.currentIndex()],
            weights_in_memory=_WEIGHTS[self.weights.currentIndex()][0],
        )

    def _show_engines(self, chosen: str) -> None:
        with QSignalBlocker(self.engine):
            self.engine.clear()
            self.engine.addItems([tr(_TITLES[name]) if name in _TITLES else name for name in self._engines])
            self.engine.setCurrentIndex(self._engines.index(chosen))
        several = len(self._engines) > 1
        self.engine.setVisible(several)
        self._engine_label.setVisible(several)
        self._show_use()

    def _show_use(self) -> None:
        """gemma.cpp holds weights as the file has them."""
        engine = self._engines[self.engine.currentIndex()]
        built_in = engine == BUILT_IN
        self.weights.setEnabled(built_in)
        tip = (
            tr("Weights of the native engine in memory")
            if built_in
            else tr("{engine} holds them as the file has them").format(engine=engine)
        )
        self.weights.setToolTip(tip)
        self.weights.setAccessibleDescription(f"{self.weights.accessibleName()}: {tip}")

    @Slot()
    def _picked(self) -> None:
        self._show_use()
        self.changed.emit()


def _combo(name: str) -> ChevronCombo:
    box = ChevronCombo()
    box.setAccessibleName(name)
    return box


def _label(title: str) -> QLabel:
    label = QLabel(title)
    label.setProperty("look", "muted")
    return label
