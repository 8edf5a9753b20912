"""What a network answers for every row that is learned from or judged by, in the order of the table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from ann_viz.data import Dataset
from ann_viz.engine import Network, classes_of
from ann_viz.errors import Cancelled
from ann_viz.numerals import four_digits, percent_fixed
from ann_viz.session.job import Progress
from ann_viz.translation import translate

__all__ = ["AnsweredRows", "Only", "answer_rows"]

Only = Literal["all", "right", "wrong"]
CHUNK: Final = 8192
UNKNOWN: Final = -1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AnsweredRows:
    """Answers by row of the table; rows without a truth, which are not in the dataset, have none.

    Parameters
    ----------
    task : str
    names : tuple of str
        Of the classes; empty for numbers.
    answer : (n_rows,) array of float32
        Number of the class, or the number itself; NaN without an answer.
    chance : (n_rows,) array of float32
        Of a yes, of more classes that of the answer; of a number how far it is off.
    right : (n_rows,) array of int8
        1, 0, or -1 where that is unknown.
    """

    task: str
    names: tuple[str, ...]
    answer: NDArray[np.float32]
    chance: NDArray[np.float32]
    right: NDArray[np.int8]

    @property
    def titles(self) -> tuple[str, ...]:
        """Names of the columns."""
        if self.task == "regression":
            return translate("answer"), translate("off by")
        chance = translate("chance of {answer}").format(answer=self.names[1]) if self.task == "binary" else None
        return translate("answer"), chance or translate("chance"), translate("right?")

    def cells(self, row: int) -> tuple[str | None, ...]:
        """Return what stands in the columns for a row; None without an answer."""
        answer, chance = float(self.answer[row]), float(self.chance[row])
        if np.isnan(answer):
            return (None,) * len(self.titles)
        if self.task == "regression":
            return four_digits(answer), four_digits(chance)
        right = translate("right") if self.right[row] else translate("wrong")
        return self.names[int(answer)], percent_fixed(chance), right

    def keys(self, column: int) -> NDArray[Any]:
        """Return what a column is sorted by."""
        return (self.answer, self.chance, self.right.astype(np.float32))[column]

    def among(self, rows: NDArray[np.uint32], only: Only) -> NDArray[np.uint32]:
        """Return those of some rows that are answered rightly, or wrongly."""
        return rows if only == "all" else rows[self.right[rows] == (1 if only == "right" else 0)]


def answer_rows(
    dataset: Dataset, network: Network, threshold: float, progress: Progress, cancelled: Callable[[], bool]
) -> AnsweredRows:
    """Answer all rows of a dataset.

    Parameters
    ----------
    dataset : Dataset
    network : Network
        One that no other thread works with.
    threshold : float
        From which chance on yes is said.
    progress, cancelled
        As for a `Job`.
    """
    n_table, n_rows = dataset.table.n_rows, len(dataset.X)
    answer, chance = (np.full(n_table, np.nan, np.float32) for _ in range(2))
    right = np.full(n_table, UNKNOWN, np.int8)
    for start in range(0, n_rows, CHUNK):
        if cancelled():
            raise Cancelled
        some = slice(start, min(n_rows, start + CHUNK))
        places = np.asarray(dataset.source_rows[some])
        output, truth = network.predict(np.asarray(dataset.X[some])), np.asarray(dataset.Y[some])
        if dataset.recipe.task == "regression":
            answer[places] = dataset.encoder.decode_target(output)
            chance[places] = (output[:, 0] - truth[:, 0]) * dataset.encoder.target_std
        else:
            said, true = classes_of(output, threshold), classes_of(truth)
            answer[places], right[places] = said, said == true
            chance[places] = output[:, 0] if output.shape[1] == 1 else output.max(axis=1)
        progress(some.stop / n_rows)
    names = () if dataset.recipe.task == "regression" else dataset.encoder.class_names
    return AnsweredRows(task=dataset.recipe.task, names=names, answer=answer, chance=chance, right=right)
