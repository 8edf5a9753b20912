"""Flat out, each frame moves the lines alone; numbers, bar and picture change together, a little later."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QImage, QRegion
from PySide6.QtWidgets import QWidget

from ann_viz.engine import LayerConfig
from ann_viz.explain.wording import verdict
from ann_viz.scene import Neuron
from ann_viz.scene.scales import N_LEVELS, line_width
from ann_viz.session import Session, StepKind


@pytest.fixture
def step_unseen(bank, session: Session) -> Callable[[StepKind], None]:
    """Return a function that trains on as the worker does: a new snapshot, and nothing else is redrawn."""

    def step(kind: StepKind) -> None:
        session.step(kind)
        session.wait()
        session.poll()
        bank.bridge.snapshot_changed.emit()

    return step


class Painted(QObject):
    """Which parts of a widget were painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.regions: list[QRegion] = []
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take note of a paint."""
        if event.type() == QEvent.Type.Paint:
            self.regions.append(event.region())
        return False


def seen(widget: QWidget) -> np.ndarray:
    """Return the pixels of a widget as they are on the screen, without painting it."""
    corner = widget.mapTo(widget.window(), widget.rect().topLeft())
    picture = widget.screen().grabWindow(widget.window().winId(), corner.x(), corner.y(), *widget.size().toTuple())
    image = picture.toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.array(image.constBits()).reshape(image.height(), -1).astype(int)


@pytest.mark.parametrize("hidden", [(6, 6), (70, 20)])
def test_flat_out_only_lines_that_have_changed_are_painted(
    bank, canvas, qapp, step_unseen, monkeypatch: pytest.MonkeyPatch, hidden: tuple[int, ...]
) -> None:
    """Painted piece by piece the picture is the one that is painted at once; weights that stay paint nothing."""
    bank.bridge.set_hidden(tuple(LayerConfig(neurons=n) for n in hidden))
    monkeypatch.setattr(type(canvas), "is_flat_out", property(lambda self: True))
    step_unseen("epoch")
    bank.bridge.offer_turns()
    step_unseen("batch")  # with which all that was drawn in between is painted
    qapp.processEvents()
    painted, moved, at_first = Painted(canvas), 0, seen(canvas)
    for _ in range(6):
        before = canvas.stage.frame
        step_unseen("batch")
        moved += canvas.stage.frame is not before
        qapp.processEvents()
    assert 0 < len(painted.regions) <= moved
    assert all(not QRegion(canvas.rect()).subtracted(region).isEmpty() for region in painted.regions)
    in_pieces = seen(canvas)
    assert np.abs(in_pieces - at_first).max() > 20
    painted.regions.clear()
    bank.bridge.snapshot_changed.emit()
    qapp.processEvents()
    assert not painted.regions
    canvas.repaint()
    assert np.abs(seen(canvas) - in_pieces).max() <= 2, "lines of one pen in another order are rounded otherwise"


@pytest.mark.parametrize("hidden", [(6, 6), (70, 20)])
def test_flat_out_the_lines_follow_the_newest_weights(
    bank, canvas, step_unseen, monkeypatch: pytest.MonkeyPatch, hidden: tuple[int, ...]
) -> None:
    """Every line drawn is as thick as its weight is now, while numbers wait for the next whole frame."""
    bank.bridge.set_hidden(tuple(LayerConfig(neurons=n) for n in hidden))
    monkeypatch.setattr(type(canvas), "is_flat_out", property(lambda self: True))
    step_unseen("epoch")
    whole = canvas.frame
    step_unseen("epoch")
    frame, arrangement = canvas.frame, canvas.stage.arrangement
    assert frame.values is whole.values and frame.lines is not whole.lines
    assert set(frame.lines.connections) == set(whole.lines.connections)
    snapshot, gaps = bank.bridge.document.snapshot, arrangement.curves.gaps
    for bucket in frame.lines.buckets:
        n_pieces = arrangement.curves.n_pieces
        for connection in frame.lines.connections[bucket.start // n_pieces : bucket.stop // n_pieces]:
            gap = next(gap for gap, (start, stop) in enumerate(gaps) if start <= connection < stop)
            source, target = divmod(connection - gaps[gap][0], len(arrangement.curves.layout.y[gap + 1]))
            weight = snapshot.W[gap][arrangement.shown[gap][source], arrangement.shown[gap + 1][target]]
            level = np.minimum(np.floor(abs(weight) / frame.reference * N_LEVELS), N_LEVELS - 1)
            assert bucket.width == pytest.approx(line_width((level + 0.5) / N_LEVELS))
            assert bucket.negative == (weight < 0)
    bank.bridge.offer_turns()  # the numbers' turn
    np.testing.assert_allclose(
        canvas.frame.values[-1], bank.bridge.document.shown_row().values[-1], err_msg="a whole frame with the numbers"
    )


def test_flat_out_a_selection_makes_a_whole_frame(bank, canvas, step_unseen, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is selected, the mode and the scale are never left for later."""
    monkeypatch.setattr(type(canvas), "is_flat_out", property(lambda self: True))
    assert not any(faded.any() for faded in canvas.frame.faded)
    bank.view.select(Neuron(1, 2))
    assert any(faded.any() for faded in canvas.frame.faded)
    bank.view.select(None)
    bank.view.show_lines("signals")
    assert canvas.frame.mode == "signals"
    bank.view.show_lines("weights")
    canvas.forget_scale()
    frame = canvas.frame
    step_unseen("batch")
    assert canvas.frame.values is frame.values and canvas.frame.reference == frame.reference


@pytest.mark.parametrize("flat_out", [True, False])
def test_bar_and_picture_say_the_same(
    bank, canvas, step_unseen, monkeypatch: pytest.MonkeyPatch, flat_out: bool
) -> None:
    """The answer above the network is the one beside it, however fast it learns."""
    monkeypatch.setattr(type(canvas), "is_flat_out", property(lambda self: flat_out))
    bar = bank.canvas_card.example_bar
    for _ in range(3):
        step_unseen("epoch")
        if flat_out:
            bank.bridge.offer_turns()
        _ = canvas.frame
        assert bar.answer == verdict(canvas.stage.answer)
        assert bar.answer == verdict(bank.bridge.document.shown_row().answer)
