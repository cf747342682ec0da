"""The parts of a message in which words are found: of each attached file its name and its text, as far as its
card shows it, then what was written. Part 0 and 1 are the first file's, and so on; the last is the message's.
"""

from app.ui.transcript.attachment_card import AttachmentCard, text_in_card
from app.ui.transcript.message_text import MessageText
from app.ui.transcript.message_view import MessageView, UserMessage
from app.ui.transcript.transcript_rows import AnswerRow, UserRow

Row = UserRow | AnswerRow


def sources_of(row: Row) -> list[str]:
    """Part by part, before it is laid out."""
    files = row.message.attachments
    return [part for file in files for part in (file.name, text_in_card(file))] + [row.message.text]


def is_name(row: Row, part: int) -> bool:
    """Whether that part is the name of a file, which is shown as it is."""
    return part < 2 * len(row.message.attachments) and part % 2 == 0


def parts_of(view: MessageView) -> int:
    """How many parts it has."""
    return 2 * len(view.cards) + 1 if isinstance(view, UserMessage) else 1


def card_at(view: MessageView, part: int) -> AttachmentCard | None:
    """The card that shows a part; None for what was written."""
    cards = view.cards if isinstance(view, UserMessage) else []
    return cards[part // 2] if part < 2 * len(cards) else None


def text_at(view: MessageView, part: int) -> MessageText | None:
    """The widget that a part is laid out in; None for a name, and for the text of a card never opened yet."""
    card = card_at(view, part)
    if card is None:
        return view.body
    return card.body if part % 2 else None
