"""Tables, for the terminal and for the page ``docs/benchmarks.md``."""

from __future__ import annotations

import datetime
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import corpusclean

__all__ = ["Table", "machine", "page", "plain"]


ORDER = ("Text", "HTML", "Each step beside its peer", "Share of each step", "Processes", "Growth with size")
"""The tables of the page."""


class Table(NamedTuple):
    """A table with a title and a sentence or two that say what was measured."""

    title: str
    note: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]


def plain(table: Table) -> str:
    """The table in columns, for a terminal."""
    rows = [table.head, *table.rows]
    widths = [max(len(row[column]) for row in rows) for column in range(len(table.head))]
    lines = [
        "  ".join(cell.rjust(width) if column else cell.ljust(width) for column, (cell, width) in enumerate(cells))
        for cells in (list(zip(row, widths, strict=True)) for row in rows)
    ]
    return "\n".join(["", table.title, *(line.rstrip() for line in lines)])


def _markdown(table: Table, stamp: str) -> str:
    rule = ["---", *["---:"] * (len(table.head) - 1)]
    rows = ["| " + " | ".join(row) + " |" for row in (table.head, rule, *table.rows)]
    return "\n".join([f"## {table.title}", "", table.note, "", *rows, "", stamp, ""])


def machine() -> str:
    """The processor, as the system calls it, and how many of them."""
    name = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        models = [line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if line[:10] == "model name"]
        name = models[0] if models else name
    return f"{name}, {os.cpu_count()} cores, {platform.system()}"


def page(tables: Sequence[Table], versions: Mapping[str, str], command: str, former: str) -> str:
    """The page of the documentation; tables of the `former` page that were not measured again stay."""
    today = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d")
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    stamp = f"Measured on {today} with corpusclean {corpusclean.__version__}; load of the machine {load}: `{command}`."
    peers = ", ".join(f"{name} {number}" for name, number in versions.items())
    head = f"""# Benchmarks

This page is written by `python benchmarks/run.py --write`; do not edit it.

- Python {sys.version.split()[0]}. Peers: {peers}.
- Machine: {machine()}.

Ratios say how many times as fast as the peer corpusclean is: 2.00 takes half its time, 0.50 twice. Where contenders
run in turns, a ratio is the median of the rounds, with the least and the greatest round in brackets. Times are CPU
seconds of one core; megabytes are millions of bytes of input. Every step is on, the target script is `hans`. The
texts are made by `benchmarks/mixes.py`, so anyone can make the same ones. The load is the number of processes that
wanted one of the cores: at a load far above theirs, what is measured in wall-clock time says nothing.
"""
    sections = {part.partition("\n")[0]: f"## {part}" for part in former.split("\n## ")[1:]}
    sections = {title: part.rstrip("\n") + "\n" for title, part in sections.items()}
    sections |= {table.title: _markdown(table, stamp) for table in tables}
    known = [title for title in ORDER if title in sections]
    return "\n".join([head, *(sections[title] for title in known)])
