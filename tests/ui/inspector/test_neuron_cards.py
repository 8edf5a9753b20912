"""The cards of a neuron: a hidden one, an answer and an input, in the engine's own numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import numpy as np
import pytest
from looked_at import shown, the_row

from ann_viz.engine import ACTIVATIONS
from ann_viz.numerals import compact
from ann_viz.scene import Neuron
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.view import View
from ann_viz.ui.inspector.panel import InspectorPanel


def test_a_hidden_neuron(panel: InspectorPanel, learn: Callable, view: View, bridge: Bridge) -> None:
    """Terms, sum, activation, blame, targets and the histogram are the engine's numbers."""
    learn("bank_customers.csv", "relu", "relu")
    bridge.set_example(7)
    view.select(Neuron(1, 2))
    network, row = bridge.document.network, the_row(bridge)
    assert panel.heading.title == "Neuron 3" and panel.heading.about == "Hidden 1 · ReLU · 12 inputs"
    rows = panel.adds_up.table.rows
    products = network.W[0][:, 2] * row.A[0]
    assert [r.value for r in rows] == pytest.approx(sorted(products.tolist(), key=lambda p: -abs(p)))
    assert {r.name for r in rows} >= {"Age", "Geography: Spain"}
    for r in rows:
        assert r.numbers == (pytest.approx(row.A[0][r.key]), pytest.approx(network.W[0][r.key, 2]))
    total, sign, bias, z = re.fullmatch(
        r"sum (−?[\d.,]+) ([+−]) bias ([\d.,]+), z = (−?[\d.,]+)", panel.adds_up.words
    ).groups()
    total, bias, z = (
        Decimal(text.replace("−", "-").replace(",", "")) for text in (total, sign.replace("+", "") + bias, z)
    )
    assert round(total + bias, -z.as_tuple().exponent) == z, "as printed"
    assert (float(total), float(bias), float(z)) == pytest.approx(
        (products.sum(), network.b[0][2], row.Z[0][2]), abs=0.005
    )
    assert panel.passes_on.formula.endswith(f"<b>{compact(float(row.A[1][2]))}</b>")
    assert "silent" in panel.passes_on.sentence or "unchanged" in panel.passes_on.sentence
    assert [r.value for r in panel.goes_to.table.rows] == sorted(network.W[1][2].tolist(), key=lambda w: -abs(w))
    spread = panel.spread.view.spread
    dataset = bridge.document.dataset
    everywhere = network.activations(dataset.X[dataset.validation]).A[1][:, 2]
    assert spread.n_rows == len(dataset.validation) == 1000
    assert (spread.high, spread.mean) == (pytest.approx(everywhere.max()), pytest.approx(everywhere.mean(), rel=1e-5))
    assert "1,000 validation rows" in panel.spread.sentence
    assert len(shown(panel)) == 5


def test_the_blame_of_the_shown_row(panel: InspectorPanel, learn: Callable, view: View, bridge: Bridge) -> None:
    """δ says which way z should have gone; a silent neuron gets no blame."""
    learn("iris.csv", "relu")
    seen = set()
    for i in range(0, 100, 7):
        bridge.set_example(i)
        for j in range(6):
            view.select(Neuron(1, j))
            delta = float(the_row(bridge).delta[0][j])
            of_z, of_bias, of_weight = panel.blame.table.facts
            if delta == 0:
                assert (of_z.value, of_z.meaning, of_weight.meaning) == ("0", "no blame reaches it", "all are 0")
            else:
                assert of_z.meaning == f"should be {'smaller' if delta > 0 else 'larger'}"
                assert of_z.value.startswith("+" if delta > 0 else "−") and of_bias.value == of_z.value
                names = bridge.document.dataset.encoder.input_names
                largest = int(np.argmax(np.abs(the_row(bridge).dW[0][:, j])))
                assert of_weight.meaning == f"largest, of {names[largest]}"
            seen.add((delta > 0) - (delta < 0))
    assert seen == {-1, 0, 1}


def test_answers(panel: InspectorPanel, learn: Callable, view: View) -> None:
    """Outputs are named by what they say, and go nowhere."""
    learn("iris.csv", "tanh")
    view.select(Neuron(2, 1))
    assert panel.heading.title == "Answer: versicolor" and "Softmax" in panel.heading.about
    assert "share among all answers" in panel.passes_on.sentence
    assert not panel.goes_to.isVisible()
    learn("house_prices.csv")
    view.select(Neuron(2, 0))
    assert panel.heading.title == "Answer: price" and "spreads from the average" in panel.passes_on.sentence
    learn("two_moons.csv")
    view.select(Neuron(2, 0))
    assert "is the chance" in panel.passes_on.sentence


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_activation_has_its_words(
    panel: InspectorPanel, learn: Callable, view: View, bridge: Bridge, name: str
) -> None:
    """A formula that ends in the activation, and a sentence near zero and far from it."""
    learn("two_moons.csv", name)
    view.select(Neuron(1, 0))
    assert panel.heading.about == f"Hidden 1 · {ACTIVATIONS[name].label} · 2 inputs"
    a = float(bridge.document.shown_row().values[1][0])
    assert panel.passes_on.formula.endswith(f"= <b>{compact(a)}</b>")
    sentences = {ACTIVATIONS[name].words_at(z) for z in (-9.0, -0.5, 0.5, 9.0)}
    assert all(sentence.endswith(".") and "{" not in sentence for sentence in sentences)


def test_an_input(panel: InspectorPanel, learn: Callable, view: View, bridge: Bridge) -> None:
    """What the file says, what enters the network, and where it goes."""
    learn()
    index = bridge.document.dataset.encoder.input_names.index("Age")
    view.select(Neuron(0, index))
    assert panel.heading.title == "Age" and panel.heading.about == "input layer"
    raw, encoded = panel.facts.table.facts
    dataset = bridge.document.dataset
    assert raw.value == dataset.raw(0)[[column.name for column in dataset.table.columns].index("Age")]
    assert encoded.value == compact(float(bridge.document.dataset.X[0, index]))
    assert len(shown(panel)) == 2 and len(panel.goes_to.table.rows) == 6
