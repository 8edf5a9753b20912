"""Learning from the training rows, and from no others, how a column becomes inputs.

What kind of column it is comes from the profile or the user; everything counted or averaged comes from these rows.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.data.columns.column import Column
from ann_viz.data.encoding.date_parts import CYCLES, chosen_parts, date_part
from ann_viz.data.encoding.features import (
    Feature,
    FeatureKind,
    kept_categories,
    labels_of,
    no_yes,
    treatment,
    two_answers,
)
from ann_viz.data.encoding.fills import category_fill, number_fill, own_date, own_number
from ann_viz.data.encoding.inputs import UNKNOWN, measured
from ann_viz.data.encoding.recipe import OWN_VALUE, Plan, Recipe, Scaling, Task
from ann_viz.data.encoding.scaling import fit_scale, mean_std
from ann_viz.data.encoding.signs import PROBE_ROWS, common_sign
from ann_viz.data.files.date_formats import tells_time
from ann_viz.data.files.forms import DECORATED, is_date
from ann_viz.data.files.numbers import DATE_FORMATS, parse_number
from ann_viz.data.tables.cells import Cells, CodeCells, NumberCells, TextCells
from ann_viz.data.tables.picked import PickedRows
from ann_viz.data.tables.table import Table
from ann_viz.errors import DataError
from ann_viz.numerals import count
from ann_viz.translation import translatable, translate

__all__ = ["fit_feature", "fit_target", "wanted_cells"]

_YES_OR_NO: Final = 2


def fit_feature(table: Table, column: Column, recipe: Recipe, rows: PickedRows) -> Feature | None:
    """Learn from the training rows how a column becomes inputs.

    Parameters
    ----------
    table : Table
        The table.
    column : Column
        One of its columns.
    recipe : Recipe
        How columns are treated and missing values filled.
    rows : PickedRows
        The training rows.

    Returns
    -------
    Feature or None
        None for a text that is ignored.

    Raises
    ------
    DataError
        When the column has no value in any of these rows, or can't be treated as the recipe says.
    """
    kinds: dict[FeatureKind, Callable[..., Feature | None]] = {
        "number": _fit_number,
        "date": _fit_date,
        "text": _fit_text,
        "yes_no": _fit_yes_no,
        "category": _fit_category,
    }
    return kinds[treatment(column, recipe.plan(column.name))](table, column, recipe, rows)


def wanted_cells(column: Column, recipe: Recipe) -> Cells | None:
    """Return what `fit_feature` is going to read of a column first; None of one for which that is not known."""
    kind = treatment(column, recipe.plan(column.name))
    if kind in ("number", "date"):
        return NumberCells(column.index, column.form) if _is_numeric(column) else None
    return _listed(column) if kind in ("yes_no", "category") else None


def _is_numeric(column: Column) -> bool:
    return column.kind in ("number", "date") or column.maximum >= column.minimum


def _listed(column: Column) -> CodeCells:
    """The cells of a column as places in the list of its most common values."""
    return CodeCells(column.index, tuple(value for value, _ in column.categories))


def _fit_number(table: Table, column: Column, recipe: Recipe, rows: PickedRows) -> Feature:
    plan = recipe.plan(column.name)
    form, values = _read_best(table, column, rows, (column.form,) if _is_numeric(column) else ("", DECORATED))
    present = _present(values, column, translatable("has no number in any training row."))
    own = partial(own_number, column=column, table=table, form=form)
    fill = number_fill(present, plan.fill or recipe.number_fill, own)
    scaling = _scaling(plan, recipe, present)
    mean, std = fit_scale(np.where(np.isnan(values), fill, values), scaling)
    return Feature(
        column=column.name,
        kind="number",
        inputs=labels_of(column.name, "number", plan, form=form),
        mean=mean,
        std=std,
        fill=fill,
        form=form,
        scaling=scaling,
        flag=plan.flag_missing,
        low=float(present.min()),
        high=float(present.max()),
        sign=common_sign(table, column, form),
    )


def _fit_date(table: Table, column: Column, recipe: Recipe, rows: PickedRows) -> Feature:
    plan = recipe.plan(column.name)
    profiled = is_date(column.form)
    form, values = _read_best(table, column, rows, (column.form,) if profiled else DATE_FORMATS)
    present = _present(values, column, translatable("has no date in any training row."))
    own = partial(own_date, column=column, table=table, form=form)
    # Where the recipe fills numbers with zero, that would be the year 1970 here: only said of this column it is meant.
    fill = number_fill(present, plan.fill or ("mean" if recipe.number_fill == "mean" else "median"), own)
    filled = np.where(np.isnan(values), fill, values)
    has_time = column.has_time if profiled else tells_time(form)
    parts, scaling = chosen_parts(plan.date_parts, form, has_time), plan.scaling or "standard"
    scales = [(0.0, 1.0) if part in CYCLES else fit_scale(date_part(filled, part), scaling) for part in parts]
    return Feature(
        column=column.name,
        kind="date",
        inputs=labels_of(column.name, "date", plan, parts=parts),
        fill=fill,
        form=form,
        scaling=scaling,
        flag=plan.flag_missing,
        parts=parts,
        part_scales=tuple(scales),
        low=float(present.min()),
        high=float(present.max()),
    )


def _fit_text(table: Table, column: Column, recipe: Recipe, rows: PickedRows) -> Feature | None:
    plan = recipe.plan(column.name)
    if plan.text_as == "ignore":
        return None
    counted = measured(rows.cells(TextCells(column.index)), plan.text_as)
    scaling = _scaling(plan, recipe, _present(counted, column, translatable("has no value in any training row.")))
    mean, std = fit_scale(np.nan_to_num(counted, nan=0.0), scaling)
    return Feature(
        column=column.name,
        kind="text",
        inputs=labels_of(column.name, "text", plan),
        mean=mean,
        std=std,
        fill=0.0,
        scaling=scaling,
        flag=plan.flag_missing,
        text_as=plan.text_as,
    )


def _fit_yes_no(table: Table, column: Column, recipe: Recipe, rows: PickedRows) -> Feature:
    if column.n_distinct != _YES_OR_NO:
        raise DataError(
            translate("has {values}, so it can't be yes/no.").format(
                values=count(column.n_distinct, "different value")
            ),
            column=column.name,
            hint=translate("Treat it as a category."),
        )
    return _yes_no(table, column, recipe, _counted(column, rows))


def _yes_no(table: Table, column: Column, recipe: Recipe, counts: dict[str, int]) -> Feature:
    plan = recipe.plan(column.name)
    by_rows = column.positive is None and len(counts) == _YES_OR_NO
    no, yes = two_answers(counts, column, table.dialect) if by_rows else no_yes(column, table.dialect)
    fill = column.blank if column.blank is not None else category_fill(counts, plan, recipe)
    if fill is not None and fill not in (no, yes):
        raise DataError(
            translate("'{fill}' is neither '{no}' nor '{yes}', so it can't fill this column.").format(
                fill=fill, no=no, yes=yes
            ),
            column=column.name,
        )
    return Feature(
        column=column.name,
        kind="yes_no",
        inputs=labels_of(column.name, "yes_no", plan),
        categories=(no, yes),
        positive=yes,
        fill=fill,
        flag=plan.flag_missing,
        spellings=_spellings(column, (no, yes)),
        blank=column.blank is not None,
    )


def _fit_category(table: Table, column: Column, recipe: Recipe, rows: PickedRows) -> Feature:
    plan = recipe.plan(column.name)
    counts = _counted(column, rows)
    if not counts:
        raise DataError(
            translate("has no value in any training row."), column=column.name, hint=translate("Ignore this column.")
        )
    if plan.treat is None and len(counts) == _YES_OR_NO:
        return _yes_no(table, column, recipe, counts)
    fill = category_fill(counts, plan, recipe)
    some_missing = sum(counts.values()) < len(rows)
    own = fill if some_missing and plan.fill is not None and plan.fill.startswith(OWN_VALUE) else None
    categories, has_other = kept_categories(counts, len(counts), own)
    return Feature(
        column=column.name,
        kind="category",
        inputs=labels_of(column.name, "category", plan, categories=categories, has_other=has_other),
        categories=categories,
        fill=fill,
        has_other=has_other,
        flag=plan.flag_missing,
        spellings=_spellings(column, categories),
    )


def _spellings(column: Column, categories: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The other spellings of the categories, which a file of few rows would not give away."""
    return tuple((text, common) for text, common, _ in column.spellings if common in categories)


def fit_target(table: Table, column: Column, task: Task, rows: PickedRows) -> tuple[tuple[str, ...], float, float]:
    """Return the names of the classes, or mean and spread of the training rows, of the target.

    The classes are those of all rows: what may be answered is part of the question, and a network needs an output for
    a class that no training row has in order to be judged by the rows that have it.

    Parameters
    ----------
    table : Table
    column : Column
        The target.
    task : {"binary", "multiclass", "regression"}
    rows : PickedRows
        The training rows.

    Returns
    -------
    tuple of str
        No first and yes second, or all classes; empty for numbers.
    float, float
        Mean and standard deviation of numbers; 0 and 1 for classes.

    Raises
    ------
    DataError
        When no training row has a number.
    """
    if task == "regression":
        values = rows.cells(NumberCells(column.index))
        values = values[~np.isnan(values)]
        if not len(values):
            raise DataError(translate("has no number in any training row."), column=column.name)
        return (), *mean_std(values)
    if task == "binary":
        return no_yes(column, table.dialect), 0.0, 1.0
    names = list(table.values(column.index))
    if column.kind == "number":
        names.sort(key=lambda name: parse_number(name, column.form, table.dialect))
    return tuple(names), 0.0, 1.0


def _read_best(
    table: Table, column: Column, rows: PickedRows, forms: tuple[str, ...]
) -> tuple[str, NDArray[np.float64]]:
    """Read a column in the way that makes sense of most of the first training rows; the first of equally good ones."""
    best = forms[0]
    if len(forms) > 1:
        texts = _counted(column, rows.first(PROBE_ROWS))  # a query for each of so many forms would take seconds

        def n_read(form: str) -> int:
            return sum(n for text, n in texts.items() if not math.isnan(parse_number(text, form, table.dialect)))

        best = max(forms, key=n_read)
    return best, rows.cells(NumberCells(column.index, best))


def _present(values: NDArray[np.float64], column: Column, says: str) -> NDArray[np.float64]:
    present = values[~np.isnan(values)]
    if not len(present):
        hint = translate("Ignore this column, or treat it as another kind.")
        raise DataError(translate(says), column=column.name, hint=hint)
    return present


def _scaling(plan: Plan, recipe: Recipe, present: NDArray[np.float64]) -> Scaling:
    """How numbers are scaled; of two values neither is far from the others."""
    usual: Scaling = recipe.scaling if len(np.unique(present)) > _YES_OR_NO else "standard"
    return plan.scaling or usual


def _counted(column: Column, rows: PickedRows) -> dict[str, int]:
    """The different texts of some rows and how often each occurs."""
    listed = _listed(column)
    codes = rows.cells(listed)
    if (codes == UNKNOWN).any():  # the profile lists only the most common
        return dict(Counter(text for text in rows.cells(TextCells(column.index)) if text is not None))
    counts = np.bincount(codes[codes >= 0], minlength=len(listed.values))
    return {value: int(n) for value, n in zip(listed.values, counts, strict=True) if n}
