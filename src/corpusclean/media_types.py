"""Media types as servers send them."""

from __future__ import annotations

__all__ = ["media_type_of"]

_MEDIA_TYPES = {"text/html": "text/html", "application/xhtml+xml": "text/html", "text/plain": "text/plain"}


def media_type_of(value: object) -> tuple[str | None, str | None]:
    """A ``Content-Type`` as the pair (media type for the cleaner, charset parameter); ``None`` for not known.

    >>> media_type_of("text/HTML; charset=GBK")
    ('text/html', 'gbk')
    >>> media_type_of("application/octet-stream")
    (None, None)
    """
    if not isinstance(value, str):
        return None, None
    kind, _, parameters = value.lower().partition(";")
    charset = None
    for parameter in parameters.split(";"):
        name, _, given = parameter.partition("=")
        if name.strip() == "charset":
            charset = given.strip().strip("\"'") or None
    return _MEDIA_TYPES.get(kind.strip()), charset
