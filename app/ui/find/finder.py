"""Finds words in the chat on screen and marks them: all of them in the messages that are near the visible
part, and one that the user stands at. Works in turns of a few milliseconds, also while an answer streams.
"""

from collections.abc import Generator, Iterator
from re import Pattern

from PySide6.QtCore import QObject, QTimer, Slot

from app.language import tr
from app.ui.answer.pacer import Pacer
from app.ui.find.find_bar import FindBar
from app.ui.find.marker import Marker
from app.ui.find.matches import Found, Span, pattern_of, spans_of
from app.ui.find.parts import Row, is_name, sources_of, text_at
from app.ui.find.shown_text import shown_text
from app.ui.look.colors import Colors
from app.ui.transcript.message_view import MessageView
from app.ui.transcript.transcript import Transcript
from app.ui.transcript.transcript_rows import AnswerRow

_SOON_MS = 60
"""After something has changed."""
_GROWING_MS = 250
"""After an answer has grown."""


class Finder(QObject):
    """Owns what is marked in the transcript; does nothing while the bar is closed."""

    def __init__(self, bar: FindBar, transcript: Transcript, colors: Colors) -> None:
        super().__init__(bar)
        self._bar = bar
        self._transcript = transcript
        self._marker = Marker(transcript, colors)
        self._pacer = Pacer(self)
        self._job: Iterator[None] | None = None
        self._again = False
        """Whether something has changed since the job began."""
        self._pattern: Pattern[str] | None = None
        self._texts: dict[int, tuple[str, list[str]]] = {}
        """By a message's id: its source, and what is on screen of that, part by part."""
        self._found: dict[Row, Found] = {}
        self._row: Row | None = None
        self._match = 0
        """The match one stands at: which of `_row`."""
        self._going = False
        """Whether it is still to be brought into sight."""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._look)
        bar.words_changed.connect(self._search)
        bar.next_requested.connect(self.go_on)
        bar.previous_requested.connect(self.go_back)
        bar.closed.connect(self._end)
        transcript.shown.connect(self._wait)

    @property
    def settled(self) -> bool:
        """Whether everything that is on screen now is searched and marked."""
        return self._job is None and not self._soon.isActive()

    @property
    def total(self) -> int:
        """How many matches there are."""
        return sum(map(len, self._found.values()))

    @Slot()
    def go_on(self) -> None:
        """Go to the next match; after the last comes the first."""
        self._step(1)

    @Slot()
    def go_back(self) -> None:
        """Go to the match before."""
        self._step(-1)

    def show_colors(self, colors: Colors) -> None:
        self._marker.show_colors(colors)
        self._wait()

    @Slot(str)
    def _search(self, words: str) -> None:
        """Look for other words, from the place on screen on."""
        self._stop()
        self._pattern = pattern_of(words)
        self._found.clear()
        self._row = None
        self._begin(going=True)

    @Slot()
    def _end(self) -> None:
        self._stop()
        self._soon.stop()
        self._pattern = None
        self._found.clear()
        self._texts.clear()
        self._row = None
        self._mark()
        self._marker.forget()

    @Slot()
    def _wait(self) -> None:
        if self._pattern is not None and not self._soon.isActive():
            self._soon.start(_GROWING_MS if self._transcript.growing else _SOON_MS)

    @Slot()
    def _look(self) -> None:
        """What is on screen may be another: search what is new, mark it, and go on to where one was going."""
        if self._pattern is None:
            return
        self._mark()
        if self._going:
            self._bring_into_sight()
        if self._job is None:
            self._begin(going=False)
        else:
            self._again = True
        if self._going or not self._transcript.settled:
            self._wait()

    def _stop(self) -> None:
        if self._job is not None:
            self._pacer.drop(self._job)
            self._job = None
        self._again = False

    def _begin(self, *, going: bool) -> None:
        if self._pattern is None:
            self._mark()
            self._tell()
            return
        self._job = self._work(self._pattern, going)
        self._pacer.add(self._job)

    def _work(self, pattern: Pattern[str], going: bool) -> Generator[None, None, None]:
        """Search every message that is new or has another text. `going`: go to the first match from here."""
        rows = self._transcript.rows
        here = self._transcript.top_row
        for gone in self._found.keys() - set(rows):
            del self._found[gone]
        for index, row in enumerate(rows):
            if row in self._found and (self._is_fresh(row) or self._grows_unseen(index, row)):
                continue
            texts = yield from self._texts_of(index, row)
            parts: list[list[Span]] = []
            for text in texts:
                parts.append([])
                for some in spans_of(pattern, text):
                    parts[-1] += some
                    yield
            self._found[row] = Found(tuple(parts))
            if going and self._found[row] and index >= here and self._row is None:
                self._stand_at(row, 0)
            yield
        if going and self._row is None and self.total:
            self._stand_at(next(row for row in rows if self._found.get(row)), 0)
        self._tell()
        yield
        self._job = None
        self._mark()
        if self._again:
            self._again = False
            self._wait()

    def _grows_unseen(self, index: int, row: Row) -> bool:
        """Such an answer is searched again when it is seen or complete: each time would be from its start."""
        return row.growing and self._view_of(index, row) is None

    def _view_of(self, index: int, row: Row) -> MessageView | None:
        """The widget of a message, which may be gone since the job began."""
        rows = self._transcript.rows
        return self._transcript.view_at(index) if index < len(rows) and rows[index] is row else None

    def _is_fresh(self, row: Row) -> bool:
        message = row.message
        return message.id in self._texts and self._texts[message.id][0] is message.text

    def _texts_of(self, index: int, row: Row) -> Generator[None, None, list[str]]:
        if not self._is_fresh(row):
            texts: list[str] = []
            for part, source in enumerate(sources_of(row)):
                view = self._view_of(index, row)
                shown = text_at(view, part) if view is not None else None
                if is_name(row, part):
                    texts.append(source)
                elif shown is not None and (shown.settled or row.growing):
                    texts.append(shown.toPlainText())
                else:
                    texts.append((yield from shown_text(source, isinstance(row, AnswerRow))))
            self._texts[row.message.id] = (row.message.text, texts)
        return self._texts[row.message.id][1]

    def _stand_at(self, row: Row, match: int) -> None:
        self._row, self._match, self._going = row, match, True
        self._wait()

    def _step(self, by: int) -> None:
        rows = [row for row in self._transcript.rows if self._found.get(row)]
        if not rows:
            return
        if self._row not in rows:
            self._stand_at(rows[0 if by > 0 else -1], 0 if by > 0 else len(self._found[rows[-1]]) - 1)
        else:
            at = rows.index(self._row)
            match = self._match + by
            if not 0 <= match < len(self._found[rows[at]]):
                at = (at + by) % len(rows)
                match = 0 if by > 0 else len(self._found[rows[at]]) - 1
            self._stand_at(rows[at], match)
        self._mark()
        self._bring_into_sight()
        self._tell()

    def _tell(self) -> None:
        total = self.total
        if self._pattern is None:
            self._bar.show_count("", some=False)
        elif not total:
            self._bar.show_count(tr("No matches"), some=False)
        else:
            at = self._number()
            count = (
                tr("{number} of {total}").format(number=at, total=total)
                if at
                else tr("%n found", "matches", total)
            )
            self._bar.show_count(count, some=True)

    def _number(self) -> int:
        """Which match of the chat one stands at, from 1; 0 = none."""
        before = 0
        for row in self._transcript.rows:
            found = len(self._found.get(row, ()))
            if row is self._row:
                return before + self._match + 1 if self._match < found else 0
            before += found
        return 0

    def _bring_into_sight(self) -> None:
        rows, row = self._transcript.rows, self._row
        if row is None or row not in rows:
            self._going = False
            return
        index = rows.index(row)
        view = self._transcript.view_at(index)
        if view is None:
            self._transcript.show_message(index)
            return
        match = self._found.get(row, Found()).at(self._match)
        self._going = match is not None and not self._marker.bring_into_sight(
            index, view, match, growing=row.growing
        )

    def _mark(self) -> None:
        """Mark what is near the visible part."""
        found = []
        for index, row in enumerate(self._transcript.rows):
            view = self._transcript.view_at(index)
            if view is not None:
                matches = self._found.get(row, Found()) if self._pattern is not None else Found()
                found.append((view, matches, matches.at(self._match) if row is self._row else None))
        self._marker.mark(found)
