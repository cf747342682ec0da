"""The text of one message: a read-only, selectable document exactly as high as its content.

Paints what is behind code and beside quotes, and has a copy button at every block of code. Links open in the
browser, on a click only, and only addresses of the web and of mail. Nothing is ever fetched.
"""

from math import ceil

from PySide6.QtCore import QMimeData, QPointF, QRectF, QSize, QSizeF, Qt, QUrl, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QDesktopServices,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QTextBrowser, QWidget

from app.language import tr
from app.ui.answer.answer_document import AnswerDocument
from app.ui.answer.look import CODE_HEADER, CODE_PADDING, Look
from app.ui.answer.pacer import Pacer
from app.ui.answer.selected_text import selected_text
from app.ui.look.colors import LIGHT, Colors
from app.ui.transcript.copy_button import CopyButton

_OPENED_SCHEMES = ("http", "https", "mailto")
_BUTTON_MARGIN = 3
_RADIUS = 8
_BAR = 3


class MessageText(QTextBrowser):
    """Grows with its content; never scrolls by itself."""

    grown = Signal()
    """The height is another one."""

    def __init__(
        self, parent: QWidget | None = None, pacer: Pacer | None = None, *, opaque: bool = False
    ) -> None:
        """`opaque`: whether it fills what is behind it with the window's colour. Else everything that it lies
        in is painted first, whenever a word is added.
        """
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
        self.setTabStopDistance(4 * self.fontMetrics().horizontalAdvance(" ") * 2)
        self._opaque = opaque
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, opaque)
        self.setAttribute(Qt.WidgetAttribute.WA_StaticContents, opaque)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_StaticContents, opaque)
        self.preferred_width = 0  # of its own; 0 = as Qt has it
        self.document().setDocumentMargin(0)
        self._look = Look(LIGHT, self.font())
        self._buttons: list[CopyButton] = []
        self._content = AnswerDocument(self.document(), self._look, pacer or Pacer(self), self)
        self._content.laid_out.connect(self._settle)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.anchorClicked.connect(self._open)
        self.highlighted.connect(self._tell_address)

    @property
    def settled(self) -> bool:
        """Whether all of the text is laid out."""
        return self._content.settled

    def show_plain(self, text: str, colors: Colors = LIGHT) -> None:
        """Show `text` as it is."""
        self._begin(colors, markdown=False)
        self._content.finish(text)

    def show_markdown(self, text: str, colors: Colors) -> None:
        """Show `text` as Markdown."""
        self._begin(colors, markdown=True)
        self._content.finish(text)

    def begin_markdown(self, colors: Colors) -> None:
        """Show Markdown that is still to come: see `append_markdown` and `finish_markdown`."""
        self._begin(colors, markdown=True)

    def append_markdown(self, text: str) -> None:
        """More of it; selection and scroll position stay."""
        self._content.append(text)

    def finish_markdown(self, text: str) -> None:
        """The whole of it."""
        self._content.finish(text)

    def stop(self) -> None:
        """Lay out no more."""
        self._content.stop()

    def loadResource(self, _type: int, _name: QUrl | str) -> object:  # noqa: N802
        """Nothing an answer mentions is ever fetched."""
        return None

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802
        """The selection as plain text, as it was written."""
        data = QMimeData()
        data.setText(selected_text(self.textCursor()))
        return data

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the transcript scrolls

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._content.refit()
        self._fit(self.document().size())

    def sizeHint(self) -> QSize:
        return QSize(self.preferred_width or super().sizeHint().width(), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        content = self._content
        if self._opaque or content.boxes or content.bars or content.rules:
            painter = QPainter(self.viewport())
            painter.setClipRect(event.rect())
            if self._opaque:
                painter.fillRect(event.rect(), QColor(self._look.colors.window))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_boxes(painter, QRectF(event.rect()))
            self._paint_bars(painter, QRectF(event.rect()))
            painter.end()
        super().paintEvent(event)

    def _begin(self, colors: Colors, markdown: bool) -> None:
        self._look = Look(colors, self.font())
        self._content.begin(self._look, self.devicePixelRatioF(), markdown)

    def _box_rect(self, start: int, end: int, margin: float) -> QRectF:
        """From the paragraph at `start` to that at `end`, from `margin` to the right edge."""
        layout = self.document().documentLayout()
        top = layout.blockBoundingRect(self.document().findBlock(start)).top()
        bottom = layout.blockBoundingRect(self.document().findBlock(end)).bottom()
        return QRectF(margin, top, self.viewport().width() - margin, bottom - top)

    def _paint_boxes(self, painter: QPainter, visible: QRectF) -> None:
        colors = self._look.colors
        small = self._look.mono
        for box in self._content.boxes:
            text = self._box_rect(box.start, box.end, box.margin)
            whole = text.adjusted(0.5, -CODE_HEADER - CODE_PADDING + 0.5, -0.5, CODE_PADDING - 0.5)
            if not whole.intersects(visible):
                continue
            painter.setPen(QPen(QColor(colors.border)))
            painter.setBrush(QColor(colors.code))
            painter.drawRoundedRect(whole, _RADIUS, _RADIUS)
            under = whole.top() + CODE_HEADER
            painter.drawLine(QPointF(whole.left(), under), QPointF(whole.right(), under))
            painter.setPen(QColor(colors.muted))
            painter.setFont(small)
            label = QRectF(whole.left() + CODE_PADDING, whole.top(), whole.width() - 60, CODE_HEADER)
            painter.drawText(label, Qt.AlignmentFlag.AlignVCenter, box.language[:40] or "text")

    def _paint_bars(self, painter: QPainter, visible: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._look.colors.border))
        for bar in self._content.bars:
            rect = self._box_rect(bar.start, bar.end, bar.margin)
            rect.setWidth(_BAR)
            if rect.intersects(visible):
                painter.drawRoundedRect(rect, 1, 1)
        for rule in self._content.rules:
            rect = self._box_rect(rule, rule, 0)
            painter.drawRect(QRectF(0, round(rect.center().y()), rect.width(), 1))

    def _place_buttons(self) -> None:
        boxes = self._content.boxes
        while len(self._buttons) > len(boxes):
            self._buttons.pop().deleteLater()
        while len(self._buttons) < len(boxes):
            self._buttons.append(CopyButton(self._look.colors, self.viewport()))
        for box, button in zip(boxes, self._buttons, strict=True):
            button.show_colors(self._look.colors)
            button.set_content(box.source.removesuffix("\n"), _copy_title(box.language))
            text = self._box_rect(box.start, box.end, box.margin)
            top = text.top() - CODE_HEADER - CODE_PADDING + _BUTTON_MARGIN
            button.move(round(text.right()) - button.width() - _BUTTON_MARGIN, round(top))
            button.show()

    @Slot()
    def _settle(self) -> None:
        self._fit(self.document().size())
        if self._buttons or self._content.boxes:
            self._place_buttons()

    @Slot(QSizeF)
    def _fit(self, size: QSizeF) -> None:
        height = max(ceil(size.height()), self.fontMetrics().lineSpacing())
        if not self._content.settled:  # what is taken back for a moment does not make the page jump
            height = max(height, self.height())
        if height != self.height():
            self.setFixedHeight(height)
            self.grown.emit()
        elif self._buttons and self._content.settled:
            self._place_buttons()

    @Slot(QUrl)
    def _open(self, url: QUrl) -> None:
        if url.scheme().lower() in _OPENED_SCHEMES:
            QDesktopServices.openUrl(url)

    @Slot(QUrl)
    def _tell_address(self, url: QUrl) -> None:
        """Where a link leads, whatever its words say."""
        self.setToolTip(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))


def _copy_title(language: str) -> str:
    return tr("Copy {language} code").format(language=language) if language else tr("Copy code")
