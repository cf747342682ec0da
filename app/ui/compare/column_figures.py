"""Live figures over one column, stamped at the sampler, in words common to all columns."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from app.compare.figures import Figures, rate_now
from app.ui.look.elided_label import ElidedLabel
from app.ui.look.quantities import size_text
from app.workers.events import AnswerChunk, AnswerFinished, AnswerStarted, ModelLoaded
from app.workers.memory_ledger import EngineMemory

_CELLS = (
    ("load", "Load", "From the request to a model that is ready"),
    ("ttft", "First token", "From the call to the first sampled token"),
    ("prefill", "Prefill", "Prompt tokens computed per second"),
    ("decode", "Decode", "New tokens per second: now, and the mean since the first"),
    ("tokens", "Tokens", "Prompt, and new ones"),
    ("memory", "Memory", "What this program's memory grew by for this engine: now, and at most"),
)
_TITLES = {key: title for key, title, _ in _CELLS}
_COLUMNS = 3
_UNKNOWN = "–"


class ColumnFigures(QWidget):
    """A small table; every value is also an accessible name. Implements conversation_flow.Figures."""

    def __init__(self, side: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = side
        self._prompt_tokens = 0
        self._times: list[int] = []
        self._values: dict[str, QLabel] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for index, (key, title, tip) in enumerate(_CELLS):
            name, value = ElidedLabel(), ElidedLabel()
            name.setText(title)
            name.setProperty("look", "muted")
            value.setProperty("look", "strong")
            cell = QVBoxLayout()
            cell.setSpacing(0)
            for label in (name, value):
                label.setToolTip(tip)
                cell.addWidget(label)
            grid.addLayout(cell, index // _COLUMNS, index % _COLUMNS)
            self._values[key] = value
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)
            grid.setColumnMinimumWidth(column, 88)
        self.clear()

    def text_of(self, key: str) -> str:
        """What stands in a cell; keys are those of _CELLS."""
        return self._values[key].text()

    def clear(self) -> None:
        for key in self._values:
            self._set(key, "")

    def show_loaded(self, loaded: ModelLoaded) -> None:
        self._set("load", f"{loaded.load_s:.2f} s")

    def start_answer(self) -> None:
        self._times.clear()
        for key in ("ttft", "prefill", "decode", "tokens"):
            self._set(key, "")

    def show_started(self, started: AnswerStarted) -> None:
        self._prompt_tokens = len(started.prompt_ids)
        self._set("tokens", f"{self._prompt_tokens} + 0")

    def show_chunk(self, chunk: AnswerChunk) -> None:
        self._times += [token.time_ns for token in chunk.tokens]
        self._set("ttft", seconds_text(chunk.ttft_s))
        self._set("decode", rates_text(self._times, chunk.decode_tok_s))
        self._set("tokens", f"{self._prompt_tokens} + {chunk.new_tokens}")

    def show_finished(self, finished: AnswerFinished) -> None:
        timings = finished.timings
        reused = f" ({timings.reused_tokens} reused)" if timings.reused_tokens else ""
        self._set("ttft", seconds_text(timings.ttft_s))
        self._set("prefill", f"{timings.prefill_tok_s:.0f} tok/s" if timings.prefill_tok_s else "")
        self._set("decode", f"{timings.decode_tok_s:.1f} tok/s" if timings.decode_tok_s else "")
        self._set("tokens", f"{timings.prompt_tokens}{reused} + {timings.new_tokens}")

    def show_figures(self, figures: Figures, reused_tokens: int) -> None:
        """Of an answer that a report holds."""
        reused = f" ({reused_tokens} reused)" if reused_tokens else ""
        self._set("load", f"{figures.load_s:.2f} s" if figures.load_s else "")
        self._set("ttft", seconds_text(figures.ttft_s))
        self._set("prefill", f"{figures.prefill_tok_s:.0f} tok/s" if figures.prefill_tok_s else "")
        self._set("decode", f"{figures.decode_tok_s:.1f} tok/s" if figures.decode_tok_s else "")
        self._set("tokens", f"{figures.prompt_tokens}{reused} + {figures.new_tokens}")
        self.show_memory(EngineMemory(figures.rss_bytes, figures.peak_rss_bytes))

    def show_memory(self, memory: EngineMemory) -> None:
        about, now, peak = "≈ " if memory.estimated else "", size_text(memory.now), size_text(memory.peak)
        self._set("memory", f"{about}{now}{f', peak {peak}' if peak != now else ''}" if now else "")

    def _set(self, key: str, text: str) -> None:
        label = self._values[key]
        label.setText(text or _UNKNOWN)
        label.setAccessibleName(f"{self._side} side, {_TITLES[key]}: {text or 'not measured'}")


def seconds_text(seconds: float) -> str:
    return f"{seconds:.3f} s" if seconds else ""


def rates_text(times_ns: Sequence[int], mean: float) -> str:
    """ "61.2 tok/s, mean 60.8"; empty before the second token."""
    return f"{rate_now(times_ns):.1f} tok/s, mean {mean:.1f}" if mean else ""
