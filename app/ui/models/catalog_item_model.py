"""The catalog as a Qt list: what the picker shows for each model folder, broken ones included."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.language import shown, tr
from app.ui.backend_switch import TITLES
from app.ui.look.quantities import size_text
from app.ui.models.model_facts import backend_lines, facts_of, format_text
from app.workers.listing import ListedEntry

AnyIndex = QModelIndex | QPersistentModelIndex

DETAIL_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""Second line of a row."""
USABLE_ROLE = int(Qt.ItemDataRole.UserRole) + 2

_NO_PARENT = QModelIndex()


class CatalogItemModel(QAbstractListModel):
    """Adapts the entries of a CatalogListing."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[ListedEntry, ...] = ()

    def show_entries(self, entries: tuple[ListedEntry, ...]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()

    def entry_at(self, row: int) -> ListedEntry | None:
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def row_of(self, name: str) -> int:
        """Row of the entry of that name, -1 when there is none."""
        return next((row for row, item in enumerate(self._entries) if item.entry.name == name), -1)

    def first_openable(self) -> int:
        """Row of the first entry that some backend opens, -1 when there is none."""
        return next((row for row, item in enumerate(self._entries) if item.openable), -1)

    def rowCount(self, parent: AnyIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        listed = self.entry_at(index.row()) if index.isValid() else None
        if listed is None:
            return Qt.ItemFlag.NoItemFlags
        if not listed.openable:
            return Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        listed = self.entry_at(index.row()) if index.isValid() else None
        if listed is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return listed.entry.name
        if role == DETAIL_ROLE:
            return short_reason(listed) or describe(listed)
        if role == USABLE_ROLE:
            return listed.openable
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(listed)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{listed.entry.name}, {shown(listed.reason) or describe(listed)}"
        return None


def short_reason(listed: ListedEntry) -> str:
    """Why it cannot be opened, without the place: that takes the room of a row, and stands in the facts."""
    text, entry = shown(listed.reason), listed.entry
    for place in (entry.weights, entry.path):
        if place is not None:
            text = text.removeprefix(f"{place}: ").replace(str(place), place.name)
    return text


def describe(listed: ListedEntry) -> str:
    """One line: family, size, format, which backends open it."""
    return " · ".join(part for part in (listed.entry.family, describe_files(listed)) if part)


def describe_files(listed: ListedEntry) -> str:
    """As `describe`, without the family."""
    entry = listed.entry
    parts = [size_text(entry.size_bytes), format_text(entry.format), entry.precision]
    parts.append(
        " + ".join(TITLES.get(name, name) for name in listed.backends if listed.backends[name].available)
    )
    return " · ".join(part for part in parts if part)


def tooltip(listed: ListedEntry) -> str:
    """What the headers say, problems, and per backend whether it opens the entry and why not."""
    lines = [
        *map(shown, listed.entry.problems),
        *(f"{title}: {text}" for title, text in facts_of(listed.entry)),
    ]
    if listed.entry.usable:
        lines += [f"{title}: {text}" for title, text in backend_lines(listed)]
    return "\n".join(lines)


def hint_of(listed: ListedEntry | None) -> tuple[str, str]:
    """What an empty chat says of the chosen model: a title and a line."""
    if listed is None:
        return (
            tr("No model yet"),
            tr(
                "Put a Gemma model (a folder, an .sbs or a .gguf file) into .models, "
                "choose another folder in the menu ⋯, or get the demo model there."
            ),
        )
    return listed.entry.family or listed.entry.name, describe_files(listed)
