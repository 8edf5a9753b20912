"""The cloud of the connections that are not drawn one by one, kept as pictures and renewed one gap at a time."""

from __future__ import annotations

import time
from typing import Final

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter

from ann_viz.scene import HAZE_STEPS, Layout, LineCurves, haze
from ann_viz.scene.lines import Box
from ann_viz.ui.kit.theme import Tokens

__all__ = ["Haze"]

INTERVAL_S: Final = 0.5


class Haze:
    """Pictures of all gaps; each is renewed now and then, one at a time."""

    def __init__(self) -> None:
        self._images: dict[int, QImage] = {}
        self._renewed: dict[int, float] = {}
        self._told: dict[int, np.ndarray] = {}

    def forget(self) -> None:
        """Begin anew: another layout, theme or meaning of the lines."""
        self._images.clear()
        self._renewed.clear()
        self._told.clear()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to paint."""
        return not self._images

    def renew(self, curves: LineCurves, numbers: np.ndarray, tokens: Tokens, *, exactly: bool = False) -> Box | None:
        """Draw what is missing, or the oldest cloud anew where it is due.

        Parameters
        ----------
        numbers : ndarray, shape (n_connections,)
            The number behind every line.
        exactly : bool
            Nothing moves: draw every cloud that shows other numbers.

        Returns
        -------
        Box or None
            Around what was drawn.
        """
        now = time.monotonic()
        gaps = range(len(curves.gaps))
        missing = [gap for gap in gaps if gap not in self._images or (exactly and self._told[gap] is not numbers)]
        oldest = min(gaps, key=lambda gap: self._renewed.get(gap, 0.0))
        due = missing or ([oldest] if now - self._renewed[oldest] >= INTERVAL_S else [])
        for gap in due:
            start, stop = curves.gaps[gap]
            cloud = _image(haze(curves.layout, gap, numbers[start:stop]), tokens)
            left, right = _sides(curves.layout, gap)
            # Stretched once, not with every frame: that takes as long as a third of the lines.
            self._images[gap] = cloud.scaled(
                right - left, 2 * cloud.height(), mode=Qt.TransformationMode.SmoothTransformation
            )
            self._renewed[gap], self._told[gap] = now, numbers
        if not due:
            return None
        (left, _), (_, right) = _sides(curves.layout, min(due)), _sides(curves.layout, max(due))
        return left, 0, right, max(self._images[gap].height() for gap in due)

    def paint(self, painter: QPainter, curves: LineCurves) -> None:
        """Lay the clouds under the lines."""
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for gap, image in self._images.items():
            painter.drawImage(_sides(curves.layout, gap)[0], 0, image)


def _sides(layout: Layout, gap: int) -> tuple[int, int]:
    """Return where the cloud between two columns begins and ends, in whole pixels: so it is copied as it is."""
    left, right = layout.x[gap] + layout.radius[gap], layout.x[gap + 1] - layout.radius[gap + 1]
    return round(left), max(round(right), round(left) + 1)


def _image(opacity: np.ndarray, tokens: Tokens) -> QImage:
    """Return the cloud in the colour of quiet text, premultiplied as Qt draws quickest."""
    colour = QColor(tokens.text2)
    pixels = np.empty((*opacity.shape, 4), dtype=np.uint8)
    for channel, value in enumerate((colour.blue(), colour.green(), colour.red(), 255)):
        pixels[..., channel] = opacity * value
    image = QImage(pixels.data, HAZE_STEPS, len(opacity), 4 * HAZE_STEPS, QImage.Format.Format_ARGB32_Premultiplied)
    return image.copy()  # the array goes, the picture stays
