"""What quick learners find in columns: signal where there is one, none in answers drawn by lot."""

from __future__ import annotations

import numpy as np
import pytest

from ann_viz.explain.probes import probe
from ann_viz.explain.skill import skill

COLUMNS = (("a", slice(0, 1)), ("b", slice(1, 2)))


def halves(rng: np.random.Generator, n: int = 500) -> np.ndarray:
    """Two columns of numbers."""
    return rng.normal(size=(n, 2))


def probed(task: str, X: np.ndarray, Y: np.ndarray):
    """Probe the first four fifths, keep the rest back."""
    cut = len(X) * 4 // 5
    return probe(task, X[:cut], Y[:cut], X[cut:], Y[cut:], COLUMNS)


def test_a_line_is_found_by_the_straight_probe() -> None:
    """And what it gets on its own rows, each left out in turn, it gets on rows kept back."""
    X = halves(np.random.default_rng(0))
    found = probed("regression", X, X @ [[2.0], [1.0]])
    assert found.tells
    assert found.linear > 0.99
    assert found.held == pytest.approx(found.able, abs=0.02)


def test_a_ring_takes_a_curve() -> None:
    """No straight border tells inside from outside."""
    X = halves(np.random.default_rng(1))
    found = probed("binary", X, ((X**2).sum(axis=1) < 1.4)[:, None].astype(float))
    assert found.linear < 0.65
    assert found.curved > 0.9


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("task", ["binary", "multiclass", "regression"])
def test_lots_tell_nothing(task: str, seed: int) -> None:
    """Whatever the kind of answer, and however rare: chance is measured by shuffling."""
    rng = np.random.default_rng(seed)
    X = halves(rng)
    drawn = {
        "binary": (rng.random((500, 1)) < 0.05).astype(float),
        "multiclass": np.eye(3)[rng.integers(0, 3, 500)],
        "regression": rng.normal(size=(500, 1)),
    }
    assert not probed(task, X, drawn[task]).tells


def test_every_column_is_scored_alone() -> None:
    """Best first; values in no order are told by their bins, and not by a curve."""
    rng = np.random.default_rng(2)
    codes, other = rng.integers(0, 12, 600).astype(float), rng.normal(size=600)
    truth = rng.permutation(np.arange(12) % 2)[codes.astype(int)]
    first, second = probed("binary", np.c_[other, codes], truth[:, None].astype(float)).columns
    assert (first.column, second.column) == ("b", "a")
    assert first.score > 0.95 > 0.8 > first.smooth
    assert second.score < 0.65


def test_skill_counts_every_class_the_same() -> None:
    """A rare answer that is called likelier than usual is found, although never likelier than not."""
    Y = np.r_[np.zeros((98, 1)), np.ones((2, 1))]
    knows, does_not = np.where(Y > 0, 0.2, 0.01), np.full_like(Y, 0.02)
    assert skill("binary", Y, knows, Y.mean(axis=0)) == 1.0
    assert skill("binary", Y, does_not, Y.mean(axis=0)) == 0.5
    assert np.isnan(skill("binary", Y[:0], knows[:0], Y.mean(axis=0)))
