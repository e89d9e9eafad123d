"""The hypotheses of a search for what a misfire shifted, and how they advance by one printed pair.

All bytes but a few are known, so most hypotheses are completed by one character. Where a pair may have vanished there
are thousands of others, and few of them are worth a look: they are kept as groups that differ in the pending byte
alone, cheapest first, and given up as soon as they cost more than those that are kept.
"""

from __future__ import annotations

from heapq import heappush, heappushpop, nsmallest
from typing import NamedTuple

from ..chinese import UNIT, LanguageModel
from .misfire_bytes import gbk_pairs
from .misfire_judge import Judge, Mark
from .misfire_marks import CLOSERS, OPENERS

__all__ = ["BEAM", "NEVER", "Beam", "Hypothesis", "Vanished", "expanded"]

BEAM = 24  # hypotheses kept at each character
NEVER = 30 * UNIT  # as good as no other reading
PRICE_GONE = -UNIT  # the model prefers the shorter text; this makes up for it
WELL_KNOWN = 4500  # the model numbers characters by how common they are; rarer ones are not guessed
MOST_GONE = 4  # pairs that may have vanished from one run
LIKELIEST = 6  # hypotheses that a pair may have vanished from at one place,
FIRSTS = 10  # and characters that it may have completed

PAIRED = frozenset(OPENERS + CLOSERS)
COMMA = (0xA3, 0xAC)  # the comma; its second byte and a lead byte make a pair that vanishes


class Hypothesis(NamedTuple):
    """What may have stood: its cost so far, the byte pending (-1: none), the last two symbols, and the text.

    `marks` are the quotes and brackets in it, which are judged at its end. `ahead` is by how much it beat the best of
    those that were given up for it, because they end alike.
    """

    cost: int
    pending: int
    first: int
    second: int
    text: str
    gone: int = 0
    ahead: int = NEVER
    marks: str = ""


Ending = tuple[int, int, str]
"""What tells hypotheses apart that have the same byte pending: the last two symbols, and the marks."""


class Vanished(NamedTuple):
    """Hypotheses in which a pair vanished, which differ in the byte pending: as :class:`Hypothesis`, but for these.

    Attributes:
        known: the common characters that they may mean with the byte printed next.
        bytes: the bytes themselves, if what is printed next is no pair.
    """

    cost: int
    first: int
    second: int
    text: str
    gone: int
    ahead: int
    marks: str
    known: list[tuple[str, Mark]]
    bytes: list[int]


def expanded(groups: list[Vanished]) -> list[Hypothesis]:
    """The hypotheses of the groups, one by one."""
    return [
        Hypothesis(one.cost, pending, one.first, one.second, one.text, one.gone, one.ahead, one.marks)
        for one in groups
        for pending in one.bytes
    ]


class Beam(Judge):
    """One document's hypotheses."""

    def __init__(self, model: LanguageModel, known: str, *, traditional: bool, narrow: bool) -> None:
        """Take what is known of the document, as the judge does."""
        super().__init__(model, known, traditional=traditional, narrow=narrow)
        self._behind_known: dict[tuple[int, int | None], tuple[list[tuple[str, Mark]], list[int]]] = {}
        self._gone_known: dict[int, list[tuple[int, str, Mark]]] = {}
        self._trails_known: dict[int, list[str]] = {}

    def advanced(
        self, active: list[Hypothesis], groups: list[Vanished], data: tuple[int, int], width: int
    ) -> list[Hypothesis]:
        """The `width` best hypotheses after a printed pair: its first byte completes the pending one."""
        char = gbk_pairs().char
        trail, pending = data
        best: dict[Ending, Hypothesis] = {}
        costs: list[int] = []  # of those kept so far, negated
        for one in active:
            meant = char.get((one.pending, trail))
            if meant and (not one.gone or 0 < self.symbol(meant) < WELL_KNOWN):
                own, symbol = self.step(one.first, one.second, meant)
                keep(best, costs, width, _moved(one, own, pending, symbol, meant))
        for group in sorted(groups, key=lambda group: group.cost):
            if len(costs) >= width and group.cost >= -costs[0]:
                break
            found = self.steps(group.first, group.second, group.known)
            bound = -costs[0] - group.cost if len(costs) >= width else NEVER * NEVER
            for own, (meant, mark) in zip(found, group.known, strict=True):
                if own < bound:
                    keep(best, costs, width, _moved(group, own, pending, mark[0], meant))
        return nsmallest(width, best.values())

    def vanished(self, active: list[Hypothesis], trail: int | None) -> list[Vanished]:
        """The hypotheses in which a pair vanished here; `trail` is the byte that completes what follows."""
        groups = []
        for one in active[:LIKELIEST]:
            if one.gone >= MOST_GONE:
                continue
            known = self.gone_known(one.pending)
            costs = self.steps(one.first, one.second, [(meant, mark) for _, meant, mark in known])
            firsts = [(cost, byte, mark[0], meant) for cost, (byte, meant, mark) in zip(costs, known, strict=True)]
            for own, byte, symbol, meant in nsmallest(FIRSTS, firsts):
                cost, text, marks = one.cost + own + PRICE_GONE, one.text + meant, marked(one.marks, meant)
                behind = self.behind_known(byte, trail)
                groups.append(Vanished(cost, one.second, symbol, text, one.gone + 1, one.ahead, marks, *behind))
                if COMMA[0] in gbk_pairs().gone[byte]:
                    own, comma = self.step(one.second, symbol, "，")
                    cost += own + PRICE_GONE
                    behind = self.behind_known(COMMA[1], trail)
                    groups.append(Vanished(cost, symbol, comma, text + "，", one.gone + 2, one.ahead, marks, *behind))
        return groups

    def behind_known(self, gone: int, trail: int | None) -> tuple[list[tuple[str, Mark]], list[int]]:
        """The bytes that a vanished pair may have ended on, and the common characters they mean with the next one."""
        key = (gone, trail)
        if key not in self._behind_known:
            pairs = gbk_pairs()
            pending = [byte for byte in pairs.gone[gone] if byte >= 0x80]
            known = []
            if trail is not None:
                meant = [(byte, pairs.char.get((byte, trail))) for byte in pending]
                known = [(char, self.mark(char)) for _, char in meant if char and 0 < self.symbol(char) < WELL_KNOWN]
                pending = [byte for byte, char in meant if char and 0 < self.symbol(char) < WELL_KNOWN]
            self._behind_known[key] = known, pending
        return self._behind_known[key]

    def gone_known(self, pending: int) -> list[tuple[int, str, Mark]]:
        """The first bytes of vanished pairs that complete a pending byte, and the common character they complete."""
        if pending not in self._gone_known:
            pairs = gbk_pairs()
            self._gone_known[pending] = [
                (byte, meant, self.mark(meant))
                for byte in pairs.gone
                if (meant := pairs.char.get((pending, byte))) and 0 < self.symbol(meant) < WELL_KNOWN
            ]
        return self._gone_known[pending]

    def trails_known(self, pending: int) -> list[str]:
        """The characters that a lost byte may have completed; rare ones only where there is no other."""
        if pending not in self._trails_known:
            pairs = gbk_pairs()
            every = [pairs.char[pending, trail] for trail in pairs.trails.get(pending, ())]
            self._trails_known[pending] = [char for char in every if self.symbol(char)] or every
        return self._trails_known[pending]


def marked(marks: str, meant: str) -> str:
    """The quotes and brackets of a text, after one more character."""
    return marks + meant if meant in PAIRED else marks


def keep(best: dict[Ending, Hypothesis], costs: list[int], width: int, one: Hypothesis) -> None:
    """Keep a hypothesis if none that ends alike is cheaper; `costs` has the lowest so far, negated, as a heap."""
    key = one.first, one.second, one.marks
    other = best.get(key)
    if other is None:
        best[key] = one
        if len(costs) < width:
            heappush(costs, -one.cost)
        else:
            heappushpop(costs, -one.cost)
        return
    if other.cost < one.cost:
        one, other = other, one
    if one.text != other.text and other.cost - one.cost < one.ahead:
        one = one._replace(ahead=other.cost - one.cost)
    best[key] = one


def _moved(one: Hypothesis | Vanished, own: int, pending: int, symbol: int, meant: str) -> Hypothesis:
    """A hypothesis that goes on with one more character."""
    marks = marked(one.marks, meant)
    return Hypothesis(one.cost + own, pending, one.second, symbol, one.text + meant, one.gone, one.ahead, marks)
