"""Icons are drawn as large as there is room, and not at all where there is none."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QImage, QPainter

from ann_viz.ui.kit import icons


@pytest.mark.parametrize(("room", "extent"), [(40, 16), (9, 9), (0, 0), (-3, 0)])
def test_there_may_be_little_room_or_none(qapp, qtlog, room: int, extent: int) -> None:
    """A list that is made narrow has none; Qt says so on the console of whoever draws there all the same."""
    icon = icons.icon("save")
    assert icon.pixmap(QSize(room, room), 1.0).width() == extent
    page = QImage(50, 50, QImage.Format.Format_ARGB32)
    with QPainter(page) as painter:
        icon.paint(painter, QRect(0, 0, room, room))
    assert not qtlog.records
