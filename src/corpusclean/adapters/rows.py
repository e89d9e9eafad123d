"""One document through the cleaner, as a row: a trouble becomes a status with a reason, never an exception."""

from __future__ import annotations

import hashlib
from typing import Literal, NamedTuple

from ..cleaner import Cleaner
from ..document import Document
from ..errors import BinaryInputError, CorpusCleanError, LimitExceeded
from ..media_types import media_type_of

__all__ = ["Row", "clean_row", "media_type_of", "source_id"]


class Row(NamedTuple):
    """What became of one document.

    Attributes:
        id: the name given, else as the library makes it, also where the document did not come out.
        status: ``cleaned``; ``rejected`` (no text, or past a limit: nothing is wrong with the run); ``failed``.
        reason: one sentence, ``None`` where cleaned.
        document: the document, ``None`` where it did not come out.
    """

    id: str
    status: Literal["cleaned", "rejected", "failed"]
    reason: str | None
    document: Document | None


def clean_row(
    cleaner: Cleaner,
    source: object,
    *,
    id: object = None,  # noqa: A002  # the name of the field it fills
    url: object = None,
    http_charset: object = None,
    media_type: object = None,
) -> Row:
    r"""Clean one document as an engine holds it.

    Args:
        cleaner: how to clean.
        source: ``bytes`` (or ``bytearray``, ``memoryview``) or ``str``; ``None`` is rejected.
        id: its name; a number is written out. ``None`` or ``""`` lets the library name it.
        url: its address; not a ``str``, or empty: not known.
        http_charset: the encoding that the server declared.
        media_type: a media type as servers send it, see :func:`media_type_of`.

    >>> clean_row(Cleaner(), "你好。", id=7)[:3]
    ('7', 'cleaned', None)
    >>> clean_row(Cleaner(), None, id="a")[:3]
    ('a', 'rejected', 'there is no text (null)')
    """
    name = "" if id is None else id.decode("utf-8", "backslashreplace") if isinstance(id, bytes) else str(id)
    if isinstance(source, bytearray | memoryview):
        source = bytes(source)
    if not isinstance(source, bytes | str):
        if source is None:
            return Row(name, "rejected", "there is no text (null)", None)
        return Row(name, "failed", f"text must be bytes or str, not {type(source).__name__}", None)
    kind, charset = media_type_of(media_type)
    try:
        document = cleaner.clean(
            source,
            url=url if isinstance(url, str) and url else None,
            http_charset=http_charset if isinstance(http_charset, str) and http_charset else charset,
            media_type=kind,
            id=name or None,
        )
    except (BinaryInputError, LimitExceeded) as error:
        return Row(name or source_id(source), "rejected", str(error), None)
    except CorpusCleanError as error:
        return Row(name or source_id(source), "failed", str(error), None)
    except Exception as error:  # a defect in one document must not end the run
        said = f"corpusclean broke on it ({type(error).__name__}: {str(error)[:200]}); please report it"
        return Row(name or source_id(source), "failed", said, None)
    return Row(document.id, "cleaned", None, document)


def source_id(source: bytes | str) -> str:
    """The name that the library gives a document without one: 32 hex digits of a hash of the input.

    >>> source_id("a") == Cleaner().clean("a").id
    True
    """
    data = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
    return hashlib.blake2b(data, digest_size=16).hexdigest()
