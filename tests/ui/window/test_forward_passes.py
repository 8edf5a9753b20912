"""However much of the window looks at the shown row, a step sends it through the network once."""

from __future__ import annotations

import numpy as np
import pytest

from ann_viz.engine import Network
from ann_viz.scene import Connection, Neuron


@pytest.mark.parametrize("selected", [None, Neuron(1, 2), Connection(0, 1, 2)])
@pytest.mark.parametrize("kind", ["phase", "batch"])
def test_a_step_sends_the_row_through_once(bank, monkeypatch: pytest.MonkeyPatch, selected, kind: str) -> None:
    """Picture, bar, explanation, inspector and text share one pass; scores and charts share one over many rows."""
    bank.actions_by_id["network_text"].trigger()
    bank.view.select(selected)
    sent: list[int] = []
    original = Network.activations

    def counted(network: Network, X: np.ndarray, *masks: object) -> object:
        sent.append(len(X))
        return original(network, X, *masks)

    monkeypatch.setattr(Network, "activations", counted)
    bank.bridge.step(kind)
    bank.canvas_card.canvas.grab()
    assert sent.count(1) == 1
    # The rows to judge by, those looked through for idle neurons, and what the coach measures once a second.
    assert len([n for n in sent if n > 1]) <= 4
