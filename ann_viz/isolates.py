"""Words that are written from right to left, kept from pulling what stands beside them to their other side.

A number behind such a word would be taken for a part of it: "42 %" would stand before the name that it is of. Texts
are shown with marks round such words that say where they end (Unicode's isolates); they take no room.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["isolated"]

_START, _END = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_LETTER: Final = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
_BETWEEN: Final = r"(?:[^\w<>&\n]|[\d_])*"  # two such words; what may be markup is not
_WORDS: Final = re.compile(f"{_LETTER}(?:{_BETWEEN}{_LETTER})*")


def isolated(text: str) -> str:
    """Return a text in which words from right to left stay where they stand; one that has such marks stays as it is."""
    if text.isascii() or _START in text:
        return text
    return _WORDS.sub(lambda words: f"{_START}{words[0]}{_END}", text)
