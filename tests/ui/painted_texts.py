"""What is cut or covered of the texts that widgets paint themselves, found by listening to their painters.

Each widget is painted once more while `QPainter.drawText` tells what it is given: a text that was cut, or is wider than
its box, needs a tooltip where it stands, and no two texts of a widget may lie over each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import combinations
from types import FunctionType
from typing import Any

from clipping import LETTER
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QFontMetrics,
    QFontMetricsF,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPixmap,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QToolTip, QWidget

SLACK = 2.0
INK = 0.2  # of a line's height, which no letter reaches above and below
DOTS = "…"  # which a command has at its end, and a name at the end that it shares with others


@dataclass(frozen=True)
class Drawn:
    """A text, where it stands in its widget, and whether all of it is seen."""

    text: str
    place: QRectF
    whole: bool


@contextmanager
def listening() -> Iterator[list[Drawn]]:
    """Note every text that is drawn."""
    heard: list[Drawn] = []
    cut: set[str] = set()
    with _told(QFontMetrics, "elidedText", cut), _told(QFontMetricsF, "elidedText", cut):
        draw = QPainter.drawText

        def draw_and_tell(painter: QPainter, *given: Any) -> Any:
            heard.append(_drawn(painter, given, cut))
            return draw(painter, *given)

        QPainter.drawText = draw_and_tell
        try:
            yield heard
        finally:
            QPainter.drawText = draw


@contextmanager
def _told(kind: type, method: str, cut: set[str]) -> Iterator[None]:
    """Note what the metrics of a font have cut."""
    elide = getattr(kind, method)

    def elide_and_tell(metrics: Any, text: str, *given: Any) -> str:
        shown = elide(metrics, text, *given)
        if shown != text:
            cut.add(shown)
        return shown

    setattr(kind, method, elide_and_tell)
    try:
        yield
    finally:
        setattr(kind, method, elide)


def _drawn(painter: QPainter, given: tuple[Any, ...], cut: set[str]) -> Drawn:
    metrics = QFontMetricsF(painter.font())
    text = next(each for each in given if isinstance(each, str))
    whole = DOTS not in text.rstrip(LETTER).strip(DOTS) and not any(form in text for form in cut if form)
    if isinstance(given[0], QPoint | QPointF):
        place = metrics.boundingRect(text).translated(QPointF(given[0]))
    else:
        in_numbers = isinstance(given[0], int | float)
        room, more = (QRectF(*given[:4]), given[4:]) if in_numbers else (QRectF(given[0]), given[1:])
        option = given[-1].alignment() if isinstance(given[-1], QTextOption) else Qt.AlignmentFlag.AlignLeft
        flags = next((each for each in more if isinstance(each, Qt.AlignmentFlag | int)), option)
        place = metrics.boundingRect(room, flags if isinstance(flags, int) else flags.value, text)
        whole = whole and place.width() <= room.width() + SLACK
    place.adjust(SLACK, INK * place.height(), -SLACK, -INK * place.height())
    return Drawn(text, painter.worldTransform().mapRect(place), whole)


def bad_texts(window: QWidget) -> list[str]:
    """Return what a window's widgets paint so that it cannot be read."""
    QApplication.processEvents()
    shown = [each for each in (window, *window.findChildren(QWidget)) if each.isVisible() and _paints_itself(each)]
    return [f"{_kind(widget)}: {what}" for widget in shown for what in _bad_texts_of(widget)]


def _paints_itself(widget: QWidget) -> bool:
    view = widget.parentWidget()
    if isinstance(view, QAbstractItemView):
        return widget is view.viewport()
    return isinstance(type(widget).paintEvent, FunctionType)


def _bad_texts_of(widget: QWidget) -> Iterator[str]:
    QApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))  # what it has drawn before is drawn anew
    with listening() as heard:
        QWidget.render(widget, QPixmap(widget.size()), QPoint(), renderFlags=QWidget.RenderFlag.DrawWindowBackground)
    in_sight = QRectF(widget.visibleRegion().boundingRect())
    seen = [each for each in heard if each.text.strip() and each.place.intersects(in_sight)]
    for each in seen:
        if not each.whole and not tip_at(widget, each.place.center()):
            yield f"{each.text!r} is cut"
    for one, other in combinations(seen, 2):
        if one.text != other.text and one.place.intersects(other.place):
            yield f"{one.text!r} and {other.text!r} lie over each other"


def tip_at(widget: QWidget, place: QPointF) -> str:
    """Return what a mouse that rests there is told."""
    for each in QApplication.topLevelWidgets():
        if each.metaObject().className() == "QTipLabel":
            each.hide()  # at once: Qt's own way takes a while
    on_screen, none = widget.mapToGlobal(place), Qt.MouseButton.NoButton
    move = QMouseEvent(QEvent.Type.MouseMove, place, on_screen, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(widget, move)
    if not QToolTip.isVisible():
        QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, place.toPoint(), on_screen.toPoint()))
    return QToolTip.text() if QToolTip.isVisible() else ""


def _kind(widget: QWidget) -> str:
    view = widget.parentWidget()
    if isinstance(view, QAbstractItemView):
        return f"rows of {type(view).__name__}"
    return f"{type(widget).__name__} {widget.objectName()}".strip()
