"""The run: records in, results out, in order; one document's trouble is never another's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..cleaner import Cleaner
from ..errors import BinaryInputError, CorpusCleanError, LimitExceeded
from .records import Cleaned, Record, Totals, Trouble
from .writers import Writer

__all__ = ["clean_records", "run"]


def clean_records(records: Iterable[Record | Trouble], cleaner: Cleaner) -> Iterator[Cleaned | Trouble]:
    """Clean each record; what a reader could not read goes through as it is."""
    for record in records:
        yield record if isinstance(record, Trouble) else _clean(record, cleaner)


def run(
    records: Iterable[Record | Trouble], cleaner: Cleaner, writers: Iterable[Writer], totals: Totals
) -> Iterator[Cleaned | Trouble]:
    """Clean each record, hand it to every writer, count it, and give the result to whoever watches.

    Args:
        records: what a reader yields.
        cleaner: how to clean.
        writers: already entered.
        totals: grows as the run goes on; ``totals.read`` is counted apart from the results, so that the two can
            be compared at the end.
    """
    writers = tuple(writers)
    for result in clean_records(_counted(records, totals), cleaner):
        if isinstance(result, Cleaned):
            result = _write(result, writers)
        totals.add(result)
        yield result


def _counted(records: Iterable[Record | Trouble], totals: Totals) -> Iterator[Record | Trouble]:
    for record in records:
        totals.read += 1
        yield record


def _clean(record: Record, cleaner: Cleaner) -> Cleaned | Trouble:
    try:
        document = cleaner.clean(
            record.source,
            url=record.url,
            http_charset=record.http_charset,
            media_type=record.media_type,
            id=record.id,
        )
    except (BinaryInputError, LimitExceeded) as error:
        return Trouble(record.id, "rejected", error.what, error.where, error.remedy)
    except CorpusCleanError as error:
        return Trouble(record.id, "failed", error.what, error.where, error.remedy)
    except Exception as error:  # a defect in one document must not end the run
        return Trouble(
            record.id,
            "failed",
            f"corpusclean broke on it ({type(error).__name__}: {str(error)[:200]})",
            remedy="this is a defect of corpusclean; please report it",
        )
    return Cleaned(record.name, record.size, document, record.extra)


def _write(cleaned: Cleaned, writers: tuple[Writer, ...]) -> Cleaned | Trouble:
    for writer in writers:
        try:
            writer.write(cleaned)
        except CorpusCleanError as error:
            return Trouble(cleaned.document.id, "failed", error.what, error.where, error.remedy)
    return cleaned
