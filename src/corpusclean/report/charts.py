"""Plots as inline SVG. Each stands beside its numbers, so that nothing is said by a picture alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..figures import share
from .elements import Html, tag

__all__ = ["bar_table", "histogram", "number", "stacked_bar"]

WIDTH = 200.0  # of a bar, in units of its view box
TOP = 12  # rows of a table of counts; the rest is summed up


def number(value: float) -> str:
    """A count as people read it.

    >>> number(1234567)
    '1,234,567'
    """
    return f"{value:,.0f}"


def bar(start: float, length: float, kind: str) -> Html:
    """A bar from `start` on, both as shares of the full width; what is not nothing can be seen."""
    width = max(length * WIDTH, 1.5) if length > 0 else 0.0
    x = min(start * WIDTH, WIDTH - width)
    drawn = tag("rect", x=f"{x:.2f}", y=0, width=f"{width:.2f}", height=10, rx=1.5, class_=kind)
    return tag("svg", drawn, class_="bar", viewBox=f"0 0 {WIDTH:g} 10", preserveAspectRatio="none", aria_hidden="true")


def bar_table(caption: str, counts: Mapping[str, int], *, kind: str = "bar-count", names: str = "") -> Html:
    """Counts, largest first, each with its bar and its share.

    Args:
        caption: what is counted.
        counts: by name.
        kind: class of the bars.
        names: class of the names, ``mono`` for paths.
    """
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    if len(ranked) > TOP:
        rest = ranked[TOP - 1 :]
        ranked = [*ranked[: TOP - 1], (f"{len(rest):,} others", sum(count for _, count in rest))]
    total = sum(counts.values())
    most = max((count for _, count in ranked), default=0)
    rows = [
        tag(
            "tr",
            tag("th", name, scope="row", class_=names or None),
            tag("td", bar(0.0, count / most if most else 0.0, kind), class_="bars"),
            tag("td", number(count), class_="number"),
            tag("td", share(count, total), class_="number faint"),
        )
        for name, count in ranked
    ]
    return tag("table", tag("caption", caption), tag("tbody", rows), class_="counts")


def stacked_bar(parts: Sequence[tuple[str, int, str]], label: str) -> Html:
    """One bar that all parts share; `parts` are name, count and class.

    >>> "2 cleaned" in stacked_bar([("cleaned", 2, "good")], "Documents")
    True
    """
    total = sum(count for _, count, _ in parts)
    gap = 1.5
    shown = [part for part in parts if part[1]]
    room = 720 - gap * max(0, len(shown) - 1)
    widths = [max(4.0, room * count / total) for _, count, _ in shown]
    excess = sum(widths) - room
    if widths and excess > 0:  # what was widened to be seen is taken from the widest
        widths[widths.index(max(widths))] -= excess
    x, drawn = 0.0, []
    for (_, _, kind), width in zip(shown, widths, strict=True):
        drawn.append(tag("rect", x=f"{x:.1f}", y=0, width=f"{width:.1f}", height=20, class_=kind))
        x += width + gap
    said = ", ".join(f"{number(count)} {name}" for name, count, _ in parts)
    return tag(
        "svg",
        tag("title", f"{label}: {said}"),
        drawn,
        class_="stack",
        viewBox="0 0 720 20",
        preserveAspectRatio="none",
        role="img",
        aria_label=f"{label}: {said}",
    )


def histogram(counts: Mapping[int, int], label: str) -> Html:
    """How many documents have a length of up to each power of two; `counts` by the exponent.

    Bucket *n* holds the lengths with *n* binary digits: 0 is empty, 1 is 1, 2 is 2 to 3, 3 is 4 to 7, and so on.
    """
    if not counts:
        return tag("p", "No document came out.", class_="faint")
    low, high = min(counts), max(counts)
    steps = list(range(low, high + 1))
    most = max(counts.values())
    width, height, left, bottom = 360.0, 150.0, 4.0, 22.0
    pitch = (width - 2 * left) / max(len(steps), 8)
    drawn: list[Html] = []
    every = 1 + len(steps) // 9
    for at, step in enumerate(steps):
        count = counts.get(step, 0)
        tall = (height - bottom - 14) * count / most
        tall = max(tall, 1.0) if count else 0.0
        x, y = left + at * pitch, height - bottom - tall
        drawn.append(
            tag(
                "rect",
                x=f"{x + 1:.1f}",
                y=f"{y:.1f}",
                width=f"{pitch - 2:.1f}",
                height=f"{tall:.1f}",
                rx=1,
                class_="bar-count",
            )
        )
        if count == most:
            drawn.append(tag("text", number(count), x=f"{x + pitch / 2:.1f}", y=f"{y - 4:.1f}", text_anchor="middle"))
        if at % every == 0:
            place = {"x": f"{x + pitch / 2:.1f}", "y": f"{height - 6:.1f}", "text_anchor": "middle"}
            drawn.append(tag("text", _floor(step), class_="axis", **place))
    drawn.append(tag("line", x1=left, y1=height - bottom, x2=width - left, y2=height - bottom, class_="axis"))
    rows = [
        tag("tr", tag("th", span_of(step), scope="row"), tag("td", number(counts.get(step, 0)), class_="number"))
        for step in steps
    ]
    table = tag("table", tag("thead", tag("tr", tag("th", "characters"), tag("th", "documents"))), tag("tbody", rows))
    said = f"{label}: most documents ({number(most)}) have {span_of(_fullest(counts))} characters"
    picture = tag(
        "svg",
        tag("title", said),
        drawn,
        class_="histogram",
        viewBox=f"0 0 {width:g} {height:g}",
        role="img",
        aria_label=said,
    )
    return tag(
        "figure",
        tag("figcaption", label),
        picture,
        tag("details", tag("summary", "as numbers"), table, class_="numbers"),
    )


def _fullest(counts: Mapping[int, int]) -> int:
    return max(counts, key=lambda step: (counts[step], -step))


def _floor(step: int) -> str:
    """The least length in a bucket, short.

    >>> _floor(0), _floor(1), _floor(11), _floor(21)
    ('0', '1', '1k', '1M')
    """
    least = 1 << (step - 1) if step else 0
    if least >= 1 << 20:
        return f"{least >> 20}M"
    return f"{least >> 10}k" if least >= 1 << 10 else str(least)


def span_of(step: int) -> str:
    """The lengths in a bucket.

    >>> span_of(0), span_of(1), span_of(11)
    ('0', '1', '1,024 to 2,047')
    """
    if step < 2:
        return str(step)
    return f"{1 << (step - 1):,} to {(1 << step) - 1:,}"
