r"""Bytes that went missing in two-byte encodings, and how the reading gets back into step.

One lost byte turns every following pair into another: `中文` without its first byte is `形�`, and mostly no pair is
invalid. Such a stretch is known by its rare characters. For it the likeliest way to cut the bytes into characters is
searched, in which any byte may be left over; the left-over byte becomes U+FFFD, and the neighbours read as before.
"""

from __future__ import annotations

import re
from functools import cache

from ..ledger import ByteSpan
from .plausibility import Costs, costs, price
from .strays import find_strays
from .whatwg import LOST, Encoding, Reading, encoding, escape, read, read_token

__all__ = ["read_aligned"]

_SKIP = 13.0  # nats for a byte that belongs to no character
_GAIN = 3.0  # nats that a cut must save against the plain reading
_LONE = 10.5  # nats for one ASCII letter between two that are not ASCII: "A股" is rarer than what a lost byte leaves
_RARE = 11.5  # nats from which a character is rare
_BLOCK = 1 << 14  # bytes searched at once
_NEVER = 1e9
_DEAREST = 18.5  # nats of a code that is assigned: less than a lost byte and the letter that it frees
# Bytes that are never part of a two-byte character: matches "\n" and "<", not "@" (a trail byte) or "1" (of gb18030).
_BREAK = re.compile(rb"[\x00-\x2f\x3a-\x3f]+")
# One letter between two characters that are not ASCII: matches "的H力", not "的 H 力" or "卡拉OK".
_BETWEEN = re.compile("(?<=[^\x00-\x7f])[@-~](?=[^\x00-\x7f])")


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
        cost = cost if cost == _NEVER else min(cost, _DEAREST)
        self[code] = cost
        return cost


@cache
def _pairs(name: str, language: str) -> _Pairs:
    return _Pairs(encoding(name), costs(language))


@cache
def _rare_pair(language: str) -> re.Pattern[str]:
    """Two rare characters within four, or an undecodable byte: what text out of step has, and clean text seldom.

    Matches "闃冲厜" in ``hans``; near miss: one rare name in a sentence.
    """
    common = "".join(re.escape(char) for char, cost in costs(language).items() if cost < _RARE and char > "\x7f")
    return re.compile(f"[^\x00-\x7f{common}][^\n]{{0,2}}[^\x00-\x7f{common}]|[\udc80-\udcff]|(?<=[^\x00-\x7f])[@-~](?=[^\x00-\x7f])")


def read_aligned(data: bytes, name: str, language: str, into: Reading) -> None:
    r"""Read `data`, and get back into step where bytes are missing.

    >>> reading = Reading()
    >>> text = "我们在公园里看到了很多美丽的花".encode("gbk")
    >>> read_aligned(text[:6] + text[7:], "gb18030", "hans", reading)
    >>> reading.text
    '我们在�园里看到了很多美丽的花'
    """
    known, gate = encoding(name), _rare_pair(language)
    text = escape(data, known.codec)
    if gate.search(text) is None:
        read(data, name, into)
        return
    piece = into if name != "big5" else Reading()
    start = at = 0
    for line, shown in zip(data.split(b"\n"), text.split("\n"), strict=True):
        if gate.search(shown) is not None:
            read(data[at:start], name, piece)
            _read_line(line, known, language, piece)
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


def _read_line(line: bytes, known: Encoding, language: str, into: Reading) -> None:
    at, gate = 0, _rare_pair(language)
    for stop, end in [*((m.start(), m.end()) for m in _BREAK.finditer(line)), (len(line), len(line))]:
        piece = line[at:stop]
        if piece:
            if gate.search(escape(piece, known.codec)) is None:
                read(piece, known.name, into)
            else:
                _search(piece, known, language, into)
        read(line[stop:end], known.name, into)
        at = end


def _search(piece: bytes, known: Encoding, language: str, into: Reading) -> None:
    """Read a piece in the likeliest cut, if that is much likelier than the plain one."""
    plain = _plain_cost(piece, known, language)
    cuts, cost = _cut(piece, known, language)
    if cost + _GAIN >= plain:
        read(piece, known.name, into)
        return
    for token, lost in cuts:
        if lost:
            into.keep(LOST, token, "undecodable", known.codec)
        else:
            used = read_token(token, known, into)
            assert used == len(token)


def _plain_cost(piece: bytes, known: Encoding, language: str) -> float:
    """The cost of a piece as it stands."""
    text = escape(piece, known.codec)
    return price(text, (language,)).total + (_LONE - 6.5) * len(_BETWEEN.findall(text))


def _cut(piece: bytes, known: Encoding, language: str) -> tuple[list[tuple[bytes, bool]], float]:
    """The likeliest cut of a piece into characters and left-over bytes, block by block, and its cost."""
    cuts: list[tuple[bytes, bool]] = []
    total, at, size = 0.0, 0, len(piece)
    while at < size:
        block = piece[at : at + _BLOCK]
        final = at + _BLOCK >= size
        steps, best = _likeliest(block, known, language)
        limit = len(block) if final else len(block) - 64
        i = 0
        while i < limit:
            step = steps[i]
            width = abs(step)
            cuts.append((block[i : i + width], step < 0))
            i += width
        total += best[0] - best[i]
        at += i
    return cuts, total


def _likeliest(block: bytes, known: Encoding, language: str) -> tuple[list[int], list[float]]:
    """For each byte how many bytes the likeliest cut takes there (negative: as a loss), and the cost from there on."""
    pairs, table, size = _pairs(known.name, language), costs(language), len(block)
    best = [0.0] * (size + 4)
    steps = [1] * size
    four, three = known.name == "gb18030", known.name == "euc-jp"
    for i in range(size - 1, -1, -1):
        byte = block[i]
        if byte < 0x80:
            lone = byte >= 0x40 and 0 < i < size - 1 and block[i - 1] >= 0x80 and block[i + 1] >= 0x80
            best[i] = (_LONE if lone else table[chr(byte)]) + best[i + 1]
            continue
        cost, step = _SKIP + best[i + 1], -1
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
