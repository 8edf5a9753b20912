"""The words of neural networks in both voices, read from ``resources/explain`` so that they change without code."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from ann_viz.errors import DataError
from ann_viz.explain.texts import Voice
from ann_viz.resources import resource

__all__ = ["GlossaryEntry", "find_entries", "load_glossary"]

FILE: Final = "glossary.json"
PLURALS: Final = (("s", ""), ("es", ""), ("ies", "y"))  # as far as words typed in English go


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryEntry:
    """One word.

    Parameters
    ----------
    id : str
        By which other entries and links name it.
    term : str
        The word itself.
    plain, technical : str
        What it means, in both voices.
    also : tuple of str
        Other words for it, by which it is found.
    see_also : tuple of str
        Ids of other entries.
    show : str or None
        ``objectName`` of the widget where it can be seen.
    """

    id: str
    term: str
    plain: str
    technical: str
    see_also: tuple[str, ...]
    show: str | None
    also: tuple[str, ...] = ()

    def text(self, voice: Voice) -> str:
        """Return what it means, in one voice."""
        return self.plain if voice == "plain" else self.technical


@functools.cache
def load_glossary() -> dict[str, GlossaryEntry]:
    """Read all words by their ids, in alphabetical order of the words.

    Raises
    ------
    DataError
        When the file is missing, not as documented in it, names a word twice or refers to one that isn't there.
    """
    try:
        content = json.loads(resource("explain", FILE).read_text(encoding="utf-8"))
        entries = [_entry(values) for values in content["entries"]]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError(f"The glossary in '{FILE}' can't be read.", hint=f"({error!r})") from error
    glossary = {entry.id: entry for entry in sorted(entries, key=lambda entry: entry.term.casefold())}
    if len(glossary) < len(entries):
        ids = [entry.id for entry in entries]
        raise DataError(f"'{FILE}' explains '{next(each for each in ids if ids.count(each) > 1)}' twice.")
    for entry in entries:
        for other in entry.see_also:
            if other not in glossary:
                raise DataError(f"'{FILE}' refers from '{entry.id}' to '{other}', which it doesn't explain.")
    return glossary


def _entry(values: dict[str, Any]) -> GlossaryEntry:
    """Make an entry; every field must be there, with text in it."""
    words = {name: values[name] for name in ("id", "term", "plain", "technical")}
    show, see_also, also = values["show"], tuple(values["see_also"]), tuple(values.get("also", ()))
    for text in (*words.values(), *see_also, *also, *([] if show is None else [show])):
        if not isinstance(text, str) or not text.strip():
            raise ValueError(f"{text!r} is no text")
    return GlossaryEntry(**words, see_also=see_also, show=show, also=also)


def find_entries(typed: str, entries: Iterable[GlossaryEntry]) -> list[GlossaryEntry]:
    """Return the entries that hold all typed words, in the singular or in the plural.

    First come names that are just what was typed, then terms that begin with it, other names, and explanations.
    """
    words = [_forms(word) for word in typed.casefold().split()]
    found = [entry for entry in entries if _holds(_all_text(entry), words)]
    return sorted(found, key=lambda entry: _rank(entry, words))


def _forms(word: str) -> tuple[str, ...]:
    """Return a word as it is, and what it may be the plural of: "losses", "losse", "loss"."""
    return word, *(
        word.removesuffix(end) + stem for end, stem in PLURALS if word.endswith(end) and len(word) > len(end)
    )


def _holds(text: str, words: Iterable[tuple[str, ...]]) -> bool:
    return all(any(form in text for form in forms) for forms in words)


def _all_text(entry: GlossaryEntry) -> str:
    return " ".join((entry.term, *entry.also, entry.plain, entry.technical)).casefold()


def _rank(entry: GlossaryEntry, words: list[tuple[str, ...]]) -> int:
    names = [name.casefold() for name in (entry.term, *entry.also)]
    if any(len(words) == len(name.split()) and _holds(name, words) and _is_just(name, words) for name in names):
        return 0
    if not words or (names[0].startswith(words[0]) and _holds(names[0], words)):
        return 1
    return 2 if any(_holds(name, words) for name in names) else 3


def _is_just(name: str, words: list[tuple[str, ...]]) -> bool:
    return all(part in forms for part, forms in zip(name.split(), words, strict=True))
