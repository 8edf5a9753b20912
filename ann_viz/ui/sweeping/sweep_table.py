"""The table of a sweep: means with their spread, a dot for every seed, and the way to open a run."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ann_viz.session.sweeping.plan import Plan
from ann_viz.session.sweeping.ranking import RunScore
from ann_viz.ui.document.copying import let_copy
from ann_viz.ui.kit import icons, theme
from ann_viz.ui.kit.painted import write_cut
from ann_viz.ui.sweeping.sweep_model import OPEN, PARAMETERS, RANK, SCORE, SECOND, SEEDS, SweepModel

__all__ = ["SweepTable"]

ROW: Final = 32
PAD: Final = 8
DOT: Final = 2.2
WIDTHS: Final = {RANK: 40, SEEDS: 96, OPEN: 112}
BOLD: Final = 10  # wider than usual letters, of a mean
NOT_SETTINGS: Final = (RANK, SCORE, SEEDS, SECOND, PARAMETERS, OPEN)
DROPPED: Final = (PARAMETERS, SECOND)  # first where there is no room
AnyIndex = QModelIndex | QPersistentModelIndex


class _Delegate(QStyledItemDelegate):
    """Paints the cells."""

    def __init__(self, table: SweepTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw ground, line and what the cell says."""
        model, row = self._table.runs, index.row()
        run = model.run_at(row)
        if run is None:
            return
        tokens, box = theme.current(), QRectF(option.rect)
        column = model.columns[index.column()]
        marked = row == self._table.marked
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if marked or option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(tokens.accent_soft))
        elif run.is_baseline:
            painter.fillRect(box, QColor(tokens.surface2))
        painter.setPen(QPen(QColor(tokens.border), 1))
        painter.drawLine(QPointF(box.left(), box.bottom() - 0.5), QPointF(box.right(), box.bottom() - 0.5))
        inside = box.adjusted(PAD, 0, -PAD, 0)
        if column == SEEDS:
            self._paint_seeds(painter, inside, run, is_close=model.is_close(row))
        elif column == OPEN:
            self._paint_open(painter, inside, str(index.data()), is_first=row == 0 or marked)
        else:
            self._paint_text(painter, inside, option.font, run, column, str(index.data()), is_close=model.is_close(row))
        painter.restore()

    def _paint_text(
        self, painter: QPainter, box: QRectF, base: QFont, run: RunScore, column: str, text: str, *, is_close: bool
    ) -> None:
        tokens = theme.current()
        font = theme.tabular(base)
        font.setPixelSize(round(12 * theme.magnified()))
        muted = run.failed or run.is_baseline
        colour = tokens.muted if muted else tokens.text
        if column == RANK:
            colour = tokens.accent if is_close else tokens.muted
        if column == SCORE and run.failed:
            colour = tokens.danger
        right = Qt.AlignmentFlag.AlignRight if column == PARAMETERS else Qt.AlignmentFlag.AlignLeft
        head, plus_minus, tail = text.partition(" ± ")
        if column == SCORE and not run.failed:
            bold = QFont(font)
            bold.setWeight(QFont.Weight.DemiBold)
            write_cut(painter, box, bold, colour, head)
            box = box.adjusted(QFontMetricsF(bold).horizontalAdvance(head + " "), 0, 0, 0)
            head, colour = f"± {tail}" if plus_minus else "", tokens.muted
            write_cut(painter, box, font, colour, head)
            return
        write_cut(painter, box, font, colour, text, right)

    def _paint_seeds(self, painter: QPainter, box: QRectF, run: RunScore, *, is_close: bool) -> None:
        """Draw a dot for every seed, the range between them and the mean; what is off the scale as an arrow."""
        low, high = self._table.scale
        values = [value for value in run.values() if math.isfinite(value)]
        if not values or not high > low:
            return
        tokens = theme.current()
        colour = QColor(tokens.accent if is_close else tokens.muted)
        shares = [(value - low) / (high - low) for value in values]
        inside = [min(1.0, max(0.0, share)) for share in shares]
        middle, room = box.center().y(), box.width() - 10
        left = box.left() + 2
        pale = QColor(colour)
        pale.setAlphaF(0.22)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(pale)
        first, last = left + min(inside) * room, left + max(inside) * room
        painter.drawRoundedRect(QRectF(first - 2, middle - 2.5, last - first + 4, 5), 2.5, 2.5)
        painter.setBrush(colour)
        for share, place in zip(shares, inside, strict=True):
            if 0.0 <= share <= 1.0:
                painter.drawEllipse(QPointF(left + place * room, middle), DOT, DOT)
        painter.setPen(colour)
        if max(shares) > 1.0:
            painter.drawText(QPointF(left + room + 2, middle + 4), "›")
        if min(shares) < 0.0:
            painter.drawText(QPointF(left - 6, middle + 4), "‹")
        mean = (run.mean() - low) / (high - low) if not run.failed else math.nan
        if 0 <= mean <= 1:
            painter.setPen(QPen(colour, 2))
            painter.drawLine(QPointF(left + mean * room, middle - 6), QPointF(left + mean * room, middle + 6))

    def _paint_open(self, painter: QPainter, box: QRectF, text: str, *, is_first: bool) -> None:
        if not text:
            return
        tokens = theme.current()
        if not is_first:
            ratio = painter.deviceTransform().m11()
            arrow = icons.pixmap("arrow-right", tokens.muted, 14, ratio=ratio)
            painter.drawPixmap(QPointF(box.right() - 14, box.center().y() - 7), arrow)
            return
        font = QFont(painter.font())
        font.setPixelSize(round(12 * theme.magnified()))
        font.setWeight(QFont.Weight.Medium)
        width = QFontMetricsF(font).horizontalAdvance(text) + 16
        pill = QRectF(box.right() - width, box.center().y() - 11.5, width, 23)
        painter.setPen(QPen(QColor(tokens.accent_line), 1))
        painter.setBrush(QColor(tokens.surface))
        painter.drawRoundedRect(pill, 6, 6)
        painter.setFont(font)
        painter.setPen(QColor(tokens.accent))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)


class SweepTable(QTableView):
    """Runs, best first.

    Attributes
    ----------
    runs : SweepModel
    scale : tuple of float
        Between which scores the dots are drawn.
    marked : int
        The row that is stressed; -1 for none.
    """

    opened = Signal(list)
    """Open the runs of these rows."""

    hovered = Signal(int)
    """The mouse is over this row; -1 for none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.runs = SweepModel(self)
        self.scale = (0.0, 1.0)
        self.marked = -1
        let_copy(self)
        self.setObjectName("sweepTable")
        self.setAccessibleName(self.tr("Runs of the sweep, best first"))
        self.setModel(self.runs)
        self.setItemDelegate(_Delegate(self))
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumSectionSize(24)
        self.doubleClicked.connect(lambda index: self.opened.emit([index.row()]))
        self.clicked.connect(self._on_clicked)
        self.viewport().installEventFilter(self)

    def show_runs(
        self, plan: Plan | None, runs: Sequence[RunScore], baselines: Sequence[RunScore], shown: Sequence[int]
    ) -> None:
        """Show other runs, as `SweepModel.show` does; those that were selected stay so."""
        selected = {run.settings for row in self.selected_rows() if (run := self.runs.run_at(row)) is not None}
        self.runs.show(plan, runs, baselines, shown)
        flags = QItemSelectionModel.SelectionFlag
        for row in range(len(shown)):
            if runs[shown[row]].settings in selected:
                self.selectionModel().select(self.runs.index(row, 0), flags.Select | flags.Rows)
        self.refit()

    def refit(self) -> None:
        """Give every column its room once other runs are shown."""
        self.scale = self.runs.seed_scale()
        columns, width = self.runs.columns, self.viewport().width()
        needed = {name: WIDTHS.get(name) or self._width_of(place) for place, name in enumerate(columns)}
        for name in DROPPED:
            if sum(needed.values()) > width:
                needed.pop(name, None)
        growing = [name for name in needed if name not in NOT_SETTINGS or name == SEEDS]
        spare = max(0, width - sum(needed.values())) // max(1, len(growing))
        for place, name in enumerate(columns):
            self.setColumnHidden(place, name not in needed)
            self.setColumnWidth(place, needed.get(name, 0) + (spare if name in growing else 0))
        self._join_cells()

    def _width_of(self, place: int) -> int:
        """Return the room that the texts of a column take."""
        is_setting = self.runs.columns[place] not in NOT_SETTINGS
        rows = [row for row in range(self.runs.rowCount()) if not (is_setting and self._is_baseline(row))]
        texts = [str(self.runs.index(row, place).data()) for row in rows]
        texts.append(str(self.runs.headerData(place, Qt.Orientation.Horizontal)))
        bold = BOLD if self.runs.columns[place] == SCORE else 0
        return 2 * PAD + bold + max(self.fontMetrics().horizontalAdvance(text) for text in texts)

    def _join_cells(self) -> None:
        """Let the name of a baseline stand where the settings of a run stand."""
        self.clearSpans()
        n_settings = sum(name not in NOT_SETTINGS for name in self.runs.columns)
        for row in range(self.runs.rowCount()):
            if n_settings > 1 and self._is_baseline(row):
                self.setSpan(row, 1, 1, n_settings)

    def _is_baseline(self, row: int) -> bool:
        run = self.runs.run_at(row)
        return run is not None and run.is_baseline

    def mark(self, row: int) -> None:
        """Stress a row; -1 for none."""
        if row != self.marked:
            self.marked = row
            self.viewport().update()

    def selected_rows(self) -> list[int]:
        """Return the rows that are selected, from the top."""
        return sorted({index.row() for index in self.selectionModel().selectedRows()})

    def _on_clicked(self, index: QModelIndex) -> None:
        if self.runs.columns[index.column()] == OPEN:
            self.opened.emit([index.row()])

    # Qt -------------------------------------------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open what is selected with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.selected_rows():
            self.opened.emit(self.selected_rows())
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the mouse over the rows."""
        if event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self.hovered.emit(self.indexAt(event.position().toPoint()).row())
        elif event.type() == QEvent.Type.Leave:
            self.hovered.emit(-1)
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns into the new width."""
        super().resizeEvent(event)
        self.refit()
