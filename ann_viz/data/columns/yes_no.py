"""Pairs of texts that mean yes and no, in the languages whose files turn up most."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

__all__ = ["PLAIN_ANSWERS", "positive_answer"]

_PAIRS: Final = (
    *(("yes", "no"), ("y", "n"), ("true", "false"), ("t", "f"), ("1", "0"), ("1.0", "0.0"), ("on", "off")),
    *(("ja", "nein"), ("j", "n"), ("wahr", "falsch"), ("an", "aus"), ("ja", "nej"), ("ja", "nei"), ("ja", "nee")),
    *(("oui", "non"), ("vrai", "faux"), ("sí", "no"), ("si", "no"), ("verdadero", "falso"), ("vero", "falso")),
    *(("sim", "não"), ("sim", "nao"), ("verdadeiro", "falso"), ("tak", "nie"), ("prawda", "fałsz")),
    *(("igen", "nem"), ("igaz", "hamis"), ("evet", "hayır"), ("evet", "hayir"), ("doğru", "yanlış")),
    *(("ano", "ne"), ("áno", "nie"), ("da", "ne"), ("da", "nu"), ("kyllä", "ei"), ("jah", "ei"), ("jā", "nē")),
    *(("taip", "ne"), ("да", "нет"), ("так", "ні"), ("да", "не"), ("истина", "ложь"), ("ναι", "όχι")),
    *(("はい", "いいえ"), ("有", "無"), ("有", "无"), ("是", "否"), ("是", "不是"), ("真", "假"), ("真", "偽")),
    *(("예", "아니오"), ("예", "아니요"), ("네", "아니오"), ("네", "아니요"), ("참", "거짓"), ("ya", "tidak")),
    *(("có", "không"), ("כן", "לא"), ("نعم", "لا"), ("ใช่", "ไม่ใช่"), ("हाँ", "नहीं"), ("✓", "✗"), ("✔", "✘")),
    *(("✔", "✗"), ("✅", "❌"), ("☑", "☐")),
)
_NO_OF: Final = {frozenset(pair): pair[1] for pair in _PAIRS}
PLAIN_ANSWERS: Final = frozenset(word for pair in _PAIRS for word in pair)
"""Words that say nothing without the question, in small letters."""


def positive_answer(values: Iterable[str]) -> str | None:
    """Return the one of two texts that means yes, or None when they are no such pair.

    Parameters
    ----------
    values : iterable of str
        The different texts of a column, in any case.
    """
    folded = {value.casefold(): value for value in values}
    no = _NO_OF.get(frozenset(folded))
    if no is None:
        return None
    return next(value for key, value in folded.items() if key != no)
