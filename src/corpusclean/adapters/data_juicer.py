"""data-juicer: a mapper of its published shape (``process_single``, ``process_batched`` over columns of lists)."""

from __future__ import annotations

from typing import Any

from ..cleaner import Cleaner
from .rows import clean_row

__all__ = ["META", "CorpusCleanMapper"]

META = "__dj__meta__"  # data-juicer's field for what operators know of a sample


class CorpusCleanMapper:
    """Cleans ``text_key`` of each sample in place; what was learned goes into the sample's meta, by ``corpusclean``.

    A mapper cannot drop samples: one that cannot be cleaned gets an empty text, and its status and reason in the meta,
    so that a filter of the recipe takes it. To register it, derive from data-juicer's ``Mapper`` too::

        @OPERATORS.register_module("corpusclean_mapper")
        class CorpusCleanOp(CorpusCleanMapper, Mapper): ...

    >>> sample = CorpusCleanMapper(script="hant").process_single({"text": "国家"})
    >>> sample["text"], sample["__dj__meta__"]["corpusclean"]["status"]
    ('國家', 'cleaned')
    """

    _name = "corpusclean_mapper"
    _batched_op = True

    def __init__(
        self, cleaner: Cleaner | None = None, *args: Any, text_key: str = "text", batch_size: int = 1000, **options: Any
    ) -> None:
        """Take a cleaner or the options of one; what is left over belongs to data-juicer's own base class."""
        given = {name: options.pop(name) for name in ("num_proc", "accelerator", "id_key") if name in options}
        self.cleaner = cleaner or Cleaner(**options)
        if type(self).__mro__[-2] is not CorpusCleanMapper:  # derived from data-juicer's Mapper as well
            base: Any = super()
            base.__init__(*args, text_key=text_key, batch_size=batch_size, **given)
        self.text_key, self.batch_size = text_key, batch_size

    def is_batched_op(self) -> bool:
        """Whether the operator takes columns of lists: it does."""
        return True

    def process_single(self, sample: dict[str, Any]) -> dict[str, Any]:
        """Clean one sample in place."""
        row = clean_row(self.cleaner, sample[self.text_key], url=sample.get("url"))
        sample[self.text_key] = row.document.text if row.document is not None else ""
        known = row.document.metadata.to_dict() if row.document is not None else {}
        sample[META] = (sample.get(META) or {}) | {"corpusclean": {"status": row.status, "reason": row.reason} | known}
        return sample

    def process_batched(self, samples: dict[str, list[Any]]) -> dict[str, list[Any]]:
        """Clean a batch in place: columns of lists, all of one length."""
        size = len(samples[self.text_key])
        done = [self.process_single({name: column[at] for name, column in samples.items()}) for at in range(size)]
        for name in (self.text_key, META):
            samples[name] = [sample[name] for sample in done]
        return samples

    process = process_batched
