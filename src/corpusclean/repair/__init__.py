"""Wrong codecs, byte-level misfires, injected annotations and commas, noise: damage is undone, or marked."""

from .step import RepairStep

__all__ = ["RepairStep"]
