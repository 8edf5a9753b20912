"""The average of the weights: followed by hand, judged, put in place at the end of a run, and left out of learning."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ann_viz.engine import LayerConfig, Network, NetworkConfig, TrainConfig, Trainer, WeightsOf, branched
from ann_viz.engine.arrays import Array


def rows(n: int, seed: int) -> tuple[Array, Array]:
    """Return rows with some noise in their truth, so that there is something to learn too well."""
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n, 3)).astype(np.float32)
    return X, (X.sum(axis=1, keepdims=True) + rng.standard_normal((n, 1)) > 0).astype(np.float32)


def make(**changes: Any) -> Trainer:
    """Return a trainer of a 3-5-1 network on 70 rows, five batches an epoch; the average reaches back two epochs."""
    network = Network(NetworkConfig(n_inputs=3, n_outputs=1, hidden=(LayerConfig(neurons=5),)))
    checkpoint = changes.pop("checkpoint", None)
    settings: dict[str, Any] = {"batch_size": 16, "epochs": 6, "average_epochs": 2, "learning_rate": 0.05}
    X, Y = rows(70, 0)
    unseen = dict(zip(("X_validation", "Y_validation"), rows(40, 9), strict=True))
    return Trainer(network, X, Y, **unseen, config=TrainConfig(**{**settings, **changes}), checkpoint=checkpoint)


def finish(trainer: Trainer) -> Trainer:
    for _ in trainer:
        pass
    return trainer


def test_it_follows_by_its_formula() -> None:
    """After each step t the share 1 − min(1 − 1/10, (1 + t)/(10 + t)) of the difference: 10 steps are two epochs."""
    trainer = make(epochs=0)
    average = trainer.network.params.astype(np.float64)
    for t in range(120):
        next(trainer)
        decay = min(1 - 1 / 10, (1 + t) / (10 + t))
        average += (1 - decay) * (trainer.network.params - average)
        followed = trainer.snapshot().average
        assert followed is not None
        np.testing.assert_allclose(followed, average, rtol=1e-5, atol=1e-6)
    assert decay == 0.9  # it is warm


def test_learning_does_not_read_it() -> None:
    """The weights that learn are the same with and without."""
    plain, averaged = make(epochs=0, average_epochs=0), make(epochs=0)
    for _ in range(50):
        next(plain)
        next(averaged)
    np.testing.assert_array_equal(plain.network.params, averaged.network.params)
    assert plain.snapshot().average is None


def test_epochs_are_judged_by_it() -> None:
    """The history has its losses, a moment amid an epoch is measured on it, and the snapshot's model is it."""
    trainer = make(epochs=0)
    for _ in range(17):
        next(trainer)
    now = trainer.snapshot(measured=True)
    end = next(then for then in now.timeline if then.place == (3, 0))
    assert end.history.last("validation_loss") == pytest.approx(trainer.measure(end.model()).validation_loss, rel=1e-6)
    assert now.measured is not None
    assert now.measured.validation_loss == pytest.approx(trainer.measure(now.model()).validation_loss, rel=1e-6)
    assert now.measured.validation_loss != trainer.measure(now.network()).validation_loss


@pytest.mark.parametrize("stop", [{"epochs": 9}, {"patience": 2, "learning_rate": 0.5, "epochs": 90}])
def test_at_the_end_the_best_average_stands(stop: dict[str, Any]) -> None:
    """Whichever rule ends it: the network is the average that had the lowest loss, and says so."""
    trainer = finish(make(**stop))
    now = trainer.snapshot(measured=True)
    best = next(then for then in now.timeline if then.place == (trainer.best_epoch, 0))
    np.testing.assert_array_equal(now.params, best.average)
    np.testing.assert_array_equal(now.params, now.average)
    assert now.weights_of == WeightsOf(epoch=trainer.best_epoch, restored=True, average=True)
    assert now.judged_loss == pytest.approx(trainer.best_loss, rel=1e-6)
    former = next(then for then in now.timeline if then.place == (trainer.best_epoch - 1, 0))
    np.testing.assert_array_equal(now.before, former.average)


def test_the_first_averages_do_not_count() -> None:
    """Of the first two horizons the last is the best so far, however lucky another was; then the lowest loss counts."""
    trainer = make(epochs=0, learning_rate=0.5)
    bests = []
    while trainer.epoch < 12:
        next(trainer)
        bests += [trainer.best_epoch] if trainer.batch_index == 0 else []
    losses = trainer.history.view().validation_loss
    assert bests[:4] == [1, 2, 3, 4] and losses[1:4].min() < losses[4]
    assert bests[4:] == [4 + int(np.argmin(losses[4 : epoch + 1])) for epoch in range(5, 13)]


def test_a_run_goes_on_from_where_it_had_come() -> None:
    """Not from the average that was shown at its end: with more epochs it is the run that was never ended."""
    straight, ended = finish(make(epochs=9)), finish(make(epochs=4))
    ended.configure(TrainConfig(batch_size=16, epochs=9, average_epochs=2, learning_rate=0.05))
    finish(ended)
    np.testing.assert_array_equal(ended.network.params, straight.network.params)
    np.testing.assert_array_equal(ended.history.view().validation_loss, straight.history.view().validation_loss)


def test_what_is_set_by_hand_is_set_in_it() -> None:
    """A weight that is set, and one that is locked, are in the average what they are in the network."""
    trainer = make(epochs=0)
    for _ in range(12):
        next(trainer)
    trainer.write(np.array([2, 5]), np.array([0.0, 4.0], np.float32))
    trainer.freeze(np.array([2]))
    now = trainer.snapshot()
    assert now.average is not None and now.average[[2, 5]].tolist() == [0.0, 4.0]
    for _ in range(20):
        next(trainer)
    later = trainer.snapshot()
    assert later.average is not None and later.average[2] == 0.0 and later.average[5] != later.params[5]


def test_a_single_step_moves_it_like_any_other() -> None:
    """A step on one row is a change by hand to the weights, but the average only follows it."""
    trainer = make(epochs=0)
    for _ in range(12):
        next(trainer)
    before = trainer.snapshot()
    trainer.step_on(3)
    after = trainer.snapshot()
    assert before.average is not None and after.average is not None
    share = 1 - min(0.9, 13 / 22)
    np.testing.assert_allclose(after.average, before.average + share * (after.params - before.average), rtol=1e-5)


def test_it_can_be_switched_on_the_way() -> None:
    """Switched on it begins with the weights of now; switched off, epochs are judged by the weights again."""
    trainer = make(epochs=0, average_epochs=0)
    for _ in range(7):
        next(trainer)
    trainer.configure(TrainConfig(batch_size=16, epochs=0, average_epochs=2))
    now = trainer.snapshot()
    np.testing.assert_array_equal(now.average, now.params)
    for _ in range(5):
        next(trainer)
    trainer.configure(TrainConfig(batch_size=16, epochs=0))
    for _ in range(3):
        next(trainer)
    end = trainer.snapshot()
    assert end.average is None and end.epoch == 3
    assert end.history.last("validation_loss") == pytest.approx(trainer.measure(end.network()).validation_loss)


def test_a_branch_takes_it_along() -> None:
    """What goes on from a past moment has the average of that moment."""
    trainer = finish(make())
    past = next(then for then in trainer.timeline.view() if then.place == (3, 0))
    fresh = make().checkpoint()
    branch = make(checkpoint=branched(fresh, past))
    np.testing.assert_array_equal(branch.snapshot().average, past.average)
    next(branch)
    assert branch.snapshot().average is not None


def test_infinite_weights_leave_no_trace_in_it() -> None:
    """After a run has failed, the average is that of the last good epoch."""
    trainer = make(optimizer="sgd", learning_rate=0.05, epochs=0)
    for _ in range(10):
        next(trainer)
    good = trainer.snapshot().average
    trainer.write(np.arange(20), np.full(20, 3e38, np.float32))
    with pytest.raises(Exception, match="lower learning rate"):
        finish(trainer)
    np.testing.assert_array_equal(trainer.snapshot().average, good)
