"""What ends training: epochs, a loss that was aimed at, time, patience, and numbers that are none."""

from __future__ import annotations

import numpy as np
import pytest
from trainers import finish, make, rows

from ann_viz.engine import LayerConfig, Network, NetworkConfig, TrainConfig, Trainer
from ann_viz.errors import TrainingError


def test_stops_after_epochs_and_goes_on_when_allowed() -> None:
    """A run ends after its epochs; more epochs let it go on."""
    trainer = make(epochs=2)
    assert finish(trainer) == 2 * 5
    assert (trainer.finished, trainer.epoch, len(trainer.history)) == ("epochs", 2, 3)
    trainer.configure(TrainConfig(batch_size=16, epochs=3))
    assert finish(trainer) == 5
    assert trainer.snapshot().finished == "epochs"


def test_stops_at_target_loss() -> None:
    """The run ends with the first epoch at or below the target."""
    trainer = make(epochs=0, target_loss=0.4, learning_rate=0.05)
    finish(trainer)
    losses = trainer.history.view().train_loss
    assert trainer.finished == "target loss"
    assert losses[-1] <= 0.4 < losses[:-1].min()


def test_stops_after_time() -> None:
    """With a clock that counts calls, a step takes one second, and the third step is the last."""
    trainer = make(epochs=0, max_seconds=3)
    assert finish(trainer) == 3
    assert (trainer.finished, trainer.seconds) == ("time", 3)
    trainer.configure(trainer.config)
    assert trainer.finished == "time"


def test_time_runs_out_between_batches() -> None:
    """A time limit that passes during the phases of a batch lets the batch end first."""
    trainer = make(epochs=0, max_seconds=2)
    assert [phase.kind for phase in trainer.phases()][-1] == "update"
    assert trainer.finished == "time"
    assert trainer.step_index == 1


def test_early_stopping_restores_the_best() -> None:
    """When the validation loss stays worse for `patience` epochs, the weights of the best epoch come back."""
    trainer = make(validation=True, epochs=0, patience=3, learning_rate=0.3)
    finish(trainer)
    history = trainer.history.view()
    assert trainer.finished == "early stopping"
    assert trainer.best_epoch == int(history.validation_loss.argmin())
    assert trainer.epoch == trainer.best_epoch + 3
    X, Y = rows(30, seed=9)
    P = trainer.network.predict(X).astype(np.float64)
    assert -np.log(np.where(Y == 1, P, 1 - P)).mean() == pytest.approx(trainer.best_loss, rel=1e-4)


@pytest.mark.parametrize("batch_size", [8, 0])
def test_non_finite_loss_restores_the_last_good_weights(batch_size: int) -> None:
    """A learning rate that explodes ends with finite weights, the layer named, and can be lowered to go on."""
    config = NetworkConfig(n_inputs=3, n_outputs=1, hidden=(LayerConfig(neurons=5),), task="regression")
    X, _ = rows()
    network = Network(config)
    trainer = Trainer(
        network, X, X[:, :1] ** 2, config=TrainConfig(optimizer="sgd", learning_rate=100, batch_size=batch_size)
    )
    with pytest.raises(TrainingError, match="lower learning rate") as error:
        finish(trainer)
    assert error.value.layer in (0, 1)
    assert error.value.epoch == trainer.epoch
    assert np.isfinite(network.params).all()
    assert trainer.finished == "non-finite"
    trainer.restore_best()
    trainer.configure(TrainConfig(optimizer="sgd", learning_rate=1e-4, batch_size=batch_size, epochs=trainer.epoch + 2))
    finish(trainer)
    assert trainer.finished == "epochs"
    assert np.isfinite(trainer.history.view().train_loss).all()
