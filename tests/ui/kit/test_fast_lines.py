"""Lines drawn past the binding are the same lines, and other threads run meanwhile."""

from __future__ import annotations

import sys
import threading

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QApplication

from ann_viz.ui.kit import fast_lines
from ann_viz.ui.kit.fast_lines import draw_lines

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere lines are drawn by the binding")


def _draw(lines: NDArray[np.floating], width: float = 2.0) -> QImage:
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor("#2255AA"), width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        draw_lines(painter, lines)
    return image


@pytest.fixture
def lines() -> NDArray[np.float64]:
    """A few hundred lines across the image, some of them outside."""
    return np.random.default_rng(5).uniform(-20, 420, (300, 4))


@LINUX
def test_the_function_is_found_in_the_library_that_is_loaded(qapp: QApplication) -> None:
    assert fast_lines.library_function() is not None


def test_both_ways_draw_the_same_picture(
    qapp: QApplication, lines: NDArray[np.float64], monkeypatch: pytest.MonkeyPatch
) -> None:
    for width in (0.5, 1.0, 3.5):
        past = _draw(lines, width)
        with monkeypatch.context() as patch:
            patch.setattr(fast_lines, "library_function", lambda: None)
            bound = _draw(lines, width)
        assert past == bound
        assert past != _draw(lines[:0], width)


def test_no_lines_and_no_active_painter_do_no_harm(qapp: QApplication, lines: NDArray[np.float64]) -> None:
    blank = _draw(np.empty((0, 4)))
    assert blank.pixelColor(5, 5) == QColor("white")
    draw_lines(QPainter(), lines)  # Qt prints a warning at most; it must not crash


def _counted_while_drawing(lines: NDArray[np.float64]) -> int:
    """How far another thread counts while the lines are drawn."""
    done, begun, counted = threading.Event(), threading.Event(), [0]

    def count() -> None:
        begun.set()
        while not done.is_set():
            counted[0] += 1

    thread = threading.Thread(target=count)
    thread.start()
    begun.wait()
    before = counted[0]
    _draw(lines)
    result = counted[0] - before
    done.set()
    thread.join()
    return result


@LINUX
def test_another_thread_runs_meanwhile(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not a matter of speed: the binding keeps the interpreter for the whole call, this way lets it go."""
    many = np.random.default_rng(5).uniform(0, 300, (12_000, 4))
    past = max(_counted_while_drawing(many) for _ in range(5))
    monkeypatch.setattr(fast_lines, "library_function", lambda: None)
    bound = min(_counted_while_drawing(many) for _ in range(5))
    assert past > 4 * bound  # the most and the least: a busy machine may halt either thread at any place
