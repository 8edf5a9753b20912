"""What each column has added to an answer: the parts add up, and are those that an established package finds."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from shapley_models import MODELS, Case

from ann_viz.engine import Network
from ann_viz.explain import shapley
from ann_viz.explain.shapley import contributions

ORACLE = json.loads((Path(__file__).parent / "shapley_oracle.json").read_text(encoding="utf-8"))


def ask(case: Case) -> shapley.Contributions:
    return contributions(case.network, case.x, case.background, case.groups)


@pytest.mark.parametrize("name", MODELS)
def test_the_parts_are_those_of_shap(name: str) -> None:
    """For every column and output, to the last digits; made by `tests/bench/shapley_oracle.py`."""
    found = ask(MODELS[name]())
    assert found.is_exact and not found.errors.any()
    np.testing.assert_allclose(found.parts, ORACLE[name], atol=1e-12)


@pytest.mark.parametrize("name", MODELS)
def test_they_add_up(name: str) -> None:
    """From the mean answer for the background to the answer for the row, both those of the network itself."""
    case = MODELS[name]()
    found = ask(case)
    np.testing.assert_allclose(found.base, case.network.predict(case.background).mean(axis=0), atol=1e-12)
    np.testing.assert_allclose(found.answer, case.network.predict(case.x[None])[0], atol=1e-12)
    np.testing.assert_allclose(found.base + found.parts.sum(axis=0), found.answer, atol=1e-12)


def test_every_order_counts_alike() -> None:
    """By the definition: what a column adds when it comes, averaged over all orders in which columns can come."""
    case = MODELS["four classes"]()

    def mean_answer(columns: set[int]) -> np.ndarray:
        X = case.background.copy()
        for column in columns:
            start, stop = case.groups[column]
            X[:, start:stop] = case.x[start:stop]
        return case.network.predict(X).mean(axis=0)

    orders = list(permutations(range(len(case.groups))))
    parts = np.zeros((len(case.groups), 4))
    for order in orders:
        for place, column in enumerate(order):
            parts[column] += mean_answer({*order[: place + 1]}) - mean_answer({*order[:place]})
    np.testing.assert_allclose(ask(case).parts, parts / len(orders), atol=1e-12)


def test_a_network_without_hidden_layers() -> None:
    """Of a linear one, each part is the weight times how far the row is from the mean."""
    case = MODELS["a number, ten columns"]()
    config = case.network.config
    linear = Network(type(config)(n_inputs=config.n_inputs, hidden=(), n_outputs=1, task="regression", dtype="float64"))
    found = contributions(linear, case.x, case.background, case.groups)
    gaps = (case.x - case.background.mean(axis=0)) * linear.W[0][:, 0]
    np.testing.assert_allclose(found.parts[:, 0], [gaps[start:stop].sum() for start, stop in case.groups], atol=1e-12)


def test_drawn_orders_come_near_and_say_how_near(monkeypatch: pytest.MonkeyPatch) -> None:
    """They add up as well, and nearly all are within three standard errors of the exact parts."""
    case = MODELS["a number, ten columns"]()
    exact = ask(case)
    monkeypatch.setattr(shapley, "MOST_EXACT", 5)
    drawn = ask(case)
    assert not drawn.is_exact and (drawn.errors > 0).all()
    np.testing.assert_allclose(drawn.base + drawn.parts.sum(axis=0), exact.answer, atol=1e-9)
    assert np.mean(np.abs(drawn.parts - exact.parts) <= 3 * drawn.errors) >= 0.8
    assert np.abs(drawn.parts - exact.parts).max() < 0.05 * np.abs(exact.parts).max()
    np.testing.assert_array_equal(ask(case).parts, drawn.parts)  # the same question has the same answer
