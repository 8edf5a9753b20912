"""Small pictures beside the hidden neurons that say what each looks for; worked out a few times a second, if at all."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen

from ann_viz.engine.rows import spread
from ann_viz.numerals import MINUS
from ann_viz.scene import Element, Layout, Neuron
from ann_viz.scene.detail import IndexArray
from ann_viz.scene.looks_for import neuron_maps, plane_of, strongest_sources
from ann_viz.scene.pixels import find_pixel_image, templates
from ann_viz.translation import translate
from ann_viz.ui.document.shades import shaded
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.painted import fitted
from ann_viz.ui.kit.theme import Tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ann_viz.data import Dataset
    from ann_viz.session.shown_row import ShownRow

__all__ = ["LooksFor"]

INTERVAL_S: Final = 0.25
MOST_ROWS: Final = 2000  # to find the plane by
LARGEST_MAP: Final = 40.0
SMALLEST_MAP: Final = 14.0
BESIDE: Final = 4.0  # the circle
AIR: Final = 3.0  # between two maps
AHEAD: Final = 3.0  # before the next circle
LINE: Final = 12.0
PADDING: Final = 3.0
NARROWEST: Final = 34.0
STRENGTH: Final = 0.85


class Sign(NamedTuple):
    """Something that a neuron listens to.

    Parameters
    ----------
    name, short : str
        What it is called, and what will do where there is little room.
    negative : bool
        Whether its weight is.
    """

    name: str
    short: str
    negative: bool

    def text(self, *, shortly: bool = False) -> str:
        """Return it with its sign before it."""
        return f"{MINUS if self.negative else '+'} {self.short if shortly else self.name}"


Signs = tuple[Sign, ...]


class LooksFor:
    """Maps where there are two inputs that are numbers, else the three strongest incoming signs.

    Of a first layer that looks at the pixels of an image the weights are an image as well.
    """

    def __init__(self) -> None:
        self._row: ShownRow | None = None
        self._shown: Sequence[IndexArray] = ()
        self._tokens: Tokens | None = None
        self._renewed = 0.0
        self._has_plane = False
        self._plane: tuple[Dataset, NDArray[np.floating], NDArray[np.floating]] | None = None
        self._images: dict[Neuron, QImage] = {}
        self._signs: dict[Neuron, Signs] = {}

    @property
    def has_maps(self) -> bool:
        """Whether some neurons have pictures, and not signs."""
        return bool(self._images)

    def renew(self, row: ShownRow, shown: Sequence[IndexArray], *, running: bool) -> None:
        """Work out what the drawn neurons look for; while training runs four times a second.

        Parameters
        ----------
        row : ShownRow
            Knows network and names.
        shown : sequence of ndarray
            Which neurons of every column are drawn.
        """
        tokens, now = theme.current(), time.monotonic()
        before, self._row = self._row, row
        too_soon = running and now - self._renewed < INTERVAL_S
        alike = self._shown is shown and self._tokens is tokens
        if before is not None and alike and (too_soon or before.snapshot is row.snapshot):
            return
        self._shown, self._tokens, self._renewed = shown, tokens, now
        self._images, self._signs = {}, {}
        for column, maps in enumerate(self._maps(row), start=1):
            for index in shown[column].tolist():
                self._images[Neuron(column, index)] = shaded(maps[index], tokens, STRENGTH)
        self._read_signs(row, shown)

    def _maps(self, row: ShownRow) -> tuple[NDArray[np.floating], ...]:
        """Return the pictures of every hidden neuron, column by column: of all, of the first layer, or of none."""
        dataset = row.facts.dataset
        self._has_plane = _spans_a_plane(dataset) and not dataset.is_missing
        if self._has_plane:
            return neuron_maps(row.network, *self._corners(dataset))
        picture = find_pixel_image(dataset)
        return () if picture is None or len(row.network.W) == 1 else (templates(row.network.W[0], picture),)

    def _read_signs(self, row: ShownRow, shown: Sequence[IndexArray]) -> None:
        names = (row.facts.labels.names, *row.facts.neuron_names[1:])
        top = [strongest_sources(W) for W in row.network.W[:-1]]
        for column, index in _hidden(shown):
            W = row.network.W[column - 1]
            self._signs[Neuron(column, index)] = tuple(
                Sign(
                    names[column - 1][source],
                    names[0][source] if column == 1 else str(source + 1),
                    bool(W[source, index] < 0),
                )
                for source in top[column - 1][index].tolist()
                if W[source, index]
            )

    def _corners(self, dataset: Dataset) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
        if self._plane is None or self._plane[0] is not dataset:
            self._plane = dataset, *plane_of(spread(dataset.stream("train")[0], MOST_ROWS))
        return self._plane[1:]

    def describe(self, mark: Element | None) -> str:
        """Return what a hidden neuron listens to most, or an empty text."""
        signs = self._signs.get(mark) if isinstance(mark, Neuron) else None
        if not signs:
            return ""
        names = ", ".join(sign.text().replace(" ", "", 1) for sign in signs)
        return translate("listens most to {names}").format(names=names)

    def paint(
        self, painter: QPainter, layout: Layout, shown: Sequence[IndexArray], selected: Element | None, base: QFont
    ) -> None:
        """Draw them right of their circles; where there is no room for all, that of the selected neuron alone."""
        font = QFont(base)
        font.setPixelSize(10)
        for column in range(1, len(layout.x) - 1):
            rows = layout.y[column]
            pitch = float(np.diff(rows).min()) if len(rows) > 1 else 2 * LARGEST_MAP
            right = layout.x[column + 1] - layout.radius[column + 1] - AHEAD
            room = right - layout.x[column] - layout.radius[column] - BESIDE
            for place, index in enumerate(shown[column].tolist()):
                neuron = Neuron(column, index)
                height = 4 * LINE if neuron == selected else pitch - AIR
                left = QPointF(layout.x[column] + layout.radius[column] + BESIDE, float(rows[place]))
                width = max(room, 2 * NARROWEST) if neuron == selected else room
                if neuron in self._images:
                    self._paint_map(painter, self._images[neuron], left, min(height, width, LARGEST_MAP))
                elif neuron in self._signs:
                    _paint_signs(painter, self._signs[neuron], left, width, height, font)

    def _paint_map(self, painter: QPainter, image: QImage, left: QPointF, side: float) -> None:
        if side < SMALLEST_MAP:
            return
        tokens = theme.current()
        box = QRectF(left.x(), left.y() - side / 2, side, side)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._has_plane)  # pixels stay pixels
        painter.drawImage(box, image)
        painter.setPen(QPen(QColor(tokens.border_strong), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)
        if not self._has_plane or self._plane is None or self._row is None:
            return
        low, high = self._plane[1:]
        across, up = np.clip((self._row.facts.x - low) / (high - low), 0, 1).tolist()
        painter.setPen(QPen(QColor(tokens.surface), 1))
        painter.setBrush(QColor(tokens.text))
        painter.drawEllipse(QPointF(box.left() + across * side, box.bottom() - up * side), 2.2, 2.2)


def _hidden(shown: Sequence[IndexArray]) -> list[tuple[int, int]]:
    return [(column, index) for column in range(1, len(shown) - 1) for index in shown[column].tolist()]


def _spans_a_plane(dataset: Dataset) -> bool:
    """Return whether there are two inputs, each a column of numbers."""
    groups = dataset.encoder.groups
    return dataset.encoder.n_inputs == len(groups) == 2 and all(group.kind == "number" for group in groups)


def _paint_signs(painter: QPainter, signs: Signs, left: QPointF, width: float, height: float, font: QFont) -> None:
    """Write as many signs below each other as there is room for, on a ground that lets the lines shine through."""
    n = min(len(signs), int((height - 2) // LINE))
    if n < 1 or width < NARROWEST:
        return
    tokens, metrics = theme.current(), QFontMetricsF(font)
    room = width - 2 * PADDING
    shortly = any(metrics.horizontalAdvance(sign.text()) > room for sign in signs[:n])
    texts = [fitted(sign.text(shortly=shortly), metrics, room) for sign in signs[:n]]
    box = QRectF(0, 0, max(map(metrics.horizontalAdvance, texts)) + 2 * PADDING, n * LINE + 2)
    box.moveTo(left.x(), left.y() - box.height() / 2)
    ground = QColor(tokens.canvas)
    ground.setAlphaF(0.86)
    painter.setPen(QPen(QColor(tokens.border), 1))
    painter.setBrush(ground)
    painter.drawRoundedRect(box, 4, 4)
    painter.setFont(font)
    for place, (text, sign) in enumerate(zip(texts, signs, strict=False)):
        painter.setPen(QColor(tokens.negative_text if sign.negative else tokens.positive_text))
        line = QRectF(box.left() + PADDING, box.top() + 1 + place * LINE, box.width(), LINE)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, text)
