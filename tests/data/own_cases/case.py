"""What a case is: the bytes of a file, and the columns, cells, findings and lines left out that must come of it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np

from ann_viz.data import Table, find, open_table, suggest_recipe

__all__ = ["ANSWERS", "COLOURS", "NUMBERS", "Case", "Column", "N", "case", "faults", "table_text"]

N: Final = 40
NUMBERS: Final = tuple(1000.0 + 7919 * i % 9973 + (i % 4) / 4 for i in range(N))
"""Different numbers of four or five digits before the mark and up to two behind it."""
COLOURS: Final = tuple(("red", "green", "blue")[i * 7 % 3] for i in range(N))
ANSWERS: Final = tuple(("yes", "no")[i * 5 % 7 % 2] for i in range(N))


@dataclass(frozen=True, kw_only=True)
class Column:
    """What a column must be.

    Parameters
    ----------
    kind : str
        Its kind.
    cells : sequence, optional
        Its numbers (of dates the days since 1970, NaN for none) or its texts, None for no value.
    n_odd : int
        Cells that must be told as odd ones.
    """

    kind: str
    cells: Sequence[float] | Sequence[str | None] | None = None
    n_odd: int = 0


@dataclass(frozen=True, kw_only=True)
class Case:
    """One file and what must come of it.

    Parameters
    ----------
    name : str
        Its file name.
    kind : str
        What is wrong with it, in a word or two.
    content : bytes
        What it holds.
    columns : mapping
        For the names of columns, what they must be; others may be anything.
    names : tuple of str
        Names of all columns, in order; not looked at where empty.
    findings : frozenset of str
        Kinds of findings there must be.
    silent : frozenset of str
        Kinds of findings there must not be.
    n_rows : int
        Rows there must be.
    target : str, optional
        What is to be predicted; as suggested without it.
    """

    name: str
    kind: str
    content: bytes
    columns: Mapping[str, Column] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    findings: frozenset[str] = frozenset()
    silent: frozenset[str] = frozenset()
    n_rows: int = N
    target: str | None = None


def table_text(columns: Mapping[str, Sequence[object]], delimiter: str = ",", *, quoted: bool = False) -> str:
    """Return columns as lines of a file; cells with the delimiter or all stand in quotes."""

    def cell(value: object) -> str:
        text = str(value)
        return '"' + text.replace('"', '""') + '"' if quoted or delimiter in text or '"' in text else text

    rows = zip(*columns.values(), strict=True)
    lines = [delimiter.join(map(cell, row)) for row in (tuple(columns), *rows)]
    return "\n".join(lines) + "\n"


def case(
    name: str,
    kind: str,
    cells: Sequence[object],
    expected: Column,
    *,
    column: str = "value",
    delimiter: str = ",",
    quoted: bool = False,
    encoding: str = "utf-8",
    **more: object,
) -> Case:
    """Return a case of one column that is looked at, beside colours and answers."""
    columns = {column: cells, "colour": COLOURS[: len(cells)], "answer": ANSWERS[: len(cells)]}
    text = table_text(columns, delimiter, quoted=quoted)
    suffix = ".txt" if delimiter in "\t|" else ".csv"
    return Case(
        name=name + suffix,
        kind=kind,
        content=text.encode(encoding),
        columns={column: expected},
        names=(column, "colour", "answer"),
        **({"target": "answer"} | more),  # type: ignore[arg-type]
    )


def faults(case: Case, folder: Path) -> list[str]:
    """Open the file of a case and return what differs from what must be, in words."""
    path = folder / case.name
    path.write_bytes(case.content)
    with open_table(path) as table:
        found = [f"{table.n_rows} rows, not {case.n_rows}"] if table.n_rows != case.n_rows else []
        names = tuple(column.name for column in table.columns)
        if case.names and names != case.names:
            found.append(f"names {names}")
        for name, expected in case.columns.items():
            found += _differences(table, name, expected) if name in names else [f"no column {name}"]
        recipe = suggest_recipe(table, case.target)
        kinds = {finding.kind for finding in find(table, recipe)}
        found += [f"no finding '{kind}'" for kind in sorted(case.findings - kinds)]
        found += [f"finding '{kind}'" for kind in sorted(case.silent & kinds)]
    return found


def _differences(table: Table, name: str, expected: Column) -> list[str]:
    column = table.column(name)
    found = [f"{name} is {column.kind} {column.form!r}"] if column.kind != expected.kind else []
    if column.n_odd != expected.n_odd:
        found.append(f"{name} has {column.n_odd} odd cells")
    if expected.cells is not None and not found:
        if all(isinstance(cell, float) for cell in expected.cells):
            read = table.numbers(column.index)
            right = np.array(expected.cells, dtype=np.float64)
            if len(read) != len(right) or not np.allclose(read, right, rtol=1e-9, atol=1e-9, equal_nan=True):
                place = next((i for i, x in enumerate(read) if i >= len(right) or not _same(x, right[i])), 0)
                found.append(f"{name} reads {read[place]} in row {place + 1}")
        else:
            spelled = {text: common for text, common, _ in column.spellings}
            texts = [spelled.get(text, text) for text in table.texts(column.index)]
            if texts != list(expected.cells):
                found.append(f"{name} reads {texts[:4]}")
    return found


def _same(x: float, y: float) -> bool:
    return math.isclose(x, y, rel_tol=1e-9, abs_tol=1e-9) or (math.isnan(x) and math.isnan(y))
