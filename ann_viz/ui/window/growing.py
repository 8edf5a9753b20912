"""A part of the window that grows into a page, or a page that shrinks back into it: pictures, for a moment.

Whoever wants no motion sees none, and neither does a screen that nobody can see.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEasingCurve, QRect, QRectF, Qt, QTimer, QVariantAnimation, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from ann_viz.ui.kit.appearance import is_motion_reduced

__all__ = ["Growing", "may_move"]

DURATION_MS: Final = 180
UNSEEN: Final = frozenset({"offscreen", "minimal"})


def may_move() -> bool:
    """Return whether something may move that need not."""
    return not is_motion_reduced() and QGuiApplication.platformName() not in UNSEEN


class Growing(QWidget):
    """Lies over a window while a page grows or shrinks, and then goes.

    Parameters
    ----------
    window : QWidget
    page : QWidget
        Seen at one end of it.
    origin : QWidget
        What it grows out of or shrinks into.
    is_opening : bool
        Whether it grows; made before the page is shown then, else before it goes.
    """

    moved = Signal()

    def __init__(self, window: QWidget, page: QWidget, origin: QWidget, *, is_opening: bool) -> None:
        super().__init__(window)
        self._window, self._page, self._is_opening = window, page, is_opening
        self._small = _place(origin, window)
        self._before = window.grab() if is_opening else QPixmap()
        self._picture = QPixmap() if is_opening else page.grab()
        self._large = self._small if is_opening else _place(page, window)
        self._ready = QTimer(self)  # of no duration: by then the page stands where it stays
        self._ready.setSingleShot(True)
        self._ready.timeout.connect(self._begin)
        self._clock = QVariantAnimation(self)
        self._clock.setDuration(DURATION_MS)
        self._clock.setStartValue(0.0)
        self._clock.setEndValue(1.0)
        self._clock.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._clock.valueChanged.connect(self._on_moved)
        self._clock.finished.connect(self.end)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()
        self._ready.start()

    def _begin(self) -> None:
        if self._is_opening:
            self._picture, self._large = self._page.grab(), _place(self._page, self._window)
        self._clock.start()

    def _on_moved(self) -> None:
        self.update()
        self.moved.emit()

    @property
    def box(self) -> QRect:
        """Where the picture of the page stands now."""
        share = self._share if self._is_opening else 1.0 - self._share
        small, large = (QRectF(rect) for rect in (self._small, self._large))
        corners = zip((small.topLeft(), small.bottomRight()), (large.topLeft(), large.bottomRight()), strict=True)
        first, last = (start * (1.0 - share) + end * share for start, end in corners)
        return QRectF(first, last).toRect()

    @property
    def _share(self) -> float:
        """How much of the way is gone."""
        value = self._clock.currentValue()
        return 0.0 if value is None else float(value)

    def end(self) -> None:
        """Show what lies below."""
        self._clock.stop()
        self.hide()
        self.deleteLater()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the page on its way, over what was there before or comes now."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(0, 0, self._before)
            if not self._picture.isNull():
                painter.setOpacity(1.0 if self._is_opening else 1.0 - self._share)
                painter.drawPixmap(self.box, self._picture)


def _place(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size())
