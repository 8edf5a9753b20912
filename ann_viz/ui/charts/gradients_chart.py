"""How strongly the last batch pulls at every layer: mean |∂L/∂w| on a logarithmic scale.

Where the bars shrink from the output to the input, gradients vanish; where they grow, they may explode.
"""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ann_viz.engine import Snapshot
from ann_viz.explain.gradients import verdict_on
from ann_viz.numerals import in_powers, power_of_ten
from ann_viz.scene.by_layer import LayerGradient, gradients_by_layer
from ann_viz.ui.charts.chart_page import ChartPage
from ann_viz.ui.charts.layer_rows import FOOT, LayerRows
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.scrolling import Scrolling

__all__ = ["GradientsChart"]

LEAST_ROW: Final = 34
BAR: Final = 8.0
FEWEST_DECADES: Final = 3
MOST_MARKS: Final = 5


class GradientsChart(ChartPage):
    """One bar for every layer, and what they mean.

    Parameters
    ----------
    bridge : Bridge
        To the document.
    """

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self.setObjectName("gradientsChart")
        self.view = GradientBars()
        self.verdict = PlainLabel(parent=self, role="label")
        self.about = PlainLabel(parent=self, role="muted")
        scroll = Scrolling(self.view, self, name=self.tr("Gradients of every layer"), sideways=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.about)
        column.addWidget(scroll, 1)
        column.addWidget(self.verdict)

    def redraw(self) -> None:
        """Measure the newest gradients."""
        snapshot = self._bridge.document.snapshot
        layers = () if snapshot is None else gradients_by_layer(snapshot)
        if snapshot is not None and snapshot.step <= 1:
            self.view.forget_scale()
        self.view.show_layers(layers)
        self.about.setText(self.as_of(self._about(snapshot)))
        self.verdict.setText(verdict_on([layer.size for layer in layers]))

    def numbers(self) -> list[tuple[str | float, ...]]:
        """Return the mean size of the gradient of every layer."""
        rows: list[tuple[str | float, ...]] = [("layer", "mean gradient")] if self.view.layers else []
        return rows + [(layer.name, layer.size) for layer in self.view.layers]

    def _about(self, snapshot: Snapshot | None) -> str:
        """Say what is drawn: the mean gradient of the batch, or what penalties and clipping have made of it."""
        kind = "mean" if snapshot is None else snapshot.gradient_kind
        return {
            "mean": self.tr("Mean |∂L/∂w| of the last batch, logarithmic"),
            "penalised": self.tr("Mean |g| of the last batch, with penalties, logarithmic"),
            "clipped": self.tr("Mean |g| of the last batch, clipped, logarithmic"),
        }[kind]


class GradientBars(LayerRows):
    """Paints the bars; the scale only grows during a run, so that bars can be compared over time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(LEAST_ROW, parent)
        self._layers: tuple[LayerGradient, ...] = ()
        self._powers: tuple[int, int] | None = None

    @property
    def layers(self) -> tuple[LayerGradient, ...]:
        """What is on show."""
        return self._layers

    @property
    def powers(self) -> tuple[int, int] | None:
        """Powers of ten at the ends of the scale."""
        return self._powers

    def forget_scale(self) -> None:
        """Begin with a new scale: there is another run."""
        self._powers = None

    def show_layers(self, layers: tuple[LayerGradient, ...]) -> None:
        """Show these layers."""
        if len(layers) != len(self._layers):
            self._powers = None
            self._make_room(len(layers))
        self._layers = layers
        sizes = [layer.size for layer in layers if layer.size > 0 and math.isfinite(layer.size)]
        if sizes:
            low, high = math.floor(math.log10(min(sizes))), math.ceil(math.log10(max(sizes)))
            before = self._powers or (high - FEWEST_DECADES, high)
            self._powers = min(low, before[0]), max(high, before[1])
        self.setAccessibleName("; ".join(f"{layer.name}: {in_powers(layer.size)}" for layer in layers))
        self.update()

    def _across(self, size: float) -> float:
        """Return how far a bar of this size reaches, 0 to 1."""
        low, high = self._powers or (-1, 0)
        if size <= 0 or not math.isfinite(size):
            return 0.0 if size <= 0 else 1.0
        return max(0.02, (math.log10(size) - low) / (high - low))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the marks of the scale and the rows."""
        if not self._layers or self._powers is None:
            return
        tokens, align = theme.current(), Qt.AlignmentFlag
        width, bottom = self.width() - 2.0, self.height() - FOOT
        low, high = self._powers
        with QPainter(self) as painter:
            painter.setFont(self.font_of(11))
            for power in range(low, high + 1, math.ceil((high - low) / MOST_MARKS)):
                x = 1 + width * (power - low) / (high - low)
                painter.setPen(QPen(QColor(tokens.border), 1))
                painter.drawLine(QLineF(x, 0, x, bottom))
                painter.setPen(QColor(tokens.muted))
                box = QRectF(min(max(0.0, x - 20), self.width() - 40), bottom + 2, 40, FOOT)
                side = align.AlignLeft if x < 20 else align.AlignRight if x > width - 20 else align.AlignHCenter
                painter.drawText(box, side, power_of_ten(power))
            height = min(bottom / len(self._layers), 1.6 * LEAST_ROW)
            for place, layer in enumerate(self._layers):
                self._paint_row(painter, layer, QRectF(1, place * height, width, height))

    def _paint_row(self, painter: QPainter, layer: LayerGradient, box: QRectF) -> None:
        tokens, align = theme.current(), Qt.AlignmentFlag
        top = box.center().y() - (18 + BAR) / 2
        line = QRectF(box.left(), top, box.width(), 16)
        painter.setFont(self.font_of(12))
        painter.setPen(QColor(tokens.text2))
        painter.drawText(line, align.AlignLeft, layer.name)
        painter.setFont(self.font_of(12, QFont.Weight.DemiBold))
        painter.setPen(QColor(tokens.text))
        painter.drawText(line, align.AlignRight, in_powers(layer.size))
        painter.setPen(Qt.PenStyle.NoPen)
        track = QRectF(box.left(), top + 18, box.width(), BAR)
        for colour, share in ((tokens.surface3, 1.0), (tokens.error, self._across(layer.size))):
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(QRectF(track.left(), track.top(), share * track.width(), BAR), BAR / 2, BAR / 2)
