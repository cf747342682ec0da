"""The text of one message: a read-only, selectable document exactly as high as its content.

Streaming appends plain text at the end, so only the last paragraph is laid out again; a finished answer is
laid out once as Markdown. Links open in the browser, on a click only.
"""

from math import ceil

from PySide6.QtCore import QSize, QSizeF, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QResizeEvent, QTextCursor, QTextOption, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QTextBrowser, QWidget

from app.ui.answer_markup import document_css, is_plain, to_html
from app.ui.colors import Colors

_OPENED_SCHEMES = ("http", "https", "mailto")


class MessageText(QTextBrowser):
    """Grows with its content; never scrolls by itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageText")
        self.setReadOnly(True)
        self.setOpenLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.setUndoRedoEnabled(False)
        self.preferred_width = 0  # of its own; 0 = as Qt has it
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.anchorClicked.connect(self._open)

    def show_plain(self, text: str) -> None:
        """Show `text` as it is."""
        self.setPlainText(text)

    def append_plain(self, text: str) -> None:
        """Add `text` at the end; selection and scroll position stay."""
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(text)

    def show_markdown(self, text: str, colors: Colors) -> None:
        """Show `text` as Markdown, or plain when it is too long for that."""
        if is_plain(text):
            self.setPlainText(text)
            return
        self.document().setDefaultStyleSheet(document_css(colors))
        self.setHtml(to_html(text, colors))

    def loadResource(self, _type: int, _name: QUrl | str) -> object:  # noqa: N802
        """Nothing an answer mentions is ever fetched."""
        return None

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the transcript scrolls

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(self.document().size())

    def sizeHint(self) -> QSize:
        return QSize(self.preferred_width or super().sizeHint().width(), self.height())

    @Slot(QSizeF)
    def _fit(self, size: QSizeF) -> None:
        height = max(ceil(size.height()), self.fontMetrics().lineSpacing())
        if height != self.height():
            self.setFixedHeight(height)

    @Slot(QUrl)
    def _open(self, url: QUrl) -> None:
        if url.scheme().lower() in _OPENED_SCHEMES:
            QDesktopServices.openUrl(url)
