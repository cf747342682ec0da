"""Live figures of one pane, in words and units common to all panes. Shows what it is given, no more."""

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.language import marked, shown, tr
from app.ui.compare.deviation_badge import DeviationBadge
from app.ui.look.elided_label import ElidedLabel
from app.ui.look.quantities import number, size_text
from app.workers.events import AnswerChunk, AnswerFinished, ModelLoaded

_ROWS = (
    ("engine", marked("Engine"), marked("Which engine computes, and in which precision")),
    ("load", marked("Load time"), marked("From the click to a model that is ready")),
    ("ttft", marked("First token"), marked("From sending to the first token")),
    ("prefill", marked("Prefill"), marked("Prompt tokens computed per second")),
    ("decode", marked("Decode"), marked("New tokens per second, from the first to the last")),
    ("tokens", marked("Tokens"), marked("Prompt, of these reused from the cache, and new ones")),
    ("memory", marked("Memory"), marked("Resident memory of this program")),
)
_TITLES = {key: title for key, title, _ in _ROWS}
_TIPS = {key: tip for key, _, tip in _ROWS}
_UNKNOWN = "–"
_LEAST_PREFILL = 16
"""Tokens: the speed of fewer says how long one step takes, and nothing of reading a prompt."""
_CHUNKS_EVERY_MS = 250
"""Nobody reads faster, and to lay out and paint the panel takes its time from the engine."""


class FiguresPanel(QWidget):
    """A table of label and value; every value is also an accessible name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        self._values: dict[str, QLabel] = {}
        for row, (key, title, tip) in enumerate(_ROWS):
            name = QLabel(tr(title))
            name.setProperty("look", "muted")
            name.setToolTip(tr(tip))
            value = ElidedLabel()  # a long figure does not make the panel wider
            value.setText(_UNKNOWN)
            value.setProperty("look", "strong")
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            value.setToolTip(tr(tip))
            grid.addWidget(name, row, 0)
            grid.addWidget(value, row, 1)
            value.setAccessibleName(_accessible(key, ""))
            self._values[key] = value
        self._latest: AnswerChunk | None = None
        """Of an answer that streams in, where its figures are not shown yet."""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_CHUNKS_EVERY_MS)
        self._rest.timeout.connect(self._show_latest)
        self.deviation = DeviationBadge()
        grid.addWidget(self.deviation, len(_ROWS), 0, 1, 2)

    def text_of(self, key: str) -> str:
        """What stands beside a row; keys are those of _ROWS."""
        return self._values[key].text()

    def clear(self) -> None:
        self._end_chunks()
        for key in self._values:
            self._set(key, "")
        self.deviation.clear()

    def show_loaded(self, loaded: ModelLoaded) -> None:
        self.clear()
        self.deviation.show_deviations("", loaded.deviations)
        self._set("engine", f"{loaded.engine} · {shown(loaded.weight_type)}")
        self._set("load", f"{number(loaded.load_s, 2)} s")
        self._set("memory", size_text(loaded.rss_bytes))

    def start_answer(self) -> None:
        self._end_chunks()
        for key in ("ttft", "prefill", "decode", "tokens"):
            self._set(key, "")

    def show_chunk(self, chunk: AnswerChunk) -> None:
        """Figures so far: at once, or with those that follow within a quarter of a second."""
        self._latest = chunk
        if not self._rest.isActive():
            self._show_latest()

    @Slot()
    def _show_latest(self) -> None:
        chunk, self._latest = self._latest, None
        if chunk is None:
            return
        self._rest.start()
        self._set("ttft", f"{number(chunk.ttft_s, 2)} s")
        self._set("decode", f"{number(chunk.decode_tok_s, 1)} tok/s" if chunk.decode_tok_s else "")
        self._set("tokens", tr("{count} new", "tokens").format(count=number(chunk.new_tokens)))
        self._set("memory", size_text(chunk.rss_bytes))

    def show_finished(self, finished: AnswerFinished) -> None:
        self._end_chunks()
        timings = finished.timings
        told = (
            tr("{prompt} ({reused} reused) + {new}", "tokens")
            if timings.reused_tokens
            else tr("{prompt} + {new}", "tokens")
        )
        tokens = told.format(
            prompt=number(timings.prompt_tokens),
            reused=number(timings.reused_tokens),
            new=number(timings.new_tokens),
        )
        self._set("ttft", f"{number(timings.ttft_s, 2)} s" if timings.ttft_s else "")
        computed = timings.prompt_tokens - timings.reused_tokens
        prefill = timings.prefill_tok_s if computed >= _LEAST_PREFILL else 0.0
        self._set("prefill", f"{number(prefill)} tok/s" if prefill else "")
        self._set("decode", f"{number(timings.decode_tok_s, 1)} tok/s" if timings.decode_tok_s else "")
        self._set("tokens", tokens)
        self._set("memory", size_text(finished.rss_bytes))

    def _end_chunks(self) -> None:
        self._latest = None
        self._rest.stop()

    def _set(self, key: str, text: str) -> None:
        label = self._values[key]
        if label.text() == (text or _UNKNOWN):
            return  # no layout for nothing
        label.setText(text or _UNKNOWN)
        label.setAccessibleName(_accessible(key, text))
        label.setToolTip(f"{text}\n{tr(_TIPS[key])}" if text else tr(_TIPS[key]))  # it may be elided


def _accessible(key: str, text: str) -> str:
    said = text or tr("not measured")
    return f"{tr(_TITLES[key])}: {said}"
