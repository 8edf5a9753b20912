"""The weights: histograms of every layer on one scale, or where the inputs are pixels, what each neuron looks for."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ann_viz.numerals import MINUS, compact, count, counted, format_number
from ann_viz.scene.by_layer import N_BINS, LayerWeights, weights_by_layer
from ann_viz.scene.pixels import find_pixel_image, templates
from ann_viz.ui.charts.chart_page import FLAT_OUT_INTERVAL_MS, ChartPage
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.painted import Painted
from ann_viz.ui.kit.scrolling import Scrolling
from ann_viz.ui.kit.theme import Tokens

__all__ = ["TemplatesView", "WeightsChart"]

NAMES: Final = 126.0
LEAST_ROW: Final = 36
FOOT: Final = 16.0
GAP: Final = 6.0
MOST_PICTURES: Final = 64
PICTURE_GAP: Final = 5.0
LARGEST_PICTURE: Final = 88.0


class WeightsChart(ChartPage):
    """One histogram below the other.

    Parameters
    ----------
    bridge : Bridge
        To the document.
    """

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent, interval_ms=FLAT_OUT_INTERVAL_MS)
        self.setObjectName("weightsChart")
        self.view = Histograms()
        self.templates = TemplatesView()
        self.templates.hide()
        self.templates.chosen.connect(self.neuron_chosen)
        self.about = about = PlainLabel(parent=self, role="muted")
        scroll = Scrolling(self.view, self, name=self.tr("Weights of every layer"), sideways=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(about)
        column.addWidget(self.templates, 2)
        column.addWidget(scroll, 1)
        self._scroll = scroll

    def redraw(self) -> None:
        """Count the newest weights, or show them as pictures where the inputs are pixels."""
        document = self._bridge.document
        snapshot = document.snapshot
        picture = None if document.dataset is None else find_pixel_image(document.dataset)
        as_pictures = picture is not None and snapshot is not None and len(snapshot.W) > 1
        self.templates.setVisible(as_pictures)
        self._scroll.setVisible(not as_pictures)
        about = (
            self.tr("What each neuron of hidden layer 1 looks for")
            if as_pictures
            else self.tr("How many weights have which value")
        )
        self.about.setText(self.as_of(about))
        self.about.brief = self.tr("What each of its neurons looks for") if as_pictures else ""
        if picture is not None and snapshot is not None and as_pictures:
            self.templates.show_pictures(templates(snapshot.W[0], picture))
            if self.templates.more:
                more = counted(
                    "What the first neuron of hidden layer 1 looks for",
                    "What the first {n} neurons of hidden layer 1 look for",
                    len(self.templates.pictures),
                )
                self.about.setText(self.as_of(more))
            return
        self.view.show_layers(*(((), 1.0) if snapshot is None else weights_by_layer(snapshot)))

    def numbers(self) -> list[tuple[str | float, ...]]:
        """Return how many weights of every layer lie between which values."""
        return self.view.numbers()


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

    def numbers(self) -> list[tuple[str | float, ...]]:
        """Return a row for each bar; nothing without a network."""
        rows: list[tuple[str | float, ...]] = [("layer", "from", "to", "weights")] if self._layers else []
        for layer in self._layers:
            ends = np.linspace(-self._end, self._end, len(layer.counts) + 1).tolist()
            rows += [
                (layer.name, *between, n) for between, n in zip(pairwise(ends), layer.counts.tolist(), strict=True)
            ]
        return rows

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


class TemplatesView(Painted):
    """As many pictures as there are neurons, up to 64; a click chooses one."""

    chosen = Signal(int)
    """A neuron of the first hidden layer, counted from 0."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures: NDArray[np.float32] = np.zeros((0, 1, 1), np.float32)
        self._n_neurons = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(self.tr("Blue pixels speak for the neuron, orange ones against it; click to select it"))

    @property
    def pictures(self) -> NDArray[np.float32]:
        """What is on show."""
        return self._pictures

    @property
    def more(self) -> int:
        """How many neurons have no picture here."""
        return self._n_neurons - len(self._pictures)

    def show_pictures(self, pictures: NDArray[np.float32]) -> None:
        """Show the first 64 of these."""
        self._n_neurons, self._pictures = len(pictures), pictures[:MOST_PICTURES]
        self.setAccessibleName(
            self.tr("What {neurons} look for, as pictures").format(neurons=count(len(self._pictures), "neuron"))
        )
        self.update()

    def sizeHint(self) -> QSize:
        """As in the design; the layout may give more."""
        return QSize(280, 160)

    def boxes(self) -> list[QRectF]:
        """Return where every picture stands."""
        n = len(self._pictures)
        if not n:
            return []
        fitting = (self._size_of(columns) for columns in range(1, n + 1))
        columns, side = max(enumerate(fitting, start=1), key=lambda pair: (pair[1], pair[0]))  # rather wide than high
        pitch = side + PICTURE_GAP
        return [QRectF(i % columns * pitch, i // columns * pitch, side, side) for i in range(n)]

    def _size_of(self, columns: int) -> float:
        rows = math.ceil(len(self._pictures) / columns)
        return min(
            LARGEST_PICTURE,
            (self.width() + PICTURE_GAP) / columns - PICTURE_GAP,
            (self.height() + PICTURE_GAP) / rows - PICTURE_GAP,
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pictures."""
        tokens = theme.current()
        side = self._pictures.shape[1]
        colours = _colours(self._pictures, tokens)
        with QPainter(self) as painter:
            painter.setPen(QPen(QColor(tokens.border), 1))
            for box, pixels in zip(self.boxes(), colours, strict=True):
                rows = np.ascontiguousarray(pixels)
                image = QImage(rows.data, side, side, 4 * side, QImage.Format.Format_RGB32)
                painter.drawImage(box, image)
                painter.drawRect(box)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the neuron under the pointer."""
        place = QPointF(event.position())
        for index, box in enumerate(self.boxes()):
            if box.contains(place):
                self.chosen.emit(index)
                return
        super().mousePressEvent(event)


def _colours(values: NDArray[np.float32], tokens: Tokens) -> NDArray[np.uint8]:
    """Return numbers from −1 to 1 as colours, shape (…, 4) as Qt's RGB32 has them."""
    base, positive, negative = (
        np.array([colour.blue(), colour.green(), colour.red()], np.float32)
        for colour in (QColor(tokens.surface2), QColor(tokens.positive), QColor(tokens.negative))
    )
    ends = np.where(values[..., None] < 0, negative, positive)
    mixed = base + (ends - base) * np.abs(values)[..., None]
    result = np.full((*values.shape, 4), 255, np.uint8)
    result[..., :3] = mixed
    return result
