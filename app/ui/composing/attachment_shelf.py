"""The files that will go with the next message: a chip for each, over the text that is typed."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from app.chat.attachments import PASTED, one_line
from app.chat.record import Attachment
from app.language import tr
from app.ui.look.colors import Colors
from app.ui.look.flow_layout import FlowLayout
from app.ui.look.icons import plain
from app.ui.look.plain_tip import plain_tip
from app.ui.look.quantities import count_text

MOST = 20
_MOST_TYPED = 100_000
"""Characters that are put in the message: the editor takes a tenth of a second for so many."""
_NAME_WIDTH = 200
_ICON = QSize(16, 16)


class AttachmentShelf(QWidget):
    """Hidden while it holds nothing."""

    changed = Signal()
    """A file has come or gone."""
    typing_requested = Signal(str)
    """A pasted text that the user wants in the message itself."""

    def __init__(self, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colors = colors
        self._chips: list[_Chip] = []
        self._layout = FlowLayout(self)
        self.hide()

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """What it holds, in the order it came."""
        return tuple(chip.attachment for chip in self._chips)

    @property
    def labels(self) -> list[str]:
        """What each chip says."""
        return [chip.said for chip in self._chips]

    def add(self, attachment: Attachment) -> bool:
        """Hold one more; False when there are too many."""
        if len(self._chips) >= MOST:
            return False
        chip = _Chip(attachment, self._colors, self)
        chip.remove.clicked.connect(self._remove)
        chip.type_out.clicked.connect(self._type_out)
        self._chips.append(chip)
        self._layout.addWidget(chip)
        chip.show()
        self._tell()
        return True

    def clear(self) -> None:
        """Hold nothing."""
        while self._chips:
            self._drop(self._chips[-1])
        self._tell()

    def show_tokens(self, counts: Sequence[int], over: int) -> None:
        """How many tokens each takes; () = not known. `over`: by how many the prompt is too long.

        Those stand out that take their share of what is too much; taking away others would not help.
        """
        for index, chip in enumerate(self._chips):
            count = counts[index] if index < len(counts) else None
            chip.show_tokens(count, count is not None and 0 < over <= count * len(self._chips))

    def show_colors(self, colors: Colors) -> None:
        self._colors = colors
        for chip in self._chips:
            chip.show_colors(colors)

    def _tell(self) -> None:
        self.setVisible(bool(self._chips))
        self.updateGeometry()
        self.changed.emit()

    def _drop(self, chip: "_Chip") -> None:
        self._chips.remove(chip)
        self._layout.removeWidget(chip)
        chip.hide()
        chip.deleteLater()

    @Slot()
    def _remove(self) -> None:
        chip = self._chip_of(self.sender())
        if chip is not None:
            self._drop(chip)
            self._tell()

    @Slot()
    def _type_out(self) -> None:
        chip = self._chip_of(self.sender())
        if chip is not None:
            self._drop(chip)
            self._tell()
            self.typing_requested.emit(chip.attachment.text)

    def _chip_of(self, button: object) -> "_Chip | None":
        return next((chip for chip in self._chips if button in (chip.remove, chip.type_out)), None)


class _Chip(QFrame):
    """One file: name, size, and a way to take it away."""

    def __init__(self, attachment: Attachment, colors: Colors, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("attachmentChip")
        self.attachment = attachment
        self._icon = QLabel()
        name = QLabel()
        name.setTextFormat(Qt.TextFormat.PlainText)
        shown = name.fontMetrics().elidedText(
            one_line(attachment.name), Qt.TextElideMode.ElideMiddle, _NAME_WIDTH
        )
        name.setText(shown)
        self._size = QLabel()
        self._size.setTextFormat(Qt.TextFormat.PlainText)
        self.type_out = QPushButton(tr("Put in the message"))
        self.type_out.setProperty("look", "link")
        self.type_out.setToolTip(tr("Type the pasted text out instead of attaching it"))
        self.type_out.setVisible(attachment.name == PASTED and len(attachment.text) <= _MOST_TYPED)
        self.remove = QToolButton()
        self.remove.setProperty("look", "small")
        self.remove.setIconSize(QSize(14, 14))
        self.remove.setAccessibleName(tr("Remove {name}").format(name=one_line(attachment.name)))
        self.remove.setToolTip(tr("Remove"))
        self.setToolTip(plain_tip(attachment.name))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 2, 4, 2)
        layout.setSpacing(6)
        for part in (self._icon, name, self._size, self.type_out, self.remove):
            layout.addWidget(part)
        self.show_tokens(None, too_long=False)
        self.show_colors(colors)

    @property
    def said(self) -> str:
        return f"{one_line(self.attachment.name)} {self._size.text()}"

    def show_tokens(self, count: int | None, too_long: bool) -> None:
        self._size.setText(size_text(len(self.attachment.text)) if count is None else tokens_text(count))
        look = "danger" if too_long else "muted"
        if self._size.property("look") != look:
            self._size.setProperty("look", look)
            self._size.style().polish(self._size)
        self.setAccessibleName(self.said)

    def show_colors(self, colors: Colors) -> None:
        self._icon.setPixmap(plain("file", colors).pixmap(_ICON))
        self.remove.setIcon(plain("close", colors))


def size_text(characters: int) -> str:
    """E.g. "812 characters", "12 k characters"."""
    if characters < 10_000:
        return tr("%n character(s)", "", characters)
    return tr("{thousands} k characters").format(thousands=characters // 1000)


def tokens_text(count: int) -> str:
    """E.g. "1 234 tokens"."""
    return (
        tr("%n token(s)", "", count) if count < 1000 else tr("{count} tokens").format(count=count_text(count))
    )
