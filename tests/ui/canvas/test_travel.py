"""Signals and errors travel through the picture as the engine does its phases, or as a step is told."""

from __future__ import annotations

import numpy as np
import pytest

from ann_viz.explain import follow
from ann_viz.scene import Neuron
from ann_viz.scene.motion import Flow, flow_of
from ann_viz.session import Speed
from ann_viz.session.samples import samples
from ann_viz.ui.document.saving import picture_of


@pytest.fixture
def window(window):
    """Return the window with the circles, untrained."""
    window.open_sample(next(sample for sample in samples() if sample.file == "circles.csv"))
    return window


def travel(window):
    """Return what travels in the picture as it is drawn now."""
    assert window.canvas_card.canvas.frame is not None
    return window.canvas_card.canvas.travel


def test_every_phase_of_a_batch_is_seen(window) -> None:
    """Signals in each gap forward, the error at the output, then a layer further back each time, then nothing."""
    seen = []
    for _ in range(9):
        window.bridge.step("phase")
        flow = flow_of(window.bridge.document.snapshot, window.view.told, None)
        seen.append((flow.kind, flow.first, flow.last))
    assert seen == [
        ("nothing", 0, 0),
        ("signals", 0, 0),
        ("signals", 1, 1),
        ("signals", 2, 2),
        ("error", 3, 3),
        ("error", 2, 3),
        ("error", 1, 3),
        ("error", 1, 3),
        ("nothing", 0, 0),
    ]


def test_a_step_that_is_asked_for_goes_before_the_phase_until_training_moves_on(window) -> None:
    """Clicking a step shows it for the row; the next phase takes over again."""
    window.explain(4)
    assert travel(window).kind == "error"
    window.explain(2)
    assert travel(window).kind == "signals"
    window.explain(1)
    assert travel(window).kind == "nothing"
    window.explain(4)
    window.bridge.step("phase")
    assert window.view.told is None and travel(window).kind == "nothing"


def test_the_blame_on_show_is_that_of_the_shown_row(window) -> None:
    """δ and ∂L/∂w are recomputed from the row alone, and what stands beneath the answer is ŷ − y."""
    document = window.bridge.document
    window.bridge.step("batch")
    window.bridge.set_example(7)
    window.explain(4)
    window.view.select(Neuron(1, 2))
    shown = travel(window).errors
    dataset = document.dataset
    row = follow(document.network, np.asarray(dataset.X[7]), np.asarray(dataset.Y[7]))
    for mine, theirs in zip(shown.delta, row.delta, strict=True):
        np.testing.assert_array_equal(mine, theirs)
    np.testing.assert_array_equal(shown.gradients[0], row.dW[0])
    difference = float(row.A[-1][0] - row.y[0])
    sign = "+" if difference >= 0 else "\N{MINUS SIGN}"
    assert travel(window).texts[1] == f"δ = ŷ − y = {sign}{abs(difference):.2f}"
    assert not picture_of(window, 1.0).isNull()


def test_nothing_travels_when_training_is_too_fast_to_follow(window) -> None:
    """Four epochs a second show signals without an end, flat out nothing moves."""
    document = window.bridge.document
    n_batches = document.snapshot.n_batches
    try:
        for speed, kind in ((Speed("step", 4.0 * n_batches), "signals"), (Speed("step", 9.0 * n_batches), "nothing")):
            window.bridge.set_speed(speed)
            window.bridge.train()
            assert flow_of(document.snapshot, None, document.speed.steps_per_second).kind == kind
            window.bridge.pause()
        window.bridge.set_speed(Speed())
        window.bridge.train()
        assert flow_of(document.snapshot, None, document.speed.steps_per_second) == Flow()
    finally:
        window.bridge.pause()


@pytest.mark.parametrize("sample", ["iris.csv", "house_prices.csv", "digits.csv"])
def test_other_kinds_of_answers(window, sample: str) -> None:
    """Classes, numbers and pictures show the error too."""
    window.open_sample(next(one for one in samples() if one.file == sample))
    window.explain(4)
    window.view.select(Neuron(1, 0))
    assert travel(window).kind == "error"
    assert not picture_of(window, 1.0).isNull()
