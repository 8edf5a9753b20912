"""The sentences of the import dialog, as rich text where a name is set in bold. No Qt here."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Final

from ann_viz.data import BadLine, Column, Table
from ann_viz.ui.import_choices import NOTHING_TO_LEARN, ImportChoices, input_count

__all__ = [
    "NBSP",
    "Notice",
    "broken_sentence",
    "broken_summary",
    "count",
    "file_facts",
    "missing_sentence",
    "notices",
    "size_text",
    "summary",
    "target_facts",
]

DOT: Final = "&nbsp; · &nbsp;"
NBSP: Final = "\u00a0"
LISTED_BROKEN_ROWS: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One line under "Notices"; ``column`` can be used anyway when it is set."""

    text: str
    column: str | None = None
    warning: bool = True


def count(number: int, noun: str) -> str:
    """Return "1 row" or "2,932 rows"."""
    return f"{number:,} {noun if number == 1 else noun + 's'}"


def size_text(size_bytes: int) -> str:
    """Return a file size in the unit a file browser would choose."""
    size = float(size_bytes)
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f}{NBSP}{unit}" if unit != "MB" or size >= 10 else f"{size:.1f}{NBSP}{unit}"
        size /= 1000
    return f"{size:.1f}{NBSP}GB"


def file_facts(table: Table) -> str:
    """Return the line under the title: name, size, rows, columns."""
    rows = table.n_rows + table.n_bad
    facts = (table.name, size_text(table.size_bytes), count(rows, "row"), count(len(table.columns), "column"))
    return " · ".join(facts)


def broken_sentence(line: BadLine) -> tuple[str, str]:
    """Return what is wrong with one row, and what it probably means."""
    head = f"Row {line.row:,} (line {line.line:,}): expected {count(line.expected, 'column')}, found {line.found:,}."
    if line.found < line.expected:
        why = "A value is missing, so everything to its right has slipped to the left."
    else:
        why = "There is a delimiter too many: perhaps inside a value that should be in quotes."
    return head, f"{why} The row is skipped."


def broken_summary(table: Table) -> str:
    """Return the list of broken rows for the tooltip of their chip."""
    lines = [
        f"Line {line.line:,}: expected {count(line.expected, 'column')}, found {line.found:,}"
        for line in table.bad_lines[:LISTED_BROKEN_ROWS]
    ]
    more = table.n_bad - LISTED_BROKEN_ROWS
    return "\n".join((*lines, *([f"and {more:,} more"] if more > 0 else []), "These rows are skipped."))


def _about(column: Column) -> Notice | None:
    name = f"<b>{escape(column.name)}</b>"
    if column.kind == "category" and column.n_distinct > 2:
        return Notice(
            text=f"{name} has {column.n_distinct:,} categories → {input_count(column):,} inputs (one-hot)",
            warning=False,
        )
    return None


def notices(choices: ImportChoices) -> list[Notice]:
    """Return the warnings first, then what is good to know."""
    result = []
    for column in choices.table.columns:
        if column.reason and choices.roles[column.name] == "ignore":
            usable = column.name if column.kind not in NOTHING_TO_LEARN else None
            text = f"<b>{escape(column.name)}</b> ignored: {escape(column.reason)}"
            result.append(Notice(text=text, column=usable))
    if choices.n_without_target:
        rows = count(choices.n_without_target, "row")
        result.append(Notice(text=f"{rows} without <b>{escape(str(choices.target))}</b> will be left out"))
    if choices.table.n_bad:
        rows = count(choices.table.n_bad, "broken row")
        result.append(Notice(text=f"{rows} will be skipped"))
    about = (_about(choices.column(name)) for name in choices.inputs)
    return result + [notice for notice in about if notice is not None]


def missing_sentence(choices: ImportChoices) -> tuple[int, str]:
    """Return how many cells of the input columns are empty, and where."""
    holes = [(name, choices.column(name).n_missing) for name in choices.inputs]
    holes = sorted(((name, n) for name, n in holes if n), key=lambda hole: -hole[1])
    total = sum(n for _, n in holes)
    if not total:
        return 0, "Every input column is complete."
    places = " · ".join(f"<b>{escape(name)}</b> {n:,}" for name, n in holes[:6])
    more = f" · and {count(len(holes) - 6, 'more column')}" if len(holes) > 6 else ""
    return total, f"Found {count(total, 'empty cell')}: {places}{more}"


def summary(choices: ImportChoices) -> str:
    """Return the first half of the footer's sentence."""
    rows = f"<b>{count(choices.n_rows, 'row')}</b> will be used"
    skipped = choices.table.n_bad
    if skipped:
        rows += f", {skipped:,} skipped"
    if choices.n_without_target:
        rows += f", {choices.n_without_target:,} left out"
    columns = f"<b>{count(len(choices.inputs), 'column')} → {count(choices.n_inputs, 'input')}</b>"
    return DOT.join((rows, columns, f"predicts <b>{escape(str(choices.target))}</b>"))


def target_facts(choices: ImportChoices) -> str:
    """Return the shares of a yes/no target, the number of classes, or the range of a number."""
    if choices.target is None or choices.task is None:
        return ""
    column = choices.column(choices.target)
    if choices.task == "regression":
        return f"{column.minimum:,.6g} to {column.maximum:,.6g}"
    if choices.task == "multiclass":
        return f"{column.n_distinct:,} classes"
    counts = dict(column.categories)
    total = sum(counts.values())
    if column.positive in counts:
        share = round(100 * counts[column.positive] / total)
        return f"{share}{NBSP}% yes, {100 - share}{NBSP}% no"
    return ", ".join(f"{round(100 * n / total)}{NBSP}% {value[:16]}" for value, n in column.categories)
