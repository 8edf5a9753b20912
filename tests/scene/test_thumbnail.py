"""Small pictures keep the strongest lines and stay small, whatever the network."""

from __future__ import annotations

import pytest

from ann_viz.engine import LayerConfig, Network, NetworkConfig
from ann_viz.scene.thumbnail import Thumbnail, thumbnail_of


def network(n_inputs: int, *hidden: int) -> Network:
    return Network(NetworkConfig(n_inputs=n_inputs, n_outputs=1, hidden=tuple(LayerConfig(neurons=n) for n in hidden)))


def test_a_small_network_has_all_its_lines() -> None:
    """The strongest is drawn last and fully, with its sign."""
    small = network(3, 4)
    small.W[0][:] = 0.1
    small.W[1][:] = 0.01
    small.W[0][2, 1] = -2.0
    found = thumbnail_of(small)
    assert found.sizes == (3, 4, 1) and len(found.lines) == 16 and not found.is_large
    assert (0, 2, 1, -9) in found.lines and [line[3] for line in found.lines if line[0] == 1] == [9] * 4


def test_a_large_network_keeps_its_strongest_weight() -> None:
    large = network(784, 128, 64)
    large.W[1][100, 5] = 50.0
    found = thumbnail_of(large)
    assert found.sizes == (12, 12, 12, 1) and found.is_large
    assert [sum(line[0] == place for line in found.lines) for place in range(3)] == [16, 16, 12]
    assert [line[3] for line in found.lines if line[0] == 1][-1] == 9


@pytest.mark.parametrize("lines", [((0, 3, 0, 1),), ((1, 0, 0, 1),), ((0, 0, 0, 10),), ((-1, 0, 0, 1),)])
def test_a_line_to_nowhere_is_refused(lines: tuple[tuple[int, int, int, int], ...]) -> None:
    with pytest.raises(ValueError, match="small picture"):
        Thumbnail(sizes=(3, 1), lines=lines)
