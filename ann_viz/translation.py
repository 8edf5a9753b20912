"""Texts in the reader's language, for the layers that know no Qt.

Texts are English in the source and looked up when they are said. The window hands over Qt's look-ups when it starts;
without a window everything stays English. English has one form for one and one for many, other languages have more:
that is the look-up's business. How to translate: ``resources/docs/translating.md``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

__all__ = ["translatable", "translate", "translate_plural", "use_translator"]


def _english(text: str) -> str:
    return text


_translator: Final[list[Callable[[str], str]]] = [_english]
_plural: Final[list[Callable[[str, str, int], str] | None]] = [None]


def use_translator(
    translator: Callable[[str], str] = _english, plural: Callable[[str, str, int], str] | None = None
) -> None:
    """Look texts up from now on; without arguments they stay as they are.

    Parameters
    ----------
    translator : callable
        Makes a text of an English one.
    plural : callable, optional
        Makes a text of the English forms for one and for many, and a number; otherwise `translator` is asked for the
        form that is right in English.
    """
    _translator[:], _plural[:] = [translator], [plural]


def translatable(text: str) -> str:
    """Return `text` unchanged: it stands in a table read before a language is known, and is `translate`d later."""
    return text


def translate(text: str) -> str:
    """Return `text` in the reader's language, or as it is where there is no translation."""
    return _translator[0](text)


def translate_plural(one: str, many: str, n: int) -> str:
    """Return the form for `n` in the reader's language; called by `ann_viz.numerals.counted`, which puts `n` in."""
    plural = _plural[0]
    return translate(one if n == 1 else many) if plural is None else plural(one, many, n)
