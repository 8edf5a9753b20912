"""What the newest network answers for the rows it is judged by, beside the truth, and where such a row is.

These are the rows of `Dataset.judged_part`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.data import Dataset
from ann_viz.engine import Snapshot, confusion, evaluate
from ann_viz.engine.rows import judged
from ann_viz.session.scores import IN_TARGET_UNITS, Part
from ann_viz.session.session import Session

__all__ = ["Judge", "Judgement"]

CHUNK: Final = 4096


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """Truth and answers of some rows.

    Parameters
    ----------
    part : {"validation", "train"}
        Where the rows are from.
    n_rows, n_judged : int
        Rows of that part, and how many of them were looked at.
    counts : (k, k) ndarray of int64
        Rows by true class (down) and answered class (across); empty for a number.
    truth, answer : (n_judged,) ndarray
        Numbers in the units of the target; empty for classes.
    scores : mapping of str to float
        The same as of `Session.metrics`, without a second way through the network.
    """

    part: Part
    n_rows: int
    n_judged: int
    counts: NDArray[np.int64]
    truth: NDArray[np.float64]
    answer: NDArray[np.float64]
    scores: Mapping[str, float]


class Judge:
    """Judges the newest snapshot of a session, each one only once.

    Parameters
    ----------
    session : Session
        Only read.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._rows: tuple[Dataset, NDArray[Any], NDArray[Any]] | None = None
        self._last: tuple[Snapshot, Judgement] | None = None

    def judge(self) -> Judgement | None:
        """Return what the newest snapshot answers, or None without data."""
        session = self._session
        dataset, snapshot = session.dataset, session.snapshot
        if dataset is None or snapshot is None:
            self._rows = self._last = None
            return None
        if self._last is None or self._last[0] is not snapshot or self._rows is None or self._rows[0] is not dataset:
            self._last = snapshot, self._look(dataset)
        return self._last[1]

    def _look(self, dataset: Dataset) -> Judgement:
        part = dataset.judged_part
        if self._rows is None or self._rows[0] is not dataset:
            self._rows = dataset, *judged(*dataset.stream(part))
        _, X, Y = self._rows
        output = self._session.network.predict(X)
        n_rows, task, std = len(dataset.rows(part)), dataset.recipe.task, dataset.encoder.target_std
        found = evaluate(task, Y, output)
        scores = {name: value * std if name in IN_TARGET_UNITS else value for name, value in found.items()}
        none = np.empty(0)
        if task != "regression":
            return Judgement(part, n_rows, len(X), confusion(Y, output), none, none, scores)
        truth, answer = (np.asarray(dataset.encoder.decode_target(values), np.float64) for values in (Y, output))
        return Judgement(part, n_rows, len(X), np.empty((0, 0), np.int64), truth, answer, scores)

    def next_of_kind(self, truth: int, answer: int) -> int | None:
        """Return the next row of one class that is answered with another, or the same one; None if there is none.

        It is looked for among the rows of `Dataset.judged_part`, behind the shown row and then from the top.

        Parameters
        ----------
        truth, answer : int
            Numbers of the classes, as in `Judgement.counts`.

        Returns
        -------
        int or None
            Row of the dataset, ready for `Session.set_example`.
        """
        dataset = self._session.dataset
        if dataset is None or dataset.recipe.task == "regression":
            return None
        part = dataset.judged_part
        X, Y = dataset.stream(part)
        numbers = np.asarray(dataset.rows(part))
        after = int(np.searchsorted(numbers, self._session.example, side="right"))
        for start, stop in _chunks(after, len(numbers)):
            said = _classes(self._session.network.predict(np.asarray(X[start:stop])))
            found = np.flatnonzero((_classes(np.asarray(Y[start:stop])) == truth) & (said == answer))
            if len(found):
                return int(numbers[start + int(found[0])])
        return None


def _chunks(first: int, n: int) -> Iterator[tuple[int, int]]:
    """Yield bounds of chunks from `first` to the end and then from the top."""
    for begin, end in ((first, n), (0, first)):
        for start in range(begin, end, CHUNK):
            yield start, min(start + CHUNK, end)


def _classes(values: NDArray[Any]) -> NDArray[np.int64]:
    """Return the class of every row of answers or of truth."""
    if values.shape[1] == 1:
        return (values[:, 0] > 0.5).astype(np.int64)
    return np.asarray(values.argmax(axis=1), np.int64)
