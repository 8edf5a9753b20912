"""A few rows with the answers that this program gives, by which whoever runs a file elsewhere sees that it is right.

Where rows of the table may not be inside, they are made up of what is known of the columns: ranges and categories.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.session.exports.portable import PortableColumn, PortableModel
from ann_viz.session.exports.subject import Subject
from ann_viz.session.exports.to_portable import portable_model
from ann_viz.session.records import encode_records

__all__ = ["N_ROWS", "Trial", "trial_of"]

N_ROWS: Final = 10
_GOLDEN: Final = 0.6180339887  # multiples of it are spread evenly over every range, whatever their number
_DIGITS: Final = 4
_EPOCH: Final = datetime(1970, 1, 1)

Value = float | str | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trial:
    """Rows and the answers to them.

    Parameters
    ----------
    rows : tuple of mapping
        Values by name of the column: numbers, texts, dates as ISO text, None for a missing one.
    outputs : (n, n_outputs) ndarray
        What the network says: probabilities, or a number in the units of the target.
    answers : tuple of str or float
        The same as answers: names of classes, or that number.
    are_real : bool
        Whether the rows are of the table.
    """

    rows: tuple[Mapping[str, Value], ...]
    outputs: NDArray[np.float64]
    answers: tuple[str | float, ...]
    are_real: bool


def trial_of(subject: Subject, *, with_rows: bool = False, n_rows: int = N_ROWS) -> Trial:
    """Return rows to try a model with.

    Parameters
    ----------
    subject : Subject
    with_rows : bool
        Whether rows of the table may be told, if they are at hand.
    n_rows : int
        How many.
    """
    model, dataset, portable = subject.model, subject.dataset, portable_model(subject.model)
    names = [column.name for column in portable.columns]
    if with_rows and dataset is not None:
        places = np.linspace(0, len(dataset.X) - 1, min(n_rows, len(dataset.X))).astype(int)
        header = [column.name for column in dataset.table.columns]
        raw = [dict(zip(header, dataset.raw(int(place)), strict=True)) for place in places]
        rows: list[dict[str, Value]] = [{name: row[name] for name in names} for row in raw]
    else:
        rows = [{column.name: _made_up(column, n, n_rows) for column in portable.columns} for n in range(n_rows)]
    columns = {name: [row[name] for row in rows] for name in names}
    output = np.asarray(model.network.predict(encode_records(model.encoder, columns)), dtype=np.float64)
    outputs, answers = _answers(portable, output)
    return Trial(rows=tuple(rows), outputs=outputs, answers=answers, are_real=with_rows and dataset is not None)


def _answers(
    portable: PortableModel, output: NDArray[np.float64]
) -> tuple[NDArray[np.float64], tuple[str | float, ...]]:
    """Return what the network says in the units of the target, and the answers that follow from it."""
    told = portable.output
    if told.task == "regression":
        numbers = output * told.std + told.mean
        return numbers, tuple(numbers[:, 0].tolist())
    chosen = output[:, 0] > told.threshold if told.task == "binary" else output.argmax(axis=1)
    return output, tuple(told.classes[int(place)] for place in chosen)


def _made_up(column: PortableColumn, n: int, n_rows: int) -> Value:
    """Return the value of a column in the n-th row; in the last row every value is missing."""
    if n == n_rows - 1:
        return None
    if column.kind in ("category", "yes_no"):
        return column.categories[n % len(column.categories)]
    share = (n + 1) * _GOLDEN * (1 + len(column.name) % 7) % 1.0  # so that columns don't rise and fall together
    number = column.low + (column.high - column.low) * share
    if column.kind == "number" and column.low.is_integer() and column.high.is_integer():
        return float(round(number))  # as all of them seem to be
    if column.kind == "number":
        return float(f"{number:.{_DIGITS}g}")
    if column.kind == "date":
        return (_EPOCH + timedelta(days=round(number), hours=n)).isoformat(sep=" ")
    return "word " * (n + 1)
