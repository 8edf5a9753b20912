"""The metrics of the toolbar, and the room it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ann_viz.resources import resource
from ann_viz.session.headless import open_dataset
from ann_viz.ui.kit.labels import RichLabel
from ann_viz.ui.kit.screen_fit import SMALLEST
from ann_viz.ui.window.metric_strip import rate_and_unit

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ann_viz.ui.window.main_window import MainWindow


@pytest.mark.parametrize(
    ("rate", "words"), [(0.0, ("–", "")), (950.0, ("950", "")), (41_234.0, ("41.2", "k")), (2.5e6, ("2.5", "M"))]
)
def test_rates_have_units(rate: float, words: tuple[str, str]) -> None:
    """Three digits and a unit."""
    assert rate_and_unit(rate) == words


def test_the_toolbar_fits_each_window_also_after_a_wider_one(window: MainWindow, qtbot: QtBot) -> None:
    """Room that was kept for numbers to come is given back."""
    window.setMinimumSize(SMALLEST)
    for width in (1440, 1280, 960, SMALLEST.width()):
        window.resize(width, 720)
        qtbot.waitUntil(lambda width=width: window.toolbar.minimumSizeHint().width() <= width == window.width())


def test_what_answers_is_said_whole_in_narrow_windows(window: MainWindow, qtbot: QtBot) -> None:
    """ "mean" behind the names of the numbers is never cut; the loss on training rows gives way."""
    bridge, strip = window.bridge, window.toolbar.metrics
    bridge.open_dataset(open_dataset(resource("samples", "iris.csv")))
    bridge.set_training(epochs=2)
    bridge.set_accuracy(True)
    bridge.train()
    qtbot.waitUntil(lambda: bridge.document.n_networks == 3)
    window.setMinimumSize(SMALLEST)
    for width in (1440, 1279, 1100, 1000, 999, SMALLEST.width()):
        window.resize(width, 720)
        qtbot.waitUntil(lambda width=width: window.toolbar.minimumSizeHint().width() <= width == window.width())
        labels = [label for label in strip.findChildren(RichLabel) if label.isVisible()]
        qtbot.waitUntil(lambda labels=labels: not any(label.is_cut for label in labels))
        assert sum("mean" in label.words for label in labels) >= 2
