"""The rows by which a network is judged, as arrays, with the place of each in the dataset."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from ann_viz.engine import Network
from ann_viz.engine.rows import judged

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ann_viz.data import Dataset, PartName

__all__ = ["Answered", "JudgedRows", "KeptRows", "answered", "judged_rows"]

Array: TypeAlias = "NDArray[np.floating[Any]]"


@dataclass(frozen=True, slots=True, eq=False)
class JudgedRows:
    """Some rows of one part of the data.

    Parameters
    ----------
    part : {"validation", "train", "test"}
        Where they are from.
    n_all : int
        Rows of that part; of very many only some are judged, spread evenly.
    numbers : (n,) ndarray of int
        Which rows of the dataset they are.
    X, Y : (n, n_inputs), (n, n_outputs) ndarray
        Inputs and truth.
    """

    part: PartName
    n_all: int
    numbers: NDArray[np.int64]
    X: Array
    Y: Array

    def __len__(self) -> int:
        return len(self.numbers)

    def at_most(self, n: int) -> JudgedRows:
        """Return so many of them, spread evenly and always the same ones."""
        if len(self) <= n:
            return self
        some = np.linspace(0, len(self) - 1, n).round().astype(np.int64)
        return replace(self, numbers=self.numbers[some], X=self.X[some], Y=self.Y[some])


@dataclass(frozen=True, slots=True, eq=False)
class Answered:
    """Rows with what a network answers to them.

    Parameters
    ----------
    rows : JudgedRows
    answer : (n, n_outputs) ndarray
        Chances, or numbers standardised like the truth.
    """

    rows: JudgedRows
    answer: Array

    @property
    def is_yes(self) -> NDArray[np.bool_]:
        """Of a yes-or-no target: for which rows yes is true."""
        return np.asarray(self.rows.Y[:, 0] > 0.5)

    @property
    def chance(self) -> Array:
        """Of a yes-or-no target: the chance of yes."""
        return self.answer[:, 0]


def judged_rows(dataset: Dataset, part: PartName) -> JudgedRows:
    """Return the rows of a part, or 100,000 of more; see `ann_viz.engine.rows.judged`."""
    X, Y = dataset.stream(part)
    numbers = np.asarray(dataset.rows(part)[:], dtype=np.int64)
    kept_X, kept_Y = judged(X, Y)
    if len(kept_X) < len(numbers):
        # The same choice, which goes by the width of a row: this one column stands for all inputs.
        chosen, _ = judged(numbers[:, None], Y, n_ones=1 - X.shape[1])
        numbers = chosen[:, 0]
    return JudgedRows(part, len(dataset.rows(part)), numbers, kept_X, kept_Y)


def answered(network: Network, rows: JudgedRows) -> Answered:
    """Return what a network answers to some rows."""
    return Answered(rows, network.predict(rows.X) if len(rows) else np.zeros_like(rows.Y))


class KeptRows:
    """The rows that were judged last, so that charts which are renewed do not read them again; any thread may ask."""

    def __init__(self) -> None:
        self._last: tuple[Dataset, PartName, JudgedRows] | None = None

    def of(self, dataset: Dataset, part: PartName) -> JudgedRows:
        """Return the rows of a part."""
        last = self._last
        if last is None or last[0] is not dataset or last[1] != part:
            last = self._last = dataset, part, judged_rows(dataset, part)
        return last[2]

    def forget(self) -> None:
        """Let them go: there are other data."""
        self._last = None
