"""The centre of the window: example bar, network picture, legend."""

from __future__ import annotations

import random
import time
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QLinearGradient, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSpinBox, QToolButton, QVBoxLayout, QWidget

from ann_viz.session import RunState
from ann_viz.ui import icons, theme, wording
from ann_viz.ui.bridge import Bridge
from ann_viz.ui.canvas import NetworkCanvas
from ann_viz.ui.canvas_paint import number, tint

__all__ = ["CanvasCard", "ExampleBar", "Legend"]

LEGEND_HEIGHT: Final = 46
VERDICT_INTERVAL_S: Final = 0.1


class ExampleBar(QWidget):
    """Chooses the row that is shown and says what the network makes of it."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._last = 0.0
        self._random = random.Random()  # a choice of view, never part of the experiment
        self._previous = self._button("chevron-left", self.tr("Previous example"))
        self._next = self._button("chevron-right", self.tr("Next example"))
        self._dice = self._button("dices", self.tr("Random example"))
        self._spin = QSpinBox(self)
        self._spin.setObjectName("exampleNumber")
        self._spin.setAccessibleName(self.tr("Row shown"))
        self._spin.setPrefix(self.tr("Row "))
        self._spin.setGroupSeparatorShown(True)
        self._spin.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._spin.setFixedWidth(118)
        self._spin.setKeyboardTracking(False)
        self._says = QLabel(self)
        self._says.setProperty("role", "body")
        self._says.setTextFormat(Qt.TextFormat.RichText)
        self._truth = QLabel(self)
        self._truth.setProperty("role", "chip")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(6)
        for widget in (self._previous, self._spin, self._next, self._dice):
            row.addWidget(widget)
        row.addSpacing(10)
        row.addWidget(self._says)
        row.addWidget(self._truth)
        row.addStretch()
        self._previous.clicked.connect(self.previous)
        self._next.clicked.connect(self.next)
        self._dice.clicked.connect(self.random)
        self._spin.valueChanged.connect(lambda value: self._bridge.set_example(value - 1))
        bridge.dataset_changed.connect(self._on_dataset_changed)
        bridge.example_changed.connect(self.show_example)
        bridge.snapshot_changed.connect(self._on_snapshot_changed)
        bridge.state_changed.connect(self.show_verdict)

    def _button(self, icon: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("icon_name", icon)
        button.setIcon(icons.icon(icon))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setFixedSize(28, 28)
        button.setProperty("kind", "quiet")
        return button

    def previous(self) -> None:
        """Show the row before; the first is followed by the last."""
        self._move(-1)

    def next(self) -> None:
        """Show the row after; the last is followed by the first."""
        self._move(1)

    def random(self) -> None:
        """Show any row."""
        dataset = self._bridge.session.dataset
        if dataset is not None:
            self._bridge.set_example(self._random.randrange(len(dataset.X)))

    def _move(self, by: int) -> None:
        dataset = self._bridge.session.dataset
        if dataset is not None:
            self._bridge.set_example((self._bridge.session.example + by) % len(dataset.X))

    def _on_dataset_changed(self) -> None:
        dataset = self._bridge.session.dataset
        with QSignalBlocker(self._spin):
            self._spin.setRange(1, 1 if dataset is None else len(dataset.X))
        self.show_example()

    def show_example(self) -> None:
        """Fill the controls from the session."""
        session = self._bridge.session
        if session.dataset is None:
            return
        with QSignalBlocker(self._spin):
            self._spin.setValue(session.example + 1)
        self.show_verdict()

    def _on_snapshot_changed(self) -> None:
        now = time.monotonic()
        if self._bridge.session.state is not RunState.RUNNING or now - self._last >= VERDICT_INTERVAL_S:
            self._last = now
            self.show_verdict()

    def show_verdict(self) -> None:
        """Say what the network answers for the row now, and whether it is right."""
        session = self._bridge.session
        if session.dataset is None or session.snapshot is None or not self.isVisible():
            return
        given = wording.answer(session.dataset, session.forward(session.example).A[-1][0])
        text, which = wording.truth(session.dataset, session.example)
        words = wording.verdict(given)
        self._says.setText(self.tr("predicted <b>{answer}</b> · truth").format(answer=words))
        right = which == given.best
        role = "chip" if which is None else "okChip" if right else "dangerChip"
        mark = "" if which is None else "✓ " if right else "✗ "
        if self._truth.property("role") != role:
            self._truth.setProperty("role", role)
            self._truth.style().polish(self._truth)
        self._truth.setText(mark + text)

    def changeEvent(self, event: QEvent) -> None:
        """Tint the icons anew when the theme changes."""
        if event.type() == QEvent.Type.PaletteChange:
            for button in (self._previous, self._next, self._dice):
                button.setIcon(icons.icon(button.property("icon_name")))
        super().changeEvent(event)


class Legend(QWidget):
    """Explains thickness, tint and bias, with the scale's own numbers."""

    def __init__(self, canvas: NetworkCanvas, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._shown = (0.0, 0, 0)
        self.setFixedHeight(LEGEND_HEIGHT)
        self.setAccessibleName(self.tr("Legend"))
        bridge.snapshot_changed.connect(self._on_snapshot_changed)

    def _on_snapshot_changed(self) -> None:
        frame = self._canvas.frame if self.isVisible() else None
        if frame is None:
            return
        shown = (frame.reference, frame.lines.n_drawn, round(frame.lines.share * 100))
        if shown != self._shown:
            self._shown = shown
            self.update()

    def sizeHint(self) -> QSize:
        """Return the strip's size."""
        return QSize(700, LEGEND_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the strip."""
        tokens = theme.current()
        frame = self._canvas.frame
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor(tokens.border))
            painter.drawLine(0, 0, self.width(), 0)
            if frame is None:
                return
            self._paint_scale(painter, tokens, frame.reference)
            x = 154.0
            lines = frame.lines
            if lines.n_drawn < lines.n_total:
                caption = self.tr("strongest {drawn:,} of {total:,} lines: {share:.0f} % of all weight").format(
                    drawn=lines.n_drawn, total=lines.n_total, share=lines.share * 100
                )
            else:
                caption = self.tr("thicker matters more")
            x = self._two_lines(painter, tokens, x, self.tr("Line = weight"), caption)
            x = self._paint_circles(painter, tokens, x + 26)
            x = self._two_lines(
                painter, tokens, x + 8, self.tr("Circle = activation"), self.tr("the number it passes on")
            )
            if x + 160 < self.width():
                self._paint_squares(painter, tokens, x + 26)

    def _two_lines(self, painter: QPainter, tokens: theme.Tokens, x: float, title: str, caption: str) -> float:
        font = self.font()
        font.setPixelSize(12)
        font.setWeight(font.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(tokens.text2))
        painter.drawText(QRectF(x, 6, 400, 18), Qt.AlignmentFlag.AlignVCenter, title)
        width = QFontMetricsF(font).horizontalAdvance(title)
        font.setWeight(font.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(tokens.muted))
        painter.drawText(QRectF(x, 22, 400, 18), Qt.AlignmentFlag.AlignVCenter, caption)
        return x + max(width, QFontMetricsF(font).horizontalAdvance(caption))

    def _small(self, painter: QPainter, tokens: theme.Tokens, box: QRectF, text: str) -> None:
        font = theme.tabular(self.font())
        font.setPixelSize(11)
        painter.setFont(font)
        painter.setPen(QColor(tokens.muted))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_scale(self, painter: QPainter, tokens: theme.Tokens, reference: float) -> None:
        left, width, middle = 16.0, 120.0, 17.0
        gradient = QLinearGradient(left, 0, left + width, 0)
        gradient.setColorAt(0.0, QColor(tokens.negative))
        gradient.setColorAt(0.5, QColor(tokens.canvas))
        gradient.setColorAt(1.0, QColor(tokens.positive))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(gradient)
        half = 3.25
        centre = left + width / 2
        for end in (left, left + width):
            wedge = QPolygonF()
            for x, y in ((end, middle - half), (centre, middle), (end, middle + half)):
                wedge.append(QPointF(x, y))
            painter.drawPolygon(wedge)
        text = f"{reference:g}"
        for x, label in ((left, f"\N{MINUS SIGN}{text}"), (centre, "0"), (left + width, f"+{text}")):
            self._small(painter, tokens, QRectF(x - 24, 25, 48, 14), label)

    def _paint_circles(self, painter: QPainter, tokens: theme.Tokens, x: float) -> float:
        for index, value in enumerate((-2.2, -1.0, 0.0, 1.0, 2.2)):
            painter.setPen(
                QColor(tokens.border_strong if value == 0 else tokens.negative if value < 0 else tokens.positive)
            )
            painter.setBrush(tint(tokens, value))
            painter.drawEllipse(QRectF(x + index * 16, 10.5, 12, 12))
        for index, label in ((0, number(-2, 0)), (2, "0"), (4, "+2")):
            self._small(painter, tokens, QRectF(x + index * 16 - 14, 25, 40, 14), label)
        return x + 80

    def _paint_squares(self, painter: QPainter, tokens: theme.Tokens, x: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for offset, colour in ((0, tokens.positive), (13, tokens.negative)):
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(QRectF(x + offset, 12, 9, 9), 2, 2)
        self._two_lines(painter, tokens, x + 32, self.tr("Square = bias"), self.tr("its own push"))


class CanvasCard(QFrame):
    """Example bar above, network in the middle, legend below."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "canvas")
        self.example_bar = ExampleBar(bridge, self)
        self.canvas = NetworkCanvas(bridge, self)
        self.legend = Legend(self.canvas, bridge, self)
        line = QFrame(self)
        line.setProperty("line", "h")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.example_bar)
        column.addWidget(line)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.legend)
