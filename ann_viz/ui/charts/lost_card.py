"""How much every run lost after its best epoch: how far its last loss lies above its lowest."""

from __future__ import annotations

from typing import Final

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ann_viz.numerals import fixed_signed
from ann_viz.session.run_tree import RunRow
from ann_viz.ui.charts.desk import Desk
from ann_viz.ui.charts.runs_loss_chart import trained_rows
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.card import Card
from ann_viz.ui.kit.run_colours import run_colour

__all__ = ["LostCard"]

ROW: Final = 23
MOST: Final = 6
BAR: Final = 8.0
MOST_NAMES: Final = 0.62  # of the width
VALUE: Final = 50


class _Bars(QWidget):
    """A bar a run."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lost: list[tuple[str, int, float]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return a row a run."""
        return QSize(200, round(ROW * theme.magnified()) * max(1, len(self.lost)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw names, bars and numbers."""
        tokens, height = theme.current(), round(ROW * theme.magnified())
        font = theme.tabular(self.font())
        font.setPixelSize(round(12 * theme.magnified()))
        bold = QFont(font)
        bold.setWeight(QFont.Weight.DemiBold)
        most = max((lost for *_, lost in self.lost), default=0.0) or 1.0
        metrics = QFontMetricsF(font)
        widest = max((metrics.horizontalAdvance(name) for name, *_ in self.lost), default=0.0)
        left = min(widest + 10, self.width() * MOST_NAMES)
        room = self.width() - left - VALUE
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for place, (name, colour, lost) in enumerate(self.lost):
                box = QRectF(0, place * height, self.width(), height)
                painter.setFont(font)
                painter.setPen(QColor(tokens.text2))
                text = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(left - 8))
                painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
                painter.setFont(bold)
                painter.setPen(QColor(tokens.text))
                value = fixed_signed(lost, 3)
                painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, value)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(run_colour(colour)))
                bar = QRectF(left, box.center().y() - BAR / 2, max(2.0, room * lost / most), BAR)
                painter.drawRoundedRect(bar, 1.5, 1.5)


class LostCard(Card):
    """Stands in the place of the results while the curves of all runs are drawn.

    Parameters
    ----------
    desk : Desk
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("trending-up", self.tr("Lost after its best epoch"), parent)
        self.setObjectName("lostCard")
        self._desk = desk
        self.bars = _Bars()
        self.body.addWidget(self.bars)
        desk.bridge.runs_changed.connect(self._on_changed)
        desk.bridge.state_changed.connect(self._on_changed)
        desk.overlaid.connect(self._on_changed)

    def _on_changed(self) -> None:
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Show what the runs have lost, the compared ones first."""
        letters = self._desk.letters
        rows = [row for row in trained_rows(self._desk) if row.is_shown]
        rows.sort(key=lambda row: letters.get(row.number, "Z"))
        self.bars.lost = [(_name(row, letters.get(row.number, "")), row.place, _lost(row)) for row in rows[:MOST]]
        self.bars.updateGeometry()
        self.bars.update()
        self.bars.setAccessibleName("; ".join(f"{name} {fixed_signed(lost, 3)}" for name, _, lost in self.bars.lost))
        dataset = self._desk.bridge.document.dataset
        part = "" if dataset is None else dataset.judged_part
        self.summary.setText({"validation": self.tr("validation"), "train": self.tr("training")}.get(part, ""))

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up after having been hidden."""
        super().showEvent(event)
        self.refresh()


def _name(row: RunRow, letter: str) -> str:
    return f"{letter} · {row.name}" if letter else row.name


def _lost(row: RunRow) -> float:
    """Return how far the last loss of a run lies above its lowest."""
    last = float(row.losses[-1])
    return max(0.0, last - row.best_loss) if np.isfinite(last) else 0.0
