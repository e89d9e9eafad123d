"""UTF-8 read as GBK, where the last byte of a character was lost on the way.

GBK takes bytes in pairs, UTF-8 writes most Chinese characters in three. Where an odd number of them comes before a
space, a tag or the end of a line, the last byte has no partner: it is printed as U+FFFD or ``?``. So ``。`` at the end
of a line reads ``銆�``. All but that character can be brought back, and U+FFFD marks the one that cannot.
"""

from __future__ import annotations

import re
from itertools import accumulate

from ..patterns import lazy_pattern
from .wrong_codec_judge import is_better_text

__all__ = ["Restored", "undo_lossy_utf8"]

Restored = tuple[int, int, str]  # start and end of a run, and what it was

# Without one of these nothing was cut: matches ``?``; a near miss is ``？``.
_LOSS = lazy_pattern("[?€\ufffd]")
_SINGLE = {"€": b"\x80", "\ufffd": b"\x1a"}
_WHOLE = b"[\xe1-\xef][\x80-\xbf]{2}"
# The beginning of a character whose end is a ``?`` or U+FFFD (here the byte 1A): matches EF BC 1A; near miss ``?``.
_CUT = re.compile(b"[\xe1-\xef][\x80-\xbf][\x1a?]")
# Characters of UTF-8 from the first that is whole, some of them cut: matches E4 BD A0 EF BC 1A;
# a near miss is EF BC 1A.
_RUN = re.compile(
    b"(?:%b)(?:%b|%b|[\xc2-\xdf][\x80-\xbf]|[\x20-\x7e](?=[\xe1-\xef][\x80-\xbf]))+" % (_WHOLE, _WHOLE, _CUT.pattern)
)
_ONE = re.compile(b"%b|%b|[\xc2-\xdf][\x80-\xbf]|[\x00-\x7f]" % (_CUT.pattern, _WHOLE))


def undo_lossy_utf8(line: str) -> list[Restored]:
    """The runs of `line` that are UTF-8 read as GBK with characters cut, and what they were.

    >>> undo_lossy_utf8("浣犲ソ锛屼笘鐣屻€\ufffd")
    [(0, 10, '你好，世界\ufffd')]
    >>> undo_lossy_utf8("你好，世界？")
    []
    """
    if not _LOSS.search(line):
        return []
    pieces = [_SINGLE.get(char) or char.encode("gb18030", "replace") for char in line]
    data = b"".join(pieces)
    if not _CUT.search(data):
        return []
    offsets = {offset: i for i, offset in enumerate(accumulate(map(len, pieces), initial=0))}
    restored: list[Restored] = []
    for found in _RUN.finditer(data):
        # Bytes of clean text beside the run may seem to belong to it; it begins and ends between characters.
        borders = [found.start() + one.end() for one in _ONE.finditer(found[0])]
        inner = [border for border in (found.start(), *borders) if border in offsets]
        if len(inner) < 2 or not _CUT.search(data, inner[0], inner[-1]):
            continue
        start, end = offsets[inner[0]], offsets[inner[-1]]
        meant = _CUT.sub("\ufffd".encode(), data[inner[0] : inner[-1]]).decode("utf-8", "replace")
        if is_better_text(meant.replace("\ufffd", ""), line[start:end]):
            restored.append((start, end, meant))
    return restored
