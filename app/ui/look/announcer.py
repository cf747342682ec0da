"""Has something said by whatever assistive technology listens; where none does, nothing happens."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def announce(place: QWidget, words: str, *, urgent: bool = False) -> None:
    """Have `words` said; `urgent` ones interrupt what is being said."""
    if QAccessible.isActive() and place.isVisible():
        event = QAccessibleAnnouncementEvent(place, words)
        politeness = QAccessible.AnnouncementPoliteness
        event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
        QAccessible.updateAccessibility(event)
