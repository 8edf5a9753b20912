"""Drawing lines without stopping the training thread.

PySide6 holds the interpreter while Qt draws: two to three milliseconds a frame in which training stands still. The same
function of the same library, called through `ctypes`, lets the interpreter go. Why, and why only on Linux, is told in
``resources/docs/decisions/0013-lines-past-the-binding.md``.
"""

from __future__ import annotations

import ctypes
import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import numpy as np
import shiboken6
from PySide6.QtCore import QLineF
from PySide6.QtGui import QPainter

from ann_viz.ui.kit.qt_library import gui_function

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["draw_lines", "library_function"]

DRAW_LINES: Final = "_ZN8QPainter9drawLinesEPK6QLineFi"  # void QPainter::drawLines(const QLineF *, int)


def draw_lines(painter: QPainter, lines: NDArray[np.floating]) -> None:
    """Draw lines with the painter's pen.

    Parameters
    ----------
    painter : QPainter
        Active.
    lines : ndarray of float64, shape (n, 4), C-contiguous
        x1, y1, x2, y2 of every line: the memory layout of ``QLineF[n]``, handed to Qt as it is.
    """
    if not len(lines):
        return
    draw = library_function()
    if draw is not None and painter.isActive():
        draw(shiboken6.Shiboken.getCppPointer(painter)[0], lines.ctypes.data, len(lines))
        return
    first = shiboken6.Shiboken.wrapInstance(lines.ctypes.data, QLineF)
    painter.drawLines(first, len(lines))  # type: ignore[call-overload]


@functools.cache
def library_function() -> Callable[..., None] | None:
    """Return Qt's function, or None where there is none to be sure of."""
    return gui_function(DRAW_LINES, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
