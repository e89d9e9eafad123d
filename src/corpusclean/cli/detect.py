"""``corpusclean detect``: which encoding and which script a file is in, and what says so."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from ..corpus import Cleaned, Record, Totals, Trouble, read
from ..decoding import Decoded, decode
from ..document import Document
from ..errors import CorpusCleanError
from ..printable import printable
from ..script import detect_script
from ..steps import ScriptReport
from .app import app
from .clean import exit_code
from .options import ColorChoice, ColorOption
from .terminal import data_console, fact, message_console, say

__all__ = ["detect"]

EPILOG = """[bold]Examples[/bold]

  [cyan]corpusclean detect page.html[/cyan]

  What a server said of a page is a vote like others:
    [cyan]corpusclean detect page.html --http-charset gb2312[/cyan]

  For programs:
    [cyan]corpusclean detect --json crawl/ | jq .encoding[/cyan]
"""


@app.command(epilog=EPILOG)
def detect(
    sources: Annotated[list[str], typer.Argument(metavar="FILE", help="Files, folders, or - for standard input.")],
    http_charset: Annotated[
        str | None, typer.Option("--http-charset", metavar="LABEL", help="The encoding that the server declared.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", metavar=" ", help="One JSON object a line.")] = False,
    color: ColorOption = ColorChoice.AUTO,
) -> None:
    """Tell a file's encoding and script, how sure that is, and what speaks for it."""
    console, messages = data_console(color=color.value), message_console()
    totals = Totals()
    for item in read(sources):
        try:
            result = item if isinstance(item, Trouble) else _detected(item, http_charset)
        except CorpusCleanError as error:
            result = Trouble(item.id, "rejected", error.what, error.where, error.remedy)
        if isinstance(result, Trouble):
            totals.add(result)
            say(messages, f"{result.kind}: {result}", "red")
            continue
        totals.add(Cleaned(result.name, result.size, Document(result.name, "")))
        if as_json:
            console.file.write(json.dumps(result.to_dict()) + "\n")
        else:
            result.show(console)
    raise typer.Exit(exit_code(totals))


class _Detected:
    """What was found out about one file."""

    def __init__(self, name: str, size: int, decoded: Decoded | None, script: ScriptReport) -> None:
        self.name, self.size, self.decoded, self.script = name, size, decoded, script

    def to_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        values: dict[str, Any] = {"path": self.name}
        if self.decoded is not None:
            values |= {
                "encoding": self.decoded.encoding,
                "confidence": round(self.decoded.confidence, 4),
                "damaged_bytes": sum(len(span.data) for span in self.decoded.damage),
                "evidence": [list(vote) for vote in self.decoded.evidence],
            }
        shares = {name: round(share, 4) for name, share in self.script.shares.items()}
        known = {"script": self.script.script, "shares": shares, "region": self.script.region}
        return values | known | {"naive": round(self.script.naive, 4)}

    def show(self, console: Console) -> None:
        """For people."""
        console.print(Text(printable(self.name), "bold"), soft_wrap=True)
        decoded = self.decoded
        if decoded is not None:
            line = fact("encoding", decoded.encoding or "unknown", "bold green" if decoded.encoding else "red")
            line.append(f"   confidence {decoded.confidence:.2f}", "dim")
            console.print(line, soft_wrap=True)
            damaged = sum(len(span.data) for span in decoded.damage)
            if damaged:
                console.print(fact("damaged", f"{damaged:,} bytes in {len(decoded.damage):,} places", "yellow"))
            for vote in decoded.evidence:
                said = f"{vote.source}: {vote.encoding} {vote.weight:.2f}"
                console.print(fact("evidence", f"{said}  {vote.detail}".rstrip(), "dim"), soft_wrap=True)
        shares = ", ".join(f"{name} {share:.0%}" for name, share in self.script.shares.items())
        region = f" ({self.script.region})" if self.script.region else ""
        naive = (
            f"; naive {self.script.naive:.0%}: made from Simplified by characters" if self.script.naive > 0.5 else ""
        )
        line = fact("script", f"{self.script.script}{region}", "bold green")
        line.append(f"   {shares}{naive}" if shares else "", "dim")
        console.print(line, soft_wrap=True)


def _detected(record: Record, http_charset: str | None) -> _Detected:
    if isinstance(record.source, str):
        return _Detected(record.id, record.size, None, detect_script(record.source))
    decoded = decode(record.source, http_charset=http_charset)
    return _Detected(record.id, record.size, decoded, detect_script(decoded.text))
