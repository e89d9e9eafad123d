"""Ground that every room may use: how plausible Chinese text is, script of characters, readings."""

from .model import UNIT, LanguageModel, language_model, plausibility
from .symbols import model_table, simplified_only, traditional_only

__all__ = [
    "UNIT",
    "LanguageModel",
    "language_model",
    "model_table",
    "plausibility",
    "simplified_only",
    "traditional_only",
]
