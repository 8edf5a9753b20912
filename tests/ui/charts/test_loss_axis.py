"""The loss chart's axes keep still while training runs flat out, and are exact when it does not."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from ann_viz.scene.loss_curves import LossCurves, shown_range
from ann_viz.ui.charts.loss_notes import Ground, LossNotes, struck_out
from ann_viz.ui.charts.loss_plot import LossPlot


def _curves(n_epochs: int, *, fast: bool, log: bool = False) -> LossCurves:
    epoch = np.arange(n_epochs + 1.0)
    loss = 0.3 + 0.4 * np.exp(-epoch / 100)
    return LossCurves(epoch=epoch, train=loss, validation=loss + 0.05, best=None, baseline=None, log=log, fast=fast)


@pytest.fixture
def plot(qtbot) -> LossPlot:
    """A chart of its own."""
    made = LossPlot()
    qtbot.addWidget(made)
    made.resize(300, 200)
    made.show()
    return made


@pytest.mark.parametrize("log", [False, True])
def test_flat_out_the_axes_move_in_steps_and_standing_still_they_are_exact(plot, log) -> None:
    """A few epochs more move no axis; a pause shows exactly what is there; nothing is ever cut off."""
    seen = set()
    for n_epochs in range(500, 600):
        curves = _curves(n_epochs, fast=True, log=log)
        plot.show_curves(curves)
        (left, right), (bottom, top) = plot.ranges
        seen.add((left, right, bottom, top))
        low, high = shown_range(curves)
        assert left == 0
        assert right >= n_epochs
        assert bottom <= curves.height(low) + 1e-9
        assert top >= curves.height(high) - 1e-9
    assert len(seen) <= 3
    curves = _curves(600, fast=False, log=log)
    plot.show_curves(curves)
    low, high = shown_range(curves)
    (left, right), up = plot.ranges
    assert (left, right) == pytest.approx((0, 1.03 * 600))
    assert up == pytest.approx([curves.height(low), curves.height(high)])
    assert curves.loss(up[0]) == pytest.approx(low)


def test_no_curve_runs_through_the_words_about_guessing(qtbot) -> None:
    """Where a validation loss rises through the dashed line at its end, the words stand at another place of it."""
    over = QWidget()
    qtbot.addWidget(over)
    epoch = np.arange(61.0)
    validation = 0.37 + 0.3 * np.exp(-epoch) + 0.0025 * np.maximum(epoch - 7, 0)
    curves = LossCurves(
        epoch=epoch, train=validation - 0.1, validation=validation, best=7, baseline=0.45, log=False, fast=False
    )
    ground, notes = Ground(QRectF(40, 25, 250, 110), (0.0, 60.0), (0.1, 0.7)), LossNotes(over)
    notes.place(curves, ground)
    words = QRectF(notes.baseline.geometry())
    at_the_end = words.translated(ground.area.right() - words.right(), 0)
    assert struck_out(words, curves, ground) < 0.5 * struck_out(at_the_end, curves, ground)


@pytest.mark.parametrize("high", [0.46, 0.7])
def test_words_at_a_dashed_line_lie_neither_on_it_nor_on_each_other(qtbot, high: float) -> None:
    """Under the line where there is no room above it; two lines close to each other have their words side by side."""
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(300, 150)
    epoch = np.arange(61.0)
    loss = 0.2 + 0.3 * np.exp(-epoch)
    curves = LossCurves(
        epoch=epoch, train=loss, validation=None, best=None, baseline=0.45, linear=0.43, log=False, fast=False
    )
    ground, notes = Ground(QRectF(40, 25, 250, 110), (0.0, 60.0), (0.1, high)), LossNotes(over)
    over.show()
    notes.place(curves, ground)
    for label, level in ((notes.baseline, 0.45), (notes.linear, 0.43)):
        box = label.geometry()
        y = ground.area.top() + ground.depth(level)
        assert y <= box.top() + 1 or box.bottom() <= y + 1, label.text()
    assert not notes.baseline.geometry().intersects(notes.linear.geometry())
