"""Every error that corpusclean raises on purpose.

Each one says what was wrong, where, and what to do, and derives from :class:`CorpusCleanError`, so that one
``except`` catches them all and nothing else.
"""

from __future__ import annotations

__all__ = [
    "BinaryInputError",
    "ConfigError",
    "CorpusCleanError",
    "InputError",
    "LedgerError",
    "LimitExceeded",
    "MissingExtraError",
]


class CorpusCleanError(Exception):
    """Base of all errors of this package.

    Attributes:
        what: one sentence: what is wrong.
        where: the place (a path, a key, a byte offset with a few bytes around it), or ``""``.
        remedy: what to do about it, or ``""``.

    >>> print(CorpusCleanError("no such key", where="clean.toml: [scirpt]", remedy="did you mean [script]?"))
    no such key (clean.toml: [scirpt]); did you mean [script]?
    """

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        super().__init__(what, where, remedy)
        self.what, self.where, self.remedy = what, where, remedy

    def __str__(self) -> str:
        place = f" ({self.where})" if self.where else ""
        remedy = f"; {self.remedy}" if self.remedy else ""
        return f"{self.what}{place}{remedy}"

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.what, self.where, self.remedy)


def _rebuild(kind: type[CorpusCleanError], what: str, where: str, remedy: str) -> CorpusCleanError:
    return kind(what, where=where, remedy=remedy)


class BinaryInputError(CorpusCleanError):
    r"""The bytes are not text in any encoding; ``what`` says what they look like.

    >>> import corpusclean
    >>> try:
    ...     corpusclean.clean(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    ... except BinaryInputError as error:
    ...     print(error.what)
    the input is binary: it looks like a PNG image
    """


class LimitExceeded(CorpusCleanError):  # noqa: N818  # the name that design and users know
    """A bound of :class:`~corpusclean.Limits` was passed and the document had to be refused.

    >>> import corpusclean
    >>> corpusclean.clean("好" * 10, limits={"input_bytes": 20})
    Traceback (most recent call last):
    ...
    corpusclean.errors.LimitExceeded: the input has 30 bytes, more than limits.input_bytes = 20; \
raise limits.input_bytes, or split the input
    """


class ConfigError(CorpusCleanError, ValueError):
    """An option has an unknown name or a value that it cannot take.

    >>> import corpusclean
    >>> corpusclean.Cleaner(scirpt="hant")
    Traceback (most recent call last):
    ...
    corpusclean.errors.ConfigError: unknown option: 'scirpt'; did you mean 'script'?
    """


class LedgerError(CorpusCleanError, ValueError):
    """A ledger is missing, damaged, or belongs to another text.

    >>> import corpusclean
    >>> try:
    ...     corpusclean.restore(corpusclean.clean("好"))
    ... except LedgerError as error:
    ...     print(error.remedy)
    clean it with ledger=True (command line: --ledger)
    """


class InputError(CorpusCleanError):
    """An input could not be read, or a record of it is not what its format promises.

    >>> import corpusclean
    >>> corpusclean.Document.from_dict({"text": "好"})
    Traceback (most recent call last):
    ...
    corpusclean.errors.InputError: a document needs the keys 'id' and 'text', both strings
    """


class MissingExtraError(CorpusCleanError, ImportError):
    """A feature needs an optional dependency that is not installed; the remedy names the extra.

    >>> print(MissingExtraError("polars cannot be imported", remedy="pip install 'corpusclean[polars]'"))
    polars cannot be imported; pip install 'corpusclean[polars]'
    """
