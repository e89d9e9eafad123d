"""Bytes to text: declared labels, detection, WHATWG-exact codecs, damage, mixed files."""

from __future__ import annotations

from .cascade import decode
from .decoded import Decoded, Vote

__all__ = ["Decoded", "Vote", "decode"]
