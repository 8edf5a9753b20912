"""Other starting weights are tried only as long as that is wanted."""

from __future__ import annotations

import pytest

from ann_viz.engine import LayerConfig, NetworkConfig, TrainConfig
from ann_viz.errors import Cancelled
from ann_viz.resources import resource
from ann_viz.session.headless import open_dataset
from ann_viz.session.other_starts import OtherStarts, try_other_starts


def test_trying_other_starts_stops_at_any_step() -> None:
    """A deep network takes seconds for one start; nobody waits for that when the window closes."""
    dataset = open_dataset(resource("samples", "circles.csv"))
    deep = NetworkConfig(
        n_inputs=dataset.encoder.n_inputs, n_outputs=1, task="binary", hidden=(LayerConfig(neurons=2),) * 16
    )
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > 5

    with pytest.raises(Cancelled):
        try_other_starts(OtherStarts(dataset=dataset, network=deep, training=TrainConfig(), epochs=50), cancelled)
    assert asked == 6
    dataset.close()
