"""A small problem to sweep."""

from __future__ import annotations

import pytest

from ann_viz.data import Dataset
from ann_viz.engine import LayerConfig, NetworkConfig, TrainConfig
from ann_viz.session.sweeping.problem import Problem, problem_of


@pytest.fixture
def problem(circles: Dataset) -> Problem:
    network = NetworkConfig(n_inputs=circles.encoder.n_inputs, n_outputs=1, hidden=(LayerConfig(neurons=3),))
    return problem_of(circles, network, TrainConfig(batch_size=16))
