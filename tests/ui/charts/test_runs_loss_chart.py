"""The courses of all runs in one chart: which are drawn, in which colours, and the legend that opens eyes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ann_viz.resources import resource
from ann_viz.session import Moment, RunState
from ann_viz.session.headless import open_dataset
from ann_viz.ui.charts.desk import Desk
from ann_viz.ui.charts.lost_card import LostCard
from ann_viz.ui.charts.runs_loss_chart import RunsLossChart
from ann_viz.ui.document.bridge import Bridge


def learn(bridge: Bridge, qtbot: QtBot) -> int:
    """Train to the end and return the run's number."""
    bridge.train()
    qtbot.waitUntil(lambda: bridge.document.state is RunState.FINISHED)
    return bridge.document.run_numbers[0]


@pytest.fixture
def two(bridge: Bridge, qtbot: QtBot) -> tuple[int, int]:
    """Two runs on the flowers, the second shorter."""
    bridge.open_dataset(open_dataset(resource("samples", "iris.csv")))
    bridge.set_training(epochs=6)
    first = learn(bridge, qtbot)
    bridge.set_training(epochs=4)
    bridge.reset()
    return first, learn(bridge, qtbot)


@pytest.fixture
def desk(bridge: Bridge) -> Desk:
    """Return what charts share."""
    return Desk(bridge)


@pytest.fixture
def chart(two, desk: Desk, qtbot: QtBot) -> Iterator[RunsLossChart]:
    """Show the chart at the size it has at the right."""
    made = RunsLossChart(desk)
    made.resize(300, 400)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()
    made.deleteLater()


def drawn(chart: RunsLossChart) -> list[tuple[int, str, float]]:
    """Return number, letter and last epoch of every course that is drawn."""
    assert chart.plot is not None
    return [(run.number, run.letter, run.epoch[-1]) for run in chart.plot.curves.runs]


def test_one_run_is_drawn_alone_until_all_are_asked_for(chart, desk, two) -> None:
    """Then the two curves and their numbers make room for those of all runs."""
    assert drawn(chart) == [] and chart.train.isVisible() and not chart.legend.isVisible()
    desk.overlay(True, {two[1]: "A", two[0]: "B"})
    assert drawn(chart) == [(two[0], "B", 6.0), (two[1], "A", 4.0)]
    assert chart.legend.isVisible() and not chart.train.isVisible()
    assert [row.number for row in chart.legend.rows] == [two[1], two[0]]
    assert chart.plot.ranges[0][1] >= 6
    desk.overlay(False, {})
    assert drawn(chart) == [] and chart.train.isVisible()


def test_the_epoch_that_is_looked_at_is_marked_among_all_runs(chart, desk, two, bridge) -> None:
    """By its pill; that of the best one stays away, as every run has one."""
    desk.overlay(True, {})
    notes = chart.plot.notes
    assert not notes.look_pill.isVisible()
    bridge.look_at(Moment(two[1], 2))
    assert notes.look_pill.isVisible() and notes.look_pill.text() == "epoch 2" and not notes.pill.isVisible()
    assert len(drawn(chart)) == 2
    bridge.look_at(None)
    assert not notes.look_pill.isVisible()


def test_the_legend_closes_and_opens_eyes(chart, desk, two, bridge) -> None:
    """By mouse and by keys; a closed run stays listed, and its curve goes."""
    desk.overlay(True, {})
    place = QPoint(30, chart.legend.height() // 4)
    number = chart.legend.rows[0].number
    QTest.mouseClick(chart.legend, Qt.MouseButton.LeftButton, pos=place)
    assert not bridge.document.find_run(number).is_shown
    assert [run for run, *_ in drawn(chart)] == [each for each in two if each != number]
    assert len(chart.legend.rows) == 2
    QTest.keyClick(chart.legend, Qt.Key.Key_Return)
    assert len(drawn(chart)) == 2


def test_training_or_validation_rows(chart, desk) -> None:
    """The buttons say which losses are drawn."""
    desk.overlay(True, {})
    validation = [run.values[-1] for run in chart.plot.curves.runs]
    chart.rows_of.button("train").click()
    assert [run.values[-1] for run in chart.plot.curves.runs] != validation


def test_a_single_run_has_no_company(bridge, desk, qtbot) -> None:
    """With one run there is nothing to overlay."""
    bridge.open_dataset(open_dataset(resource("samples", "iris.csv")))
    bridge.set_training(epochs=2)
    learn(bridge, qtbot)
    chart = RunsLossChart(desk)
    qtbot.addWidget(chart)
    chart.show()
    desk.overlay(True, {})
    assert drawn(chart) == [] and not chart.legend.isVisible()


def test_what_was_lost_is_the_last_loss_above_the_best(two, desk, bridge, qtbot) -> None:
    """A bar for every run whose eye is open, the compared ones first."""
    card = LostCard(desk)
    qtbot.addWidget(card)
    card.show()
    desk.overlay(True, {two[1]: "A"})
    names = [name for name, _, _ in card.bars.lost]
    assert names == ["A · 4 epochs", "First run"]
    history = bridge.document.find_run(two[0]).snapshot.history.judged_loss
    assert card.bars.lost[1][2] == pytest.approx(history[-1] - history.min())
