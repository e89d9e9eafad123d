"""Edits and revisions: the one vocabulary in which every change to a text is expressed.

A step never hands back a changed text alone. It proposes :class:`Edit` objects, and a :class:`Revision`
holds the text before, the edits, and the text after. From that everything else follows: what was done,
by which rule, where it was, and how to take it back.

All offsets are code points, as in Python's ``str``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from .offsets import map_span

__all__ = ["Edit", "Revision", "RuleTally", "tally_edits"]


class Edit(NamedTuple):
    """One proposed replacement, in the coordinates of the text that the step was given.

    An edit whose ``before`` equals its ``after`` is a *mark*: it changes nothing and records a finding at a
    place (a loss that cannot be undone, for instance). An edit may be an insertion (``start == end``).

    Attributes:
        start: offset of the first code point replaced.
        end: offset behind the last code point replaced.
        before: the text that stood there, ``text[start:end]``.
        after: the text that stands there instead.
        rule: path of the rule that proposed it, such as ``repair/misfire/punctuation``.
        confidence: how sure the rule is that this is right, 0.0 to 1.0.

    >>> Edit(1, 9, "(shí)", "", "repair/annotation").removed
    5
    """

    start: int
    end: int
    before: str
    after: str
    rule: str
    confidence: float = 1.0

    @property
    def is_mark(self) -> bool:
        """Whether the edit only marks a place and changes nothing."""
        return self.before == self.after

    @property
    def removed(self) -> int:
        """How many code points of ``before`` are gone, less those that replaced them; never negative."""
        return max(0, len(self.before) - len(self.after))


class RuleTally(NamedTuple):
    """What one rule did to one text: how many edits, and how many code points went and came.

    >>> RuleTally(1, 5, 0) + RuleTally(2, 1, 3)
    RuleTally(edits=3, removed=6, added=3)
    """

    edits: int
    removed: int
    added: int

    @property
    def marks_only(self) -> bool:
        """Whether the rule changed nothing: it only marked what it found."""
        return not (self.removed or self.added)

    def __add__(self, other: object) -> RuleTally:
        if not isinstance(other, RuleTally):
            return NotImplemented
        return RuleTally(self.edits + other.edits, self.removed + other.removed, self.added + other.added)


def tally_edits(edits: Iterable[Edit]) -> dict[str, RuleTally]:
    """Sum edits by rule, in the order in which the rules first occur.

    >>> tally_edits([Edit(0, 1, "a", "", "x"), Edit(4, 5, "b", "", "x")])
    {'x': RuleTally(edits=2, removed=2, added=0)}
    """
    counts: dict[str, list[int]] = {}
    for edit in edits:
        row = counts.get(edit.rule)
        if row is None:
            row = counts[edit.rule] = [0, 0, 0]
        row[0] += 1
        grown = len(edit.after) - len(edit.before)
        if grown < 0:
            row[1] -= grown
        else:
            row[2] += grown
    return {rule: RuleTally(*row) for rule, row in counts.items()}


class Revision:
    """A text, the sorted non-overlapping edits proposed for it, and the text after them.

    A revision is a value: it is never changed after it was made. ``edits`` may be worked out only when they
    are asked for (:meth:`lazy`), so that a step which rewrites much text in one pass costs nothing more when
    nobody wants its edits.

    Attributes:
        before: the text that the step was given.
        text: the text after the edits.

    >>> revision = Revision.of("當(dāng)時", [Edit(1, 7, "(dāng)", "", "repair/annotation")])
    >>> revision.text
    '當時'
    >>> revision.inverse().text == revision.before
    True
    """

    __slots__ = ("_edits", "_map", "_tally", "before", "text")

    before: str
    text: str
    _edits: tuple[Edit, ...] | Callable[[], Iterable[Edit]]
    _tally: Mapping[str, RuleTally] | None
    _map: tuple[list[int], list[int], list[int], list[int]] | None

    def __init__(
        self,
        before: str,
        text: str,
        edits: tuple[Edit, ...] | Callable[[], Iterable[Edit]],
        tally: Mapping[str, RuleTally] | None = None,
    ) -> None:
        """Take the parts on trust; use :meth:`of`, :meth:`lazy` or :meth:`unchanged` to make one."""
        self.before = before
        self.text = text
        self._edits = edits
        self._tally = tally
        self._map = None

    # -- making one -------------------------------------------------------------------------------------

    @classmethod
    def unchanged(cls, text: str) -> Revision:
        """The revision that leaves `text` as it is.

        >>> Revision.unchanged("好").edits
        ()
        """
        return cls(text, text, ())

    @classmethod
    def of(cls, text: str, edits: Iterable[Edit]) -> Revision:
        """Apply `edits`, which must be sorted, must not overlap, and must say truly what stands in `text`.

        Raises:
            ValueError: an edit overlaps the one before it, lies outside the text, or its ``before`` is not
                what the text has there; the message names the edit.

        >>> Revision.of("abc", [Edit(1, 2, "b", "B", "demo"), Edit(3, 3, "", "!", "demo")]).text
        'aBc!'
        """
        kept = tuple(edits)
        if not kept:
            return cls(text, text, ())
        return cls(text, apply_edits(text, kept), kept)

    @classmethod
    def lazy(
        cls, before: str, text: str, edits: Callable[[], Iterable[Edit]], tally: Mapping[str, RuleTally]
    ) -> Revision:
        """A revision whose edits are made by `edits()` when first asked for; `tally` is what they sum to.

        Raises:
            ValueError: later, on the first use of ``edits``, if they do not turn `before` into `text`.
        """
        if before == text and not tally:
            return cls(before, text, ())
        return cls(before, text, edits, tally)

    # -- reading it -------------------------------------------------------------------------------------

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The edits, sorted by place, not overlapping."""
        if not isinstance(self._edits, tuple):
            made = tuple(self._edits())
            if apply_edits(self.before, made) != self.text:
                raise ValueError("lazy edits do not give the text that was promised for them")
            self._edits = made
        return self._edits

    @property
    def changed(self) -> bool:
        """Whether the text after differs from the text before."""
        return self.text is not self.before and self.text != self.before

    @property
    def tally(self) -> Mapping[str, RuleTally]:
        """Edits and code points by rule; does not make lazy edits."""
        if self._tally is None:
            self._tally = tally_edits(self.edits)
        return self._tally

    @property
    def empty(self) -> bool:
        """Whether there is no edit, not even a mark. A revision itself is always true, an empty one too.

        >>> Revision.unchanged("a").empty, bool(Revision.unchanged("a"))
        (True, True)
        """
        return not self._edits if isinstance(self._edits, tuple) else False

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Revision):
            return NotImplemented
        return self.before == other.before and self.text == other.text and self.edits == other.edits

    def __hash__(self) -> int:
        return hash((self.before, self.text))

    def __repr__(self) -> str:
        edits = len(self._edits) if isinstance(self._edits, tuple) else "lazy"
        return f"<Revision {len(self.before)} -> {len(self.text)} code points, edits: {edits}>"

    def __reduce__(self) -> tuple[type[Revision], tuple[object, ...]]:
        return Revision, (self.before, self.text, self.edits, self._tally and dict(self._tally))

    # -- turning and joining it ---------------------------------------------------------------------------

    def inverse(self) -> Revision:
        """The revision that takes the text after back to the text before.

        >>> Revision.of("ab", [Edit(0, 1, "a", "xyz", "demo")]).inverse().edits[0][:4]
        (0, 3, 'xyz', 'a')
        """
        shift, turned = 0, []
        for edit in self.edits:
            start = edit.start + shift
            turned.append(Edit(start, start + len(edit.after), edit.after, edit.before, edit.rule, edit.confidence))
            shift += len(edit.after) - len(edit.before)
        return Revision(self.text, self.before, tuple(turned))

    def then(self, later: Revision) -> Revision:
        """This revision followed by `later` as one revision, from ``self.before`` to ``later.text``.

        Edits that touch the same place become one; its rule joins both with ``+``, and the tally keeps each
        rule's own count. An edit that `later` takes back entirely is no edit of the whole.

        Raises:
            ValueError: `later` does not start from the text that this one ends with.

        >>> first = Revision.of("甲(x)乙", [Edit(1, 4, "(x)", "", "one")])
        >>> both = first.then(Revision.of("甲乙", [Edit(1, 2, "乙", "丙", "two")]))
        >>> both.text, [edit.rule for edit in both.edits]
        ('甲丙', ['one', 'two'])
        """
        if later.before != self.text:
            raise ValueError("the later revision does not start from this one's text")
        if later.empty:
            return self
        if self.empty:
            return later
        first, second = self, later

        def joined() -> tuple[Edit, ...]:
            return _compose(first, second)

        tally = dict(self.tally)
        for rule, row in later.tally.items():
            tally[rule] = tally[rule] + row if rule in tally else row
        return Revision(self.before, later.text, joined, tally)

    # -- offsets ------------------------------------------------------------------------------------------

    def _offsets(self) -> tuple[list[int], list[int], list[int], list[int]]:
        """Starts and ends of the edits before, and after; made once."""
        if self._map is None:
            starts, ends, new_starts, new_ends, shift = [], [], [], [], 0
            for edit in self.edits:
                starts.append(edit.start)
                ends.append(edit.end)
                new_starts.append(edit.start + shift)
                shift += len(edit.after) - len(edit.before)
                new_ends.append(edit.end + shift)
            self._map = starts, ends, new_starts, new_ends
        return self._map

    def to_after(self, start: int, end: int) -> tuple[int, int]:
        """Where the span ``before[start:end]`` lies in the text after; an edit that it cuts is taken whole.

        >>> Revision.of("a(x)b", [Edit(1, 4, "(x)", "", "demo")]).to_after(2, 5)
        (1, 2)
        """
        starts, ends, new_starts, new_ends = self._offsets()
        return map_span(start, end, starts, ends, new_starts, new_ends)

    def to_before(self, start: int, end: int) -> tuple[int, int]:
        """Where the span ``text[start:end]`` comes from; an edit that it cuts is taken whole.

        Text that was removed at a border of the span is not part of it.

        >>> Revision.of("a(x)b", [Edit(1, 4, "(x)", "", "demo")]).to_before(1, 2)
        (4, 5)
        """
        starts, ends, new_starts, new_ends = self._offsets()
        return map_span(start, end, new_starts, new_ends, starts, ends)


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text after `edits`; see :meth:`Revision.of` for what is checked."""
    parts: list[str] = []
    at, size = 0, len(text)
    for edit in edits:
        start, end, before, after, _, _ = edit
        if start < at or end < start or end > size:
            raise ValueError(f"edit overlaps the one before it or leaves the text (length {size}): {edit!r}")
        if start == end and not after:
            raise ValueError(f"empty edit: {edit!r}")
        if text[start:end] != before:
            raise ValueError(f"edit does not match the text, which has {text[start:end]!r}: {edit!r}")
        parts.append(text[at:start])
        parts.append(after)
        at = end
    parts.append(text[at:])
    return "".join(parts)


class _Item(NamedTuple):
    """An edit of either revision, in the coordinates of the text between them."""

    start: int
    nonempty: bool
    later: bool
    end: int
    edit: Edit


def _compose(first: Revision, second: Revision) -> tuple[Edit, ...]:
    """The edits of both revisions as edits of ``first.before``; overlapping ones joined."""
    items: list[_Item] = []
    shift = 0
    for edit in first.edits:
        start = edit.start + shift
        shift += len(edit.after) - len(edit.before)
        items.append(_Item(start, bool(edit.after), False, edit.end + shift, edit))
    items.extend(_Item(edit.start, bool(edit.before), True, edit.end, edit) for edit in second.edits)
    # At one place: what removed text came before (first), then an insertion (second), then what replaces.
    items.sort(key=lambda item: item[:3])

    out: list[Edit] = []
    grown = 0  # how much longer `first` made the text so far
    grown_later = 0  # the same for `second`
    i = 0
    while i < len(items):
        group = [items[i]]
        start, end = items[i].start, items[i].end
        i += 1
        while i < len(items) and items[i].start < end:
            group.append(items[i])
            end = max(end, items[i].end)
            i += 1
        old_start, new_start = start - grown, start + grown_later
        for item in group:
            size = len(item.edit.after) - len(item.edit.before)
            if item.later:
                grown_later += size
            else:
                grown += size
        if len(group) > 1 and all(not item.edit.after for item in group):
            out.extend(_split_deletion(first.before, old_start, end - grown, group))
            continue
        before = first.before[old_start : end - grown]
        after = second.text[new_start : end + grown_later]
        if before == after and len(group) > 1:
            continue
        rules = dict.fromkeys(item.edit.rule for item in group)
        confidence = min(item.edit.confidence for item in group)
        out.append(Edit(old_start, end - grown, before, after, "+".join(rules), confidence))
    return tuple(out)


def _split_deletion(text: str, start: int, end: int, group: list[_Item]) -> Iterator[Edit]:
    """A deletion that closes over earlier ones, as its parts, so that each rule answers for what it took."""
    later = next(item.edit for item in group if item.later)
    at = start
    for item in group:
        if item.later:
            continue
        if at < item.edit.start:
            yield later._replace(start=at, end=item.edit.start, before=text[at : item.edit.start])
        yield item.edit
        at = item.edit.end
    if at < end:
        yield later._replace(start=at, end=end, before=text[at:end])
