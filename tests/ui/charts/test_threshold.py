"""The threshold of a yes-or-no answer: typed, dragged, moved by keys, and everything that follows it."""

from __future__ import annotations

import numpy as np
import pytest
from enlarged_charts import shown
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QToolTip

from ann_viz.explain.deeds import words_of_yes_no
from ann_viz.session.judged.costs import MistakeCosts
from ann_viz.ui.charts.threshold_field import ThresholdField
from ann_viz.ui.charts.threshold_row import ThresholdSlider
from ann_viz.ui.kit import theme


def test_moving_the_threshold_moves_everything(bank, qtbot) -> None:
    """Matrix, dots, costs and groups are those of the new threshold at once; the canvas says it too."""
    page, document = shown(bank, qtbot, "answers"), bank.bridge.document
    dataset = document.dataset
    for threshold in (0.5, 0.2):
        bank.bridge.set_threshold(threshold)
        chance = document.network.predict(dataset.X[dataset.validation])[:, 0]
        truth = dataset.Y[dataset.validation][:, 0] > 0.5
        said = chance > threshold
        counts = page.grid.matrix.counts
        assert counts.tolist() == [
            [(~truth & ~said).sum(), (~truth & said).sum()],
            [(truth & ~said).sum(), (truth & said).sum()],
        ]
        dot = next(dot for dot in page.roc.view.figure.dots if not dot.hollow)
        assert (dot.x, dot.y) == pytest.approx((said[~truth].mean(), said[truth].mean()))
        assert page.costs.counts[0].text() == f"{(truth & ~said).sum()} ×"
        assert page.table.lines[-1][1] == f"{len(truth):,}"
        assert page.table.lines[-1][3].split()[0].rstrip("%\N{NO-BREAK SPACE}") == f"{said.mean() * 100:.0f}"


@pytest.mark.parametrize("typed", ["0", "100", "-5", "150", "1e308", "inf", "nan", "abc"])
def test_what_can_be_no_threshold_is_refused_where_it_is_typed(qtbot, typed: str) -> None:
    """A sentence under the field, the last threshold in it, and nothing is asked of the document."""
    field = ThresholdField()
    qtbot.addWidget(field)
    field.show()
    field.show_number(0.5)
    chosen: list[float] = []
    field.chosen.connect(chosen.append)
    for text in (typed, "30"):
        field.selectAll()
        qtbot.keyClicks(field, text)
        qtbot.keyClick(field, Qt.Key.Key_Return)
        if text == typed:
            assert field.text().split() == ["50", "%"] and not chosen
            assert "0 and 100" in QToolTip.text() or "not a number" in QToolTip.text()
    assert chosen == [0.3]


def test_the_room_refuses_a_threshold_without_a_fault(bank, qtbot) -> None:
    field = shown(bank, qtbot, "answers").threshold.field
    for text, threshold in (("150", 0.5), ("30", 0.3)):
        field.selectAll()
        qtbot.keyClicks(field, text)
        qtbot.keyClick(field, Qt.Key.Key_Return)
        assert bank.bridge.document.threshold == threshold and field.number == threshold


@pytest.mark.parametrize(("no", "yes"), [(120, 20), (120, 0), (20, 120), (7, 7)])
def test_bars_below_are_as_high_as_is_written(qtbot, no: int, yes: int) -> None:
    """A whole number of times the height of those above, and never higher than there is room for."""
    slider = ThresholdSlider()
    qtbot.addWidget(slider)
    slider.resize(600, 104)
    words = words_of_yes_no("stays", "leaves", "leaves the bank")
    slider.show_chances(np.array([no, 0]), np.array([0, yes]), ("stays", "leaves"), words, 0.05, 0.05)
    picture, tokens = slider.grab().toImage(), theme.current()

    def height(chance: float, colour: str) -> int:
        """How many pixels of a colour stand at a chance."""
        x = round(slider.across(chance))
        return sum(picture.pixelColor(x, y) == QColor(colour) for y in range(picture.height()))

    above, below = height(0.45, tokens.negative), height(0.95, tokens.positive)
    larger = slider.times * yes / no
    assert below == pytest.approx(above * larger, abs=larger + 1)  # a pixel more or less of the one above
    assert slider.times == {20: 3, 0: 1, 120: 1, 7: 1}[yes]


def test_the_slider_is_moved_by_keys_and_goes_to_where_it_costs_least(bank, qtbot) -> None:
    """One per cent, with Shift five; Home; all of it can be undone."""
    page, bridge = shown(bank, qtbot, "answers"), bank.bridge
    slider = page.threshold.slider
    qtbot.keyClick(slider, Qt.Key.Key_Left)
    assert bridge.document.threshold == 0.49
    qtbot.keyClick(slider, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert bridge.document.threshold == 0.54
    bridge.set_costs(MistakeCosts(missed=1000, false_alarm=1, unit="€"))
    qtbot.keyClick(slider, Qt.Key.Key_Home)
    assert bridge.document.threshold == page.result.one.mistakes.cheapest(bridge.document.costs) < 0.2
    where = QPointF(slider.across(0.3), slider.height() / 2).toPoint()
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=where)
    assert bridge.document.threshold == 0.3
    while bridge.undo_stack.canUndo() and bridge.document.threshold != 0.5:
        bridge.undo_stack.undo()
    assert bridge.document.threshold == 0.5
