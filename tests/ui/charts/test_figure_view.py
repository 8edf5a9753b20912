"""A figure is painted where its axes say, and the mouse is told its values."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF

from ann_viz.scene.figure import Bar, Dot, Figure, Line, number_ticks
from ann_viz.ui.charts.figure_view import FigureView


@pytest.fixture
def view(qtbot) -> FigureView:
    """Return a view with a line, a bar and a dot."""
    view = FigureView("growth")
    qtbot.addWidget(view)
    view.resize(300, 200)
    line = Line(np.arange(11.0), np.arange(11.0) ** 2, name="square")
    view.show_figure(
        Figure(
            x_range=(0.0, 10.0), y_range=(0.0, 100.0), x_ticks=number_ticks(0, 10, 5), y_ticks=number_ticks(0, 100, 5),
            lines=(line,), dots=(Dot(2.0, 80.0, tip="here"),), bars=(Bar(8.0, 9.0, 40.0, tip="bar"),),
        )
    )  # fmt: skip
    return view


def test_places_and_values_belong_together(view) -> None:
    """The corner of the axes is 0, 0; over a point of the line its value is told; a dot tells its own."""
    area = view.area()
    assert view.place(0, 0) == area.bottomLeft() and view.place(10, 100) == area.topRight()
    assert view.tip_at(view.place(5.2, 70)) == "5\nsquare: 25"
    assert view.tip_at(view.place(2.0, 80.0) + QPointF(3, 3)) == "here"
    assert view.tip_at(QPointF(-20, -20)) == ""


def test_the_line_is_drawn_there(view) -> None:
    """A pixel on the line has its colour, one beside it has not."""
    image = view.grab().toImage()
    on, off = view.place(10, 99).toPoint(), view.place(2, 40).toPoint()
    assert image.pixelColor(on) != image.pixelColor(off)
