"""The papers of a run, read from its folder."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from ..errors import InputError

__all__ = ["RunPapers"]

TROUBLES = 300  # that are listed; all are counted
INPUTS = 50


@dataclass(frozen=True, slots=True)
class RunPapers:
    """What a run wrote down about itself.

    Attributes:
        name: of the output.
        totals: ``totals.json``: counts by name, and tables of counts.
        manifest: ``manifest.json``; empty where it is missing.
        samples: rows of ``samples.jsonl``: sampled documents, and documents that give examples of rules.
        troubles: the first rows of ``failed.jsonl``.
        reasons: how often each reason stands in ``failed.jsonl``, by kind and reason.
        inputs: the first rows of ``inputs.jsonl``: path, size, hash.
        missing: names of papers that were not there.
    """

    name: str
    totals: Mapping[str, Any]
    manifest: Mapping[str, Any] = field(default_factory=dict)
    samples: tuple[Mapping[str, Any], ...] = ()
    troubles: tuple[Mapping[str, Any], ...] = ()
    reasons: Mapping[tuple[str, str], int] = field(default_factory=dict)
    inputs: tuple[Mapping[str, Any], ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def seconds(self) -> float:
        """How long the run took; 0 where that is not known, as of one that was interrupted in between."""
        started, ended = (str(self.manifest.get(name, "")) for name in ("started", "ended"))
        if self.manifest.get("begun") != 1 or not started or not ended:
            return 0.0
        return (datetime.fromisoformat(ended) - datetime.fromisoformat(started)).total_seconds()

    @classmethod
    def read(cls, folder: Path) -> RunPapers:
        """The papers in a run's folder.

        Raises:
            InputError: the folder holds no totals, or a paper that is not JSON.
        """
        papers = ("manifest.json", "samples.jsonl", "failed.jsonl", "inputs.jsonl")
        missing = tuple(name for name in papers if not (folder / name).is_file())
        if not (folder / "totals.json").is_file():
            unfinished = (folder / "journal.jsonl").is_file()
            raise InputError(
                "the run is not finished" if unfinished else "this is no folder of a run: it holds no totals.json",
                where=str(folder),
                remedy="finish it with corpusclean clean … --resume"
                if unfinished
                else "give the output of a run, or its .run folder",
            )
        troubles, reasons = _troubles(folder / "failed.jsonl")
        manifest = _object(folder / "manifest.json") if "manifest.json" not in missing else {}
        made = [str(row["path"]) for row in manifest.get("outputs", ())]
        return cls(
            name=Path(made[0]).name if made else folder.name.removesuffix(".run"),
            totals=_object(folder / "totals.json"),
            manifest=manifest,
            samples=tuple(_rows(folder / "samples.jsonl")),
            troubles=tuple(troubles),
            reasons=reasons,
            inputs=tuple(islice(_rows(folder / "inputs.jsonl"), INPUTS)),
            missing=missing,
        )


def _troubles(path: Path) -> tuple[list[Mapping[str, Any]], dict[tuple[str, str], int]]:
    """The first rows, and all of them counted by kind and reason; the rarest reasons of very many are summed up."""
    first: list[Mapping[str, Any]] = []
    reasons: dict[tuple[str, str], int] = {}
    for row in _rows(path):
        if len(first) < TROUBLES:
            first.append(row)
        key = (str(row.get("kind", "failed")), str(row.get("what", "")))
        if key not in reasons and len(reasons) >= TROUBLES:
            key = (key[0], "other reasons")
        reasons[key] = reasons.get(key, 0) + 1
    return first, reasons


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    if not path.is_file():
        return
    with path.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            if line.strip():
                yield _parsed(line, f"{path}:{number}")


def _object(path: Path) -> Mapping[str, Any]:
    return _parsed(path.read_bytes(), str(path))


def _parsed(data: bytes, where: str) -> Mapping[str, Any]:
    try:
        values = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InputError(f"this paper of a run is damaged: {error}", where=where, remedy="run it again") from error
    if not isinstance(values, dict):
        raise InputError("this paper of a run is damaged: it is no JSON object", where=where, remedy="run it again")
    return values
