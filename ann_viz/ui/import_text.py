"""The sentences of the import dialog, as rich text where a name is set in bold. No Qt here."""

from __future__ import annotations

import math
from collections import Counter
from html import escape
from typing import Final

from ann_viz.data import BadLine, Column, Table
from ann_viz.numerals import written
from ann_viz.ui.import_choices import ImportChoices

__all__ = [
    "KIND_LABELS",
    "NBSP",
    "broken_sentence",
    "broken_summary",
    "column_facts",
    "count",
    "file_facts",
    "glance_facts",
    "hint_sentence",
    "missing_sentence",
    "missing_words_sentence",
    "round_number",
    "size_text",
    "summary",
    "target_facts",
]

DOT: Final = "&nbsp; · &nbsp;"
NBSP: Final = "\u00a0"
LISTED_BROKEN_ROWS: Final = 12


KIND_LABELS: Final[dict[str, str]] = {
    "number": "number",
    "category": "category",
    "yes_no": "yes or no",
    "identifier": "identifier",
    "text": "free text",
    "date": "date",
    "constant": "constant",
    "empty": "empty",
}


def count(number: int, noun: str) -> str:
    """Return "1 row" or "2,932 rows"."""
    return f"{written(number)} {noun if number == 1 else noun + 's'}"


def size_text(size_bytes: int) -> str:
    """Return a file size in the unit a file browser would choose."""
    size = float(size_bytes)
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:
            return (
                f"{written(size, '.0f')}{NBSP}{unit}"
                if unit != "MB" or size >= 10
                else f"{written(size, '.1f')}{NBSP}{unit}"
            )
        size /= 1000
    return f"{written(size, '.1f')}{NBSP}GB"


def file_facts(table: Table) -> str:
    """Return the line under the title: name, size, rows, columns."""
    rows = table.n_rows + table.n_bad
    facts = (table.name, size_text(table.size_bytes), count(rows, "row"), count(len(table.columns), "column"))
    return " · ".join(facts)


def glance_facts(name: str, size_bytes: int, about_rows: int, n_columns: int) -> str:
    """Return the line under the title while the file is being read."""
    rows = f"about {round_number(about_rows)} rows"
    return " · ".join((name, size_text(size_bytes), rows, count(n_columns, "column")))


def round_number(number: int) -> str:
    """Return a number known only roughly: two digits that count."""
    if number >= 1_000_000:
        return f"{written(number / 1e6, '.2g')} million" if number < 1e8 else f"{written(number / 1e6, '.0f')} million"
    step = 10 ** max(len(str(number)) - 2, 0)
    return written(round(number / step) * step)


def broken_sentence(line: BadLine) -> tuple[str, str]:
    """Return what is wrong with one row, and what it probably means."""
    head = f"Row {written(line.row)} (line {written(line.line)}): {line.problem.rstrip('.')}."
    if line.found < line.expected:
        return head, "A value is missing, so everything to its right has slipped to the left."
    if line.found > line.expected:
        return head, "There is a delimiter too many: perhaps inside a value that should be in quotes."
    return head, "A quote is missing, or there is one too many."


def broken_summary(table: Table) -> str:
    """Return the list of broken rows for the tooltip of their chip."""
    lines = [f"Line {written(line.line)}: {line.problem}" for line in table.bad_lines[:LISTED_BROKEN_ROWS]]
    more = table.n_bad - len(lines)
    return "\n".join((*lines, *([f"and {written(more)} more"] if more > 0 else []), "These rows are skipped."))


def column_facts(column: Column) -> str:
    """Return what a column is, in one line: kind, values, range, empty cells."""
    facts = [KIND_LABELS[column.kind].capitalize(), count(column.n_distinct, "different value")]
    if column.kind != "date" and math.isfinite(column.minimum):
        facts.append(f"{written(column.minimum, ',.6g')} to {written(column.maximum, ',.6g')}")
    facts.append(count(column.n_missing, "empty cell") if column.n_missing else "no empty cells")
    return " · ".join(facts)


def hint_sentence(choices: ImportChoices, follows_last_time: bool, offered: bool) -> str:
    """Return the quiet line beside "Preview": what is remembered, or why the target was suggested."""
    if follows_last_time:
        return 'Your choices of the last import of this file are used. &nbsp;<a href="#forget">Forget</a>'
    if offered:
        return 'You imported a table with these columns before. Use the same choices? &nbsp;<a href="#use">Use them</a>'
    if choices.target is None or not choices.target_reason:
        return "choose what each column is for"
    return f"<b>{escape(choices.target)}</b> is suggested as the target: {escape(choices.target_reason)}"


def missing_words_sentence(choices: ImportChoices) -> str:
    """Return which words were read as "missing", how often, and which of them are doubtful."""
    counts: Counter[str] = Counter()
    doubtful: dict[str, str] = {}
    for column in choices.table.columns:
        if choices.roles[column.name] == "ignore":
            continue
        counts.update({word: n for word, n in column.missing_words if word})
        doubtful |= {word: column.name for word in column.doubtful_missing}
    if not counts:
        return ""
    shown = ", ".join(f"“{escape(word)}” {written(n)}×" for word, n in counts.most_common(3))
    more = f" and {count(len(counts) - 3, 'more word')}" if len(counts) > 3 else ""
    word, name = next(iter(doubtful.items()), ("", ""))
    unsure = f" · <b>{escape(word)}</b> may be a category of {escape(name)}" if word else ""
    return f"Read as missing: {shown}{more}{unsure}"


def missing_sentence(choices: ImportChoices) -> tuple[int, str]:
    """Return how many cells of the input columns are empty, and where."""
    holes = [(name, choices.column(name).n_missing) for name in choices.inputs]
    holes = sorted(((name, n) for name, n in holes if n), key=lambda hole: -hole[1])
    total = sum(n for _, n in holes)
    if not total:
        return 0, "Every input column is complete."
    places = " · ".join(f"<b>{escape(name)}</b> {written(n)}" for name, n in holes[:6])
    more = f" · and {count(len(holes) - 6, 'more column')}" if len(holes) > 6 else ""
    return total, f"Found {count(total, 'empty cell')}: {places}{more}"


def summary(choices: ImportChoices) -> str:
    """Return the first half of the footer's sentence."""
    table = choices.table
    rows = f"<b>{count(choices.n_rows, 'row')}</b>"
    rows += f" of {written(choices.n_usable)} will be used" if choices.n_rows < choices.n_usable else " will be used"
    for number, what in (
        (table.n_bad, "skipped"),
        (table.n_padded + choices.n_filled, "filled up"),
        (table.n_edited - choices.n_filled, "edited"),
        (choices.n_without_target, f"left out without {choices.target}"),
    ):
        rows += f", {written(number)} {escape(what)}" if number else ""
    columns = f"<b>{count(len(choices.inputs), 'column')} → {count(choices.n_inputs, 'input')}</b>"
    return DOT.join((rows, columns, f"predicts <b>{escape(str(choices.target))}</b>"))


def target_facts(choices: ImportChoices) -> str:
    """Return the shares of a yes/no target, the number of classes, or the range of a number."""
    if choices.target is None or choices.task is None:
        return ""
    column = choices.column(choices.target)
    if choices.task == "regression":
        return f"{written(column.minimum, ',.6g')} to {written(column.maximum, ',.6g')}"
    if choices.task == "multiclass":
        return f"{written(column.n_distinct)} classes"
    counts = dict(column.categories)
    total = sum(counts.values())
    if column.positive in counts:
        share = round(100 * counts[column.positive] / total)
        return f"{share}{NBSP}% yes, {100 - share}{NBSP}% no"
    return ", ".join(f"{round(100 * n / total)}{NBSP}% {value[:16]}" for value, n in column.categories)
