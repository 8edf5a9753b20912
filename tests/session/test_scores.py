"""Scores are those of the snapshot, in the units of the target."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from session_states import finish

from ann_viz.data import Dataset
from ann_viz.engine import Network, TrainConfig
from ann_viz.errors import ConfigError, StateError
from ann_viz.session import Session


def test_rows_that_do_not_exist_are_refused(session: Session) -> None:
    # Intention: the example picker can't leave the data.
    with pytest.raises(ConfigError):
        session.set_example(120)
    with pytest.raises(ConfigError):
        session.set_example(-1)
    assert session.example == 0


def test_errors_are_given_in_the_units_of_the_target(houses: Dataset) -> None:
    # Intention: an error in price is an amount of money, not a number of standard deviations.
    session = Session(TrainConfig(epochs=100))
    session.open(houses)
    finish(session)
    prices = houses.table.numbers(houses.table.column("price").index)
    for part in ("train", "validation", "test"):
        rows = getattr(houses, part)
        truth = prices[houses.source_rows[rows]]
        answers = np.asarray(houses.encoder.decode_target(session.network.predict(houses.X[rows])), float).ravel()
        metrics, trivial = session.metrics(part), session.baseline(part)
        assert math.isclose(metrics["mae"], np.abs(truth - answers).mean(), rel_tol=1e-3)
        assert math.isclose(metrics["rmse"], np.sqrt(((truth - answers) ** 2).mean()), rel_tol=1e-3)
        mean = prices[houses.source_rows[houses.train]].mean()
        assert math.isclose(trivial["mae"], np.abs(truth - mean).mean(), rel_tol=1e-3)
        assert metrics["rmse"] < trivial["rmse"]


def test_scores_follow_the_snapshot(session: Session) -> None:
    # Intention: scores are kept per snapshot and never those of an older one.
    before = session.metrics("train")
    assert session.metrics("train") is before
    session.step("batch")
    assert session.metrics("train") != before


def test_part_without_rows_has_no_scores(circles: Dataset) -> None:
    # Intention: with no validation rows there is nothing to score, and training works all the same.
    empty = np.array([], dtype=circles.validation.dtype)
    session = Session(TrainConfig(epochs=2))
    session.open(replace(circles, validation=empty))
    assert finish(session).finished == "epochs"
    assert session.metrics("validation") == session.baseline("validation") == {}


def test_network_is_that_of_the_snapshot(session: Session) -> None:
    # Intention: asking for a network before there is data says what to do.
    assert isinstance(session.network, Network)
    with pytest.raises(StateError, match="Open a data file"):
        _ = Session().network
