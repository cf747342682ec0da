"""What every page has: a way back, the names of its sister pages on top, and a column that scrolls."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from app.language import tr
from app.ui.look.colors import Colors
from app.ui.look.icons import plain
from app.ui.look.segmented_switch import SegmentedSwitch

_COLUMN_WIDTH = 720


class PageFrame(QFrame):
    """`pages` are (key, title, tooltip) of all pages, of which one is in the column."""

    back_requested = Signal()
    page_requested = Signal(str)

    def __init__(self, pages: Sequence[tuple[str, str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pages")
        self.back = QToolButton()
        self.back.setAccessibleName(tr("Back"))
        self.back.setToolTip(tr("Back (Esc)"))
        self.back.setIconSize(QSize(20, 20))
        self.back.setCursor(Qt.CursorShape.PointingHandCursor)
        self.back.clicked.connect(self.back_requested)
        self.switch = SegmentedSwitch(tr("Page"), pages)
        self.switch.chosen.connect(self.page_requested)
        bar = QFrame()
        bar.setObjectName("topBar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(16)
        row.addWidget(self.back)
        row.addWidget(self.switch)
        row.addStretch(1)
        self._scrolled = QScrollArea()
        self._scrolled.setObjectName("pageScroll")
        self._scrolled.setFrameShape(QFrame.Shape.NoFrame)
        self._scrolled.setWidgetResizable(True)
        self._scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = QWidget()
        body.setObjectName("pageBody")
        self._column = QHBoxLayout(body)
        self._column.setContentsMargins(24, 24, 24, 24)
        self._column.addStretch(1)
        self._column.addStretch(1)
        self._scrolled.setWidget(body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addWidget(self._scrolled, 1)

    def add_page(self, page: QWidget) -> None:
        """Hidden until `show_page`."""
        page.hide()
        page.setMaximumWidth(_COLUMN_WIDTH)
        self._column.insertWidget(self._column.count() - 1, page, 1000)

    def show_page(self, key: str, page: QWidget) -> None:
        """Only `page`, from its top."""
        for at in range(self._column.count()):
            item = self._column.itemAt(at)
            other = item.widget() if item is not None else None
            if other is not None:
                other.setVisible(other is page)
        self.switch.show_choice(key)
        self._scrolled.verticalScrollBar().setValue(0)

    def reveal(self, widget: QWidget) -> None:
        """Scroll to `widget`."""
        self._scrolled.ensureWidgetVisible(widget)

    def show_colors(self, colors: Colors) -> None:
        self.back.setIcon(plain("back", colors))
