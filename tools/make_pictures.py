"""Write the pictures of the documentation (docs/pictures/*.svg) from real bytes and real output.

``python tools/make_pictures.py`` writes them, ``--check`` only tells whether they are up to date.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import corpusclean
from corpusclean import testing
from corpusclean.edits import Edit

sys.path.insert(0, str(Path(__file__).parent))
from picture_svg import ByteUnit, Row, Span, byte_picture, gbk_units, panels_picture, road_picture, width_of

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "pictures"
SEED = ROOT / "seeds" / "002_72a1a11b28691eee.txt"
# Where the lines of the README's picture begin, in the page as it was decoded.
SHOWN = (
    "日韩精品",
    "當前位置",
    "厚植新時代民政",
    "時間:2019",
    "【字體",
    "  本報記者",
    "  如果說抓基層、強基礎是一次行軍",
    "體現在百姓",
    "掃一掃",
)
COLUMNS = 54
SPAM_COLUMNS = 26  # enough to see what it is


def written(text: str, encoding: str, hits: Sequence[str] = ()) -> list[ByteUnit]:
    """The characters of a text over the bytes that an encoding writes them in."""
    return [ByteUnit(char.encode(encoding), char, "hit" if char in hits else "plain") for char in text]


def misfire_comma() -> str:
    """A comma put before ？, which was found across two characters."""
    data = "。縣級".encode("gbk")
    spoiled = data[:1] + b"," + data[1:]
    assert testing.print_gbk(spoiled) == "?？h級"
    found = [ByteUnit(data[:1], ""), ByteUnit(data[1:3], "？", "hit"), ByteUnit(data[3:4], ""), *written("級", "gbk")]
    rows = (
        Row("What was written, in GBK: two bytes a character.", written("。縣級", "gbk")),
        Row("A converter looks for ？ (A3 BF) without asking where characters begin, and finds one.", found),
        Row("It puts a comma (2C) before it. A1 2C is no character, and prints as one ?", gbk_units(spoiled, (2, 4))),
    )
    return byte_picture("How a comma misfires: 。縣級 becomes ?？h級", rows)


def misfire_reading() -> str:
    """A reading put behind 數, which was found across two characters."""
    data, hit = "當的高".encode("gbk"), "數".encode("gbk")
    at = data.index(hit)
    assert at % 2 == 1
    spoiled = data.replace(hit, "數(shù)".encode("gbk"))
    found = [ByteUnit(data[:1], ""), ByteUnit(hit, "數", "hit"), ByteUnit(data[3:4], ""), *written("高", "gbk")]
    shown = gbk_units(spoiled, range(3, len(spoiled)))
    rows = (
        Row("What was written, in GBK.", written("當的高", "gbk")),
        Row("The converter puts its reading behind 數 (94 B5), and finds one across 當 and 的.", found),
        Row("(shù) tears 的 apart: B5 28 is no character, and all that follows is read one byte late.", shown),
    )
    return byte_picture("How a reading misfires: 當的高 becomes 當?shù)母?", rows)


def wrong_codec() -> str:
    """UTF-8 read as GBK: three bytes a character read two at a time."""
    text = "你好"
    data = text.encode()
    rows = (
        Row("What was written, in UTF-8: three bytes a character.", written(text, "utf-8")),
        Row("Read as GBK: two bytes a character. Every byte is still there.", gbk_units(data, range(len(data)))),
    )
    return byte_picture("UTF-8 read as GBK: 你好 becomes 浣犲ソ", rows)


def lost_for_good() -> str:
    """U+FFFD, saved and read wrongly again."""
    data = "\ufffd\ufffd".encode()
    units = [ByteUnit(data[at : at + 3], "�", "bad") for at in (0, 3)]
    rows = (
        Row("Two characters that could not be read became U+FFFD, and were saved as UTF-8.", units),
        Row("Read as GBK. What stood there before cannot be known.", gbk_units(data, range(len(data)))),
    )
    return byte_picture("What is lost for good: 锟斤拷", rows)


def before_after() -> str:
    """Lines of a real page: what goes, what comes."""
    doc = corpusclean.clean(SEED.read_bytes(), ledger=True)
    assert doc.ledger is not None
    whole = doc.ledger.revision
    before, after = [], []
    for beginning in SHOWN:
        start = whole.before.index(beginning)
        end = (whole.before + "\n").index("\n", start)
        edits = [edit for edit in whole.edits if edit.end > start and edit.start < end]
        room = SPAM_COLUMNS if edits[0].rule.endswith("spam_header") else COLUMNS
        before.append(cut(spans(whole.before, start, end, edits, after=False), room))
        made = cut(spans(whole.before, start, end, edits, after=True), COLUMNS)
        after.append(made if "".join(span.text for span in made).strip() else [Span("")])
    panels = (("as it was crawled", before), ("cleaned; every change is an edit that can be undone", after))
    return panels_picture("A page before and after cleaning", panels)


def spans(text: str, start: int, end: int, edits: Sequence[Edit], *, after: bool) -> list[Span]:
    """A line's stretches: what stays, and what an edit takes away or puts there."""
    out, at = [], start
    for edit in edits:
        first, last = max(edit.start, start), min(edit.end, end)
        if first > at:
            out.append(Span(text[at:first]))
        shown = edit.after.strip("\n") if after else text[first:last]
        changed = "plain" if edit.before == edit.after else ("green" if after else "red")
        if shown:
            out.append(Span(shown, changed))
        at = max(at, last)
    if at < end:
        out.append(Span(text[at:end]))
    return [Span(span.text.replace("\xa0", " "), span.look) for span in out]


def cut(line: Sequence[Span], room: int) -> list[Span]:
    """A line cut to a width in columns."""
    out: list[Span] = []
    for span in line:
        kept = ""
        for char in span.text:
            room -= width_of(char)
            if room < 0:
                return [*out, Span(kept + "…", span.look)]
            kept += char
        out.append(Span(kept, span.look))
    return out


def road() -> str:
    """The one road from bytes to a document."""
    stops = (
        ("bytes", "as found"),
        ("decoding", "which encoding?"),
        ("markup", "HTML to lines"),
        ("repair", "undo damage"),
        ("boilerplate", "judge lines"),
        ("script", "one script"),
        ("layout", "white space"),
        ("document", "text, metadata"),
    )
    return road_picture("The road from bytes to a document", stops, "the ledger: every edit, with its rule")


PICTURES = {
    "before-after": before_after,
    "lost-for-good": lost_for_good,
    "misfire-comma": misfire_comma,
    "misfire-reading": misfire_reading,
    "road": road,
    "wrong-codec": wrong_codec,
}


def main() -> int:
    made = {FOLDER / f"{name}.svg": make() for name, make in PICTURES.items()}
    if "--check" in sys.argv[1:]:
        stale = [path.name for path, text in made.items() if not path.exists() or path.read_text("utf-8") != text]
        if stale:
            print(f"out of date: {', '.join(stale)}: run python tools/make_pictures.py", file=sys.stderr)
        return 1 if stale else 0
    FOLDER.mkdir(exist_ok=True)
    for path, text in made.items():
        path.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
