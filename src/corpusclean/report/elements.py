"""HTML that can't be broken out of: elements are made by one function, and every string in them is escaped.

A template engine would be one more dependency for a page that every install should be able to make, and its escaping
can be switched off in any template. Here a string is text, always; only :class:`Html`, that :func:`tag` makes, is not.
"""

from __future__ import annotations

import html
from collections.abc import Iterable
from urllib.parse import urlsplit

from ..printable import printable

__all__ = ["Html", "Part", "link", "tag", "whole"]

VOID = frozenset({"br", "input", "meta"})


class Html(str):
    """Markup that :func:`tag` made."""

    __slots__ = ()


Part = str | Html | None | Iterable["str | Html | None"]


def tag(element: str, /, *parts: Part, **attributes: str | int | float | bool | None) -> Html:
    r"""An element. Strings are escaped, and what can't be seen in them is written as its number.

    Args:
        element: its name.
        *parts: text, elements, or iterables of these; ``None`` is nothing.
        **attributes: ``class_`` is ``class``, ``data_rule`` is ``data-rule``; ``True`` stands alone, ``None`` and
            ``False`` are left out.

    >>> tag("p", "a < b", tag("br"), class_="x", hidden=True)
    '<p class="x" hidden>a &lt; b<br></p>'
    >>> tag("b", "\x1b[2J", title='"><script>')
    '<b title="&quot;&gt;&lt;script&gt;">‹1B›[2J</b>'
    """
    given = "".join(_attribute(key, value) for key, value in attributes.items())
    if element in VOID:
        return Html(f"<{element}{given}>")
    return Html(f"<{element}{given}>{whole(*parts)}</{element}>")


def whole(*parts: Part) -> Html:
    """Parts one after the other, each escaped unless it is markup.

    >>> whole("<", [tag("i", "x"), None, ">"])
    '&lt;<i>x</i>&gt;'
    """
    made: list[str] = []
    for part in parts:
        if part is None:
            continue
        if isinstance(part, Html):
            made.append(part)
        elif isinstance(part, str):
            made.append(_escaped(part))
        else:
            made.append(whole(*part))
    return Html("".join(made))


def link(address: str, *parts: Part) -> Html:
    """A link to a web page; any other address (``javascript:``, ``data:``) is shown as text and leads nowhere.

    >>> link("https://example.org/?a=1&b=2")
    '<a href="https://example.org/?a=1&amp;b=2" rel="noopener noreferrer">https://example.org/?a=1&amp;b=2</a>'
    >>> link("javascript:alert(1)")
    '<span>javascript:alert(1)</span>'
    """
    shown = parts or (address,)
    try:
        split = urlsplit(address)
        safe = split.scheme in ("http", "https") and bool(split.netloc) and printable(address) == address
    except ValueError:
        safe = False
    return tag("a", *shown, href=address, rel="noopener noreferrer") if safe else tag("span", *shown)


def _attribute(key: str, value: str | int | float | bool | None) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{_escaped(str(value))}"'


def _escaped(text: str) -> str:
    return html.escape(printable(text), quote=True)
