"""Dates as pages print them, in every Chinese form and the common Latin ones, to ISO 8601."""

from __future__ import annotations

import datetime
import re

from ..patterns import lazy_pattern

__all__ = ["DATE", "find_date"]

_HAN_DIGIT = {char: str(i) for i, char in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0", "Ｏ": "0"}
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: i for i, name in enumerate(_MONTH_NAMES, 1)}
_CLOCK = r"(?:[T\s\u3000]{0,3}(?P<hour{n}>[01]?\d|2[0-3])[:：时点](?P<minute{n}>[0-5]\d)(?:[:：分]?[0-5]\d秒?|分)?)?"

# Matches 2019年4月1日, 2019-04-01 10:20, 2019/4/1, 2019.4.1, 2022年10月; not 1.2.3 (no year), 2019-4567.
_NUMERIC = (
    r"(?<!\d)(?P<year1>(?:19|20)\d\d)\s?(?:年|[-/.．—](?=\s?\d))\s?(?P<month1>1[0-2]|0?[1-9])(?!\d)"
    r"(?:\s?(?:月|[-/.．—](?=\s?\d))\s?(?:(?P<day1>3[01]|[12]\d|0?[1-9])(?!\d)日?"
    + _CLOCK.replace("{n}", "1")
    + r")?)?"
)
# Matches 二〇一九年四月一日, 二零二四年十二月; not 二十年 (no year).
_HAN = (
    r"(?P<year2>[一二][〇零○Ｏ一二三四五六七八九]{3})年(?P<month2>十[一二]?|[一二三四五六七八九])月"
    r"(?:(?P<day2>[一二]?十[一二三四五六七八九]?|三十一?|[一二三四五六七八九])日)?"
)
# Matches May 20, 2024, 20 May 2024; not May 2024 (no day: too common in prose).
_LATIN = (
    r"\b(?:(?P<month3>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?\s(?P<day3>3[01]|[12]\d|0?[1-9])"
    r"(?:st|nd|rd|th)?,?\s(?P<year3>(?:19|20)\d\d)|(?P<day4>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\s"
    r"(?P<month4>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?,?\s(?P<year4>(?:19|20)\d\d))(?!\d)"
)

DATE = lazy_pattern(f"{_NUMERIC}|{_HAN}|{_LATIN}")
"""One date; its groups are read by :func:`find_date` alone."""


def _han_number(text: str) -> int:
    """A day or month in Chinese figures, 1 to 31."""
    if "十" not in text:
        return int("".join(_HAN_DIGIT[char] for char in text))
    tens, _, ones = text.partition("十")
    return int(_HAN_DIGIT.get(tens, "1")) * 10 + int(_HAN_DIGIT.get(ones, "0"))


def find_date(text: str, today: datetime.date) -> str | None:
    """The first date in `text` that is possible and not after `today`, in ISO 8601, as precise as it is printed.

    >>> today = datetime.date(2024, 6, 1)
    >>> find_date("时间:2019-04-01 10:20", today), find_date("二〇一九年四月", today), find_date("2022.10.10", today)
    ('2019-04-01T10:20', '2019-04', '2022-10-10')
    >>> find_date("2030年1月1日", today) is None
    True
    """
    for found in DATE.finditer(text):
        date = _read(found, today)
        if date is not None:
            return date
    return None


def _read(found: re.Match[str], today: datetime.date) -> str | None:
    part = found.groupdict()
    if part["year2"]:
        year = int("".join(_HAN_DIGIT[char] for char in part["year2"]))
        month = _han_number(part["month2"])
        day = _han_number(part["day2"]) if part["day2"] else None
    elif part["year1"]:
        year, month = int(part["year1"]), int(part["month1"])
        day = int(part["day1"]) if part["day1"] else None
    else:
        year = int(part["year3"] or part["year4"])
        month = _MONTHS[(part["month3"] or part["month4"]).lower()]
        day = int(part["day3"] or part["day4"])
    try:
        if datetime.date(year, month, day or 1) > today:
            return None
    except ValueError:
        return None
    if day is None:
        return f"{year:04}-{month:02}"
    clock = f"T{int(part['hour1']):02}:{part['minute1']}" if part["hour1"] else ""
    return f"{year:04}-{month:02}-{day:02}{clock}"
