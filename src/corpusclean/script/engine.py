"""The converter: exactly OpenCC's results, from one C-level pass and a little work where words decide.

OpenCC looks, from left to right, for the longest dictionary key that fits. Nearly everywhere that gives what
translating character by character gives. So a stage translates the whole text at once (``str.translate``), and
then looks only at the *troubled* characters, those whose value some phrase changes. Around one, the walk goes
back to the nearest place where a key must begin (no key has these two characters side by side) and from there
takes the longest keys, as OpenCC does. Nothing is walked over twice, so time is linear for any text.

Configurations with several stages cut the text into words first, and no key of a later stage may reach across a
cut. The cuts are worked out only when a later stage has a key to look for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import compress, count, islice
from operator import add
from typing import NamedTuple

from .charclass import gate
from .dictionaries import load_config, merge

__all__ = ["Converter", "Stage", "converter"]

_PLANES = 0x33480  # every ideograph of Unicode lies below
_COMMON = (range(0x2010, 0x2030), range(0x3000, 0x3020), range(0x4E00, 0x9FFF), range(0xFF00, 0xFF20))
_RARE = 300  # a stage that changes up to so many characters leaves most texts as they are
_DISTINCT = 12  # up to so many different ones of so few characters are quicker replaced one by one
_FEW = 4000  # up to so many beginnings, looking for their first characters alone is quicker


class Splice(NamedTuple):
    """A key found at ``text[start:end]``, and what it becomes."""

    start: int
    end: int
    value: str


class Stage:
    """One mapping, compiled: the longest key that fits at each place, from left to right.

    Attributes:
        keeps_length: whether no phrase changes the length of a text.
        changes: the characters that become others where no phrase speaks of them.

    >>> Stage({"后": "後", "皇后": "皇后"}).convert("皇后之后")
    '皇后之後'
    """

    __slots__ = (
        "_beside",
        "_gate",
        "_joints",
        "_lengths",
        "_phrases",
        "_rarely",
        "_starts",
        "_table",
        "changes",
        "keeps_length",
    )

    def __init__(self, mapping: Mapping[str, str]) -> None:
        single = {key: value for key, value in mapping.items() if len(key) == len(value) == 1}
        self._phrases = {key: value for key, value in mapping.items() if key not in single}
        self.keeps_length = all(len(key) == len(value) for key, value in self._phrases.items())
        table = list(_identity())
        self.changes = "".join(key for key, value in single.items() if key != value)
        for key, value in single.items():
            table[ord(key)] = value
        self._table = tuple(table)  # which the collector forgets; it would walk through a list each time
        near = all(char <= "\uffff" for char in self.changes)
        simple = near and len(self.changes) <= _RARE and not any(single[char] in self.changes for char in self.changes)
        self._rarely = gate(self.changes) if simple else None
        joined = "\n".join(self._phrases)
        self._lengths = _sizes(self._phrases)
        self._joints = {pair for pair in set(map(add, joined, islice(joined, 1, None))) if "\n" not in pair}
        troubled: set[str] = set()
        beside: set[str] = set()
        translated = joined.translate(self._table).split("\n")  # no key holds a line end
        for (key, value), plain in zip(self._phrases.items(), translated, strict=False):
            if plain == value:
                continue
            same_size = len(plain) == len(value)
            for at in range(len(key) if same_size else 1):
                if not same_size or plain[at] != value[at]:
                    troubled.add(key[at])
                    beside.add(key[at : at + 2])
                    beside.add(key[max(at - 1, 0) : at + 1])
        self._starts = gate(start[0] for start in self._lengths) if len(self._lengths) < _FEW else None
        self._beside = beside
        self._gate = gate(troubled) if troubled else None

    def convert(self, text: str) -> str:
        """`text` with every key replaced."""
        return self.apply(text, None)[0]

    def _troubles(self, text: str) -> Iterator[int]:
        """Where a character stands beside one that makes a phrase likely to change its value."""
        if self._gate is None:
            return
        beside = self._beside
        for hit in self._gate.finditer(text):
            place = hit.start()
            if text[place : place + 2] in beside or (place and text[place - 1 : place + 1] in beside):
                yield place

    def _plain(self, text: str) -> str:
        """`text` with every character translated by itself; a stage that knows few looks for these first."""
        if self._rarely is None:
            return text.translate(self._table)
        found = set(self._rarely.findall(text))
        if len(found) > _DISTINCT:
            return text.translate(self._table)
        for char in found:  # one after the other, as no value is a key
            text = text.replace(char, chr(value) if isinstance(value := self._table[ord(char)], int) else value)
        return text

    def apply(self, text: str, cuts: Cuts | None) -> tuple[str, Cuts | None]:
        """`text` with every key replaced that no cut divides, and the cuts moved along."""
        plain = self._plain(text)
        if self._gate is None:
            return plain, cuts
        parts: list[str] = []
        splices: list[Splice] = []
        at = 0
        for splice in self._splices(text, plain, cuts):
            start, end, value = splice
            parts += plain[at:start], value
            splices.append(splice)
            at = end
        if not at:
            return plain, cuts
        parts.append(plain[at:])
        if cuts is not None and not self.keeps_length:
            cuts = cuts.moved(splices)
        return "".join(parts), cuts

    def _splices(self, text: str, plain: str, cuts: Cuts | None) -> Iterator[Splice]:
        """The keys whose value is not what translating their characters gives."""
        phrases, lengths, joints = self._phrases, self._lengths, self._joints
        done = 0
        for place in self._troubles(text):
            if place < done:
                continue
            at = place
            while at > done and text[at - 1 : at + 1] in joints:
                at -= 1
            while at <= place:
                for size in lengths.get(text[at : at + 2], ()):
                    key = text[at : at + size]
                    end = at + len(key)
                    value = phrases.get(key)
                    if value is None or (cuts is not None and cuts.divide(at, end)):
                        continue
                    if value != plain[at:end]:
                        yield Splice(at, end, value)
                    at = end
                    break
                else:
                    at += 1
            done = at

    def cut(self, text: str) -> bytes:
        """Where the words of `text` begin: at each key found and behind it, as OpenCC's segmentation has it."""
        marks = bytearray(len(text) + 1)
        done = 0
        for at in self._begins(text):
            if at >= done and (end := self.word_at(text, at)) > at:
                done = end
                marks[at] = marks[done] = 1
        return bytes(marks)

    def word_at(self, text: str, at: int) -> int:
        """Where the word ends that begins at `at`: the longest key that fits there; `at` if none does."""
        for size in self._lengths.get(text[at : at + 2], ()):
            if (key := text[at : at + size]) in self._phrases:
                return at + len(key)  # at the end of the text, shorter than `size`
        return at

    def joined(self, text: str, at: int) -> bool:
        """Whether some key has the two characters on either side of `at` side by side."""
        return text[at - 1 : at + 1] in self._joints

    def _begins(self, text: str) -> Iterable[int]:
        """The places where a phrase of two or more characters may begin."""
        if self._starts is not None:
            return (hit.start() for hit in self._starts.finditer(text))
        known = self._lengths.__contains__
        return compress(count(), map(known, map(add, text, islice(text, 1, None))))


def _sizes(keys: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """For the first two characters of each key the sizes of the keys that begin so, the longest first.

    >>> _sizes(["皇后", "皇后镇", "后"])
    {'皇后': (3, 2), '后': (1,)}
    """
    sizes: dict[str, tuple[int, ...]] = {}
    alone: dict[int, tuple[int, ...]] = {}  # most beginnings have one size: one tuple serves all that share it
    for key in keys:
        start, size = key[:2], len(key)
        known = sizes.get(start)
        if known is None:
            sizes[start] = alone.setdefault(size, (size,))
        elif size not in known:
            sizes[start] = tuple(sorted((*known, size), reverse=True))
    return sizes


class Cuts:
    """Where the words of a text begin: at each key found and behind it, as OpenCC's segmentation has it.

    Only the places that are asked about are looked at, from left to right, each from the nearest place before it
    where a word must begin. Nothing is looked at twice, so that time is linear for any text.
    """

    __slots__ = ("_known", "_looked", "_marks", "_text", "_words")

    def __init__(self, text: str, words: Callable[[], Stage], known: bytes | None = None) -> None:
        """Take a text and what gives the stage whose keys are words, or the cuts that are `known`.

        `known` has a byte for each code point and one more; 1 says that a word begins there.
        """
        self._text = text
        self._words = words
        self._known = known
        self._marks: set[int] = set()
        self._looked = 0

    def again(self) -> Cuts:
        """The same, to be asked from the left once more."""
        return Cuts(self._text, self._words, self._known)

    def divide(self, start: int, end: int) -> bool:
        """Whether a word begins inside ``text[start:end]``."""
        if self._known is not None:
            return self._known.find(1, start + 1, end) >= 0
        if end > self._looked:
            self._look(start, end)
        marks = self._marks
        return any(place in marks for place in range(start + 1, end))

    def _look(self, start: int, end: int) -> None:
        words, text, at = self._words(), self._text, max(start, self._looked)
        while at > self._looked and words.joined(text, at):
            at -= 1
        while at < end:
            stop = words.word_at(text, at)
            if stop > at:
                self._marks.update((at, stop))
            at = max(stop, at + 1)
        self._looked = at

    def moved(self, splices: Iterable[Splice]) -> Cuts:
        """The cuts of the text after `splices`, of which they divide none."""
        known = self._words().cut(self._text) if self._known is None else self._known
        parts: list[bytes] = []
        at = 0
        for start, end, value in splices:
            parts += known[at:start], known[start : start + 1].ljust(len(value), b"\0")
            at = end
        return Cuts(self._text, self._words, b"".join((*parts, known[at:])))


class Converter:
    """One configuration of OpenCC, compiled.

    >>> converter("s2twp").convert("鼠标里面的硅二极管坏了")
    '滑鼠裡面的矽二極體壞了'
    """

    __slots__ = ("_cutter", "_extra", "_foreign", "_in_words", "_normal", "_stages", "_words", "name")

    def __init__(self, name: str, extra: Mapping[str, str] | None = None) -> None:
        """Compile `name`; `extra` keys join those of the segmentation and of the first stage, and win over them."""
        config = load_config(name)
        self.name = name
        self._normal = [_stage(step["dict"]) for step in config.get("normalization", ())]
        self._foreign = [_keys_of(stage) for stage in self._normal]
        chain = config["conversion_chain"]
        self._stages = [_stage(step["dict"]) for step in chain]
        if extra:
            self._stages[0] = Stage({**merge(chain[0]["dict"]), **extra})
        segmentation = config.get("segmentation")
        self._words = segmentation["dict"] if segmentation else None
        self._extra = extra or {}
        self._cutter: Stage | None = None
        self._in_words = segmentation is not None and chain[0]["dict"].get("dicts", [None])[0] == segmentation["dict"]

    def _segmenter(self) -> Stage:
        """The stage whose keys are the words; compiled when it is first asked for, for few texts ask."""
        if self._cutter is None:
            assert self._words is not None
            self._cutter = Stage({**merge(self._words), **self._extra}) if self._extra else _stage(self._words)
        return self._cutter

    def convert(self, text: str) -> str:
        """`text` converted, as OpenCC would."""
        for stage, foreign in zip(self._normal, self._foreign, strict=True):
            if foreign.search(text):
                text = stage.convert(text)
        first, later = self._stages[0], self._stages[1:]
        if self._words is None or not later:
            for stage in self._stages:
                text = stage.convert(text)
            return text
        cuts = Cuts(text, self._segmenter)
        # A first stage whose phrases are the words themselves finds its keys along the cuts anyway.
        text, moved = first.apply(text, None if self._in_words and first.keeps_length else cuts)
        cuts = moved or cuts
        for stage in later:
            text, moved = stage.apply(text, cuts.again())
            cuts = moved or cuts
        return text


@cache
def _identity() -> tuple[int | str, ...]:
    """Every code point for itself; frequent characters as such, which ``str.translate`` takes more quickly."""
    table: list[int | str] = list(range(_PLANES))
    for block in _COMMON:
        table[block.start : block.stop] = map(chr, block)
    return tuple(table)


def _keys_of(stage: Stage) -> re.Pattern[str]:
    """A class of the characters that `stage` changes; every stage of normalisation knows single characters only."""
    return gate(stage.changes)


_STAGES: dict[str, Stage] = {}


def _stage(node: Mapping[str, object]) -> Stage:
    """The compiled stage of a dictionary tree; configurations that share a tree share the stage."""
    name = repr(node)
    stage = _STAGES.get(name)
    if stage is None:
        stage = _STAGES[name] = Stage(merge(node))
    return stage


@cache
def converter(name: str) -> Converter:
    """The compiled configuration `name`, made on first use and kept.

    Raises:
        ConfigError: there is no such configuration; names those that there are.
    """
    return Converter(name)
