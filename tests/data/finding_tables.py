"""Small tables that call for a finding, with its sentence and its offer, and tables that call for none."""

from __future__ import annotations

import csv
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

from ann_viz.data import Table, open_table, suggest_recipe
from ann_viz.data.advice.findings import Finding, find

N = 200
RANDOM = random.Random(7)
X = [round(RANDOM.gauss(5, 2), 3) for _ in range(N)]
Z = [round(RANDOM.gauss(0, 1), 3) for _ in range(N)]
COLOURS = [RANDOM.choice(["red", "green", "blue"]) for _ in range(N)]
YES = [RANDOM.choice([0, 1]) for _ in range(N)]

Columns = Mapping[str, Sequence[object]]


def table_of(folder: Path, columns: Columns, **overrides: object) -> Table:
    path = folder / "file.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))
    return open_table(path, overrides={"delimiter": ",", "header": True, "skip_lines": 0} | overrides)


def found_in(folder: Path, columns: Columns, **overrides: object) -> dict[str, Finding]:
    """The findings about a table by kind, the first of each."""
    with table_of(folder, columns, **overrides) as table:
        found = find(table, suggest_recipe(table))
        assert found == find(table, suggest_recipe(table))
        severities = [finding.severity for finding in found]
        assert severities == sorted(severities, reverse=True)
        return {finding.kind: finding for finding in reversed(found)}


def numbered(word: str, n: int = N) -> list[str]:
    return [f"{word}{i:04}" for i in range(n)]


SENTENCES = {
    "counter": (
        {"RowNumber": range(1, N + 1), "x": X, "answer": YES},
        ("row counter", "RowNumber only counts 1, 2, 3 …: ignored", "Use anyway"),
    ),
    "identifier": (
        {"CustomerId": [15_600_000 + 7919 * i % 99_991 for i in range(N)], "x": X, "answer": YES},
        ("identifier", "CustomerId looks like an identifier (200 different values): ignored", "Use anyway"),
    ),
    "constant": (
        {"same": ["a"] * N, "x": X, "answer": YES},
        ("constant", "same always has the same value ('a'): ignored", None),
    ),
    "empty": ({"nothing": [""] * N, "x": X, "answer": YES}, ("empty", "nothing has no values: ignored", None)),
    "many constants": (
        {f"c{i}": [i] * N for i in range(7)} | {"x": X, "answer": YES},
        ("constant", "c0, c1, c2 and 4 more always have the same value: ignored", None),
    ),
    "free text": (
        {"note": [f"came on day {i} and was glad about it" for i in range(N)], "x": X, "answer": YES},
        ("free text", "note is free text (200 different texts): ignored", "Use its length"),
    ),
    "near-unique": (
        {"surname": [f"Name{i % 150:03}" for i in range(N)], "x": X, "answer": YES},
        ("near-unique", "surname has 150 different texts: ignored", "Use anyway"),
    ),
    "one-hot": (
        {"colour": COLOURS, "x": X, "answer": YES},
        ("one-hot", "colour has 3 categories → 3 inputs (one-hot)", None),
    ),
    "many one-hot": (
        {f"c{i}": RANDOM.sample(COLOURS, N) for i in range(6)} | {"answer": YES},
        ("one-hot", "c0, c1, c2 and 3 more hold categories → 18 inputs (one-hot)", None),
    ),
    "many categories": (
        {"town": [f"town {i % 20}" for i in range(N)] + ["town 20"] * 10, "answer": [*YES, *YES[:10]]},
        ("many categories", "town has 21 categories → 21 inputs (one-hot)", None),
    ),
    "rare": (
        {"colour": ["pink"] * 3 + COLOURS[3:], "x": X, "answer": YES},
        ("rare categories", "colour has 4 categories, 1 of them in fewer than 10 rows → 4 inputs (one-hot)", None),
    ),
    "all rare": (
        {"town": [f"town {i % 40}" for i in range(N)], "answer": YES},
        ("rare categories", "town has 40 categories, all of them in fewer than 10 rows → 40 inputs (one-hot)", None),
    ),
    "grouped": (
        {
            "town": [f"town {i * i % 97}" for i in range(1000)] + [f"town {i}" for i in range(70)],
            "price": [i % 7 / 2 for i in range(1070)],
        },
        ("rare categories", "the 36 rarest together as 'other'", None),
    ),
    "skew": (
        {"fare": [i % 37 / 10 + 4000 * (i % 50 == 0) for i in range(N)], "answer": YES},
        ("skew", "fare is very uneven: half of its values are at most", "Use a log scale"),
    ),
    "outlier": (
        {"age": [20 + i % 37 + 980 * (i == 5) for i in range(N)], "x": X, "answer": [round(4 * v) for v in X]},
        ("outliers", "age has 1 value far from the others (up to 1,005, where half lie between", "Use a log scale"),
    ),
    "far answer": (
        {"x": X, "z": Z, "price": [round(50 + 9 * v, 2) for v in X[:-1]] + [90_000]},
        ("far answers", "price has 1 value far from the others (up to 90,000, where half lie between", None),
    ),
    "codes": (
        {"town": [i * 7 % 12 + 1 for i in range(N)], "x": X, "answer": [int(i * 7 % 12 % 2 == 0) for i in range(N)]},
        ("codes", "town tells answer by its values, not by how large they are: they may be codes", "Treat as category"),
    ),
    "low outlier": (
        {"degrees": [20 + i % 37 - 900 * (i == 5) for i in range(N)], "x": X, "answer": YES},
        ("outliers", "degrees has 1 value far from the others (down to −875, where", "Use a robust scale"),
    ),
    "duplicates": (
        {"a": [*X, *X[:3]], "b": [*Z, *Z[:3]], "answer": [*YES, *YES[:3]]},
        ("duplicate rows", "3 of 203 rows (1 %) repeat an earlier one exactly", None),
    ),
    "equal": (
        {"colour": COLOURS, "x": X, "again": COLOURS, "answer": YES},
        ("equal columns", "again repeats colour", "Ignore it"),
    ),
    "equal numbers": (
        {"x": X, "z": [f"{x:.5f}" for x in X], "answer": YES},
        ("equal columns", "z says in other words the same as x", "Ignore it"),
    ),
    "renamed": (
        {"colour": COLOURS, "shade": [colour[0] for colour in COLOURS], "answer": YES},
        ("equal columns", "shade says in other words the same as colour", "Ignore it"),
    ),
    "words and codes": (
        {"code": [len(colour) for colour in COLOURS], "colour": COLOURS, "answer": YES},
        ("equal columns", "code says in other words the same as colour", "Ignore it"),
    ),
    "copy of the answer": (
        {"x": X, "alive": ["yes" if y else "no" for y in YES], "survived": YES},
        ("leak", "alive repeats survived: ignored", "Use anyway"),
    ),
    "more than the answer": (
        {"x": X, "stage": [i % 3 + 1 if y else 0 for i, y in enumerate(YES)], "sick": ["NY"[y] for y in YES]},
        ("leak", "stage alone tells sick in every row: would you know it beforehand?", "Ignore it"),
    ),
    "almost the answer": (
        {"x": Z, "euros": [round(1.1 * x) for x in range(400, 600)], "price": [100 + 2.5 * i for i in range(N)]},
        ("leak", "euros alone predicts price almost perfectly: would you know it beforehand?", "Ignore it"),
    ),
    "namesake": (
        {"G1": [round(x + z / 2) for x, z in zip(X, Z, strict=True)], "z": X[::-1], "G3": [round(x) for x in X]},
        ("leak", "of G3 and is named like it: would you know it beforehand?", "Ignore it"),
    ),
    "holes": (
        {"boat": [f"b{i % 9}" if y and i % 15 else "" for i, y in enumerate(YES)], "x": X, "survived": YES},
        ("leak", "boat is filled in or left empty depending on survived: would you know it beforehand?", "Ignore it"),
    ),
    "sum": (
        {"casual": X, "z": Z[::-1], "registered": Z, "cnt": [round(x + z, 3) for x, z in zip(X, Z, strict=True)]},
        ("sums to target", "casual + registered add up to cnt exactly: nothing is left to learn", "Ignore them"),
    ),
    "difference": (
        {"cost": X, "sales": Z, "profit": [round(z - x, 3) for x, z in zip(X, Z, strict=True)]},
        ("sums to target", "sales − cost give profit exactly: nothing is left to learn", "Ignore them"),
    ),
    "product": (
        {"items": [1 + i % 7 for i in range(N)], "each": X, "sales": [(1 + i % 7) * x for i, x in enumerate(X)]},
        ("sums to target", "items × each give sales exactly: nothing is left to learn", "Ignore them"),
    ),
    "mean": (
        {"maths": X, "music": Z, "score": [round((x + z) / 2, 4) for x, z in zip(X, Z, strict=True)]},
        ("sums to target", "maths and music give score exactly: nothing is left to learn", "Ignore them"),
    ),
    "unbalanced": (
        {"x": X, "fraud": [int(i % 50 == 0) for i in range(N)]},
        ("unbalanced", "fraud is '1' in only 2 % of the rows: always answering '0' would be right in 98 %", None),
    ),
    "scarce class": (
        {"x": X, "species": ["rose"] * 4 + COLOURS[4:]},
        ("unbalanced", "species has only 4 rows of 'rose': that is little to learn from", None),
    ),
    "missing answers": (
        {"x": X, "survived": [*YES[5:], *[""] * 5]},
        ("target missing", "survived has no value in 5 rows: they are left out", None),
    ),
    "few rows": (
        {"x": X[:60], "answer": YES[:60]},
        ("few rows", "Only 6 of 60 rows are left for the test: take its result as a rough guess", None),
    ),
    "dates in order": (
        {"day": [f"2024-{1 + i // 28:02}-{1 + i % 28:02}" for i in range(N)], "x": X, "sales": Z},
        ("time order", "day runs in order from row to row: test on the latest rows", "Split by time"),
    ),
    "dates": (
        {"sale date": [f"2024-{1 + i * 5 % 12:02}-{1 + i % 28:02}" for i in range(N)], "x": X, "price": Z},
        ("time order", "sale date tells when: to foresee what comes, test on the latest rows", "Split by time"),
    ),
    "years in order": (
        {"model year": [1990 + i // 10 for i in range(N)], "x": X, "price": Z},
        ("time order", "model year runs in order from row to row", "Split by time"),
    ),
    "missing": (
        {"age": ["NA" if i % 20 == 0 else 20 + i for i in range(N)], "answer": YES},
        ("missing", "age has no value in 10 rows (5 %): 'NA' 10×", None),
    ),
    "holes in an input": (
        {"age": ["" if i % 20 == 0 else 20 + i % 50 for i in range(N)], "x": X, "answer": YES},
        ("missing", "age has no value in 10 rows (5 %)", None),
    ),
    "many holes": (
        {f"x{k}": ["" if i == k else x for i, x in enumerate(X[k:] + X[:k])] for k in range(6)} | {"answer": YES},
        ("missing", "x0, x1, x2 and 3 more have no value in 6 cells in all: what usually stands there is put in", None),
    ),
    "zeros": (
        {"insulin": ["0" if i % 10 == 3 else 14 + i % 90 for i in range(N)], "x": X, "answer": YES},
        ("zeros", "insulin is 0 in 20 rows (10 %), and the next value is 14: 0 may mean missing", None),
    ),
    "many zeros": (
        {f"x{k}": ["0.0" if i % 9 == k else f"{30 + (7 * i + k) % 40}.5" for i in range(N)] for k in range(6)}
        | {"answer": YES},
        ("zeros", "x0, x1, x2 and 3 more are 0 in some rows, far below all other values: that may mean", None),
    ),
    "more inputs than rows": (
        {"answer": YES[:30]} | {f"x{k}": X[k : k + 30] for k in range(27)},
        ("many inputs", "27 inputs, but only 24 rows to learn from: a network may learn them by heart", None),
    ),
    "doubtful": (
        {"fence": RANDOM.choices(["NA", "wood", "wire"], [6, 2, 2], k=N), "x": X, "price": Z},
        ("doubtful missing", "counts 'NA' (", "Read it as missing"),
    ),
    "doubtful among yes and no": (
        {"smoker": RANDOM.choices(["NA", "yes", "no"], [2, 4, 4], k=N), "x": X, "price": Z},
        ("doubtful missing", "may be a category of its own, but is read as missing", "Count it as a category"),
    ),
}

QUIET = {
    "a strong clue is no leak": {"x": X, "price": [round(x + z / 2, 2) for x, z in zip(X, Z, strict=True)]},
    "unique texts are no leak": {"name": numbered("n"), "x": X, "answer": YES},
    "unique numbers are no leak": {"x": Z, "measure": X, "answer": YES},
    "two unique columns are not equal": {"name": numbered("n"), "key": numbered("k"), "x": X, "answer": YES},
    "two columns may agree in a few rows": {"a": YES[:12], "x": X[:12], "answer": YES[:12]},
    "nearly always the same": {"a": [1, *[0] * (N - 1)], "b": [1, *[0] * (N - 1)], "x": X, "answer": YES},
    "a date of birth is no time": {"birth date": [f"19{50 + i % 40}-03-{1 + i % 28:02}" for i in range(N)], "price": X},
    "a measured number in order is no time": {"x": sorted(X), "z": Z, "answer": YES},
    "counts are skewed by nature": {"children": [i % 3 + 9 * (i % 40 == 0) for i in range(N)], "answer": YES},
    "a size is no code": {
        "rooms": [i % 9 + 1 for i in range(N)],
        "x": X,
        "cost": [i % 9 * 5 + round(9 * z) for i, z in enumerate(Z)],
    },
    "a long tail is no slip": {"x": [i % 20 + 30 * (i % 12 == 0) for i in range(N)], "z": X, "price": Z},
    "counts begin with 0": {"visits": [i % 30 for i in range(N)], "answer": YES},
    "most have none": {"gain": [900 + i if i % 3 == 0 else 0 for i in range(N)], "answer": YES},
    "next to nothing": {"dose": [0.25 * i if i % 9 else 0 for i in range(3, N + 3)], "answer": YES},
    "few zeros": {"weight": [*[0] * 2, *range(40, N + 38)], "answer": YES},
    "zero is no farther than others": {"balance": [0 if i % 4 == 0 else 3000 * (1 + i % 40) for i in range(N)], "a": X},
    "numbers below 0": {"degrees": [0 if i % 9 == 0 else 30 + i % 50 - 99 * (i == 7) for i in range(N)], "a": X},
    "as many inputs as rows": {"answer": YES[:30]} | {f"x{k}": X[k : k + 30] for k in range(21)},
    "a sum but for noise": {
        "a": X,
        "b": Z,
        "cnt": [x + z + (i % 7) for i, (x, z) in enumerate(zip(X, Z, strict=True))],
    },
}
