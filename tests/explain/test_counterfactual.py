"""The cheapest change after which a network answers otherwise: of one column if that is enough, else of two."""

from __future__ import annotations

import numpy as np
import pytest

from ann_viz.engine import Network, NetworkConfig
from ann_viz.explain.counterfactual import Movable, cheapest, nearest
from ann_viz.explain.what_if import answers_along


@pytest.fixture
def network() -> Network:
    """Return a network that adds up three inputs, weighing the last twice."""
    made = Network(NetworkConfig(n_inputs=3, hidden=(), n_outputs=1, task="regression", dtype="float64"))
    made.params[:] = [1.0, 1.0, 2.0, 0.0]
    return made


def steps(column: int, most: int) -> Movable:
    """Return an input that can be 1 to `most`, each step as large a change."""
    values = np.arange(1.0, most + 1)
    return Movable(start=column, stop=column + 1, blocks=values[:, None], costs=values)


def beyond(line: float):
    return lambda outputs: outputs[:, 0] - line


def test_one_column_is_enough(network: Network) -> None:
    """Of those that reach the line the one with the smallest change, though others reach farther."""
    found = cheapest(network, np.zeros(3), [steps(0, 9), steps(2, 9)], beyond(5.5))
    assert found.moves == ((1, 2),) and found.cost == 3.0 and found.beyond == pytest.approx(0.5)


def test_two_are_needed(network: Network) -> None:
    """Then the pair with the smallest change in all; how near one alone comes is told as well."""
    movables = [steps(0, 3), steps(1, 3), steps(2, 2)]
    found = cheapest(network, np.zeros(3), movables, beyond(5.5))
    assert [place for place, _ in found.moves] in ([0, 2], [1, 2]) and found.cost == 4.0
    alone = nearest(network, np.zeros(3), movables, beyond(5.5))
    assert alone.moves == ((2, 1),) and alone.beyond == pytest.approx(-1.5)


def test_a_margin_asks_for_more(network: Network) -> None:
    """Clearly beyond the line costs more; what no pair can reach is not found."""
    movables = [steps(0, 3), steps(1, 3), steps(2, 2)]
    assert cheapest(network, np.zeros(3), movables, beyond(5.5), margin=1.5).cost == 5.0
    assert cheapest(network, np.zeros(3), movables, beyond(50.0)) is None
    assert (
        cheapest(network, np.zeros(3), [], beyond(0.0)) is None and nearest(network, np.zeros(3), [], beyond(0)) is None
    )


def test_answers_along_one_column(network: Network) -> None:
    """Every network answers for every value, the rest of the row as it is."""
    answers = answers_along([network, network], np.array([1.0, 1.0, 1.0]), 2, np.array([[0.0], [3.0]]))
    np.testing.assert_allclose(answers[:, :, 0], [[2.0, 8.0]] * 2)
