"""Markup against a second parser: lexbor (through selectolax) builds the tree that WHATWG's standard asks for.

Our markup step builds no tree. On well-formed pages its lines must be those that the tree shows; on broken pages its
text must be the tree's text, but for the classes of difference in `CLASSES`, each of which is a decision or a place
where the standard itself has changed.
"""

from __future__ import annotations

import re
from collections import Counter

from selectolax.lexbor import LexborHTMLParser, LexborNode

from corpusclean.config import CleanConfig
from corpusclean.markup import MarkupStep
from corpusclean.steps import Context

from .pieces import MARKUP, SENTENCES_HERE, markup_of

__all__ = ["CLASSES", "differs", "in_class", "lines_of", "page_of", "parsers", "shown"]

_CONTEXT = Context(CleanConfig())
_END = "\ue123"  # a character that ends a page, by which is known where the second parser takes that end to be


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# What a browser does not show, and what begins a line: written down here on their own, not taken from corpusclean.
_UNSHOWN = _names(
    "script style title template noscript iframe noembed noframes svg video audio canvas datalist annotation"
)
_BLOCKS = _names(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup html legend li main menu nav ol optgroup option p pre search section select "
    "summary table tbody td tfoot th thead tr ul caption br hr textarea xmp plaintext listing"
)
_VERBATIM = frozenset(["pre", "textarea"])

# name: (which pages have it, what is different and why)
CLASSES: dict[str, tuple[re.Pattern[str], str]] = {
    "hidden": (
        re.compile(
            r"<(?:svg|math|video|audio|canvas|datalist|template|noscript|iframe|noembed|noframes)\b"
            r"|hidden|display:none",
            re.IGNORECASE,
        ),
        "elements that are left open or closed across others hide more of a page than a browser hides, or less",
    ),
    "frameset": (
        re.compile("<frameset", re.IGNORECASE),
        "a browser shows no text of a page of frames; we keep what stands there",
    ),
    "select": (
        re.compile("<select", re.IGNORECASE),
        "the standard dropped all tags within a select until 2025, and now keeps most",
    ),
    "plaintext": (
        re.compile("<(?:plaintext|xmp|listing)", re.IGNORECASE),
        "what follows is text for the tokenizer, unless the tree says otherwise",
    ),
}


# What broken pages are spelled from: pieces that belong to no class, or every page of some length would.
_TAME = [piece for piece in MARKUP if not any(pattern.search(piece) for pattern, _ in CLASSES.values())]


def in_class(html: str) -> str | None:
    """The class of difference that a broken page falls into, if any.

    A page that ends within a tag is one too: we give back the text that an open quote swallowed, a browser drops it.
    """
    for name, (pattern, _) in CLASSES.items():
        if pattern.search(html):
            return name
    return None if _END in (LexborHTMLParser(html + _END).html or "") else "open tag"


def shown(html: str) -> str:
    """What the second parser shows of a page: text as it stands, a newline where a block begins or ends."""
    out: list[str] = []
    root = LexborHTMLParser(html).root
    stack: list[LexborNode | str] = [root] if root is not None else []
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            out.append(node)
            continue
        if node.next is not None:
            stack.append(node.next)
        if node.is_text_node:
            text = node.text_content or ""
            out.append(text if node.parent is not None and _is_verbatim(node) else re.sub("[ \t\n\f\r]+", " ", text))
        elif node.is_element_node:
            hidden = _is_hidden(node)
            if node.tag in _BLOCKS:
                out.append("\n")  # also where the block is hidden: we end the line at its start tag
                if not hidden:
                    stack.append("\n")
            if node.child is not None and not hidden:
                stack.append(node.child)
    return "".join(out)


def _is_verbatim(node: LexborNode) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.tag in _VERBATIM:
            return True
        parent = parent.parent
    return False


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    style = (attributes.get("style") or "").replace(" ", "").lower()
    return node.tag in _UNSHOWN or "hidden" in attributes or "display:none" in style


def lines_of(text: str) -> list[str]:
    """The lines of a text that are not blank, white space within them one space."""
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


def differs(html: str, *, lines: bool) -> tuple[object, object] | None:
    """What we and the second parser make of a page where that is not the same; `lines`: also where lines end."""
    html = re.sub("[\x00\ud800-\udfff]", "", html)  # a browser drops NULs, and no file in UTF-8 holds a lone surrogate
    ours, theirs = MarkupStep().revise(html, _CONTEXT).revision.text, shown(html)
    if lines:
        mine, other = lines_of(ours), lines_of(theirs)
        return None if mine == other else (mine, other)
    if in_class(html) is not None:
        return None
    one, two = "".join(ours.split()), "".join(theirs.split())
    if one == two or ("<table" in html.lower() and Counter(one) == Counter(two)):
        return None  # the standard moves what stands between the cells of a table before the table
    return one, two


_INLINE = _names("b i em strong span a u small code font time q ruby")
_FLOW = _names("div section article p h1 h2 ul ol table blockquote pre nav footer main figure dl details")
_HIDING = _names("script style template svg video noscript iframe datalist")
_SPACES = ("", " ", "\n", "\n  ", "\t")
_TEXTS = (*"甲乙丙丁。，x", "a b", "&amp;", "&lt;p&gt;", "&#20013;", "&nbsp;", "中 文", "<!-- 注 -->", "1 < 2 ")
_ATTRIBUTES = ("", "", "", " class='a b'", ' id="x"', ' title="a>b"', " lang=zh", " data-x='<p>'", " hidden")
_CHILDREN = {
    "ul": ("li",),
    "ol": ("li",),
    "table": ("tr",),
    "tr": ("td", "th"),
    "dl": ("dt", "dd"),
    "datalist": ("option",),
}
_DEEPEST = 12


def page_of(data: bytes) -> str:
    """A well-formed page spelled by `data`: every element is closed, and stands where it may stand."""
    parts: list[str] = ["<!DOCTYPE html><html><head><title>题</title></head><body>"]
    stack: list[str] = ["body"]
    at = 0
    while at + 1 < len(data):
        act, pick = data[at] % 16, data[at + 1]
        at += 2
        name = stack[-1]
        if act < 3:
            if len(stack) > 1:
                parts.append(f"</{stack.pop()}>")
        elif act < 8:
            if name not in _CHILDREN:
                text = SENTENCES_HERE[pick % len(SENTENCES_HERE)] if act == 7 else _TEXTS[pick % len(_TEXTS)]
                parts.append("x" if name in ("script", "style", "noscript", "iframe", "svg") else text)
        elif act == 8:
            parts.append(_SPACES[pick % len(_SPACES)])
        elif act == 9 and name not in _CHILDREN and name not in _HIDING and name != "option":
            parts.append(("<br>", "<img src=x alt='图'>", "<wbr>", "<input value=x>")[pick % 4])
        elif len(stack) < _DEEPEST and (child := _child(stack, act, pick)):
            parts.append(f"<{child}{_ATTRIBUTES[data[at - 1] // 16 % len(_ATTRIBUTES)]}>")
            stack.append(child)
    parts.extend(f"</{name}>" for name in reversed(stack))
    return "".join(parts) + "</html>"


def _child(stack: list[str], act: int, pick: int) -> str | None:
    """An element that may stand in the innermost open one."""
    name = stack[-1]
    if name in _CHILDREN:
        return _CHILDREN[name][pick % len(_CHILDREN[name])]
    if name in _HIDING or name == "option":
        return None
    within_line = any(one in _INLINE or one in ("p", "h1", "h2", "pre") for one in stack)
    if act == 15:
        return _HIDING[pick % len(_HIDING)]
    if act < 13 and not within_line:
        return _FLOW[pick % len(_FLOW)]
    free = [one for one in _INLINE if one not in stack]
    return free[pick % len(free)] if free else None


def parsers(data: bytes) -> None:
    """A page, well-formed or broken: what the second parser shows of it is what we keep."""
    if data[:1] < b"\x80":
        html = page_of(data[1:])
        found = differs(html, lines=True)
    else:
        html = markup_of(data[1:], _TAME)
        found = differs(html, lines=False)
    assert found is None, (html, *found)
