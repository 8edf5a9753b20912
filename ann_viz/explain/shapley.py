"""What each column of a table has added to an answer: Shapley values over a background of rows, in plain NumPy.

The value of a set of columns is the mean answer for the background rows with these columns taken from the row that is
asked about. All orders in which columns can be taken count alike, so the parts add up to the answer minus the mean.
Nothing is sent through the first layer twice: what a column changes there is worked out once, and sums of such changes
go on through the rest of the network.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from ann_viz.engine import ACTIVATIONS, Network
from ann_viz.engine.outputs import output_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["MOST_EXACT", "N_BACKGROUND", "Contributions", "contributions"]

MOST_EXACT: Final = 13
"""Of more columns, orders are drawn: all sets of 13 are 8192."""

N_BACKGROUND: Final = 100
_MOST_TOGETHER: Final = 6  # columns whose sets are sent through the network at once: 64 sets × 100 rows
_MOST_SENT: Final = 400_000  # rows sent through the network for drawn orders
_FEWEST_ROUNDS, _MOST_ROUNDS = 4, 50

Array: TypeAlias = "NDArray[np.floating]"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Contributions:
    """What each column has added to the answers for one row.

    Parameters
    ----------
    base : (n_outputs,) array
        Mean answer for the background rows.
    answer : (n_outputs,) array
        For the row: ``base`` and all ``parts``, added up.
    parts : (n_columns, n_outputs) array
        What each column has added.
    errors : (n_columns, n_outputs) array
        Standard errors of ``parts``, 0 where they are exact.
    is_exact : bool
        Whether all sets of columns were counted, and not orders drawn.
    """

    base: Array
    answer: Array
    parts: Array
    errors: Array
    is_exact: bool


def contributions(
    network: Network, x: Array, background: Array, groups: Sequence[tuple[int, int]], *, seed: int = 0
) -> Contributions:
    """Return what each column has added to the answers for a row.

    Parameters
    ----------
    network : Network
    x : (n_inputs,) array
        The row.
    background : (n_rows, n_inputs) array
        Rows that it is compared with.
    groups : sequence of (start, stop)
        The inputs of each column: those of one column are taken together.
    seed : int
        Of the orders that are drawn where there are more than `MOST_EXACT` columns.

    Returns
    -------
    Contributions

    References
    ----------
    Shapley, L. S. (1953), A value for n-person games, eq. 12. Štrumbelj, E. and Kononenko, I. (2014), Explaining
    prediction models and individual predictions with feature contributions, for the drawn orders. Each is taken
    forwards and backwards (Mitchell et al. 2022, Sampling permutations for Shapley value estimation).
    """
    changes = _Changes(network, x, background, groups)
    if len(groups) <= MOST_EXACT:
        return _exact(changes)
    return _drawn(changes, np.random.default_rng(seed))


class _Changes:
    """What the first layer adds up for the background, and what every column changes in it.

    Attributes
    ----------
    Z : (n_rows, width) array
        The sums of the first layer for the background rows.
    """

    def __init__(self, network: Network, x: Array, background: Array, groups: Sequence[tuple[int, int]]) -> None:
        dtype = network.params.dtype
        self._network = network
        self._groups = groups
        self._gap = np.asarray(x, dtype)[None, :] - np.asarray(background, dtype)  # (n_rows, n_inputs)
        self.Z: Array = np.asarray(background, dtype) @ network.W[0] + network.b[0]

    @property
    def n_columns(self) -> int:
        return len(self._groups)

    def of(self, column: int) -> Array:
        """Return what a column changes in the sums of every background row, (n_rows, width)."""
        start, stop = self._groups[column]
        change: Array = self._gap[:, start:stop] @ self._network.W[0][start:stop]
        return change

    def of_all(self, rows: slice) -> Array:
        """Return what every column changes for some background rows, (n_rows, n_columns, width)."""
        width = self.Z.shape[1]
        changes = np.empty((len(self.Z[rows]), self.n_columns, width), self.Z.dtype)
        for column, (start, stop) in enumerate(self._groups):
            changes[:, column] = self._gap[rows, start:stop] @ self._network.W[0][start:stop]
        return changes

    def answers(self, Z: Array) -> Array:
        """Send sums of the first layer ``(n, width)`` through the rest of the network."""
        names = self._network.activation_names
        for layer, name in enumerate(names, start=1):
            Z = ACTIVATIONS[name].evaluate(Z) @ self._network.W[layer] + self._network.b[layer]
        answers: Array = output_of(self._network.config.task, Z)
        return answers


def _exact(changes: _Changes) -> Contributions:
    n_columns, n_low = changes.n_columns, min(changes.n_columns, _MOST_TOGETHER)
    Z = changes.Z[None]
    for column in range(n_low):  # bit k of a set's number says whether column k is in it
        Z = np.concatenate([Z, Z + changes.of(column)])  # (2^columns, n_rows, width)
    sets = [_mean_answers(changes, Z + offset) for offset in _sums_of_sets(changes, range(n_low, n_columns))]
    value = np.concatenate(sets)  # (2^n_columns, n_outputs)
    parts = _weighted(value, n_columns)
    return Contributions(base=value[0], answer=value[-1], parts=parts, errors=np.zeros_like(parts), is_exact=True)


def _sums_of_sets(changes: _Changes, columns: range) -> list[Array]:
    """Return what every set of some columns changes, each (n_rows, width), counted by their bits."""
    sums = [np.zeros_like(changes.Z)]
    for column in columns:
        change = changes.of(column)
        sums += [each + change for each in sums]
    return sums


def _mean_answers(changes: _Changes, Z: Array) -> Array:
    """Return the mean answer of every set over the background rows, (n_sets, n_outputs)."""
    n_sets, n_rows, width = Z.shape
    answers = changes.answers(Z.reshape(-1, width))
    return np.asarray(answers.reshape(n_sets, n_rows, -1).mean(axis=1, dtype=np.float64))


def _weighted(value: Array, n_columns: int) -> Array:
    """Return the parts: φ = Σ |S|! (n − |S| − 1)! / n! · (v(S ∪ column) − v(S)) over all sets S without the column."""
    sets = np.arange(len(value))
    sizes = np.bitwise_count(sets)
    weights = np.array([1.0 / (n_columns * math.comb(n_columns - 1, size)) for size in range(n_columns)])
    parts = np.empty((n_columns, value.shape[1]))
    for column in range(n_columns):
        without = sets[(sets >> column) & 1 == 0]
        parts[column] = weights[sizes[without]] @ (value[without | (1 << column)] - value[without])
    return parts


def _drawn(changes: _Changes, rng: np.random.Generator) -> Contributions:
    """Take the columns in drawn orders, and each order backwards as well; a round has one for every background row."""
    n_rows, n_columns = len(changes.Z), changes.n_columns
    n_rounds = min(max(_MOST_SENT // (2 * n_rows * (n_columns + 1)), _FEWEST_ROUNDS), _MOST_ROUNDS)
    rounds = np.array([_round(changes, rng) for _ in range(n_rounds)])  # (n_rounds, n_columns, n_outputs)
    parts = rounds.mean(axis=0)
    base = changes.answers(changes.Z).mean(axis=0, dtype=np.float64)
    return Contributions(
        base=base, answer=base + parts.sum(axis=0), parts=parts,
        errors=rounds.std(axis=0, ddof=1) / math.sqrt(n_rounds), is_exact=False,
    )  # fmt: skip


def _round(changes: _Changes, rng: np.random.Generator) -> Array:
    n_rows, n_columns, width = len(changes.Z), changes.n_columns, changes.Z.shape[1]
    at_once = max(1, _MOST_SENT // ((n_columns + 1) * 4))
    total: Array = np.zeros(())
    for first in range(0, n_rows, at_once):
        rows = slice(first, first + at_once)
        change = changes.of_all(rows)
        orders = rng.permuted(np.tile(np.arange(n_columns), (len(change), 1)), axis=1)
        for order in (orders, orders[:, ::-1]):
            steps = np.take_along_axis(change, order[:, :, None], axis=1)
            Z = np.concatenate([changes.Z[rows][:, None], steps], axis=1).cumsum(axis=1)
            answers = changes.answers(Z.reshape(-1, width)).reshape(len(change), n_columns + 1, -1)
            gains = np.zeros((len(change), n_columns, answers.shape[2]))
            np.put_along_axis(gains, order[:, :, None], np.diff(answers, axis=1), axis=1)
            total = total + gains.sum(axis=0)
    return np.asarray(total / (2 * n_rows))
