"""Quick learners, to find out what columns hold: a straight line, a curve, the nearest rows.

Each is judged on rows it was not fitted to: every row by a fit that leaves it out, which costs no second fit for
learners that are linear in their answers.

References
----------
Hastie, Tibshirani & Friedman 2009: ridge regression (3.4.1), leaving one row out in closed form (7.10, eq. 7.52),
kernels (5.8). Cover & Hart 1967 for the nearest neighbours.
"""

from __future__ import annotations

import math
from typing import Final, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from ann_viz.engine import Task
from ann_viz.explain.skill import skill

__all__ = ["RIDGES", "Neighbours", "Smoother"]

Array: TypeAlias = NDArray[np.float64]
T = TypeVar("T", float, NDArray[np.float64])

RIDGES: Final = (1e-3, 1e-2, 1e-1, 1.0, 10.0)  # of the mean size of an eigenvalue


class Smoother:
    """A learner whose answers are linear in the answers it learned: ridge regression over some kernel.

    Parameters
    ----------
    X : (n, n_in) array
        Rows it is fitted to.
    width : float or None
        Of the Gaussian kernel; None for a straight line.
    """

    def __init__(self, X: Array, width: float | None) -> None:
        self._X, self._width = X, width
        self._values, self._vectors = self._solved()  # (k,), (n, k)
        ridges = self._ridge(np.array(RIDGES))[:, None]
        self._shrunk = self._values / (self._values + ridges)  # (n_ridges, k)
        self._diagonal = (self._vectors**2) @ self._shrunk.T  # H_ii, (n, n_ridges)

    def _solved(self) -> tuple[Array, Array]:
        """Return the eigenvalues of the kernel and their vectors; of a line those that can be more than 0."""
        if self._width is None and self._X.shape[1] + 1 < len(self._X):
            vectors, sizes, _ = np.linalg.svd(np.c_[self._X, np.ones(len(self._X))], full_matrices=False)
            return np.asarray(sizes**2), np.asarray(vectors)
        values, vectors = np.linalg.eigh(self._kernel(self._X))
        return np.maximum(values, 0.0), np.asarray(vectors)

    @classmethod
    def straight(cls, X: Array) -> Smoother:
        """Return one that draws a line or plane."""
        return cls(X, None)

    @classmethod
    def bent(cls, X: Array, width: float) -> Smoother:
        """Return one that bends within `width` typical distances."""
        squares = _squares(X, X)
        near = squares[squares > 1e-9]
        return cls(X, width * math.sqrt(float(np.median(near))) if len(near) else 1.0)

    def _kernel(self, X: Array) -> Array:
        """Likeness of rows to those fitted to, (len(X), n)."""
        if self._width is None:
            return np.asarray(X @ self._X.T + 1.0)
        return np.asarray(np.exp(-_squares(X, self._X) / (2 * self._width**2)))

    def _ridge(self, share: T) -> T:
        return share * max(1e-9, float(self._values.sum()) / len(self._X))

    def left_out(self, Y: Array) -> dict[float, Array]:
        """Return for each ridge the answers for each row by the fit without it: Y − (Y − Ŷ) / (1 − H_ii)."""
        centred = Y - Y.mean(axis=0)
        shrunk = self._shrunk[:, :, None] * (self._vectors.T @ centred)  # (n_ridges, k, n_outputs)
        fitted = np.tensordot(self._vectors, shrunk, axes=(1, 1))  # (n, n_ridges, n_outputs)
        kept = np.maximum(1e-3, 1 - self._diagonal - 1 / len(Y))
        return {ridge: Y - (centred - fitted[:, i]) / kept[:, i, None] for i, ridge in enumerate(RIDGES)}

    def answer(self, X: Array, Y: Array, ridge: float) -> Array:
        """Return the answers for other rows."""
        mean = Y.mean(axis=0)
        weights = self._vectors @ ((self._vectors.T @ (Y - mean)) / (self._values + self._ridge(ridge))[:, None])
        return np.asarray(mean + self._kernel(X) @ weights)

    def best(self, task: Task, Y: Array) -> tuple[float, float]:
        """Return the best score, and the ridge with which it is reached."""
        means = Y.mean(axis=0)
        return max((skill(task, Y, answers, means), ridge) for ridge, answers in self.left_out(Y).items())

    def explained(self, Y: Array) -> float:
        """Return the largest share of variance that is explained."""
        total = max(1e-12, float(((Y - Y.mean(axis=0)) ** 2).sum()))
        return max(1 - float(((Y - answers) ** 2).sum()) / total for answers in self.left_out(Y).values())


class Neighbours:
    """Answers with the mean of the nearest other rows, max(5, √n / 2) of them."""

    def __init__(self, X: Array) -> None:
        squares = _squares(X, X)
        np.fill_diagonal(squares, np.inf)
        k = min(len(X) - 1, max(5, int(math.sqrt(len(X)) / 2)))
        self._near = np.argpartition(squares, k - 1, axis=1)[:, :k]

    def score(self, task: Task, Y: Array) -> float:
        """Return the score of its answers to the rows themselves."""
        return skill(task, Y, Y[self._near].mean(axis=1), Y.mean(axis=0))


def _squares(A: Array, B: Array) -> Array:
    """Squared distances between rows, (len(A), len(B))."""
    return np.asarray(np.maximum(0.0, (A**2).sum(axis=1)[:, None] + (B**2).sum(axis=1) - 2 * A @ B.T))
