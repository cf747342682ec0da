"""How numbers, bytes and dates are written for people: as the locale of the window does (QLocale())."""

from datetime import date, datetime

from PySide6.QtCore import QDate, QDateTime, QLocale, QTime

_NARROW_SPACE = "\N{NARROW NO-BREAK SPACE}"
_ENGLISH = (QLocale.Language.English, QLocale.Language.C)


def number(value: float, decimals: int = 0) -> str:
    """With its thousands apart and so many places after the point; in English a narrow space parts them."""
    locale = QLocale()
    if locale.language() in _ENGLISH:
        return f"{value:,.{decimals}f}".replace(",", _NARROW_SPACE)
    return locale.toString(float(value), "f", decimals)


def count_text(count: int) -> str:
    """A number with its thousands apart."""
    return number(count)


def short_number(value: float, digits: int = 6) -> str:
    """Without zeros at its end, rounded to so many digits: 0.5, 64, 1e-07."""
    text = f"{value:.{digits}g}"
    return text.replace(".", QLocale().decimalPoint())


def scientific(value: float, decimals: int = 1) -> str:
    """A number that is very small or very large: 1.2e-07."""
    return f"{value:.{decimals}e}".replace(".", QLocale().decimalPoint())


def size_text(count: int) -> str:
    """Bytes in the unit a file manager would use; "" for 0."""
    if count <= 0:
        return ""
    return f"{number(count / 1e9, 1)} GB" if count >= 1e9 else f"{number(count / 1e6)} MB"


def gb_text(count: int) -> str:
    """Memory, so that two figures can be compared."""
    return f"{number(count / 1e9, 1 if count >= 9.5e8 else 2)} GB"


def day_text(day: date) -> str:
    """A day in figures; in English the ISO way."""
    locale = QLocale()
    if locale.language() in _ENGLISH:
        return day.isoformat()
    return locale.toString(QDate(day.year, day.month, day.day), QLocale.FormatType.ShortFormat)


def month_text(day: date) -> str:
    """The month and the year."""
    return QLocale().toString(QDate(day.year, day.month, 1), "MMMM yyyy")


def moment_text(moment: datetime) -> str:
    """Day and time, to the minute, of the time zone that `moment` has; in English the ISO way."""
    locale = QLocale()
    if locale.language() in _ENGLISH:
        return f"{moment:%Y-%m-%d %H:%M}"
    day, time = QDate(moment.year, moment.month, moment.day), QTime(moment.hour, moment.minute)
    return locale.toString(QDateTime(day, time), QLocale.FormatType.ShortFormat)
