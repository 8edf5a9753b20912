"""What the coach is told of the rows of a document, before any training."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ann_viz.data import Dataset, PartName, find
from ann_viz.engine import Task
from ann_viz.engine.rows import judged, spread
from ann_viz.errors import Cancelled
from ann_viz.explain.probes import ColumnScore, probe
from ann_viz.explain.run_report import DataReport
from ann_viz.explain.traits import far_share, order_of, share_gap, twins

__all__ = ["MOST_PROBED", "look_at_data"]

MOST_PROBED: Final = 5_000  # rows of a part that are looked at
CODES: Final = (4, 100)  # different whole numbers that may be codes

Array: TypeAlias = NDArray[np.float64]


def look_at_data(dataset: Dataset, cancelled: Callable[[], bool] = lambda: False) -> DataReport:
    """Find out what the rows hold; takes up to some seconds, and is the same for every run on them.

    Raises
    ------
    Cancelled
        When ``cancelled`` says so; asked several times a second.
    """

    def check() -> None:
        if cancelled():
            raise Cancelled("Looking at the rows was stopped.")

    columns = tuple((group.column, slice(group.start, group.stop)) for group in dataset.encoder.groups)
    task = dataset.recipe.task
    (X, Y), (X_held, Y_held) = (_part(dataset, name) for name in ("train", "validation"))
    X_all, Y_all = (spread(rows, MOST_PROBED).astype(np.float64) for rows in (dataset.X, dataset.Y))
    numbers = [(far_share(X[:, inputs.start]), name) for name, inputs in columns if inputs.stop - inputs.start == 1]
    far, far_column = max(numbers, default=(0.0, ""))
    found = probe(task, X, Y, X_held, Y_held, columns, check)
    check()
    return DataReport(
        target=dataset.recipe.target,
        n_train=len(dataset.train),
        n_validation=len(dataset.validation),
        n_inputs=dataset.encoder.n_inputs,
        class_counts=_class_counts(task, Y),
        shuffled=dataset.recipe.split.shuffle and dataset.recipe.split.by_time is None,
        probes=found,
        twins=twins(X, Y, X_held, Y_held),
        order=order_of(X_all, Y_all, columns),
        share_gap=share_gap(Y, Y_held),
        far_column=far_column,
        far_share=far,
        far_target=far_share(Y[:, 0]) if task == "regression" else 0.0,
        codes=_codes(dataset, found.columns),
        findings=find(dataset.table, dataset.recipe, cancelled),
    )


def _part(dataset: Dataset, name: PartName) -> tuple[Array, Array]:
    X, Y = judged(*dataset.stream(name), MOST_PROBED) if len(dataset.rows(name)) else dataset.part(name)
    return X.astype(np.float64), Y.astype(np.float64)


def _class_counts(task: Task, Y: Array) -> tuple[int, ...]:
    if task == "regression":
        return ()
    if task == "binary":
        return int((Y < 0.5).sum()), int((Y > 0.5).sum())
    return tuple(int(n) for n in Y.sum(axis=0))


def _codes(dataset: Dataset, scores: tuple[ColumnScore, ...]) -> ColumnScore | None:
    """Return the column of few whole numbers whose values tell most more than a curve over them."""
    codes = [
        each
        for each in scores
        if dataset.table.column(each.column).whole
        and CODES[0] <= dataset.table.column(each.column).n_distinct <= CODES[1]
    ]
    return max(codes, key=lambda each: each.score - each.smooth, default=None)
