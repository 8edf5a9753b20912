"""Training on rows that are read block by block: every row once, reproducible, and as good as from memory."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ann_viz.engine import LayerConfig, Network, NetworkConfig, TrainConfig, Trainer, streamed_batches
from ann_viz.engine.arrays import Array
from ann_viz.engine.rows import Computed, class_weighing, class_weights_of, computed, judged, spread
from ann_viz.engine.streamed_batches import StreamedBatches


class Elsewhere:
    """Rows that are not in memory, as far as the engine can tell; counts what is read."""

    def __init__(self, array: Array) -> None:
        self._array = array
        self.shape = array.shape
        self.n_read = 0

    def __len__(self) -> int:
        return len(self._array)

    def __getitem__(self, rows: slice) -> Array:
        assert isinstance(rows, slice)
        self.n_read += len(self._array[rows])
        return self._array[rows].copy()


def rows(n: int, seed: int = 0) -> tuple[Array, Array]:
    X = np.random.default_rng(seed).standard_normal((n, 3)).astype(np.float32)
    return X, (X.sum(axis=1, keepdims=True) > 0).astype(np.float32)


def trainer(n: int = 900, *, streamed: bool = True, validation: int = 0, **changes: Any) -> Trainer:
    """Return a trainer of a 3-5-1 network."""
    X, Y = rows(n)
    X_validation, Y_validation = rows(validation, 1)
    kind = Elsewhere if streamed else np.asarray
    config = TrainConfig(**{"batch_size": 16, "epochs": 3, **changes})
    network = Network(NetworkConfig(n_inputs=3, n_outputs=1, hidden=(LayerConfig(neurons=5),)))
    return Trainer(
        network, kind(X), kind(Y), X_validation=kind(X_validation), Y_validation=kind(Y_validation), config=config
    )


@pytest.fixture
def tiny_buffer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of 10 rows (of 20 bytes), of which the shuffle buffer holds 7."""
    monkeypatch.setattr(streamed_batches, "BLOCK_BYTES", 200)
    monkeypatch.setattr(streamed_batches, "SHUFFLE_BUFFER_BYTES", 1400)


def numbers(n: int) -> Computed:
    """Rows that hold their own number."""
    return Computed(Elsewhere(np.arange(n, dtype=np.float32)[:, None]), np.copy)


@given(
    n=st.integers(1, 400),
    size=st.integers(0, 90),
    later=st.integers(0, 90),
    block=st.integers(1, 60),
    at_once=st.integers(1, 9),
)
@settings(max_examples=150)
def test_every_row_once_per_epoch(n: int, size: int, later: int, block: int, at_once: int) -> None:
    """Whatever the sizes, and when the batch size changes on the way, an epoch deals out each row exactly once."""
    columns = (numbers(n),)
    batches = StreamedBatches(
        columns, size, np.random.default_rng(0), block_bytes=4 * block, shuffle_bytes=4 * block * at_once
    )
    for epoch in range(2):
        batches.shuffle()
        dealt: list[float] = []
        while batches.position < n:
            places = batches.load()
            done = places[: len(places) // 2 + 1]  # leave the middle of a chunk, as a change of settings does
            for offset, length in done:
                held = batches.buffers[0][offset : offset + length, 0]
                np.testing.assert_array_equal(held, batches.rows_at((offset, length)))
                dealt.extend(held.tolist())
            batches.position += sum(done[-1])
            if epoch:
                batches.resize(columns, later)
        assert sorted(dealt) == list(range(n))


def test_blocks_and_rows_are_in_new_random_order() -> None:
    """Each epoch has another order, and the rows of a filling come from blocks all over the file."""
    batches = StreamedBatches((numbers(4000),), 50, np.random.default_rng(0), block_bytes=40, shuffle_bytes=4000)
    firsts = []
    for _ in range(2):
        batches.shuffle()
        batches.load()
        firsts.append(batches.buffers[0][:1000, 0].copy())
    assert len(set(firsts[0])) == 1000
    assert not np.array_equal(*firsts)
    for first in firsts:
        assert abs(first.mean() - 2000) < 300
        assert abs(np.corrcoef(first[1:], first[:-1])[0, 1]) < 0.15


def test_what_fits_the_buffer_is_shuffled_completely() -> None:
    """Data no larger than the shuffle buffer are read once per epoch and fully mixed."""
    source = Elsewhere(np.arange(1000, dtype=np.float32)[:, None])
    column = Computed(source, np.copy)
    batches = StreamedBatches((column,), 100, np.random.default_rng(0), block_bytes=400, shuffle_bytes=1 << 20)
    batches.shuffle()
    before = source.n_read
    batches.load()
    assert source.n_read - before == 1000
    assert len(set(batches.buffers[0][:100, 0] // 100)) == 10


def test_batches_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """All rows at once, or more than the shuffle buffer holds, means as many as it holds."""
    for size in (0, 5000):
        batches = StreamedBatches((numbers(1000),), size, np.random.default_rng(0), block_bytes=40, shuffle_bytes=400)
        assert batches.size == 100
    monkeypatch.setattr(streamed_batches, "MOST_ROWS_OF_A_BATCH", 64)
    batches = StreamedBatches((numbers(1000),), 0, np.random.default_rng(0), block_bytes=40, shuffle_bytes=400)
    assert batches.size == 64


@pytest.mark.usefixtures("tiny_buffer")
@pytest.mark.parametrize("changes", [{}, {"dropout": 0.2, "class_weights": "balanced"}, {"batch_size": 0}])
def test_same_seed_same_bits(changes: dict[str, Any]) -> None:
    """Two streamed runs with the same seed end in the same bits, watched or not; another seed does not."""
    straight, watched, other = trainer(**changes), trainer(**changes), trainer(seed=4, **changes)
    for one in (straight, other):
        for _ in one:
            pass
    while watched.finished is None:
        list(watched.phases())
        watched.configure(watched.config)
    np.testing.assert_array_equal(straight.network.params, watched.network.params)
    np.testing.assert_array_equal(straight.history.view().train_loss, watched.history.view().train_loss)
    assert not np.array_equal(straight.network.params, other.network.params)


@pytest.mark.usefixtures("tiny_buffer")
def test_learns_as_from_memory() -> None:
    """The loss after some epochs is near that of the same rows in memory, and so is its starting point."""
    streamed, held = trainer(validation=200, epochs=20), trainer(validation=200, epochs=20, streamed=False)
    for one in (streamed, held):
        for _ in one:
            pass
    ours, theirs = streamed.history.view(), held.history.view()
    assert ours.train_loss[0] == theirs.train_loss[0]
    assert ours.validation_loss[0] == theirs.validation_loss[0]
    np.testing.assert_allclose(ours.last("train_loss"), theirs.last("train_loss"), atol=0.03)
    assert ours.last("validation_metric") > 0.95


def test_small_batches_go_through_all_columns() -> None:
    """Weights of classes switched on amid an epoch are dealt out with their rows."""
    one = trainer(300, epochs=0)
    next(one)
    one.configure(TrainConfig(batch_size=16, epochs=1, class_weights="balanced"))
    steps = sum(1 for _ in one)
    assert (one.epoch, steps) == (1, 18)


@pytest.mark.parametrize("task", ["binary", "multiclass", "regression"])
def test_weights_of_classes_are_those_of_an_array(task: Any) -> None:
    """Counted block by block, every row weighs n / (k · rows of its class)."""
    labels = np.random.default_rng(0).choice(3, 500, p=(0.7, 0.2, 0.1))
    Y = np.eye(3)[labels] if task == "multiclass" else (labels[:, None] > 0).astype(float)
    weights = class_weights_of(task, Elsewhere(Y))
    assert (weights is None) == (task == "regression")
    if weights is not None:
        work = class_weighing(task, weights)
        classes = labels if task == "multiclass" else labels > 0
        names, counts = np.unique(classes, return_counts=True)
        expected = {name: len(Y) / (len(names) * count) for name, count in zip(names, counts, strict=True)}
        np.testing.assert_allclose(work(Y)[:, 0], [expected[name] for name in classes])


@given(n=st.integers(1, 3000), most=st.integers(1, 1500))
def test_rows_to_judge_by_are_spread_evenly(n: int, most: int) -> None:
    """No row twice, none beyond the limit, from the beginning to near the end, always the same ones."""
    source = Elsewhere(np.arange(n, dtype=np.float32)[:, None])
    found = spread(source, most)[:, 0]
    assert min(n, most) - 100 < len(found) <= most
    assert len(set(found)) == len(found)
    np.testing.assert_array_equal(found, spread(source, most)[:, 0])
    assert found[0] == 0
    assert found[-1] >= n - 1 - n // 50 or most < 100
    X, Y = judged(source, source, most)
    np.testing.assert_array_equal(X, Y)


def test_what_is_computed_has_its_own_shape() -> None:
    """Columns worked out on the way say how wide they are and of what kind."""
    column = computed(Elsewhere(np.ones((5, 2), np.float32)), lambda block: np.repeat(block, 2, axis=1).astype(float))
    assert (column.shape, column.dtype, len(column)) == ((5, 4), np.float64, 5)  # type: ignore[arg-type]
    np.testing.assert_array_equal(column[1:3], np.ones((2, 4)))
    assert isinstance(computed(np.ones((5, 2)), np.copy), np.ndarray)
