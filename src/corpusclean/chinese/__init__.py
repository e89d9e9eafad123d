"""Ground that every room may use: character classes, readings, one-character script maps, the language model."""
