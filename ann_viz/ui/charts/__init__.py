"""Charts of a run, and right and wrong answers."""
