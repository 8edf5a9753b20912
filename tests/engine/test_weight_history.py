"""The weights at the ends of epochs: of every one in a short run, evenly thinned out in a long one."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ann_viz.engine.weight_history import MOST_BYTES, WeightHistory


@given(epochs=st.integers(1, 1500), size=st.sampled_from([8, MOST_BYTES // 20, MOST_BYTES]))
def test_a_run_is_kept_evenly_within_its_room(epochs: int, size: int) -> None:
    """From epoch 0 on at equal distances, never more than fits, and at least half of what would fit."""
    history = WeightHistory(size)
    for epoch in range(epochs):
        history.add(epoch, np.full(1, epoch))
    kept = [epoch for epoch, _ in history.view()]
    most = max(4, min(256, MOST_BYTES // size))
    assert kept[0] == 0 and len(kept) <= most
    assert len(set(np.diff(kept))) <= 1
    assert len(kept) >= min(epochs, most) // 2
    assert all(params[0] == epoch for epoch, params in history.view())


def test_going_back_forgets_what_was_later() -> None:
    """What is noted for an epoch replaces it and all after it; a view that was taken stays."""
    history = WeightHistory(8)
    params = np.zeros(2)
    for epoch in range(5):
        history.add(epoch, params)
    view = history.view()
    params += 1
    history.add(2, params)
    assert [epoch for epoch, _ in history.view()] == [0, 1, 2]
    assert history.view()[-1][1].tolist() == [1, 1] and len(view) == 5 and view[2][1].tolist() == [0, 0]
