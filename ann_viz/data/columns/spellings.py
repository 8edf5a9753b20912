"""Texts that are one value though they are written in several ways: yes, Yes and " yes", é in one or two characters."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from ann_viz.data.columns.yes_no import answer_sides, positive_answer

__all__ = ["fold", "spellings_of"]

_UNSEEN: Final = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"))


def fold(text: str) -> str:
    """Return what is left of a text without case, marks that nobody sees, and blanks that are one too many."""
    seen = unicodedata.normalize("NFC", text.translate(_UNSEEN))
    return " ".join(seen.casefold().split())


def spellings_of(counts: Sequence[tuple[str, int]]) -> dict[str, str]:
    """Return the texts that are another way to write a more common one, and that one.

    Nothing is said to be the same where hardly anything would be left: of AA, Aa and aa each has a meaning of its own.

    Parameters
    ----------
    counts : sequence of (str, int)
        The different texts, the most common first.
    """
    groups: dict[str, list[str]] = defaultdict(list)
    for text, _ in sorted(counts, key=lambda pair: pair[0] != pair[0].translate(_UNSEEN)):
        groups[fold(text)].append(text)
    sides = answer_sides(groups)
    if sides is not None:
        groups = {side: [text for text, _ in counts if sides[fold(text)] == side] for side in ("yes", "no")}
    elif len(groups) < 2:
        return {}
    words = sides is not None or positive_answer(groups) is not None
    return {
        text: texts[0] for folded, texts in groups.items() if words or len(folded) > 1 for text in texts[1:]
    } | _one_letter({} if words else groups)


def _one_letter(groups: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Letters are the same only but for unseen marks: m and M may be two codes."""
    found = {}
    for folded, texts in groups.items():
        if len(folded) == 1:
            first: dict[str, str] = {}
            for text in texts:
                bare = text.translate(_UNSEEN).strip()
                if first.setdefault(bare, text) != text:
                    found[text] = first[bare]
    return found
