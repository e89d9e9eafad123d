"""Where a document's file goes: names kept, no two alike, never outside the folder."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from ..errors import InputError

__all__ = ["FolderNames"]

# Control characters, the separators of other systems, and lone surrogates: `a\x1b[2J.txt`, `..\\x`; not `甲 (1).txt`.
UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\\\ud800-\udfff]")
MAX_NAME_BYTES = 200  # file systems allow 255; room for a suffix and for a number


class FolderNames:
    """Hands out paths inside one folder, each only once.

    >>> names = FolderNames(Path("out"))
    >>> [names.place(name).as_posix() for name in ("a.txt", "a.txt", "../../etc/passwd", "/b/c")]
    ['out/a.txt', 'out/a-2.txt', 'out/etc/passwd', 'out/b/c']
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files: set[str] = set()
        self._folders: set[str] = set()
        self._next: dict[str, int] = {}

    def place(self, name: str, suffix: str = "") -> Path:
        """A path for `name`, ended by `suffix`; parts that would leave the folder are dropped.

        Two names that only differ in case count as one, since some file systems can't tell them apart.
        """
        parts = [_safe(part) for part in name.split("/") if part not in ("", ".", "..")] or ["document"]
        if suffix and not (parts[-1].endswith(suffix) and parts[-1] != suffix):
            parts[-1] += suffix
        parents = [f"{part}-dir" if self._is_file(parts[:at]) else part for at, part in enumerate(parts[:-1], 1)]
        stem, dot, extension = parts[-1].rpartition(".")
        stem, extension = (stem, dot + extension) if stem else (parts[-1], "")
        key = "/".join([*parents, parts[-1]]).casefold()
        number = self._next.get(key, 1)
        last = parts[-1]
        while (taken := "/".join([*parents, last]).casefold()) in self._files or taken in self._folders:
            number += 1
            last = f"{stem}-{number}{extension}"
        self._next[key] = number
        self._files.add(taken)
        for at in range(1, len(parents) + 1):
            self._folders.add("/".join(parents[:at]).casefold())
        return self.folder.joinpath(*parents, last)

    def make(self, name: str, suffix: str = "") -> Path:
        """As :meth:`place`, and makes the folders above the file.

        Raises:
            InputError: a link inside the folder leads out of it, or a file lies where a folder is needed.
            OSError: the folders cannot be made.
        """
        path = self.place(name, suffix)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError) as error:
            raise InputError(
                "a file lies where a folder is needed", where=str(path.parent), remedy="give an empty folder"
            ) from error
        if not path.parent.resolve().is_relative_to(self.folder.resolve()):
            raise InputError("a link leads out of the output folder", where=str(path), remedy="give an empty folder")
        return path

    def _is_file(self, parts: list[str]) -> bool:
        return "/".join(parts).casefold() in self._files


def _safe(part: str) -> str:
    r"""`part` as a file name: nothing a terminal or another system would act on, and not too long.

    >>> _safe("a\x1b[2Jb"), len(_safe("名" * 300).encode())
    ('a_[2Jb', 198)
    """
    name = UNSAFE.sub("_", part)
    if len(name.encode()) <= MAX_NAME_BYTES:
        return name
    mark = hashlib.blake2b(part.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
    stem, dot, extension = name.rpartition(".")
    ending = f"{dot}{extension}" if stem and len(extension) <= 8 and extension.isascii() else ""
    room = MAX_NAME_BYTES - len(mark) - 1 - len(ending)
    cut = name.encode()[:room].decode("utf-8", "ignore")
    return f"{cut}-{mark}{ending}"
