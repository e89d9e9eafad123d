"""Remote files, through fsspec; touched only where the user named a path with a scheme."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import PurePosixPath
from typing import IO, Any

from ..errors import MissingExtraError
from ..extras import require
from .fields import Place
from .reading import unreadable
from .records import Trouble

__all__ = ["REMOTE", "remote_files"]

# A path with a scheme: "s3://bucket/x", "memory://a"; not "a/b", "C:\\a" or "a:b".
REMOTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
WILDCARDS = re.compile(r"[*?\[]")
PAGES = ("http://", "https://")  # a page there is a document, not a folder; its links are not followed

Opener = Callable[[], AbstractContextManager[IO[bytes]]]


def remote_files(source: str) -> Iterator[tuple[str, str, Opener | Trouble]]:
    """The files that a remote path, folder or pattern stands for, in sorted order: address, name, how to open.

    What goes wrong, the missing library included, is a trouble like any other.
    """
    try:
        paths, system = _listed(source)
    except MissingExtraError as error:
        yield source, "", Trouble(source, "failed", error.what, error.where, error.remedy)
        return
    except ImportError as error:  # fsspec knows the scheme, and the package for it is missing
        said = str(error) or "a package is missing"
        scheme = source.partition(":")[0]
        remedy = f"install the package that fsspec needs for {scheme}:// (such as s3fs, gcsfs, adlfs or aiohttp)"
        yield source, "", Trouble(source, "failed", f"cannot reach it: {said}", remedy=remedy)
        return
    except Exception as error:  # every file system has errors of its own
        yield source, "", unreadable(Place(source, source), error)
        return
    if not paths:
        yield source, "", Trouble(source, "failed", "there is nothing there", remedy="check the address")
    for address, name, path in paths:
        yield address, name, _opener(system, path)


def _opener(system: Any, path: str) -> Opener:
    return lambda: system.open(path, "rb")


def _listed(source: str) -> tuple[list[tuple[str, str, str]], Any]:
    """Address, name and path of each file, and the file system."""
    system, root = require("fsspec.core").url_to_fs(source)
    if source.lower().startswith(PAGES):
        return [(source, PurePosixPath(source.partition("?")[0]).name or "index", root)], system
    if wild := WILDCARDS.search(root):
        base = root[: wild.start()].rpartition("/")[0]
        found = sorted(system.glob(root))
        paths = [path for item in found for path in ([item] if system.isfile(item) else sorted(system.find(item)))]
    elif system.isdir(root):
        base, paths = root, sorted(system.find(root))
    else:
        return [(source, PurePosixPath(root).name, root)], system
    below = f"{base.rstrip('/')}/"
    named = [(path, path.removeprefix(below)) for path in dict.fromkeys(paths)]
    shown = [(path, name) for path, name in named if not any(part.startswith(".") for part in name.split("/"))]
    return [(system.unstrip_protocol(path), name, path) for path, name in shown], system
