"""The course of a run in weights: of every epoch in a short run, evenly thinned out in a long one, never the chosen."""

from __future__ import annotations

import gc
import tracemalloc
from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ann_viz.engine import Network, NetworkConfig, Snapshot, TrainConfig, Trainer
from ann_viz.engine.timeline import MOST_BATCHES, Timeline, batch_stride


def moment(epoch: int, batch: int = 0, n_batches: int = 4) -> Snapshot:
    """Make a snapshot whose only weight says which it is."""
    params = np.array([epoch + batch / n_batches])
    return replace(
        START,
        epoch=epoch,
        batch_index=batch,
        step=epoch * n_batches + batch,
        n_batches=n_batches,
        params=params,
        before=params,
        gradients=np.zeros_like(params),
    )


def start() -> Snapshot:
    """Return the first snapshot of a network."""
    network = Network(NetworkConfig(n_inputs=1, n_outputs=1, hidden=()))
    return Trainer(network, np.ones((4, 1)), np.ones((4, 1)), config=TrainConfig()).snapshot()


START = start()


@given(
    epochs=st.integers(1, 700),
    most=st.integers(8, 90),
    pinned=st.frozensets(st.integers(0, 700), max_size=3),
    bests=st.sets(st.integers(0, 700), max_size=6),
)
def test_a_run_is_kept_evenly_within_its_room(epochs: int, most: int, pinned: frozenset[int], bests: set[int]) -> None:
    """First, best, last and pinned stay; all others lie on one stride, and no more than fits is there."""
    timeline = Timeline(budget=START.n_bytes * most)
    timeline.pinned = pinned
    best = 0
    for epoch in range(epochs):
        best = epoch if epoch in bests else best
        timeline.add(moment(epoch), best)
    kept = [one.epoch for one in timeline.view()]
    chosen = {0, best, epochs - 1} | {epoch for epoch in pinned if epoch < epochs}
    assert kept == sorted(set(kept)) and chosen <= set(kept)
    assert all(epoch % timeline.stride == 0 for epoch in set(kept) - chosen)
    assert len(kept) <= most + len(chosen)
    regular = {epoch for epoch in range(0, epochs, timeline.stride)}
    assert regular <= set(kept), "nothing on the stride is missing"
    assert timeline.stride == 1 or len(kept) >= most // 2 - len(chosen)
    assert all(one.params[0] == one.epoch for one in timeline.view())


def test_batches_of_the_first_epochs_are_thinned_with_the_rest() -> None:
    """They lie between the epochs, and of an epoch with many batches no more than so many are asked for."""
    timeline = Timeline(budget=START.n_bytes * 20)
    for epoch in range(2):
        for batch in range(1, 8):
            timeline.add(moment(epoch, batch, 8), 0)
        timeline.add(moment(epoch + 1), 0)
    assert [one.place for one in timeline.view()][:9] == [(0, batch) for batch in range(1, 8)] + [(1, 0), (1, 1)]
    for epoch in range(3, 30):
        timeline.add(moment(epoch), 0)
    assert [one.place for one in timeline.view()][:4] == [(0, 4), (1, 4), (4, 0), (8, 0)]
    assert batch_stride(1) == batch_stride(MOST_BATCHES) == 1 and batch_stride(MOST_BATCHES + 1) == 2


def test_going_back_forgets_what_was_later() -> None:
    """What is noted for a moment replaces it and all after it; a view that was taken stays."""
    timeline = Timeline()
    for epoch in range(5):
        timeline.add(moment(epoch), 0)
    view = timeline.view()
    timeline.add(moment(2), 0)
    assert [one.epoch for one in timeline.view()] == [0, 1, 2] and len(view) == 5


def test_a_small_network_keeps_to_its_room_as_well() -> None:
    """What a snapshot says it takes is what is taken, also where numbers are few and objects many."""
    gc.collect()
    tracemalloc.start()
    try:
        network = Network(NetworkConfig(n_inputs=1, n_outputs=1, hidden=()))
        trainer = Trainer(network, np.ones((4, 1)), np.ones((4, 1)), config=TrainConfig(epochs=2000, patience=None))
        for _ in trainer:
            pass
        taken, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    kept = trainer.snapshot().timeline
    assert taken < 1.3 * sum(entry.n_bytes for entry in kept)
