"""Under which heading a chat stands in a list, by the day it was last changed. Pure."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from app.language import sentence

_NEAR = (
    (sentence("Today"), 0),
    (sentence("Yesterday"), 1),
    (sentence("Previous 7 days"), 7),
    (sentence("Previous 30 days"), 30),
)
_MONTHS = (
    sentence("January"),
    sentence("February"),
    sentence("March"),
    sentence("April"),
    sentence("May"),
    sentence("June"),
    sentence("July"),
    sentence("August"),
    sentence("September"),
    sentence("October"),
    sentence("November"),
    sentence("December"),
)


def grouping(today: date) -> Callable[[int], str]:
    """A function from milliseconds since 1970 to a heading, in local time as seen from `today`."""
    starts = [(name, _start_ms(today - timedelta(days=days))) for name, days in _NEAR]

    month = (0, 0, "")  # start, end, heading of the month asked for last: a list is asked for in order

    def heading(changed_ms: int) -> str:
        nonlocal month
        for name, start in starts:
            if changed_ms >= start:
                return name
        if not month[0] <= changed_ms < month[1]:
            first = datetime.fromtimestamp(changed_ms / 1000).date().replace(day=1)
            after = (first + timedelta(days=31)).replace(day=1)
            month = (_start_ms(first), _start_ms(after), _month(first))
        return month[2]

    return heading


def _month(day: date) -> str:
    return sentence("{month} {year}", month=_MONTHS[day.month - 1], year=day.year)


def _start_ms(day: date) -> int:
    return int(datetime.combine(day, time()).timestamp() * 1000)
