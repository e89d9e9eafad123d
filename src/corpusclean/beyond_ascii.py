"""What of a text is not ASCII, where that is little: most passes have nothing to do with the rest."""

from __future__ import annotations

__all__ = ["few_beyond_ascii"]

_ASCII = bytes(range(128))
_SEVERAL = 64


def few_beyond_ascii(text: str, *, gone: bytes = _ASCII) -> str | None:
    """The characters of `text` that are not ASCII, in their order; ``None`` if they seem to be many.

    Three passes in C over the text. What is asked of one character is then asked of these alone.

    Args:
        text: any text.
        gone: the bytes of ASCII that are left out; by default all of them.

    >>> few_beyond_ascii("It\u2019s a caf\u00e9") == "\u2019\u00e9", few_beyond_ascii("你好")
    (True, None)
    """
    if not text[::_SEVERAL].isascii():
        return None
    return text.encode("utf-8", "surrogatepass").translate(None, gone).decode("utf-8", "surrogatepass")
