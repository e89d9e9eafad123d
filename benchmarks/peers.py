"""The contenders: corpusclean, and what users would put together from other packages (the extra ``bench``)."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version

from clock import Contender

import corpusclean

__all__ = ["HAND_MADE", "OURS", "WITH_LEDGER", "html_contenders", "step_contenders", "text_contenders", "versions"]

PACKAGES = ("chardet", "charset-normalizer", "ftfy", "opencc-python-reimplemented", "resiliparse", "trafilatura")
OURS = "corpusclean"
WITH_LEDGER = "with ledger"
HAND_MADE = "hand-made"


def versions() -> dict[str, str]:
    """The version of each peer."""
    return {name: version(name) for name in PACKAGES}


def text_contenders() -> Mapping[str, Contender]:
    """The whole text path, and chardet, then ftfy, then OpenCC: which knows no boilerplate, misfire or ledger."""
    import chardet
    import ftfy
    from opencc import OpenCC

    converter = OpenCC("t2s")

    def hand_made(data: bytes) -> str:
        encoding = chardet.detect(data)["encoding"] or "utf-8"
        return str(converter.convert(ftfy.fix_text(data.decode(encoding, "replace"))))

    return {
        OURS: corpusclean.Cleaner().clean,
        WITH_LEDGER: corpusclean.Cleaner(ledger=True).clean,
        HAND_MADE: hand_made,
    }


def html_contenders() -> Mapping[str, Contender]:
    """The whole HTML path, and two extractors of main content, as their manuals say to call them."""
    import trafilatura
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding

    def resiliparse(data: bytes) -> str:
        return str(extract_plain_text(bytes_to_str(data, detect_encoding(data) or "utf-8"), main_content=True))

    return {
        OURS: corpusclean.Cleaner().clean,
        WITH_LEDGER: corpusclean.Cleaner(ledger=True).clean,
        "trafilatura": trafilatura.extract,
        "resiliparse": resiliparse,
    }


def step_contenders() -> Mapping[str, tuple[str, Mapping[str, Contender]]]:
    """For each step that has a peer: the mix it is measured on, and both (bytes are decoded within the time)."""
    import chardet
    import charset_normalizer
    import ftfy
    from opencc import OpenCC
    from resiliparse.extract.html2text import extract_plain_text

    converter = OpenCC("t2s")
    return {
        "decode": (
            "mixed encodings",
            {
                OURS: corpusclean.decode,
                "chardet": lambda data: data.decode(chardet.detect(data)["encoding"] or "utf-8", "replace"),
                "charset-normalizer": lambda data: str(charset_normalizer.from_bytes(data).best()),
            },
        ),
        "repair": (
            "clean Simplified",
            {
                OURS: lambda data: corpusclean.repair(data.decode()).text,
                "ftfy": lambda data: ftfy.fix_text(data.decode()),
            },
        ),
        "script": (
            "naive Traditional",
            {
                OURS: lambda data: corpusclean.unify_script(data.decode()).text,
                "opencc-python-reimplemented": lambda data: converter.convert(data.decode()),
            },
        ),
        "convert_script, t2s": (
            "naive Traditional",
            {
                OURS: lambda data: corpusclean.convert_script(data.decode(), "t2s"),
                "opencc-python-reimplemented": lambda data: converter.convert(data.decode()),
            },
        ),
        "markup": (
            "HTML",
            {
                OURS: lambda data: corpusclean.extract(data.decode()).text,
                "resiliparse, all text": lambda data: extract_plain_text(data.decode()),
            },
        ),
    }
