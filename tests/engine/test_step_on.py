"""One step on a single row: what the formula says, and nothing of the epoch is moved."""

from __future__ import annotations

import numpy as np
import pytest

from ann_viz.engine import LayerConfig, Network, NetworkConfig, TrainConfig, Trainer
from ann_viz.errors import TrainingError


def make(**changes: object) -> Trainer:
    rng = np.random.default_rng(4)
    X = rng.normal(size=(50, 3)).astype(np.float32)
    Y = (X[:, :1] > 0).astype(np.float32)
    network = Network(NetworkConfig(n_inputs=3, n_outputs=1, hidden=(LayerConfig(neurons=4, activation="tanh"),)))
    config = TrainConfig(**{"optimizer": "sgd", "learning_rate": 0.5, "batch_size": 10, "epochs": 5} | changes)
    return Trainer(network, X, Y, config=config)


def test_it_goes_against_the_gradient_of_that_row() -> None:
    """w − η·∂L/∂w with the gradient of a batch that is this row alone."""
    trainer, alone = make(), make(batch_size=1)
    rows = [int(alone.batch_rows[0])]
    next(alone)
    trainer.step_on(rows[0])
    np.testing.assert_allclose(trainer.network.params, alone.network.params, rtol=1e-6)


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_the_epoch_goes_on_where_it_was(optimizer: str) -> None:
    """Rows, batches and counters are those of a run without it; it is no learning of the epoch but a change by hand."""
    trainer, other = make(optimizer=optimizer, dropout=0.3), make(optimizer=optimizer, dropout=0.3)
    for one in (trainer, other):
        next(one)
    next(trainer.phases())
    next(other)
    trainer.step_on(7)
    assert (trainer.step_index, trainer.batch_index) == (other.step_index, other.batch_index) == (2, 2)
    np.testing.assert_array_equal(trainer.batch_rows, other.batch_rows)
    assert trainer.snapshot().weights_of.edited and len(trainer.snapshot().hand_edits) == 1


def test_infinite_numbers_change_nothing() -> None:
    """The step is refused, and the weights are what they were."""
    trainer = make(learning_rate=100.0)
    trainer.network.params[:] = 3e38
    before = trainer.network.params.copy()
    with pytest.raises(TrainingError, match="lower learning rate"):
        trainer.step_on(0)
    np.testing.assert_array_equal(trainer.network.params, before)
