r"""Files in more than one encoding, and files with damaged places.

Concatenated logs, forum dumps and templates with pasted content mix UTF-8 with a legacy encoding line by line. A line
that is valid UTF-8 with a few non-ASCII characters is UTF-8; the other lines are judged together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from .judge import Verdict, judge
from .whatwg import Reading, read

__all__ = ["read_lines"]

# Two UTF-8 characters of three bytes in a row: matches "\xe4\xbd\xa0\xe5\xa5\xbd", hardly ever legacy text.
_UTF8_PAIR = re.compile(rb"(?:[\xe1-\xef][\x80-\xbf]{2}){2}")


def read_lines(
    data: bytes, credit: Mapping[str, float], mixed: bool
) -> tuple[Reading, str, float, Verdict | None]:
    """Read bytes that are not valid UTF-8 as a whole.

    Returns:
        The reading, the main encoding, the confidence, and the judge's verdict where one was needed.
    """
    verdict = judge(data, credit)
    return read(data, verdict.name), verdict.name, verdict.confidence, verdict
