"""Curves are as thick on a screen that draws everything at twice the size."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QApplication

from ann_viz.ui.charts.pens import line_pen


@pytest.mark.parametrize("ratio", [1, 2, 3])
def test_a_curve_is_two_pixels_thick_at_every_scale(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, ratio: int
) -> None:
    monkeypatch.setattr(QGuiApplication, "devicePixelRatio", lambda _self: float(ratio))
    image = QImage(40 * ratio, 20 * ratio, QImage.Format.Format_Grayscale8)
    image.setDevicePixelRatio(ratio)
    image.fill(255)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(line_pen("#000000", 2.0))
        painter.scale(1.0, 3.0)  # as a chart does
        painter.drawLine(QPointF(0, 3), QPointF(40, 3))
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    column = pixels[:, 20 * ratio].astype(int)
    assert (255 - column).sum() / 255 / ratio == pytest.approx(2.0, abs=0.1)
