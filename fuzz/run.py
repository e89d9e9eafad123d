"""Fuzz: ``python -m fuzz.run --minutes 60``, or one target: ``python -m fuzz.run clean_html --minutes 5``.

Each target runs in a process of its own under atheris (libFuzzer with coverage of corpusclean's bytecode). A finding
is an input on which a target raises; the first one of each kind is kept in ``fuzz/findings/TARGET/`` with its
traceback, and the run goes on. Inputs that reach new code are kept in ``fuzz/work/TARGET/``; what is worth keeping
is moved to ``fuzz/corpus/TARGET/`` by ``--merge``. Exit code 1 if there was a finding.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shlex
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

HERE = Path(__file__).parent
CHILD = "--child"
LAUNCHER = "CORPUSCLEAN_FUZZ_LAUNCHER"  # the program that starts a target, told to the target itself
CORPUS, FINDINGS = HERE / "corpus", HERE / "findings"
INNERMOST = [
    *("corpusclean.chinese.model", "corpusclean.repair.misfire_search", "corpusclean.repair.misfire_judge"),
    *("corpusclean.repair.ftfy_damage", "corpusclean.repair.wrong_codec_score"),
]
DONE = re.compile(r"Done (\d+) runs in (\d+) second")
PULSE = re.compile(r"^#(\d+)\t", re.MULTILINE)


def main() -> int:
    """Run the targets one after another and say how many inputs each was given."""
    if sys.argv[1:2] == [CHILD]:
        return fuzz(sys.argv[2], sys.argv[3:])
    parser = argparse.ArgumentParser(description="Fuzz corpusclean; see the head of fuzz/run.py.")
    parser.add_argument("targets", nargs="*", help="targets to run (default: all)")
    parser.add_argument("--minutes", type=float, default=60.0, help="time for all targets together")
    parser.add_argument("--runs", type=int, default=0, help="most inputs for each target (0: no bound)")
    parser.add_argument("--seed", type=int, default=0, help="0: another one each time")
    parser.add_argument("--work", type=Path, default=HERE / "work", help="where new inputs are kept")
    parser.add_argument(
        "--log", type=Path, help="a line for each target is added here: name, inputs, seconds, findings"
    )
    parser.add_argument("--merge", action="store_true", help="reduce the corpus of each target to what adds coverage")
    known = parser.parse_args()
    from .targets import TARGETS

    unknown = set(known.targets) - set(TARGETS)
    if unknown:
        parser.error(f"no such target: {', '.join(sorted(unknown))}; known: {', '.join(TARGETS)}")
    names = known.targets or list(TARGETS)
    if known.merge:
        return max(merge(name, known.work) for name in names)
    seconds = max(1, int(known.minutes * 60 / len(names)))
    total = found = 0
    for name in names:
        runs, took, findings = start(name, seconds, known.runs, known.seed, known.work)
        total += runs
        found += findings
        print(f"{name:14} {runs:>9} inputs {took:>6.0f} s {findings} findings", flush=True)
        if known.log:
            with known.log.open("a", encoding="utf-8") as log:
                log.write(f"{time.strftime('%Y-%m-%d %H:%M')}\t{name}\t{runs}\t{took:.0f}\t{findings}\n")
    print(f"{'in all':14} {total:>9} inputs, {found} findings{f' in {FINDINGS}' if found else ''}")
    return 1 if found else 0


def start(name: str, seconds: int, runs: int, seed: int, work: Path) -> tuple[int, float, int]:
    """Run one target in a process of its own: how many inputs it was given, seconds, findings."""
    from .targets import TARGETS

    folder = work / name
    folder.mkdir(parents=True, exist_ok=True)
    (CORPUS / name).mkdir(parents=True, exist_ok=True)
    before = len(list((FINDINGS / name).glob("*.txt")))
    command = [sys.executable, "-m", "fuzz.run", CHILD, name, str(folder), str(CORPUS / name)]
    command += [f"-max_len={TARGETS[name][1]}", f"-max_total_time={seconds}", "-timeout=60", "-rss_limit_mb=4096"]
    command += [f"-artifact_prefix={FINDINGS / name}/", "-print_final_stats=0", "-verbosity=1", f"-seed={seed}"]
    if runs:
        command.append(f"-runs={runs}")
    (FINDINGS / name).mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    result = subprocess.run(command, cwd=HERE.parent, capture_output=True, check=False)
    took = time.monotonic() - began
    said = result.stderr.decode("utf-8", "replace")
    counts = (
        [int(match[1]) for match in DONE.finditer(said)] or [int(match[1]) for match in PULSE.finditer(said)] or [0]
    )
    findings = len(list((FINDINGS / name).glob("*.txt"))) - before
    if result.returncode:  # a hang, a crash of the interpreter, too much memory: libFuzzer has kept the input
        findings += 1
        (FINDINGS / name / f"exit-{int(time.time())}.txt").write_text(said[-6000:], "utf-8")
    return counts[-1], took, findings


def merge(name: str, work: Path) -> int:
    """Keep in the corpus only what adds coverage, the new inputs of `work` among it."""
    (CORPUS / name).mkdir(parents=True, exist_ok=True)
    fresh = CORPUS / f".{name}"
    fresh.mkdir(exist_ok=True)
    # without counters: an input that runs a line eight times rather than four is none worth keeping
    options = ["-merge=1", "-use_counters=0"]
    with tempfile.TemporaryDirectory() as folder:
        again = Path(folder, "again")  # libFuzzer starts itself again to merge, and cannot start a module
        start = f"{shlex.quote(sys.executable)} -m fuzz.run {CHILD} {name}"
        again.write_text(f'#!/bin/sh\nexport {LAUNCHER}="$0"\nexec {start} "$@"\n')
        again.chmod(0o755)
        command = [str(again), *options, str(fresh), str(CORPUS / name), str(work / name)]
        result = subprocess.run(command, cwd=HERE.parent, capture_output=True, check=False)
    if result.returncode == 0:
        for path in (CORPUS / name).iterdir():
            path.unlink()
        (CORPUS / name).rmdir()
        fresh.rename(CORPUS / name)
        print(f"{name:14} {len(list((CORPUS / name).iterdir()))} inputs kept")
    return result.returncode


def fuzz(name: str, options: list[str]) -> int:
    """The child process: hand libFuzzer the target, keep the first finding of each kind and go on."""
    import atheris

    # The innermost loops run millions of times and branch little: coverage of them costs much and tells nothing.
    with atheris.instrument_imports(include=["corpusclean"], exclude=INNERMOST):
        from .targets import TARGETS
    target = TARGETS[name][0]
    kinds: set[str] = set()

    def one(data: bytes) -> None:
        try:
            target(data)
        except Exception as error:  # every error is a finding, whatever its class
            frames = traceback.extract_tb(error.__traceback__)
            kind = f"{type(error).__name__} {[(Path(f.filename).name, f.lineno) for f in frames[-3:]]}"
            if kind in kinds:
                return
            kinds.add(kind)
            folder = FINDINGS / name
            digest = hashlib.sha256(data).hexdigest()[:12]
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{digest}.bin").write_bytes(data)
            (folder / f"{digest}.txt").write_text(
                "".join(traceback.format_exception(error)), "utf-8", "backslashreplace"
            )

    atheris.Setup([os.environ.get(LAUNCHER, sys.argv[0]), *options], one)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
