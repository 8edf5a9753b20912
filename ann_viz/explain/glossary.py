"""The words of neural networks in both voices, read from ``resources/explain`` so that they change without code."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ann_viz.errors import DataError
from ann_viz.explain.texts import Voice
from ann_viz.resources import resource

__all__ = ["GlossaryEntry", "find_entries", "load_glossary"]

FILE = "glossary.json"


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
    show, see_also = values["show"], tuple(values["see_also"])
    for text in (*words.values(), *see_also, *([] if show is None else [show])):
        if not isinstance(text, str) or not text.strip():
            raise ValueError(f"{text!r} is no text")
    return GlossaryEntry(**words, see_also=see_also, show=show)


def find_entries(typed: str, entries: Iterable[GlossaryEntry]) -> list[GlossaryEntry]:
    """Return the entries that hold all typed words: terms that begin with them, other terms, then explanations."""
    words = typed.casefold().split()
    found = [entry for entry in entries if all(word in _all_text(entry) for word in words)]
    return sorted(found, key=lambda entry: _rank(entry.term.casefold(), words))


def _all_text(entry: GlossaryEntry) -> str:
    return f"{entry.term} {entry.plain} {entry.technical}".casefold()


def _rank(term: str, words: list[str]) -> int:
    if not all(word in term for word in words):
        return 2
    return 0 if not words or term.startswith(words[0]) else 1
