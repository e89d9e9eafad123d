"""What the names of elements mean for lines: which end a line, which hide their text, which close others."""

from __future__ import annotations

__all__ = [
    "BREAK",
    "BREAKING_OUT",
    "CLOSED_BY",
    "CLOSED_WITHIN",
    "CONTAINERS",
    "HIDDEN_ELEMENTS",
    "INLINE",
    "INTEGRATED",
    "KINDS",
    "OPENING",
    "PREFORMATTED",
    "SCRIPTS",
    "TABLE_PARTS",
    "VOID",
]

INLINE, OPENING, BREAK, VOID = 0, 1, 2, 3
"""Kinds of elements: inside a line, ending lines, ending a line without content, without content."""


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BLOCKS = _names(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup html legend li listing main menu nav ol optgroup option "
    "p plaintext pre search section select summary table tbody td textarea tfoot th thead tr ul xmp"
)
_VOIDS = _names(
    "area base basefont bgsound col command embed frame image img input keygen link meta param source track wbr"
)

_SHAPES = _names(
    "circle clippath defs ellipse g line lineargradient mask path polygon polyline radialgradient rect stop symbol use"
)
"""Parts of drawings, which hold no text of the page."""

SCRIPTS = _names("script style")
"""Elements whose text is program, not prose."""

HIDDEN_ELEMENTS = SCRIPTS | _names(
    "annotation audio canvas datalist iframe noembed noframes noscript svg template title video"
)
"""Elements whose text no browser shows in the page (a fallback, a program, a template, the window's title)."""

BREAKING_OUT = _names(
    "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta "
    "nobr ol p pre ruby s small span strike strong sub sup table tt u ul var"
)
"""Start tags that no drawing has: a ``<svg>`` that they meet was never closed, and ends there (WHATWG *in foreign
content*)."""

INTEGRATED = _names("desc foreignobject")
"""Elements of a drawing that hold HTML, whose start tags end nothing."""

KINDS: dict[str, int] = dict.fromkeys(_BLOCKS, OPENING) | dict.fromkeys(("br", "hr"), BREAK)
KINDS |= dict.fromkeys(_VOIDS | _SHAPES, VOID)
"""Kind of each element by name; every other name is inline."""

CONTAINERS = _names(
    "article aside blockquote body dd details dialog div dl fieldset figure footer form header li main nav ol section "
    "table td th ul"
)
"""Elements that group lines: lines of one container are neighbours in more than place."""

PREFORMATTED = _names("pre textarea")
"""Elements whose white space counts."""

TABLE_PARTS = _names("caption table tbody td tfoot th thead tr")
"""Only their own kind's end tags close a table's parts (WHATWG *table scope*)."""

_IMPLIED_ENDS = (
    # start tags, the open elements they close, and where the search for these stops
    ("li", "li", "ul ol menu dir table div"),
    ("dt dd", "dt dd", "dl table div"),
    ("tr", "tr td th", "table tbody thead tfoot"),
    ("td th", "td th", "tr table"),
    ("tbody thead tfoot", "tbody thead tfoot tr td th", "table"),
    ("option optgroup", "option", "select"),
    ("body", "head title noscript script style", "body"),
)
CLOSED_BY = {
    name: (_names(closed), _names(barrier)) for names, closed, barrier in _IMPLIED_ENDS for name in names.split()
}
"""For a start tag: which open elements it closes, and which elements that search stops at (omitted end tags)."""

CLOSED_WITHIN = _names("dialog legend optgroup option")
"""Block elements that the end tag of an inline element around them closes (those that WHATWG does not call *special*):
``<datalist><option>甲<option>乙</datalist>`` ends there."""
