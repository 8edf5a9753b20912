"""The picture of one side: it paints a scene, and says what is under the mouse; both sides are told of it."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QFont,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ann_viz.numerals import short_number
from ann_viz.scene import Element, Neuron, from_shown, mark_at, to_shown
from ann_viz.ui.canvas.labels import draw_text, label_font
from ann_viz.ui.comparing.side_scene import SideScene
from ann_viz.ui.document.paint import paint_circles, paint_dots, paint_lines, paint_ring
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.cut_tips import CutTips
from ann_viz.ui.kit.run_colours import paint_mark
from ann_viz.ui.runs.run_model import RUN_MIME

__all__ = ["SidePicture"]

HEAD: Final = 34
LEAST_PITCH: Final = 13.0  # of names
CAPTIONS: Final = 36.0
NAMES: Final = 8.0
ROOM: Final = 62.0  # to both sides of the output


class SidePicture(QWidget):
    """One network, with its letter, name and loss above it.

    Parameters
    ----------
    letter : str
        A or B.
    """

    hovered = Signal(object)
    """The neuron or line under the mouse, or None."""
    clicked = Signal(object)
    dropped = Signal(int)
    """The number of a run that shall be shown here."""
    resized = Signal()

    def __init__(self, letter: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.letter = letter
        self._scene: SideScene | None = None
        self._head = ("", 0)
        self._epoch, self._loss, self._note = "", "", ""
        self._hover: Element | None = None
        self._tips = CutTips(self)
        self.setObjectName(f"side{letter}")
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 220)

    def sizeHint(self) -> QSize:
        """Return half of what the network has elsewhere."""
        return QSize(397, 354)

    @property
    def scene(self) -> SideScene | None:
        """What is drawn."""
        return self._scene

    @property
    def hover(self) -> Element | None:
        """What is ringed."""
        return self._hover

    @property
    def heading(self) -> str:
        """What stands above the network."""
        return " ".join(text for text in (self._head[0], self._epoch, self._loss) if text)

    def show_scene(self, scene: SideScene | None) -> None:
        """Draw another moment."""
        self._scene = scene
        self.update()

    def show_head(self, name: str, place: int, epoch: str, loss: float) -> None:
        """Say which run it is and when: its name, its place among all for the colour, the epoch and its loss."""
        self._head = (name, place)
        self._epoch = epoch
        self._loss = self.tr("loss {loss}").format(loss=short_number(loss))
        self.setAccessibleName(f"{self.letter}: {name}")
        self.setAccessibleDescription(f"{epoch}, {self._loss}")
        self.update()

    def say(self, note: str) -> None:
        """Say beside the loss what the lines are."""
        self._note = note
        self.update()

    def show_hover(self, mark: Element | None) -> None:
        """Ring what is under the mouse here or on the other side."""
        if mark != self._hover:
            self._hover = mark
            self.update()

    def mark_at(self, point: QPointF) -> Element | None:
        """Return the neuron or line at a place."""
        scene = self._scene
        if scene is None or scene.frame is None:
            return None
        mark = mark_at(scene.curves, scene.frame.lines, point.x(), point.y())
        return None if mark is None else from_shown(mark, scene.shown)

    # Painting -------------------------------------------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, heading, names, lines, circles and answer."""
        tokens = theme.current()
        self._tips.begin()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), QColor(tokens.canvas))
            paint_dots(painter, self.width(), self.height(), tokens)
            self._paint_head(painter)
            if self._scene is not None and self._scene.frame is not None:
                self._paint_network(painter, self._scene)

    def _paint_head(self, painter: QPainter) -> None:
        tokens, font, (name, place) = theme.current(), self.font(), self._head
        if not name:
            return
        paint_mark(painter, QRectF(13, 9, 18, 18), place, self.letter, font)
        strong, plain = label_font(font, 13, QFont.Weight.DemiBold), label_font(font, 12)
        left, middle = 38.0, Qt.AlignmentFlag.AlignLeft
        painter.setFont(strong)
        width = min(painter.fontMetrics().horizontalAdvance(name) + 4.0, self.width() * 0.5)
        box = QRectF(left, 8, width, 20)
        self._write(painter, strong, tokens.text, box, middle, name)
        words = " · ".join(text for text in (self._epoch, self._loss, self._note) if text)
        box = QRectF(left + width + 6, 8, self.width() - left - width - 12, 20)
        self._write(painter, plain, tokens.muted, box, middle, words)

    def _write(
        self, painter: QPainter, font: QFont, colour: str, box: QRectF, side: Qt.AlignmentFlag, text: str
    ) -> None:
        """Draw a text in a box; where it is cut, its tooltip says the whole."""
        draw_text(painter, font, colour, box, side, self._tips.fitted(text, QFontMetricsF(font), box))

    def _paint_network(self, painter: QPainter, scene: SideScene) -> None:
        tokens, font, frame = theme.current(), self.font(), scene.frame
        assert frame is not None  # asked before
        layout = frame.layout
        small, right = label_font(font, 12), Qt.AlignmentFlag.AlignRight
        rows = layout.y[0]
        every = max(1, math.ceil(LEAST_PITCH / float(rows[1] - rows[0]))) if len(rows) > 1 else 1
        for y, name in list(zip(rows.tolist(), scene.names, strict=True))[::every]:
            box = QRectF(NAMES, y - 9, layout.x[0] - layout.radius[0] - 9 - NAMES, 18)
            self._write(painter, small, tokens.text2, box, right, name)
        taken, metrics = layout.x[0], QFontMetricsF(small)
        for before, x, caption in zip(layout.x, layout.x[1:], scene.captions, strict=False):
            half = max((x - before) / 2 - 2, x - taken - 4)  # also what the caption before has left over
            half, width = min(44.0, half, layout.width - x - 2), metrics.horizontalAdvance(caption)
            box = QRectF(x - half, CAPTIONS, 2 * half, 18)
            if width > 2 * half and x == layout.x[-1]:  # right of it there is nothing
                box = QRectF(taken + 4, CAPTIONS, min(width + 1, layout.width - taken - 6), 18)
            taken = x + min(half, width / 2)
            self._write(painter, small, tokens.muted, box, Qt.AlignmentFlag.AlignHCenter, caption)
        paint_lines(painter, frame.lines, tokens, frame.mode)
        paint_circles(painter, frame, tokens, font)
        self._paint_answer(painter, scene)
        hover = to_shown(self._hover, scene.shown) if self._hover is not None else None
        if isinstance(hover, Neuron):
            x, y = layout.x[hover.column], float(layout.y[hover.column][hover.index])
            paint_ring(painter, x, y, layout.radius[hover.column], tokens)

    def _paint_answer(self, painter: QPainter, scene: SideScene) -> None:
        """Write the answer above the output."""
        tokens, font, frame, answer = theme.current(), self.font(), scene.frame, scene.row.answer
        assert frame is not None  # asked before
        best = answer.best if answer.kind != "regression" else 0
        name = answer.names[best]
        shown = to_shown(Neuron(len(scene.shown) - 1, 0 if answer.kind == "binary" else best), scene.shown)
        if not isinstance(shown, Neuron):
            return
        layout = frame.layout
        x, y = layout.x[-1], float(layout.y[-1][shown.index]) - layout.radius[-1]
        if answer.kind == "multiclass":
            box = QRectF(x + layout.radius[-1] + 4, y + layout.radius[-1] - 16, layout.width - x - 26, 16)
            self._write(painter, label_font(font, 12), tokens.text2, box, Qt.AlignmentFlag.AlignLeft, name)
            strong = label_font(font, 12, QFont.Weight.DemiBold)
            draw_text(
                painter, strong, tokens.text, box.translated(0, 15), Qt.AlignmentFlag.AlignLeft, answer.texts[best]
            )
            return
        half = min(ROOM, layout.width - x - 3)
        centre = Qt.AlignmentFlag.AlignHCenter
        self._write(painter, label_font(font, 12), tokens.text2, QRectF(x - half, y - 38, 2 * half, 16), centre, name)
        strong = label_font(font, 14, QFont.Weight.DemiBold)
        draw_text(painter, strong, tokens.text, QRectF(x - half, y - 23, 2 * half, 20), centre, answer.texts[best])

    # Qt -------------------------------------------------------------------------------------------------------------
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what is under the mouse."""
        self.hovered.emit(self.mark_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the mouse any more."""
        self.hovered.emit(None)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select what is clicked."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(self.mark_at(event.position()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for a scene of the new size."""
        super().resizeEvent(event)
        self.resized.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a run of the tree."""
        if event.mimeData().hasFormat(RUN_MIME):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Show the run that was dropped."""
        number = bytes(event.mimeData().data(RUN_MIME).data()).decode()
        if number.isdigit():
            event.acceptProposedAction()
            self.dropped.emit(int(number))
