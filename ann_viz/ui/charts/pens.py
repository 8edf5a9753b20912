"""Pens, curves and dots of the charts that pyqtgraph draws; they keep their size in pixels."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPen
from PySide6.QtWidgets import QGraphicsEllipseItem

__all__ = ["line_pen", "make_curve", "make_dot", "translucent"]


def translucent(colour: str, opacity: float) -> QColor:
    """Return a colour that lets through what lies below it, 0 (all of it) to 1 (nothing)."""
    result = QColor(colour)
    result.setAlphaF(opacity)
    return result


def line_pen(colour: str, width: float, *, opacity: float = 1.0, dashed: bool = False) -> QPen:
    """Return a pen of so many pixels, whatever the scale of the chart.

    Such pens of Qt count the pixels of the screen, of which a scaled desktop has several to one.
    """
    app = QGuiApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
    pen = QPen(translucent(colour, opacity), width * ratio)
    pen.setCosmetic(True)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)  # round caps leave Qt's fast path for thin lines
    if dashed:
        pen.setDashPattern([3.0, 3.0])
    return pen


def make_curve() -> Any:
    """Make a curve that draws no more points than can be seen, and of those no peak less."""
    curve = pg.PlotDataItem(antialias=True)
    curve.setDownsampling(auto=True, method="peak")
    curve.setClipToView(True)
    return curve


def make_dot(size: float) -> QGraphicsEllipseItem:
    """Make a dot that keeps its size in pixels; a scatter plot costs a third of a redraw for the same."""
    dot = QGraphicsEllipseItem(-size / 2, -size / 2, size, size)
    dot.setFlag(QGraphicsEllipseItem.GraphicsItemFlag.ItemIgnoresTransformations)
    return dot
