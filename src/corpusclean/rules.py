"""The table of rules: every edit names one, and every one is listed here.

The rows are data (``data/rules/*.toml``, one file for each step), so that the documentation, the report and the
tests read the same table. Rule paths are hierarchical; a user's own furniture rules are ``boilerplate/user/NAME``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import NamedTuple

__all__ = ["Rule", "rule_named", "rule_table"]


class Rule(NamedTuple):
    """One rule that may propose edits.

    Attributes:
        name: its path, such as ``repair/misfire/punctuation``.
        what: one sentence saying what it does and why.
        before, after: a short example.
        reversible: whether the damage is undone exactly (``True``) or the rule judges (``False``). Every edit can
            be taken back through the ledger either way.
    """

    name: str
    what: str
    before: str
    after: str
    reversible: bool


@cache
def rule_table() -> Mapping[str, Rule]:
    """All rules by name, read once.

    >>> "layout/newline" in rule_table()
    True
    """
    table: dict[str, Rule] = {}
    folder = resources.files(__package__) / "data" / "rules"
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".toml"):
            for row in tomllib.loads(entry.read_text("utf-8"))["rule"]:
                rule = Rule(row["name"], row["what"], row["before"], row["after"], row["reversible"])
                if rule.name in table:
                    raise ValueError(f"rule {rule.name} is listed twice")
                table[rule.name] = rule
    return MappingProxyType(table)


def rule_named(path: str) -> Rule | None:
    """The rule with this path; ``None`` for one that is not listed, such as a user's own.

    >>> rule_named("layout/newline").reversible
    False
    """
    return rule_table().get(path)
