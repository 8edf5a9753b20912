"""The Data card: which columns the network sees, which one it learns to predict, and how the rows are split.

A tick or another target makes a new recipe and, in a thread, a new dataset from the table that is already loaded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from ann_viz.errors import AnnVizError
from ann_viz.numerals import count, counted
from ann_viz.translation import translate
from ann_viz.ui.building.data_delegate import ColumnList, ColumnRow
from ann_viz.ui.building.data_parts import EmptyNote, SplitCounts, TargetCombo
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.jobs import JobWatcher
from ann_viz.ui.document.missing_table import MissingTableNote
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.card import Card
from ann_viz.ui.kit.controls import Expander, Glyph
from ann_viz.ui.kit.labels import PlainLabel

if TYPE_CHECKING:
    from ann_viz.data import Column, Dataset, Recipe

__all__ = ["DataCard"]

MOST_ROWS: Final = 14
MOST_IGNORED_ROWS: Final = 6


class DataCard(Card):
    """Columns, target and split of the document's data.

    Parameters
    ----------
    bridge : Bridge
        Gives the document, and takes the new dataset.
    """

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__("table", translate("Data"), parent)
        self.setObjectName("dataCard")
        self._bridge = bridge
        self._builder = JobWatcher("making a dataset", self)
        self._wanted: Recipe | None = None  # of the change under way
        self.columns = ColumnList(self.tr("Columns the network may use"), MOST_ROWS)
        self.ignored = ColumnList(self.tr("Columns left out"), MOST_IGNORED_ROWS)
        self.expander = Expander()
        self.target = TargetCombo()
        self._split = SplitCounts()
        self.target.setObjectName("target")
        self._split.setObjectName("splitBar")
        self._rule = QWidget()
        self._rule.setFixedHeight(1)
        self._empty = EmptyNote()
        self._missing = MissingTableNote(bridge, self.tr("With it you can choose columns and train on."))
        self._filled = QWidget()
        self._filled.setProperty("plain", True)
        self.body.addWidget(self._empty)
        self.body.addWidget(self._missing)
        self.body.addWidget(self._filled)
        self._lay_out()
        self.columns.ticked.connect(self._on_ticked)
        self.ignored.ticked.connect(self._on_ticked)
        self.expander.toggled.connect(self._on_expanded)
        self.target.activated.connect(self._on_target_chosen)
        self._builder.finished.connect(self._on_built)
        self._builder.failed.connect(self._refuse)
        bridge.dataset_changed.connect(self._on_dataset_changed)
        self._on_dataset_changed()

    def _lay_out(self) -> None:
        caption = PlainLabel(self.tr("Target"), role="label")
        caption.setBuddy(self.target)
        target_row = QHBoxLayout()
        target_row.setSpacing(7)
        target_row.addWidget(Glyph("target", "accent", 15))
        target_row.addWidget(caption)
        target_row.addSpacing(2)
        target_row.addWidget(self.target, 1)
        column = QVBoxLayout(self._filled)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.columns, self.expander, self.ignored):
            column.addWidget(widget)
        column.addSpacing(4)
        column.addWidget(self._rule)
        column.addSpacing(9)
        column.addLayout(target_row)
        column.addSpacing(10)
        column.addWidget(self._split)

    @property
    def busy(self) -> bool:
        """Whether a change is being worked out."""
        return self._builder.busy

    def show_dataset(self, dataset: Dataset | None) -> None:
        """Fill the card with `dataset`, or say that there is none."""
        self._filled.setVisible(dataset is not None)
        self._empty.setVisible(self._bridge.document.described is None)
        self.summary.setVisible(dataset is not None)
        if dataset is None:
            return
        recipe, encoder = dataset.recipe, dataset.encoder
        inputs = frozenset(recipe.inputs)
        widths = {group.column: group.stop - group.start for group in encoder.groups}
        columns = [column for column in dataset.table.columns if column.name != recipe.target]
        rows = [_row(column, column.name in inputs, widths.get(column.name, 0)) for column in columns]
        self.summary.setText(f"{count(len(inputs), 'column')} → {count(encoder.n_inputs, 'input')}")
        self.columns.show_rows(tuple(row for row in rows if row.checked or row.reason is None))
        left_out = tuple(row for row in rows if not row.checked and row.reason is not None)
        self.ignored.show_rows(left_out)
        self.expander.setText(_ignored_sentence(left_out))
        self.expander.setVisible(bool(left_out))
        self._on_expanded(self.expander.isChecked())
        self.target.show_dataset(dataset)
        self._split.show_counts(len(dataset.train), len(dataset.validation), len(dataset.test))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a rule through the padding of the card, from edge to edge."""
        super().paintEvent(event)
        if self._rule.isVisible():
            y = self._rule.mapTo(self, QPoint(0, 0)).y()
            with QPainter(self) as painter:
                painter.fillRect(1, y, self.width() - 2, 1, QColor(theme.current().border))

    def _on_dataset_changed(self) -> None:
        self._builder.stop()  # what it made would be of the data that were open before
        self._wanted = None
        self.show_problem("")
        self.show_dataset(self._bridge.document.dataset)

    def _on_expanded(self, expanded: bool) -> None:
        self.ignored.setVisible(expanded and not self.ignored.is_empty)

    def _on_ticked(self, name: str, wanted: bool) -> None:
        def change(dataset: Dataset) -> Recipe:
            inputs = set(dataset.recipe.inputs) - {name} | ({name} if wanted else set())
            names = (column.name for column in dataset.table.columns)
            return replace(dataset.recipe, inputs=tuple(each for each in names if each in inputs))

        self._rebuild(change)

    def _on_target_chosen(self, _index: int) -> None:
        from ann_viz.data import with_target

        name = self.target.chosen
        dataset = self._bridge.document.dataset
        if dataset is not None and name != dataset.recipe.target:
            self._rebuild(lambda dataset: with_target(dataset.table, dataset.recipe, name))

    def _rebuild(self, change: Callable[[Dataset], Recipe]) -> None:
        """Open the same table under another recipe, worked out in a thread; the last change wins."""
        from ann_viz.data import Dataset, build_dataset

        dataset = self._bridge.document.dataset
        if dataset is None:
            return
        self._builder.stop()
        basis = dataset if self._wanted is None else replace(dataset, recipe=self._wanted)
        try:
            recipe = change(basis)
        except AnnVizError as error:
            self._refuse(error)
            return
        self._wanted = recipe
        self._builder.start(partial(build_dataset, dataset.table, recipe), discard=Dataset.release)

    def _on_built(self, dataset: Dataset) -> None:
        self._wanted = None
        now = self._bridge.document.dataset
        if now is not None and now.table is dataset.table:
            self._bridge.open_dataset(dataset)
        else:  # another file was opened meanwhile
            dataset.release()

    def _refuse(self, error: AnnVizError) -> None:
        self._wanted = None
        self.show_dataset(self._bridge.document.dataset)
        self.show_problem(str(error))

    def stop(self) -> None:
        """Give up a change under way and wait for its thread, before the table is closed."""
        self._builder.close()
        self._wanted = None


def _row(column: Column, checked: bool, width: int) -> ColumnRow:
    return ColumnRow(
        name=column.name,
        kind=column.kind,
        checked=checked,
        badge=width if column.kind == "category" else 0,
        histogram=column.histogram,
        reason=column.reason,
    )


def _ignored_sentence(rows: tuple[ColumnRow, ...]) -> str:
    if all(row.kind == "identifier" for row in rows):
        return counted("{n} identifier column ignored", "{n} identifier columns ignored", len(rows))
    return counted("{n} column ignored", "{n} columns ignored", len(rows))
