"""Bytes to text: declared labels, detection, WHATWG-exact codecs, damage, mixed files."""

from __future__ import annotations

from ..config import DecodingConfig
from ..ledger import ByteSpan, CodecRun, DecodeRecord
from ..limits import Limits
from .decoded import Decoded, Vote

__all__ = ["Decoded", "Vote", "decode"]


def decode(
    data: bytes,
    *,
    http_charset: str | None = None,
    config: DecodingConfig | None = None,
    limits: Limits | None = None,
) -> Decoded:
    """PLACEHOLDER to be replaced by the decoding room."""
    spans: list[ByteSpan] = []
    text = data.decode("utf-8", "replace")
    if text.encode() != data:
        text = data.decode("latin-1")
        return Decoded(text, "windows-1252", 0.1, (), DecodeRecord("windows-1252", (CodecRun(len(text), "latin-1"),)))
    return Decoded(text, "utf-8", 1.0, (), DecodeRecord("utf-8", (CodecRun(len(text), "utf-8"),), tuple(spans)))
