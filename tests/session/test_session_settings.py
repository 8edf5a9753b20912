"""Settings, layers and data of a session change while it trains and while it stands still."""

from __future__ import annotations

import math

import numpy as np
import pytest
from session_states import finish, poll_until, shown

from ann_viz.data import Dataset
from ann_viz.engine import LayerConfig, TrainConfig
from ann_viz.errors import ConfigError
from ann_viz.session import RunState, Session


def test_settings_change_while_training(session: Session) -> None:
    # Intention: the next step uses the new rate and batch size; no restart.
    session.set_training(epochs=0)
    session.train()
    poll_until(session, lambda: shown(session).epoch > 1)
    session.set_training(learning_rate=0.002, batch_size=8)
    poll_until(session, lambda: shown(session).train_config.learning_rate == 0.002)
    poll_until(session, lambda: shown(session).learning_rate == 0.002)
    epoch = shown(session).epoch
    poll_until(session, lambda: shown(session).epoch > epoch)
    assert session.state is RunState.RUNNING
    session.pause()
    assert shown(session).n_batches == math.ceil(84 / 8)


def test_last_setting_before_a_pause_is_not_lost(session: Session) -> None:
    # Intention: a change handed to a worker that is about to stop still counts.
    session.train()
    session.set_training(l2=0.25)
    session.pause()
    assert shown(session).train_config.l2 == 0.25


def test_impossible_settings_change_nothing(session: Session) -> None:
    # Intention: a refused setting leaves the old one in force.
    before = session.train_config
    with pytest.raises(ConfigError):
        session.set_training(learning_rate=-1)
    assert session.train_config is before
    network = session.network_config
    with pytest.raises(ConfigError):
        session.set_hidden((LayerConfig(),) * 65)
    assert session.network_config is network


def test_hidden_layers_change_and_keep_what_was_learned(session: Session) -> None:
    # Intention: weights whose two ends survive keep their learned values; everything else starts anew.
    finish(session)
    old = shown(session)
    session.set_hidden((LayerConfig(neurons=4), LayerConfig(neurons=6)))
    new = shown(session)
    assert session.state is RunState.READY
    assert len(new.history) == 1
    np.testing.assert_array_equal(new.W[0], old.W[0][:, :4])
    np.testing.assert_array_equal(new.W[1], old.W[1][:4])
    np.testing.assert_array_equal(new.W[2], old.W[2])
    session.set_hidden((LayerConfig(neurons=4),))
    np.testing.assert_array_equal(shown(session).W[0], old.W[0][:, :4])


def test_hidden_layers_of_an_untrained_network_start_from_the_seed(session: Session) -> None:
    # Intention: with nothing learned yet, the same settings always give the same weights.
    session.set_hidden((LayerConfig(neurons=4),))
    first = shown(session).params
    session.set_hidden(())
    session.set_hidden((LayerConfig(neurons=4),))
    np.testing.assert_array_equal(shown(session).params, first)
    session.reset()
    np.testing.assert_array_equal(shown(session).params, first)


def test_layers_changed_amid_a_batch_keep_the_completed_batch(session: Session) -> None:
    # Intention: a half-done batch is completed before its network is taken apart.
    session.step("phase")
    assert session.network_config is not None
    start = shown(session).params
    session.set_hidden(session.network_config.hidden)
    assert not np.array_equal(shown(session).params, start)


def test_opening_other_data_fits_the_ends_of_the_network(session: Session, flowers: Dataset) -> None:
    # Intention: hidden layers are the user's choice and survive; inputs and outputs follow the data.
    session.set_hidden((LayerConfig(neurons=5, activation="tanh"),))
    session.train()
    session.open(flowers)
    assert session.state is RunState.READY
    assert session.network_config is not None
    assert session.network_config.task == "multiclass"
    assert session.network_config.sizes == (2, 5, 3)
    assert set(session.metrics("test")) >= {"loss", "accuracy", "auc", "log_loss"}


@pytest.mark.parametrize("changes", [{"epochs": 9}, {"average_epochs": 0.0}, {"epochs": 9, "average_epochs": 0.0}])
@pytest.mark.parametrize("is_over", [True, False])
def test_what_is_saved_is_what_is_shown_after_a_change_of_settings(
    circles: Dataset, changes: dict, is_over: bool
) -> None:
    """The average that stood in place at the end gives way to what a longer run goes on from, and everyone sees it."""
    session = Session(TrainConfig(epochs=4, learning_rate=0.05, average_epochs=3.0))
    session.open(circles)
    if is_over:
        finish(session)
    else:
        session.step("batch")
    session.set_training(**changes)
    saved = session.project()
    np.testing.assert_array_equal(saved.model.network.params, session.model().network.params)
    if is_over and "epochs" in changes:
        session.step("batch")
        assert session.state is RunState.PAUSED and shown(session).step > 0
    session.close()
