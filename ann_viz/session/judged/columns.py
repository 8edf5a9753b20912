"""All that the room Columns shows: which columns matter, how the answer moves with each, what two do together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from ann_viz.data import Dataset, PartName
from ann_viz.engine import Network, Snapshot
from ann_viz.session.judged.dependence import MOST_ROWS, Answering, dependence, surface, surface_size
from ann_viz.session.judged.importance import Importance, measure_importance
from ann_viz.session.judged.rows import JudgedRows, KeptRows
from ann_viz.session.judged.values import ColumnValues, column_values

__all__ = [
    "MOST_CURVES",
    "Columns",
    "ColumnsRequest",
    "Curves",
    "Map",
    "Others",
    "earlier",
    "map_of",
    "work_out_columns",
]

Others = Literal["example", "typical", "average"]
MOST_CURVES: Final = 10
EARLIER: Final = (1, 0.05, 0.2)
"""Of which epochs faint curves stand behind: the first, and these shares of all."""

AVERAGE_ROWS: Final = 200
MOST_POINTS: Final = 520


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ColumnsRequest:
    """What is asked for.

    Parameters
    ----------
    dataset : Dataset
    network : Network
        Of its own.
    before : tuple of (int, Network)
        Epochs before, and their networks.
    part : {"validation", "train", "test"}
    output : int
        Which class's chance is meant; 0 for yes-or-no and numbers.
    rows : KeptRows
        Where the rows are read.
    when : str
        Which moment of the run it is: "now", "epoch 28".
    """

    dataset: Dataset
    network: Network
    before: tuple[tuple[int, Network], ...]
    part: PartName
    output: int = 0
    rows: KeptRows = field(default_factory=KeptRows)
    when: str = "now"

    @property
    def answering(self) -> Answering:
        """Which number of the answer is drawn, in its unit."""
        encoder = self.dataset.encoder
        if encoder.task == "regression":
            return Answering(0, encoder.target_std, encoder.target_mean)
        return Answering(self.output)

    def is_yes(self, truth: NDArray[Any]) -> NDArray[np.bool_]:
        """Return of which rows what is drawn is true: yes, the class, or a number above the mean of the target.

        Parameters
        ----------
        truth : (n,) ndarray
            Of the output that is drawn, as the network is told it.
        """
        return np.asarray((0.0 if self.dataset.recipe.task == "regression" else 0.5) < truth)


@dataclass(frozen=True, slots=True, eq=False)
class Curves:
    """How the answer moves with one column.

    Parameters
    ----------
    values : ColumnValues
    now : (m,) ndarray
        The mean answer at each value.
    before : tuple of (int, (m,) ndarray)
        The same after earlier epochs.
    """

    values: ColumnValues
    now: NDArray[np.float64]
    before: tuple[tuple[int, NDArray[np.float64]], ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Columns:
    """Figures of one network.

    Parameters
    ----------
    request : ColumnsRequest
    rows : JudgedRows
    importance : Importance
    curves : mapping of str to Curves
        Of the most important columns, in their order.
    averaged : Map or None
        The answer over two columns as a mean over the others of many rows, which takes long; only where asked for.
    """

    request: ColumnsRequest
    rows: JudgedRows
    importance: Importance
    curves: Mapping[str, Curves]
    averaged: Map | None = None

    def values(self, column: str, steps: int) -> ColumnValues:
        """Return what a column can be."""
        encoder = self.request.dataset.encoder
        pairs = zip(encoder.features, encoder.groups, strict=True)
        feature, group = next(pair for pair in pairs if pair[0].column == column)
        return column_values(feature, group, self.rows.X, steps, name_few=False)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Map:
    """The answer over two columns, with rows as points in it.

    Parameters
    ----------
    across, up : ColumnValues
    answer : (n_up, n_across) ndarray
    x, y : (n,) ndarray
        Where the points are.
    is_yes : (n,) ndarray of bool
        Which of them are yes, of the class, or above the mean of the target.
    numbers : (n,) ndarray of int
        Rows of the dataset.
    """

    across: ColumnValues
    up: ColumnValues
    answer: NDArray[np.float64]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    is_yes: NDArray[np.bool_]
    numbers: NDArray[np.int64]


def earlier(newest: Snapshot, now: Snapshot) -> tuple[tuple[int, Network], ...]:
    """Return the networks of the early epochs whose curves stand behind those of now."""
    ends = [moment for moment in newest.timeline if not moment.batch_index and 0 < moment.epoch < now.epoch]
    wanted = [EARLIER[0], *(round(share * now.epoch) for share in EARLIER[1:])]
    epochs = sorted({min(ends, key=lambda m: abs(m.epoch - epoch)).epoch for epoch in wanted} if ends else set())
    return tuple((moment.epoch, moment.model()) for moment in ends if moment.epoch in epochs)


def work_out_columns(request: ColumnsRequest, progress: Callable[[float], None] = lambda _: None) -> Columns:
    """Shuffle every column, then follow the answer over the values of the most important ones."""
    encoder = request.dataset.encoder
    rows, groups = request.rows.of(request.dataset, request.part), encoder.groups
    unit = encoder.target_std if encoder.task == "regression" else 1.0
    n_steps = len(groups) + min(MOST_CURVES, len(groups))
    importance = measure_importance(
        request.network, rows, groups, unit=unit, progress=lambda done: progress(done / n_steps)
    )
    X, answering, curves = rows.at_most(MOST_ROWS).X, request.answering, {}
    pairs = {feature.column: (feature, group) for feature, group in zip(encoder.features, groups, strict=True)}
    for done, each in enumerate(importance.columns[:MOST_CURVES]):
        progress((len(groups) + done) / n_steps)
        values = column_values(*pairs[each.column], rows.X)
        before = tuple((epoch, dependence(network, X, values, answering)) for epoch, network in request.before)
        curves[each.column] = Curves(values, dependence(request.network, X, values, answering), before)
    return Columns(request=request, rows=rows, importance=importance, curves=curves)


def map_of(
    columns: Columns,
    across: str,
    up: str,
    others: Others,
    example: NDArray[Any],
    progress: Callable[[float], None] = lambda _: None,
) -> Map:
    """Return the answer over two columns.

    Parameters
    ----------
    columns : Columns
    across, up : str
        Two different columns.
    others : {"example", "typical", "average"}
        What all other columns are: those of the example, the median of each input, or the mean over 200 rows.
    example : (n_inputs,) ndarray
    progress : callable
        As of `surface`.
    """
    request, rows = columns.request, columns.rows
    some = rows.at_most(MOST_POINTS)
    if others == "average" and len(rows):
        still = rows.at_most(AVERAGE_ROWS).X
    elif others == "typical" and len(rows):
        still = _typical(columns)[None]
    else:
        still = example[None]
    n_across, n_up = surface_size(request.network, len(still))
    over, beside = columns.values(across, n_across), columns.values(up, n_up)
    answer = surface(request.network, still, over, beside, request.answering, progress)
    chosen = np.linspace(0, len(rows) - 1, len(some)).round().astype(np.int64)
    Y = some.Y[:, request.output]
    return Map(
        across=over,
        up=beside,
        answer=answer,
        x=over.own[chosen],
        y=beside.own[chosen],
        is_yes=request.is_yes(Y),
        numbers=some.numbers,
    )


def _typical(columns: Columns) -> NDArray[Any]:
    """Return the row that has of each column the value in the middle, of categories the commonest."""
    X, typical = columns.rows.X, np.median(columns.rows.X, axis=0)
    encoder = columns.request.dataset.encoder
    for feature, group in zip(encoder.features, encoder.groups, strict=True):
        if feature.kind == "category":
            place = slice(group.start, group.stop)
            typical[place] = 0
            typical[group.start + int(X[:, place].sum(axis=0).argmax())] = 1
    return typical.astype(X.dtype)
