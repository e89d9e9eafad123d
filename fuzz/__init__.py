"""Fuzzing: targets that assert the laws, a driver, a small corpus, and every finding as a regression case."""
