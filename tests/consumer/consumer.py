"""What a user of the package may write: `.ci/package` checks it with ``mypy --strict`` against the installed wheel.

Wrong uses are marked; mypy says ``unused "type: ignore"`` where one of them is not wrong any more.
"""

from collections.abc import Mapping

import corpusclean
from corpusclean import CleanConfig, Cleaner, Document, Edit, Revision, ScriptReport, testing
from corpusclean.testing.benchmark import benchmark

cleaner = Cleaner(CleanConfig.make(script="hant-tw"), ledger=True)
document: Document = cleaner.clean(b"bytes", url="https://example.org", http_charset="gbk")
title: str | None = document.metadata.title
views: int | None = document.metadata.views
as_mapping: Mapping[str, object] = document.metadata
restored: bytes = corpusclean.restore(document)
spans: list[tuple[int, int]] = document.ledger.origin(0, 1) if document.ledger is not None else []

revision: Revision = corpusclean.repair("text")
edits: tuple[Edit, ...] = revision.edits
text: str = revision.inverse().text
report: ScriptReport = corpusclean.detect_script("text", lines=True)
converted: str = corpusclean.convert_script("text", config="s2twp")
decoded: str = corpusclean.decode(b"bytes").text
share: float = benchmark(corpusclean.repair)["clean"]["Korean"].exact
damaged: str = testing.naive_traditional("text")

corpusclean.repair(b"bytes")  # type: ignore[arg-type]
cleaner.clean(7)  # type: ignore[arg-type]
wrong: int = document.text  # type: ignore[assignment]
