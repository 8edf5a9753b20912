"""Charts whose figures take a while: worked out in a thread, one job at a time, and shown until there are newer ones.

While training runs they are renewed at most once a second, and within the share of time that every chart keeps to.
"""

from __future__ import annotations

from typing import Any, Final, Generic, TypeVar

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from ann_viz.errors import AnnVizError
from ann_viz.session import Document, RunState
from ann_viz.session.job import Work
from ann_viz.ui.charts.chart_page import ChartPage
from ann_viz.ui.charts.desk import Desk
from ann_viz.ui.charts.figure_card import RoomCard
from ann_viz.ui.charts.skeleton import Skeleton, Veil
from ann_viz.ui.charts.working_bar import WorkingBar
from ann_viz.ui.document.jobs import JobWatcher

__all__ = ["WorkedOutPage"]

T = TypeVar("T")
INTERVAL_MS: Final = 1000
FLAT_OUT_MS: Final = 2000
PROMISED, KNOWN, WAITING = 0, 1, 2


class WorkedOutPage(ChartPage, Generic[T]):
    """Asks `request` what to work out, and gives what came of it to `show_result`.

    Parameters
    ----------
    desk : Desk
        What all charts share.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.bridge, parent, interval_ms=INTERVAL_MS, flat_out_ms=FLAT_OUT_MS)
        self._desk = desk
        self._key: object = None  # what the result is of
        self._asked: object = None  # what is being worked out
        self._result: T | None = None
        self._of: object = None  # the data of the result
        self._pages: QStackedLayout | None = None
        self._watcher = JobWatcher("working out a chart", self)
        self._watcher.finished.connect(self._on_finished)
        self._watcher.failed.connect(self._on_failed)
        self.working = WorkingBar(self)
        self.working.stopped.connect(self._on_stopped)
        self._veil = Veil(self)
        self.working.appeared.connect(lambda: self._veil.cover(self.working))
        self._skeleton = Skeleton(self)
        self._skeleton.hide()
        self._skeleton.bar.stopped.connect(self._on_stopped)
        self._skeleton.appeared.connect(lambda: self._turn(WAITING))
        self._watcher.progressed.connect(self._on_progressed)
        desk.part_changed.connect(self.redraw_if_seen)
        desk.one_changed.connect(self.redraw_if_seen)

    def be_enlarged(self) -> None:
        """Name the cards in the voice of the window."""
        super().be_enlarged()
        self._desk.voice_changed.connect(self._speak)
        self._speak()

    def _speak(self) -> None:
        for card in self.findChildren(RoomCard):
            card.speak(self._desk.voice)

    def request(self) -> tuple[object, Work[T]] | None:
        """Return what the figures are of, and how to work them out in a thread; None while there is nothing."""
        raise NotImplementedError

    def doing(self, share: float) -> tuple[str, str]:
        """Return what is being done once a share of the work is, and how much of that: "Shuffling columns", "6 of 10".

        The second is empty where nothing is counted.
        """
        return self.tr("Working out"), ""

    def show_result(self, result: T) -> None:
        """Show figures; asked again where only the document has changed."""
        raise NotImplementedError

    def stack_up(self, empty: QWidget, shown: QWidget) -> None:
        """Lay out the page: the promise of what will be here, and what is here once it is known."""
        pages = self._pages = QStackedLayout(self)
        pages.setContentsMargins(0, 0, 0, 0)
        for page in (empty, shown, self._skeleton):
            pages.addWidget(page)

    def _turn(self, page: int) -> None:
        if self._pages is not None:
            self._pages.setCurrentIndex(page)

    def reveal(self) -> None:
        """Show what is known."""
        self._turn(KNOWN)

    def show_nothing(self) -> None:
        """Promise what will be here."""
        self._turn(PROMISED)

    @property
    def progress_bar(self) -> WorkingBar:
        """What says how far the work is: below the figures, or where there are none yet in their place."""
        return self._skeleton.bar if self._result is None else self.working

    def _end_work(self) -> None:
        self._veil.hide()
        self.working.end()
        self._skeleton.bar.end()

    @property
    def document(self) -> Document:
        """What there is to read."""
        return self._bridge.document

    @property
    def result(self) -> T | None:
        """What is on show."""
        return self._result

    @property
    def is_up_to_date(self) -> bool:
        """Whether what is on show is of the document as it stands."""
        asked = self.request()
        return asked is not None and asked[0] == self._key

    def redraw(self) -> None:
        """Show what is known, and have the rest worked out."""
        asked, of = self.request(), self.document.dataset
        if asked is None or of is not self._of:  # numbers of other data are not shown while those of these are awaited
            self._watcher.stop()
            self._end_work()
            self._key = self._asked = self._result = None
            self._of = of
        if asked is None:
            self.show_nothing()
            return
        key, work = asked
        if self._result is not None:
            self.show_result(self._result)
        if key not in (self._key, self._asked) and not self._watcher.busy:
            self._asked = key
            self._watcher.start(work)
            learns = self.document.state is RunState.RUNNING
            self.progress_bar.begin(self.doing(0.0)[0], self.tr("again as training goes on") if learns else "")

    def _on_progressed(self, share: float) -> None:
        self.progress_bar.show_progress(share, *self.doing(share))

    def _on_stopped(self) -> None:
        """Leave it at what is known until something else is to be shown."""
        self._watcher.stop()
        self._end_work()
        self._key, self._asked = self._asked, None
        if self._result is None:
            self.show_nothing()

    def _on_finished(self, result: Any) -> None:
        self._end_work()
        self._key, self._asked, self._result = self._asked, None, result
        self.show_result(result)
        if self._seen and self._bridge.document.as_of == "":
            self.redraw_if_seen()  # standing still, what is shown is exact

    def _on_failed(self, error: AnnVizError) -> None:
        self._key, self._asked = self._asked, None
        self.progress_bar.tell(str(error))

    def hideEvent(self, event: QHideEvent) -> None:
        """Let nobody work for what is not seen."""
        super().hideEvent(event)
        self._watcher.stop()
        self._end_work()
        self._asked = None
