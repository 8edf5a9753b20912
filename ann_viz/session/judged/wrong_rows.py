"""The rows about which a network is most wrong, and what it made of them epoch by epoch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

import numpy as np

from ann_viz.engine import Network, Snapshot, classes_of
from ann_viz.session.judged.rows import Answered

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Kind", "RowOrder", "WrongRow", "chosen_rows", "courses", "timeline_of"]

Array: TypeAlias = "NDArray[np.floating[Any]]"
RowOrder = Literal["wrong", "right", "unsure"]
_MOST_MOMENTS: Final = 60


@dataclass(frozen=True, slots=True)
class Kind:
    """Which rows are meant: those of one true class that get one answer.

    Parameters
    ----------
    truth, answer : int or None
        Numbers of the classes in the order of the data; None for any.
    """

    truth: int | None = None
    answer: int | None = None


@dataclass(frozen=True, slots=True)
class WrongRow:
    """One row.

    Parameters
    ----------
    number : int
        Row of the dataset.
    off : float
        How wrong: 1 − the chance of what is true, or |predicted − true| standardised.
    said : float
        Chance of yes, of the answered class, or the standardised number.
    truth, answer : int
        Classes; −1 for numbers.
    """

    number: int
    off: float
    said: float
    truth: int
    answer: int


def chosen_rows(
    answered: Answered, task: str, threshold: float, kind: Kind, order: RowOrder, most: int
) -> tuple[tuple[WrongRow, ...], int]:
    """Return the first rows of a kind in an order, and how many there are of that kind.

    Parameters
    ----------
    answered : Answered
    task : str
    threshold : float
        Above which chance a yes-or-no answer is yes.
    kind : Kind
        Which rows; for numbers every row is of it.
    order : {"wrong", "right", "unsure"}
        Most wrong, most right, or least sure first.
    most : int
        How many rows.
    """
    Y, answer = answered.rows.Y, answered.answer
    if task == "regression":
        off, said = np.abs(answer[:, 0] - Y[:, 0]), answer[:, 0]
        truth = given = np.full(len(Y), -1)
        places = np.arange(len(Y))
    else:
        truth, given, off, said = _classes(Y, answer, threshold)
        fits = np.ones(len(Y), bool)
        if kind.truth is not None:
            fits &= truth == kind.truth
        if kind.answer is not None:
            fits &= given == kind.answer
        if order == "wrong" and kind == Kind():
            fits &= truth != given
        places = np.flatnonzero(fits)
    key = {"wrong": -off, "right": off, "unsure": np.abs(off - _middle(task, threshold, truth))}[order][places]
    first = places[np.argsort(key, kind="stable")[:most]]
    rows = tuple(
        WrongRow(int(answered.rows.numbers[i]), float(off[i]), float(said[i]), int(truth[i]), int(given[i]))
        for i in first.tolist()
    )
    return rows, len(places)


def _classes(
    Y: Array, answer: Array, threshold: float
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    truth, given = classes_of(Y), classes_of(answer, threshold)
    if Y.shape[1] == 1:
        return truth, given, np.abs(answer[:, 0] - truth).astype(np.float64), answer[:, 0].astype(np.float64)
    every = np.arange(len(Y))
    return truth, given, (1 - answer[every, truth]).astype(np.float64), answer[every, given].astype(np.float64)


def _middle(task: str, threshold: float, truth: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return how wrong a row is about which the network is least sure."""
    if task == "binary":
        return np.where(truth == 1, 1 - threshold, threshold)
    return np.full(len(truth), 0.5 if task == "multiclass" else 0.0)


def timeline_of(newest: Snapshot, most: int = _MOST_MOMENTS) -> tuple[Snapshot, ...]:
    """Return kept ends of epochs of a run, evenly spread, the first and the last among them."""
    ends = [entry for entry in newest.timeline if entry.batch_index == 0]
    if len(ends) <= most:
        return tuple(ends)
    return tuple(ends[i] for i in np.unique(np.linspace(0, len(ends) - 1, most).round().astype(int)).tolist())


def courses(networks: tuple[Network, ...], X: Array, output: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return what each network answered to each row, shape (n_rows, n_networks).

    Parameters
    ----------
    networks : tuple of Network
        One for every moment.
    X : (n_rows, n_inputs) ndarray
    output : (n_rows,) ndarray of int
        Which output is meant for each row.
    """
    if not networks or not len(X):
        return np.empty((len(X), 0))
    every = np.arange(len(X))
    return np.stack([network.predict(X)[every, output] for network in networks], axis=1).astype(np.float64)
