"""What neurons look for: maps that a hand can check, and the strongest of the incoming weights."""

from __future__ import annotations

import numpy as np
import pytest

from ann_viz.engine import LayerConfig, Network, NetworkConfig
from ann_viz.scene.looks_for import MAP_SIDE, neuron_maps, plane_of, strongest_sources


def network_of(activation: str, *layers: int) -> Network:
    """Return a network with two inputs."""
    hidden = tuple(LayerConfig(neurons=n, activation=activation) for n in layers)
    return Network(NetworkConfig(n_inputs=2, n_outputs=1, hidden=hidden, task="binary"))


def test_a_neuron_of_the_first_layer_looks_for_a_half_plane() -> None:
    """x − y > 0.5: silent above the line, bright below it; the top row is the largest y."""
    network = network_of("relu", 1)
    network.W[0][:, 0] = 1, -1
    network.b[0][:] = -0.5
    (maps,) = neuron_maps(network, np.array([-1.0, -1.0]), np.array([1.0, 1.0]))
    assert maps.shape == (1, MAP_SIDE, MAP_SIDE)
    places = np.linspace(-1, 1, MAP_SIDE)
    for row, y in enumerate(places[::-1]):
        for column, x in enumerate(places):
            assert maps[0, row, column] == pytest.approx(min(1, max(0, x - y - 0.5) / 2.2) ** 0.8, abs=1e-5)


def test_a_deeper_neuron_has_the_map_of_all_before_it() -> None:
    """tanh of tanh, worked out at some places; orange is negative."""
    network = network_of("tanh", 3, 2)
    _, maps = neuron_maps(network, np.array([-2.0, 0.0]), np.array([2.0, 1.0]))
    assert maps.shape == (2, MAP_SIDE, MAP_SIDE)
    for row, column in ((0, 0), (5, 17), (23, 23)):
        x = np.linspace(-2, 2, MAP_SIDE)[column], np.linspace(1, 0, MAP_SIDE)[row]
        a = np.tanh(np.tanh(np.array(x) @ network.W[0] + network.b[0]) @ network.W[1] + network.b[1])
        np.testing.assert_allclose(maps[:, row, column], np.sign(a) * np.abs(a) ** 0.8, atol=1e-5)


def test_the_plane_has_some_air_round_the_rows() -> None:
    """A tenth of the range to each side; a column without range gets one."""
    low, high = plane_of(np.array([[0.0, 3.0], [10.0, 3.0]]))
    assert low.tolist() == [-1.0, 2.0] and high.tolist() == [11.0, 4.0]


def test_the_strongest_sources_come_first() -> None:
    """By size, whatever the sign; all where there are fewer."""
    W = np.array([[0.1, -5.0], [-3.0, 0.0], [2.0, 4.0], [0.5, -6.0]])
    assert strongest_sources(W).tolist() == [[1, 2, 3], [3, 0, 2]]
    assert strongest_sources(W[:2]).tolist() == [[1, 0], [0, 1]]
