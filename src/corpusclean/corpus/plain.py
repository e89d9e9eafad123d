"""Values of other people's rows, as JSON can write them."""

from __future__ import annotations

import base64
import math
from collections.abc import Mapping
from typing import Any

__all__ = ["MAX_DEPTH", "plain_json"]

MAX_DEPTH = 64  # levels of nesting that are carried as they are; below them, values are written out


def plain_json(value: Any, depth: int = 0) -> Any:
    """`value` as JSON values: bytes in base64, dates in ISO 8601, numbers that JSON has no word for as strings.

    >>> plain_json({"a": [1, b"x", float("nan")]})
    {'a': [1, 'eA==', 'nan']}
    """
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if depth >= MAX_DEPTH:
        return f"(nested more than {MAX_DEPTH} levels deep)"
    if isinstance(value, Mapping):
        return {str(key): plain_json(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain_json(item, depth + 1) for item in value]
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
