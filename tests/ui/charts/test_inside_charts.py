"""Weights and gradients, layer by layer, as they can be counted by hand."""

from __future__ import annotations

import numpy as np
import pytest
from enlarged_charts import open_sample

from ann_viz.engine import LayerConfig
from ann_viz.scene.by_layer import LayerGradient, gradients_by_layer, layer_names, weights_by_layer
from ann_viz.ui.charts.chart_table import CHARTS

LOSS, SCORE, ANSWERS, COLUMNS, ROWS, INSIDE = range(6)


def test_weights_are_counted_by_layer(iris) -> None:
    """Every weight lies in one bar; the mean size is that of the layer."""
    charts, snapshot = iris.watch_panel.charts, iris.bridge.document.snapshot
    charts.tabs.setCurrentIndex(INSIDE)
    layers, end = weights_by_layer(snapshot)
    assert [int(layer.counts.sum()) for layer in charts.page("inside").weights.view.layers] == [
        W.size for W in snapshot.W
    ]
    assert layers[0].size == pytest.approx(np.abs(snapshot.W[0]).mean())
    assert end >= max(np.abs(W).max() for W in snapshot.W)
    assert layer_names(3) == ("input → hidden 1", "hidden 1 → hidden 2", "hidden 2 → output")
    assert layer_names(1) == ("input → output",)
    assert layer_names(12)[8:11] == ("hidden 8 → hidden 9", "hidden 9 → 10", "hidden 10 → 11")


def test_gradients_are_those_of_the_last_batch(iris) -> None:
    """The bars are mean |∂L/∂w|; the scale never shrinks during a run."""
    charts, snapshot = iris.watch_panel.charts, iris.bridge.document.snapshot
    charts.tabs.setCurrentIndex(INSIDE)
    charts.page("inside").show_view("gradients")
    sizes = [layer.size for layer in charts.page("inside").gradients.view.layers]
    assert sizes == pytest.approx([np.abs(dW).mean() for dW in snapshot.dW])
    low, high = charts.page("inside").gradients.view.powers
    assert 10.0**low <= min(sizes) and max(sizes) <= 10.0**high
    charts.page("inside").gradients.view.show_layers(tuple(LayerGradient("", 1e-9) for _ in sizes))
    assert charts.page("inside").gradients.view.powers == (-9, high)
    charts.page("inside").gradients.view.grab()


def test_without_a_batch_there_are_no_gradients(window) -> None:
    """The page says what it waits for, with and without data."""
    charts = window.watch_panel.charts
    charts.tabs.setCurrentIndex(INSIDE)
    charts.page("inside").show_view("gradients")
    assert "first batch" in charts.page("inside").gradients.verdict.text()
    open_sample(window, "iris")
    assert gradients_by_layer(window.bridge.document.snapshot) == ()
    assert "first batch" in charts.page("inside").gradients.verdict.text()
    for place in range(len(CHARTS)):
        charts.tabs.setCurrentIndex(place)
        window.watch_panel.grab()


def test_sixteen_layers_keep_their_rows(window, qtbot) -> None:
    """A deep network's rows scroll; none is left out."""
    open_sample(window, "circles")
    window.bridge.set_hidden(tuple(LayerConfig(neurons=2) for _ in range(16)))
    window.bridge.step("batch")
    charts = window.watch_panel.charts
    inside = charts.page("inside")
    charts.tabs.setCurrentIndex(INSIDE)
    for name, page in (("weights", inside.weights), ("gradients", inside.gradients)):
        inside.show_view(name)
        assert len(page.view.layers) == 17
        assert page.view.height() >= 17 * 30
        page.grab()
