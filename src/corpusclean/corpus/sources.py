"""Sources: what the user names, as the files that it stands for."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import IO

from .codecs import codec_of_name
from .fields import Place
from .kinds import PACKED_SUFFIXES
from .reading import unreadable
from .records import Trouble
from .remote import REMOTE, remote_files

__all__ = ["STANDARD_INPUT", "Source", "find", "measure", "named_files"]

STANDARD_INPUT = "-"
WILDCARDS = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class Source:
    """One file.

    Attributes:
        place: where it is.
        open: opens it.
        file_name: what says what it is: its name, or ``""`` for standard input.
    """

    place: Place
    open: Callable[[], AbstractContextManager[IO[bytes]]]
    file_name: str


def find(sources: Iterable[str], leave_out: frozenset[Path]) -> Iterator[Source | Trouble]:
    """The files that `sources` stand for: each in turn, folders and patterns in sorted order."""
    for source in sources:
        if source == STANDARD_INPUT:
            place = Place(STANDARD_INPUT, "stdin")
            yield Source(place, lambda: nullcontext(sys.stdin.buffer), "")
        elif REMOTE.match(source):
            for label, name, opened in remote_files(source):
                yield opened if isinstance(opened, Trouble) else Source(Place(label, name), opened, name)
        else:
            yield from _local(source, leave_out)


def named_files(sources: Iterable[str], leave_out: frozenset[Path] = frozenset()) -> Iterator[Path | str]:
    """The local files that `sources` stand for, in the order of reading; standard input and remote paths as named."""
    for source in sources:
        if source == STANDARD_INPUT or REMOTE.match(source):
            yield source
            continue
        for item, _ in _below(source, leave_out):
            if isinstance(item, Path):
                yield item


def _local(source: str, leave_out: frozenset[Path]) -> Iterator[Source | Trouble]:
    found = False
    for item, name in _below(source, leave_out):
        found = True
        yield item if isinstance(item, Trouble) else _checked(item, name, named=item == Path(source))
    if found:
        return
    try:
        is_folder = Path(source).is_dir()
    except ValueError:
        is_folder = False
    if is_folder:
        yield Trouble(source, "rejected", "the folder holds no files", remedy="give a folder with text in it")
    else:
        yield Trouble(source, "failed", "no file matches the pattern", remedy="check the path, and put it in quotes")


def _below(source: str, leave_out: frozenset[Path]) -> Iterator[tuple[Path | Trouble, str]]:
    """The files that a path or pattern stands for, with their names relative to it."""
    path = Path(source)
    if not source:  # which Path takes for the current folder
        yield Trouble(source, "failed", "the path is empty", remedy="give a file or a folder"), ""
        return
    try:
        is_folder, is_there = path.is_dir(), path.exists() or path.is_symlink()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        yield unreadable(Place(source, source), error), ""
        return
    if is_folder:
        for item in _walk(path, leave_out):
            yield item, item.relative_to(path).as_posix() if isinstance(item, Path) else ""
    elif not is_there and WILDCARDS.search(source):
        root, pattern = _split(path)
        for item in _walk(root, leave_out):
            if isinstance(item, Trouble):
                if item.id != str(root):
                    yield item, ""
            elif _matches((relative := item.relative_to(root)).parts, pattern):
                yield item, relative.as_posix()
    else:
        yield path, path.name


def _split(path: Path) -> tuple[Path, tuple[str, ...]]:
    """A pattern as the folder to begin in, and the parts below it.

    >>> root, pattern = _split(Path("crawl/2*/**/*.gz")); root.as_posix(), pattern
    ('crawl', ('2*', '**', '*.gz'))
    """
    fixed = next(at for at, part in enumerate(path.parts) if WILDCARDS.search(part))
    return Path(*path.parts[:fixed]), path.parts[fixed:]


def _matches(parts: tuple[str, ...], pattern: tuple[str, ...]) -> bool:
    """Whether a path, or a folder that it lies in, matches; ``**`` is any number of folders.

    >>> pattern = ("2*", "**", "*.gz")
    >>> [_matches(tuple(path.split("/")), pattern) for path in ("21/a.gz", "21/x/y/a.gz", "21/a", "1/a.gz")]
    [True, True, False, False]
    """
    states = {0}
    for part in (*parts, ""):
        for state in sorted(states):
            while state < len(pattern) and pattern[state] == "**":
                state += 1
                states.add(state)
        if len(pattern) in states:
            return True
        stay = {state for state in states if pattern[state] == "**"}
        states = stay | {state + 1 for state in states - stay if fnmatchcase(part, pattern[state])}
    return False


def _walk(folder: Path, leave_out: frozenset[Path]) -> Iterator[Path | Trouble]:
    """The files below a folder in sorted order; a folder reached twice through links is taken once."""
    seen: set[tuple[int, int]] = set()
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        try:
            if leave_out and path.resolve() in leave_out:
                continue
            if not path.is_dir():
                yield path
                continue
            status = path.stat()
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            names = sorted((name for name in os.listdir(path) if not name.startswith(".")), reverse=True)
        except (OSError, RuntimeError) as error:  # RuntimeError: a loop of links, to Path.resolve
            yield unreadable(Place(str(path), path.name), error)
            continue
        waiting.extend(path / name for name in names)


def _checked(path: Path, name: str, *, named: bool) -> Source | Trouble:
    """A local file, if it is one; a pipe or a terminal only where the user named it, since reading it may never end."""
    label = str(path)
    try:
        if not path.exists() and not path.is_symlink():
            return Trouble(label, "failed", "there is no such file or folder", remedy="check the path")
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        return unreadable(Place(label, name), error)
    if not stat.S_ISREG(mode) and not (named and (stat.S_ISFIFO(mode) or stat.S_ISCHR(mode))):
        what = "a named pipe" if stat.S_ISFIFO(mode) else "a device"
        return Trouble(label, "rejected", f"it is {what}, not a file", remedy="leave it out, or name it by itself")
    return Source(Place(label, name), lambda: path.open("rb"), path.name)


def measure(sources: Iterable[str], *, leave_out: frozenset[Path] = frozenset()) -> int | None:
    """Bytes of the documents to be read in all, for a progress bar; ``None`` where that cannot be known beforehand.

    It cannot of standard input, of remote and of compressed files, of archives and of Parquet.
    """
    total = 0
    for item in named_files(sources, leave_out):
        if isinstance(item, str):
            return None
        codec, _ = codec_of_name(item.name)
        if codec is not None or item.suffix.lower() in PACKED_SUFFIXES:
            return None
        try:
            total += item.stat().st_size
        except (OSError, ValueError):
            continue
    return total
