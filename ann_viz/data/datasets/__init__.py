"""A table made ready for a network: arrays or blocks of rows, in three parts."""
