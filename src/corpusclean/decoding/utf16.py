r"""UTF-16 without a byte-order mark: every other byte comes from the few high bytes of one script.

In text of most scripts spaces, digits and line ends give NULs on one side only; in Chinese and Japanese the high bytes
lie between 4E and 9F, or are 30 and FF, while the low bytes lie everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping

from .binary import control_share
from .judge import judge
from .plausibility import price

__all__ = ["guess_utf16", "guess_utf32"]

_LOOK = 1024
_HIGH = bytes(
    [*range(0x11), 0x17, 0x1E, 0x1F, 0x20, 0x21, 0x25, 0x26, 0x30, *range(0x4E, 0xA0), *range(0xAC, 0xD8), 0xFE, 0xFF]
)
_SURE = 9.9  # nats per character of UTF-16 text at most


def guess_utf16(data: bytes, credit: Mapping[str, float]) -> str | None:
    r"""``utf-16le`` or ``utf-16be`` if the bytes are such text without a mark, else ``None``.

    >>> guess_utf16("你好，我的世界".encode("utf-16-be"), {}), guess_utf16("你好，世界".encode("gbk"), {})
    ('utf-16be', None)
    """
    sample = data[: min(len(data) & ~1, _LOOK)]
    if len(sample) < 4:
        return None
    even, odd = sample[0::2], sample[1::2]
    half = len(even)
    best: tuple[float, str] | None = None
    for name, high in (("utf-16le", odd), ("utf-16be", even)):
        if len(high.translate(None, _HIGH)) > half * 0.08:
            continue
        text = sample.decode("utf-16-" + name[-2:], "surrogatepass")
        mean = _mean(text)
        if mean <= _SURE and (best is None or mean < best[0]):
            best = mean, name
    if best is None or (b"\x00" not in sample and not _beats_bytes(data, credit)):
        return None
    return best[1]


def guess_utf32(data: bytes) -> str | None:
    r"""``utf-32le`` or ``utf-32be`` if the bytes are such text without a mark, else ``None``.

    WHATWG knows neither; three NULs in four bytes leave no doubt.

    >>> guess_utf32("Grüße".encode("utf-32-le"))
    'utf-32le'
    """
    if len(data) % 4 or data[:_LOOK].count(0) < len(data[:_LOOK]) * 0.45:
        return None
    for name in ("utf-32le", "utf-32be"):
        try:
            text = data.decode("utf-32-" + name[-2:])
        except UnicodeDecodeError:
            continue
        if _mean(text[:_LOOK]) <= _SURE:
            return name
    return None


def _mean(text: str) -> float:
    """Nats per character; characters that are no text make it infinite when they are many."""
    odd = sum(map(text.count, "\x00\x01\x02\x03\x04\x05\x06\x07\x0b\x0e\x0f"))
    if odd > len(text) // 20:
        return 99.0
    return price(text, ("any",)).total / len(text)


def _beats_bytes(data: bytes, credit: Mapping[str, float]) -> bool:
    """Whether bytes without a NUL, which gives UTF-16 away, make more sense two by two than in any other encoding."""
    head = data[:_LOOK]
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError as error:
        text = head[: error.start].decode("utf-8") if error.start >= len(head) - 3 and len(head) > 8 else ""
    if text and not control_share(head):
        return False
    return judge(head, credit, utf16=True).name.startswith("utf-16")
