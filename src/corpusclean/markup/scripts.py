"""Dates that a page's program states: WeChat and Tencent's news print theirs by script, so that no text has it."""

from __future__ import annotations

import datetime
import re

__all__ = ["scripted_dates"]

MAX_DATES = 8

_GATE = ("publish_time", "oriCreateTime", "var ct", '"pubtime"')
"""Of what a script must hold one: looked for first, since scripts are long."""

_STATED = re.compile(
    r"(?:\b(?:publish_time|createTime)\s{0,3}=|\"pubtime\"\s{0,3}:)\s{0,3}"
    r"[\"'](20\d\d-\d\d?-\d\d?(?: \d\d?:\d\d(?::\d\d)?)?)[\"']"
)
"""A day, with or without the clock: ``publish_time = "2024-05-20"``, ``"pubtime": "2024-05-20 16:25:01"``; not
``publish_time = ""``."""

_SECONDS = re.compile(r"\b(?:ct|oriCreateTime)\s{0,3}=\s{0,3}[\"'](1\d{9})[\"']")
"""Seconds since 1970: ``var ct = "1716193500"``; not ``act = "1716193500"``, ``ct = "17"``."""

_CHINA = datetime.timezone(datetime.timedelta(hours=8))


def scripted_dates(script: str) -> list[str]:
    """The dates, in China's time, that a script of such a page states; those with the clock first.

    Args:
        script: the text of one ``script`` element.

    >>> scripted_dates('var ct = "1716193500"; var publish_time = "2024-05-20" || "";')
    ['2024-05-20 16:25', '2024-05-20']
    >>> scripted_dates('var ct = "17", publish_time = "";')
    []
    """
    if not any(word in script for word in _GATE):
        return []
    found = [
        datetime.datetime.fromtimestamp(int(seconds), _CHINA).strftime("%Y-%m-%d %H:%M")
        for seconds in _SECONDS.findall(script)[:MAX_DATES]
    ]
    return found + _STATED.findall(script)[:MAX_DATES]
