"""Drawing and dividing rows with a byte per row, and finding the rows with a mark again."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ann_viz.data import Split
from ann_viz.data.datasets import row_parts, row_sampling
from ann_viz.data.datasets.row_parts import RowNumbersOfPart, RowParts
from ann_viz.data.datasets.row_sampling import sample_rows, split_into_parts
from ann_viz.data.datasets.splitting import split_rows


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_sampling, "_BLOCK", 64)
    monkeypatch.setattr(row_parts, "_BLOCK", 50)


SHARES = st.sampled_from([(0.7, 0.15, 0.15), (0.8, 0.2, 0.0), (1.0, 0.0, 0.0), (0.34, 0.33, 0.33), (0.05, 0.0, 0.95)])


@given(n=st.integers(1, 900), shares=SHARES, k=st.integers(1, 6), seed=st.integers(0, 99), kind=st.sampled_from("osp"))
def test_parts_have_their_sizes(n: int, shares: tuple[float, ...], k: int, seed: int, kind: str) -> None:
    """Stratified, plain or in order: sizes, and the shares of every class, come out to within two rows."""
    train, validation, test = shares
    split = Split(train=train, validation=validation, test=test, seed=seed, shuffle=kind != "o", stratify=kind == "s")
    classes = np.random.default_rng(seed).integers(0, k, n).astype(np.int8)
    parts = split_into_parts(n, split, classes)
    assert (parts == 0).any()
    np.testing.assert_allclose(np.bincount(parts, minlength=3), n * np.array(shares), atol=1 + 2 * k)
    if kind == "o":
        assert (np.diff(parts.astype(int)) >= 0).all()
    if kind == "s":
        for label in range(k):
            rows = parts[classes == label]
            np.testing.assert_allclose(np.bincount(rows, minlength=3), len(rows) * np.array(shares), atol=2)
    np.testing.assert_array_equal(parts, split_into_parts(n, split, classes))


@given(
    times=st.lists(
        st.sampled_from([float("nan"), -1e50, -3.5, 0.0, 1 / 3, 2.0, 2.0000000000000004, 1e99]), min_size=40
    ),
    shares=SHARES,
)
def test_split_by_time_is_that_of_few_rows(times: list[float], shares: tuple[float, ...]) -> None:
    """Sorted or not, with ties and gaps, the earliest rows are for training, as `split_rows` has it."""
    train, validation, test = shares
    split = Split(train=train, validation=validation, test=test, by_time="when")
    parts = split_into_parts(len(times), split, None, np.array(times))
    listed = split_rows(len(times), split, None, np.array(times))
    first, second = np.cumsum([len(part) for part in listed])[:2]
    order = np.argsort(np.where(np.isnan(times), -np.inf, times), kind="stable")
    assert (np.diff(parts[order].astype(int)) >= 0).all()
    assert abs(int((parts == 0).sum()) - first) <= 1
    assert abs(int((parts < 2).sum()) - second) <= 1


def test_rows_are_shuffled() -> None:
    """Which part a row is in does not follow from its place, and another seed gives another division."""
    first, second = (split_into_parts(20_000, Split(seed=seed)) for seed in (1, 2))
    assert abs(np.corrcoef(first[1:], first[:-1])[0, 1]) < 0.03
    assert 0.4 < (first == second).mean() < 0.7


@given(n=st.integers(0, 700), wanted=st.integers(0, 800), seed=st.integers(0, 99))
def test_sample_has_its_size(n: int, wanted: int, seed: int) -> None:
    """Exactly as many rows as wanted are drawn, from the usable ones alone, the same for the same seed."""
    usable = np.random.default_rng(seed).random(n) < 0.7
    drawn = sample_rows(usable, wanted, seed)
    assert drawn.sum() == min(wanted, usable.sum())
    assert not (drawn & ~usable).any()
    np.testing.assert_array_equal(drawn, sample_rows(usable, wanted, seed))


def test_every_row_is_as_likely_to_be_drawn() -> None:
    """Over 400 draws of a quarter of the rows, every row comes up in about a quarter of them."""
    usable = np.arange(300) % 3 != 0
    often = sum(sample_rows(usable, 50, seed).astype(int) for seed in range(400))
    assert often[usable].min() > 60
    assert often[usable].max() < 145


@given(st.lists(st.integers(0, 3), max_size=260), st.data())
def test_marked_rows_are_found(values: list[int], data: st.DataObject) -> None:
    """Slices, single rows and ranks agree with what a plain search finds."""
    array = np.array(values, np.uint8)
    all_marks = RowParts(array)
    for mark in range(5):
        rows, expected = RowNumbersOfPart(all_marks, mark), np.flatnonzero(array == mark)
        assert len(rows) == all_marks.count(mark) == len(expected)
        np.testing.assert_array_equal(rows[:], expected)
        start, stop = data.draw(st.integers(-300, 300)), data.draw(st.integers(-300, 300))
        np.testing.assert_array_equal(rows[start:stop], expected[start:stop])
        np.testing.assert_array_equal(rows[start:stop:3], expected[start:stop:3])
        assert [rows[i] for i in range(len(rows))] == expected.tolist()
        assert list(rows) == expected.tolist()
        if len(expected):
            assert rows[-1] == expected[-1]
        np.testing.assert_array_equal(all_marks.ranks(expected[::-1]), np.arange(len(expected))[::-1])
    with pytest.raises(IndexError):
        RowNumbersOfPart(all_marks, 0)[len(values)]
