"""Escapes and pieces of tags that were left in the text because a page was escaped twice, or a tag was cut.

A template that escapes what is escaped already turns a space into ``&amp;nbsp;`` and a paragraph's end into
``&lt;/p&gt;``. Prose about HTML quotes the same strings in code marks, addresses hold ``&copy=2``, and programs write
references to print them: all these stay.
"""

from __future__ import annotations

import html
import re

from ..edits import Edit
from ..patterns import lazy_pattern

__all__ = ["escape_edits", "tag_remnant_edits"]

_NAMES = {
    "nbsp": " ",
    "ensp": " ",
    "emsp": " ",
    "thinsp": " ",
    "ldo": "“",
    "rdo": "”",
    "lsquo": "‘",
    "rsquo": "’",
    "hel": "…",
    **{
        name: html.unescape(f"&{name};")
        for name in ("ldquo", "rdquo", "hellip", "mdash", "ndash", "middot", "quot", "bull")
    },
    **{name: html.unescape(f"&{name};") for name in ("times", "copy", "reg", "deg", "permil", "yen", "sect", "amp")},
}
_TAGS = (
    "p|br|div|span|strong|b|i|u|em|font|a|img|center|table|tbody|tr|td|th|li|ul|ol|h[1-6]|o:p|section|article|script"
)
# A tag or a character reference, escaped up to four times more: matches ``&lt;/p&gt;``, ``&amp;lt;br/&amp;gt;``,
# ``&#x4f60;``, ``&amp;nbsp;``; a near miss is ``&lt;``, and ``&copy=2``.
_ESCAPE = lazy_pattern(
    f"&(?:amp;){{0,4}}(?:(?P<tag>lt;/?(?:{_TAGS})(?: [^<>&\n]{{0,200}})?/?&(?:amp;){{0,4}}gt;)"
    f"|#[xX](?P<hex>[0-9A-Fa-f]{{2,6}});|#(?P<dec>[0-9]{{2,7}});|(?P<name>{'|'.join(_NAMES)});)"
)
# An end tag that has lost its ``<``: matches ``/p>`` after a mark or Han; a near miss is ``</p>``, or ``a/p>``.
_CUT_TAG = lazy_pattern(f"/(?<![<A-Za-z0-9/.]/)(?:{_TAGS})>", re.IGNORECASE)
# An empty element whose only attribute is a short id, as kits that clone pages insert: matches
# ``<kbd id='x8f3k'></kbd>``;
# a near miss is ``<a id='top'>``.
_RANDOM_TAG = lazy_pattern(r"<([a-z]{1,12}) id=(['\"])[A-Za-z0-9]{3,8}\2></\1>")
# A line of a program or of markup, not of prose: matches ``text = "&#233;"``, ``    return "&nbsp;"``, ``// &#711;``; a
# near miss is ``Caf&#233; - 5 & 6``.
_PROGRAM = lazy_pattern(r"[<={}\\`]|^(?: {4}|\t|[ ]*(?:#|//|\*|--|%))")
_EAST_ASIAN = lazy_pattern("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff01-\uffee]")
_NEAR = 300  # characters of a line that are looked at on each side
_QUOTES = "`'\"“”‘’「」『』"


def _is_quoted(text: str, start: int, end: int) -> bool:
    """Whether the span stands alone in code marks or quotation marks, as prose about HTML has it."""
    return start > 0 and end < len(text) and text[start - 1] in _QUOTES and text[end] in _QUOTES


def _is_program(text: str, start: int, end: int) -> bool:
    """Whether the line around the span is one of a program or of markup, and has no East Asian writing."""
    first = max(text.rfind("\n", 0, start) + 1, start - _NEAR)
    last = text.find("\n", end, end + _NEAR)
    line = text[first : last if last >= 0 else end + _NEAR]
    return _PROGRAM.search(line) is not None and _EAST_ASIAN.search(line) is None


def escape_edits(text: str) -> list[Edit]:
    """Character references and escaped tags in plain text.

    >>> [edit.after for edit in escape_edits("你&#x597d;！&lt;/p&gt;")]
    ['好', '']
    >>> escape_edits('    return "&#233;"')
    []
    """
    if "&" not in text:
        return []
    edits: list[Edit] = []
    for found in _ESCAPE.finditer(text):
        start, end = found.span()
        if _is_quoted(text, start, end) or _is_program(text, start, end):
            continue
        if found["tag"]:
            if _beside_chinese(text, start, end):
                edits.append(Edit(start, end, found[0], "", "repair/noise/escaped_tag", 0.9))
        elif (after := _meant(found)) is not None:
            edits.append(Edit(start, end, found[0], after, "repair/noise/escape", 0.95))
    return edits


def _meant(found: re.Match[str]) -> str | None:
    """The character that a reference stands for; ``None`` for one that no text has, or that would make new markup."""
    name = found["name"]
    if name:
        return None if name in ("amp", "quot") and found[0] == f"&{name};" else _NAMES[name]
    code = int(found["hex"], 16) if found["hex"] else int(found["dec"])
    if code == 0xA0:
        return " "
    if code < 0xA0 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return None
    return chr(code)


def _beside_chinese(text: str, start: int, end: int) -> bool:
    """Whether East Asian text stands on one side at least, or the end of a line on both."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return any("\u2010" <= side <= "\U0003ffff" for side in (before, after) if side) or (
        before in ("", "\n") and after in ("", "\n")
    )


def tag_remnant_edits(text: str) -> list[Edit]:
    """Pieces of tags that no parser can take for a tag any more, and tags that are only a random id.

    >>> [edit.before for edit in tag_remnant_edits("的目标。/p>")]
    ['/p>']
    >>> tag_remnant_edits("读写路径 a/p>b")
    []
    """
    if ">" not in text or "/" not in text:
        return []
    edits = [
        Edit(*found.span(), found[0], "", "repair/noise/tag_remnant", 0.9)
        for found in _CUT_TAG.finditer(text)
        if _beside_chinese(text, *found.span()) or text[found.start() - 1 : found.start()] in ("?", "!")
    ]
    edits += [Edit(*found.span(), found[0], "", "repair/noise/random_tag", 0.9) for found in _RANDOM_TAG.finditer(text)]
    return sorted(edits)
