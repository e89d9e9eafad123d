"""Many documents: readers, writers, the run, totals."""
