"""The run folder: where a run keeps its papers, beside its output."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any, Self

from ..errors import ConfigError
from .journal import read_journal

__all__ = ["RunFolder", "run_folder_of"]

# What may follow a file's name in the name of its output: `clean.jsonl.gz`, `clean.parquet`.
SUFFIXES = (".gz", ".gzip", ".zst", ".zstd", ".jsonl", ".ndjson", ".json", ".parquet")

PAPERS = (
    "totals.json", "croissant.json", "inputs.jsonl", "failed.jsonl", "dropped.jsonl", "samples.jsonl", "manifest.json"
)  # fmt: skip
"""What a complete run leaves; the manifest last, since it says that the run is complete."""


def run_folder_of(output: Path) -> Path:
    """Where the papers of the run lie that writes `output`, a file or a text folder.

    >>> run_folder_of(Path("out/clean.jsonl.gz")).as_posix(), run_folder_of(Path("texts/")).as_posix()
    ('out/clean.run', 'texts.run')
    """
    name = output.name
    while name.lower().endswith(SUFFIXES) and name.rpartition(".")[0]:
        name = name.rpartition(".")[0]
    return output.with_name(f"{name}.run")


class RunFolder:
    """The papers of one run; a context manager, which keeps other runs out while it is entered.

    Attributes:
        path: the folder.
        journal, manifest, totals, croissant, inputs, failed, dropped: paths of its files.
        before: where the papers of an earlier complete run lie until this one is complete.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.journal = path / "journal.jsonl"
        self.manifest = path / "manifest.json"
        self.totals = path / "totals.json"
        self.croissant = path / "croissant.json"
        self.inputs = path / "inputs.jsonl"
        self.failed = path / "failed.jsonl"
        self.dropped = path / "dropped.jsonl"
        self.before = path / "before"
        self._lock: int | None = None

    def __enter__(self) -> Self:
        """Make the folder and lock it.

        Raises:
            ConfigError: another run is at work there, or it is no folder.
            OSError: it cannot be made.
        """
        if self.path.exists() and not self.path.is_dir():
            raise ConfigError("the run folder would lie where a file is", where=str(self.path), remedy="move the file")
        self.path.mkdir(parents=True, exist_ok=True)
        self._lock = _locked(self.path)
        if self._lock is None:
            raise ConfigError("another run is writing there just now", where=str(self.path), remedy="wait for it")
        return self

    def __exit__(self, *error: object) -> None:
        """Unlock it."""
        if self._lock is not None and self._lock >= 0:
            os.close(self._lock)
        self._lock = None

    def unfinished(self) -> tuple[dict[str, Any], dict[str, Any] | None] | None:
        """Head and last entry of the journal of a run that was interrupted here; ``None`` if there was none."""
        return read_journal(self.journal)

    def staged(self, output: Path) -> Path:
        """Where an output grows until the run is complete."""
        return self.path / f"{output.name}.part"

    def write(self, path: Path, data: bytes) -> None:
        """Write one of the papers, whole or not at all.

        Raises:
            OSError: it cannot be written.
        """
        part = path.with_name(f"{path.name}.part")
        with part.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(part, path)

    def set_aside(self) -> None:
        """Make room for another run: what a complete one left goes into `before`, what an interrupted one left goes.

        The outputs of a complete run stay where they are until another one replaces them, and so must the papers that
        say what they are. The journal goes first and the manifest moves last: whenever this is cut short, a folder
        with a manifest and without a journal is one of a complete run.
        """
        self.journal.unlink(missing_ok=True)
        if self.manifest.exists():
            self.before.mkdir(exist_ok=True)
            _move(self.path, self.before)
        self._take_away()

    def remove(self) -> None:
        """Take away the papers of a run that came to nothing, and put those of the one before back.

        The folder goes if nothing else is in it.
        """
        self.journal.unlink(missing_ok=True)
        self._take_away()
        if self.before.is_dir():
            _move(self.before, self.path)
        for folder in (self.before, self.path):
            with contextlib.suppress(OSError):
                folder.rmdir()

    def forget(self) -> None:
        """Take away the papers of the run before: its outputs have been replaced."""
        if not self.before.is_dir():
            return
        for name in PAPERS:
            (self.before / name).unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            self.before.rmdir()

    def _take_away(self) -> None:
        for name in (*PAPERS, "samples.part.jsonl"):
            (self.path / name).unlink(missing_ok=True)
        for part in self.path.glob("*.part"):
            part.unlink(missing_ok=True)


def _move(source: Path, target: Path) -> None:
    """Move the papers, the manifest last."""
    for name in PAPERS:
        with contextlib.suppress(FileNotFoundError):
            os.replace(source / name, target / name)


def _locked(folder: Path) -> int | None:
    """Lock a folder against other processes, where the system can; the lock goes with the process.

    Returns:
        A descriptor to close, -1 where the system has no such locks, ``None`` if another process holds it.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        return -1
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    except OSError:  # a file system without locks
        os.close(handle)
        return -1
    return handle
