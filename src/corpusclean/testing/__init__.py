"""Damage on purpose: simulators of what happens to Chinese web text, and Hypothesis strategies built from them.

For testing corpusclean, and your own pipeline. The simulators need nothing but corpusclean; the strategies need
`hypothesis` (``pip install 'corpusclean[test]'``) and live in :mod:`corpusclean.testing.strategies`.
"""

from .sentences import SENTENCES
from .simulate import (
    Damaged,
    drop_bytes,
    inject_commas,
    inject_readings,
    misfire_commas,
    misfire_readings,
    misread,
    naive_traditional,
    print_gbk,
    reading,
    scatter_invisible,
    space_out,
    wrap_page,
)

__all__ = [
    "SENTENCES",
    "Damaged",
    "drop_bytes",
    "inject_commas",
    "inject_readings",
    "misfire_commas",
    "misfire_readings",
    "misread",
    "naive_traditional",
    "print_gbk",
    "reading",
    "scatter_invisible",
    "space_out",
    "wrap_page",
]
