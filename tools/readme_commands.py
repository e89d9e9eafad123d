"""Print one of the commands that README.md marks for CI: ``python tools/readme_commands.py run`` (or ``test``).

A marked command is the one line of an ``sh`` block that follows the comment ``<!-- ci: NAME -->``.
Needs nothing but the standard library, since CI runs it before anything is installed.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"
# "<!-- ci: run -->\n```sh\nmake\n```"; not an sh block without the comment, nor one of several lines.
MARKED = re.compile(r"^<!-- ci: (\w+) -->\n```sh\n([^\n]+)\n```$", re.MULTILINE)


def readme_commands(text: str) -> dict[str, str]:
    """The marked commands by name."""
    return dict(MARKED.findall(text))


def main() -> int:
    commands = readme_commands(README.read_text("utf-8"))
    name = sys.argv[1] if len(sys.argv) == 2 else ""
    if name not in commands:
        print(f"README.md marks no command {name!r}; it marks: {', '.join(commands)}", file=sys.stderr)
        return 2
    print(commands[name])
    return 0


if __name__ == "__main__":
    sys.exit(main())
