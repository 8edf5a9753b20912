"""What was understood of a file, for scripts and for a person at a terminal."""

from __future__ import annotations

from typing import Any, Final

from ann_viz.data import Recipe, Table, suggest_recipe
from ann_viz.data.advice.finding import why_useless
from ann_viz.data.advice.findings import Finding, find
from ann_viz.data.advice.folding import MOST_TOLD
from ann_viz.data.advice.suggest import suggest_reason
from ann_viz.errors import DataError
from ann_viz.numerals import count, format_number

__all__ = ["inspect_table", "inspection_lines"]

MOST_BAD_LINES: Final = 1000
KIND_WIDTH: Final = 10


def inspect_table(table: Table, target: str | None = None) -> dict[str, Any]:
    """Return what is known of a table as JSON values.

    Parameters
    ----------
    table : Table
        The table.
    target : str, optional
        Column to predict; suggested without it. A table from which nothing can be learned has the target None.

    Returns
    -------
    dict
        ``rows``, ``columns``, ``delimiter``, ``encoding``, ``quote``, ``decimal``, ``header``, ``preamble_lines``,
        ``bad_lines``, ``padded_lines`` and ``bad_bytes`` (line numbers, the first 1,000 each), ``left_out`` (how many
        lines of which kind are no rows), ``dropped_columns``, ``target``, ``task``, ``shared_findings`` (those told of
        many columns at once, and not with each of these) and more.

    Raises
    ------
    DataError
        When ``target`` names no column or one that can't be learned.
    """
    recipe, problem = _recipe(table, target)
    found = () if recipe is None else find(table, recipe)
    dialect = table.dialect
    return {
        "rows": table.n_rows,
        "columns": [_column(table, recipe, found, index) for index in range(len(table.columns))],
        "delimiter": dialect.delimiter,
        "encoding": dialect.encoding,
        "quote": dialect.quote,
        "decimal": dialect.decimal,
        "thousands": dialect.thousands,
        "header": dialect.header,
        "preamble_lines": dialect.skip_lines,
        "bad_lines": [bad.line for bad in table.bad_lines[:MOST_BAD_LINES]],
        "n_bad": table.n_bad,
        "padded_lines": list(table.padded_lines[:MOST_BAD_LINES]),
        "n_padded": table.n_padded,
        "bad_bytes": list(table.bad_bytes[:MOST_BAD_LINES]),
        "left_out": [
            {"kind": lines.kind, "n": lines.n, "lines": list(lines.lines[:MOST_BAD_LINES])} for lines in table.left_out
        ],
        "dropped_columns": list(table.dropped_columns),
        "target": None if recipe is None else recipe.target,
        "task": None if recipe is None else recipe.task,
        "target_reason": problem if recipe is None else suggest_reason(table, recipe) if target is None else "chosen",
        "findings": [finding.sentence for finding in found if not finding.columns],
        "shared_findings": [
            {"sentence": each.sentence, "columns": list(each.columns), "details": list(each.details)}
            for each in found
            if _is_of_many(each)
        ],
    }


def _recipe(table: Table, target: str | None) -> tuple[Recipe | None, str]:
    if target is not None:
        return suggest_recipe(table, table.column(target).name), ""
    try:
        return suggest_recipe(table), ""
    except DataError as error:
        return None, str(error)


def _column(table: Table, recipe: Recipe | None, found: tuple[Finding, ...], index: int) -> dict[str, Any]:
    column = table.columns[index]
    about = [finding for finding in found if column.name in finding.columns and not _is_of_many(finding)]
    sentences = [finding.sentence for finding in about]
    if recipe is None and column.reason is not None:
        sentences.append(why_useless(column))
    return {
        "name": column.name,
        "kind": column.kind,
        "role": "ignore" if recipe is None else recipe.role(column.name),
        "missing": column.n_missing,
        "odd_cells": [{"text": c.text, "count": c.count, "first_row": c.first_row + 1} for c in column.odd_cells],
        "n_odd": column.n_odd,
        "distinct": column.n_distinct,
        "distinct_is_estimate": column.distinct_is_estimate,
        "findings": sentences,
    }


def _is_of_many(finding: Finding) -> bool:
    """Whether it is told once, and not with each of its columns."""
    return len(finding.columns) > MOST_TOLD


def inspection_lines(name: str, known: dict[str, Any]) -> list[str]:
    """Return the same as lines for a person."""
    header = "names in the first row" if known["header"] else "no row of names"
    marks = [f"separated by {_shown(known['delimiter'])}", known["encoding"], header]
    if known["preamble_lines"]:
        marks.append(f"{count(known['preamble_lines'], 'line')} before the table")
    lines = [f"{name}: {count(known['rows'], 'row')}, {count(len(known['columns']), 'column')}", "; ".join(marks)]
    if known["n_bad"]:
        shown = ", ".join(format_number(line) for line in known["bad_lines"][:5]) + (" …" if known["n_bad"] > 5 else "")
        lines.append(f"left out because they don't fit: {count(known['n_bad'], 'row')} (line {shown})")
    if known["n_padded"]:
        shown = ", ".join(map(format_number, known["padded_lines"][:5])) + (" …" if known["n_padded"] > 5 else "")
        lines.append(f"filled up with empty cells: {count(known['n_padded'], 'row')} (line {shown})")
    lines.append(
        f"predicts {known['target']} ({known['task']}): {known['target_reason']}"
        if known["target"] is not None
        else known["target_reason"]
    )
    width = max(len(column["name"]) for column in known["columns"])
    lines.append("")
    for column in known["columns"]:
        different = count(column["distinct"], "different value", about=column["distinct_is_estimate"])
        facts = different + (f", {format_number(column['missing'])} missing" if column["missing"] else "")
        lines.append(f"  {column['name']:<{width}}  {column['kind']:<{KIND_WIDTH}}  {column['role']:<6}  {facts}")
        lines += [f"  {'':<{width}}  · {sentence}" for sentence in column["findings"]]
    shared = (finding["sentence"] for finding in known["shared_findings"])
    return [*lines, *(f"· {sentence}" for sentence in (*shared, *known["findings"]))]


def _shown(delimiter: str) -> str:
    return {"\t": "tabs", " ": "blanks", ",": "commas", ";": "semicolons"}.get(delimiter, repr(delimiter))
