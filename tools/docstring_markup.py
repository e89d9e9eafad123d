"""What the documentation site makes of docstrings: a Griffe extension, named in ``mkdocs.yml``.

Docstrings hold examples as plain doctests, and cross references as ``:class:`~corpusclean.Edit```. The site's Google
style knows an example only under a heading, and a reference only as a link of Markdown, so both are put that way.
"""

from __future__ import annotations

import re
from typing import Any

import griffe

_ROLE = re.compile(r":(?:class|func|meth|mod|data|attr|exc):`(~?)([\w.]+)`")
_HEADING = re.compile(r"(?:Examples?|Note|Usage):\s*$")


def readable(text: str) -> str:
    r"""A docstring with headings over its examples and links for its references.

    >>> readable("See :func:`~corpusclean.clean`.\n\n>>> plural('word')\n'words'\n").split("\n")
    ['See [`clean`][corpusclean.clean].', '', 'Examples:', "    >>> plural('word')", "    'words'"]
    """
    lines = _ROLE.sub(_linked, text).rstrip().split("\n")
    written: list[str] = []
    within = False
    for number, line in enumerate(lines):
        if line.startswith(">>> ") and not within:
            within = True
            above = next((before for before in reversed(lines[:number]) if before.strip()), "")
            if not _HEADING.match(above):
                written.append("Examples:")
        elif not line.strip():
            follows = next((after for after in lines[number:] if after.strip()), "")
            within = within and follows.startswith(">>> ")
        written.append(f"    {line}" if within and line.strip() else line)
    return "\n".join(written)


def _linked(match: re.Match[str]) -> str:
    short, target = match.groups()
    shown = target.rpartition(".")[2] if short else target
    return f"[`{shown}`][{target}]" if target.startswith("corpusclean.") else f"`{shown}`"


class DocstringMarkup(griffe.Extension):
    """Rewrites every docstring once it has been read."""

    def on_instance(self, *, obj: griffe.Object, **_: Any) -> None:
        """Griffe calls this for everything that it has read."""
        if obj.docstring is not None:
            obj.docstring.value = readable(obj.docstring.value)
