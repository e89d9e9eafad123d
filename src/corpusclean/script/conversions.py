"""What was converted already: two questions about one text need the same conversion, and it is what they cost most."""

from __future__ import annotations

from .engine import converter

__all__ = ["Conversions"]

MOST = 100_000
"""Code points of a text that is remembered; of a longer one a small part is asked about twice."""


class Conversions:
    r"""Lines of one document, and what ``tw2s`` makes of each: no key reaches across the end of a line.

    >>> known = Conversions()
    >>> known.learn("頭發\n里面")
    '头发\n里面'
    >>> known.convert("里面\n\n這個")
    '里面\n\n这个'
    """

    __slots__ = ("_lines",)

    def __init__(self) -> None:
        self._lines: dict[str, str] = {"": ""}

    def learn(self, text: str) -> str | None:
        """`text` converted, and its lines remembered; ``None`` if it is too long to be worth while."""
        if len(text) > MOST:
            return None
        after = converter("tw2s").convert(text)
        self._lines.update(zip(text.split("\n"), after.split("\n"), strict=True))
        return after

    def convert(self, text: str) -> str:
        """`text` converted, by what is known of its lines if all of them are."""
        try:
            return "\n".join(map(self._lines.__getitem__, text.split("\n")))
        except KeyError:
            return converter("tw2s").convert(text)
