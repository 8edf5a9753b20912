"""The room Why: what mattered for an answer, and what would change it."""
