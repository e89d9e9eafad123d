"""Where the documents of a run go: files that grow in the run folder until they are complete, a stream, a folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ..errors import ConfigError, InputError
from .folder import RunFolder, run_folder_of
from .formats import Format, Holds, JsonLines, format_of
from .naming import FolderNames
from .records import Trouble
from .staging import Staged, write_all
from .work import BatchResult
from .writers import replace_file

__all__ = ["OpenOutputs", "Outputs", "finish_outputs"]


@dataclass(frozen=True, kw_only=True)
class Outputs:
    """Where the documents of a run go. At least one of the first three is needed.

    Attributes:
        file: JSON lines, plain or compressed, or Parquet, as its name says.
        stream: JSON lines, such as for standard output; there is nothing to resume then.
        text_dir: a folder with one ``.txt`` for each document.
        ledger_file: JSON lines with the ledgers apart; those of `file` then hold none.
        run_folder: where the papers of the run go, instead of beside the output.

    >>> Outputs(file=Path("out/clean.jsonl.gz")).papers
    PosixPath('out/clean.run')
    """

    file: Path | None = None
    stream: IO[bytes] | None = None
    text_dir: Path | None = None
    ledger_file: Path | None = None
    run_folder: Path | None = None

    @property
    def papers(self) -> Path | None:
        """The run folder; ``None`` if all goes to a stream."""
        if self.run_folder is not None:
            return self.run_folder
        main = self.file or self.text_dir
        return None if main is None else run_folder_of(main)

    @property
    def paths(self) -> dict[str, Path]:
        """All that is written but the papers, by what it is."""
        named = {"file": self.file, "text_dir": self.text_dir, "ledger_file": self.ledger_file}
        return {name: path for name, path in named.items() if path is not None}

    def formats(self, *, ledger: bool = True) -> dict[Path | None, Format]:
        """The format of each file by its path; of the stream, ``None``.

        Args:
            ledger: whether the documents have ledgers, so that a table needs columns for them.

        Raises:
            ConfigError: nothing is to be written, or two are to be written in one place, or a format is unknown.
            MissingExtraError: a format needs a library that is not installed.
        """
        if self.file is None and self.stream is None and self.text_dir is None:
            raise ConfigError("nothing says where the documents go", remedy="give a file, a folder or a stream")
        if self.file is not None and self.file.is_dir():
            raise ConfigError(f"{self.file} is a folder", remedy="give the name of a file")
        if self.text_dir is not None and self.text_dir.exists() and not self.text_dir.is_dir():
            raise ConfigError(f"{self.text_dir} is a file", remedy="give the name of a folder")
        if self.ledger_file is not None and self.papers is None:
            raise ConfigError("a ledger file needs an output that is a file or a folder", remedy="give one")
        if self.file is not None and self.ledger_file is not None and self.file.name == self.ledger_file.name:
            raise ConfigError("the documents and the ledgers need files of different names", where=str(self.file))
        holds: Holds = "all" if ledger and self.ledger_file is None else "text"
        found: dict[Path | None, Format] = {}
        if self.file is not None:
            found[self.file] = format_of(self.file, holds=holds)
        if self.ledger_file is not None:
            found[self.ledger_file] = format_of(self.ledger_file, holds="ledger")
        if self.stream is not None:
            found[None] = JsonLines(holds=holds)
        return found

    def to_dict(self) -> dict[str, str]:
        """The names of what is written, as they count when a run goes on."""
        return {name: path.name for name, path in self.paths.items()}


class OpenOutputs:
    """The outputs of a run that is going on.

    Args:
        outputs: where all goes.
        formats: of the files.
        folder: the run folder, entered; ``None`` for a stream alone.
        lengths: what of each file counts, from the journal.

    Raises:
        InputError: a file is shorter than the journal says.
        OSError: a file cannot be opened.
    """

    def __init__(
        self,
        outputs: Outputs,
        formats: Mapping[Path | None, Format],
        folder: RunFolder | None,
        lengths: Mapping[str, int],
    ) -> None:
        self._outputs, self._formats = outputs, formats
        self._staged: dict[Path, Staged] = {}
        for path in formats:
            if path is not None and folder is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._staged[path] = Staged(folder.staged(path), lengths.get(path.name, 0))
        self.names = None if outputs.text_dir is None else FolderNames(outputs.text_dir)
        if outputs.text_dir is not None:
            outputs.text_dir.mkdir(parents=True, exist_ok=True)

    @property
    def lengths(self) -> dict[str, int]:
        """How long each file is."""
        return {path.name: staged.length for path, staged in self._staged.items()}

    def refused(self, result: BatchResult, places: dict[int, Path]) -> dict[int, Trouble]:
        """Find places for the texts of a batch; say which documents can have none, by position in the batch."""
        if self.names is None:
            return {}
        refused: dict[int, Trouble] = {}
        for at in sorted(result.texts):
            if at in places:
                continue
            outcome = result.outcomes[at]
            try:
                places[at] = self.names.make(outcome.name, ".txt")
            except InputError as error:
                refused[at] = Trouble(outcome.id, "failed", error.what, error.where, error.remedy)
        return refused

    def write(self, result: BatchResult, places: Mapping[int, Path]) -> None:
        """Write what a batch gave.

        Raises:
            OSError: the disk is full, the reader of the stream is gone.
        """
        for at, text in result.texts.items():
            # A name that is the same when the run goes on, which then writes over what a crash has left.
            replace_file(places[at], text, part=places[at].with_name(f".{places[at].name}.part"))
        for path, piece in zip(self._formats, result.pieces, strict=True):
            if path is not None:
                self._staged[path].append(piece)
            elif self._outputs.stream is not None:
                write_all(self._outputs.stream, piece)
                self._outputs.stream.flush()

    def place_again(self, name: str) -> None:
        """Hand out the file of a document that was written before the run was interrupted."""
        if self.names is not None:
            self.names.place(name, ".txt")

    def sync(self) -> None:
        """Return when all files are on the disk."""
        for staged in self._staged.values():
            staged.sync()

    def close(self) -> None:
        """Close the files, complete or not."""
        for staged in self._staged.values():
            staged.close()


def finish_outputs(formats: Mapping[Path | None, Format], folder: RunFolder) -> None:
    """Make the files that have grown the finished outputs; those that were finished before are left alone.

    Raises:
        InputError: a file is in neither place.
        OSError: the disk is full.
    """
    for path, form in formats.items():
        if path is None:
            continue
        staged = folder.staged(path)
        if staged.exists():
            form.finish(staged, path)
        elif not path.exists():
            raise InputError("the output is gone", where=str(path), remedy=f"delete {folder.path} and run again")
