"""What was chosen for the data: a mark with its reason beside each setting, the way back, and two sizes of network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from build_controls import write_customers
from PySide6.QtCore import Qt

from ann_viz.data import build_dataset, open_table, suggest_recipe
from ann_viz.engine import LayerConfig
from ann_viz.numerals import percent
from ann_viz.session import RunState
from ann_viz.session.samples import find_sample, open_sample
from ann_viz.session.suggested import suggest_training
from ann_viz.session.suggested_sizes import size_scores_text
from ann_viz.ui.building.panel import BuildPanel

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def own(bridge: Any, tmp_path: Any, qtbot: Any) -> Iterator[BuildPanel]:
    """The cards beside a file of one's own, with what is suggested for it."""
    panel = BuildPanel(bridge)
    qtbot.addWidget(panel)
    table = open_table(write_customers(tmp_path / "mine.csv"))
    dataset = build_dataset(table, suggest_recipe(table, "Exited"))
    bridge.open_dataset(dataset, suggest_training(dataset))
    panel.show()
    yield panel
    panel.stop()


def test_each_setting_says_why(own: BuildPanel) -> None:
    """In plain words and in technical ones; what was chosen by hand has no mark, and the way back stands below."""
    card = own.hyper
    assert card.chosen.isVisible() and not card.suggest.isVisible()
    assert all(mark.isVisible() for mark in (*card.marks, own.network.sizes.mark))
    n = len(own.hyper.more.marks)
    assert n == 2
    tip = card.marks[2].toolTip()
    assert "Chosen for this data." in tip and "rows per step" in tip and "updates for n" in tip
    card.change(learning_rate=0.3)
    assert not card.marks[1].isVisible() and card.marks[2].isVisible()
    assert card.suggest.text() == "Use the suggestion again" and not card.chosen.isVisible()


def test_the_way_back(own: BuildPanel, bridge: Any, qtbot: Any) -> None:
    """One click; it can be undone."""
    own.hyper.change(learning_rate=0.3, l2=0.5)
    qtbot.mouseClick(own.hyper.suggest, LEFT)
    assert bridge.document.train_config.learning_rate == 0.005
    assert own.hyper.chosen.isVisible()
    bridge.undo_stack.undo()
    assert bridge.document.train_config.learning_rate == 0.3


def test_two_sizes(own: BuildPanel, bridge: Any, qtbot: Any) -> None:
    """Small to watch has 6–6 and its own rate; each says its score once it was trained; any other size is neither."""
    sizes = own.network.sizes
    assert sizes.segments.value == "best" and not sizes.scores.isVisible()
    qtbot.mouseClick(sizes.segments.button("small"), LEFT)
    assert [layer.neurons for layer in bridge.document.network_config.hidden] == [6, 6]
    assert bridge.document.train_config.learning_rate == 0.02
    assert "every line" in sizes.mark.toolTip() and own.hyper.chosen.isVisible()
    bridge.step("epoch")
    qtbot.waitUntil(lambda: bridge.document.newest.epoch == 1 and bridge.document.state is not RunState.RUNNING)
    qtbot.waitUntil(lambda: "Small to watch" in sizes.scores.text())
    assert "on validation rows" in sizes.scores.text() and "Best result" not in sizes.scores.text()
    for epoch in (2, 3, 4):
        bridge.step("epoch")
        qtbot.waitUntil(lambda epoch=epoch: bridge.document.newest.epoch == epoch)
        qtbot.waitUntil(lambda: bridge.document.state is not RunState.RUNNING)
        assert size_scores_text(bridge.document, "small") in sizes.scores.text()
    bridge.edit_hidden((LayerConfig(neurons=5),))
    assert sizes.segments.value == "" and not sizes.mark.isVisible()
    qtbot.mouseClick(sizes.segments.button("best"), LEFT)
    assert sizes.segments.value == "best" and bridge.document.train_config.learning_rate == 0.005


def test_the_scores_of_the_sizes_say_their_threshold(own: BuildPanel, bridge: Any, qtbot: Any) -> None:
    """They are counted at the usual one; with another, the share of right answers elsewhere is another."""
    bridge.step("epoch")
    qtbot.waitUntil(lambda: own.network.sizes.scores.text().endswith("on validation rows"))
    bridge.set_threshold(0.3)
    assert own.network.sizes.scores.text().endswith(f"on validation rows at {percent(0.5)}")


def test_a_sample_has_settings_of_its_own(bridge: Any, qtbot: Any) -> None:
    """Without marks; the way back leads to these."""
    sample = find_sample("iris.csv")
    assert sample is not None
    panel = BuildPanel(bridge)
    qtbot.addWidget(panel)
    dataset = open_sample(sample)
    bridge.open_dataset(dataset, suggest_training(dataset))
    panel.show()
    assert not any(mark.isVisible() for mark in panel.hyper.marks)
    assert not panel.hyper.suggest.isVisible() and panel.network.sizes.segments.value == "small"
    panel.hyper.change(batch_size=8)
    assert panel.hyper.suggest.text() == "Use the settings of the sample again"
    qtbot.mouseClick(panel.hyper.suggest, LEFT)
    assert bridge.document.train_config.batch_size == 32
    panel.stop()
