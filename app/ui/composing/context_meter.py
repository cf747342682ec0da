"""How full the model's context is: a bar of four parts over the composer, and what to do when it is full."""

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.chat.context import ContextUse
from app.language import tr
from app.ui.look.colors import Colors, mixed
from app.ui.look.quantities import count_text

_BAR_HEIGHT = 4


class ContextMeter(QWidget):
    """Shows a ContextUse; hidden while there is none."""

    drop_requested = Signal()
    """Leave out the oldest messages from now on."""
    shorten_requested = Signal()
    """Take the answer that still has room."""
    summary_requested = Signal()
    """Go on in a new chat that begins with a summary of this one."""

    def __init__(self, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar = _Bar(colors)
        self.figures = QLabel()
        self.figures.setProperty("look", "muted")
        self.warning = QLabel()
        self.warning.setProperty("look", "danger")
        self.warning.setWordWrap(True)
        self.drop = _button(
            tr("Drop the oldest"), tr("Leave out the oldest messages; a line shows from where on")
        )
        self.drop.clicked.connect(self.drop_requested)
        self.shorten = _button(tr("Shorten the reply"), tr("Answer with the tokens that are left"))
        self.shorten.clicked.connect(self.shorten_requested)
        self.summary = _button(
            tr("New chat with a summary"), tr("Let the model sum this chat up as the start of a new one")
        )
        self.summary.clicked.connect(self.summary_requested)
        self._choices = QWidget()
        row = QHBoxLayout(self._choices)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button in (self.drop, self.shorten, self.summary):
            row.addWidget(button)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 0, 4, 6)
        layout.setSpacing(4)
        layout.addWidget(self.warning)
        layout.addWidget(self._choices)
        layout.addWidget(self._bar)
        layout.addWidget(self.figures)
        self.show_use(None, dropping=False)

    def show_use(self, use: ContextUse | None, dropping: bool) -> None:
        """Show `use`; `dropping` says that the oldest messages are left out already."""
        self.setVisible(use is not None and use.prompt > 0)
        if use is None:
            return
        self._bar.show_use(use)
        self.figures.setText(described(use))
        self.figures.setAccessibleName(tr("Context: {figures}").format(figures=described(use)))
        warning = warned(use)
        self.warning.setText(warning)
        self.warning.setVisible(bool(warning))
        self._choices.setVisible(bool(warning))
        self.drop.setVisible(not dropping and use.history > 0)
        self.shorten.setVisible(use.left > 0)
        self.summary.setVisible(use.history > 0)

    def show_colors(self, colors: Colors) -> None:
        self._bar.show_colors(colors)


def described(use: ContextUse) -> str:
    """E.g. "1 234 of 8 192 tokens: system 20, history 1 200, draft 14 · reply up to 512"."""
    named = (
        (tr("system {count}", "tokens of"), use.system),
        (tr("history {count}", "tokens of"), use.history),
        (tr("draft {count}", "tokens of"), use.draft),
    )
    text = tr("{prompt} of {limit} tokens: {parts} · reply up to {reply}").format(
        prompt=count_text(use.prompt),
        limit=count_text(use.limit),
        parts=", ".join(name.format(count=count_text(count)) for name, count in named if count),
        reply=count_text(use.reply),
    )
    if not use.dropped_turns:
        return text
    return text + " · " + tr("%n oldest left out", "messages", use.dropped_turns)


def warned(use: ContextUse) -> str:
    """What is wrong, as a sentence; "" when everything fits."""
    if use.over:
        return tr("Too long for the context by %n token(s).", "", use.over)
    if not use.fits:
        return tr("Nearly full: {left} of {reply} tokens are left for the reply.").format(
            left=count_text(use.left), reply=count_text(use.reply)
        )
    return ""


class _Bar(QWidget):
    """The four parts, one after the other."""

    def __init__(self, colors: Colors) -> None:
        super().__init__()
        self._colors = colors
        self._use = ContextUse(0, 0, 0, 0, 1)
        self.setFixedHeight(_BAR_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(200, _BAR_HEIGHT)

    def show_use(self, use: ContextUse) -> None:
        self._use = use
        self.update()

    def show_colors(self, colors: Colors) -> None:
        self._colors = colors
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        use, colors = self._use, self._colors
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colors.hover))
        full = colors.accent if use.fits else colors.danger
        parts = (
            (use.system, mixed(full, colors.window, 0.55)),
            (use.history, full),
            (use.draft, mixed(full, colors.window, 0.75)),
            (use.reply, mixed(full, colors.window, 0.3)),
        )
        left = 0.0
        for count, color in parts:
            width = self.width() * count / max(use.limit, 1)
            painter.fillRect(QRectF(left, 0, width, self.height()), QColor(color))
            left += width
        painter.end()


def _button(title: str, tip: str) -> QPushButton:
    button = QPushButton(title)
    button.setAccessibleName(title)
    button.setToolTip(tip)
    return button
