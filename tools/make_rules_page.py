"""Write ``docs/rules.md`` from the table of rules; run it after a rule is added or changed.

``python tools/make_rules_page.py`` writes the page, ``--check`` only tells whether it is up to date.
"""

from __future__ import annotations

import html
import sys
from itertools import groupby
from pathlib import Path

from corpusclean.cli.rules import visible
from corpusclean.rules import Rule, rule_table

PAGE = Path(__file__).parent.parent / "docs" / "rules.md"
HEAD = """# Rules

<!-- Made by tools/make_rules_page.py from src/corpusclean/data/rules/*.toml; change those, not this. -->

Every edit names the rule that proposed it, and every rule is listed here (`corpusclean rules` prints the same table).
A rule that is *exact* undoes its damage with certainty: nothing else can have stood there. Every other rule judges, and
says how sure it is in the edit's `confidence`. Either way the ledger can take every edit back. `⏎` is a newline, `␍` a
carriage return, `⇥` a tab, `‹200B›` the character of that number. A user's own furniture rules are
`boilerplate/user/NAME`.
"""


def rules_page() -> str:
    """The page as it should be."""
    parts = [HEAD]
    rules = sorted(rule_table().values())
    for family, members in groupby(rules, key=lambda rule: rule.name.partition("/")[0]):
        parts.append(f"\n## {family}\n\n| rule | what it does | before | after | exact |\n|---|---|---|---|---|\n")
        parts.extend(_row(rule) for rule in members)
    return "".join(parts)


def _row(rule: Rule) -> str:
    exact = "yes" if rule.reversible else ""
    return f"| `{rule.name}` | {_cell(rule.what)} | {_code(rule.before)} | {_code(rule.after)} | {exact} |\n"


def _code(example: str) -> str:
    return f"<code>{_cell(example)}</code>" if example else ""


def _cell(text: str) -> str:
    """Text in a table cell: nothing in it is markup."""
    shown = html.escape(visible(text), quote=False)
    for sign in "\\`*_[]|":
        shown = shown.replace(sign, f"&#{ord(sign)};")
    return shown


def main() -> int:
    page = rules_page()
    if "--check" in sys.argv[1:]:
        fresh = PAGE.exists() and PAGE.read_text("utf-8") == page
        if not fresh:
            print("docs/rules.md is out of date: run python tools/make_rules_page.py", file=sys.stderr)
        return 0 if fresh else 1
    PAGE.write_text(page, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
