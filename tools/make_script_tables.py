"""Makes ``src/corpusclean/data/script/radicals.tsv`` from the Unicode Character Database.

    python tools/make_script_tables.py EquivalentUnifiedIdeograph.txt

The file is in Debian's package ``unicode-data`` (``apt-get download unicode-data``, under ``/usr/share/unicode``).
Unicode licence, see ``src/corpusclean/data/NOTICES/script.md``. Kangxi radicals that the file leaves out take their
compatibility decomposition.
"""

import argparse
import unicodedata
from pathlib import Path

OUT = Path(__file__).parent.parent / "src" / "corpusclean" / "data" / "script" / "radicals.tsv"
BLOCKS = (range(0x2E80, 0x2EF4), range(0x2F00, 0x2FD6))  # CJK Radicals Supplement, Kangxi Radicals

# ⺕: the database of 15.0 gives U+2B739, which hardly any font has; its common form is 彐, as newer versions say.
COMMON = {0x2E95: "彐"}


def equivalents(source: str) -> dict[int, str]:
    """Radical to ideograph, as the file's rows ``2E81 ; 5382`` and ``2E8C..2E8D ; 5C0F`` say."""
    table: dict[int, str] = {}
    for line in source.splitlines():
        row = line.split("#")[0]
        if ";" in row:
            codes, ideograph = (part.strip() for part in row.split(";"))
            low, _, high = codes.partition("..")
            for code in range(int(low, 16), int(high or low, 16) + 1):
                table[code] = chr(int(ideograph, 16))
    return table


def table(source: str) -> str:
    known = equivalents(source)
    rows = ["# Radical, tab, the ideograph it stands for. Made by tools/make_script_tables.py; see NOTICES/script.md"]
    for block in BLOCKS:
        for code in block:
            plain = unicodedata.normalize("NFKC", chr(code))
            ideograph = COMMON.get(code) or (plain if plain != chr(code) else known.get(code))
            if ideograph is not None:
                rows.append(f"{chr(code)}\t{ideograph}")
    return "\n".join(rows) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path, help="EquivalentUnifiedIdeograph.txt")
    options = parser.parse_args()
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(table(options.source.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
