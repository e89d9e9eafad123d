"""Ground that every room may use: how plausible Chinese text is, script of characters, readings."""

from .model import UNIT, LanguageModel, language_model, plausibility
from .readings import characters_read, readings, toneless
from .symbols import model_table, simplified_only, traditional_only, unusual_traditional

__all__ = [
    "UNIT",
    "LanguageModel",
    "characters_read",
    "language_model",
    "model_table",
    "plausibility",
    "readings",
    "simplified_only",
    "toneless",
    "traditional_only",
    "unusual_traditional",
]
