"""What a benchmark measures, as the user chooses it: models, runtimes, prompts, how often."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFileDialog, QFormLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from app.bench.prompts import PROMPT_SETS
from app.language import marked, shown, tr
from app.ui.benchmark.check_list import CheckList, Row
from app.ui.compare.runtime_choice import RuntimeChoice
from app.ui.look.chevron_combo import ChevronCombo
from app.ui.look.still_spin_box import StillSpinBox
from app.ui.models.catalog_item_model import describe
from app.workers.benchmark_events import BenchmarkRequest, BenchmarkSubject
from app.workers.listing import ListedEntry

_OWN_FILE = marked("A text file …")
SET_TITLES = {
    "prose": marked("Prose"),
    "short": marked("Short"),
    "long": marked("Long"),
    "chat": marked("Chat"),
    "code": marked("Code"),
}
"""Of PROMPT_SETS."""
_FIRST_RUNTIMES = ("native-auto", "transformers-bfloat16")


class BenchmarkChoices(QWidget):
    """A column. `request` is what the choices come to."""

    changed = Signal()

    def __init__(self, runtimes: Sequence[RuntimeChoice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runtimes = {choice.key: choice for choice in runtimes}
        self._listed: dict[str, ListedEntry] = {}
        self._file = ""
        self._set = next(iter(PROMPT_SETS))
        self.models = CheckList(tr("Models to measure"))
        self.runtimes = CheckList(tr("Runtimes to measure"))
        self.prompts = ChevronCombo()
        self.prompts.setAccessibleName(tr("Prompts"))
        self.runs = _number(tr("Measurements of each"), 1, 50, 5)
        self.new_tokens = _number(tr("Tokens to generate for each prompt"), 2, 4096, 128)
        self.in_window = QCheckBox(tr("Also in the window"))
        self.in_window.setToolTip(
            tr(
                "Measures each runtime a second time in this window, with its text on screen: what does "
                "the window cost?"
            )
        )
        self.in_window.setAccessibleName(tr("Also measure in the window"))
        self._lay_out()
        self.models.changed.connect(self._models_changed)
        self.runtimes.changed.connect(self.changed)
        self.prompts.activated.connect(self._prompts_picked)
        self._show_prompts()
        self._show_runtimes(_FIRST_RUNTIMES)

    def show_models(self, entries: Sequence[ListedEntry], current: str) -> None:
        """What is ticked stays so; where nothing is, the model named `current`."""
        before = self.models.checked
        self._listed = {listed.entry.name: listed for listed in entries}
        rows = [
            Row(name, name, describe(listed), "" if listed.openable else shown(listed.reason))
            for name, listed in self._listed.items()
        ]
        ticked = [name for name in before if name in self._listed] or [current]
        self.models.show_rows(rows, ticked)
        self._models_changed()

    def show_choices(self, runtimes: Sequence[RuntimeChoice]) -> None:
        """All runtimes there are; what is ticked stays so."""
        self._runtimes = {choice.key: choice for choice in runtimes}
        self._show_runtimes(self.runtimes.checked)

    @property
    def request(self) -> BenchmarkRequest | None:
        """Every ticked model on every ticked runtime that opens it; None where that is nothing."""
        subjects = self._subjects()
        if not subjects:
            return None
        return BenchmarkRequest(
            tuple(subjects),
            self._file or self._set,
            self.new_tokens.value(),
            self.runs.value(),
            self.in_window.isChecked(),
        )

    def _subjects(self) -> list[BenchmarkSubject]:
        models, runtimes = self.models.checked, self.runtimes.checked
        found = []
        for model in models:
            listed = self._listed[model]
            for key in runtimes:
                choice = self._runtimes[key]
                state = listed.backends.get(choice.backend)
                if state is None or not state.available:
                    continue
                name = choice.words if len(models) == 1 else f"{model}: {choice.words}"
                found.append(BenchmarkSubject(name, listed.entry, choice.backend, choice.options(0, 0)))
        return found

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(8)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.addRow(tr("Prompts"), self.prompts)
        form.addRow(tr("Runs"), self.runs)
        form.addRow(tr("New tokens"), self.new_tokens)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for title, part in ((tr("Models"), self.models), (tr("Runtimes"), self.runtimes)):
            heading = QLabel(title)
            heading.setProperty("look", "heading")
            heading.setBuddy(part)
            layout.addWidget(heading)
            layout.addWidget(part)
        layout.addLayout(form)
        layout.addWidget(self.in_window)
        layout.addStretch(1)

    @Slot()
    def _models_changed(self) -> None:
        self._show_runtimes(self.runtimes.checked)
        self.changed.emit()

    def _show_runtimes(self, ticked: Sequence[str]) -> None:
        """Those that open none of the ticked models cannot be ticked."""
        chosen = [self._listed[name] for name in self.models.checked]
        rows = []
        for key, choice in self._runtimes.items():
            states = [listed.backends.get(choice.backend) for listed in chosen]
            opens = not chosen or any(state is not None and state.available for state in states)
            reason = next((state.reason for state in states if state is not None and state.reason), "")
            rows.append(
                Row(
                    key,
                    choice.words,
                    "",
                    "" if opens else shown(reason) or tr("It opens none of the models."),
                )
            )
        self.runtimes.show_rows(rows, ticked)

    def _show_prompts(self) -> None:
        with QSignalBlocker(self.prompts):
            self.prompts.clear()
            for name, about in PROMPT_SETS.items():
                self.prompts.addItem(tr(SET_TITLES[name]), name)
                self.prompts.setItemData(self.prompts.count() - 1, shown(about), Qt.ItemDataRole.ToolTipRole)
            if self._file:
                self.prompts.addItem(Path(self._file).name, self._file)
            self.prompts.addItem(tr(_OWN_FILE), "")
            self.prompts.setCurrentIndex(self.prompts.findData(self._file or self._set))
        self.prompts.setToolTip(self._file or shown(PROMPT_SETS[self._set]))

    @Slot(int)
    def _prompts_picked(self, row: int) -> None:
        picked = self.prompts.itemData(row)
        if picked == "":
            self._ask_for_file()
        elif picked in PROMPT_SETS:
            self._set, self._file = picked, ""
        self._show_prompts()

    def _ask_for_file(self) -> None:
        dialog = QFileDialog(self, tr("Prompts: a text file, lines of --- between prompts"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("Text (*.txt *.md)"), tr("All files (*)")])
        dialog.fileSelected.connect(self.use_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def use_file(self, path: str) -> None:
        """Take the prompts from that file."""
        self._file = path
        self._show_prompts()


def _number(name: str, least: int, most: int, value: int) -> QSpinBox:
    box = StillSpinBox()
    box.setRange(least, most)
    box.setValue(value)
    box.setAccessibleName(name)
    box.setToolTip(name)
    box.lineEdit().setTextMargins(8, 0, 0, 0)  # the style sheet's padding does not reach it
    return box
