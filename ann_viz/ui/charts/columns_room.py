"""Columns, enlarged: which ones matter, how the answer moves with each, and what two of them do together."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ann_viz.numerals import counted, format_number
from ann_viz.rich import rich
from ann_viz.scene.pixels import find_pixel_image
from ann_viz.session.confusion import class_names
from ann_viz.session.judged.column_words import told_columns, told_unit, weak_columns
from ann_viz.session.judged.columns import Columns
from ann_viz.session.trying.asking import row_on_show
from ann_viz.session.twin import Change
from ann_viz.short_names import told_apart
from ann_viz.ui.charts.chart_page import EmptyChart
from ann_viz.ui.charts.columns_work import ColumnsWork
from ann_viz.ui.charts.curve_tiles import CurveTiles
from ann_viz.ui.charts.desk import Desk
from ann_viz.ui.charts.figure_card import RoomCard
from ann_viz.ui.charts.grid_of_cards import GridOfCards
from ann_viz.ui.charts.importance_bars import ImportanceBars
from ann_viz.ui.charts.importance_picture import ImportancePicture
from ann_viz.ui.charts.map_card import MapCard
from ann_viz.ui.charts.name_box import NameBox
from ann_viz.ui.kit.icons import beside_icon, icon
from ann_viz.ui.kit.labels import PlainLabel, RichLabel

__all__ = ["ColumnsRoom"]

MANY: Final = 20
FEWER: Final = 8  # beside the picture of pixels
FEW: Final = 10
CLOSE: Final = 26  # height of a row
SPACED: Final = 33  # where there are few and no picture


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
        self.matter = RoomCard(self.tr("Which columns matter"), self.tr("permutation importance"), parent=self)
        self.unit = RichLabel(parent=self.matter, role="label", wrap=True)
        self.bars = ImportanceBars(CLOSE, self.matter)
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
        self.both = MapCard(self)
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

    def _connect(self) -> None:
        self.bars.chosen.connect(self._on_chosen)
        self.pixels.chosen.connect(self._on_chosen)
        self.tiles.chosen.connect(self._on_chosen)
        self.let_try(self.both.map)
        self.both.chosen.connect(self.redraw_if_seen)
        self.all.clicked.connect(self._on_all)
        self.one.activated.connect(lambda _place: self._desk.tell(self.one.currentData()))
        self.leave_out.clicked.connect(self._on_leave_out)
        self._bridge.dataset_changed.connect(self._on_dataset_changed)
        self._shows_all = False
        self._on_dataset_changed()

    def _on_dataset_changed(self) -> None:
        dataset = self._bridge.document.dataset
        self._front = ""
        self.both.offer(() if dataset is None else (feature.column for feature in dataset.encoder.features))
        self.one.clear()
        if dataset is not None and dataset.recipe.task == "multiclass":
            for place, name in enumerate(dataset.encoder.class_names):
                self.one.addItem(name, place)
        self.one.setVisible(self.one.count() > 0)

    def _on_chosen(self, column: str) -> None:
        """Look at a column in the map."""
        self._front = column
        self.both.choose(column)
        self.redraw_if_seen()

    def _on_all(self) -> None:
        self._shows_all = not self._shows_all
        self.redraw_if_seen()

    def _on_leave_out(self) -> None:
        """Train a twin without the columns that hardly count: it shows whether they were needed."""
        if self.result is not None:
            self._desk.twin_asked.emit(Change({}, {}, without=weak_columns(self.result.importance)))

    @property
    def averaged(self) -> tuple[str, str] | None:
        """The two columns on show, where the others are those of many rows."""
        return self.both.columns() if self.both.others.currentData() == "average" else None

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
        self.unit.setText(rich("{text}", text=self.as_of(told_unit(result.importance, task, result.request.when))))
        picture = find_pixel_image(dataset)
        self.pixels.setVisible(picture is not None)
        if picture is not None:
            self.pixels.show_importance(result.importance, dataset, picture, self._front)
        few = FEWER if picture is not None else MANY
        shown = columns if self._shows_all or len(columns) <= 2 * MANY else columns[:few]
        self.bars.use_row(SPACED if picture is None and len(shown) <= FEW else CLOSE)
        self.bars.show_columns(shown, task, self._front)
        self.all.setVisible(len(columns) > 2 * MANY)
        everything = counted("all {n} columns", "all {n} columns", len(columns))
        self.all.setText(self.tr("The first ones") if self._shows_all else everything)
        self.tiles.show_columns(result)
        self._show_epochs(result)
        self.told.setText(told_columns(result.importance, task))
        weak = weak_columns(result.importance)
        self.leave_out.setVisible(0 < len(weak) < len(columns))
        self.leave_out.setText(beside_icon(counted("Twin without this one", "Twin without these {n}", len(weak))))
        self.leave_out.setIcon(icon("copy-plus", size=14))
        self.show_map(result)

    def _choose_first(self, result: Columns) -> None:
        """Begin with the two columns that matter most, numbers of many values first: those make a map."""
        kinds = {feature.column: feature.kind for feature in result.request.dataset.encoder.features}
        names = [each.column for each in result.importance.columns]
        named = {name for name, curves in result.curves.items() if curves.values.names}  # categories, and a few numbers
        numbers = sorted(names, key=lambda name: (kinds[name] != "number", name in named))
        self._front = numbers[0]
        self.both.choose(numbers[0], numbers[min(1, len(numbers) - 1)])

    def _show_epochs(self, result: Columns) -> None:
        """Say of which epochs the faint curves are, and whose answer it is."""
        epochs = [format_number(epoch) for epoch, _ in result.request.before]
        dataset, when = result.request.dataset, result.request.when
        unit = self.tr("in %")
        if dataset.recipe.task == "regression":
            unit = dataset.recipe.target
        elif dataset.recipe.task == "multiclass":
            name = told_apart(class_names(dataset))[result.request.output]  # the whole name stands beside it
            unit = self.tr("“{name}” in %").format(name=name)
        told = counted("epoch {list} → {now}", "epochs {list} → {now}", len(epochs), list=", ".join(epochs), now=when)
        text = told if epochs else ""
        self.moves.value.setText(rich("{text}", text="; ".join(filter(None, (text, unit)))))

    def show_map(self, result: Columns) -> None:
        """Draw the two columns that are chosen."""
        shown = self.document.shown_row()
        if shown is not None:
            self.both.show_map(self, result, row_on_show(self.document, shown))

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
