"""Numbers as people read them."""

from __future__ import annotations

__all__ = ["duration", "plural", "share", "size"]


def plural(count: int, what: str) -> str:
    """A count of something.

    >>> plural(1, "document"), plural(1200, "document")
    ('1 document', '1,200 documents')
    """
    return f"{count:,} {what}{'s' * (count != 1)}"


def share(part: float, total: float) -> str:
    """A share in per cent; never 0 % of something, never 100 % of less than all.

    >>> share(1, 3), share(1, 10**6), share(999_999, 10**6), share(0, 5), share(5, 5), share(1, 0)
    ('33.3 %', '< 0.1 %', '> 99.9 %', '0 %', '100 %', '–')
    """
    if not total:
        return "–"
    if part in (0, total):
        return "100 %" if part else "0 %"
    percent = 100 * part / total
    if percent < 0.1:
        return "< 0.1 %"
    return "> 99.9 %" if percent > 99.9 else f"{percent:.1f} %"


def size(count: float) -> str:
    """A number of bytes, short.

    >>> size(999), size(1_234_567)
    ('999 B', '1.2 MB')
    """
    if count < 1000:
        return f"{count:.0f} B"
    units = ("kB", "MB", "GB", "TB")
    power = 1
    while power < len(units) and count / 1000**power >= 999.95:
        power += 1
    return f"{count / 1000**power:,.1f} {units[power - 1]}"


def duration(seconds: float) -> str:
    """A time as people say it.

    >>> duration(4.2), duration(75), duration(7300)
    ('4 s', '1 min 15 s', '2 h 1 min')
    """
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    return f"{minutes // 60} h {minutes % 60} min"
