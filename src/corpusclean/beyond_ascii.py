"""What of a text is not ASCII, where that is little: most passes have nothing to do with the rest."""

from __future__ import annotations

__all__ = ["beyond_ascii", "few_beyond_ascii", "is_mostly_ascii"]

_ASCII = bytes(range(128))
_SEVERAL = 64
_FEW = 16  # one character in so many, of those looked at


def is_mostly_ascii(text: str) -> bool:
    """Whether few characters of `text` seem to be beyond ASCII; one character in 64 is looked at.

    >>> is_mostly_ascii("It\u2019s a caf\u00e9"), is_mostly_ascii("你好")
    (True, False)
    """
    some = text[::_SEVERAL]
    return some.isascii() or len(some) - len(some.encode("ascii", "ignore")) <= len(some) // _FEW


def beyond_ascii(data: bytes, *, gone: bytes = _ASCII) -> str:
    """What is not ASCII, of a text in UTF-8 (lone surrogates included); `gone` are the bytes that are left out.

    >>> beyond_ascii("a 你b".encode())
    '你'
    """
    return data.translate(None, gone).decode("utf-8", "surrogatepass")


def few_beyond_ascii(text: str, *, gone: bytes = _ASCII) -> str | None:
    """The characters of `text` that are not ASCII, in their order; ``None`` if they seem to be many.

    Three passes in C over the text. What is asked of one character is then asked of these alone.

    Args:
        text: any text.
        gone: the bytes of ASCII that are left out; by default all of them.

    >>> few_beyond_ascii("It\u2019s a caf\u00e9") == "\u2019\u00e9", few_beyond_ascii("你好")
    (True, None)
    """
    return beyond_ascii(text.encode("utf-8", "surrogatepass"), gone=gone) if is_mostly_ascii(text) else None
