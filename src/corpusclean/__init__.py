"""corpusclean turns bytes found on the web into clean UTF-8 documents with metadata.

Every change is an edit with a rule, and the input can be restored byte for byte.

>>> import corpusclean
>>> doc = corpusclean.clean("Привет, мир!")
>>> doc.text
'Привет, мир!'
"""

from ._version import __version__
from .cleaner import Cleaner, clean, extract, repair, restore, strip_boilerplate
from .config import CleanConfig
from .decoding import Decoded, decode
from .document import Document, Metadata, Removed
from .edits import Edit, Revision
from .errors import (
    BinaryInputError,
    ConfigError,
    CorpusCleanError,
    InputError,
    LedgerError,
    LimitExceeded,
    MissingExtraError,
)
from .ledger import Ledger
from .limits import Limits
from .script import convert_script, detect_script, unify_script
from .steps import ScriptReport

__all__ = [
    "BinaryInputError",
    "CleanConfig",
    "Cleaner",
    "ConfigError",
    "CorpusCleanError",
    "Decoded",
    "Document",
    "Edit",
    "InputError",
    "Ledger",
    "LedgerError",
    "LimitExceeded",
    "Limits",
    "Metadata",
    "MissingExtraError",
    "Removed",
    "Revision",
    "ScriptReport",
    "__version__",
    "clean",
    "convert_script",
    "decode",
    "detect_script",
    "extract",
    "repair",
    "restore",
    "strip_boilerplate",
    "unify_script",
]
