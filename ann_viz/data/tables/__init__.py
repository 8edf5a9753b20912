"""A file opened as a table of typed columns."""
