"""Equal findings about many columns are one: it names the first, counts the rest, and its offer acts on all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ann_viz.data import suggest_recipe
from ann_viz.data.advice.finding import Finding, Offer
from ann_viz.data.advice.findings import CHECKS, apply_offer, find
from ann_viz.data.advice.folding import MOST_TOLD, folded
from ann_viz.data.encoding.recipe import Plan
from ann_viz.data.files.dialect import Dialect
from tests.data.finding_tables import YES, N, X, table_of

MANY = 764


def numbers_with_one_far(seed: int) -> list[float]:
    return [*(round(value + seed / 100, 3) for value in X[:-1]), 1e6]


COLUMNS: dict[str, Callable[[int], list[object]]] = {
    "identifier": lambda i: [15_600_000 + (7919 + i) * k % 99_991 for k in range(N)],
    "near-unique": lambda i: [f"w{i} {k * 7 % N:04}x" for k in range(N)],
    "outliers": lambda i: list(numbers_with_one_far(i)),
    "odd cells": lambda i: [*(round(value + i / 100, 3) for value in X[:-1]), "oops"],
    "date": lambda i: [f"20{10 + i % 9}-{1 + k % 12:02}-{1 + (k + i) % 28:02}" for k in range(N)],
}


@pytest.mark.parametrize("kind", COLUMNS)
def test_many_alike_are_one(tmp_path: Path, kind: str) -> None:
    """Up to five stand by themselves; of more each is in the details, and the offer changes what all offers change."""
    make = COLUMNS[kind]
    for n in (MOST_TOLD, MOST_TOLD + 4):
        columns = {f"c{i}": make(i) for i in range(n)} | {"x": X, "answer": YES}
        with table_of(tmp_path, columns) as table:
            recipe = suggest_recipe(table, "answer")
            found = [finding for finding in find(table, recipe) if finding.kind == kind]
            if n == MOST_TOLD:
                alone = found
                assert len(alone) == n and not any(finding.details for finding in alone)
                continue
            (finding,) = found
            assert finding.columns == tuple(f"c{i}" for i in range(n))
            assert finding.sentence.startswith("c0, c1, c2 and 6 more ")
            assert finding.details[0] == alone[0].sentence and len(finding.details) == n
            if finding.offer is None:
                continue
            assert finding.offer.columns == finding.columns
            for offer in (finding.offer, *finding.further):
                one_by_one = recipe
                for part in offer.parts:
                    one_by_one = apply_offer(table, one_by_one, part)
                taken = apply_offer(table, recipe, offer)
                assert taken == one_by_one
                assert taken != recipe or offer.reading


def test_764_are_one(tmp_path: Path) -> None:
    """As many as a picture of 28 × 28 has dots and more than anybody reads."""
    columns = {f"c{i}": [f"w{i} {k * 7 % N:04}x" for k in range(N)] for i in range(MANY)} | {"x": X, "answer": YES}
    with table_of(tmp_path, columns) as table:
        (finding,) = (each for each in find(table, suggest_recipe(table, "answer")) if "c9" in each.columns)
    assert finding.sentence == "c0, c1, c2 and 761 more have texts that hardly ever repeat: ignored"
    assert len(finding.columns) == len(finding.details) == MANY


def test_offers_to_read_otherwise_are_put_together() -> None:
    """What one of them adds or takes away, all do; what was said of other columns stays."""
    said = {"a": "text", "z": "text"}
    dialect = Dialect(forms=tuple(said.items()))
    findings = [
        Finding(
            kind="spellings",
            columns=(name,),
            sentence=name,
            severity="warning",
            offer=Offer(
                label="Read it as a date",
                column=name,
                forms=tuple(({"a": "text", "z": "text"} | {name: "iso"}).items()),
            ),
        )
        for name in "abcdef"
    ]
    (told,) = folded(findings, dialect)
    assert told.offer is not None and told.offer.label == "Read them as dates"
    assert dict(told.offer.reading["forms"]) == {"z": "text"} | {name: "iso" for name in "abcdef"}


def test_what_is_not_alike_stays_apart() -> None:
    """Another state, another deed: one button must mean one thing."""
    offers = [
        Offer(label="a", column="c", plan=Plan(scaling="log")),
        Offer(label="a", column="c", plan=Plan(scaling="robust")),
    ]
    findings = [
        Finding(kind="outliers", columns=(f"c{i}",), sentence="", severity="info", done=i % 3 == 0, offer=offers[i % 2])
        for i in range(36)
    ]
    told = folded(findings, Dialect())
    assert len(told) == 4 and sum(len(finding.columns) for finding in told) == 36


def test_every_kind_of_single_columns_can_be_told_of_many() -> None:
    """A kind of finding that is new either folds itself or has words for many."""
    alike = {
        kind: folded(
            [Finding(kind=kind, columns=(f"c{i}",), sentence="s", severity="info") for i in range(9)], Dialect()
        )
        for kind in CHECKS
    }
    apart = {kind for kind, told in alike.items() if len(told) > 1}
    fold_themselves = {"skew", "zeros", "sentinel", "two readings", "constant", "empty", "missing", "absent"}
    of_one_column = {"far answers", "target missing", "unbalanced", "sums to target", "time order"}
    of_rows = {
        "few rows", "many inputs", "other table", "stray bytes", "totals", "duplicate rows", "many rows", "sheets",
        "lines left out", "columns left out",
    }  # fmt: skip
    assert apart == fold_themselves | of_one_column | of_rows | {"many categories", "one-hot"}
