"""Write the pages of the reference that come from the code: the commands, the options, the shape of a document.

``python tools/make_reference_pages.py`` writes docs/cli-reference.md, docs/config.md, docs/metadata.md and
docs/document.schema.json; ``--check`` only tells whether they are up to date.
"""

from __future__ import annotations

import dataclasses
import inspect
import json
import re
import sys
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import typer

from corpusclean import CleanConfig, Document, Metadata
from corpusclean.cli.app import app
from corpusclean.document import Removed

DOCS = Path(__file__).parent.parent / "docs"
MADE = "<!-- Made by tools/make_reference_pages.py from the code; change that, not this. -->"
# Rich's markup in help texts: "[bold]x[/bold]", not "[OPTIONS]".
RICH = re.compile(r"\[/?(?:bold|cyan|dim|green|yellow|red|italic)(?: [a-z]+)*\]")
TYPES = {"bool": "`true`, `false`", "int": "a whole number", "float": "a number", "str": "a text"}
CLI_HEAD = f"# Commands\n\n{MADE}\n\nWhat `--help` says of each. [The command line](cli.md) explains.\n"
CONFIG_HEAD = f"""# Options

{MADE}

As keywords (`Cleaner(boilerplate={{'threshold': 0.6}})`), in TOML (`[boilerplate]`, `threshold = 0.6`), or on the
command line by dotted name (`--set boilerplate.threshold=0.6`). The option in **bold** can be given in the place of its
section: `script='hant-tw'` is `script={{'target': 'hant-tw'}}`. `punctuation='fullwidth'` is short for
`layout={{'punctuation': 'fullwidth'}}`.
"""
METADATA_HEAD = f"""# Metadata

{MADE}

A field that is not known is not there. [`document.schema.json`](document.schema.json) says the same as JSON Schema, for
the whole document as `clean` writes it; the tests validate documents against it.

| field | type | what it is |
|---|---|---|
"""
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def cli_page() -> str:
    """Every command with its help and options."""
    group: Any = typer.main.get_command(app)
    context = typer.Context(group, info_name="corpusclean")
    parts = [
        f"# Commands\n\n{MADE}\n\nWhat `--help` says of each, and every option. [The command line](cli.md) explains.\n"
    ]
    for name in group.list_commands(context):
        command = group.commands[name]
        usage = command.collect_usage_pieces(typer.Context(command, info_name=name, parent=context))
        parts.append(f"\n## {name}\n\n```text\ncorpusclean {name} {' '.join(usage)}\n```\n\n{_help(command.help)}\n")
        if command.epilog:
            parts.append(f"\n{_help(command.epilog)}\n")
        options = [parameter for parameter in command.params if parameter.param_type_name == "option"]
        if options:
            parts.append("\n| option | what it does | default |\n|---|---|---|\n")
            parts.extend(_option(parameter) for parameter in options if not getattr(parameter, "hidden", False))
    return "".join(parts)


def _help(text: str | None) -> str:
    """A command's help as Markdown: paragraphs, and its examples as one block of commands with what they are for."""
    prose: list[str] = []
    shell: list[str] = []
    for paragraph in inspect.cleandoc(RICH.sub("", text or "")).split("\n\n"):
        lines = [line.strip("\b") for line in paragraph.split("\n") if line.strip("\b \t")]
        if any(line.startswith(" ") and "corpusclean " in line for line in lines):
            shell += [line.strip() if line.startswith(" ") else f"# {line.strip().rstrip(':')}" for line in lines]
        elif lines and lines[0].strip() != "Examples":
            prose.append(" ".join(line.strip() for line in lines))
    return "\n\n".join([*prose, *(["```sh\n" + "\n".join(shell) + "\n```"] if shell else [])])


def _option(parameter: Any) -> str:
    names = ", ".join(f"`{name}`" for name in (*parameter.opts, *parameter.secondary_opts))
    default = parameter.default
    shown = "" if default in (None, False, (), []) or callable(default) else f"`{default}`"
    said = RICH.sub("", parameter.help or "").replace("\\[", "[")
    return f"| {names} | {_cell(said)} | {shown} |\n"


def config_page() -> str:
    """Every option of the configuration, section by section."""
    parts = [CONFIG_HEAD]
    for field in dataclasses.fields(CleanConfig):
        kind = get_type_hints(CleanConfig)[field.name]
        if not dataclasses.is_dataclass(kind):
            continue
        what = inspect.cleandoc(kind.__doc__ or "").split("\n\n")[0].replace("\n", " ")
        parts.append(
            f"\n## {field.name}\n\n{_cell(what)}\n\n| option | takes | default | what it is |\n|---|---|---|---|\n"
        )
        said, hints = _attributes(kind), get_type_hints(kind)
        for option in dataclasses.fields(kind):
            if option.name == "rules_text":
                continue
            name = f"`{option.name}`"
            shown = f"**{name}**" if getattr(kind, "main", None) == option.name else name
            row = (shown, _takes(hints[option.name]), f"`{_toml(option.default)}`", _cell(said.get(option.name, "")))
            parts.append(f"| {' | '.join(row)} |\n")
    parts.append(
        "\n## ledger\n\n`ledger = true` keeps every edit, so that the input can be restored "
        "([how](undo.md)); default `false`.\n"
    )
    return "".join(parts)


def _takes(hint: Any) -> str:
    options = get_args(hint) if get_origin(hint) is not Literal and get_args(hint) else (hint,)
    names: list[str] = []
    for option in options:
        if get_origin(option) is Literal:
            names += [f"`{value}`" for value in get_args(option)]
        elif option is type(None):
            names.append("`none`")
        else:
            names.append(TYPES[option.__name__])
    return ", ".join(names)


def _toml(value: object) -> str:
    if value is None:
        return "none"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _attributes(kind: type) -> dict[str, str]:
    """What the docstring's section of attributes says of each."""
    _, _, section = inspect.cleandoc(kind.__doc__ or "").partition("Attributes:\n")
    found: dict[str, str] = {}
    names: list[str] = []
    for line in section.split("\n"):
        if not line.startswith("    "):
            if line.strip():
                break
            continue
        head = re.match(r"    (\w[\w, ]*): (.*)", line)
        if head:
            names = [name.strip() for name in head[1].split(",")]
            found |= dict.fromkeys(names, head[2])
        else:
            found |= {name: f"{found[name]} {line.strip()}" for name in names}
    return found


def _cell(text: str) -> str:
    plain = re.sub(r":\w+:`~?([^`]*)`", lambda role: f"`{role[1].rpartition('.')[2]}`", " ".join(text.split()))
    return plain.replace("``", "`").replace("|", "\\|")


def document_schema() -> dict[str, Any]:
    """The JSON Schema of what `Document.to_dict` gives."""
    said = _attributes(Metadata)
    counts = {"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}}
    clean = {
        "version": {"type": "string"},
        "config": {"type": "string", "pattern": "^[0-9a-f]{16}$", "description": "fingerprint of the configuration"},
        "chars": counts | {"description": "characters in and out"},
        "edits": counts | {"description": "edits by rule"},
        "removed": counts | {"description": "characters removed by rule"},
        "warnings": {"type": "array", "items": {"type": "string"}},
        "limits": {"type": "array", "items": {"type": "string"}, "description": "bounds that were hit"},
        "script": {"type": "object", "description": "what the script step knows"},
    }
    special: dict[str, dict[str, Any]] = {
        "date": {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2})?([+-]\d{2}:\d{2}|Z)?)?)?)?$"},
        "script": {"enum": ["hans", "hant", "mixed", "ja", "ko", "none"]},
        "views": {"type": "integer", "minimum": 0},
        "quality": {"type": "object", "additionalProperties": {"type": ["number", "string"]}},
        "clean": {"type": "object", "properties": clean, "required": sorted(clean), "additionalProperties": False},
    }
    fields = {
        field.name: {"description": said[field.name]} | special.get(field.name, {"type": "string", "minLength": 1})
        for field in dataclasses.fields(Metadata)
    }
    triple = [{"type": "string"}, {"type": "string"}, {"type": "number", "minimum": 0, "maximum": 1}]
    return {
        "$schema": DIALECT,
        "$id": "document.schema.json",
        "title": "A clean document, as corpusclean writes it",
        "type": "object",
        "properties": {
            "id": {"type": "string", "description": _attributes(Document)["id"]},
            "text": {"type": "string", "description": _attributes(Document)["text"]},
            "metadata": {"type": "object", "properties": fields, "additionalProperties": False},
            "extra": {
                "description": "only in files, and where there was more: what the row or the container held besides",
                "type": "object",
            },
            "removed": {
                "description": f"only with a ledger: {', '.join(Removed._fields)} of each stretch of boilerplate",
                "type": "array",
                "items": {"type": "array", "prefixItems": triple, "minItems": 3, "maxItems": 3},
            },
            "ledger": {"description": "only with a ledger: how to undo it", "type": ["object", "string"]},
        },
        "required": ["id", "text", "metadata"],
        "additionalProperties": False,
    }


def metadata_page() -> str:
    """The fields of the metadata, for people."""
    schema = document_schema()["properties"]["metadata"]["properties"]
    rows = [f"| `{name}` | {_type_of(field)} | {_cell(field['description'])} |" for name, field in schema.items()]
    clean = [
        f"| `clean.{name}` | {_type_of(field)} | {_cell(field.get('description', ''))} |"
        for name, field in schema["clean"]["properties"].items()
    ]
    tail = "\n\n`quality` holds the [signals](quality.md) that corpus builders filter by.\n"
    return METADATA_HEAD + "\n".join([*rows, *clean]) + tail


def _type_of(field: dict[str, Any]) -> str:
    kind = field.get("type", "string")
    return kind if isinstance(kind, str) else " or ".join(kind)


def pages() -> dict[Path, str]:
    """Every page that is made, by its path."""
    schema = json.dumps(document_schema(), ensure_ascii=False, indent=1) + "\n"
    return {
        DOCS / "cli-reference.md": cli_page(),
        DOCS / "config.md": config_page(),
        DOCS / "metadata.md": metadata_page(),
        DOCS / "document.schema.json": schema,
    }


def main() -> int:
    made = pages()
    if "--check" in sys.argv[1:]:
        stale = [path.name for path, text in made.items() if not path.exists() or path.read_text("utf-8") != text]
        if stale:
            print(f"out of date: {', '.join(stale)}: run python tools/make_reference_pages.py", file=sys.stderr)
        return 1 if stale else 0
    for path, text in made.items():
        path.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
