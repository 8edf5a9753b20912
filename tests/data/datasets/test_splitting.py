"""Splits are partitions of exact sizes in which every class keeps its share."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ann_viz.data import Split
from ann_viz.data.datasets.splitting import split_rows
from ann_viz.errors import DataError


@given(
    counts=st.lists(st.integers(1, 60), min_size=1, max_size=8),
    cuts=st.tuples(st.integers(1, 100), st.integers(0, 100)),
    seed=st.integers(0, 1000),
    shuffle=st.booleans(),
    stratify=st.booleans(),
)
def test_split_is_a_partition(
    counts: list[int], cuts: tuple[int, int], seed: int, shuffle: bool, stratify: bool
) -> None:
    """Every row is in one part; sizes are those of the shares; training has every class it can."""
    train = cuts[0] / 100
    validation = (1 - train) * cuts[1] / 100
    split = Split(
        train=train, validation=validation, test=1 - train - validation, seed=seed, shuffle=shuffle, stratify=stratify
    )
    classes = np.repeat(np.arange(len(counts)), counts)
    parts = split_rows(len(classes), split, classes)
    assert sorted(np.concatenate(parts)) == list(range(len(classes)))
    for part, share in zip(parts, (split.train, split.validation, split.test), strict=True):
        # Training gets a row even where its share is less than half of one.
        assert abs(len(part) - share * len(classes)) <= (2.0 if len(parts[0]) == 1 else 1.0) + 1e-6
    if shuffle and stratify and len(parts[0]) >= 2 * len(counts):
        assert {label for label, n in enumerate(counts) if n >= 3} <= set(classes[parts[0]])


def test_shares_of_classes_are_kept() -> None:
    """The bank's 7,963 and 2,037 customers divide 70/15/15 within one row of their share."""
    classes = np.repeat([0, 1], [7963, 2037])
    parts = split_rows(10_000, Split(), classes)
    assert [len(part) for part in parts] == [7000, 1500, 1500]
    for part, share in zip(parts, (0.70, 0.15, 0.15), strict=True):
        assert abs(int(classes[part].sum()) - 2037 * share) < 1.0


def test_the_seed_decides() -> None:
    """The same seed gives the same rows, another seed others; without a shuffle the order of the file stays."""
    classes = np.arange(100) % 3
    first, again, other = (split_rows(100, Split(seed=seed), classes)[0].tolist() for seed in (3, 3, 4))
    assert first == again != other
    assert split_rows(100, Split(shuffle=False))[0].tolist() == list(range(70))
    assert split_rows(1, Split(train=0.1, validation=0.45, test=0.45))[0].tolist() == [0]


@given(
    times=st.lists(st.none() | st.integers(0, 20), min_size=1, max_size=60),
    stratify=st.booleans(),
    shuffle=st.booleans(),
)
def test_split_by_time_keeps_the_order(times: list[int | None], stratify: bool, shuffle: bool) -> None:
    """Training rows are the earliest and test rows the latest, rows without a time the earliest of all."""
    array = np.array([np.nan if time is None else time for time in times], dtype=np.float64)
    split = Split(by_time="when", stratify=stratify, shuffle=shuffle)
    parts = split_rows(len(times), split, np.arange(len(times)) % 2, array)
    assert sorted(np.concatenate(parts)) == list(range(len(times)))
    assert [len(part) for part in parts] == [
        len(part) for part in split_rows(len(times), Split(stratify=False), None)
    ]  # the sizes are those of any other split
    known = [np.where(np.isnan(array[part]), -np.inf, array[part]) for part in parts]
    for earlier, later in ((known[0], known[1]), (known[1], known[2]), (known[0], known[2])):
        assert not len(earlier) or not len(later) or earlier.max() <= later.min()


def test_split_by_time_by_hand() -> None:
    """Ten rows backwards in time: 7 to learn from, 2 and 1 later ones; equal times keep the order of the file."""
    # 0.7, 0.15 and 0.15 of 10 are 7, 1.5 and 1.5; the odd row goes to the first of the two
    train, validation, test = split_rows(10, Split(by_time="when"), times=np.arange(10.0)[::-1])
    assert (train.tolist(), validation.tolist(), test.tolist()) == ([3, 4, 5, 6, 7, 8, 9], [1, 2], [0])
    assert split_rows(10, Split(by_time="when"), times=np.zeros(10))[2].tolist() == [9]
    with pytest.raises(DataError, match="'when'"):
        split_rows(10, Split(by_time="when"))


def test_a_small_class_gets_a_training_row() -> None:
    """With few rows to learn from, a class of three still has one of them; the parts keep their sizes."""
    classes = np.repeat([0, 1], [30, 3])
    # 0.1 of 3 rows is 0.3: without a swap training would have none of them.
    train, validation, test = split_rows(33, Split(train=0.1, validation=0.45, test=0.45), classes)
    assert 1 in classes[train]
    assert [len(train), len(validation), len(test)] == [3, 15, 15]
    # A single training row can't be swapped without losing its own class.
    assert len(split_rows(6, Split(train=0.1, validation=0.45, test=0.45), np.repeat([0, 1], 3))[0]) == 1
