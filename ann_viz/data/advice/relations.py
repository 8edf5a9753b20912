"""Columns that say the same as others: repeated columns, and those that together make up the target."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.data.advice.leaks import same_values
from ann_viz.data.columns.column import Column
from ann_viz.data.tables.sample import RowSample
from ann_viz.numerals import listed

__all__ = ["Formula", "repeated_columns", "target_formula"]

_FEWEST_ROWS: Final = 20
_MOST_ROWS: Final = 2_000  # an exact relation shows in few rows
_MOST_NUMBERS: Final = 100
_MOST_FACTORS: Final = 30
_MOST_TERMS: Final = 12  # a longer sum is no longer a sentence
_EXACT: Final = 1e-3  # of the target's spread: a sum that was rounded still counts
_ROUNDING: Final = 5e-3  # of the target's spread: a weight this near to nothing, or to one, is meant to be that
_NOTHING: Final = 1e-6


def repeated_columns(sample: RowSample, columns: Iterable[Column]) -> list[tuple[Column, Column]]:
    """Return pairs of a column and the first earlier one that says the same in every row.

    Parameters
    ----------
    sample : RowSample
        Rows to look at.
    columns : iterable of Column
        Columns to compare, in the order of the file.
    """
    earlier: dict[int, list[Column]] = {}
    pairs = []
    for column in columns:
        alike = earlier.setdefault(_fingerprint(sample, column), [])
        first = next((other for other in alike if same_values(sample, column, other)), None)
        if first is None:
            alike.append(column)
        else:
            pairs.append((column, first))
    return pairs


def _fingerprint(sample: RowSample, column: Column) -> int:
    """A number that is the same for columns that say the same."""
    if column.kind == "number" and column.n_distinct > sample.n_rows / 2:
        return hash(sample.numbers(column.index).tobytes())
    return hash(sample.codes(column.index).tobytes())


class Formula:
    """How other columns make up the target, exactly.

    Parameters
    ----------
    columns : tuple of Column
        The columns.
    signs : tuple of str
        What stands before each: "+", "−" or "×"; empty where they are merely combined somehow.
    """

    def __init__(self, columns: tuple[Column, ...], signs: tuple[str, ...]) -> None:
        self.columns = columns
        self.signs = signs

    def text(self) -> str:
        """Return "casual + registered", or "a, b and c" for another formula."""
        if not self.signs:
            return listed([column.name for column in self.columns], len(self.columns))
        parts = [self.columns[0].name]
        for sign, column in zip(self.signs[1:], self.columns[1:], strict=True):
            parts.append(f"{sign} {column.name}")
        return " ".join(parts)


def target_formula(sample: RowSample, target: Column, columns: Sequence[Column]) -> Formula | None:
    """Return how some of the columns make up a numeric target, or None.

    Parameters
    ----------
    sample : RowSample
        Rows to look at.
    target : Column
        A column of numbers.
    columns : sequence of Column
        Columns to look at; those that hold no numbers are passed over.
    """
    numbers = [column for column in columns if column.kind == "number"][:_MOST_NUMBERS]
    if len(numbers) < 2:
        return None
    step = max(1, sample.n_rows // _MOST_ROWS)
    X = np.column_stack([sample.numbers(column.index)[::step] for column in numbers])  # (n, n_numbers)
    y = sample.numbers(target.index)[::step]  # (n,)
    whole = ~np.isnan(X).any(axis=1) & ~np.isnan(y)
    X, y = X[whole], y[whole]
    if len(y) < max(_FEWEST_ROWS, 2 * len(numbers)) or y.std() == 0.0:
        return None
    return _sum(X, y, numbers) or _product(X, y, numbers)


def _sum(X: NDArray[np.float64], y: NDArray[np.float64], numbers: Sequence[Column]) -> Formula | None:
    """A sum or difference of columns, or another exact linear formula."""
    spread = float(y.std())
    basis = _independent(X)
    weights = _fit(X[:, basis], y)
    sizes = np.abs(weights) * X[:, basis].std(axis=0)
    terms = [place for place, size in zip(basis, sizes, strict=True) if size > _ROUNDING * spread]
    if not 2 <= len(terms) <= _MOST_TERMS:
        return None
    weights = _fit(X[:, terms], y)
    rest = y - X[:, terms] @ weights
    if np.ptp(rest) > _EXACT * spread:
        return None
    columns = tuple(numbers[place] for place in terms)
    off = np.abs(np.abs(weights) - 1.0) * X[:, terms].std(axis=0)
    if (off > _ROUNDING * spread).any() or abs(rest.mean()) > _EXACT * spread or weights.max() < 0:
        return Formula(columns, ())
    order = sorted(range(len(terms)), key=lambda place: weights[place] < 0)
    return Formula(
        tuple(columns[place] for place in order), tuple("+" if weights[place] > 0 else "−" for place in order)
    )


def _fit(X: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights of the columns, with a constant left free."""
    spreads = X.std(axis=0)
    weights: NDArray[np.float64] = np.linalg.lstsq((X - X.mean(axis=0)) / spreads, y - y.mean())[0] / spreads
    return weights


def _independent(X: NDArray[np.float64]) -> list[int]:
    """Columns none of which follows from those before it."""
    found: list[int] = []
    directions = np.zeros((len(X), 0))
    for place, x in enumerate((X - X.mean(axis=0)).T):
        size = float(np.linalg.norm(x))
        rest = x - directions @ (directions.T @ x)
        rest -= directions @ (directions.T @ rest)
        left = float(np.linalg.norm(rest))
        if size > 0.0 and left > _NOTHING * size:
            found.append(place)
            directions = np.column_stack([directions, rest / left])
    return found


def _product(X: NDArray[np.float64], y: NDArray[np.float64], numbers: Sequence[Column]) -> Formula | None:
    """A product of two columns, such as price × quantity."""
    near = _EXACT * float(y.std())
    for a, b in combinations(range(min(len(numbers), _MOST_FACTORS)), 2):
        first_rows_agree = (np.abs(X[:_FEWEST_ROWS, a] * X[:_FEWEST_ROWS, b] - y[:_FEWEST_ROWS]) <= near).all()
        if first_rows_agree and (np.abs(X[:, a] * X[:, b] - y) <= near).all():
            return Formula((numbers[a], numbers[b]), ("×", "×"))
    return None
