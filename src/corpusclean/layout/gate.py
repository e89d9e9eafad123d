"""The gate of the room: one look that tells text whose layout is in order, which is most text, from the rest."""

from __future__ import annotations

import unicodedata

from ..beyond_ascii import few_beyond_ascii
from ..patterns import lazy_pattern
from .unicode_form import towers
from .whitespace import OTHER_LINE_ENDS, WIDE_BLANKS

__all__ = ["is_tidy"]

# What may have to be another line end, or to go: matches a carriage return, U+3000; near miss: a plain space.
_UNTIDY = lazy_pattern(f"[{OTHER_LINE_ENDS}{WIDE_BLANKS}]")
_ASCII = bytes(byte for byte in range(128) if chr(byte) not in OTHER_LINE_ENDS)
# Characters that compose with none of their like: matches ``’é``; near miss: a combining accent.
_INERT = lazy_pattern("[\x80-\u02ff\u2010-\u2027\u2030-\u205e\u3001-\u3029\u4e00-\u9fff\uff01-\uff60]*+")


def is_tidy(text: str) -> bool:
    r"""Whether none of the passes that are always made can propose anything, and no bound is touched.

    >>> is_tidy("甲。\n\n乙。\n"), is_tidy("甲。 \n"), is_tidy("\u3000\u3000甲。"), is_tidy("cafe\u0301")
    (True, False, False, False)
    """
    odd = few_beyond_ascii(text, gone=_ASCII)
    if _UNTIDY.search(text if odd is None else odd):
        return False
    if " \n" in text or ("\t" in text and "\t\n" in text) or "\n\n\n" in text:
        return False
    if text.startswith("\n") or text.endswith((" ", "\t", "\n\n")):
        return False
    if odd is not None and _INERT.fullmatch(odd):
        return True
    return not towers(text) and unicodedata.is_normalized("NFC", text)
