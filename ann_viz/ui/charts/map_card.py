"""The card with the decision over two columns: the map, which columns it is of, and what its colours and dots mean."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from ann_viz.explain import wording
from ann_viz.numerals import count, format_number, percent
from ann_viz.rich import joined, rich
from ann_viz.session.confusion import class_names, words_of
from ann_viz.session.trying.form import label_of
from ann_viz.ui.charts.columns_work import draw_map
from ann_viz.ui.charts.figure_card import RoomCard
from ann_viz.ui.charts.map_view import STRONGEST, MapView
from ann_viz.ui.charts.name_box import NameBox
from ann_viz.ui.document.shades import shaded
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.labels import PlainLabel, RichLabel
from ann_viz.ui.kit.painted import Painted

if TYPE_CHECKING:
    from ann_viz.session.judged.columns import Columns
    from ann_viz.session.trying.column_summary import ColumnSummary
    from ann_viz.session.trying.tried_row import TriedRow
    from ann_viz.ui.charts.columns_work import ColumnsWork

__all__ = ["MapCard"]

LEAST_MAP: Final = 220
SIDE: Final = 204
MOST_SAID: Final = 6
BAR: Final = QSize(96, 8)


class _ShadesBar(Painted):
    """The colours of a map from no to yes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(BAR)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw them."""
        box = QRectF(self.rect())
        with QPainter(self) as painter:
            painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
            clip = QPainterPath()
            clip.addRoundedRect(box, 3, 3)
            painter.setClipPath(clip)
            painter.fillRect(box, QColor(theme.current().surface))
            painter.drawImage(box, shaded(np.linspace(-1, 1, 49)[None], theme.current(), STRONGEST))


class MapCard(RoomCard):
    """A map and, beside it, what is drawn.

    Attributes
    ----------
    map : MapView
    across, up, others : QComboBox
        The two columns, and what all others are.
    """

    chosen = Signal()
    """Other columns are to be drawn, or the others to be otherwise."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.name(self.tr("Two columns together"), self.tr("decision surface"))
        self.map = MapView(self)
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
        self.still = PlainLabel(parent=self, role="caption", wrap=True)
        self.legend = RichLabel(parent=self, role="label", wrap=True)
        self.ends = RichLabel(parent=self, role="label"), RichLabel(parent=self, role="label")
        self._lay_out()
        for box in (self.across, self.up, self.others):
            box.activated.connect(lambda _place: self.chosen.emit())

    def _lay_out(self) -> None:
        side = QFrame(self)
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
        grid.addWidget(self.still, 3, 0, 1, 2)
        grid.setRowStretch(4, 1)
        grid.addWidget(self.legend, 5, 0, 1, 2)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.map, 1)
        row.addWidget(side)
        self.body.addLayout(row, 1)
        for widget in (self.ends[0], _ShadesBar(self), self.ends[1]):
            self.head.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    # Which columns --------------------------------------------------------------------------------------------------
    def offer(self, columns: Iterable[str]) -> None:
        """Let these columns be chosen; of a single one there is no map."""
        columns = tuple(columns)
        for box in (self.across, self.up):
            box.clear()
            for column in columns:
                box.addItem(column, column)
        self.setVisible(len(columns) > 1)

    def choose(self, across: str, up: str = "") -> None:
        """Draw a column across, and another one up: by default the one that was there, unless that is the same."""
        with QSignalBlocker(self.across), QSignalBlocker(self.up):
            before = self.across.currentIndex()
            self.across.setCurrentIndex(self.across.findData(across))
            if up:
                self.up.setCurrentIndex(self.up.findData(up))
            elif self.up.currentData() == across:
                self.up.setCurrentIndex(before)

    def columns(self) -> tuple[str, str] | None:
        """Return the two columns; where twice the same one is chosen, another one instead."""
        n, across = self.up.count(), self.across.currentData()
        if n < 2 or across is None:
            return None
        if self.up.currentData() == across:
            self.up.setCurrentIndex(next(place for place in range(n) if self.up.itemData(place) != across))
        return across, self.up.currentData()

    # Showing --------------------------------------------------------------------------------------------------------
    def show_map(self, page: ColumnsWork, result: Columns, row: TriedRow) -> None:
        """Draw the two columns that are chosen.

        Parameters
        ----------
        page : ColumnsWork
            For which it is drawn.
        result : Columns
        row : TriedRow
            The row on show.
        """
        columns, others = self.columns(), self.others.currentData()
        found = None if columns is None else draw_map(page, result, *columns, others)
        if columns is None or found is None:
            return
        drawn, shades, ringed = found
        self.map.show_map(drawn, shades, ringed)
        summaries = page.document.known.summaries(result.request.dataset)
        self.still.setText(_values_text(result, row, columns, summaries) if others == "example" else "")
        self._show_legend(result, page.document.threshold, len(drawn.numbers))

    def _show_legend(self, result: Columns, threshold: float, n_dots: int) -> None:
        tokens, dataset = theme.current(), result.request.dataset
        task = dataset.recipe.task
        if task == "regression":
            yes, no = self.tr("above the mean"), self.tr("below the mean")
        elif task == "binary":
            yes, no = wording.binary_names(dataset)
        else:
            yes = class_names(dataset)[result.request.output]
            no = self.tr("another class")
        words = ((no, tokens.negative_text), (yes, tokens.positive_text))
        for label, (name, colour) in zip(self.ends, words, strict=True):
            label.setText(rich('<span style="color:{colour}">{name}</span>', colour=colour, name=name))
        if task == "binary":  # dots are rows of which it is known
            no, yes = words_of(dataset).was_no, words_of(dataset).was_yes
        parts = [
            rich('<span style="color:{colour}">●</span> {name}', colour=tokens.positive, name=yes),
            rich('<span style="color:{colour}">○</span> {name}', colour=tokens.negative, name=no),
        ]
        if task != "regression":
            turn = threshold if task == "binary" else 0.5
            parts.append(rich(self.tr("<b>—</b> the answer turns, {t}"), t=percent(turn)))
            thin = rich('<span style="color:{colour}">—</span>', colour=tokens.faint)
            parts.append(rich(self.tr("{line} 25 % and 75 %"), line=thin))
        else:
            parts.append(rich(self.tr("<b>—</b> the mean")))
        rows = self.tr("{n} of {rows}; they differ in the other columns too.")
        muted = rich(
            '<span style="color:{colour}">{text}</span>',
            colour=tokens.muted,
            text=rows.format(n=format_number(n_dots), rows=count(len(result.rows), "row")),
        )
        self.legend.setText(joined(rich("<br>"), [*parts, muted]))


def _values_text(result: Columns, row: TriedRow, columns: tuple[str, str], summaries: Iterable[ColumnSummary]) -> str:
    """Return what a row has in the other columns, the important ones first: "France · Tenure 5"."""
    known = {summary.name: summary for summary in summaries}
    values = dict(zip(known, row.values, strict=True))
    told: list[str] = []
    for each in result.importance.columns:
        if each.column in columns or len(told) == MOST_SAID:
            continue
        text = label_of(known[each.column], values[each.column])
        says_enough = text in known[each.column].feature.categories  # not so a number, or yes
        told.append(text if says_enough else f"{each.column} {text}")
    return " · ".join(told)
