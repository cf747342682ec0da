"""Live figures over one column, stamped at the sampler, in words common to all columns."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from app.compare.figures import Figures, rate_now
from app.language import marked, tr
from app.ui.compare.side_words import side_in
from app.ui.look.elided_label import ElidedLabel
from app.ui.look.quantities import count_text, number, size_text
from app.workers.events import AnswerChunk, AnswerFinished, AnswerStarted, ModelLoaded
from app.workers.memory_ledger import EngineMemory

_CELLS = (
    ("load", marked("Load"), marked("From the request to a model that is ready")),
    ("ttft", marked("First token"), marked("From the call to the first sampled token")),
    ("prefill", marked("Prefill"), marked("Prompt tokens computed per second")),
    ("decode", marked("Decode"), marked("New tokens per second: now, and the mean since the first")),
    ("tokens", marked("Tokens"), marked("Prompt, and new ones")),
    (
        "memory",
        marked("Memory"),
        marked("What this program's memory grew by for this engine: now, and at most"),
    ),
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
            name.setText(tr(title))
            name.setProperty("look", "muted")
            value.setProperty("look", "strong")
            cell = QVBoxLayout()
            cell.setSpacing(0)
            for label in (name, value):
                label.setToolTip(tr(tip))
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
        self._set("load", f"{number(loaded.load_s, 2)} s")

    def start_answer(self) -> None:
        self._times.clear()
        for key in ("ttft", "prefill", "decode", "tokens"):
            self._set(key, "")

    def show_started(self, started: AnswerStarted) -> None:
        self._prompt_tokens = len(started.prompt_ids)
        self._set("tokens", f"{count_text(self._prompt_tokens)} + 0")

    def show_chunk(self, chunk: AnswerChunk) -> None:
        self._times += [token.time_ns for token in chunk.tokens]
        self._set("ttft", seconds_text(chunk.ttft_s))
        self._set("decode", rates_text(self._times, chunk.decode_tok_s))
        self._set("tokens", f"{count_text(self._prompt_tokens)} + {count_text(chunk.new_tokens)}")

    def show_finished(self, finished: AnswerFinished) -> None:
        timings = finished.timings
        self._set("ttft", seconds_text(timings.ttft_s))
        self._set("prefill", _rate(timings.prefill_tok_s, 0))
        self._set("decode", _rate(timings.decode_tok_s, 1))
        self._set("tokens", _tokens(timings.prompt_tokens, timings.reused_tokens, timings.new_tokens))

    def show_figures(self, figures: Figures, reused_tokens: int) -> None:
        """Of an answer that a report holds."""
        self._set("load", f"{number(figures.load_s, 2)} s" if figures.load_s else "")
        self._set("ttft", seconds_text(figures.ttft_s))
        self._set("prefill", _rate(figures.prefill_tok_s, 0))
        self._set("decode", _rate(figures.decode_tok_s, 1))
        self._set("tokens", _tokens(figures.prompt_tokens, reused_tokens, figures.new_tokens))
        self.show_memory(EngineMemory(figures.rss_bytes, figures.peak_rss_bytes))

    def show_memory(self, memory: EngineMemory) -> None:
        now, peak = size_text(memory.now), size_text(memory.peak)
        text = tr("{now}, peak {peak}").format(now=now, peak=peak) if peak != now else now
        self._set("memory", f"{'≈ ' if memory.estimated else ''}{text}" if now else "")

    def _set(self, key: str, text: str) -> None:
        label = self._values[key]
        label.setText(text or _UNKNOWN)
        said = tr("{figure} of the {side} side: {value}").format(
            figure=tr(_TITLES[key]), side=side_in(self._side), value=text or tr("not measured")
        )
        label.setAccessibleName(said)


def seconds_text(seconds: float) -> str:
    return f"{number(seconds, 3)} s" if seconds else ""


def rates_text(times_ns: Sequence[int], mean: float) -> str:
    """ "61.2 tok/s, mean 60.8"; empty before the second token."""
    if not mean:
        return ""
    return tr("{rate} tok/s, mean {mean}").format(rate=number(rate_now(times_ns), 1), mean=number(mean, 1))


def _rate(tokens_per_s: float, decimals: int) -> str:
    return f"{number(tokens_per_s, decimals)} tok/s" if tokens_per_s else ""


def _tokens(prompt: int, reused: int, new: int) -> str:
    """ "46 + 80", "46 (12 reused) + 80"."""
    if not reused:
        return f"{count_text(prompt)} + {count_text(new)}"
    text = tr("{prompt} ({reused} reused) + {new}")
    return text.format(prompt=count_text(prompt), reused=count_text(reused), new=count_text(new))
