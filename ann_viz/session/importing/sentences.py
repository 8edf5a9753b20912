"""The sentences of the import dialog, as rich text where a name is set in bold."""

from __future__ import annotations

import math
from collections import Counter
from typing import Final

from ann_viz.data import BadLine, Column, Table
from ann_viz.numerals import NBSP, count, format_number, listed_briefly, percent, size_text
from ann_viz.rich import Rich, bold, escaped, joined, rich
from ann_viz.session.importing.choices import ImportChoices
from ann_viz.translation import translatable, translate

__all__ = [
    "KIND_LABELS",
    "broken_sentence",
    "broken_summary",
    "column_facts",
    "file_facts",
    "glance_facts",
    "hint_sentence",
    "missing_sentence",
    "missing_words_sentence",
    "round_rows",
    "summary",
    "target_facts",
]

DOT: Final = f"{NBSP} · {NBSP}"
LISTED_BROKEN_ROWS: Final = 12


KIND_LABELS: Final[dict[str, str]] = {
    "number": translatable("number"),
    "category": translatable("category"),
    "yes_no": translatable("yes or no"),
    "identifier": translatable("identifier"),
    "text": translatable("free text"),
    "date": translatable("date"),
    "constant": translatable("constant"),
    "empty": translatable("empty"),
}


def file_facts(table: Table) -> str:
    """Return the line under the title: name, size, rows, columns."""
    rows = table.n_rows + table.n_bad
    facts = (table.name, size_text(table.size_bytes), count(rows, "row"), count(len(table.columns), "column"))
    return " · ".join(facts)


def glance_facts(name: str, size_bytes: int, about_rows: int, n_columns: int) -> str:
    """Return the line under the title while the file is being read."""
    rows = translate("about {rows}").format(rows=round_rows(about_rows))
    return " · ".join((name, size_text(size_bytes), rows, count(n_columns, "column")))


def round_rows(number: int) -> str:
    """Return a number of rows known only roughly: two digits that count."""
    if number >= 1_000_000:
        return translate("{n} million rows").format(n=format_number(number / 1e6, ".2g" if number < 1e8 else ".0f"))
    step = 10 ** max(len(str(number)) - 2, 0)
    return count(round(number / step) * step, "row")


def broken_sentence(line: BadLine) -> tuple[str, str]:
    """Return what is wrong with one row, and what it probably means."""
    head = translate("Row {row} (line {line}): {problem}.").format(
        row=format_number(line.row), line=format_number(line.line), problem=line.problem.rstrip(".")
    )
    if line.found < line.expected:
        return head, translate("A value is missing, so everything to its right has slipped to the left.")
    if line.found > line.expected:
        return head, translate("There is a delimiter too many: perhaps inside a value that should be in quotes.")
    return head, translate("A quote is missing, or there is one too many.")


def broken_summary(table: Table) -> str:
    """Return the list of broken rows for the tooltip of their chip."""
    text = translate("Line {n}: {problem}")
    lines = [
        text.format(n=format_number(line.line), problem=line.problem) for line in table.bad_lines[:LISTED_BROKEN_ROWS]
    ]
    n_more = table.n_bad - len(lines)
    more = [translate("and {n} more").format(n=format_number(n_more))] if n_more > 0 else []
    return "\n".join((*lines, *more, translate("These rows are skipped.")))


def column_facts(column: Column) -> str:
    """Return what a column is, in one line: kind, values, range, cells without a value."""
    values = count(column.n_distinct, "different value", about=column.distinct_is_estimate)
    facts = [translate(KIND_LABELS[column.kind]).capitalize(), values]
    if column.kind != "date" and math.isfinite(column.minimum):
        facts.append(_range(column))
    n_missing = column.n_missing
    facts.append(count(n_missing, "cell without a value") if n_missing else translate("no cells without a value"))
    return " · ".join(facts)


def _range(column: Column) -> str:
    least, largest = format_number(column.minimum, ",.6g"), format_number(column.maximum, ",.6g")
    return translate("{least} to {largest}").format(least=least, largest=largest)


def hint_sentence(choices: ImportChoices, follows_last_time: bool, offered: bool) -> Rich:
    """Return the quiet line beside "Preview": what is remembered, or why the target was suggested."""
    if follows_last_time:
        text = translate('Your choices of the last import of this file are used. &nbsp;<a href="#forget">Forget</a>')
        return rich(text)
    if offered:
        text = translate(
            'You imported a table with these columns before. Use the same choices? &nbsp;<a href="#use">Use them</a>'
        )
        return rich(text)
    if choices.target is None or not choices.target_reason:
        return rich(translate("choose what each column is for"))
    text = translate("<b>{target}</b> is suggested as the target: {reason}")
    return rich(text, target=choices.target, reason=choices.target_reason)


def missing_words_sentence(choices: ImportChoices) -> Rich:
    """Return which words were read as "missing", how often, and which of them are doubtful."""
    counts: Counter[str] = Counter()
    doubtful: dict[str, str] = {}
    for column in choices.table.columns:
        if choices.roles[column.name] == "ignore":
            continue
        counts.update({word: n for word, n in column.missing_words if word})
        doubtful |= {word: column.name for word in column.doubtful_missing}
    if not counts:
        return escaped("")
    found = (f"“{word}” {format_number(n)}×" for word, n in counts.most_common())
    parts = [rich(translate("Read as missing: {words}"), words=listed_briefly(found, 3, "more word"))]
    for word, name in list(doubtful.items())[:1]:
        parts.append(rich(translate("<b>{word}</b> may be a category of {name}"), word=word, name=name))
    return joined(" · ", parts)


def missing_sentence(choices: ImportChoices) -> tuple[int, Rich]:
    """Return how many cells of the input columns have no value, and where."""
    holes = [(name, choices.column(name).n_missing) for name in choices.inputs]
    holes = sorted(((name, n) for name, n in holes if n), key=lambda hole: -hole[1])
    total = sum(n for _, n in holes)
    if not total:
        return 0, rich(translate("Every input column is complete"))
    places = [rich("<b>{name}</b> {n}", name=name, n=format_number(n)) for name, n in holes[:6]]
    if len(holes) > 6:
        places.append(rich(translate("and {more}"), more=count(len(holes) - 6, "more column")))
    text = translate("Found {cells}: {places}")
    return total, rich(text, cells=count(total, "cell without a value"), places=joined(" · ", places))


def summary(choices: ImportChoices) -> Rich:
    """Return the first half of the footer's sentence."""
    table = choices.table
    rows = bold(count(choices.n_rows, "row"))
    text = (
        translate("{rows} of {all} will be used")
        if choices.n_rows < choices.n_usable
        else translate("{rows} will be used")
    )
    parts = [rich(text, rows=rows, all=format_number(choices.n_usable))]
    for number, what in (
        (table.n_bad, translate("{n} skipped")),
        (table.n_padded + choices.n_filled, translate("{n} filled up")),
        (table.n_edited - choices.n_filled, translate("{n} edited")),
        (choices.n_without_target, translate("{n} left out without {target}")),
        (choices.n_odd_rows, translate("{n} left out with odd cells")),
    ):
        parts += [rich(what, n=format_number(number), target=str(choices.target))] if number else []
    columns = bold(f"{count(len(choices.inputs), 'column')} → {count(choices.n_inputs, 'input')}")
    predicts = rich(translate("predicts <b>{target}</b>"), target=str(choices.target))
    return joined(DOT, (joined(", ", parts), columns, predicts))


def target_facts(choices: ImportChoices) -> str:
    """Return the shares of a yes/no target, the number of classes, or the range of a number."""
    if choices.target is None or choices.task is None:
        return ""
    column = choices.column(choices.target)
    if choices.task == "regression":
        return _range(column)
    if choices.task == "multiclass":
        return count(column.n_distinct, "class")
    counts = dict(column.categories)
    total = sum(counts.values())
    if column.positive in counts:
        share = counts[column.positive] / total
        return translate("{yes} yes, {no} no").format(yes=percent(share), no=percent(1 - share))
    return ", ".join(f"{percent(n / total)} {value[:16]}" for value, n in column.categories)
