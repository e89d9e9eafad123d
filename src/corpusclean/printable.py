"""Text that may be shown: nothing in it is acted on, nothing in it is invisible."""

from __future__ import annotations

import re

__all__ = ["UNPRINTABLE", "printable"]

# What a terminal or a browser would act on, or not show: "\x1b", "\x9b", "\u202e", "\u200b", U+E000, U+FEFF; not "\t".
UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    r"\ud800-\udfff\ue000-\uf8ff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)


def printable(text: str) -> str:
    r"""`text` with every character that a terminal would act on, or not show, written as its number.

    A document is not to be trusted: it may move the cursor, rename the window, or turn the line around.

    >>> printable("a\x1b[31mb\u202ec\ud800"), printable("tab\tand 汉字")
    ('a‹1B›[31mb‹202E›c‹D800›', 'tab\tand 汉字')
    """
    if text.isascii() and text.isprintable():
        return text
    return UNPRINTABLE.sub(lambda found: f"‹{ord(found[0]):02X}›", text)
