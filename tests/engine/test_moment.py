"""A snapshot says what its weights are, what is measured on them, and of which batch and gradient it speaks."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ann_viz.engine import LayerConfig, Network, NetworkConfig, Phase, Snapshot, TrainConfig, Trainer, WeightsOf
from ann_viz.engine.arrays import Array
from ann_viz.engine.epoch_log import EpochLog


def rows(n: int = 70, seed: int = 0) -> tuple[Array, Array]:
    """Return noisy rows: small networks overfit them."""
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n, 3)).astype(np.float32)
    return X, (X.sum(axis=1, keepdims=True) + rng.standard_normal((n, 1)) > 0.4).astype(np.float32)


def make(n: int = 70, **changes: Any) -> Trainer:
    """Return a trainer of a 3-5-4-1 network with 30 validation rows."""
    hidden = (LayerConfig(neurons=5), LayerConfig(neurons=4, activation="tanh"))
    network = Network(NetworkConfig(n_inputs=3, n_outputs=1, hidden=hidden))
    X_validation, Y_validation = rows(30, seed=9)
    config = TrainConfig(**{"batch_size": 16, "epochs": 4, "learning_rate": 0.05, **changes})
    return Trainer(network, *rows(n), X_validation=X_validation, Y_validation=Y_validation, config=config)


def cross_entropy(network: Network, X: Array, Y: Array) -> float:
    """Recompute the mean loss by hand."""
    P = network.predict(X).astype(np.float64)
    return float(-np.log(np.where(Y == 1, P, 1 - P)).mean())


def check_scores(snapshot: Snapshot) -> None:
    """The scores are those of the very weights in the snapshot, recomputed by hand."""
    assert snapshot.measured is not None
    assert snapshot.scores is snapshot.measured
    for loss, right, (X, Y) in (
        (snapshot.scores.train_loss, snapshot.scores.train_metric, rows()),
        (snapshot.scores.validation_loss, snapshot.scores.validation_metric, rows(30, seed=9)),
    ):
        network = snapshot.network()
        assert loss == pytest.approx(cross_entropy(network, X, Y), rel=1e-5)
        assert right == np.mean((network.predict(X) > 0.5) == (Y == 1))
    assert snapshot.judged_loss == snapshot.scores.validation_loss
    assert snapshot.judged_metric == snapshot.scores.validation_metric


# Which weights -------------------------------------------------------------------------------------------------------
def test_early_stopping_leaves_the_best_epoch_and_says_so() -> None:
    """After early stopping the weights are those of the best epoch, and so are the losses that stand beside them."""
    trainer = make(epochs=200, patience=8)
    for _ in trainer:
        pass
    snapshot = trainer.snapshot(measured=True)
    assert (trainer.finished, snapshot.epoch) == ("early stopping", trainer.best_epoch + 8)
    assert snapshot.weights_of == WeightsOf(epoch=trainer.best_epoch, restored=True)
    assert snapshot.is_best
    check_scores(snapshot)
    best = snapshot.history.validation_loss[trainer.best_epoch]
    assert snapshot.judged_loss == pytest.approx(best, rel=1e-6)
    assert snapshot.judged_loss != snapshot.history.last("validation_loss")
    assert snapshot.gradients is None, "the last batch's gradient was of other weights"


def test_after_a_batch_the_scores_are_of_these_weights() -> None:
    """One batch into an epoch the loss is not the one that the last epoch ended with."""
    trainer = make()
    next(trainer)
    snapshot = trainer.snapshot(measured=True)
    assert snapshot.weights_of == WeightsOf(epoch=0, batch=1)
    check_scores(snapshot)
    assert snapshot.scores.train_loss != snapshot.history.last("train_loss")
    quick = trainer.snapshot()
    assert quick.measured is None
    assert quick.scores.train_loss == snapshot.history.last("train_loss"), "of the last end of an epoch, as it is named"


def test_phases_are_measured_once_and_an_epochs_end_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Measuring costs as much as the end of an epoch: never twice for the same weights."""
    trainer = make()
    measured: list[int] = []
    measure = EpochLog.measure
    monkeypatch.setattr(EpochLog, "measure", lambda log: measured.append(trainer.step_index) or measure(log))
    trainer.snapshot(measured=True)
    for _ in range(2):
        for _ in trainer.phases():
            check_scores(trainer.snapshot(measured=True))
    assert measured == [1, 2]
    while trainer.epoch == 0:
        next(trainer)
    check_scores(trainer.snapshot(measured=True))
    assert measured == [1, 2]


def test_going_back_in_the_middle_of_an_epoch() -> None:
    """Back at the best epoch batches are counted from there, and the end of an epoch begins a new count."""
    trainer = make(epochs=0, patience=None)
    while trainer.epoch < 3 or trainer.batch_index < 2:
        next(trainer)
    trainer.restore_best()
    assert trainer.snapshot().weights_of == WeightsOf(epoch=trainer.best_epoch, restored=True)
    next(trainer)
    assert trainer.snapshot().weights_of == WeightsOf(epoch=trainer.best_epoch, batch=1, restored=True)
    while trainer.epoch < 4:
        next(trainer)
    assert trainer.snapshot().weights_of == WeightsOf(epoch=4)


def test_what_is_locked_does_not_go_back() -> None:
    """Weights that keep a locked value are not quite those of the best epoch, and are not called so."""
    trainer = make(epochs=0)
    while trainer.epoch < 30:
        next(trainer)
    trainer.freeze(np.array([0]))
    trainer.write(np.array([0]), np.array([3.0]))
    trainer.restore_best()
    snapshot = trainer.snapshot(measured=True)
    assert snapshot.weights_of.edited
    assert not snapshot.is_best
    assert snapshot.params[0] == 3
    check_scores(snapshot)


# Which change --------------------------------------------------------------------------------------------------------
def test_change_is_what_the_optimiser_did() -> None:
    """A weight set by hand moves where the change is counted from: only the steps remain."""
    plain, edited = make(optimizer="sgd"), make(optimizer="sgd")
    for trainer in (plain, edited):
        while trainer.epoch < 1:
            next(trainer)
    step = plain.snapshot().params - plain.snapshot().before
    place = np.array([4])
    edited.write(place, edited.network.params[place] - 1)
    snapshot = edited.snapshot(measured=True)
    np.testing.assert_allclose(snapshot.params - snapshot.before, step, atol=1e-6)
    assert snapshot.weights_of == WeightsOf(epoch=1, edited=True)
    check_scores(snapshot)
    next(edited)
    snapshot = edited.snapshot()
    assert snapshot.weights_of == WeightsOf(epoch=1, batch=1, edited=True)
    gradients = snapshot.gradients
    assert gradients is not None
    np.testing.assert_allclose(snapshot.params - snapshot.before, -0.05 * gradients, atol=1e-6)
    while edited.epoch < 2:
        next(edited)
    assert edited.snapshot().weights_of == WeightsOf(epoch=2)
    (edit,) = edited.snapshot().hand_edits
    assert (edit.at, list(edit.indices)) == (1.0, [4])
    assert edit.after - edit.before == pytest.approx(-1)


def test_a_drag_is_one_edit_and_back_again_is_none() -> None:
    """A weight set many times at one moment has moved once, and not at all if it ends where it was."""
    trainer = make()
    next(trainer)
    place, start = np.array([2]), trainer.network.params[2]
    for value in (0.5, 0.75, 1.0):
        trainer.write(place, np.array([value], np.float32))
    (edit,) = trainer.snapshot().hand_edits
    assert (edit.at, edit.before[0], edit.after[0]) == (1 / trainer.n_batches, start, 1.0)
    trainer.write(place, np.array([start]))
    assert trainer.snapshot().hand_edits == ()
    assert trainer.snapshot().weights_of == WeightsOf(epoch=0, batch=1)


def test_change_of_a_restored_epoch_is_its_own() -> None:
    """Back at the best epoch the change is what that epoch did, not the way back."""
    trainer = make(epochs=200, patience=8)
    ends = [trainer.network.params.copy()]
    while trainer.finished is None:
        epoch = trainer.epoch
        next(trainer)
        if trainer.epoch > epoch and trainer.finished is None:
            ends.append(trainer.network.params.copy())
    snapshot, best = trainer.snapshot(), trainer.best_epoch
    np.testing.assert_array_equal(snapshot.params, ends[best])
    np.testing.assert_array_equal(snapshot.before, ends[best - 1])


# Which batch, which gradient -----------------------------------------------------------------------------------------
def test_a_batch_is_known_phase_by_phase() -> None:
    """Its rows and where it began are known from the first phase on; a layer's gradient only once it is there."""
    trainer = make(l2=0.1)
    for _ in range(3):
        next(trainer)
    assert trainer.snapshot().batch is None
    expected, start = trainer.batch_rows, trainer.network.params.copy()
    known = {}
    for phase in trainer.phases():
        snapshot = trainer.snapshot()
        assert snapshot.batch is not None
        np.testing.assert_array_equal(snapshot.batch.rows, expected)
        np.testing.assert_array_equal(snapshot.batch.params_before, start)
        known[phase] = [dW is not None for dW in snapshot.dW]
        assert [db is not None for db in snapshot.db] == known[phase]
    assert known == {
        Phase("input"): [False] * 3,
        Phase("forward", 0): [False] * 3,
        Phase("forward", 1): [False] * 3,
        Phase("forward", 2): [False] * 3,
        Phase("error"): [False] * 3,
        Phase("backward", 2): [False, False, True],
        Phase("backward", 1): [False, True, True],
        Phase("backward", 0): [True] * 3,
        Phase("update"): [True] * 3,
    }
    next(trainer)
    assert trainer.snapshot().batch is None


def test_the_gradient_of_a_batch_looked_at_is_its_mean() -> None:
    """Penalties and clipping change what the optimiser sees; looked at phase by phase the mean stays the mean."""
    trainer = make(l2=0.1, clip_norm=0.01)
    X, Y = rows()
    batch = trainer.batch_rows
    network = Network.network_from(trainer.network.config, trainer.network.params)
    delta = (network.predict(X[batch]) - Y[batch]) / len(batch)
    by_hand = network.activations(X[batch]).A[-2].T @ delta  # ∂L/∂W of the last layer: mean of a·(ŷ − y)
    for _ in trainer.phases():
        pass
    snapshot = trainer.snapshot()
    assert snapshot.gradient_kind == "mean"
    last = snapshot.dW[-1]
    assert last is not None
    np.testing.assert_allclose(last, by_hand, atol=1e-6)
    assert np.linalg.norm(trainer.gradients) == pytest.approx(0.01, rel=1e-4), "what the optimiser saw"


@pytest.mark.parametrize(
    ("settings", "kind"),
    [
        ({}, "mean"),
        ({"l1": 0.01}, "penalised"),
        ({"l2": 0.01}, "penalised"),
        ({"l2": 0.01, "optimizer": "adamw"}, "mean"),
        ({"clip_norm": 1e-3}, "clipped"),
        ({"clip_norm": 1e3, "l2": 0.01}, "penalised"),
        ({"clip_norm": 1e3}, "mean"),
    ],
)
def test_a_gradient_is_named_for_what_is_in_it(settings: dict[str, Any], kind: str) -> None:
    """After a whole step the gradient may hold penalties, and may be clipped."""
    trainer = make(**settings)
    next(trainer)
    assert trainer.snapshot().gradient_kind == kind


def test_dropout_of_a_batch_is_known_layer_by_layer() -> None:
    """Which neurons dropout let through is drawn on the way forward, and stands in the activations that follow."""
    trainer = make(dropout=0.5)
    for phase in trainer.phases():
        snapshot = trainer.snapshot()
        assert snapshot.batch is not None
        drawn = [kept is not None for kept in snapshot.batch.kept]
        forward = phase.layer if phase.kind == "forward" else -1 if phase.kind == "input" else 9
        assert drawn == [forward >= 0, forward >= 1]
    assert snapshot.batch is not None
    first = snapshot.batch.kept[0]
    assert first is not None
    assert first.shape == (16, 5)
    assert 0.2 < first.mean() < 0.8
    assert make().snapshot().batch is None


def test_a_batch_is_never_larger_than_the_data() -> None:
    """A batch of 512 out of 70 rows has 70."""
    assert make(batch_size=512).snapshot().batch_size == 70
    assert make(batch_size=0).snapshot().batch_size == 70
    assert make(batch_size=16).snapshot().batch_size == 16


def test_weights_of_classes_are_in_the_snapshot() -> None:
    """n / (k · rows of the class), and none where all rows count alike."""
    Y = rows()[1]
    weights = make(class_weights="balanced").snapshot().class_weights
    assert weights is not None
    np.testing.assert_allclose(weights, [70 / (2 * (Y == 0).sum()), 70 / (2 * (Y == 1).sum())])
    assert make().snapshot().class_weights is None


def test_judged_rows_are_counted() -> None:
    """Whoever reads a loss can say on how many rows it was measured."""
    assert make().snapshot().n_judged == (70, 30)
    assert make(30_000).snapshot().n_judged == (10_000, 30)
