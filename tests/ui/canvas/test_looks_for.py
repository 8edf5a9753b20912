"""Small pictures beside hidden neurons: switched on in the legend, live, and nothing at all while they are off."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from ann_viz.engine import LayerConfig
from ann_viz.scene import Neuron
from ann_viz.session.samples import samples
from ann_viz.ui.canvas import looks_for as looks_for_module
from ann_viz.ui.kit import theme

LEFT = Qt.MouseButton.LeftButton


def test_the_eye_of_the_legend_switches_them(bank, canvas, qtbot) -> None:
    """Button and command are one; the button is large enough and can be reached with the keyboard."""
    eye = bank.canvas_card.legend.looks_for
    qtbot.mouseClick(eye, LEFT)
    assert bank.view.looks_for and eye.isChecked()
    bank.actions_by_id["looks_for"].trigger()
    assert not bank.view.looks_for and not eye.isChecked()
    assert min(eye.width(), eye.height()) >= 24 and eye.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert eye.accessibleName()


def test_signs_are_the_strongest_weights_with_their_names(bank, canvas) -> None:
    """Of the first layer the columns, of the next the neurons, by size."""
    bank.view.toggle_looks_for()
    _ = canvas.frame
    document = bank.bridge.document
    for column, index in ((1, 2), (2, 4)):
        w = document.network.W[column - 1][:, index]
        names = document.shown_row().facts.labels.names if column == 1 else [f"neuron {n + 1}" for n in range(6)]
        order = np.argsort(-np.abs(w))[:3]
        expected = ", ".join(f"{'−' if w[i] < 0 else '+'}{names[i]}" for i in order)
        assert canvas.stage.describe(Neuron(column, index)).endswith(f"listens most to {expected}")
    assert "listens" not in canvas.stage.describe(Neuron(0, 1)) + canvas.stage.describe(Neuron(3, 0))


def test_two_numbers_make_maps_that_follow_the_network(bank, canvas) -> None:
    """The map of a neuron that answers everywhere alike is one colour; after a change of its weights it is another."""
    bank.open_sample(next(sample for sample in samples() if sample.file == "two_spirals.csv"))
    bank.bridge.set_hidden((LayerConfig(neurons=3, activation="tanh"),))
    for row, value in enumerate((0.0, 0.0, 9.0)):
        bank.bridge.set_parameter(0, row, 1, value)
    bank.view.toggle_looks_for()
    layout = canvas.frame.layout
    place = round(layout.x[1] + layout.radius[1] + 12), round(float(layout.y[1][1]) - 10)
    blue = QColor(theme.current().positive)

    def shade() -> QColor:
        return canvas.grab().toImage().pixelColor(*place)

    def distance(colour: QColor) -> int:
        return sum(abs(a - b) for a, b in zip(colour.getRgb()[:3], blue.getRgb()[:3], strict=True))

    assert distance(shade()) < 150
    bank.bridge.set_parameter(0, 2, 1, -9.0)
    assert distance(shade()) > 200, "orange now"
    bank.view.toggle_looks_for()
    assert canvas.stage.looks_for.has_maps is False


def test_of_an_image_the_weights_are_an_image(bank, canvas) -> None:
    """Neurons that look at pixels have their weights laid out as the pixels are, the next layer has signs."""
    bank.open_sample(next(sample for sample in samples() if sample.file == "digits.csv"))
    bank.bridge.set_hidden((LayerConfig(neurons=4), LayerConfig(neurons=3)))
    for row in range(bank.bridge.document.network_config.n_inputs):
        bank.bridge.set_parameter(0, row, 1, 0.5)
    bank.view.toggle_looks_for()
    layout = canvas.frame.layout
    image = canvas.grab().toImage()
    middle = image.pixelColor(round(layout.x[1] + layout.radius[1] + 24), round(float(layout.y[1][1]) + 2))
    assert middle.blue() > middle.red() + 80, "all weights are positive"
    assert canvas.stage.describe(Neuron(2, 0)).count("neuron") == 1 + 3 + 1


def test_off_nothing_is_worked_out(bank, canvas, monkeypatch: pytest.MonkeyPatch) -> None:
    """No map and no order of weights is asked for, however much is trained; switched on they are."""
    asked: list[str] = []

    def noted(name: str) -> Any:
        real = getattr(looks_for_module, name)
        return lambda *given: asked.append(name) or real(*given)

    for name in ("strongest_sources", "neuron_maps"):
        monkeypatch.setattr(looks_for_module, name, noted(name))
    before = canvas.grab().toImage()
    bank.bridge.step("batch")
    assert canvas.grab().toImage() != before and not asked
    bank.view.toggle_looks_for()
    canvas.grab()
    assert set(asked) == {"strongest_sources"}, "the bank's rows span no plane"


def test_while_it_learns_they_are_renewed_now_and_then(bank, canvas, monkeypatch: pytest.MonkeyPatch) -> None:
    """At most four times a second by the clock; standing still they are those of now."""
    bank.view.toggle_looks_for()
    _ = canvas.frame
    asked: list[int] = []
    real = looks_for_module.strongest_sources
    monkeypatch.setattr(looks_for_module, "strongest_sources", lambda W: asked.append(1) or real(W))
    now = time.monotonic() + 10
    monkeypatch.setattr(looks_for_module.time, "monotonic", lambda: now)
    looks, shown = canvas.stage.looks_for, canvas.stage.arrangement.shown
    for _ in range(3):
        bank.bridge.step("batch")
        asked.clear()
        looks.renew(bank.bridge.document.shown_row(), shown, running=True)
        assert not asked
    bank.bridge.step("batch")
    assert asked


@pytest.mark.parametrize(("sample", "hidden"), [("two_spirals.csv", (64,) * 6), ("digits.csv", (64, 32))])
def test_they_fit_into_a_frame(bank, canvas, sample: str, hidden: tuple[int, ...]) -> None:
    """Of large networks a renewal, four times a second, takes no longer than one frame of the processor's time."""
    bank.open_sample(next(each for each in samples() if each.file == sample))
    bank.bridge.set_hidden(tuple(LayerConfig(neurons=n) for n in hidden))
    row, shown = bank.bridge.document.shown_row(), canvas.stage.arrangement.shown
    times = []
    for _ in range(4):
        looks = looks_for_module.LooksFor()
        start = time.thread_time()
        looks.renew(row, shown, running=False)
        times.append(time.thread_time() - start)
    assert min(times) < 0.033
