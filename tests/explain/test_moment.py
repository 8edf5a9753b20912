"""Which weights are on show, and why training stopped, in words that are true of every moment of a run."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from ann_viz.engine import LayerConfig, Network, NetworkConfig, TrainConfig, Trainer
from ann_viz.explain.moment import (
    answering_tag,
    answering_tip,
    counted_text,
    drawn_text,
    end_text,
    measured_text,
    stop_text,
    weights_text,
    when_text,
)


def make(**settings: Any) -> Trainer:
    """Return a trainer that overfits 60 noisy rows, with 30 to judge by."""
    rng = np.random.default_rng(0)
    X = rng.standard_normal((90, 3)).astype(np.float32)
    Y = (X.sum(axis=1, keepdims=True) + rng.standard_normal((90, 1)) > 0.4).astype(np.float32)
    network = Network(NetworkConfig(n_inputs=3, n_outputs=1, hidden=(LayerConfig(neurons=8),)))
    config = TrainConfig(**{"batch_size": 16, "epochs": 0, "learning_rate": 0.05, **settings})
    return Trainer(network, X[:60], Y[:60], X_validation=X[60:], Y_validation=Y[60:], config=config)


def test_the_course_of_a_run() -> None:
    """From the start over batches and ends of epochs to a weight set by hand."""
    trainer = make()
    assert weights_text(trainer.snapshot()) == "the start"
    next(trainer)
    assert weights_text(trainer.snapshot()) == "the start + 1 of 4 batches"
    for _ in range(3):
        next(trainer)
    assert weights_text(trainer.snapshot()) == "epoch 1"
    trainer.write(np.array([0]), np.array([2.0]))
    assert weights_text(trainer.snapshot()) == "epoch 1, some set by hand"
    assert when_text(trainer.snapshot()) == "epoch 1"
    assert stop_text(trainer.snapshot()) == ""


def test_early_stopping_names_reason_and_weights() -> None:
    """The reason, and that the weights are not the last ones."""
    trainer = make(patience=10)
    for _ in trainer:
        pass
    snapshot, best = trainer.snapshot(measured=True), trainer.best_epoch
    assert 0 < best == snapshot.epoch - 10
    assert weights_text(snapshot) == f"epoch {best} (best) of {best + 10} run"
    assert stop_text(snapshot) == (
        f"Stopped early: no better for 10 epochs. These are the weights of epoch {best} (best) of {best + 10} run."
    )
    assert measured_text(snapshot) == weights_text(snapshot)


def test_an_average_is_called_one() -> None:
    """What is measured is the average; at the end it is also what is on show."""
    trainer = make(patience=10, average_epochs=2)
    for _ in range(4):
        next(trainer)
    assert weights_text(trainer.snapshot()) == "epoch 1"
    assert measured_text(trainer.snapshot(measured=True)) == measured_text(trainer.snapshot()) == "epoch 1, average"
    for _ in trainer:
        pass
    snapshot, best = trainer.snapshot(measured=True), trainer.best_epoch
    said = f"epoch {best} (best, average) of {best + 10} run"
    assert weights_text(snapshot) == measured_text(snapshot) == said
    assert stop_text(snapshot).endswith(f"These are the weights of {said}.")
    assert end_text(snapshot)[1].endswith(f"The best was epoch {best}: its average weights stand now.")
    for epochs, said in ((4, "So early the last epoch is kept"), (5, "The last epoch was the best")):
        trainer = make(epochs=epochs, average_epochs=2)
        for _ in trainer:
            pass
        assert end_text(trainer.snapshot())[1] == f"{said}: its average weights stand now."


def test_other_ends_of_training() -> None:
    """All epochs done; and the best weights put back after that."""
    trainer = make(epochs=40)
    for _ in trainer:
        pass
    assert stop_text(trainer.snapshot()) == "Stopped: all 40 epochs done."
    trainer.restore_best()
    assert stop_text(trainer.snapshot()).endswith(f"weights of epoch {trainer.best_epoch} (best) of 40 run.")
    trainer = make(target_loss=0.6)
    for _ in trainer:
        pass
    assert stop_text(trainer.snapshot()) == "Stopped: the training loss has reached its target."


def test_what_losses_were_measured_on() -> None:
    """At rest these weights, while training runs the last end of an epoch; rows counted once are said to be."""
    trainer = make(class_weights="balanced", l2=0.01)
    for _ in range(5):
        next(trainer)
    assert measured_text(trainer.snapshot()) == "epoch 1"
    assert measured_text(trainer.snapshot(measured=True)) == "epoch 1 + 1 of 4 batches"
    assert counted_text(trainer.snapshot(measured=True)) == (
        "Measured on 60 training rows and 30 validation rows with the weights of epoch 1 + 1 of 4 batches. "
        "Every row counts once, without the class weights and penalties of training."
    )


def test_of_networks_that_answer_together_it_is_said_how_many_and_which_is_drawn() -> None:
    trainer = make(average_epochs=1.0, epochs=2)
    for _ in trainer:
        pass
    alone = trainer.snapshot(measured=True)
    assert (answering_tag(alone), drawn_text(alone)) == ("avg", "") and "average of its weights" in answering_tip(alone)
    assert answering_tag(None) == answering_tip(None) == ""
    together = replace(alone, beside=np.stack([alone.params] * 2))
    assert (answering_tag(together), answering_tag(together, brief=True)) == ("mean of 3", "mean")
    assert answering_tip(together).startswith("What 3 networks answer in the mean")
    assert drawn_text(together) == "the first of 3 networks"
    assert measured_text(together).endswith(", in the mean of 3 networks")
    assert end_text(together)[1].endswith(" The answer is the mean of 3 networks.")
