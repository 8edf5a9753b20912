"""What is odd about rows: twins in both parts, an order, values far off."""

from __future__ import annotations

import numpy as np

from ann_viz.explain.traits import Twins, far_share, order_of, share_gap, twins

RNG = np.random.default_rng(0)


def test_copies_in_both_parts_are_counted() -> None:
    """With how many of them agree in the answer."""
    X, Y = RNG.normal(size=(50, 3)), RNG.normal(size=(50, 1))
    found = twins(X, Y, np.r_[X[:8], RNG.normal(size=(2, 3))], np.r_[Y[:4], Y[:4] + 5, Y[:2]])
    assert (found.n, found.share, found.agreeing) == (8, 0.8, 0.5)
    assert found.by_chance < 0.01
    assert twins(X, Y, X[:0], Y[:0]) == Twins()


def test_columns_of_few_values_repeat_by_chance() -> None:
    """Which is known from the shares of their values."""
    X = RNG.integers(0, 2, (400, 3)).astype(float)
    assert twins(X[:300], X[:300, :1], X[300:], X[300:, :1]).by_chance > 0.99


def test_a_slip_of_the_pen_holds_all_the_spread() -> None:
    """As no ordinary column does, nor one of few values."""
    x = RNG.normal(size=500)
    assert far_share(x) < 0.2
    x[3] = 1e5
    assert far_share(x) > 0.99
    assert far_share(np.r_[np.zeros(499), 1.0]) == 0.0


def test_the_order_of_a_file() -> None:
    """Sorted by its answer, a walk through time, or none; the column that counts is named."""
    columns = (("x", slice(0, 1)), ("day", slice(1, 2)))
    X = np.c_[RNG.normal(size=300), np.arange(300.0)]
    walk = np.cumsum(RNG.normal(size=300))[:, None]
    assert order_of(X, walk, columns).alike > 0.9
    assert order_of(X, walk, columns).column == "day"
    assert order_of(X, np.sort(walk, axis=0), columns).sorted == 1.0
    mixed = order_of(X[:, :1], RNG.normal(size=(300, 1)), columns[:1])
    assert abs(mixed.alike) < 0.2
    assert mixed.column == ""


def test_parts_of_other_answers() -> None:
    """Differ by many standard errors, those dealt by lot by few."""
    Y = RNG.normal(size=(400, 1))
    assert share_gap(Y[:300], Y[300:]) < 4
    assert share_gap(Y[:300], Y[300:] + 2) > 8
    assert share_gap(Y, Y[:0]) == 0.0
