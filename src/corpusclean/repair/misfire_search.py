"""The search for what stood where a converter of bytes hit between two characters.

Behind the place where it struck, every pair of bytes is read one byte late. Reading the printed text back as bytes
gives nearly all of them; the search walks it with one byte pending, tries what may have stood where a byte is lost,
and lets the language model decide. It keeps a bounded number of hypotheses, so its cost grows with the run alone.
"""

from __future__ import annotations

import math
import re
from heapq import nsmallest
from typing import NamedTuple

from ..chinese import UNIT, LanguageModel, characters_read
from .misfire_beam import BEAM, NEVER, Beam, Hypothesis, expanded
from .misfire_bytes import ANNOTATION, FOLDED, READING, gbk_bytes, gbk_pairs
from .misfire_marks import LOST_DIGIT, PairedMarks, digit_prices

__all__ = ["STRANDED", "Found", "Search"]

# A reading whose character and parenthesis were swallowed (match: ?shù); near miss: ?(shù)).
STRANDED = re.compile(rf"\?({READING})\)")

# A narrow full stop behind a sentence (match: 好.明, 好. ; near miss: 3.5, a.b).
_NARROW_STOP = re.compile("[\u4e00-\u9fff]\\.(?:[\u4e00-\u9fff\\s]|$)")

LOST = 60  # hypotheses kept where a byte is lost
RUN = 400  # characters walked before the search gives up
HOPE = 7.5 * UNIT  # mean cost above which a run is no text
CLEARLY = 2.0  # nats that a reading with vanished pairs must gain beyond one without
GOOD = 20.0  # nats gained by a reading without vanished pairs, and
FINE = 4.0  # nats that a character of it may cost, for no other to be sought
FAIR = 5.5  # nats that a character of printed text may cost, for no vanished pair to be sought
BEGINNING = 2  # characters that the shortest run prints, looked at apart
AHEAD = 4  # characters judged behind the run

PRICE_STOP_HIT = -UNIT  # what is hit before a mark is a full stop, mostly
PRICE_LOST = 1 * UNIT
PRICE_SILENT_LOSS = 5 * UNIT
PRICE_NARROW = 4 * UNIT
PRICE_STOP = 8 * UNIT  # a narrow full stop where others are wide
PRICE_COMMA = 1 * UNIT
PRICE_NOTHING = 10 * UNIT

JUDGED_AS = {".": "。", LOST_DIGIT: "0"}
NARROW = " 0123456789\"'-./%" + "".join(FOLDED)  # ASCII that a lead byte swallows


class Found(NamedTuple):
    """What the search found.

    Attributes:
        end: where the shifted run ends in the text.
        text: what stood there.
        gain: by how much it costs less than what is printed, in nats.
        mean: what one character of it, and of the text just behind, costs on average, in nats.
        margin: by how much it costs less than the next best, in nats.
        lost: whether a byte had to be guessed at the end or within.
    """

    end: int
    text: str
    gain: float
    mean: float
    margin: float
    lost: bool


class _Ended(NamedTuple):
    cost: int
    first: int
    second: int
    end: int
    text: str
    lost: bool
    ahead: int


class Search(Beam):
    """One document's search."""

    def __init__(self, model: LanguageModel, known: str, *, traditional: bool, narrow: bool) -> None:
        """Take what is known of the document, as the judge does."""
        super().__init__(model, known, traditional=traditional, narrow=narrow)
        self._paired = PairedMarks("", 0)
        self._stops = _price_of_stop(len(_NARROW_STOP.findall(known)), known.count("。"), narrow=narrow)

    # -- where a run begins -----------------------------------------------------------------------------------

    def after_mark(self, text: str, at: int, before: str) -> Found | None:
        """What stood at ``text[at:]``, a broken pair's `?` and the mark that was hit; `before` is the text before."""
        mark = gbk_bytes(FOLDED.get(text[at + 1], text[at + 1]))
        if mark is None:
            return None
        pairs = gbk_pairs()
        starts = []
        contexts = [(before, 0)]
        if before.endswith(","):
            contexts.append((before[:-1], 2 * UNIT))
        for context, price in contexts:
            first, second = self.context(context)
            for lead in pairs.leads.get(mark[0], ()):
                char = pairs.char[lead, mark[0]]
                cost, symbol = self.step(first, second, char)
                own = PRICE_STOP_HIT if char == "。" else 0
                starts.append(Hypothesis(cost + price + own, mark[1], second, symbol, char))
        return self.run(text, at, at + 2, nsmallest(2 * BEAM, starts), before)

    def after_reading(self, text: str, at: int, before: str) -> Found | None:
        """What stood at ``text[at:]``, a broken pair's `?` and the stranded reading of the character that was hit."""
        match = STRANDED.match(text, at)
        trail = gbk_bytes(before[-1]) if before else None
        if match is None or trail is None:
            return None
        first, second = self.context(before)
        starts = [
            Hypothesis(0, data[1], first, second, "")
            for char in characters_read(match[1])
            if (data := gbk_bytes(char)) is not None and data[0] == trail[1]
        ]
        return self.run(text, at, match.end(), starts, before) if starts else None

    # -- the walk ---------------------------------------------------------------------------------------------

    def run(self, text: str, at: int, position: int, active: list[Hypothesis], before: str) -> Found | None:
        """Walk from `position` until the bytes fall into step again, first without and then with vanished pairs."""
        self._paired = PairedMarks(text, at)
        found = self.walk(text, at, position, active, before, gone=False)
        if found is not None and found.gain > GOOD and found.mean < FINE:
            return found
        if self.reads_well(text[position : position + 8], text[at:position]):
            return found
        with_gone = self.walk(text, at, position, active, before, gone=True)
        if with_gone is None or found is None:
            return with_gone or found
        ahead = with_gone.gain - found.gain
        best = with_gone if ahead > CLEARLY else found
        if (with_gone.text, with_gone.end) == (found.text, found.end):
            return best
        return best._replace(margin=min(best.margin, abs(ahead)))

    def reads_well(self, shown: str, before: str) -> bool:
        """Whether printed text is so plausible, as a whole and where it begins, that no pair can have vanished."""
        context = self.context(before)
        return all(self.cost(part, *context) < FAIR * UNIT * len(part) for part in (shown[:BEGINNING], shown) if part)

    def walk(
        self, text: str, at: int, position: int, active: list[Hypothesis], before: str, *, gone: bool
    ) -> Found | None:
        """One walk; `gone` allows pairs that printed as nothing."""
        pairs = gbk_pairs()
        ended: list[_Ended] = []
        limit = min(len(text), position + RUN)
        walked = 0
        while active:
            char = text[position] if position < len(text) else "\n"
            if position >= limit and position < len(text):
                return None
            annotation = ANNOTATION.match(text, position) if char == "(" else None
            if annotation:
                position = annotation.end()
                continue
            data = gbk_bytes(FOLDED.get(char, char))
            letter = 0x80 if char == "€" else ord(char) if "@" <= char <= "~" else None
            vanished = self.vanished(active, letter if data is None else data[0]) if gone else []
            every = active + expanded(vanished) if data is None or char == "?" else active
            if char == "?":
                stranded = STRANDED.match(text, position)
                if stranded:
                    ended.extend(self.ended_by_reading(every, stranded[1], stranded.end()))
                else:
                    ended.extend(self.ended_by_loss(every, text, position + 1, 0))
            elif char == "\ufffd":
                ended.extend(self.ended_by_loss(every, text, position + 1, 0))
            moved: list[Hypothesis] = []
            if data is not None:
                ends = data[1] < 0x80
                moved = self.advanced(active, vanished, data, LOST if ends else BEAM)
                if ends:
                    ended.extend(self.ended_by_letter(moved, position + 1))
                    moved = []
            elif letter is not None:
                for one in every:
                    meant = pairs.char.get((one.pending, letter))
                    if meant:
                        cost, symbol = self.step(one.first, one.second, meant)
                        ended.append(_end(one, cost, symbol, position + 1, meant))
            elif char not in "?\ufffd":
                ended.extend(self.ended_by_loss(every, text, position, PRICE_SILENT_LOSS))
            active = moved
            walked += 1
            position += 1
            if active and walked > 8 and active[0].cost > HOPE * (walked + 1):
                break
        return self.judged(text, at, before, ended)

    def ended_by_letter(self, moved: list[Hypothesis], end: int) -> list[_Ended]:
        """A pair that was printed from the end of one character and an ASCII letter: the letter stands in step."""
        out = []
        for one in moved:
            char = chr(one.pending)
            cost, symbol = self.step(one.first, one.second, char)
            out.append(_end(one, cost, symbol, end, char))
        return out

    def ended_by_reading(self, active: list[Hypothesis], reading: str, end: int) -> list[_Ended]:
        """A character that stood in step, whose annotation broke its second byte: the bytes are in step behind it."""
        out = []
        chars = [(char, data) for char in characters_read(reading) if (data := gbk_bytes(char)) is not None]
        for one in active:
            for char, data in chars:
                if data[0] == one.pending:
                    cost, symbol = self.step(one.first, one.second, char)
                    out.append(_end(one, cost, symbol, end, char))
        return out

    def ended_by_loss(self, active: list[Hypothesis], text: str, end: int, price: int) -> list[_Ended]:
        """A pending byte whose partner was swallowed, together with the ASCII character behind it if `price` is 0."""
        behind = text[end] if end < len(text) else "\n"
        partners: list[tuple[str, int]] = [("", 0)]
        if not price and behind != "\n":
            prices = digit_prices(text[end : end + 6]) | {".": self._stops}
            if not self._narrow:
                prices |= dict.fromkeys(FOLDED, PRICE_NARROW)
            partners = [(x, prices.get(x, 0)) for x in NARROW if LOST_DIGIT not in prices or not x.isdigit()]
            partners += [(LOST_DIGIT, prices[LOST_DIGIT])] if LOST_DIGIT in prices else []
            partners.append(("", PRICE_COMMA if behind in FOLDED or behind in "，。；、：！？" else PRICE_NOTHING))
            if behind == "/":
                partners = [("<", 0)]
        elif not price and self._narrow:
            partners += [(x, PRICE_LOST) for x in ",!?;:()."]
        firsts = []
        for one in active[:12]:
            for char in self.trails_known(one.pending):
                cost, symbol = self.step(one.first, one.second, char)
                firsts.append((one.cost + cost + PRICE_LOST + price, one.second, symbol, one.text + char, one.ahead))
        out = []
        paired = self._paired
        for cost, first, second, meant, ahead in nsmallest(
            LOST, firsts, lambda one: one[0] + paired.price(one[3], end)
        ):
            for x, extra in partners:
                if x:
                    own, symbol = self.step(first, second, JUDGED_AS.get(x, x))
                    out.append(_Ended(cost + own + extra, second, symbol, end, meant + x, True, ahead))
                else:
                    out.append(_Ended(cost + extra, first, second, end, meant, True, ahead))
        return nsmallest(2 * LOST, out, lambda one: one.cost + paired.price(one.text, end))

    # -- the verdict ------------------------------------------------------------------------------------------

    def judged(self, text: str, at: int, before: str, ended: list[_Ended]) -> Found | None:
        """The best ending, compared with the others and with what is printed, up to a common place behind them."""
        if not ended:
            return None
        price = self._paired.price
        ended = nsmallest(6 * LOST, (one._replace(cost=one.cost + price(one.text, one.end)) for one in ended))
        horizon = min(max(one.end for one in ended) + AHEAD, len(text))
        tails: dict[int, str] = {}
        results: dict[tuple[str, int], int] = {}
        ways: dict[tuple[str, int], _Ended] = {}
        for one in ended:
            tail = tails.get(one.end)
            if tail is None:
                tail = tails[one.end] = ANNOTATION.sub("", text[one.end : horizon]) + ("\n" * (horizon == len(text)))
            cost = one.cost + self.cost(tail, one.first, one.second)
            key = (one.text, one.end)
            if key not in results or cost < results[key]:
                results[key] = cost
                ways[key] = one
        ranked = nsmallest(2, results.items(), key=lambda item: (item[1], item[0]))
        (best, end), cost = ranked[0]
        first, second = self.context(before)
        printed = ANNOTATION.sub("", text[at:horizon]) + ("\n" * (horizon == len(text)))
        gain = (self.cost(printed, first, second) - cost) / UNIT
        margin = (ranked[1][1] - cost) / UNIT if len(ranked) > 1 else NEVER / UNIT
        margin = min(margin, ways[best, end].ahead / UNIT)
        mean = cost / UNIT / max(1, len(best) + len(tails[end]))
        return Found(end, best, gain, mean, margin, ways[best, end].lost)


def _price_of_stop(narrow_stops: int, wide_stops: int, *, narrow: bool) -> int:
    """What a narrow full stop costs in a document that has so many of both kinds, and whose other marks are narrow."""
    if narrow_stops:
        return round(math.log(max(1.0, wide_stops / narrow_stops)) * UNIT)
    return PRICE_STOP if wide_stops or not narrow else UNIT


def _end(one: Hypothesis, cost: int, symbol: int, end: int, meant: str) -> _Ended:
    """A hypothesis that ends with one more character."""
    return _Ended(one.cost + cost, one.second, symbol, end, one.text + meant, one.gone > 0, one.ahead)
