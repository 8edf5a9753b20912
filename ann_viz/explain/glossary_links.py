"""Finds the words of the glossary in a text, so that they can be underlined and looked up."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ann_viz.explain.glossary import GlossaryEntry, load_glossary

__all__ = ["Piece", "mark_words"]

_IN_BRACKETS: Final = re.compile(r"^(?P<name>[^(]+?)\s*\((?P<other>[^)]+)\)$")  # "Neuron (node)" is two words for it


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text; ``entry`` is the id of the word in the glossary that it is, or empty."""

    text: str
    entry: str = ""


def mark_words(text: str, entries: Mapping[str, GlossaryEntry] | None = None) -> tuple[Piece, ...]:
    """Cut a text where the glossary's words first occur in it.

    The longest word wins ("hidden layer" before "layer"), case and the s or es of a plural do not matter, and parts of
    words are left alone. Of each entry only the first occurrence is marked.

    Parameters
    ----------
    text : str
        Plain text.
    entries : mapping of id to Entry, optional
        The glossary.

    Returns
    -------
    tuple of Piece
        Whose texts make up `text`.
    """
    words = _program_words() if entries is None else _words(entries)
    folded = text.casefold()
    there = "|".join(re.escape(word) for word in words if word in folded)  # a pattern of all takes 20 ms to make
    if not there:
        return (Piece(text),) if text else ()
    pieces: list[Piece] = []
    seen: set[str] = set()
    end = 0
    for match in re.finditer(rf"(?<!\w)({there})(?:e?s)?(?!\w)", text, re.IGNORECASE):
        entry = words[match[1].casefold()]
        if entry in seen:
            continue
        seen.add(entry)
        pieces += [Piece(text[end : match.start()]), Piece(match[0], entry)]
        end = match.end()
    return tuple(piece for piece in (*pieces, Piece(text[end:])) if piece.text)


@functools.cache
def _program_words() -> dict[str, str]:
    return _words(load_glossary())


def _words(entries: Mapping[str, GlossaryEntry]) -> dict[str, str]:
    """Return the entry of each word, the longest first."""
    words = {}
    for entry in entries.values():
        match = _IN_BRACKETS.match(entry.term)
        for name in (match["name"], match["other"]) if match else (entry.term,):
            words[name.casefold()] = entry.id
    return {word: words[word] for word in sorted(words, key=len, reverse=True)}
