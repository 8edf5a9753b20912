"""While training runs, charts, coach and Explain take turns, and none of them is redrawn for nothing."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from enlarged_charts import train_slowly
from PySide6.QtCore import Qt, QTimer

from ann_viz.ui.charts.chart_page import ChartPage
from ann_viz.ui.explaining.coach_card import CoachCard
from ann_viz.ui.explaining.panel import ExplainPanel
from ann_viz.ui.window.main_window import MainWindow


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, in the one place of a list, which only the test moves on."""
    now = [time.monotonic()]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def learning(iris: MainWindow, clock: list[float]) -> MainWindow:
    """The window while iris is being learned, slowly; everything has just been redrawn."""
    train_slowly(iris.bridge)
    iris.watch_panel.results.redraw_if_seen()
    return iris


def noted(part: ChartPage | CoachCard | ExplainPanel, drawn: list, monkeypatch: pytest.MonkeyPatch) -> None:
    """Note every redraw of a part, and let it happen."""
    method = "redraw" if isinstance(part, ChartPage) else "refresh"
    redraw = getattr(part, method)
    monkeypatch.setattr(part, method, lambda: drawn.append(part) or redraw())


def offer_turns(window: MainWindow) -> None:
    """Give every part the turns of some frames."""
    for _ in range(10):
        window.bridge.offer_turns()


def test_answers_are_counted_at_the_end_of_epochs(learning, clock, monkeypatch) -> None:
    """Within an epoch they wait longer; the next epoch shortens a wait that has begun; a pause ends it."""
    results, document, drawn = learning.watch_panel.results, learning.bridge.document, []
    later = results.findChild(QTimer, options=Qt.FindChildOption.FindDirectChildrenOnly)
    noted(results, drawn, monkeypatch)
    clock[0] += 1.0
    offer_turns(learning)
    assert drawn == []
    clock[0] += 1.1
    offer_turns(learning)
    assert len(drawn) == 1
    clock[0] += 0.1
    offer_turns(learning)
    assert later.isActive() and 1000 < later.interval() <= 2000
    next_epoch = replace(document.snapshot, epoch=document.snapshot.epoch + 1)
    monkeypatch.setattr(type(document), "snapshot", property(lambda _: next_epoch))
    offer_turns(learning)
    assert later.isActive() and later.interval() <= 401
    clock[0] += 0.4
    offer_turns(learning)
    assert len(drawn) == 2
    offer_turns(learning)
    assert later.isActive()
    learning.bridge.pause()
    assert len(drawn) > 2 and not later.isActive()


def test_the_first_redraw_does_not_slow_the_next_ones_down(learning, clock, monkeypatch) -> None:
    """It makes the chart, which takes long; only two slow redraws in a row make the next one wait."""
    page, times = learning.watch_panel.charts.page("loss"), []

    def slow() -> None:
        times.append(clock[0])
        clock[0] += 0.6

    monkeypatch.setattr(page, "redraw", slow)
    clock[0] += 1.0
    offer_turns(learning)
    assert len(times) == 2, "the second came as soon as the first was over"
    clock[0] = times[-1] + 5.9
    offer_turns(learning)
    assert len(times) == 2
    clock[0] = times[-1] + 6.1
    offer_turns(learning)
    assert len(times) > 2


def test_slow_parts_take_turns(learning, clock, monkeypatch) -> None:
    """Coach, Explain and charts are all due, and each frame of training redraws one of them, until none is left."""
    watch, drawn = learning.watch_panel, []
    parts = [learning.explain_panel, *learning.findChildren(CoachCard), watch.charts.page("loss"), watch.results]
    for part in parts:
        noted(part, drawn, monkeypatch)
    clock[0] += 10.0
    for frame in range(len(parts)):
        learning.bridge.offer_turns()
        assert len(drawn) == frame + 1
    assert set(drawn) == set(parts)
    learning.bridge.offer_turns()
    assert len(drawn) == len(parts)
    drawn.clear()
    learning.bridge.pause()
    assert set(drawn) == set(parts), "standing still, everything is exact at once"
