"""Frozen parameters stay bit for bit, whatever the optimiser; all others learn as if nothing were frozen."""

from __future__ import annotations

import numpy as np
import pytest

from ann_viz.engine import OPTIMIZERS, LayerConfig, Network, NetworkConfig, TrainConfig, Trainer


def make(**changes: object) -> Trainer:
    """Return a trainer of a 3-4-1 network."""
    X = np.random.default_rng(0).standard_normal((40, 3)).astype(np.float32)
    Y = (X.sum(axis=1, keepdims=True) > 0).astype(np.float32)
    network = Network(NetworkConfig(n_inputs=3, n_outputs=1, hidden=(LayerConfig(neurons=4, activation="tanh"),)))
    return Trainer(network, X, Y, config=TrainConfig(**{"batch_size": 8, "epochs": 3, "l2": 0.01, **changes}))


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_what_is_frozen_stays_and_the_rest_learns(optimizer: str) -> None:
    """Three epochs with two weights and a bias frozen."""
    trainer = make(optimizer=optimizer)
    before = trainer.network.params.copy()
    indices = np.array([13, 2, 2, 19])
    trainer.freeze(indices)
    for _ in trainer:
        pass
    changed = trainer.network.params != before
    assert not changed[indices].any()
    assert changed[np.setdiff1d(np.arange(before.size), indices)].all()


def test_what_is_unfrozen_learns_again() -> None:
    """Freezing nothing is the normal state; a weight written by hand while frozen keeps its new value."""
    trainer = make()
    trainer.freeze(np.array([5]))
    trainer.network.params[5] = 0.75
    next(trainer)
    assert trainer.network.params[5] == 0.75
    trainer.freeze(np.empty(0, np.intp))
    next(trainer)
    assert trainer.network.params[5] != 0.75


def test_going_back_to_the_best_epoch_leaves_it_alone() -> None:
    """What is frozen keeps its value also when all others are put back."""
    trainer = make()
    for _ in trainer:
        pass
    trainer.restore_best()
    best = trainer.network.params.copy()
    trainer.freeze(np.array([7]))
    trainer.network.params[:] = 3.0
    trainer.restore_best()
    assert trainer.network.params[7] == 3.0
    np.testing.assert_array_equal(np.delete(trainer.network.params, 7), np.delete(best, 7))


def test_freezing_in_the_middle_of_a_batch_ends_it_first() -> None:
    """The batch under way changes the weight a last time; and nothing is told of an update that won't come."""
    trainer = make()
    phases = trainer.phases()
    next(phases)
    trainer.freeze(np.array([0]))
    assert trainer.step_index == 1
    kept = float(trainer.network.params[0])
    for phase in trainer.phases():
        if phase.kind == "backward" and phase.layer == 0:
            assert trainer.parameter_state(0, 0, 0) is None
            assert trainer.parameter_state(0, 0, 1) is not None
    assert trainer.network.params[0] == kept
