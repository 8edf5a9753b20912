"""What pages that take the place of the picture have in common: a row of names and buttons above a line."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ann_viz.ui.kit.line import horizontal_line

__all__ = ["lay_out_room"]

HEADER: Final = 48
ASIDE: Final = 12  # from the last button to the edge


def lay_out_room(room: QWidget, body: QWidget, *, left: int) -> QHBoxLayout:
    """Put a header, a line and what the page shows below each other; return the header's row, to be filled.

    Parameters
    ----------
    room : QWidget
        The page; has no layout yet.
    body : QWidget
        Gets all room that is left.
    left : int
        From the edge to the first part of the header.
    """
    header = QWidget(room)
    header.setFixedHeight(HEADER)
    row = QHBoxLayout(header)
    row.setContentsMargins(left, 0, ASIDE, 0)
    row.setSpacing(10)
    column = QVBoxLayout(room)
    column.setContentsMargins(1, 1, 1, 1)
    column.setSpacing(0)
    column.addWidget(header)
    column.addWidget(horizontal_line(room))
    column.addWidget(body, 1)
    return row
