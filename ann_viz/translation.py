"""Texts in the reader's language, for the layers that know no Qt.

Texts are English in the source and looked up when they are said. The window hands over Qt's look-up when it starts;
without a window everything stays English. How to translate: ``resources/docs/translating.md``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

__all__ = ["translatable", "translate", "use_translator"]


def _english(text: str) -> str:
    return text


_translator: Final[list[Callable[[str], str]]] = [_english]


def use_translator(translator: Callable[[str], str] = _english) -> None:
    """Look texts up with `translator` from now on; without an argument they stay as they are."""
    _translator[:] = [translator]


def translatable(text: str) -> str:
    """Return `text` unchanged: it stands in a table read before a language is known, and is `translate`d later."""
    return text


def translate(text: str) -> str:
    """Return `text` in the reader's language, or as it is where there is no translation."""
    return _translator[0](text)
