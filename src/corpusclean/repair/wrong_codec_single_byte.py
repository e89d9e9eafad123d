"""UTF-8 read as a single-byte codec, in every language: ftfy's own field, behind a gate.

ftfy knows the accidents of Windows-1250 to 1257, MacRoman and code page 437. It runs after our own hypotheses, since it
would take GBK read as Latin-1 apart, and only on lines in which its own test of badness can find something at all.
"""

from __future__ import annotations

from ..patterns import lazy_pattern

__all__ = ["SIGN", "SINGLE_BYTE_GATE", "undo_single_byte"]

_LETTERS = [char for char in map(chr, range(0xC0, 0x180)) if char not in "×÷"]
_LOWER = "".join(char for char in _LETTERS if char.islower()) + "\ufb01\ufb02\u0491"
_UPPER = "".join(char for char in _LETTERS if char.isupper()) + "\u0490"
# Signs that seldom stand beside another one, or beside an accented letter, unless a single-byte codec put them there.
_SIGNS = (
    "\xa1-\xac\xae-\xb3\xb5\xb6\xb8-\xbf\xd7\xf7\u0192\u02c6\u02c7\u02d8-\u02dd\u2020-\u2022\u2030\u2039\u203a\u2044"
    "\u20a7\u20ac\u2116\u2122\u2202\u2206\u220f\u2211\u221a\u221e\u2229\u222b\u2248\u2260\u2261\u2264\u2265\u2310\u25ca"
    "\u2500-\u2593\ufffd\uf8ff"
)
_MARKS = "\xa0\xad\xb4\xb7\u0384\u0385\u2010-\u2026"

_FIRST = f"\x80-\x9f\u0152\u0153ЂВГРСΒΓΞΟ{_SIGNS}{_LOWER}{_UPPER}"

# Anything that a single-byte codec may have printed above ASCII: matches ``é``; a near miss is ``“``.
SIGN = lazy_pattern(f"[{_FIRST}\xa0-\xff\u0152-\u0192\u02c6-\u02dc]")
# Matches ``Ã©``, ``â€``, ``вЂ`` and a C1 control; a near miss is ``ğı`` in ``sığınak``. It begins with one class, so
# that text without its characters is passed over at full speed.
SINGLE_BYTE_GATE = lazy_pattern(
    f"[{_FIRST}](?:(?<=[\x80-\x9f\u0152\u0153])"
    f"|(?<=[{_SIGNS}])[{_SIGNS}{_MARKS}{_LOWER}{_UPPER}]|(?<=[{_UPPER}])[{_SIGNS}{_MARKS}œŠšŸž]"
    f"|(?<=[{_LOWER}])[{_SIGNS}{_MARKS}{_UPPER}]|(?<=[\xa0\u0370-\u04ff\u2018\u201a-\u201e][{_SIGNS}{_UPPER}])"
    "|(?<=[”][^”])|(?<=[ÂÃ]) |(?<=[ВГРСΒΓΞΟ])[\xa1-\xbf\u02c6-\u2122]|(?<=вЂ)|(?<=ГўВЂВ)|(?<=‚[Äâó]))"
)


def undo_single_byte(line: str) -> str | None:
    """What ftfy makes of `line`, if it repairs it; ``None`` if there is nothing to repair.

    >>> undo_single_byte("L’Ã©tÃ© dernier")
    'L’été dernier'
    >>> undo_single_byte("Où êtes-vous né ?") is None
    True
    """
    if not SINGLE_BYTE_GATE.search(line):
        return None
    import ftfy
    from ftfy.badness import is_bad

    if not is_bad(line):
        return None
    meant = ftfy.fix_encoding(line)
    return meant if meant != line else None
