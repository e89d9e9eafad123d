"""Change each place where a bound is compared, one at a time, and see that a test notices: mutants of the bounds.

    python tools/mutate_bounds.py

``mutmut`` changes whole files (``nox -s mutants``); the bounds of :class:`corpusclean.Limits` are held in many, a line
in each. Every change here takes a bound away, shifts it by one, or silences it. Exit code 1 if a change goes unnoticed,
or if a line to change is not there any more. The package itself is left alone: changes are made in a copy.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
STEPS = ("tests/laws/test_limits.py",)
READERS = ("tests/corpus/test_corpus_bounds.py", "tests/corpus/test_corpus_payload.py")
# file in src/corpusclean, what stands there, what shall stand there, tests that must notice
MUTANTS = (
    ("decoding/cascade.py", "if bound and len(data) > bound:", "if bound and len(data) >= bound:", STEPS),
    ("decoding/cascade.py", "if bound and len(data) > bound:", "if False:", STEPS),
    ("cleaner.py", "if bound and len(data) > bound:", "if bound and len(data) >= bound:", STEPS),
    ("cleaner.py", "if bound and len(data) > bound:", "if False:", STEPS),
    ("cleaner.py", "in revision.tally.values()) > bound:", "in revision.tally.values()) >= bound:", STEPS),
    ("cleaner.py", "in revision.tally.values()) > bound:", "in revision.tally.values()) > bound + 1:", STEPS),
    ("cleaner.py", 'self.limits.append(f"edits:', 'str(f"edits:', STEPS),
    ("boilerplate/step.py", 'text.count("\\n") >= limits.lines', 'text.count("\\n") > limits.lines', STEPS),
    ("boilerplate/step.py", "if limits.lines and", "if False and", STEPS),
    ("boilerplate/step.py", "if len(line) > bound}", "if len(line) >= bound}", STEPS),
    ("boilerplate/step.py", "if len(line) > bound}", "if len(line) > bound + 1}", STEPS),
    ("boilerplate/step.py", 'hit = ("line_chars",)', "hit = ()", STEPS),
    ("markup/places.py", "len(names) > self.bound > 0:", "len(names) >= self.bound > 0:", STEPS),
    ("markup/places.py", "len(names) > self.bound > 0:", "len(names) > self.bound + 1 > 1:", STEPS),
    ("markup/places.py", "self.too_deep = True", "self.too_deep = False", STEPS),
    ("markup/flatten.py", "limits.nodes or -1", "limits.nodes + 1 or -1", STEPS),
    ("markup/flatten.py", "limits.nodes or -1", "-1", STEPS),
    ("markup/flatten.py", "cut = at < len(html) and not room", "cut = not room", STEPS),
    ("markup/flatten.py", '*(["nodes"] if cut else [])', "*[]", STEPS),
    ("corpus/layers.py", "if 0 < self._limits.decompressed_bytes < self._since:", "if False:", READERS),
    ("corpus/layers.py", "elif self._ratio and self._made >", "elif False and self._made >", READERS),
    ("corpus/reading.py", "return self.limits.input_bytes or 2**62", "return 2**62", READERS),
    ("corpus/http_payload.py", "if 0 < most < size:", "if False:", READERS),
    ("corpus/http_payload.py", "if 0 < most < size:", "if 0 < most <= size:", READERS),
    ("limits.py", "or not value >= 0:", "or not value > 0:", STEPS),
    ("limits.py", "or not value >= 0:", "or value < 0:", STEPS),
    ("limits.py", 'remedy="0 lifts the bound",', "", STEPS),
)


def main() -> int:
    """Make each change in a copy of the package, and run its tests there."""
    survivors = 0
    with tempfile.TemporaryDirectory(prefix="corpusclean-bounds-") as folder:
        package = Path(folder, "corpusclean")
        shutil.copytree(ROOT / "src" / "corpusclean", package)
        if not noticed_nothing(folder, (*STEPS, *READERS)):
            print("the tests fail without any change")
            return 1
        for name, before, after, tests in MUTANTS:
            path = package / name
            source = path.read_text("utf-8")
            if before not in source:
                print(f"gone      {name}: {before}")
                survivors += 1
                continue
            path.write_text(source.replace(before, after), "utf-8")
            survived = noticed_nothing(folder, tests)
            survivors += survived
            print(f"{'SURVIVED' if survived else 'noticed '}  {name}: {before} → {after or 'nothing'}", flush=True)
            path.write_text(source, "utf-8")
    print(f"{len(MUTANTS)} changes, {survivors} not noticed")
    return 1 if survivors else 0


def noticed_nothing(folder: str, tests: tuple[str, ...]) -> bool:
    """Whether the tests pass with the package of that folder."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-m", "not slow", *tests]
    known = os.environ | {"PYTHONPATH": folder, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=ROOT, env=known, capture_output=True, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
