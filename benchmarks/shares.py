"""Which step takes which share of the time of a whole clean."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest import mock

from corpusclean import Cleaner, cleaner

__all__ = ["STEPS", "shares"]

STEPS = ("decode", "markup", "repair", "boilerplate", "script", "layout", "quality", "the road")
"""The steps, and what the cleaner does between them."""


@contextmanager
def _timed(target: Any, name: str, took: dict[str, float], key: str) -> Iterator[None]:
    """While this lasts, the time in ``target.name`` is added up under `key`."""
    real: Callable[..., Any] = getattr(target, name)

    def timed(*args: Any, **options: Any) -> Any:
        begin = time.process_time()
        try:
            return real(*args, **options)
        finally:
            took[key] += time.process_time() - begin

    with mock.patch.object(target, name, timed):
        yield


def shares(documents: Sequence[bytes], rounds: int) -> dict[str, float]:
    """The share of each step in the time of cleaning `documents`, 0.0 to 1.0."""
    took: dict[str, float] = defaultdict(float)
    subject = Cleaner()
    subject.clean(documents[0])
    with ExitStack() as stack:
        stack.enter_context(_timed(cleaner, "decode", took, "decode"))
        for step in STEPS[1:-1]:
            stack.enter_context(_timed(type(getattr(cleaner, f"_{step.upper()}")), "revise", took, step))
        begin = time.process_time()
        for _ in range(rounds):
            for document in documents:
                subject.clean(document)
        whole = time.process_time() - begin
    took["the road"] = whole - sum(took.values())
    return {step: took[step] / whole for step in STEPS}
