"""The right column, which folds away: live figures on top, the native engine and sampling below."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.settings import Settings
from app.ui.colors import Colors
from app.ui.figures_panel import FiguresPanel
from app.ui.native_choices import NativeChoices
from app.ui.sampling_panel import SamplingPanel

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
        self.native = NativeChoices(settings)
        self.sampling = SamplingPanel(settings, colors)
        self.native.changed.connect(self.sampling.opening_changed)
        body = QWidget()
        body.setObjectName("panelBody")
        layout = QVBoxLayout(body)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        self._figures_section = _section("Figures", self.figures)
        layout.addWidget(self._figures_section)
        self._native_section = _section("Native engine", self.native)
        layout.addWidget(self._native_section)
        layout.addWidget(_section("Sampling", self.sampling))
        layout.addStretch(1)
        self.setWidget(body)

    def show_settings(self, settings: Settings) -> None:
        """Fill the forms without announcing it."""
        self.native.show_settings(settings)
        self.sampling.show_settings(settings)

    def settings(self, base: Settings) -> Settings:
        """`base` with what the forms say."""
        return self.sampling.settings(self.native.settings(base))

    def show_figures(self, visible: bool) -> None:
        """Figures and engine belong to the chat; each column of a comparison has its own."""
        self._figures_section.setVisible(visible)
        self._native_section.setVisible(visible)


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
