r"""Bytes that went missing in two-byte encodings, and how the reading gets back into step.

One lost byte turns every following pair into another: `中文` without its first byte is `形�`, and mostly no pair is
invalid. Such a stretch is known by its rare characters. For it the likeliest way to cut the bytes into characters is
searched, in which any byte may be left over; the left-over byte becomes U+FFFD, and the neighbours read as before.
"""

from __future__ import annotations

import re
from functools import cache

from ..ledger import ByteSpan
from .plausibility import Costs, costs
from .strays import find_strays
from .whatwg import LOST, Encoding, Reading, encoding, escape, read, read_table, read_token

__all__ = ["read_aligned"]

_SKIP = 13.0  # nats for a byte that belongs to no character
_TAIL = 5.0  # the same for the last byte of a document: files are cut off more often than bytes are lost
_GAIN = 3.0  # nats that a cut must save against the plain reading
_AGAIN = 10.0  # more nats for each further loss in a stretch that is valid as it stands
_LONE = 10.5  # nats for one ASCII letter between two that are not ASCII: "A股" is rarer than what a lost byte leaves
_LANGUAGE, _ROOM = 9.0, 3.0  # nats per character of a new cut at most, and the room that few characters get
_RARE = 11.5  # nats from which a character is rare
_BLOCK = 1 << 14  # bytes searched at once
_EDGE = 64  # bytes at the end of a block whose cut the next bytes may change
_SEARCHED = 1 << 18  # bytes of a document that are searched for lost ones at most (or a 64th of it, if that is more)
_NEVER = 1e9
# What an assigned code costs at most, so that no run of rare but valid characters is taken for damage: Han in Chinese,
# Han elsewhere, and everything else (Russian or full-width letters, boxes), which comes in runs where it comes at all.
_MOST_HAN, _MOST_FOREIGN_HAN, _MOST_OTHER = 14.0, 11.0, 8.0
# Bytes that are never part of a two-byte character: matches "\n" and "<", not "@" (a trail byte) or "1" (of gb18030).
_BREAK = re.compile(rb"[\x00-\x2f\x3a-\x3f]+")


class _Pairs(dict[bytes, float]):
    """The cost of each code of an encoding, worked out when first asked for."""

    def __init__(self, known: Encoding, table: Costs) -> None:
        super().__init__()
        self.known, self.table = known, table

    def __missing__(self, code: bytes) -> float:
        text = self.known.differ.get(code) or escape(code, self.known.codec)
        cost = sum(map(self.table.__getitem__, text))
        if (len(text) > 1 and len(text.encode("utf-16-le", "surrogatepass")) != 4) or "\udc80" <= text[0] <= "\udcff":
            cost = _NEVER  # more than one character, or an error; HKSCS has four codes of two characters
        elif text == LOST:
            cost = _NEVER
        else:
            cost = min(cost, self._most(text))
        self[code] = cost
        return cost

    def _most(self, text: str) -> float:
        if "\u3400" <= text <= "\u9fff":
            return _MOST_HAN if self.table.language in ("zh", "hant") else _MOST_FOREIGN_HAN
        return _MOST_OTHER if not "\ue000" <= text <= "\uf8ff" else _MOST_HAN


@cache
def _pairs(name: str, language: str) -> _Pairs:
    return _Pairs(encoding(name), costs(language))


@cache
def _gate(name: str, language: str) -> re.Pattern[str]:
    """What text out of step has, and clean text seldom.

    Two rare characters within four, or an undecodable byte; in Chinese encodings also a letter between two characters
    that are not ASCII. Matches "闃冲厜" in Chinese; near miss: one rare name in a sentence.
    """
    common = "".join(re.escape(char) for char, cost in costs(language).listed.items() if cost < _RARE and char > "\x7f")
    rare = f"[^\x00-\x7f{common}]"
    letter = "|(?<=[^\x00-\x7f][@-}])(?=[^\x00-\x7f])" if name in ("gb18030", "big5") else ""
    first = f"[^\x00-?~\x7f{common}]" if letter else rare  # one class to begin with is searched for quickly
    return re.compile(rf"{first}(?:(?<={rare})[^\n]{{0,2}}{rare}|(?<=[\udc80-\udcff]){letter})")


def read_aligned(data: bytes, name: str, language: str, into: Reading) -> None:
    r"""Read `data`, and get back into step where bytes are missing.

    >>> reading = Reading()
    >>> text = "我们在公园里看到了很多美丽的花".encode("gbk")
    >>> read_aligned(text[:6] + text[7:], "gb18030", "hans", reading)
    >>> reading.text
    '我们在�园里看到了很多美丽的花'
    """
    language = "zh" if name == "gb18030" else language
    known, gate = encoding(name), _gate(name, language)
    text = escape(data, known.codec)
    if gate.search(text) is None:
        read_table(data, known, into, text)
        return
    piece = into if name != "big5" else Reading()
    start, at, budget = 0, 0, max(_SEARCHED, len(data) // 64)
    for line, shown in zip(data.split(b"\n"), text.split("\n"), strict=True):
        if gate.search(shown) is not None:
            read(data[at:start], name, piece)
            budget = _read_line(line, known, language, piece, budget, start + len(line) == len(data))
            at = start + len(line)
        start += len(line) + 1
    read(data[at:], name, piece)
    if piece is not into:
        _flag(piece, into)


def _flag(piece: Reading, into: Reading) -> None:
    """Copy a reading in Big5, and flag its strays."""
    codec, text, at = "big5hkscs", piece.text, 0
    kept = {place for span in piece.spans for place in range(span.start, span.end)}
    marks = [
        ByteSpan(start, end, text[start:end].encode(codec), "recovered")
        for start, end in find_strays(text)
        if kept.isdisjoint(range(start, end))
    ]
    for span in sorted([*piece.spans, *marks]):
        into.add(text[at : span.start], codec)
        into.keep(text[span.start : span.end], span.data, span.kind, codec)
        at = span.end
    into.add(text[at:], codec)
    into.unsearched += piece.unsearched


def _read_line(line: bytes, known: Encoding, language: str, into: Reading, budget: int, last: bool) -> int:
    """Read a line that has suspicious places; gives back what is left of the bytes that may be searched."""
    at, done, gate = 0, 0, _gate(known.name, language)
    for stop, end in [*((m.start(), m.end()) for m in _BREAK.finditer(line)), (len(line), len(line))]:
        piece = line[at:stop]
        if not piece.isascii() and (found := gate.search(shown := escape(piece, known.codec))) is not None:
            if len(piece) > budget:
                at += _safe_start(piece, shown[: max(0, found.start() - _EDGE)], known.codec)
                piece = line[at:stop]
            size = min(len(piece), budget)
            into.unsearched += len(piece) - size
            budget -= size
            if size:
                if at > done:
                    read(line[done:at], known.name, into)
                cut = size < len(piece)
                done = at + _search(piece[:size], known, language, into, last and end == len(line) and not cut, cut)
        at = end
    if done < len(line):
        read(line[done:], known.name, into)
    return budget


def _safe_start(piece: bytes, before: str, codec: str) -> int:
    """Where to begin a search that has not the time for all: at the end of what reads well `before` the first doubt."""
    head = before.encode(codec, "surrogateescape")
    return len(head) if piece.startswith(head) else 0


_Step = tuple[int, int, bool, float]
"""One character, or bytes that are none: where it starts and ends, whether it is a loss, and what it costs.

A plain tuple: damaged pages make a million of them, and a class of its own takes five times as long to make.
"""


def _search(piece: bytes, known: Encoding, language: str, into: Reading, last: bool, cut: bool) -> int:
    """Read a piece; where the likeliest cut differs from the plain one and makes likely text, take it.

    Gives back how many bytes were read: not quite all, where more bytes follow that are `cut` off.
    """
    likely = _likely_steps(piece, known, language, last)
    if cut:
        while len(likely) > 1 and likely[-1][1] > len(piece) - _EDGE:
            likely.pop()
        piece = piece[: likely[-1][1]]
    plain = _plain_steps(piece, known, language, last)
    at, left, right = 0, 0, 0
    done = 0  # read up to here
    while left < len(plain):
        mine, other = plain[left], likely[right]
        if mine[:3] == other[:3]:
            left, right, at = left + 1, right + 1, mine[1]
            continue
        stop_left, stop_right = left + 1, right + 1
        while plain[stop_left - 1][1] != likely[stop_right - 1][1]:
            if plain[stop_left - 1][1] < likely[stop_right - 1][1]:
                stop_left += 1
            else:
                stop_right += 1
        if _better(piece, plain[left:stop_left], likely[right:stop_right], known, language):
            if at > done:
                read(piece[done:at], known.name, into)
            for start, end, lost, _ in likely[right:stop_right]:
                token = piece[start:end]
                if lost:
                    into.keep(LOST, token, "undecodable", known.codec)
                else:
                    read_token(token, known, into)
            done = likely[stop_right - 1][1]
        left, right = stop_left, stop_right
        at = plain[left - 1][1]
    read(piece[done:], known.name, into)
    return len(piece)


def _better(piece: bytes, plain: list[_Step], likely: list[_Step], known: Encoding, language: str) -> bool:
    """Whether a stretch is to be cut otherwise: that saves enough, and what comes out reads as language.

    The second condition keeps lists of rare characters, which no cut makes into language.
    """
    losses = sum(lost for _, _, lost, _ in likely)
    margin = _GAIN + (0.0 if any(lost for _, _, lost, _ in plain) else _AGAIN * max(0, losses - 1))
    if sum(cost for _, _, _, cost in likely) + margin >= sum(cost for _, _, _, cost in plain):
        return False
    gained = escape(b"".join([piece[start:end] for start, end, lost, _ in likely if not lost]), known.codec)
    if not gained:
        return True
    mean = sum(map(costs(language).__getitem__, gained)) / len(gained)
    return mean <= _LANGUAGE + _ROOM / len(gained)


def _plain_steps(piece: bytes, known: Encoding, language: str, last: bool) -> list[_Step]:
    """The steps of the reading as it stands."""
    pairs, table = _pairs(known.name, language), costs(language)
    steps: list[_Step] = []
    at, size, match = 0, len(piece), known.token.match
    while at < size:
        found = match(piece, at)
        token = found[0] if found else piece[at : at + 1]
        if token[0] < 0x80:
            end = at + 1
            steps.append((at, end, False, _LONE if _is_lone(piece, at) else table[chr(token[0])]))
        elif (here := pairs[token]) < _NEVER:
            end = at + len(token)
            steps.append((at, end, False, here))
        else:
            end = at + (len(token) if token[-1] >= 0x80 else 1)
            tail = last and at + 1 == size
            steps.append((at, end, True, _TAIL if tail else _SKIP + (3.0 if end - at > 1 else 0.0)))
        at = end
    return steps


def _is_lone(piece: bytes, at: int) -> bool:
    """Whether an ASCII byte that may be a trail byte (people do write a tilde) stands between non-ASCII bytes."""
    return 0x40 <= piece[at] < 0x7E and 0 < at < len(piece) - 1 and piece[at - 1] >= 0x80 and piece[at + 1] >= 0x80


def _likely_steps(piece: bytes, known: Encoding, language: str, last: bool) -> list[_Step]:
    """The likeliest cut of a piece into characters and left-over bytes, block by block."""
    steps: list[_Step] = []
    at, size = 0, len(piece)
    while at < size:
        block = piece[at : at + _BLOCK]
        widths, best = _likeliest(block, known, language, last and at + len(block) == size)
        limit = len(block) if at + _BLOCK >= size else len(block) - _EDGE
        i = 0
        while i < limit:
            width = abs(widths[i])
            steps.append((at + i, at + i + width, widths[i] < 0, best[i] - best[i + width]))
            i += width
        at += i
    return steps


def _likeliest(block: bytes, known: Encoding, language: str, last: bool) -> tuple[list[int], list[float]]:
    """For each byte how many bytes the likeliest cut takes there (negative: as a loss), and the cost from there on."""
    pairs, table, size = _pairs(known.name, language), costs(language), len(block)
    best = [0.0] * (size + 4)
    steps = [1] * size
    four, three = known.name == "gb18030", known.name == "euc-jp"
    for i in range(size - 1, -1, -1):
        byte = block[i]
        if byte < 0x80:
            best[i] = (_LONE if _is_lone(block, i) else table[chr(byte)]) + best[i + 1]
            continue
        cost, step = (_TAIL if last and i == size - 1 else _SKIP) + best[i + 1], -1
        if i + 1 < size:
            code = block[i : i + 2]
            here = pairs[code]
            if here < _NEVER:
                here += best[i + 2]
                if here < cost:
                    cost, step = here, 2
            elif code[1] >= 0x80 and _SKIP + 3.0 + best[i + 2] < cost:
                cost, step = _SKIP + 3.0 + best[i + 2], -2
            if (four and 0x30 <= code[1] <= 0x39) or (three and byte == 0x8F):
                width = 4 if four else 3
                if i + width <= size and (here := pairs[block[i : i + width]] + best[i + width]) < cost:
                    cost, step = here, width
        if not four and (here := pairs[block[i : i + 1]] + best[i + 1]) < cost:
            cost, step = here, 1
        elif four and byte == 0x80 and 10.0 + best[i + 1] < cost:
            cost, step = 10.0 + best[i + 1], 1
        best[i], steps[i] = cost, step
    return steps, best
