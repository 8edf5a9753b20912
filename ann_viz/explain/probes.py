"""What the columns hold, found out without the network: by quick learners and by every column alone, on some rows.

A probe is judged on rows it was not fitted to: each training row by a fit that leaves that row out, which costs no
second fit for learners that are linear in their answers. So "the columns don't tell" and "the network is at fault" are
told apart. The learners stand in `learners.py`, what a score is in `skill.py`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from ann_viz.engine import Task
from ann_viz.explain.learners import RIDGES, Neighbours, Smoother
from ann_viz.explain.skill import guess_score, skill, skill_error

__all__ = ["ColumnScore", "Probes", "probe"]

T = TypeVar("T")
Array: TypeAlias = NDArray[np.float64]

MOST_ROWS: Final = 600  # rows fitted to: a kernel of so many is solved in a tenth of a second
MOST_HELD: Final = 1_000
MOST_COLUMNS: Final = 60  # looked at alone
WIDTHS: Final = (0.25, 0.7, 2.0)  # of the kernel, in typical distances between rows
SHUFFLES: Final = 8  # of the answers, to see what chance can score
BEYOND_CHANCE: Final = 3.0  # standard deviations
MOST_BINS: Final = 25
ROWS_PER_BIN: Final = 12


@dataclass(frozen=True, slots=True)
class ColumnScore:
    """What one column alone would score.

    Parameters
    ----------
    column : str
        Its name.
    score : float
        With an answer for every value, or for every bin of values.
    smooth : float
        With a cubic curve over its number, which is what a network finds easy; the same as `score` for a category.
    """

    column: str
    score: float
    smooth: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Probes:
    """What quick learners get out of the columns.

    Parameters
    ----------
    guess : float
        Score of knowing nothing: 1/k of k classes, 0 for a number.
    chance : float
        The highest score that answers in a random order let one expect.
    signal, signal_chance : float
        Share of the answers' variance that the best of them explains, and the highest that answers in a random order
        let one expect. Of rare classes that is surer than a score, which a few rows decide.
    linear, curved : float
        Score of a straight line or plane, and of one that may bend (kernel ridge or nearest neighbours).
    held : float
        Score on the validation rows of whichever is better; NaN without such rows.
    error : float
        Standard error of the better score.
    columns : tuple of ColumnScore
        Every column alone, the best first.
    """

    guess: float
    chance: float
    signal: float
    signal_chance: float
    linear: float
    curved: float
    held: float
    error: float
    columns: tuple[ColumnScore, ...]

    @property
    def able(self) -> float:
        """What the columns allow at least."""
        return max(self.linear, self.curved)

    @property
    def tells(self) -> bool:
        """Whether the columns say anything about the answer."""
        return self.signal > self.signal_chance


def probe(
    task: Task,
    X: Array,
    Y: Array,
    X_held: Array,
    Y_held: Array,
    columns: Sequence[tuple[str, slice]],
    check: Callable[[], object] = lambda: None,
) -> Probes:
    """Find out what the columns hold.

    Parameters
    ----------
    task : {"binary", "multiclass", "regression"}
    X, Y : (n, n_inputs), (n, n_outputs) arrays
        Training rows, in any order.
    X_held, Y_held : arrays likewise
        Validation rows; none where there are none.
    columns : sequence of (str, slice)
        Which inputs come from which column.
    check : callable
        Called before each part of the work, some tenths of a second long; what it raises ends the work.
    """

    def checked(parts: Iterable[T]) -> Iterator[T]:
        for part in parts:
            check()
            yield part

    X, Y = _some(MOST_ROWS, X, Y)
    X_held, Y_held = _some(MOST_HELD, X_held, Y_held)
    means = Y.mean(axis=0)
    rng = np.random.default_rng(0)
    answers = [Y, *(Y[rng.permutation(len(Y))] for _ in range(SHUFFLES))]
    straight = Smoother.straight(X)
    bent = [Smoother.bent(X, width) for width in checked(WIDTHS)]
    near = Neighbours(X)
    linear, *linear_chance = (straight.best(task, each)[0] for each in checked(answers))
    curved, *curved_chance = (max(near.score(task, Y), *(s.best(task, Y)[0] for s in bent)) for Y in checked(answers))
    chances = np.maximum(linear_chance, curved_chance)
    signal, *signal_chance = (max(each.explained(Y) for each in (straight, *bent)) for Y in checked(answers))
    best = max([straight, *bent], key=lambda smoother: smoother.best(task, Y)[0])
    ridge = best.best(task, Y)[1]
    return Probes(
        guess=guess_score(task, Y.shape[1]),
        chance=_beyond(chances),
        signal=signal,
        signal_chance=max(0.0, _beyond(np.array(signal_chance))),
        linear=linear,
        curved=curved,
        held=skill(task, Y_held, best.answer(X_held, Y, ridge), means) if len(Y_held) else math.nan,
        error=skill_error(task, Y, best.left_out(Y)[ridge], means),
        columns=_alone(task, X, Y, columns),
    )


def _beyond(chances: Array) -> float:
    """Return what chance hardly reaches."""
    return float(chances.mean() + BEYOND_CHANCE * chances.std())


def _some(most: int, *arrays: Array) -> tuple[Array, ...]:
    """Rows spread evenly, in float64."""
    n = len(arrays[0])
    rows = np.arange(min(n, most)) * n // max(1, min(n, most))
    return tuple(np.asarray(array, np.float64)[rows] for array in arrays)


def _alone(task: Task, X: Array, Y: Array, columns: Iterable[tuple[str, slice]]) -> tuple[ColumnScore, ...]:
    """Score every column alone: rows fall into bins of like values, answered with the mean of their bin's others."""
    found = []
    for name, inputs in list(columns)[:MOST_COLUMNS]:
        bins = _bins(X[:, inputs])
        size = np.bincount(bins).astype(float)
        sums = np.stack([np.bincount(bins, column) for column in Y.T], axis=1)  # (n_bins, n_outputs)
        mean = Y.mean(axis=0)
        others = (sums[bins] - Y + mean) / size[bins][:, None]  # drawn to the mean by one row, so that one alone is it
        score = skill(task, Y, others, mean)
        is_number = inputs.stop - inputs.start == 1
        found.append(ColumnScore(name, score, _smooth(task, X[:, inputs], Y) if is_number else score))
    return tuple(sorted(found, key=lambda each: -each.score))


def _smooth(task: Task, x: Array, Y: Array) -> float:
    """Score a cubic curve over one number, held as stiff as the straight probe; each row by the fit without it."""
    F = np.hstack([np.ones_like(x), x, x**2, x**3])  # (n, 4)
    ridge = RIDGES[0] * float((F**2).sum(axis=1).mean())
    half = np.linalg.solve(F.T @ F + ridge * np.eye(F.shape[1]), F.T)  # (4, n)
    mean = Y.mean(axis=0)
    rest = (Y - mean - F @ (half @ (Y - mean))) / np.maximum(1e-3, 1 - (F * half.T).sum(axis=1))[:, None]
    return skill(task, Y, Y - rest, mean)


def _bins(X: Array) -> NDArray[np.int64]:
    """Number of the bin of every row, by its one number, or by the category that its inputs say."""
    if X.shape[1] > 1:
        return np.unique(X, axis=0, return_inverse=True)[1].ravel()
    _, codes, counts = np.unique(X[:, 0], return_inverse=True, return_counts=True)
    n_bins = min(MOST_BINS, max(2, len(X) // ROWS_PER_BIN))
    if len(counts) <= n_bins:
        return codes.ravel()
    middle = np.cumsum(counts) - counts / 2
    return np.asarray((middle * n_bins / len(X)).astype(np.int64)[codes.ravel()])
