"""What brings the tree of runs, the page that compares two of them, and the form for a twin together."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ann_viz.errors import AnnVizError
from ann_viz.session.twin import Change
from ann_viz.ui.charts.desk import Desk
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.jobs import JobWatcher
from ann_viz.ui.kit.error_report import show_error
from ann_viz.ui.lessons.pages import Pages
from ann_viz.ui.runs.runs_panel import RunsPanel

if TYPE_CHECKING:
    from ann_viz.data import Dataset
    from ann_viz.ui.comparing.compare_page import ComparePage

__all__ = ["Comparing"]


class Comparing(QObject):
    """Opens the comparison for whoever asks for it.

    Parameters
    ----------
    bridge : Bridge
    pages : Pages
        Has the page.
    runs : RunsPanel
        Asks for it, and shows which runs are A and B.
    desk : Desk
        Of the charts: in the company of tree or page they draw all runs.
    window : QWidget
        Over which the form opens.
    """

    def __init__(self, bridge: Bridge, pages: Pages, runs: RunsPanel, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._bridge, self._pages, self._runs, self._desk, self._window = bridge, pages, runs, desk, window
        self._is_on = False
        runs.seen.connect(self._overlay)
        self._known: ComparePage | None = None
        runs.compare_asked.connect(self.compare)
        runs.side_asked.connect(self.show_side)
        runs.twin_asked.connect(self.ask_for_twin)
        self._preparing = JobWatcher("preparing other columns", self)
        self._preparing.failed.connect(self._refuse)
        self._preparing.finished.connect(self._on_prepared)
        self._asked = (0, Change({}, {}), 1, True)
        desk.twin_asked.connect(lambda change: self.grow_twin(bridge.document.run_numbers[0], change))
        runs.shown.connect(lambda _number: pages.show("network"))
        pages.turned.connect(self._on_turned)

    def _page(self) -> ComparePage:
        page = self._pages.show_comparison()
        self._meet(page)
        return page

    def _meet(self, page: ComparePage) -> None:
        """Listen to a page, whoever opened it first."""
        if page is self._known:
            return
        self._known = page
        page.lettered.connect(self._on_lettered)
        page.twin_asked.connect(self.ask_for_twin)
        self._runs.twin_row = page.twins.row
        page.twins.paired.connect(self._runs.keep_up)
        page.twins.rested.connect(self._runs.refresh_if_seen)
        page.tell_letters()

    def _on_turned(self, name: str) -> None:
        self._is_on = name == "compare"
        if self._is_on:
            self._meet(self._pages.comparison())
        if not self._is_on:
            self._runs.show_letters({})
        self._overlay()

    def _on_lettered(self, letters: dict[int, str]) -> None:
        self._runs.show_letters(letters if self._is_on else {})
        self._overlay()

    def _overlay(self) -> None:
        """Let the chart of the loss draw all runs while the tree or the comparison is on show."""
        self._desk.overlay(self._is_on or self._runs.isVisible(), self._runs.letters)

    def compare(self, a: int, b: int) -> None:
        """Show two runs side by side."""
        self._page().show_runs(a, b)

    def compare_best(self) -> None:
        """Show the run in the window beside the best of the others."""
        page = self._page()
        page.show_best()
        page.setFocus()  # Esc leaves it

    def show_side(self, number: int, letter: str) -> None:
        """Show a run as A or B, beside the one that is on the other side or in the window."""
        page = self._page()
        if page.numbers is None:
            page.show_best()
        page.show_side(number, letter)

    def ask_for_twin(self, number: int | None = None) -> None:
        """Ask what a twin of a run, by default of the one in the window, shall have otherwise."""
        from ann_viz.ui.comparing.twin_popover import TwinPopover

        document = self._bridge.document
        number = document.run_numbers[0] if number is None else number
        run = document.find_run(number)
        popover = TwinPopover(run, document.run_name(run), self._window)
        popover.asked.connect(lambda change, seeds, steady: self.grow_twin(number, change, seeds, steady))
        popover.open_beside(self._runs.twin)

    def grow_twin(self, number: int, change: Change, seeds: int = 1, steady: bool = True) -> None:
        """Train a twin of a run beside it; what it learns from is prepared first where that are other columns."""
        self._asked = (number, change, seeds, steady)
        if not change.is_of_columns:
            self._begin(None)
            return
        from ann_viz.data import build_dataset

        run = self._bridge.document.find_run(number)
        try:
            work = partial(build_dataset, run.dataset.table, change.recipe(run))
        except AnnVizError as error:
            self._refuse(error)
            return
        self._preparing.start(work, discard=lambda dataset: dataset.release())

    def _on_prepared(self, dataset: Dataset) -> None:
        """Begin the twin that was asked for, unless another file was opened meanwhile."""
        now = self._bridge.document.dataset
        if now is not None and now.table is dataset.table:
            self._begin(dataset)
        else:
            dataset.release()

    def _begin(self, dataset: Dataset | None) -> None:
        page, (number, change, seeds, steady) = self._page(), self._asked
        try:
            page.begin_twin(number, change, dataset=dataset)
        except AnnVizError as error:
            self._refuse(error)
            return
        page.train_twin(seeds=seeds, steady=steady)

    def _refuse(self, error: AnnVizError) -> None:
        show_error(self._window, self.tr("There is no such twin"), error)

    def close(self) -> None:
        """Drop what is being prepared, before the data are closed."""
        self._preparing.close()
