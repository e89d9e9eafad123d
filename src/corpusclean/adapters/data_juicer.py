"""data-juicer: a mapper of its published shape (``process_single``, ``process_batched`` over columns of lists)."""

from __future__ import annotations

import json
from typing import Any

from ..cleaner import Cleaner
from ..config import CleanConfig
from .rows import clean_row

__all__ = ["META", "CorpusCleanMapper"]

META = "__dj__meta__"  # data-juicer's field for what operators know of a sample
OPTIONS = {*CleanConfig.__dataclass_fields__, "punctuation"}


class CorpusCleanMapper:
    """Cleans ``text_key`` of each sample in place; what was learned goes into the sample's meta, by ``corpusclean``.

    It is one string of JSON, since Arrow, on which data-juicer rests, wants the same keys in every row.

    A mapper cannot drop samples: one that cannot be cleaned gets an empty text, and its status and reason in the meta,
    so that a filter of the recipe takes it. To register it, derive from data-juicer's ``Mapper`` too::

        @OPERATORS.register_module("corpusclean_mapper")
        class CorpusCleanOp(CorpusCleanMapper, Mapper): ...

    >>> sample = CorpusCleanMapper(script="hant").process_single({"text": "国家"})
    >>> sample["text"], json.loads(sample["__dj__meta__"]["corpusclean"])["status"]
    ('國家', 'cleaned')
    """

    _name = "corpusclean_mapper"
    _batched_op = True

    def __init__(
        self, cleaner: Cleaner | None = None, *args: Any, text_key: str = "text", batch_size: int = 1000, **options: Any
    ) -> None:
        """Take a cleaner or the options of one; the rest goes to data-juicer's own base class."""
        derived = type(self).__mro__[-2] is not CorpusCleanMapper  # from data-juicer's Mapper as well
        ours = {name: value for name, value in options.items() if not derived or name.partition(".")[0] in OPTIONS}
        self.cleaner = cleaner or Cleaner(**ours)
        if derived:
            base: Any = super()
            base.__init__(
                *args, text_key=text_key, batch_size=batch_size, **{k: v for k, v in options.items() if k not in ours}
            )
        self.text_key, self.batch_size = text_key, batch_size

    def is_batched_op(self) -> bool:
        """Whether the operator takes columns of lists: it does."""
        return True

    def process_single(self, sample: dict[str, Any]) -> dict[str, Any]:
        """Clean one sample in place."""
        row = clean_row(self.cleaner, sample[self.text_key], url=sample.get("url"))
        sample[self.text_key] = row.document.text if row.document is not None else ""
        known = row.document.metadata.to_dict() if row.document is not None else {}
        said = json.dumps({"status": row.status, "reason": row.reason} | known, ensure_ascii=False)
        sample[META] = (sample.get(META) or {}) | {"corpusclean": said}
        return sample

    def process_batched(self, samples: dict[str, list[Any]]) -> dict[str, list[Any]]:
        """Clean a batch in place: columns of lists, all of one length."""
        size = len(samples[self.text_key])
        done = [self.process_single({name: column[at] for name, column in samples.items()}) for at in range(size)]
        for name in (self.text_key, META):
            samples[name] = [sample[name] for sample in done]
        return samples

    process = process_batched
