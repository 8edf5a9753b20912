"""The words that mean "missing": where a file has them, and the list of them as one reads and edits it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ann_viz.data import Column
from ann_viz.numerals import format_number, listed_briefly
from ann_viz.translation import translate

__all__ = ["WordUse", "missing_text", "missing_words", "word_uses"]

NAMED_COLUMNS: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class WordUse:
    """Where one word was read as missing: column to number of cells, and columns where that is doubtful."""

    places: Mapping[str, int]
    doubtful: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """How often and where, in a few words."""
        if not self.places:
            return translate("not in this file")
        where = listed_briefly(self.places, NAMED_COLUMNS, "more column")
        found = translate("{n}× in {columns}").format(n=format_number(sum(self.places.values())), columns=where)
        doubt = [translate("may be a category of {name}").format(name=self.doubtful[0])] if self.doubtful else []
        return " · ".join((found, *doubt))


def word_uses(columns: Sequence[Column], words: Sequence[str]) -> dict[str, WordUse]:
    """Return where each of the words was found."""
    places: dict[str, dict[str, int]] = {word: {} for word in words}
    doubtful: dict[str, list[str]] = {word: [] for word in words}
    for column in columns:
        for word, number in column.missing_words:
            if number:
                places.setdefault(word, {})[column.name] = number
        for word in column.doubtful_missing:
            doubtful.setdefault(word, []).append(column.name)
    return {word: WordUse(places=found, doubtful=tuple(doubtful.get(word, ()))) for word, found in places.items()}


def missing_text(words: Iterable[str]) -> str:
    """Return the words that mean "missing" as the user reads and edits them."""
    return ", ".join((translate("empty"), *(word for word in words if word)))


def missing_words(text: str) -> tuple[str, ...]:
    """Return the words of an edited list; "empty" stands for the empty cell, which is always missing."""
    words = (word.strip() for word in text.split(","))
    return ("", *dict.fromkeys(word for word in words if word and word != translate("empty")))
