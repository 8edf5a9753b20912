"""Finding a learning rate: a copy learns, the document does not; what is suggested learns well."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ann_viz.engine import Network, TrainConfig
from ann_viz.errors import Cancelled
from ann_viz.session import Session
from ann_viz.session.rate_finder import RateRequest, find_rate, rate_request, suggested_rate
from ann_viz.session.starting import fitting_network, trainer_on


def never() -> bool:
    return False


def test_the_document_learns_nothing_of_it(session: Session) -> None:
    """Weights, settings and course are what they were, also of a run that has learned already: its start is tried."""
    session.train()
    session.wait()
    before = session.newest.params.copy()
    request = rate_request(session)
    assert np.array_equal(request.params, Network(session.network_config).params)
    curve = find_rate(request, lambda _: None, never)
    assert np.array_equal(session.newest.params, before) and np.array_equal(
        request.params, rate_request(session).params
    )
    assert len(curve.rates) == len(curve.losses) and curve.rates[0] == pytest.approx(1e-6)


@pytest.mark.parametrize("optimizer", ["adam", "sgd"])
def test_what_is_suggested_learns_well(circles, optimizer: str) -> None:
    """In twenty epochs it gets at least as far as a tenth of it, and as far as ten times it."""
    network = fitting_network(circles, None)
    training = TrainConfig(optimizer=optimizer, batch_size=16)
    found = find_rate(RateRequest(circles, network, Network(network).params, training), lambda _: None, never)
    assert found.suggested is not None

    def reached(rate: float) -> float:
        trainer = trainer_on(circles, Network(network), replace(training, learning_rate=rate, epochs=20))
        for _ in trainer:
            pass
        return trainer.history.view().train_loss.min()

    assert reached(found.suggested) <= min(reached(found.suggested / 10), reached(min(10.0, found.suggested * 10)))


def test_it_ends_where_the_loss_explodes(circles) -> None:
    """Higher rates are not tried, and no number is shown that is none."""
    network = replace(fitting_network(circles, None), task="regression", loss="mse")
    request = RateRequest(circles, network, Network(network).params, TrainConfig(optimizer="sgd", batch_size=16))
    curve = find_rate(request, lambda _: None, never)
    assert curve.rates[-1] < 10 and np.isfinite(curve.losses).all()


def test_a_flat_curve_suggests_nothing() -> None:
    """Where no rate helps, none is better than another."""
    rates = np.geomspace(1e-6, 10, 20)
    assert suggested_rate(rates, np.full(20, 0.7), 0.7) is None
    falling = np.linspace(0.7, 0.2, 20)
    assert suggested_rate(rates, falling, 0.7) == pytest.approx(2.0)


def test_it_stops_when_asked(session: Session) -> None:
    """And says how far it is meanwhile."""
    fractions = []
    with pytest.raises(Cancelled):
        find_rate(rate_request(session), fractions.append, lambda: len(fractions) == 5)
    assert fractions == sorted(fractions) and 0 < fractions[-1] < 0.1
