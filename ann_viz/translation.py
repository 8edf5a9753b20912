"""Texts in the reader's language, for the layers that know no Qt.

Texts are English in the source and looked up when they are said. The window hands over Qt's look-up when it starts;
without a window everything stays English. How to translate: ``resources/docs/translating.md``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ann_viz.numerals import format_number

__all__ = ["count", "translatable", "translate", "use_translator"]


def _english(text: str) -> str:
    return text


_translator: list[Callable[[str], str]] = [_english]


def use_translator(translator: Callable[[str], str] = _english) -> None:
    """Look texts up with `translator` from now on; without an argument they stay as they are."""
    _translator[:] = [translator]


def translatable(text: str) -> str:
    """Return `text` unchanged: it stands in a table read before a language is known, and is `translate`d later."""
    return text


def translate(text: str) -> str:
    """Return `text` in the reader's language, or as it is where there is no translation."""
    return _translator[0](text)


NOUNS: Final = {
    "broken row": (translatable("{n} broken row"), translatable("{n} broken rows")),
    "cell": (translatable("{n} cell"), translatable("{n} cells")),
    "column": (translatable("{n} column"), translatable("{n} columns")),
    "different value": (translatable("{n} different value"), translatable("{n} different values")),
    "empty cell": (translatable("{n} empty cell"), translatable("{n} empty cells")),
    "input": (translatable("{n} input"), translatable("{n} inputs")),
    "mended row": (translatable("{n} mended row"), translatable("{n} mended rows")),
    "neuron": (translatable("{n} neuron"), translatable("{n} neurons")),
    "parameter": (translatable("{n} parameter"), translatable("{n} parameters")),
    "more column": (translatable("{n} more column"), translatable("{n} more columns")),
    "more row": (translatable("{n} more row"), translatable("{n} more rows")),
    "more word": (translatable("{n} more word"), translatable("{n} more words")),
    "row": (translatable("{n} row"), translatable("{n} rows")),
    "target": (translatable("{n} target"), translatable("{n} targets")),
}


def count(number: int, noun: str) -> str:
    """Return "1 row" or "2,932 rows"; `noun` is one of `NOUNS`."""
    return translate(NOUNS[noun][number != 1]).format(n=format_number(number))
