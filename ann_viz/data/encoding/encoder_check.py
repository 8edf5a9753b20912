"""Whether an encoder that was read from a file makes sense: what `Encoder.fit` could never have made is refused."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final

from ann_viz.data.encoding.date_parts import CYCLES
from ann_viz.data.encoding.features import Feature
from ann_viz.data.encoding.recipe import DATE_PARTS, Task
from ann_viz.data.files.forms import is_date, is_form
from ann_viz.data.files.numbers import BIGGEST
from ann_viz.errors import DataError
from ann_viz.translation import translate

__all__ = ["MOST_DAYS", "check_features", "check_target"]

_LEAST_SPREAD: Final = 1e-100
_MOST_SPREAD: Final = 10 * BIGGEST
MOST_DAYS: Final = 4e6
"""The year 9999 is 2.9 million days after 1970."""

_TWO: Final = 2


def check_features(features: Sequence[Feature], target: str) -> None:
    """Refuse features that don't fit together, or of which one makes no sense.

    Raises
    ------
    DataError
        Naming the column where it is one.
    """
    if not features:
        raise DataError(translate("The encoding has no column to predict from."))
    columns = [feature.column for feature in features]
    if len(set(columns)) < len(columns) or target in columns:
        raise DataError(translate("The encoding has a column twice."))
    for feature in features:
        problem = next(_problems(feature), None)
        if problem is not None:
            raise DataError(problem, column=feature.column)


def check_target(target: str, task: Task, classes: Sequence[str], scale: tuple[float, float], form: str) -> None:
    """Refuse what can't be learned of the column to predict.

    Parameters
    ----------
    target : str
        Its name.
    task : {"binary", "multiclass", "regression"}
    classes : sequence of str
        Two, at least two, or none, as the task wants.
    scale : (float, float)
        Mean and spread.
    form : str
        How its numbers are written.

    Raises
    ------
    DataError
        When one of them makes no sense.
    """
    least, most = {"binary": (_TWO, _TWO), "multiclass": (_TWO, math.inf), "regression": (0, 0)}[task]
    if not least <= len(classes) <= most or not _are_texts(classes):
        raise DataError(translate("the encoding has the wrong classes."), column=target)
    if not _is_scale(*scale):
        raise DataError(translate("the encoding has a spread or a mean that no column has."), column=target)
    if not is_form(form):
        raise DataError(translate("the encoding has an unknown way to write numbers."), column=target)


def _problems(feature: Feature) -> Iterator[str]:
    """Yield what is wrong with the encoding of one column."""
    if len(feature.inputs) != _n_inputs(feature):
        yield translate("the encoding has the wrong number of inputs.")
    if not is_form(feature.form) or (feature.kind == "date" and not is_date(feature.form)):
        yield translate("the encoding has an unknown way to write numbers or dates.")
    if not _is_scale(feature.mean, feature.std) or not all(_is_scale(*scale) for scale in feature.part_scales):
        yield translate("the encoding has a spread or a mean that no column has.")
    if not _fits(feature):
        yield translate("the encoding has a value for missing cells that is of another kind.")
    if not _categories_fit(feature):
        yield translate("the encoding has the wrong categories.")
    if not _is_range(feature.low, feature.high):
        yield translate("the encoding has a range that no column has.")
    if len(feature.parts) != len(feature.part_scales) or not _are_parts(feature.parts):
        yield translate("the encoding has unknown parts of dates.")
    if feature.kind == "text" and feature.text_as == "ignore":
        yield translate("the encoding has a text that is ignored.")


def _n_inputs(feature: Feature) -> int:
    if feature.kind == "category":
        own = len(feature.categories) + feature.has_other
    elif feature.kind == "date":
        own = sum(_TWO if part in CYCLES else 1 for part in feature.parts)
    else:
        own = 1
    return own + feature.flag


def _is_scale(centre: float, spread: float) -> bool:
    return abs(centre) <= _MOST_SPREAD and _LEAST_SPREAD <= spread <= _MOST_SPREAD


def _is_range(low: float | None, high: float | None) -> bool:
    """Whether these are the ends of a column, of which earlier versions noted none."""
    return (low is None and high is None) or (
        low is not None and high is not None and -BIGGEST <= low <= high <= BIGGEST
    )


def _fits(feature: Feature) -> bool:
    """Whether what stands in for a missing value is one of the column's kind."""
    fill = feature.fill
    if feature.kind in ("category", "yes_no"):
        return not isinstance(fill, float) and (feature.kind == "category" or fill in (None, *feature.categories))
    if isinstance(fill, str):
        return False
    return fill is None or abs(fill) <= (MOST_DAYS if feature.kind == "date" else BIGGEST)


def _categories_fit(feature: Feature) -> bool:
    categories = feature.categories
    if not _are_texts(categories) or not {category for _, category in feature.spellings} <= set(categories):
        return False
    if feature.blank and feature.kind != "yes_no":
        return False
    if feature.kind == "yes_no":
        return len(categories) == _TWO and feature.positive == categories[1]
    return bool(categories) == (feature.kind == "category")


def _are_texts(values: Sequence[str]) -> bool:
    """Whether these can be the different texts of cells, of which none is empty."""
    return "" not in values and len(set(values)) == len(values)


def _are_parts(parts: Sequence[str]) -> bool:
    return len(set(parts)) == len(parts) and set(parts) <= set(DATE_PARTS)
