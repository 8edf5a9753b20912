"""The rows of the batch that training goes through phase by phase, one chip each; a click shows that row."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from ann_viz.explain import wording
from ann_viz.numerals import count, format_number
from ann_viz.session.shown_batch import ShownBatch
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.painted import Painted
from ann_viz.ui.kit.plain_text import plain_tip

__all__ = ["BatchStrip"]

HEIGHT: Final = 30
CHIP: Final = 18.0
LEAST_WIDTH: Final = 18.0
GAP: Final = 3.0
MARGIN: Final = 12.0
PADDING: Final = 4.0
AFTER_WORDS: Final = 8.0


class BatchStrip(Painted):
    """Chips numbered 1, 2, 3 …; as many as fit, those around the shown row. Hidden while no batch is looked at.

    Parameters
    ----------
    bridge : Bridge
        To the document.
    """

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._batch: ShownBatch | None = None
        self.setObjectName("batchStrip")
        self.setAccessibleName(self.tr("Rows of this batch"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setFixedHeight(HEIGHT)
        self.hide()
        bridge.snapshot_changed.connect(self._on_changed)
        bridge.example_changed.connect(self._on_changed)
        self._on_changed()

    @property
    def batch(self) -> ShownBatch | None:
        """What is on show."""
        return self._batch

    def _on_changed(self) -> None:
        batch = self._bridge.document.batch
        if batch is None and self._batch is None:
            return
        self._batch = batch
        self.setVisible(batch is not None)
        if batch is not None:
            self.setAccessibleDescription(self.describe(batch.place))
            self.update()

    def describe(self, place: int) -> str:
        """Say which row a chip is: "row 7 of 32: customer 4,434"."""
        dataset, batch = self._bridge.document.dataset, self._batch
        if dataset is None or batch is None:
            return ""
        name = wording.row_name(dataset, int(batch.rows[place]))
        text = self.tr("row {place} of {n}: {name}")
        return text.format(place=format_number(place + 1), n=format_number(len(batch)), name=name)

    # Where things are -----------------------------------------------------------------------------------------------
    def _words(self) -> str:
        n = 0 if self._batch is None else len(self._batch)
        return self.tr("This batch: {rows}").format(rows=count(n, "row"))

    def chips(self) -> list[tuple[int, QRectF]]:
        """Return which rows of the batch have a chip, and where."""
        if self._batch is None:
            return []
        n, metrics = len(self._batch), QFontMetricsF(self.font_of(11))
        left = MARGIN + metrics.horizontalAdvance(self._words()) + AFTER_WORDS
        width = max(LEAST_WIDTH, metrics.horizontalAdvance(format_number(n)) + 2 * PADDING)
        fits = max(1, int((self.width() - MARGIN - left + GAP) // (width + GAP)))
        first = min(max(0, self._batch.place - fits // 2), max(0, n - fits))
        top = (self.height() - CHIP) / 2
        places = range(first, min(n, first + fits))
        return [(place, QRectF(left + k * (width + GAP), top, width, CHIP)) for k, place in enumerate(places)]

    def _chip_at(self, x: float, y: float) -> int | None:
        return next((place for place, box in self.chips() if box.contains(x, y)), None)

    def sizeHint(self) -> QSize:
        """One line; the width is up to the layout."""
        return QSize(400, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Only the chips around the shown row stay."""
        return QSize(1, HEIGHT)

    # What the user does ---------------------------------------------------------------------------------------------
    def _show(self, place: int) -> None:
        if self._batch is not None and 0 <= place < len(self._batch):
            self._bridge.set_example(int(self._batch.rows[place]))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Show the row of a chip."""
        place = self._chip_at(event.position().x(), event.position().y())
        if place is not None:
            self._show(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show that chips can be clicked."""
        over = self._chip_at(event.position().x(), event.position().y()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from chip to chip."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        key = Qt.Key(event.key())
        if self._batch is not None and key in steps:
            self._show(self._batch.place + steps[key])
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Name the row of a chip under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = self._chip_at(event.pos().x(), event.pos().y())
            if place is not None:
                QToolTip.showText(event.globalPos(), plain_tip(self.describe(place)), self)
                return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words and the chips."""
        batch, tokens = self._batch, theme.current()
        if batch is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(self.font_of(11))
            painter.setPen(QColor(tokens.muted))
            room = QRectF(MARGIN, 0, self.width() - 2 * MARGIN, self.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._words())
            for place, box in self.chips():
                shown = place == batch.place and not batch.beside
                painter.setPen(QPen(QColor(tokens.accent if shown and self.hasFocus() else tokens.border_strong), 1))
                painter.setBrush(QColor(tokens.fill if shown else tokens.surface2))
                painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
                painter.setPen(QColor(tokens.on_fill if shown else tokens.text2))
                painter.setFont(self.font_of(11, QFont.Weight.DemiBold if shown else QFont.Weight.Normal))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, format_number(place + 1))
