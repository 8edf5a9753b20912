"""Signals and errors travel through the picture as the engine does its phases, or as a step is told."""

from __future__ import annotations

from dataclasses import replace

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
    """Signals in each gap forward, the error at the output, then a layer further back each time, then the update."""
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
        ("update", 0, 0),
    ]


def test_a_step_that_is_asked_for_goes_before_the_phase_until_training_moves_on(window) -> None:
    """Clicking a step shows it for the row; the next phase takes over again."""
    window.bridge.set_example(int(window.bridge.document.dataset.train[0]))
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
    dataset = document.dataset
    number = int(dataset.train[7])
    window.bridge.set_example(number)
    window.explain(4)
    window.view.select(Neuron(1, 2))
    shown = travel(window).errors
    row = follow(document.network, np.asarray(dataset.X[number]), np.asarray(dataset.Y[number]))
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
    window.bridge.set_example(int(window.bridge.document.dataset.train[0]))
    window.explain(4)
    window.view.select(Neuron(1, 0))
    assert travel(window).kind == "error"
    assert not picture_of(window, 1.0).isNull()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time of what travels, in the one place of a list."""
    now = [0.0]
    monkeypatch.setattr("ann_viz.scene.motion.time.monotonic", lambda: now[0])
    return now


def renewed(window):
    """Return the frame as the next tick of the picture's own timer makes it."""
    window.canvas_card.canvas.move_on()
    return window.canvas_card.canvas.frame


def test_a_circle_is_empty_until_its_signal_has_arrived(window, clock) -> None:
    """Forward, layer by layer: first the inputs, then each layer when the signals have come through the gap."""
    filled, answers = [], []
    for _ in range(5):
        window.bridge.step("phase")
        for passed in (0.1, 2.0):
            clock[0] += passed
            filled.append(renewed(window).n_filled)
            answers.append(window.canvas_card.canvas.stage.answer is not None)
    assert filled == [1, 1, 1, 2, 2, 3, 3, 4, 4, 4]
    assert answers == [False] * 7 + [True] * 3
    assert not picture_of(window, 1.0).isNull()


def test_signals_that_are_not_there_are_not_drawn(window, clock) -> None:
    """In the mode *Signals* a gap without signals has no lines, nor has a line whose signal is 0."""
    window.view.show_lines("signals")
    window.bridge.step("phase")
    assert renewed(window).lines.n_drawn == 0
    window.bridge.step("phase")
    clock[0] += 2
    frame = renewed(window)
    sizes = window.bridge.document.snapshot.config.sizes
    assert frame.lines.n_drawn == frame.lines.n_total == sizes[0] * sizes[1]
    while window.bridge.document.snapshot.phase.kind != "error":
        window.bridge.step("phase")
    drawn = renewed(window).lines.n_drawn
    weights, values = window.bridge.document.snapshot.W, window.bridge.document.shown_row().values
    assert drawn == sum(np.count_nonzero(W * a[:, None]) for W, a in zip(weights, values, strict=False))
    assert drawn < sum(W.size for W in weights), "some neuron is silent for this row"


def test_the_update_moves_the_lines_from_old_to_new(window, clock) -> None:
    """At its beginning every line has its old weight, at its end the new one, and between them it lies between."""
    before = window.bridge.document.snapshot.params.copy()
    while window.bridge.document.snapshot.phase is None or window.bridge.document.snapshot.phase.kind != "update":
        window.bridge.step("phase")
    snapshot = window.bridge.document.snapshot
    old = np.concatenate([W.ravel() for W in replace(snapshot, params=before).W])
    new = np.concatenate([W.ravel() for W in snapshot.W])
    np.testing.assert_allclose(renewed(window).line_numbers, old, atol=1e-6)
    clock[0] += 0.3
    middle = renewed(window).line_numbers
    moved = np.abs(new - old) > 1e-6
    assert (middle - old)[moved] / (new - old)[moved] == pytest.approx(1 - 0.5**3, abs=0.02)
    assert window.canvas_card.canvas.travel.moving
    clock[0] += 1.0
    np.testing.assert_array_equal(renewed(window).line_numbers, new)
    assert not window.canvas_card.canvas.travel.moving


def test_dropout_is_seen(window, clock) -> None:
    """In a batch with dropout its neurons are struck out and send nothing; at rest every neuron takes part."""
    window.bridge.set_training(dropout=0.5)
    window.view.show_lines("signals")
    window.bridge.step("batch")
    assert renewed(window).dropped == ()
    while window.bridge.document.snapshot.phase is None or window.bridge.document.snapshot.phase.kind != "error":
        window.bridge.step("phase")
    batch, frame = window.bridge.document.batch, renewed(window)
    kept = [each[batch.place] for each in batch.trace.kept]
    assert [off.tolist() for off in frame.dropped[1:-1]] == [(~each).tolist() for each in kept]
    assert any(off.any() for off in frame.dropped)
    for column, each in enumerate(kept, start=1):
        assert not frame.values[column][~each].any()
    index = int(np.flatnonzero(~kept[0])[0])
    assert "switched off by dropout" in window.canvas_card.canvas.stage.describe(Neuron(1, index))
    assert not picture_of(window, 1.0).isNull()


def test_no_error_goes_back_for_a_row_that_is_not_learned_from(window) -> None:
    """A validation row may be measured; its error goes nowhere."""
    window.bridge.set_example(int(window.bridge.document.dataset.validation[0]))
    window.explain(3)
    assert travel(window).kind == "error"
    window.explain(4)
    assert travel(window).kind == "nothing"
    window.bridge.step("phase")
    window.bridge.step("phase")
    window.bridge.set_example(int(window.bridge.document.dataset.validation[0]))
    assert travel(window).kind == "nothing", "it is not in the batch"
    assert window.canvas_card.canvas.frame.n_filled >= 4
