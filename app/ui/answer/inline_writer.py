"""Writes the words of one paragraph: emphasis, code, links, formulas. The paragraph is the caller's."""

from collections.abc import Iterator, Sequence

from markdown_it.token import Token
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFont, QFontMetrics, QTextCharFormat, QTextCursor, QTextDocument, QTextImageFormat

from app.language import tr
from app.ui.answer import formula
from app.ui.answer.look import SOURCE, Look

_LINE = "\u2028"
"""A new line in the same paragraph, for Qt."""


class InlineWriter:
    """Draws formulas for one screen: `scale` is its device pixel ratio."""

    def __init__(self, look: Look, scale: float) -> None:
        self._look = look
        self._scale = scale

    def write(self, cursor: QTextCursor, tokens: Sequence[Token], base: QTextCharFormat) -> Iterator[None]:
        """Insert `tokens` at `cursor`; yields after every formula, which takes some milliseconds."""
        forms = [base]
        for token in tokens:
            kind = token.type
            if kind == "text":
                cursor.insertText(token.content, forms[-1])
            elif kind in ("softbreak", "hardbreak"):  # models mean every line that they break
                cursor.insertText(_LINE, forms[-1])
            elif kind == "code_inline":
                cursor.insertText(token.content, self._look.inline_code(forms[-1]))
            elif kind.endswith("_open"):
                forms.append(self._opened(token, forms[-1]))
            elif kind.endswith("_close"):
                forms.pop()
            elif kind == "image":
                cursor.insertText(_image(token.content), forms[-1])
            elif kind.startswith("math_inline"):
                sign = "$$" if kind == "math_inline_double" else "$"
                self.formula(cursor, token.content, f"{sign}{token.content}{sign}", forms[-1])
                yield
            else:
                cursor.insertText(token.content, forms[-1])

    def formula(
        self, cursor: QTextCursor, latex: str, source: str, base: QTextCharFormat, display: bool = False
    ) -> None:
        """Insert a formula as a picture, or `source` where it cannot be drawn."""
        pixels = self._look.font.pixelSize()
        color = base.foreground().color().name()
        drawn = formula.draw(latex, display or source.startswith("$$"), pixels, color, self._scale)
        if drawn is None:
            cursor.insertText(source, base)
            return
        name = f"formula:{hash((latex, display, pixels, color, self._scale))}"
        form = QTextImageFormat()
        form.setProperty(SOURCE, source)
        # Qt sets a picture as far below the line as the font of its format reaches: take one that fits.
        font = self._look.descending(drawn.descent)
        picture = drawn.padded(below=QFontMetrics(font).descent() - drawn.descent)
        form.setFont(font)
        form.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignBaseline)
        document = cursor.document()
        document.addResource(QTextDocument.ResourceType.ImageResource, QUrl(name), picture)
        form.setName(name)
        ratio = picture.devicePixelRatio()
        form.setWidth(picture.width() / ratio)
        form.setHeight(picture.height() / ratio)
        cursor.insertImage(form)

    def _opened(self, token: Token, over: QTextCharFormat) -> QTextCharFormat:
        if token.type == "link_open":
            return self._look.link(over, str(token.attrGet("href") or ""))
        form = QTextCharFormat(over)
        if token.type == "strong_open":
            form.setFontWeight(QFont.Weight.DemiBold)
        elif token.type == "em_open":
            form.setFontItalic(True)
        elif token.type == "s_open":
            form.setFontStrikeOut(True)
        return form


def _image(description: str) -> str:
    """What stands in the place of a picture, which is not fetched."""
    if not description:
        return tr("[image without a description]")
    return tr("[image: {description}]").format(description=description)
