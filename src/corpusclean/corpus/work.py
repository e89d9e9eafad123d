"""What is done to one batch, wherever it is done: in this process or in a worker."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from ..cleaner import Cleaner
from ..errors import BinaryInputError, CorpusCleanError, LimitExceeded
from .conditions import Condition
from .formats import Format
from .outcomes import Outcome
from .records import Cleaned, Record, Trouble
from .writers import SURROGATE

__all__ = ["BatchResult", "Inspector", "Item", "Job", "clean_record"]

Item = Record | Trouble
BETWEEN = -1  # the mark of a worker that is at no document


class Inspector(Protocol):
    """Looks at documents in the workers, where their sources are at hand; picklable."""

    def look(self, number: int, record: Record, cleaned: Cleaned) -> dict[str, Any] | None:
        """What is to be known of this document in the parent, as plain JSON values; mostly ``None``."""
        ...


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What came of one batch.

    Attributes:
        outcomes: one for each item, in order.
        pieces: the bytes to append to each output file, in the order of the job's formats.
        texts: the clean texts by position in the batch, where a text folder is written.
        notes: what inspectors said, each with the inspector's position in the job.
    """

    outcomes: tuple[Outcome, ...]
    pieces: tuple[bytes, ...]
    texts: dict[int, bytes]
    notes: tuple[tuple[int, dict[str, Any]], ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """What a run does to every batch; picklable, since workers get it once, when they start.

    Attributes:
        cleaner: how to clean.
        formats: of each output file.
        folder: whether a text folder is written too.
        conditions: a document for which one of them holds is dropped.
        inspectors: each looks at every document that comes out.
        today: the day the run began, as of :meth:`corpusclean.Cleaner.clean`.
    """

    cleaner: Cleaner
    formats: tuple[Format, ...] = ()
    folder: bool = False
    conditions: tuple[Condition, ...] = ()
    inspectors: tuple[Inspector, ...] = ()
    today: datetime.date | None = None

    def work(
        self,
        items: Sequence[Item],
        numbers: Sequence[int],
        mark: Callable[[int], None] | None = None,
        *,
        probe: bool = False,
    ) -> BatchResult:
        """Clean a batch and encode what came out.

        Args:
            items: records, and the troubles that readers had.
            numbers: which item of the input each of them is.
            mark: told the position of the document that is begun, and -1 after the last one.
            probe: it will be done again, so that inspectors must not look at it yet.
        """
        outcomes: list[Outcome] = []
        kept: list[Cleaned] = []
        texts: dict[int, bytes] = {}
        notes: list[tuple[int, dict[str, Any]]] = []
        for at, (item, number) in enumerate(zip(items, numbers, strict=True)):
            if isinstance(item, Trouble):
                outcomes.append(Outcome.of_trouble(number, item))
                continue
            if mark is not None:
                mark(at)
            result = self._clean(item)
            if isinstance(result, Trouble):
                outcomes.append(Outcome.of_trouble(number, result, item))
                continue
            condition = next((one.text for one in self.conditions if one.holds(result.document)), "")
            outcomes.append(Outcome.of_cleaned(number, result, condition=condition))
            if condition:
                continue
            kept.append(result)
            if self.folder:
                texts[at] = result.document.text.encode()
            for which, inspector in enumerate(() if probe else self.inspectors):
                note = inspector.look(number, item, result)
                if note is not None:
                    notes.append((which, note))
        if mark is not None:
            mark(BETWEEN)
        return BatchResult(tuple(outcomes), tuple(form.encode(kept) for form in self.formats), texts, tuple(notes))

    def _clean(self, record: Record) -> Cleaned | Trouble:
        """Clean one record, if every output can hold what comes out."""
        result = clean_record(record, self.cleaner, today=self.today)
        if isinstance(result, Trouble):
            return result
        refusals = [form.refusal(result) for form in self.formats]
        for refusal in refusals:
            if refusal is not None:
                return Trouble(record.id, "failed", refusal.what, refusal.where, refusal.remedy)
        text = result.document.text
        if self.folder and not text.isascii() and (found := SURROGATE.search(text)):
            return Trouble(
                record.id,
                "failed",
                "the text holds a lone surrogate, which UTF-8 cannot write",
                f"code point {found.start()}",
                "write JSON lines instead (-o OUT.jsonl)",
            )
        return result


def clean_record(record: Record, cleaner: Cleaner, *, today: datetime.date | None = None) -> Cleaned | Trouble:
    r"""Clean one record; nothing that is wrong with it raises.

    >>> clean_record(Record("a", "a", b"\x7fELF\x00\x00"), Cleaner()).kind
    'rejected'
    """
    try:
        document = cleaner.clean(
            record.source,
            url=record.url,
            http_charset=record.http_charset,
            media_type=record.media_type,
            id=record.id,
            today=today,
        )
    except (BinaryInputError, LimitExceeded) as error:
        return Trouble(record.id, "rejected", error.what, error.where, error.remedy)
    except CorpusCleanError as error:
        return Trouble(record.id, "failed", error.what, error.where, error.remedy)
    except MemoryError:
        return Trouble(
            record.id,
            "failed",
            f"there is not enough memory to clean its {record.size:,} bytes",
            remedy="run fewer workers (--jobs), or lower limits.input_bytes",
        )
    except Exception as error:  # a defect in one document must not end the run
        return Trouble(
            record.id,
            "failed",
            f"corpusclean broke on it ({type(error).__name__}: {str(error)[:200]})",
            remedy="this is a defect of corpusclean; please report it",
        )
    return Cleaned(record.name, record.size, document, record.extra)
