"""The trainer: batches, phases, and settings that change on the way."""

from __future__ import annotations

import itertools
import math
import tracemalloc
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trainers import finish, make, rows

from ann_viz.engine import History, Network, NetworkConfig, Phase, TrainConfig, Trainer
from ann_viz.engine.batches import Batches
from ann_viz.engine.timeline import FINE_EPOCHS
from ann_viz.errors import ConfigError, TrainingError


@given(n=st.integers(1, 90), size=st.integers(0, 100))
@settings(max_examples=60, deadline=None)
def test_every_row_once_per_epoch(n: int, size: int) -> None:
    """An epoch deals out each row exactly once, in batches of the asked size and one smaller rest."""
    trainer = make(n, batch_size=size, epochs=2)
    for _ in range(2):
        dealt = []
        for _ in range(trainer.n_batches):
            dealt.append(trainer.batch_rows)
            next(trainer)
        assert sorted(np.concatenate(dealt)) == list(range(n))
        assert {len(batch) for batch in dealt[:-1]} <= {size}
    assert trainer.finished == "epochs"


def test_chunks_hold_the_rows_of_the_order() -> None:
    """However many chunks an epoch needs, the buffers hold the rows the order names."""
    X = np.arange(300_000, dtype=np.float32)[:, None] * np.ones((1, 2), np.float32)
    batches = Batches((X,), 1000, np.random.default_rng(0))
    batches.shuffle()
    seen = []
    while batches.position < batches.n_rows:
        places = batches.load()
        seen += [batches.buffers[0][offset : offset + size, 0].copy() for offset, size in places]
        batches.position += sum(places[-1])
    np.testing.assert_array_equal(np.concatenate(seen), batches.order)
    assert len(seen) == 300
    assert batches.buffers[0].nbytes <= 1 << 20


def test_last_partial_batch_is_applied() -> None:
    """The rest of the rows moves the weights by the mean over the rest alone."""
    trainer = make(18, batch_size=16, optimizer="sgd", learning_rate=1)
    next(trainer)
    before, rest = trainer.network.params.copy(), trainer.batch_rows
    assert len(rest) == 2
    alone = Trainer(
        Network.network_from(trainer.network.config, before),
        *(array[rest] for array in rows(18)),
        config=TrainConfig(batch_size=0),
    )
    next(trainer)
    next(alone)
    np.testing.assert_allclose(before - trainer.network.params, alone.gradients, atol=1e-6)


@pytest.mark.parametrize("changes", [{}, {"dropout": 0.3, "l1": 0.01, "class_weights": "balanced"}, {"batch_size": 0}])
def test_watching_changes_no_bit(changes: dict[str, Any]) -> None:
    """Steps, phases, phases left half-way and snapshots in between all end in the same bits."""
    straight, watched = make(**changes), make(**changes)
    finish(straight)
    for number in itertools.count():
        if watched.finished:
            break
        if number % 3 == 0:
            list(watched.phases())
        elif number % 3 == 1:
            next(iter(watched.phases()))
            list(itertools.islice(watched.phases(), 3))
            next(watched)
        else:
            next(watched)
        watched.snapshot()
    assert watched.step_index == straight.step_index
    np.testing.assert_array_equal(watched.network.params, straight.network.params)
    np.testing.assert_array_equal(watched.history.view().train_loss, straight.history.view().train_loss)


def test_phases_in_order() -> None:
    """A batch goes in, forward layer by layer, error, back layer by layer, update; then nothing is under way."""
    trainer = make(epochs=1, batch_size=0)
    seen = list(trainer.phases())
    kinds = ["input", *["forward"] * 3, "error", *["backward"] * 3, "update"]
    assert [phase.kind for phase in seen] == kinds
    assert [phase.layer for phase in seen] == [-1, 0, 1, 2, -1, 2, 1, 0, -1]
    assert trainer.snapshot().phase == Phase("update")
    assert list(trainer.phases()) == []
    assert trainer.step_index == 1


def test_no_allocation_in_a_step() -> None:
    """Thirty steps leave nothing behind and never hold as much as the smallest work array (1 × 1024 float32)."""
    trainer = make(61_440, batch_size=1024, l1=0.01, l2=0.01, clip_norm=1)
    for _ in range(FINE_EPOCHS * trainer.n_batches + 2):  # the timeline keeps batches of the first epochs
        next(trainer)
    tracemalloc.start()
    try:
        next(trainer)
        tracemalloc.reset_peak()
        before, _ = tracemalloc.get_traced_memory()
        for _ in range(30):
            next(trainer)
        after, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - before < 1000
    assert peak - before < 4000


def test_settings_change_at_the_next_step() -> None:
    """A change during a batch waits for its end; the optimiser's memory stays unless it is another optimiser."""
    trainer = make(optimizer="sgd", learning_rate=0.5)
    phases = trainer.phases()
    next(phases)
    before = trainer.network.params.copy()
    trainer.configure(TrainConfig(optimizer="sgd", learning_rate=0.25, batch_size=8, epochs=4, max_seconds=1e6))
    list(phases)
    np.testing.assert_allclose(before - trainer.network.params, 0.5 * trainer.gradients, atol=1e-6)
    assert (trainer.learning_rate, trainer.config.batch_size) == (0.25, 8)
    # 70 rows, 16 done: 54 are left, that is 7 batches of at most 8.
    assert (trainer.batch_index, trainer.n_batches) == (1, 8)
    before = trainer.network.params.copy()
    next(trainer)
    np.testing.assert_allclose(before - trainer.network.params, 0.25 * trainer.gradients, atol=1e-6)


def test_same_settings_again_change_nothing() -> None:
    """Handing in the same settings between steps, even mid-epoch, leaves the bits alone."""
    straight, poked = make(epochs=3), make(epochs=3)
    finish(straight)
    for _ in poked:
        poked.configure(poked.config)
    np.testing.assert_array_equal(poked.network.params, straight.network.params)


def test_every_row_once_across_a_change_of_batch_size() -> None:
    """A new batch size goes on with the rows the epoch has not used yet."""
    trainer = make(70, batch_size=16)
    dealt = [trainer.batch_rows]
    next(trainer)
    trainer.configure(TrainConfig(batch_size=9, epochs=4))
    while trainer.epoch == 0:
        dealt.append(trainer.batch_rows)
        next(trainer)
    assert sorted(np.concatenate(dealt)) == list(range(70))


def test_stale_phases_stop() -> None:
    """An iterator of phases left half-way does nothing once its batch is over."""
    trainer = make()
    stale = trainer.phases()
    next(stale)
    next(trainer)
    params = trainer.network.params.copy()
    assert list(stale) == []
    np.testing.assert_array_equal(trainer.network.params, params)


def test_inputs_that_are_not_numbers_are_refused() -> None:
    """A NaN among the inputs is reported before training, a wrong width names the array."""
    X, Y = rows()
    network = Network(NetworkConfig(n_inputs=3, n_outputs=1))
    with pytest.raises(TrainingError):
        Trainer(network, np.where(X > 0, np.nan, X), Y, config=TrainConfig())
    with pytest.raises(ConfigError, match="3 columns"):
        Trainer(network, X[:, :2], Y, config=TrainConfig())


@pytest.mark.parametrize("task", ["binary", "multiclass", "regression"])
def test_learns(task: str) -> None:
    """Each task is learned from 70 rows; the metric is the accuracy or R²."""
    X, Y = rows()
    Y = {"binary": Y, "multiclass": np.hstack([1 - Y, Y]), "regression": X @ np.ones((3, 2), np.float32)}[task]
    network = Network(NetworkConfig(n_inputs=3, n_outputs=Y.shape[1], task=task))  # type: ignore[arg-type]
    trainer = Trainer(network, X, Y, config=TrainConfig(epochs=100, batch_size=8))
    finish(trainer)
    history = trainer.history.view()
    assert history.last("train_metric") > 0.95
    output = network.predict(X)
    if task == "multiclass":
        assert history.last("train_metric") == (output.argmax(axis=1) == Y.argmax(axis=1)).mean()
    elif task == "regression":
        r2 = 1 - ((output - Y) ** 2).sum(axis=0) / ((Y - Y.mean(axis=0)) ** 2).sum(axis=0)
        assert history.last("train_metric") == pytest.approx(r2.mean(), rel=1e-4)


def test_large_sets_are_evaluated_on_fixed_rows() -> None:
    """Beyond 10,000 training rows the history shows the loss on 10,000 evenly spread ones."""
    X, Y = rows(30_000)
    network = Network(NetworkConfig(n_inputs=3, n_outputs=1))
    trainer = Trainer(network, X, Y, config=TrainConfig())
    P = network.predict(X[::3]).astype(np.float64)
    expected = -np.log(np.where(Y[::3] == 1, P, 1 - P)).mean()
    assert trainer.history.view().train_loss[0] == pytest.approx(expected, rel=1e-5)


def test_snapshot_is_frozen() -> None:
    """A snapshot keeps its numbers while training goes on, and its network answers with them."""
    trainer = make(epochs=2)
    assert trainer.snapshot().gradients is None
    assert trainer.snapshot().dW == (None, None, None)
    next(trainer)
    snapshot = trainer.snapshot()
    kept = snapshot.params.copy()
    finish(trainer)
    np.testing.assert_array_equal(snapshot.params, kept)
    assert (snapshot.step, snapshot.epoch, snapshot.batch_index, len(snapshot.history)) == (1, 0, 1, 1)
    assert [W.shape for W in snapshot.W] == [dW.shape for dW in snapshot.dW] == [(3, 5), (5, 4), (4, 1)]
    assert [b.shape for b in snapshot.b] == [db.shape for db in snapshot.db]
    with pytest.raises(ValueError, match="read-only"):
        snapshot.params[0] = 1
    np.testing.assert_array_equal(snapshot.network().params, kept)
    assert np.isnan(snapshot.history.validation_loss).all()


def test_history_views_never_change() -> None:
    """A view made before the buffer grew still holds its rows."""
    history, views = History(), []
    for epoch in range(200):
        history.append(epoch, 1, 2, 3, 4, 5, 6)
        views.append(history.view())
    for epoch, view in enumerate(views):
        np.testing.assert_array_equal(view.epoch, np.arange(epoch + 1))
    assert views[-1].last("learning_rate") == 6
    assert not views[0].epoch.flags.writeable


def test_generator_decides_the_order() -> None:
    """The order of rows comes from the generator handed in, or from the seed of the settings."""
    X, Y = rows()
    orders = []
    for rng, seed in ((None, 5), (np.random.default_rng(5), 1), (None, 6)):
        network = Network(NetworkConfig(n_inputs=3, n_outputs=1))
        orders.append(Trainer(network, X, Y, config=TrainConfig(seed=seed), rng=rng).batch_rows)
    np.testing.assert_array_equal(orders[0], orders[1])
    assert not np.array_equal(orders[0], orders[2])


def test_iterating_a_finished_trainer_stops() -> None:
    """A trainer is its own iterator and stays finished."""
    trainer = make(epochs=1)
    assert iter(trainer) is trainer
    finish(trainer)
    with pytest.raises(StopIteration):
        next(trainer)


def test_a_history_is_judged_by_the_rows_kept_back() -> None:
    """Loss and metric to judge by are those of the validation rows; without any, those of the training rows."""
    validated, alone = History(), History()
    validated.append(0, 0.9, 0.8, 0.5, 0.4, 0, 0.1)
    alone.append(0, 0.9, math.nan, 0.5, math.nan, 0, 0.1)
    assert (validated.view().judged_loss.tolist(), validated.view().judged_metric.tolist()) == ([0.8], [0.4])
    assert (alone.view().judged_loss.tolist(), alone.view().judged_metric.tolist()) == ([0.9], [0.5])
