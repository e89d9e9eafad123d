"""Ledgers that are kept beside the documents, in a file of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import LedgerError

__all__ = ["with_ledger"]


def with_ledger(values: Mapping[str, Any], kept: Mapping[str, Any]) -> dict[str, Any]:
    """A document's dictionary, joined with the row of the sidecar that belongs to it: the n-th row to the n-th row.

    A document in a text folder has its text in one file and no dictionary; its row in the sidecar knows the ``name``,
    and :class:`FolderNames` gives the same files for the same names in the same order.

    Args:
        values: a row of the output: ``id``, ``text``, and ``metadata``.
        kept: a row of the sidecar (:class:`JsonLines` with ``holds="ledger"``).

    Returns:
        What :func:`corpusclean.restore` takes.

    Raises:
        LedgerError: the two do not belong together, or the sidecar has no ledger for it.

    >>> with_ledger({"id": "a", "text": "x"}, {"id": "b", "ledger": {}})
    Traceback (most recent call last):
    ...
    corpusclean.errors.LedgerError: the ledger belongs to 'b', not to 'a'; give the sidecar that the same run wrote
    """
    remedy = "give the sidecar that the same run wrote"
    if values.get("id") != kept.get("id"):
        raise LedgerError(f"the ledger belongs to {kept.get('id')!r}, not to {values.get('id')!r}", remedy=remedy)
    if kept.get("ledger") is None:
        raise LedgerError(f"there is no ledger of {values.get('id')!r}", remedy="clean with ledger=True (--ledger)")
    return {**values, "removed": kept.get("removed", []), "ledger": kept["ledger"]}
