"""How the loss falls, epoch by epoch, on rows learned from and on rows kept aside.

The chart redraws at most ten times a second while training runs, and not at all while nobody can see it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QElapsedTimer, QEvent, QPointF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QWidget

from ann_viz.session import RunState
from ann_viz.ui import theme
from ann_viz.ui.bridge import Bridge
from ann_viz.ui.card import Card
from ann_viz.ui.controls import ToggleSwitch
from ann_viz.ui.loss_curves import Curves

if TYPE_CHECKING:
    from ann_viz.engine import Snapshot
    from ann_viz.ui.loss_plot import LossPlot

__all__ = ["LossChart"]

REDRAW_INTERVAL_MS: Final = 100
FLAT_OUT_INTERVAL_MS: Final = 500  # a redraw costs several frames of the canvas: at 4 Hz, a quarter of training
FEWEST_EPOCHS: Final = 1
MANY_EPOCHS: Final = 500  # from here on wide lines cost too much while training runs


class LossChart(Card):
    """Header with the two newest losses, and the chart below it.

    Parameters
    ----------
    bridge : Bridge
        Its session's newest snapshot is what is drawn.
    """

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__("chart-line", "Loss", parent)
        self.setObjectName("lossChart")
        self._bridge = bridge
        self._plot: LossPlot | None = None
        self._baseline = self._guessing()
        self._since = QElapsedTimer()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._redraw_if_seen)
        self.train = QLabel()
        self.validation = QLabel()
        for label in (self.train, self.validation):
            label.setProperty("role", "label")
        self.log = ToggleSwitch("Logarithmic loss axis")
        self.log.setToolTip("Show the loss on a logarithmic scale")
        self.log.toggled.connect(self._redraw_if_seen)
        self._header = QWidget()
        self._stack = QStackedLayout()
        self._stack.addWidget(_EmptyChart())
        self._lay_out()
        bridge.snapshot_changed.connect(self._on_snapshot_changed)
        bridge.state_changed.connect(self._redraw_if_seen)
        bridge.settings_changed.connect(self._on_settings_changed)
        bridge.dataset_changed.connect(self._on_settings_changed)

    def _lay_out(self) -> None:
        caption = QLabel("log")
        caption.setProperty("role", "muted")
        row = QHBoxLayout(self._header)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.train)
        row.addWidget(self.validation)
        row.addStretch()
        row.addWidget(caption)
        row.setSpacing(8)
        row.addWidget(self.log)
        self.body.setSpacing(2)
        self.body.addWidget(self._header)
        self.body.addLayout(self._stack, 1)

    @property
    def plot(self) -> LossPlot | None:
        """The chart below the header, once there was something to draw."""
        return self._plot

    def sizeHint(self) -> QSize:
        """As in the design."""
        return QSize(320, 240)

    def _on_snapshot_changed(self) -> None:
        running = self._bridge.session.state is RunState.RUNNING
        interval = FLAT_OUT_INTERVAL_MS if self._bridge.session.speed.kind == "max" else REDRAW_INTERVAL_MS
        waited = self._since.elapsed() if self._since.isValid() else interval
        if not running or waited >= interval:
            self._redraw_if_seen()
        elif not self._later.isActive():
            self._later.start(int(interval - waited))

    def _redraw_if_seen(self) -> None:
        if self.isVisible() and not self.window().isMinimized():
            self._later.stop()
            self._since.start()
            self._redraw()

    def _redraw(self) -> None:
        snapshot = self._bridge.session.snapshot
        drawable = snapshot is not None and len(snapshot.history) > FEWEST_EPOCHS
        self._header.setVisible(drawable)
        if snapshot is None or not drawable:
            self._stack.setCurrentIndex(0)
            return
        curves = self._curves(snapshot)
        self._show_header(curves)
        plot = self._plot or self._build_plot()
        plot.show_curves(curves)
        self._stack.setCurrentWidget(plot)

    def _build_plot(self) -> LossPlot:
        from ann_viz.ui.loss_plot import LossPlot  # pyqtgraph takes longer to import than the window

        self._plot = LossPlot()
        self._stack.addWidget(self._plot)
        return self._plot

    def _curves(self, snapshot: Snapshot) -> Curves:
        session, history = self._bridge.session, snapshot.history
        running = session.state is RunState.RUNNING
        has_validation = bool(np.isfinite(history.validation_loss).any())
        rows = np.flatnonzero(history.epoch == snapshot.best_epoch)
        best = int(rows[0]) if has_validation and len(rows) and snapshot.best_epoch > 0 else None
        return Curves(
            epoch=history.epoch,
            train=history.train_loss,
            validation=history.validation_loss if has_validation else None,
            best=best,
            baseline=self._baseline,
            log=self.log.isChecked(),
            fast=running and (session.speed.kind == "max" or len(history) > MANY_EPOCHS),
        )

    def _guessing(self) -> float | None:
        """Loss of always giving the commonest class or the mean; it is known for the standard losses only."""
        session = self._bridge.session
        network = session.network_config
        if session.dataset is None or network is None or network.loss_name in {"mae", "huber"}:
            return None
        loss = session.baseline("validation" if len(session.dataset.validation) else "train").get("loss")
        return float(loss) if loss is not None and np.isfinite(loss) else None

    def _on_settings_changed(self) -> None:
        self._baseline = self._guessing()
        self._redraw_if_seen()

    def _show_header(self, curves: Curves) -> None:
        tokens = theme.current()
        self.train.setText(_dotted(tokens.train, "train", float(curves.train[-1])))
        self.validation.setVisible(curves.validation is not None)
        if curves.validation is not None:
            self.validation.setText(_dotted(tokens.validation, "validation", float(curves.validation[-1])))

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while hidden."""
        super().showEvent(event)
        self._redraw_if_seen()

    def changeEvent(self, event: QEvent) -> None:
        """Draw in the colours of a new theme."""
        if event.type() == QEvent.Type.StyleChange:
            self._redraw_if_seen()
        super().changeEvent(event)


class _EmptyChart(QWidget):
    """A promise of the curve to come."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw grid lines, a dashed curve and one sentence."""
        tokens = theme.current()
        left, right = 28.0, self.width() - 6.0
        top, bottom = 0.12 * self.height(), 0.86 * self.height()
        with QPainter(self) as painter:
            painter.setPen(QPen(QColor(tokens.surface3), 2.0))
            for line in range(5):
                y = round(top + (bottom - top) * line / 4)
                painter.drawLine(QPointF(left, y), QPointF(right, y))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            curve = QPainterPath(QPointF(left, top + 4))
            curve.cubicTo(
                QPointF(left + 0.16 * (right - left), top + 0.85 * (bottom - top)),
                QPointF(left + 0.5 * (right - left), top + 0.88 * (bottom - top)),
                QPointF(right, top + 0.92 * (bottom - top)),
            )
            pen = QPen(QColor(tokens.border_strong), 2.0)
            pen.setDashPattern([2.0, 2.0])
            painter.setPen(pen)
            painter.drawPath(curve)
            painter.setPen(QColor(tokens.muted))
            text = "The loss curve draws itself\nhere once training starts"
            painter.drawText(self.rect().adjusted(20, 0, 0, -8), Qt.AlignmentFlag.AlignCenter, text)


def _dotted(colour: str, name: str, loss: float) -> str:
    strong = f'<span style="color:{theme.current().text}; font-weight:600">{loss:.3f}</span>'
    return f'<span style="color:{colour}">●</span> {name} {strong}'
