"""What training leaves out of a file, and what it fills in, for commands, where nobody has seen the import dialog."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from ann_viz.data import Column, Dataset, Feature
from ann_viz.data.files.forms import is_date
from ann_viz.numerals import count, counted
from ann_viz.session.receipt import Filled, Receipt, Unknown, Unreadable, receipt_json
from ann_viz.session.receipt_words import told_columns, told_lines
from ann_viz.translation import translate

__all__ = ["TrainingReceipt", "training_json", "training_receipt", "training_sentences"]

_MOST_COLUMNS: Final = 6  # told one by one


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingReceipt:
    """What became of a file that is learned from.

    Parameters
    ----------
    file : Receipt
        Rows that don't fit, lines that are no rows, and cells of the input columns that were filled, in all rows.
    target : str
        The column that is learned.
    n_without_target : int
        Rows left out because they have no answer to learn.
    ignored : tuple of (str, str)
        Columns that are not looked at, and why, as a clause.
    """

    file: Receipt
    target: str
    n_without_target: int
    ignored: tuple[tuple[str, str], ...]


def training_receipt(dataset: Dataset) -> TrainingReceipt:
    """Say what became of the file of a dataset."""
    table, recipe = dataset.table, dataset.recipe
    pairs = [(table.column(feature.column), feature) for feature in dataset.encoder.features]
    target = table.column(recipe.target)
    used = {feature.column for _, feature in pairs} | {recipe.target}
    others = [column for column in table.columns if column.name not in used]
    odd = [(column, feature) for column, feature in pairs if column.n_odd]
    file = Receipt(
        n_rows=table.n_rows - target.n_missing,
        n_left_out=table.n_bad,
        left_out=table.bad_lines,
        skipped=table.left_out,
        n_padded=table.n_padded,
        padded_lines=table.padded_lines,
        bad_bytes=table.bad_bytes,
        encoding=table.dialect.encoding,
        unreadable=tuple(_unreadable(dataset, *pair) for pair in odd if pair[0].kind != "yes_no"),
        unknown=tuple(_unknown(dataset, column) for column, _ in odd if column.kind == "yes_no"),
        filled=tuple(_filled(*pair) for pair in pairs if pair[0].n_missing > pair[0].n_odd),
    )
    return TrainingReceipt(
        file=file,
        target=recipe.target,
        n_without_target=target.n_missing,
        ignored=tuple((column.name, _why(column, recipe.target)) for column in others),
    )


def _why(column: Column, target: str) -> str:
    if column.reason is not None:
        return column.reason
    if column.kind == "text":
        return translate("holds texts")
    return translate("says the same as {target}").format(target=target)


def _examples(dataset: Dataset, column: Column) -> tuple[tuple[str, int, int], ...]:
    """The odd texts of a column, how often each occurs, and the line of the first."""
    lines = dataset.table.lines
    return tuple(
        (cell.text, cell.count, int(lines.of(cell.first_row, cell.first_row + 1)[0])) for cell in column.odd_cells
    )


def _date_form(feature: Feature) -> str:
    return feature.form if feature.kind == "date" and is_date(feature.form) else ""


def _unreadable(dataset: Dataset, column: Column, feature: Feature) -> Unreadable:
    examples = tuple((text, line) for text, _, line in _examples(dataset, column))
    return Unreadable(
        column=column.name,
        count=column.n_odd,
        examples=examples,
        date_form=_date_form(feature),
        fill=feature.fill,
    )


def _unknown(dataset: Dataset, column: Column) -> Unknown:
    return Unknown(column=column.name, count=column.n_odd, values=_examples(dataset, column), counted_as="missing")


def _filled(column: Column, feature: Feature) -> Filled:
    return Filled(
        column=column.name, count=column.n_missing - column.n_odd, fill=feature.fill, date_form=_date_form(feature)
    )


def training_sentences(receipt: TrainingReceipt) -> list[str]:
    """Return what it tells; nothing where there is nothing to tell."""
    return [
        *told_lines(receipt.file, translate("left out")),
        *_about_target(receipt),
        *told_columns(receipt.file),
        *_about_ignored(receipt),
    ]


def _about_target(receipt: TrainingReceipt) -> Iterator[str]:
    if receipt.n_without_target:
        text = translate("{rows} left out, having no {target}")
        yield text.format(rows=count(receipt.n_without_target, "row"), target=receipt.target)


def _about_ignored(receipt: TrainingReceipt) -> Iterator[str]:
    told = receipt.ignored if len(receipt.ignored) <= _MOST_COLUMNS else receipt.ignored[: _MOST_COLUMNS - 1]
    text = translate("{name} is ignored: {reason}")
    yield from (text.format(name=name, reason=reason) for name, reason in told)
    n_others = len(receipt.ignored) - len(told)
    if n_others:
        yield counted("{n} more column is ignored", "{n} more columns are ignored", n_others)


def training_json(receipt: TrainingReceipt) -> dict[str, Any]:
    """Return it as JSON values.

    Returns
    -------
    dict
        ``rows`` (those learned or tested with), ``rows_left_out``, ``rows_without_target``, ``ignored_columns``
        (``column``, ``reason``), and ``left_out``, ``skipped_lines``, ``padded_lines``, ``n_padded``, ``bad_bytes``,
        ``unreadable``, ``unknown_categories`` and ``filled`` as `receipt_json` has them.
    """
    known = receipt_json(receipt.file)
    same = ("left_out", "skipped_lines", "padded_lines", "n_padded", "bad_bytes", "unreadable", "unknown_categories")
    return {
        "rows": known["rows"],
        "rows_left_out": receipt.file.n_left_out,
        "rows_without_target": receipt.n_without_target,
        "ignored_columns": [{"column": name, "reason": reason} for name, reason in receipt.ignored],
        **{key: known[key] for key in (*same, "filled")},
    }
