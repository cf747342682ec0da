"""Marks what was found in the messages that have a widget: the matches near the visible part, and among them
the one that the user stands at.
"""

from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from app.ui.find.matches import Found, Match, Span
from app.ui.find.parts import card_at, parts_of, text_at
from app.ui.look.colors import Colors, mixed
from app.ui.transcript.message_text import MessageText
from app.ui.transcript.message_view import MessageView
from app.ui.transcript.transcript import Transcript

_MOST = 300
"""Marks in a text: each takes 30 microseconds to make, and more to paint."""
_MARGIN = 60
"""Pixels between the match one goes to and the edge of the visible part."""


class Marker:
    """Lives in the GUI thread; a widget is marked anew only when something about it is another."""

    def __init__(self, transcript: Transcript, colors: Colors) -> None:
        self._transcript = transcript
        self._colors = colors
        self._marked: dict[MessageView, object] = {}

    def show_colors(self, colors: Colors) -> None:
        self._colors = colors
        self.forget()

    def forget(self) -> None:
        """Whatever is marked, mark it anew the next time."""
        self._marked.clear()

    def mark(self, found: Sequence[tuple[MessageView, Found, Match | None]]) -> None:
        """Mark these; the third is the match one stands at, where it is in that message."""
        self._marked = {view: self._mark(view, matches, current) for view, matches, current in found}

    def bring_into_sight(self, index: int, view: MessageView, match: Match, *, growing: bool) -> bool:
        """Scroll to a match in the message of that number; False while it is not laid out yet."""
        part, span = match
        text, card = text_at(view, part), card_at(view, part)
        if card is not None and part % 2 and not card.open:
            card.fold.setChecked(True)
            return False
        if text is not None:
            if not (text.settled or growing):
                return False
            rect = text.cursorRect(_cursor(text, span))
            top, height = text.mapTo(view, rect.topLeft()).y(), rect.height()
        elif card is not None:
            top, height = card.mapTo(view, QPoint(0, 0)).y(), card.fold.height()
        else:
            return True
        self._transcript.bring_into_sight(index, top, height, _MARGIN)
        return True

    def _mark(self, view: MessageView, matches: Found, current: Match | None) -> object:
        """What is marked in `view` now."""
        parts: list[tuple[MessageText, Sequence[Span], Span | None]] = []
        names: list[tuple[int, bool, bool]] = []
        for part in range(parts_of(view)):
            spans = matches.parts[part] if part < len(matches.parts) else ()
            here = current[1] if current is not None and current[0] == part else None
            if (text := text_at(view, part)) is not None:
                parts.append((text, tuple(self._near(text, spans)), here))
            elif part % 2 == 0:
                names.append((part, bool(spans), here is not None))
        wanted = ([(near, here, text.document().revision()) for text, near, here in parts], names)
        if self._marked.get(view) != wanted:
            for text, near, here in parts:
                self._select(text, near, here)
            for part, some, stood_at in names:
                if (card := card_at(view, part)) is not None:
                    card.mark_name(*self._look(stood_at)) if some else card.mark_name("", "")
        return wanted

    def _look(self, stood_at: bool) -> tuple[str, str]:
        """Background and text colour of a match."""
        colors = self._colors
        if stood_at:
            return colors.accent, colors.on_accent
        return mixed(colors.accent, colors.window, 0.3), colors.text

    def _near(self, body: MessageText, spans: Sequence[Span]) -> Sequence[Span]:
        """Of `spans` those that are on screen or half a screen away, or as many as can be marked."""
        end = body.document().characterCount() - 1
        if not spans or (not body.settled and spans[-1][1] > end):
            return ()
        height = self._transcript.viewport().height()
        top = body.mapFrom(self._transcript.viewport(), QPoint(0, 0)).y()

        def first_from(y: int) -> int:
            """The first match at `y` of the visible part, or below."""
            return bisect_left(spans, (body.cursorForPosition(QPoint(0, max(0, top + y))).position(), 0))

        near = spans[first_from(-height // 2) : first_from(height * 3 // 2)]
        return near if len(near) <= _MOST else spans[first_from(0) :][:_MOST]

    def _select(self, body: MessageText, spans: Sequence[Span], current: Span | None) -> None:
        usual, here = QTextCharFormat(), QTextCharFormat()
        usual.setBackground(QColor(self._look(stood_at=False)[0]))
        here.setBackground(QColor(self._look(stood_at=True)[0]))
        here.setForeground(QColor(self._look(stood_at=True)[1]))
        selections = []
        for span in spans:
            selection = QTextEdit.ExtraSelection()
            selection.cursor = _cursor(body, span)
            selection.format = here if span == current else usual
            selections.append(selection)
        body.setExtraSelections(selections)


def _cursor(body: MessageText, span: Span) -> QTextCursor:
    cursor = QTextCursor(body.document())
    cursor.setPosition(span[0])
    cursor.setPosition(span[1], QTextCursor.MoveMode.KeepAnchor)
    return cursor
