"""Text of others (names in files, file names, words of the system) made fit to be printed on a terminal."""

from __future__ import annotations

import unicodedata
from typing import Final

__all__ = ["printable"]

_BLANKS: Final = ("Zl", "Zp", "Zs")
_UNSEEN: Final = ("Cc", "Cf", "Cs")
_JOINERS: Final = "\u200c\u200d"  # Persian words and many emoji need them


def printable(text: str, at_most: int | None = None) -> str:
    """Return `text` as one line that can't steer a terminal.

    Line breaks and tabs become blanks. Other control characters, marks that turn the direction of writing and halves of
    characters become "\N{REPLACEMENT CHARACTER}", so that the text stays as long as it was.

    Parameters
    ----------
    text : str
        Whatever somebody else wrote.
    at_most : int, optional
        Longer texts are cut there and end in "…".
    """
    if at_most is not None and len(text) > at_most:
        text = text[: at_most - 1] + "…"
    return text if text.isprintable() else "".join(map(_shown, text))


def _shown(character: str) -> str:
    category = unicodedata.category(character)
    if category in _BLANKS or character in "\t\n\r":
        return " "
    return "\N{REPLACEMENT CHARACTER}" if category in _UNSEEN and character not in _JOINERS else character
