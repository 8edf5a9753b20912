"""Where the inputs are pixels, the weights of the first layer are small pictures."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from ann_viz.engine import LayerConfig
from ann_viz.scene import Neuron
from ann_viz.session.samples import samples


@pytest.fixture
def weights(window):
    """Return the page of the weights in front, for the digits."""
    window.open_sample(next(sample for sample in samples() if sample.file == "digits.csv"))
    window.watch_panel.charts.show_chart("inside")
    return window.watch_panel.charts.page("inside").weights


def test_digits_show_what_neurons_look_for(weights, window, qtbot) -> None:
    """One picture per neuron that fits the room; a click selects the neuron."""
    view = weights.templates
    n_neurons = window.bridge.document.network_config.hidden[0].neurons
    assert view.isVisible() and len(view.pictures) == len(view.boxes()) == n_neurons
    assert all(view.rect().toRectF().contains(box) for box in view.boxes())
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.boxes()[3].center().toPoint())
    assert window.view.selection == Neuron(1, 3)


def test_many_neurons_say_that_there_are_more(weights, window) -> None:
    """Of 100 neurons 64 are shown, and the heading says so; without a hidden layer there are histograms."""
    window.bridge.set_hidden((LayerConfig(neurons=100),))
    assert len(weights.templates.pictures) == 64 and weights.templates.more == 36
    assert "first 64" in weights.about.text()
    window.bridge.set_hidden(())
    assert not weights.templates.isVisible() and weights.view.isVisible()


def test_other_data_have_histograms(weights, window) -> None:
    """Numbers that are no pixels are counted."""
    window.open_sample(next(sample for sample in samples() if sample.file == "iris.csv"))
    assert not weights.templates.isVisible() and weights.view.layers
