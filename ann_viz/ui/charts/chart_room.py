"""The charts with the room of the whole window: tabs, which run and rows they are of, a button to save what is seen."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QMenu, QMessageBox, QPushButton, QStackedWidget, QWidget

from ann_viz.data import PartName
from ann_viz.errors import AnnVizError
from ann_viz.explain import wording
from ann_viz.explain.moment import answering_tag
from ann_viz.numerals import format_number
from ann_viz.translation import translate
from ann_viz.ui.charts import chart_table
from ann_viz.ui.charts.chart_page import ChartPage
from ann_viz.ui.charts.desk import Desk
from ann_viz.ui.charts.saving_charts import KINDS, save_chart
from ann_viz.ui.document.copying import copy_numbers
from ann_viz.ui.kit.controls import IconButton
from ann_viz.ui.kit.icons import beside_icon, icon
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.message_box import MessageBox
from ann_viz.ui.kit.popover import choice_box
from ann_viz.ui.kit.room import lay_out_room
from ann_viz.ui.kit.run_mark import RunMark
from ann_viz.ui.kit.wheel import TabBar

__all__ = ["ChartRoom"]

CHIP: Final = 22  # twice the radius that the style sheet gives a chip
SWATCH: Final = 14
ROWS_WIDTH: Final = 184
PARTS: Final[tuple[PartName, ...]] = ("validation", "train", "test")


class ChartRoom(QFrame):
    """Shows the enlarged page of one chart; pages are made when they are first asked for.

    Parameters
    ----------
    desk : Desk
        What all charts share.
    """

    closed = Signal()
    """The picture is wanted back."""

    turned = Signal(str)
    """Another chart came to the front; carries its id."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setObjectName("chartRoom")
        self._desk, self._bridge = desk, desk.bridge
        self._charts = chart_table.CHARTS
        self._pages: dict[str, ChartPage] = {}
        self.tabs = TabBar(self)
        self.tabs.setObjectName("roomTabs")
        self.tabs.setAccessibleName(self.tr("Charts"))
        self.tabs.setDrawBase(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        for chart in self._charts:
            self.tabs.addTab(translate(chart.tab))
        self.swatch = RunMark("", 0, self, side=SWATCH)
        self.about = PlainLabel(parent=self, role="chip")
        self.about.setFixedHeight(CHIP)
        self.rows = choice_box(self.tr("Rows that are judged"), ())
        self.rows.setFixedWidth(ROWS_WIDTH)
        self.save = QPushButton(beside_icon(self.tr("Save…")), self)
        self.shrink = IconButton("minimize-2", self.tr("Shrink · Esc"), extent=28, parent=self)
        self._stack = QStackedWidget(self)
        self._lay_out()
        self.tabs.currentChanged.connect(lambda place: self.show_chart(self._charts[place].id))
        self.rows.activated.connect(self._on_rows_chosen)
        self.save.clicked.connect(self._offer_kinds)
        self.shrink.clicked.connect(self.closed)
        desk.part_changed.connect(self._show_rows)
        for signal in (self._bridge.dataset_changed, self._bridge.look_changed, self._bridge.runs_changed):
            signal.connect(self._show_about)
        self._bridge.turn_offered.connect(self._show_about)

    def _lay_out(self) -> None:
        self._tint()
        row = lay_out_room(self, self._stack, left=14)
        row.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch()
        for widget in (self.swatch, self.about, self.rows, self.save, self.shrink):
            row.addWidget(widget)

    @property
    def front(self) -> str:
        """Id of the chart in front."""
        return self._charts[self.tabs.currentIndex()].id

    def page(self, identifier: str) -> ChartPage:
        """Return the enlarged page of a chart, by its id in the table."""
        if identifier not in self._pages:
            chart = next(chart for chart in self._charts if chart.id == identifier)
            page = self._pages[identifier] = chart.enlarged(self._desk)
            page.setAccessibleName(translate(chart.tab))
            page.setContentsMargins(12, 12, 12, 12)
            page.be_enlarged()
            page.neuron_chosen.connect(self._desk.neuron_chosen)
            self._stack.addWidget(page)
        return self._pages[identifier]

    def show_chart(self, identifier: str) -> None:
        """Bring a chart to the front, by its id in the table."""
        self._stack.setCurrentWidget(self.page(identifier))
        self.tabs.setCurrentIndex([chart.id for chart in self._charts].index(identifier))
        self._show_rows()
        self._show_about()
        self.turned.emit(identifier)

    # What it is of --------------------------------------------------------------------------------------------------
    def _show_about(self) -> None:
        """Say which run and epoch are shown."""
        document = self._bridge.document
        run, snapshot = document.current_run, document.snapshot
        if not self.isVisible() or run is None or snapshot is None:
            return
        epoch = format_number(snapshot.weights_of.epoch)
        self.swatch.show_place(document.run_place(run.number))
        text = self.tr("{run} · epoch {n}").format(run=document.run_name(run), n=epoch)
        tag = answering_tag(snapshot, brief=True)
        of_answers = self._charts[self.tabs.currentIndex()].id != "inside"  # which is of the weights that are drawn
        self.about.setText(f"{text} · {tag}" if tag and of_answers else text)

    def _show_rows(self) -> None:
        """Offer the parts that have rows, and how many they are."""
        dataset = self._bridge.document.dataset
        self.rows.clear()
        for part in PARTS:
            n = 0 if dataset is None else len(dataset.rows(part))
            if n:
                name = translate(wording.PARTS[part]).capitalize()
                self.rows.addItem(self.tr("{part} · {n} rows").format(part=name, n=format_number(n)), part)
        self.rows.setCurrentIndex(self.rows.findData(self._desk.part))

    def _on_rows_chosen(self) -> None:
        part = self.rows.currentData()
        if part == "test" and self._desk.part != "test" and not self._may_look_at_test():
            self._show_rows()
            return
        self._desk.choose_part(part)

    def _may_look_at_test(self) -> bool:
        """Ask once for each network, and count the look."""
        bridge = self._bridge
        if bridge.document.look_at_test is not None:
            return True
        if not self.ask_about_test():
            return False
        try:
            bridge.ask_test_rows()
        except AnnVizError as error:
            MessageBox(self.tr("The test rows"), str(error), parent=self.window()).exec()
            return False
        return True

    def ask_about_test(self) -> bool:
        """Ask whether to look at the test rows."""
        box = MessageBox(
            self.tr("Look at the test rows?"),
            self.tr("Look at the test rows?"),
            self.tr("Do this when you are done choosing. It is counted, once for each network."),
            self.window(),
            strong=True,
        )
        look = box.addButton(self.tr("Look"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        return box.wait() is look

    # Saving ---------------------------------------------------------------------------------------------------------
    def _offer_kinds(self) -> None:
        page = self.page(self.front)
        menu = QMenu(self)
        for kind in KINDS:
            if kind.makes(page, "") is not None:
                action = menu.addAction(translate(kind.text))
                action.triggered.connect(
                    lambda _checked=False, kind=kind: save_chart(page, self.front, kind, self._bridge)
                )
        if table := page.numbers():
            menu.addAction(self.tr("Copy as text")).triggered.connect(lambda: copy_numbers(table))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.save.mapToGlobal(self.save.rect().bottomLeft()))

    # Qt -------------------------------------------------------------------------------------------------------------
    def _tint(self) -> None:
        self.save.setIcon(icon("download"))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon in the colour of another theme."""
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()
        super().changeEvent(event)
