"""Start-up, memory and scaling: what only processes of their own can show."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

__all__ = ["memory", "scaling", "start_up", "stored"]

CHILD = Path(__file__).parent / "child.py"


@contextmanager
def stored(documents: Iterable[bytes]) -> Iterator[Path]:
    """A file with the documents, as ``child.py`` reads them."""
    with tempfile.NamedTemporaryFile(suffix=".documents") as file:
        for document in documents:
            file.write(len(document).to_bytes(8) + document)
        file.flush()
        yield Path(file.name)


def _children(kind: str, path: Path, count: int) -> list[dict[str, Any]]:
    """What `count` processes say that run at the same time."""
    command = [sys.executable, str(CHILD), kind, str(path)]
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, env=surroundings) for _ in range(count)]
    answers = [child.communicate()[0] for child in running]
    for child in running:
        if child.returncode:
            raise subprocess.CalledProcessError(child.returncode, command)
    return [json.loads(answer) for answer in answers]


def start_up(path: Path, rounds: int) -> tuple[float, float]:
    """Seconds to import the package, and seconds of the first document after that; medians of fresh processes."""
    answers = [_children("start", path, 1)[0] for _ in range(rounds)]
    return statistics.median(a["import"] for a in answers), statistics.median(a["first"] for a in answers)


def memory(path: Path) -> list[float]:
    """Resident MB after each thousand documents (or at the end, if there are fewer)."""
    answer = _children("memory", path, 1)[0]
    return [float(size) for size in answer["resident"]]


def scaling(path: Path, rounds: int) -> list[float]:
    """How many times as much two processes side by side do as one, round by round; sorted."""
    found: list[float] = []
    for _ in range(rounds):
        alone = _children("speed", path, 1)[0]["seconds"]
        both = max(answer["seconds"] for answer in _children("speed", path, 2))
        found.append(2 * alone / both)
    return sorted(found)
