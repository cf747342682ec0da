"""A report that was opened, in the place of the columns: where it is from, both answers and their figures."""

import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.backends.base import Timings
from app.compare.figures import figures_of
from app.compare.record import RunRecord
from app.language import marked, shown, tr
from app.ui.backend_switch import TITLES
from app.ui.chats.chat_session import Message
from app.ui.compare.column_figures import ColumnFigures
from app.ui.compare.side_words import side_in
from app.ui.look.colors import Colors
from app.ui.look.elided_label import ElidedLabel
from app.ui.look.quantities import moment_text, size_text
from app.ui.transcript.answer_pane import AnswerPane
from app.workers.report_desk import OpenedReport

HIDDEN = marked("Question, answers and ids were left out of this report.")


class ReportSide(QFrame):
    """One answer: what gave it, its figures, its text."""

    def __init__(self, side: str, colors: Colors) -> None:
        super().__init__()
        self.setObjectName("compareColumn")
        self.title = ElidedLabel()
        self.title.setProperty("look", "strong")
        self.figures = ColumnFigures(side)
        self.pane = AnswerPane(colors)
        self.pane.transcript.setAccessibleName(
            tr("Conversation of the {side} side").format(side=side_in(side))
        )
        top = QFrame()
        top.setObjectName("columnTop")
        inner = QVBoxLayout(top)
        inner.setContentsMargins(16, 8, 16, 8)
        inner.setSpacing(8)
        inner.addWidget(self.title)
        inner.addWidget(self.figures)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(top)
        layout.addWidget(self.pane, 1)

    def show_record(self, record: RunRecord, question: str, *, hidden: bool) -> None:
        settings = record.settings
        backend = TITLES.get(settings.backend, settings.backend)
        self.title.setText(f"{settings.model} · {backend} · {settings.engine} · {shown(settings.precision)}")
        self.title.setToolTip(self.title.text())
        self.figures.show_figures(figures_of(record), record.reused_tokens)
        transcript = self.pane.transcript
        if hidden:
            transcript.show_messages([])
            transcript.show_hint(tr("Left out"), tr(HIDDEN))
            return
        answer = Message(
            "assistant",
            record.text,
            f"{settings.family or settings.model} · {backend}",
            record.finish,
            timings_of(record),
            record.ids,
        )
        transcript.show_messages([Message("user", question), answer] if question else [answer])


class ReportView(QWidget):
    """`show_report` fills it."""

    close_requested = Signal()

    def __init__(self, colors: Colors, column_width: int) -> None:
        super().__init__()
        self.heading = ElidedLabel()
        self.close_button = QPushButton(tr("Close the report"))
        self.close_button.setToolTip(tr("Back to the comparison"))
        self.close_button.clicked.connect(self.close_requested)
        self.sides = (ReportSide("left", colors), ReportSide("right", colors))
        bar = QFrame()
        bar.setObjectName("reportBar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(16)
        row.addWidget(self.heading, 1)
        row.addWidget(self.close_button)
        columns = QSplitter(Qt.Orientation.Horizontal)
        columns.setChildrenCollapsible(False)
        columns.setHandleWidth(1)
        for side in self.sides:
            side.setMinimumWidth(column_width)
            columns.addWidget(side)
        columns.setSizes([1 << 12] * 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addWidget(columns, 1)

    def show_report(self, opened: OpenedReport) -> None:
        report = opened.report
        machine = report.machine
        versions = ", ".join(f"{name} {version}" for name, version in machine.versions)
        processors = tr("%n processor(s)", "", machine.processors)
        where = f"{machine.processor} · {processors} · {size_text(machine.memory_bytes)}"
        asked = tr("asked in turn") if report.mode == "in turn" else tr("asked at once")
        heading = tr("Report {name}").format(name=opened.path.name)
        self.heading.setText(f"{heading} · {_moment(report.created)} · {asked} · {where}")
        self.heading.setToolTip(f"{opened.path}\n{where}\n{machine.system}\n{versions}")
        for side, record in zip(self.sides, (report.left, report.right), strict=True):
            side.show_record(record, report.question, hidden=report.text_hidden)

    def show_colors(self, colors: Colors) -> None:
        for side in self.sides:
            side.pane.show_colors(colors)


def _moment(created: str) -> str:
    """ISO 8601 for people; what is no time stays as it is."""
    try:
        return f"{moment_text(datetime.datetime.fromisoformat(created).astimezone(datetime.UTC))} UTC"
    except (ValueError, OverflowError):
        return created


def timings_of(record: RunRecord) -> Timings:
    """As the backend gave them: of raw times only."""
    times = [token.time_ns for token in record.tokens]
    return Timings(
        prompt_tokens=len(record.prompt_ids),
        reused_tokens=record.reused_tokens,
        new_tokens=len(times),
        ttft_s=(times[0] - record.started_ns) / 1e9 if times else 0.0,
        prefill_s=record.prefill_s,
        decode_s=(times[-1] - times[0]) / 1e9 if times else 0.0,
    )
