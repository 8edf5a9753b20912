"""Rows: those about which the network is most wrong, most right or least sure, in the dock and enlarged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ann_viz.explain import wording
from ann_viz.numerals import count, format_number, percent
from ann_viz.session.confusion import class_names
from ann_viz.session.job import Work
from ann_viz.session.judged.rows_shown import RowsRequest, ShownRows, kinds_of, work_out_rows
from ann_viz.session.judged.wrong_rows import Kind, RowOrder, timeline_of
from ann_viz.translation import translate
from ann_viz.ui.charts.chart_page import EmptyChart
from ann_viz.ui.charts.desk import Desk
from ann_viz.ui.charts.name_box import NameBox
from ann_viz.ui.charts.row_list import RowList
from ann_viz.ui.charts.worked_out import WorkedOutPage
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.scrolling import Scrolling

__all__ = ["RowsPage", "RowsRoom"]

FEW: Final = 10
MANY: Final = 100
LINE: Final = 29
TALL_LINE: Final = 32
WIDE: Final = 200


class RowsPage(WorkedOutPage[ShownRows]):
    """The ten first rows of a kind.

    Parameters
    ----------
    desk : Desk
        What all charts share.
    """

    MOST = FEW

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, full: bool = False) -> None:
        super().__init__(desk, parent)
        self.setObjectName("rowsRoom" if full else "rowsPage")
        self._full = full
        orders = (
            (self.tr("Most wrong"), "wrong"), (self.tr("Least sure"), "unsure"), (self.tr("Most right"), "right")
        )  # fmt: skip
        self.order = NameBox(self.tr("Order of the rows"), orders)
        self.kinds = NameBox(self.tr("Which rows"))
        if full:
            self.order.setFixedWidth(WIDE)
            self.kinds.setFixedWidth(WIDE)
        self.about = PlainLabel(parent=self, role="muted")
        self.list = RowList(TALL_LINE if full else LINE, self, full=full)
        self.all = QPushButton(self)
        self.all.setProperty("kind", "link")
        self.foot = PlainLabel(self.tr("Click one: it is shown in the network."), self, role="muted")
        self._empty = EmptyChart(
            self.tr("The rows it is most wrong about\nare listed here once there are data"), parent=self
        )
        self._lay_out()
        self.order.activated.connect(lambda _place: self.redraw_if_seen())
        self.kinds.activated.connect(lambda _place: desk.ask_rows(self.kinds.currentData()))
        self.list.chosen.connect(desk.bridge.set_example)
        self.list.watch_asked.connect(desk.watch)
        self.all.clicked.connect(self.enlarge_asked)
        desk.rows_asked.connect(self._on_rows_asked)
        desk.watched_changed.connect(self.redraw_if_seen)
        desk.bridge.example_changed.connect(self._mark_example)
        desk.bridge.dataset_changed.connect(self._offer_kinds)
        self._offer_kinds()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.order)
        head.addWidget(self.kinds)
        head.addStretch()
        if self._full:
            head.addWidget(self.about)
        else:
            head.addWidget(self.enlarge_button())
        scroll = Scrolling(parent=self)
        host = QWidget(scroll)
        host.setProperty("plain", True)
        inner = QVBoxLayout(host)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.list)
        inner.addStretch(1)
        scroll.setWidget(host)
        shown = QWidget(self)
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addLayout(head)
        if not self._full:
            column.addWidget(self.about)
        column.addWidget(scroll, 1)
        if not self._full:
            column.addWidget(self.all, 0, Qt.AlignmentFlag.AlignLeft)
        self.all.setVisible(not self._full)
        column.addWidget(self.foot)
        column.addWidget(self.working)
        self.stack_up(self._empty, shown)

    # Which rows -----------------------------------------------------------------------------------------------------
    def _offer_kinds(self) -> None:
        dataset = self._bridge.document.dataset
        with QSignalBlocker(self.kinds):
            self.kinds.clear()
            for kind, name in () if dataset is None else kinds_of(dataset):
                self.kinds.addItem(name, kind)
        self.kinds.setVisible(self.kinds.count() > 1)
        self._on_rows_asked(self._desk.kind)

    def _on_rows_asked(self, kind: Kind) -> None:
        """List another kind of rows, one that was not offered so far as well."""
        places = [place for place in range(self.kinds.count()) if self.kinds.itemData(place) == kind]
        dataset = self._bridge.document.dataset
        if not places and dataset is not None and kind.truth is not None and kind.answer is not None:
            names = class_names(dataset)
            told = self.tr("{truth} taken for {answer}") if kind.truth != kind.answer else self.tr("{truth}, found")
            self.kinds.addItem(told.format(truth=names[kind.truth], answer=names[kind.answer]), kind)
            places = [self.kinds.count() - 1]
        if places:
            self.kinds.setCurrentIndex(places[0])
            self.redraw_if_seen()

    @property
    def kind(self) -> Kind:
        """Which rows are listed."""
        chosen = self.kinds.currentData()
        return chosen if isinstance(chosen, Kind) else Kind()

    def doing(self, share: float) -> tuple[str, str]:
        """Say that rows are looked for."""
        return self.tr("Finding rows"), ""

    def request(self) -> tuple[object, Work[ShownRows]] | None:
        """Find the rows for the weights on show."""
        document, part = self._bridge.document, self._desk.part
        dataset, snapshot, newest = document.dataset, document.snapshot, document.newest
        if dataset is None or snapshot is None or newest is None:
            return None
        order: RowOrder = self.order.currentData()
        rows = self._desk.rows
        kind, threshold, watched, most = self.kind, document.threshold, self._desk.watched, self.MOST

        def work(_progress: Callable[[float], None], _cancelled: Callable[[], bool]) -> ShownRows:
            return work_out_rows(
                RowsRequest(
                    dataset=dataset,
                    network=snapshot.model(),
                    moments=timeline_of(newest),
                    epoch=snapshot.weights_of.epoch,
                    part=part,
                    threshold=threshold,
                    kind=kind,
                    order=order,
                    most=most,
                    watched=watched,
                    rows=rows,
                )
            )

        return (snapshot, newest, part, order, kind, threshold, watched), work

    # Showing --------------------------------------------------------------------------------------------------------
    def show_result(self, result: ShownRows) -> None:
        """Show the list."""
        document, dataset = self._bridge.document, result.request.dataset
        if document.dataset is not dataset:
            return
        self.reveal()
        about = self.tr("{n} of {rows}").format(n=format_number(result.n), rows=count(result.n_judged, "row"))
        if dataset.recipe.task == "binary":
            about = self.tr("{about} at {t}").format(about=about, t=percent(result.request.threshold))
        part = "" if self._full else translate(wording.PARTS[result.request.part])  # the list above says it
        about = " · ".join(filter(None, (self.answered_by(part), about)))
        self.about.setText(self.as_of(about))
        self.list.show_rows(result, document.example)
        self.all.setText(self.tr("All {n} as a table…").format(n=format_number(result.n)))
        self.all.setVisible(not self._full and result.n > len(result.rows))
        self.foot.setText(
            self.tr("Click one: it is shown in the network.") if result.rows else self.tr("There is no such row.")
        )

    def _mark_example(self) -> None:
        if self.result is not None and self._bridge.document.dataset is self.result.request.dataset:
            self.list.show_rows(self.result, self._bridge.document.example)

    def numbers(self) -> list[tuple[str | float, ...]]:
        """Return the list, with the course of every row."""
        result = self.result
        if result is None:
            return []
        epochs = (self.tr("epoch {n}").format(n=epoch) for epoch in result.epochs)
        rows: list[tuple[str | float, ...]] = [(self.tr("row"), *result.columns, "says", "truth", *epochs)]
        return rows + [(row.number + 1, *row.cells, row.said, row.truth, *row.course.tolist()) for row in result.rows]


class RowsRoom(RowsPage):
    """Many rows, each with its course over the epochs; any of them can be watched."""

    MOST = MANY

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent, full=True)
