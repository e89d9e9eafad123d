"""Batches: the input in pieces, always cut at the same places, so that the output is the same for any workers."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from .records import Record, Trouble
from .selection import Selection
from .work import Item

__all__ = ["MAX_BYTES", "MAX_DOCUMENTS", "Batch", "Batches"]

MAX_DOCUMENTS = 128
MAX_BYTES = 2**20
DIGEST_SIZE = 16


@dataclass(frozen=True, slots=True)
class Batch:
    """Some items of the input, in order.

    Attributes:
        items: at most 128; the last is the one that brings them to 1 MiB.
        numbers: which item of the input each is.
        read: items of the input up to the end of this batch, those passed over included.
        skipped: those of them that were passed over.
        digest: a hash of all the items up to there.
    """

    items: tuple[Item, ...]
    numbers: tuple[int, ...]
    read: int
    skipped: int
    digest: str

    @property
    def size(self) -> int:
        """Bytes of all its records."""
        return sum(item.size for item in self.items if isinstance(item, Record))

    def without(self, at: int, how: str) -> Batch:
        """This batch, with a failure in the place of a document."""
        items = list(self.items)
        items[at] = Trouble(items[at].id, "failed", how, remedy="it was left out; please report it if you can share it")
        return dataclasses.replace(self, items=tuple(items))


class Batches:
    """Cuts items into batches; an iterator.

    Args:
        items: what a reader yields.
        selection: which of them are wanted.

    >>> made = Batches((Record(name, name, b"x") for name in "abc"), Selection(limit=2))
    >>> [(batch.numbers, batch.read) for batch in made]
    [((0, 1), 2)]
    """

    def __init__(self, items: Iterable[Item], selection: Selection) -> None:
        self._items = iter(items)
        self._selection = selection
        self._hash = hashlib.blake2b(digest_size=DIGEST_SIZE)
        self._read = self._skipped = 0
        self._ended = False

    def pass_over(self, count: int, each: Callable[[int, Item], None]) -> str | None:
        """Read what was done before, and give its digest; ``None`` if the input has fewer items.

        Args:
            count: items, as :attr:`Batch.read` counts.
            each: told every item that was wanted, and its number.
        """
        while self._read < count:
            item = self._next()
            if item is None:
                return None
            if self._wanted():
                each(self._read - 1, item)
        return self._hash.hexdigest()

    def __iter__(self) -> Iterator[Batch]:
        return self

    def __next__(self) -> Batch:
        if self._ended:
            raise StopIteration
        items: list[Item] = []
        numbers: list[int] = []
        size, before = 0, self._read
        while len(items) < MAX_DOCUMENTS and size < MAX_BYTES:
            item = self._next()
            if item is None:
                self._ended = True
                break
            if self._wanted():
                items.append(item)
                numbers.append(self._read - 1)
                size += item.size if isinstance(item, Record) else 0
        if self._read == before:
            raise StopIteration
        return Batch(tuple(items), tuple(numbers), self._read, self._skipped, self._hash.hexdigest())

    def _next(self) -> Item | None:
        """The next item, counted and hashed."""
        if self._selection.full(self._read):
            return None
        item = next(self._items, None)
        if item is not None:
            self._read += 1
            _add(self._hash, item)
        return item

    def _wanted(self) -> bool:
        """Whether the item that was just read is wanted."""
        wanted = self._selection.wants(self._read - 1)
        self._skipped += not wanted
        return wanted


def _add(digest: hashlib.blake2b, item: Item) -> None:
    """Add all that can change what becomes of an item."""
    if isinstance(item, Record):
        data = item.source if isinstance(item.source, bytes) else item.source.encode("utf-8", "surrogatepass")
        known = (item.id, item.name, item.url, item.http_charset, item.media_type, type(item.source).__name__)
        digest.update(repr((known, item.extra, len(data))).encode("utf-8", "surrogatepass"))
        digest.update(data)
    else:
        digest.update(repr((item.id, item.kind)).encode("utf-8", "surrogatepass"))
