"""Pairs of texts that mean yes and no, in the languages whose files turn up most."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ann_viz.translation import translate

__all__ = ["CHECK_MARKS", "PLAIN_ANSWERS", "answer_side", "answer_sides", "called", "positive_answer"]

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
    *(("pravda", "nepravda"), ("sand", "falsk"), ("sann", "falskt"), ("sant", "falskt"), ("sant", "falsk")),
    *(("doğru", "yanliş"), ("tá", "níl"), ("istina", "laž"), ("тачно", "нетачно"), ("tačno", "netačno")),
    *(("tosi", "epätosi"), ("waar", "onwaar"), ("adevărat", "fals"), ("tiesa", "netiesa"), ("resnično", "neresnično")),
)
_NO_OF: Final = {frozenset(pair): pair[1] for pair in _PAIRS}
PLAIN_ANSWERS: Final = frozenset(word for pair in _PAIRS for word in pair)
"""Words that say nothing without the question, in small letters."""

CHECK_MARKS: Final = frozenset(
    ("x", "✓", "✔", "✗", "✘", "☑", "✅", "●", "•", "*", "1", "1.0", "y", "j", "yes", "ja", "true")
)
"""Beside nothing but empty cells, each of these is a yes."""


def called(no: str, yes: str) -> tuple[str, str]:
    """Return what two answers are called on screen: no and yes where the file has marks such as 0 and 1 for them."""
    are_marks = {no.casefold(), yes.casefold()} <= PLAIN_ANSWERS and not (no.isalpha() and yes.isalpha())
    return (translate("no"), translate("yes")) if are_marks else (no, yes)


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


def _two_sides(folded: set[str]) -> dict[str, str] | None:
    """Which of two texts means yes and which no."""
    yes = positive_answer(folded)
    return None if yes is None else {word: "yes" if word == yes else "no" for word in folded}


def answer_sides(folded: Iterable[str]) -> dict[str, str] | None:
    """Return which of three or more texts mean yes and which no, or None where one is no answer or could be both.

    Parameters
    ----------
    folded : iterable of str
        Different texts in small letters, such as yes, 1, no and 0.
    """
    found = set(folded)
    for number, side in (("1", "yes"), ("0", "no")):  # a single one beside words: True, False, 1
        if number in found and not {"1", "0"} <= found:
            others = answer_sides(found - {number}) or _two_sides(found - {number})
            return None if others is None else others | {number: side}
    within = [(yes, no) for yes, no in _PAIRS if yes in found and no in found]
    yes_words, no_words = {yes for yes, _ in within}, {no for _, no in within}
    if len(found) <= 2 or yes_words | no_words != found or yes_words & no_words:
        return None
    return dict.fromkeys(yes_words, "yes") | dict.fromkeys(no_words, "no")


def answer_side(text: str) -> str | None:
    """Return "yes" or "no" for a word that always means that, in any case; None for others."""
    found = {side for pair in _PAIRS for word, side in zip(pair, ("yes", "no"), strict=True) if word == text.casefold()}
    return found.pop() if len(found) == 1 else None
