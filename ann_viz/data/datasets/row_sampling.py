"""Drawing and dividing rows when there are too many for lists of row numbers: one byte per row, block after block.

The parts have the sizes and every class has the shares that `split_rows` gives them, to within a row or two.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.data.datasets.row_parts import PART_NAMES
from ann_viz.data.encoding.recipe import Split

__all__ = ["sample_rows", "split_into_parts"]

_BLOCK: Final = 1 << 17


def sample_rows(usable: NDArray[np.bool_], n_wanted: int, seed: int) -> NDArray[np.bool_]:
    """Keep so many of the usable rows, drawn at random without replacement; all if there are no more.

    Parameters
    ----------
    usable : ndarray of bool, shape (n,)
        Which rows may be drawn.
    n_wanted : int
        How many to keep.
    seed : int
        Start of the drawing.

    Returns
    -------
    ndarray of bool, shape (n,)
    """
    n_left = int(np.count_nonzero(usable))
    if n_left <= n_wanted:
        return usable
    rng = np.random.default_rng(seed)
    drawn = np.zeros_like(usable)
    for start in range(0, len(usable), _BLOCK):
        rows = np.flatnonzero(usable[start : start + _BLOCK])
        n_left -= len(rows)
        n_here = int(rng.hypergeometric(len(rows), n_left, n_wanted))  # as many as a draw from all rows would give it
        n_wanted -= n_here
        drawn[start + rng.choice(rows, n_here, replace=False, shuffle=False)] = True
    return drawn


def split_into_parts(
    n_rows: int,
    split: Split,
    classes: NDArray[np.integer[Any]] | None = None,
    times: NDArray[np.float64] | None = None,
) -> NDArray[np.uint8]:
    """Say for every row which part it is in.

    Parameters
    ----------
    n_rows : int
        Number of rows.
    split : Split
        Shares, seed and whether to shuffle and stratify.
    classes : ndarray of int, shape (n_rows,), optional
        Class of every row, from 0; used when ``split.stratify``.
    times : ndarray of float, shape (n_rows,), optional
        What puts the rows in order if ``split.by_time``, NaN where nothing does; see `split_rows`.

    Returns
    -------
    ndarray of uint8, shape (n_rows,)
        0 for training, 1 for validation, 2 for test.
    """
    shares = np.array([split.train, split.validation, split.test])
    marks = np.empty(n_rows, np.uint8)
    if split.by_time is not None or not split.shuffle:
        return _in_order(marks, shares, times if split.by_time is not None else None)
    stratify = classes is not None and split.stratify
    labels = classes if classes is not None and stratify else np.zeros(1, np.uint8)
    rng = np.random.default_rng(split.seed)
    owed = np.zeros((int(labels.max(initial=0)) + 1, len(PART_NAMES)))  # what each class's rows so far owe to the parts
    for start in range(0, n_rows, _BLOCK):
        here = min(_BLOCK, n_rows - start)
        order = rng.permutation(here)
        counts = np.array([here])
        if stratify:
            block = labels[start : start + here]
            order = order[np.argsort(block[order], kind="stable")]
            counts = np.bincount(block, minlength=len(owed))
        dealt = [_portion(int(counts[label]), shares, owed[label]) for label in np.flatnonzero(counts)]
        parts = np.tile(np.arange(len(PART_NAMES), dtype=np.uint8), len(dealt))
        marks[start + order] = np.repeat(parts, np.concatenate(dealt))
    if n_rows and not (marks == 0).any():
        marks[0] = 0
    return marks


def _in_order(
    marks: NDArray[np.uint8], shares: NDArray[np.float64], times: NDArray[np.float64] | None
) -> NDArray[np.uint8]:
    """Fill in the parts one after the other, in the order of the file or of times."""
    first, second = np.rint(np.cumsum(shares)[:2] * len(marks)).astype(np.int64)
    marks[:] = 2
    for part, n_until in ((1, max(1, first, second)), (0, max(1, first))):
        marks[slice(n_until) if times is None else _earliest(times, int(n_until))] = part
    return marks


def _earliest(times: NDArray[np.float64], n_wanted: int) -> NDArray[np.bool_]:
    """Say which rows are the earliest: those without a time before all others, those of one time in their order.

    The latest time among them is found by halving, as sorting would need several times the memory.
    """
    early = np.isnan(times)
    n_known = n_wanted - int(np.count_nonzero(early))
    if n_known <= 0:
        early[np.flatnonzero(early)[n_wanted:]] = False
        return early
    low, high = float(np.nextafter(np.nanmin(times), -np.inf)), float(np.nanmax(times))
    while low < (middle := low + (high - low) / 2) < high:
        enough = np.count_nonzero(times <= middle) >= n_known
        low, high = (low, middle) if enough else (middle, high)
    early |= times < high
    early[np.flatnonzero(times == high)[: n_wanted - np.count_nonzero(early)]] = True
    return early


def _portion(n_rows: int, shares: NDArray[np.float64], owed: NDArray[np.float64]) -> NDArray[np.int64]:
    """Whole numbers that add up to `n_rows`, near the shares of it and of what is owed, which is brought up to date."""
    owed += n_rows * shares
    sizes = np.floor(n_rows * shares + 1e-9).astype(np.int64)
    owed -= sizes
    for _ in range(n_rows - int(sizes.sum())):
        neediest = int(np.argmax(owed))
        sizes[neediest] += 1
        owed[neediest] -= 1
    return sizes
