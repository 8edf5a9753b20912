"""Weights are set and locked, neurons switched off and on again."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from project_sessions import train

from ann_viz.data import Dataset
from ann_viz.engine import LayerConfig
from ann_viz.errors import ConfigError, StateError
from ann_viz.session import Session


@pytest.fixture
def session(circles: Dataset) -> Iterator[Session]:
    """Return a session with a network of two hidden layers of tanh after one batch."""
    session = Session()
    session.open(circles)
    session.set_hidden((LayerConfig(neurons=5, activation="tanh"),) * 2)
    session.step("batch")
    yield session
    session.close()


def test_a_locked_weight_stays_while_the_rest_learns(session: Session) -> None:
    """Locked, one epoch, unlocked, one epoch."""
    before = [matrix.copy() for matrix in session.network.matrices]
    session.lock_parameter(0, 1, 2, True)
    train(session)
    after = session.network.matrices
    assert after[0][1, 2] == before[0][1, 2] and after[0][1, 1] != before[0][1, 1]
    session.lock_parameter(0, 1, 2, False)
    train(session)
    assert session.network.matrices[0][1, 2] != before[0][1, 2]


def test_a_neuron_that_is_off_sends_nothing(session: Session) -> None:
    """The answer is that of an activation of zero, it stays so while training, and its weights come back."""
    weights = session.network.W[1][3].copy()
    A = [np.array(a) for a in session.shown_row().forward.A]
    session.switch_neuron(1, 3, on=False)
    silenced = A[1].copy()
    silenced[0, 3] = 0
    expected = silenced @ np.delete(session.network.matrices[1], -1, axis=0) + session.network.b[1]
    np.testing.assert_allclose(session.shown_row().forward.Z[1], expected, rtol=1e-5)
    train(session)
    assert not session.network.W[1][3].any() and session.manual_edits.off == {(1, 3)}
    session.switch_neuron(1, 3, on=True)
    np.testing.assert_array_equal(session.network.W[1][3], weights)
    train(session)
    assert (session.network.W[1][3] != weights).any() and not session.manual_edits.off


def test_a_change_of_layers_wakes_neurons_first(session: Session) -> None:
    """The weights that were put away are among those that survive."""
    weights = session.network.W[0][2].copy()
    session.switch_neuron(0, 2, on=False)
    hidden = session.network_config.hidden
    session.set_hidden((*hidden[:-1], LayerConfig(neurons=hidden[-1].neurons + 1)))
    np.testing.assert_array_equal(session.network.W[0][2], weights)
    assert not session.manual_edits.off


def test_what_is_refused(session: Session) -> None:
    """An output can't be switched off, and neither infinite values nor weights of a silent neuron can be set."""
    n_columns = len(session.network_config.sizes)
    with pytest.raises(ConfigError, match="answer"):
        session.switch_neuron(n_columns - 1, 0, on=False)
    with pytest.raises(ConfigError, match="finite"):
        session.set_parameter(0, 0, 0, float("inf"))
    session.switch_neuron(0, 0, on=False)
    with pytest.raises(ConfigError, match="switched off"):
        session.set_parameter(0, 0, 0, 1.0)
    session.train()
    with pytest.raises(StateError, match="Pause"):
        session.lock_parameter(0, 0, 0, True)
    session.pause()


def test_a_reset_forgets_what_was_done_by_hand(session: Session) -> None:
    """The same starting weights, nothing locked, nothing off."""
    start = session.network.params.copy()
    session.lock_parameter(0, 0, 0, True)
    session.switch_neuron(1, 1, on=False)
    session.reset()
    assert not session.manual_edits.locked and not session.manual_edits.off
    train(session)
    assert (session.network.params != start).mean() > 0.9
