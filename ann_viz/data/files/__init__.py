"""From bytes to rows of text: how a file is written, and which rows do not fit."""
