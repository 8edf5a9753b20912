"""Figures that take a while for the first time: pale bars and a line stand in their place, until they come."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ann_viz.resources import resource
from ann_viz.session.headless import open_dataset
from ann_viz.session.job import Progress
from ann_viz.ui.charts.desk import Desk
from ann_viz.ui.charts.skeleton import Veil
from ann_viz.ui.charts.worked_out import WorkedOutPage
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.view import View
from ann_viz.ui.kit import theme


class SlowPage(WorkedOutPage[str]):
    """Its figures come when the test says so."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.let_go = Event()
        self.promise, self.figures = QLabel("soon", self), QLabel("", self)
        self.stack_up(self.promise, self.figures)

    def request(self) -> tuple[object, Callable[[Progress, Callable[[], bool]], str]]:
        return self.document.snapshot.step, self._work

    def doing(self, share: float) -> tuple[str, str]:
        return "Adding up", f"{share:.0%} of it"

    def _work(self, progress: Progress, cancelled: Callable[[], bool]) -> str:
        progress(0.5)
        while not self.let_go.wait(0.01) and not cancelled():
            pass
        return "42"

    def show_result(self, result: str) -> None:
        self.reveal()
        self.figures.setText(result)


@pytest.fixture
def page(bridge: Bridge, view: View, qtbot: QtBot) -> SlowPage:
    bridge.open_dataset(open_dataset(resource("samples", "iris.csv")))
    made = SlowPage(Desk(bridge, view))
    qtbot.addWidget(made)
    made.resize(300, 260)
    made.show()
    return made


def has_bars(page: SlowPage) -> bool:
    image, pale = page.grab().toImage(), QColor(theme.current().surface3)
    return image.pixelColor(10, 28) == pale


def test_pale_bars_stand_where_figures_will_be(page: SlowPage, qtbot: QtBot) -> None:
    """After a moment, with what is done and how far it is; the figures take their place, and stay from then on."""
    assert page.promise.isVisible() and page.progress_bar is not page.working
    qtbot.waitUntil(page.progress_bar.isVisible)
    assert not page.promise.isVisible() and not page.figures.isVisible() and has_bars(page)
    bar = page.progress_bar
    qtbot.waitUntil(lambda: (bar.words.text(), bar.count.text()) == ("Adding up", "50% of it"))
    assert bar.stop.isVisible() and bar.note.text() == ""  # nothing trains that would have it done again
    page.let_go.set()
    qtbot.waitUntil(lambda: page.figures.isVisible() and page.is_up_to_date)
    assert page.figures.text() == "42" and page.progress_bar is page.working


def test_figures_that_will_be_others_are_paler(page: SlowPage, bridge: Bridge, qtbot: QtBot) -> None:
    """They stay until the new ones come, under a veil that is gone with the line below them."""
    veil = page.findChild(Veil)
    page.let_go.set()
    qtbot.waitUntil(lambda: page.figures.isVisible() and page.is_up_to_date)
    assert not veil.isVisible()
    page.let_go.clear()
    bridge.step("batch")
    qtbot.waitUntil(page.working.isVisible)
    assert veil.isVisible() and page.figures.isVisible()
    page.let_go.set()
    qtbot.waitUntil(lambda: page.is_up_to_date)
    assert not veil.isVisible() and not page.working.isVisible()
    page.let_go.clear()
    bridge.open_dataset(open_dataset(resource("samples", "xor.csv")))
    page.redraw_if_seen()
    qtbot.waitUntil(page.progress_bar.isVisible)  # those of other data do not stay
    assert page.result is None and not page.figures.isVisible()
    page.let_go.set()


def test_stopped_it_promises_again(page: SlowPage, qtbot: QtBot) -> None:
    """Nothing is worked out until there is something else to show."""
    qtbot.waitUntil(page.progress_bar.isVisible)
    page.progress_bar.stop.click()
    assert page.promise.isVisible() and not has_bars(page)
    page.redraw_if_seen()
    assert page.is_up_to_date and page.promise.isVisible()
