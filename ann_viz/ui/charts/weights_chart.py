"""The weights: histograms of every layer on one scale, or where the inputs are pixels, what each neuron looks for."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ann_viz.numerals import MINUS, compact, format_number
from ann_viz.scene import round_up_to_one_digit
from ann_viz.scene.pixels import find_pixel_image
from ann_viz.translation import translate
from ann_viz.ui.charts.chart_page import FLAT_OUT_INTERVAL_MS, ChartPage
from ann_viz.ui.charts.templates_view import TemplatesView, templates
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.painted import Painted

if TYPE_CHECKING:
    from ann_viz.engine import Snapshot

__all__ = ["LayerWeights", "WeightsChart", "layer_names", "weights_by_layer"]

N_BINS: Final = 40
NAMES: Final = 126.0
LEAST_ROW: Final = 36
FOOT: Final = 16.0
GAP: Final = 6.0
FIRST_LONG: Final = 9  # hidden layer from which on both names don't fit


@dataclass(frozen=True, slots=True, eq=False)
class LayerWeights:
    """The weights between two columns of neurons.

    Parameters
    ----------
    name : str
        Which columns.
    counts : (N_BINS,) ndarray
        How many weights lie in each of as many equal parts of the scale.
    size : float
        Mean of |w|.
    """

    name: str
    counts: NDArray[np.int64]
    size: float


def layer_names(n_layers: int) -> tuple[str, ...]:
    """Return "input → hidden 1" and so on for every layer of weights."""
    hidden = [translate("hidden {n}").format(n=n) for n in range(1, n_layers)]
    columns = [translate("input"), *hidden, translate("output")]
    names = [f"{before} → {after}" for before, after in pairwise(columns)]
    for n in range(FIRST_LONG, n_layers - 1):
        names[n] = translate("hidden {n} → {next}").format(n=n, next=n + 1)  # what fits
    return tuple(names)


def weights_by_layer(snapshot: Snapshot) -> tuple[tuple[LayerWeights, ...], float]:
    """Return the histogram of every layer's weights, and the end of their common scale."""
    finite = [W[np.isfinite(W)].astype(np.float64) for W in snapshot.W]  # twice the end of the scale overflows
    end = round_up_to_one_digit(max((float(np.abs(w).max()) for w in finite if w.size), default=1.0))
    layers = (
        LayerWeights(
            name,
            np.histogram(w, bins=N_BINS, range=(-end, end))[0].astype(np.int64),
            float(np.abs(w).mean()) if w.size else 0.0,
        )
        for name, w in zip(layer_names(len(finite)), finite, strict=True)
    )
    return tuple(layers), end


class WeightsChart(ChartPage):
    """One histogram below the other.

    Parameters
    ----------
    bridge : Bridge
        To the session.
    """

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent, interval_ms=FLAT_OUT_INTERVAL_MS)
        self.setObjectName("weightsChart")
        self.view = Histograms()
        self.templates = TemplatesView()
        self.templates.hide()
        self.templates.chosen.connect(self.neuron_chosen)
        self._about = about = PlainLabel(parent=self, role="muted")
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        scroll.setWidget(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(about)
        column.addWidget(self.templates, 2)
        column.addWidget(scroll, 1)
        self._scroll = scroll

    def redraw(self) -> None:
        """Count the newest weights, or show them as pictures where the inputs are pixels."""
        session = self._bridge.session
        snapshot = session.snapshot
        picture = None if session.dataset is None else find_pixel_image(session.dataset)
        as_pictures = picture is not None and snapshot is not None and len(snapshot.W) > 1
        self.templates.setVisible(as_pictures)
        self._scroll.setVisible(not as_pictures)
        self._about.setText(
            self.tr("What each neuron of hidden layer 1 looks for")
            if as_pictures
            else self.tr("How many weights have which value")
        )
        if picture is not None and snapshot is not None and as_pictures:
            self.templates.show_pictures(templates(snapshot.W[0], picture))
            if self.templates.more:
                more = self.tr("What the first {n} neurons of hidden layer 1 look for")
                self._about.setText(more.format(n=len(self.templates.pictures)))
            return
        self.view.show_layers(*(((), 1.0) if snapshot is None else weights_by_layer(snapshot)))


class Histograms(Painted):
    """Paints the histograms with a name and the mean size beside each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layers: tuple[LayerWeights, ...] = ()
        self._end = 1.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)

    @property
    def layers(self) -> tuple[LayerWeights, ...]:
        """What is on show."""
        return self._layers

    def show_layers(self, layers: tuple[LayerWeights, ...], end: float) -> None:
        """Show these layers on a scale from −end to +end."""
        if len(layers) != len(self._layers):
            self.setMinimumHeight(round(LEAST_ROW * len(layers) + FOOT))
        self._layers, self._end = layers, end
        self.setAccessibleName(
            "; ".join(
                self.tr("{name}: mean size {value}").format(name=layer.name, value=compact(layer.size))
                for layer in layers
            )
        )
        self.update()

    def sizeHint(self) -> QSize:
        """As many rows as there are layers; the width is up to the layout."""
        return QSize(200, self.minimumHeight())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows and the ends of the scale."""
        tokens = theme.current()
        if not self._layers:
            return
        height = (self.height() - FOOT) / len(self._layers)
        left, width = NAMES, self.width() - NAMES
        align = Qt.AlignmentFlag
        with QPainter(self) as painter:
            for place, layer in enumerate(self._layers):
                box = QRectF(left, place * height + GAP, width, height - GAP)
                self._paint_row(painter, layer, box)
            painter.setPen(QPen(QColor(tokens.border_strong), 1))
            middle = left + width / 2
            painter.drawLine(QLineF(middle, 0, middle, self.height() - FOOT))
            painter.setFont(self.font_of(11))
            painter.setPen(QColor(tokens.muted))
            foot = QRectF(left, self.height() - FOOT + 2, width, FOOT)
            end = format_number(self._end, "g")
            for side, text in (
                (align.AlignLeft, MINUS + end),
                (align.AlignHCenter, "0"),
                (align.AlignRight, f"+{end}"),
            ):
                painter.drawText(foot, side, text)

    def _paint_row(self, painter: QPainter, layer: LayerWeights, box: QRectF) -> None:
        tokens, align = theme.current(), Qt.AlignmentFlag
        for text, size, colour, weight, lift in (
            (layer.name, 12, tokens.text2, QFont.Weight.Normal, -8),
            (self.tr("mean |w| {size}").format(size=compact(layer.size, 3)), 11, tokens.muted, QFont.Weight.Normal, 8),
        ):
            painter.setFont(self.font_of(size, weight))
            painter.setPen(QColor(colour))
            line = QRectF(0, box.center().y() + lift - 8, NAMES - GAP, 16)
            painter.drawText(line, align.AlignVCenter, text)
        painter.setPen(QPen(QColor(tokens.border), 1))
        painter.drawLine(QLineF(box.bottomLeft(), box.bottomRight()))
        painter.setPen(Qt.PenStyle.NoPen)
        step, top = box.width() / N_BINS, max(1, int(layer.counts.max()))
        bars = [
            QRectF(box.left() + place * step, box.bottom() - n / top * box.height(), step - 1, n / top * box.height())
            for place, n in enumerate(layer.counts.tolist())
        ]
        for part, colour in ((bars[: N_BINS // 2], tokens.negative), (bars[N_BINS // 2 :], tokens.positive)):
            painter.setBrush(QColor(colour))
            painter.drawRects(part)
