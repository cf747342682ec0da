"""Under which heading a chat stands in a list, by the day it was last changed. Pure."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

_NEAR = (("Today", 0), ("Yesterday", 1), ("Previous 7 days", 7), ("Previous 30 days", 30))


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
            month = (_start_ms(first), _start_ms(after), first.strftime("%B %Y"))
        return month[2]

    return heading


def _start_ms(day: date) -> int:
    return int(datetime.combine(day, time()).timestamp() * 1000)
