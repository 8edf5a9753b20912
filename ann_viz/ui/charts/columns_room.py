"""Columns, enlarged: which ones matter, how the answer moves with each, and what two of them do together."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ann_viz.data import Dataset, build_dataset
from ann_viz.explain import wording
from ann_viz.numerals import count, counted, format_number, percent
from ann_viz.rich import Rich, rich
from ann_viz.scene.pixels import find_pixel_image
from ann_viz.session.confusion import class_names
from ann_viz.session.judged.column_words import told_columns, told_unit, weak_columns
from ann_viz.session.judged.columns import Columns
from ann_viz.short_names import told_apart
from ann_viz.ui.charts.chart_page import EmptyChart
from ann_viz.ui.charts.columns_work import ColumnsWork, draw_map
from ann_viz.ui.charts.curve_tiles import CurveTiles
from ann_viz.ui.charts.desk import Desk
from ann_viz.ui.charts.figure_card import RoomCard
from ann_viz.ui.charts.grid_of_cards import GridOfCards
from ann_viz.ui.charts.importance_bars import ImportanceBars
from ann_viz.ui.charts.importance_picture import ImportancePicture
from ann_viz.ui.charts.map_view import MapView
from ann_viz.ui.charts.name_box import NameBox
from ann_viz.ui.document.jobs import JobWatcher
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.labels import PlainLabel, RichLabel

__all__ = ["ColumnsRoom"]

MANY: Final = 20
FEWER: Final = 8  # beside the picture of pixels
LEAST_MAP: Final = 220
SIDE: Final = 204


class ColumnsRoom(ColumnsWork):
    """All cards about the columns.

    Parameters
    ----------
    desk : Desk
        What all charts share.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setObjectName("columnsRoom")
        self._front = ""
        self._builder = JobWatcher("leaving columns out", self)
        self._builder.finished.connect(desk.bridge.open_dataset)
        self.matter = RoomCard(self.tr("Which columns matter"), self.tr("permutation importance"), parent=self)
        self.unit = RichLabel(parent=self.matter, role="label", wrap=True)
        self.bars = ImportanceBars(26, self.matter)
        self.pixels = ImportancePicture(self.matter)
        self.all = QPushButton(self.matter)
        self.moves = RoomCard(
            self.tr("How the answer moves with each column"), self.tr("partial dependence"), parent=self
        )
        self.tiles = CurveTiles(self.moves)
        self.one = NameBox(self.tr("Class whose chance is drawn"))
        self.says = RoomCard(self.tr("What this says"), parent=self)
        self.told = RichLabel(parent=self.says, role="label", wrap=True)
        self.leave_out = QPushButton(self.says)
        self.both = RoomCard(self.tr("Two columns together"), self.tr("decision surface"), parent=self)
        self.map = MapView(self.both)
        self.map.setMinimumHeight(LEAST_MAP)
        self.across = NameBox(self.tr("Column across"))
        self.up = NameBox(self.tr("Column up"))
        self.others = NameBox(
            self.tr("What the other columns are"),
            (
                (self.tr("the shown row"), "example"),
                (self.tr("a typical row"), "typical"),
                (self.tr("average of 200 rows"), "average"),
            ),
        )
        self.legend = RichLabel(parent=self.both, role="label", wrap=True)
        self._empty = EmptyChart(self.tr("Which columns it uses shows\nhere once there are data"), parent=self)
        self._lay_out()
        self._connect()

    # Building -------------------------------------------------------------------------------------------------------
    def _lay_out(self) -> None:
        self.all.setProperty("kind", "link")
        self.matter.body.addWidget(self.unit)
        self.matter.body.addWidget(self.pixels)
        self.matter.body.addWidget(self.bars)
        self.matter.body.addWidget(self.all)
        self.matter.body.addStretch(1)
        self.moves.head.addWidget(self.one)
        self.moves.body.addWidget(self.tiles, 1)
        self.says.setProperty("kind", "told")
        self.says.body.addWidget(self.told)
        note = self.tr(
            "This tells what the network uses, not what causes it. Columns that say the same share their credit."
        )
        self.says.body.addWidget(PlainLabel(note, self.says, role="muted", wrap=True))
        self.says.body.addStretch(1)
        row = QHBoxLayout()
        row.addWidget(self.leave_out)
        row.addStretch()
        self.says.body.addLayout(row)
        self._lay_out_map()
        self.cards = GridOfCards(self)
        sides = self._side(self.matter, self.says, 1), self._side(self.moves, self.both, 10)
        self.cards.show_cards([[(sides[0], 4, 12, 0), (sides[1], 8, 12, 0)]])
        shown = QWidget(self)
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.cards, 1)
        column.addWidget(self.working)
        self.stack_up(self._empty, shown)

    def _side(self, above: QWidget, below: QWidget, share: int) -> QWidget:
        """Return two cards one below the other; the lower one gets so many times the room that is left."""
        side = QWidget(self)
        side.setProperty("plain", True)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(above, 1 if share == 1 else 0)
        column.addWidget(below, share)
        return side

    def _lay_out_map(self) -> None:
        side = QFrame(self.both)
        side.setProperty("plain", True)
        side.setFixedWidth(SIDE)
        grid = QGridLayout(side)
        grid.setContentsMargins(0, 0, 0, 0)
        names = (
            (self.tr("Across"), self.across), (self.tr("Up"), self.up), (self.tr("Others as"), self.others)
        )  # fmt: skip
        for place, (name, box) in enumerate(names):
            grid.addWidget(PlainLabel(name, side, role="label"), place, 0)
            grid.addWidget(box, place, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(3, 1)
        grid.addWidget(self.legend, 4, 0, 1, 2)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.map, 1)
        row.addWidget(side)
        self.both.body.addLayout(row, 1)

    def _connect(self) -> None:
        self.bars.chosen.connect(self._on_chosen)
        self.pixels.chosen.connect(self._on_chosen)
        self.tiles.chosen.connect(self._on_chosen)
        self.let_try(self.map)
        self.all.clicked.connect(self._on_all)
        self.one.activated.connect(lambda _place: self._desk.tell(self.one.currentData()))
        self.leave_out.clicked.connect(self._on_leave_out)
        for box in (self.across, self.up, self.others):
            box.activated.connect(lambda _place: self.redraw_if_seen())
        self._bridge.dataset_changed.connect(self._on_dataset_changed)
        self._shows_all = False
        self._on_dataset_changed()

    def _on_dataset_changed(self) -> None:
        dataset = self._bridge.document.dataset
        self._front = ""
        for box in (self.across, self.up):
            box.clear()
            for feature in () if dataset is None else dataset.encoder.features:
                box.addItem(feature.column, feature.column)
        self.one.clear()
        if dataset is not None and dataset.recipe.task == "multiclass":
            for place, name in enumerate(dataset.encoder.class_names):
                self.one.addItem(name, place)
        self.one.setVisible(self.one.count() > 0)
        several = self.up.count() > 1
        self.both.setVisible(several)

    def _on_chosen(self, column: str) -> None:
        """Look at a column in the map."""
        self._front = column
        with QSignalBlocker(self.across):
            if self.up.currentData() == column:
                self.up.setCurrentIndex(self.across.currentIndex())
            self.across.setCurrentIndex(self.across.findData(column))
        self.redraw_if_seen()

    def _on_all(self) -> None:
        self._shows_all = not self._shows_all
        self.redraw_if_seen()

    def _on_leave_out(self) -> None:
        """Begin a run without the columns that hardly count, which Undo takes back."""
        result, dataset = self.result, self._bridge.document.dataset
        if result is None or dataset is None:
            return
        left = tuple(name for name in dataset.recipe.inputs if name not in weak_columns(result.importance))
        recipe = replace(dataset.recipe, inputs=left)
        self._bridge.pause()
        self._builder.start(partial(build_dataset, dataset.table, recipe), discard=Dataset.release)

    # Showing --------------------------------------------------------------------------------------------------------
    def show_result(self, result: Columns) -> None:
        """Show all cards."""
        dataset = result.request.dataset
        if self._bridge.document.dataset is not dataset:
            return
        self.reveal()
        self.one.setCurrentIndex(result.request.output)
        task, columns = dataset.recipe.task, self.ordered(result, tuple(each.column for each in self.bars.columns))
        if not self._front and columns:
            self._choose_first(result)
        self.unit.setText(rich("{text}", text=self.as_of(told_unit(result.importance, task))))
        picture = find_pixel_image(dataset)
        self.pixels.setVisible(picture is not None)
        if picture is not None:
            self.pixels.show_importance(result.importance, dataset, picture, self._front)
        few = FEWER if picture is not None else MANY
        shown = columns if self._shows_all or len(columns) <= 2 * MANY else columns[:few]
        self.bars.show_columns(shown, task, self._front)
        self.all.setVisible(len(columns) > 2 * MANY)
        everything = counted("all {n} columns", "all {n} columns", len(columns))
        self.all.setText(self.tr("The first ones") if self._shows_all else everything)
        self.tiles.show_columns(result)
        self._show_epochs(result)
        self.told.setText(told_columns(result.importance, task))
        weak = weak_columns(result.importance)
        self.leave_out.setVisible(0 < len(weak) < len(columns))
        self.leave_out.setText(counted("Try without this one", "Try without these {n}", len(weak)))
        self.show_map(result)

    def _choose_first(self, result: Columns) -> None:
        """Begin with the two columns that matter most, numbers first: those make a map."""
        kinds = {feature.column: feature.kind for feature in result.request.dataset.encoder.features}
        names = [each.column for each in result.importance.columns]
        numbers = sorted(names, key=lambda name: kinds[name] != "number")
        self._front = numbers[0]
        self.across.setCurrentIndex(self.across.findData(numbers[0]))
        self.up.setCurrentIndex(self.up.findData(numbers[min(1, len(numbers) - 1)]))

    def _show_epochs(self, result: Columns) -> None:
        """Say of which epochs the faint curves are, and whose answer it is."""
        epochs = [format_number(epoch) for epoch, _ in result.request.before]
        dataset = result.request.dataset
        unit = self.tr("in %")
        if dataset.recipe.task == "regression":
            unit = dataset.recipe.target
        elif dataset.recipe.task == "multiclass":
            name = told_apart(class_names(dataset))[result.request.output]  # the whole name stands beside it
            unit = self.tr("“{name}” in %").format(name=name)
        text = self.tr("epochs {list} → now").format(list=", ".join(epochs)) if epochs else ""
        self.moves.value.setText(rich("{text}", text="; ".join(filter(None, (text, unit)))))

    def show_map(self, result: Columns) -> None:
        """Draw the two columns that are chosen."""
        across, up = self.across.currentData(), self.up.currentData()
        if across is None or up is None or across == up:
            if self.up.count() > 1:
                self.up.setCurrentIndex(next(k for k in range(self.up.count()) if self.up.itemData(k) != across))
                self.show_map(result)
            return
        drawn, shades, row = draw_map(self, result, across, up, self.others.currentData())
        self.map.show_map(drawn, shades, row)
        self._show_legend(result, len(drawn.numbers))

    def _show_legend(self, result: Columns, n_dots: int) -> None:
        tokens, dataset = theme.current(), result.request.dataset
        task = dataset.recipe.task
        if task == "regression":
            yes, no = self.tr("above the mean"), self.tr("below the mean")
        elif task == "binary":
            yes, no = wording.binary_names(dataset)
        else:
            yes = class_names(dataset)[result.request.output]
            no = self.tr("another class")
        parts = [
            rich('<span style="color:{colour}">●</span> {name}', colour=tokens.positive, name=yes),
            rich('<span style="color:{colour}">○</span> {name}', colour=tokens.negative, name=no),
        ]
        if task != "regression":
            turn = self._bridge.document.threshold if task == "binary" else 0.5
            parts.append(rich(self.tr("line: the answer turns, {t}"), t=percent(turn)))
            parts.append(rich(self.tr("thin: 25 % and 75 %")))
        rows = self.tr("{n} of {rows}; they differ in the other columns too.")
        muted = rich(
            '<span style="color:{colour}">{text}</span>',
            colour=tokens.muted,
            text=rows.format(n=format_number(n_dots), rows=count(len(result.rows), "row")),
        )
        self.legend.setText(rich("{a}<br>{b}", a=_lines(parts), b=muted))

    def numbers(self) -> list[tuple[str | float, ...]]:
        """Return importance and curves."""
        result = self.result
        if result is None:
            return []
        rows: list[tuple[str | float, ...]] = [(self.tr("chart"), self.tr("column"), "x", "y")]
        rows += [("importance", each.column, each.spread, each.loss) for each in result.importance.columns]
        for name, curves in result.curves.items():
            at: Any = curves.values.names or curves.values.at.tolist()
            rows += [("dependence", name, x, y) for x, y in zip(at, curves.now.tolist(), strict=True)]
        return rows


def _lines(parts: list[Rich]) -> Rich:
    text = parts[0]
    for part in parts[1:]:
        text = rich("{a}<br>{b}", a=text, b=part)
    return text
