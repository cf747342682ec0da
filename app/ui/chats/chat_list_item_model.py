"""The chats as a Qt list: headings, chats by date, or what a search has found."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.chat.date_groups import grouping
from app.chat.record import ChatSummary, SearchHit
from app.language import marked, shown, tr
from app.ui.look.plain_tip import plain_tip

AnyIndex = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
ROW_ROLE = Qt.ItemDataRole.UserRole
"""Heading, ChatRow or HitRow."""
_PINNED = marked("Pinned")


@dataclass(frozen=True, slots=True)
class Heading:
    """A line over the chats below it; cannot be chosen."""

    text: str


@dataclass(frozen=True, slots=True)
class ChatRow:
    """A chat."""

    chat: ChatSummary


@dataclass(frozen=True, slots=True)
class HitRow:
    """A message that was searched for."""

    hit: SearchHit


Row = Heading | ChatRow | HitRow


class ChatListItemModel(QAbstractListModel):
    """Holds all chats; shows them, or the result of a search in their place."""

    renamed = Signal(object, str)
    """Chat id, the title that the user typed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._chats: list[ChatSummary] = []
        """In the order of the list."""
        self._rows: list[Row] = []
        self._searching = False

    @property
    def chats(self) -> Sequence[ChatSummary]:
        """All chats, in the order of the list."""
        return self._chats

    def show_chats(self, chats: Sequence[ChatSummary]) -> None:
        """Replace the list."""
        self._chats = sorted(chats, key=_place)
        if not self._searching:
            self._reset(self._chat_rows())

    def put(self, chat: ChatSummary) -> None:
        """Add a chat, or show its other values; it moves to its place."""
        old = self.summary(chat.id)
        if old is not None and self._moves_nowhere(old, chat):
            self._chats[self._chats.index(old)] = chat
            if (row := self._row_of(chat.id)) >= 0:
                self._rows[row] = ChatRow(chat)
                self.dataChanged.emit(self.index(row), self.index(row))
            return
        if old is not None:
            self._chats.remove(old)
        self._chats.insert(bisect_left(self._chats, _place(chat), key=_place), chat)
        if not self._searching:
            self._reset(self._chat_rows())

    def remove(self, chat_id: int) -> None:
        """Take a chat off the list."""
        self._chats = [chat for chat in self._chats if chat.id != chat_id]
        self._reset(
            [row for row in self._rows if not (isinstance(row, HitRow) and row.hit.chat == chat_id)]
            if self._searching
            else self._chat_rows()
        )

    def show_hits(self, text: str, hits: Sequence[SearchHit]) -> None:
        """Show what a search for `text` found: chats with that title, and messages. "" = all chats."""
        self._searching = bool(text.strip())
        if not self._searching:
            self._reset(self._chat_rows())
            return
        wanted = text.strip().casefold()
        titled: list[Row] = [ChatRow(chat) for chat in self._chats if wanted in chat.title.casefold()]
        rows: list[Row] = [Heading(tr("Titles")), *titled] if titled else []
        rows += [Heading(tr("Messages")), *(HitRow(hit) for hit in hits)] if hits else []
        self._reset(rows or [Heading(tr("Nothing found"))])

    def summary(self, chat_id: int) -> ChatSummary | None:
        """What is known of a chat."""
        return next((chat for chat in self._chats if chat.id == chat_id), None)

    def row_at(self, index: AnyIndex) -> Row | None:
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def index_of(self, chat_id: int) -> QModelIndex:
        """Where a chat stands; invalid when it is not shown."""
        row = self._row_of(chat_id)
        return self.index(row) if row >= 0 else QModelIndex()

    def rowCount(self, parent: AnyIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        row = self.row_at(index)
        if row is None or isinstance(row, Heading):
            return Qt.ItemFlag.NoItemFlags
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return usual | Qt.ItemFlag.ItemIsEditable if isinstance(row, ChatRow) else usual

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_at(index)
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return _title(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(row.hit.snippet if isinstance(row, HitRow) else _title(row))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if isinstance(row, HitRow):
                return f"{_title(row)}: {row.hit.snippet}"
            pinned = isinstance(row, ChatRow) and row.chat.pinned
            return tr("{title}, pinned").format(title=_title(row)) if pinned else _title(row)
        return None

    def setData(  # noqa: N802
        self, index: AnyIndex, value: object, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        row = self.row_at(index)
        title = " ".join(str(value).split())
        if role != Qt.ItemDataRole.EditRole or not isinstance(row, ChatRow) or not title:
            return False
        if title != row.chat.title:
            self.put(replace(row.chat, title=title))
            self.renamed.emit(row.chat.id, title)
        return True

    def _moves_nowhere(self, old: ChatSummary, new: ChatSummary) -> bool:
        place = self._chats.index(old)
        before = self._chats[place - 1] if place else None
        return old.pinned == new.pinned and (
            old.updated_ms == new.updated_ms
            or ((before is None or before.pinned != new.pinned) and _is_today(old) == _is_today(new))
        )

    def _chat_rows(self) -> list[Row]:
        heading_of = grouping(date.today())
        rows: list[Row] = []
        last = ""
        for chat in self._chats:
            heading = tr(_PINNED) if chat.pinned else shown(heading_of(chat.updated_ms))
            if heading != last:
                rows.append(Heading(heading))
                last = heading
            rows.append(ChatRow(chat))
        return rows

    def _reset(self, rows: list[Row]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def _row_of(self, chat_id: int) -> int:
        for number, row in enumerate(self._rows):
            if isinstance(row, ChatRow) and row.chat.id == chat_id:
                return number
        return -1


def _place(chat: ChatSummary) -> tuple[bool, int, int]:
    return (not chat.pinned, -chat.updated_ms, -chat.id)


def _is_today(chat: ChatSummary) -> bool:
    return grouping(date.today())(chat.updated_ms) == "Today"


def _title(row: Row) -> str:
    if isinstance(row, Heading):
        return row.text
    return (row.chat.title if isinstance(row, ChatRow) else row.hit.title) or tr("New chat")
