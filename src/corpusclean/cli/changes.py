"""What a run changes, shown as it is found: names for ``--check``, lines for ``--diff``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from ..figures import plural
from ..printable import printable
from .diffing import line_of, unified
from .messages import Messages
from .summary import top_rules

__all__ = ["Changes"]


class Changes:
    """Shows, in the order of the input, what :class:`~corpusclean.corpus.inspectors.ChangeInspector` found.

    Attributes:
        count: documents that change.
    """

    def __init__(self, console: Console, messages: Messages, *, names: bool, lines: bool) -> None:
        self._console, self._messages = console, messages
        self._names, self._lines = names, lines
        self.count = 0

    def start(self, folder: Path | None, resumed: bool) -> None:
        """Nothing is to be prepared."""

    def finish(self, folder: Path | None) -> None:
        """Nothing is to be kept."""

    def take(self, note: Mapping[str, Any], /) -> None:
        """Show one document that changes."""
        self.count += 1
        if self._lines:
            self._show(note)
        elif self._names:
            self._console.print(Text(f"would change: {printable(note['id'])} ({_why(note)})"), soft_wrap=True)

    def sum_up(self) -> None:
        """How many would change."""
        said = f"{plural(self.count, 'document')} would change" if self.count else "nothing would change"
        self._messages.note(said, event="checked", changed=self.count)

    def _show(self, note: Mapping[str, Any]) -> None:
        color = self._console.color_system is not None and not self._console.no_color
        name = printable(note["id"])
        for row in (f"--- {name}", f"+++ {name} (clean)"):
            self._console.print(Text(row, "bold" if color else ""), soft_wrap=True)
        if not note["lines"]:
            self._console.print(Text(f"@@ {_why(note)} @@", "cyan" if color else ""), soft_wrap=True)
        for row in note["lines"]:
            for text in unified(line_of(row), color=color):
                self._console.print(text, soft_wrap=True)
        if note["left_out"]:
            self._console.print(Text(f"⋮ {note['left_out']:,} more lines; corpusclean explain shows all", "dim"))


def _why(note: Mapping[str, Any]) -> str:
    """What changes in a document, in a few words.

    >>> _why({"edits": {"script/t2s": 3}, "encoding": "utf-8"}), _why({"edits": {}, "encoding": "gb18030"})
    ('script/t2s ×3', 'gb18030 → utf-8')
    """
    coded = f"{note['encoding']} → utf-8" if note["encoding"] not in (None, "utf-8") else ""
    return ", ".join(part for part in (coded, top_rules(note["edits"])) if part) or "byte-order mark"
