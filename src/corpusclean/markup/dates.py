"""Dates as machines state them, to ISO 8601."""

from __future__ import annotations

import datetime
import re

__all__ = ["behind_date", "has_date", "stated_date"]

_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:([-/.])|\s?年\s?)(1[0-2]|0?[1-9])(?:[-/.]|\s?月\s?)(3[01]|[12]\d|0[1-9]|[1-9])"
    r"(?:日|号|號)?[\sT,]{0,3}(?:(?:周|週|星期).)?\s?((?:上午|下午)?)\s?"
    r"(?:([01]?\d|2[0-3])[:：]([0-5]\d)(?![\d]{3}))?(?::[0-5]\d)?(?:\.\d{1,6})?(Z|[+-]00:?00)?"
)
"""A date with its year, month and day: ``2024-05-20T16:25:01+08:00``, ``2005.08.26``; not ``1.2.3``, ``2024-13-01``."""

_COMPACT = re.compile(
    r"\s*((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:T?([01]\d|2[0-3])([0-5]\d)(?:[0-5]\d)?)?\s*"
)
"""A date in digits alone, as the whole value: ``20240520``, ``20240520162501``; not ``123456789``."""

_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_WESTERN = re.compile(
    r"(?i)\b(?:(3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?[ -])?"
    r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?[ -]"
    r"(?:(3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?,? )?((?:19|20)\d\d)(?!\d)(?:[, at]{0,5} ?([01]?\d|2[0-3]):([0-5]\d))?"
)
"""A date with an English month: ``Mon, 20 May 2024 16:25``, ``May 20, 2024``; not ``may 5``."""


def has_date(text: str) -> bool:
    """Whether there is a whole date in `text`; whether it is possible is another question.

    >>> has_date("2024-05-20 16:25 来源"), has_date("第2024号")
    (True, False)
    """
    return _DATE.search(text) is not None or _WESTERN.search(text) is not None


def behind_date(text: str) -> str:
    """What stands behind the last date in `text`, a clock aside.

    >>> behind_date("2019-09-05 11:10 游民星空"), behind_date("2019-09-05 11:10")
    ('游民星空', '')
    """
    end = max((found.end() for found in _DATE.finditer(text)), default=len(text))
    return text[end:].strip(" \t\u3000\xa0|·-")


def stated_date(text: str, today: datetime.date) -> tuple[str, bool] | None:
    """The first possible date in `text` that is not after `today`, and whether it is told in universal time.

    The clock keeps the page's own zone: an offset other than zero is that of the place, so it is dropped.

    >>> today = datetime.date(2024, 6, 1)
    >>> stated_date("2024-05-13T09:16:04+08:00", today), stated_date("2024-05-22T00:21:04.000Z", today)
    (('2024-05-13T09:16', False), ('2024-05-22T00:21', True))
    >>> stated_date("20240520", today), stated_date("Mon, 20 May 2024 16:25:01 GMT", today)
    (('2024-05-20', False), ('2024-05-20T16:25', False))
    >>> stated_date("2031-01-01", today) is None
    True
    """
    compact = _COMPACT.fullmatch(text)
    if compact is not None:
        year, month, day, hour, minute = compact.groups()
        date = _iso(int(year), int(month), int(day), hour, minute, today)
        return (date, False) if date else None
    for found in _DATE.finditer(text):
        year, _, month, day, half, hour, minute, universal = found.groups()
        if half == "下午" and hour and int(hour) < 12:
            hour = str(int(hour) + 12)
        date = _iso(int(year), int(month), int(day), hour, minute, today)
        if date:
            return date, universal is not None
    for found in _WESTERN.finditer(text):
        before, name, after, year, hour, minute = found.groups()
        if before or after:
            date = _iso(int(year), _MONTHS[name.lower()], int(before or after), hour, minute, today)
            if date:
                return date, False
    return None


def _iso(year: int, month: int, day: int, hour: str | None, minute: str | None, today: datetime.date) -> str | None:
    try:
        date = datetime.date(year, month, day)
    except ValueError:
        return None
    if date > today:
        return None
    return f"{date.isoformat()}T{int(hour):02}:{minute}" if hour and minute else date.isoformat()
