"""The right column, which folds away: figures, what the chat has of its own, how its model is opened."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.language import tr
from app.settings import Settings
from app.ui.look.colors import Colors
from app.ui.panel.figures_panel import FiguresPanel
from app.ui.panel.native_choices import NativeChoices
from app.ui.panel.opening_panel import OpeningPanel
from app.ui.panel.sampling_panel import SamplingPanel
from app.ui.panel.system_panel import SystemPanel

WIDTH = 288


class SidePanel(QScrollArea):
    """Holds its parts; the window connects them."""

    def __init__(self, settings: Settings, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidePanel")
        self.setFixedWidth(WIDTH)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.figures = FiguresPanel()
        self.system = SystemPanel(colors)
        self.sampling = SamplingPanel(settings, colors)
        self.native = NativeChoices(settings)
        self.opening = OpeningPanel(settings)
        self.native.changed.connect(self.opening.changed)
        body = QWidget()
        body.setObjectName("panelBody")
        layout = QVBoxLayout(body)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        self._figures_section = _section(tr("Figures"), self.figures)
        layout.addWidget(self._figures_section)
        self._system_section = _section(tr("System prompt"), self.system)
        layout.addWidget(self._system_section)
        layout.addWidget(_section(tr("Sampling"), self.sampling))
        self._native_section = _section(tr("Native engine"), self.native)
        layout.addWidget(self._native_section)
        layout.addWidget(_section(tr("Model"), self.opening))
        layout.addStretch(1)
        self.setWidget(body)

    def show_settings(self, settings: Settings) -> None:
        """Show how models are opened, without announcing it."""
        self.native.show_settings(settings)
        self.opening.show_settings(settings)

    def settings(self, base: Settings) -> Settings:
        """`base` with how models are opened."""
        return self.opening.settings(self.native.settings(base))

    def show_chat_parts(self, visible: bool) -> None:
        """Figures, system prompt and engine belong to the chat; a column of a comparison has its own."""
        for section in (self._figures_section, self._system_section, self._native_section):
            section.setVisible(visible)

    def show_colors(self, colors: Colors) -> None:
        self.system.show_colors(colors)
        self.sampling.show_colors(colors)


def _section(title: str, widget: QWidget) -> QWidget:
    section = QWidget()
    layout = QVBoxLayout(section)
    layout.setContentsMargins(0, 0, 0, 12)
    layout.setSpacing(12)
    heading = QLabel(title)
    heading.setProperty("look", "heading")
    layout.addWidget(heading)
    layout.addWidget(widget)
    return section
