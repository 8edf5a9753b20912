"""Classes in several spellings, marks of checkboxes, words that are values, and identifiers."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from tests.data.own_cases.case import NUMBERS, Case, Column, N, case

__all__ = ["answer_cases"]

_SPELLED: Final = {
    "yes_no": (("yes", "Yes", " yes", "YES"), ("no", "No", "no ", "NO")),
    "german": (("ja", "Ja", "JA"), ("nein", "Nein")),
    "french": (("oui", "Oui"), ("non", "Non", "NON")),
    "spanish": (("sí", "Sí", "SÍ"), ("no", "No")),
    "polish": (("tak", "TAK"), ("nie", "Nie")),
    "true": (("TRUE", "True", "true"), ("FALSE", "False", "false")),
    "one": (("yes", "1"), ("no", "0")),
    "one_alone": (("True", "TRUE", "1"), ("False", "FALSE")),
    "letters": (("y", "Y"), ("n", "N")),
}
_WORDS: Final = {
    "case": (("red", "Red", "RED"), ("green", "GREEN"), ("blue", "Blue")),
    "unseen": (("red", "red\u200b"), ("green", "\u200bgreen", "green\ufeff"), ("blue", "blue\u00ad")),
    "blanks": (("dark red", "dark  red", "Dark Red"), ("light blue", " light blue"), ("green", "green ")),
    "accents": (
        ("café", unicodedata.normalize("NFD", "café")),
        ("naïve", unicodedata.normalize("NFD", "naïve")),
        ("thé",),
    ),
}
_MARKS: Final = ("x", "X", "✓", "✔", "1", "yes", "*", "●")
_IDS: Final = (
    *("customerid", "account_number", "Policy Number", "Roll No.", "Kundennummer", "Rechnungsnr", "Lfd. Nr."),
    *("order_id", "EmployeeID", "MRN", "patient id", "StudentCode", "Ticket #", "serial", "invoice_no"),
)
_NO_IDS: Final = ("population", "distance", "paid", "Valid", "number of rooms")


def _mixed(groups: Sequence[Sequence[str]]) -> tuple[list[str], list[str]]:
    """Cells in turn from every group and spelling, the first of each the most common; and what each means."""
    cells, right = [], []
    for i in range(N):
        group = groups[i * 3 % 7 % len(groups)]
        cells.append(group[0] if i < N // 2 else group[i // 2 % len(group)])
        right.append(group[0])
    return cells, right


def answer_cases() -> Iterator[Case]:
    """Yield the cases."""
    said = frozenset(("spellings",))
    for name, groups in _SPELLED.items():
        cells, right = _mixed(groups)
        expected = Column(kind="yes_no", cells=right)
        yield case(f"answers_{name}", "spellings", cells, expected, column="bought", findings=said, target="bought")
    for name, words in _WORDS.items():
        cells, right = _mixed(words)
        yield case(f"words_{name}", "spellings", cells, Column(kind="category", cells=right), findings=said)
    for i, mark in enumerate(_MARKS):
        cells = [mark if row % 3 == 0 else "" for row in range(N)]
        wanted = frozenset(("checkbox",))
        yield case(f"checkbox_{i}", "checkbox", cells, Column(kind="yes_no"), column="member", findings=wanted)
    yield from _kept_words()
    numbers = [10_000 + 7919 * i % 89_989 for i in range(N)]
    for i, name in enumerate(_IDS):
        wanted = frozenset(("identifier",))
        yield case(f"id_{i:02}", "identifier", numbers, Column(kind="identifier"), column=name, findings=wanted)
    for i, name in enumerate(_NO_IDS):
        cells = [float(x) for x in numbers]
        expected = Column(kind="number", cells=cells)
        yield case(f"no_id_{i}", "no identifier", numbers, expected, column=name, silent=frozenset(("identifier",)))


def _kept_words() -> Iterator[Case]:
    doubt = frozenset(("doubtful missing",))
    for name, words in (
        ("fence", ("None", "wood", "wire")),
        ("region", ("NA", "EU", "AS")),
        ("garage", ("NA", "attached", "detached")),
        ("alcohol", ("None", "low", "high")),
    ):
        cells = [words[i * 7 % 3] for i in range(N)]
        expected = Column(kind="category", cells=cells)
        yield case(f"kept_{name}", "NA as a class", cells, expected, column=name, findings=doubt, target=name)
        yield case(f"kept_input_{name}", "NA as a class", cells, expected, column=name, findings=doubt)
    cells = ["NA" if i % 5 == 0 else f"{x:.2f}" for i, x in enumerate(NUMBERS)]
    right = [float("nan") if i % 5 == 0 else x for i, x in enumerate(NUMBERS)]
    yield case("na_numbers", "NA is missing", cells, Column(kind="number", cells=right), silent=doubt)
    cells = [("?", "wood", "wire")[i * 7 % 3] for i in range(N)]
    texts = [None if cell == "?" else cell for cell in cells]
    yield case("question_marks", "NA is missing", cells, Column(kind="category", cells=texts), silent=doubt)
