"""Below the picture: what thickness, tint and square mean, how many lines are drawn, and the zoom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from ann_viz.explain.moment import drawn_text
from ann_viz.numerals import fixed, format_number, percent_fixed
from ann_viz.ui.canvas.canvas import NetworkCanvas
from ann_viz.ui.canvas.flow import paint_error_sample
from ann_viz.ui.canvas.legend_scale import beyond_text, paint_scale, paint_small
from ann_viz.ui.canvas.legend_words import about_lines, line_caption, line_title
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.paint import tint
from ann_viz.ui.document.view import View
from ann_viz.ui.kit import icons, theme
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.kit.wheel import Slider

__all__ = ["Legend"]

LEGEND_HEIGHT: Final = 46
ZOOM_WIDTH: Final = 44
MANY_LINES: Final = 400
BETWEEN: Final = 14.0  # two marks
CIRCLES_WIDTH: Final = 84.0
SQUARES_WIDTH: Final = 29.0
LEAST_LEFT: Final = 160.0  # of what a line stands for, so that it moves little with the scale


class Legend(QWidget):
    """Explains thickness, tint and bias, with the scale's own numbers."""

    def __init__(self, canvas: NetworkCanvas, bridge: Bridge, view: View, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas, self._bridge = canvas, bridge
        self._view = view
        self._shown: tuple[object, ...] = ()
        self._has_controls = True
        self.setFixedHeight(LEGEND_HEIGHT)
        self.setAccessibleName(self.tr("Legend"))
        self.share = Slider(self)
        self.share.setRange(1, 100)
        self.share.setFixedWidth(96)
        self.share.setAccessibleName(self.tr("Share of the lines that is drawn one by one"))
        self.share.setToolTip(self.tr("Draw more or fewer lines one by one; the rest is the haze behind them"))
        self._buttons = [
            self._button("minus", self.tr("Zoom out (−)"), canvas.zoom_out),
            self._button("plus", self.tr("Zoom in (+)"), canvas.zoom_in),
            self._button("maximize", self.tr("Show everything (0)"), canvas.fit),
        ]
        looks_for = self.tr(
            "Beside each hidden neuron what it looks for; without room beside the selected one (Ctrl+Shift+K)"
        )
        self.looks_for = self._button("eye", looks_for, view.toggle_looks_for)
        self.looks_for.setCheckable(True)
        self.looks_for.setChecked(view.looks_for)
        self.zoom = PlainLabel(parent=self, role="body")
        self.zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.zoom.setFixedWidth(ZOOM_WIDTH)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 1, 12, 0)
        row.setSpacing(2)
        row.addStretch()
        row.addWidget(self.looks_for)
        row.addWidget(self.share)
        out, into, fit = self._buttons
        for widget in (out, self.zoom, into):
            row.addWidget(widget)
        row.addSpacing(6)
        row.addWidget(fit)
        self.share.valueChanged.connect(lambda value: view.show_share(value / 100))
        canvas.zoomed.connect(self._show_zoom)
        bridge.snapshot_changed.connect(self._on_frame_changed)
        bridge.example_changed.connect(self._on_frame_changed)
        view.looks_for_changed.connect(lambda: self.looks_for.setChecked(view.looks_for))
        view.mode_changed.connect(self._on_frame_changed)
        view.told_changed.connect(self._on_frame_changed)
        view.selection_changed.connect(self._on_frame_changed)
        self._show_zoom()

    def _button(self, icon: str, tip: str, function: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("icon_name", icon)
        button.setProperty("kind", "quiet")
        button.setIcon(icons.icon(icon))
        button.setToolTip(plain_tip(tip))
        button.setAccessibleName(tip)
        button.setFixedSize(28, 28)
        button.clicked.connect(lambda _checked=False: function())
        return button

    def _show_zoom(self) -> None:
        self.zoom.setText(percent_fixed(self._canvas.zoom, 0))

    def hide_controls(self) -> None:
        """Explain only: for pictures, in which nobody can press a button."""
        self._has_controls = False
        for control in (self.looks_for, self.share, self.zoom, *self._buttons):
            control.hide()

    def _on_frame_changed(self) -> None:
        frame = self._canvas.frame if self.isVisible() else None
        if frame is None:
            return
        lines = frame.lines
        shown = (
            frame.mode,
            frame.reference,
            frame.beyond.n,
            *(beyond_text(number, frame.reference) for number in (frame.beyond.low, frame.beyond.high) if number),
            lines.n_drawn,
            lines.n_total,
            round(lines.share * 100),
            self._canvas.travel.kind,
            drawn_text(self._bridge.document.snapshot),
        )
        if shown != self._shown:
            self._shown = shown
            self.share.setVisible(self._has_controls and lines.n_total > MANY_LINES)
            if self._view.share is None:
                with QSignalBlocker(self.share):
                    self.share.setValue(round(100 * lines.n_drawn / max(1, lines.n_total)))
            about = about_lines(frame)
            self.setToolTip(plain_tip(about))
            self.setAccessibleDescription(about)
            self.update()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up after having been hidden."""
        self._on_frame_changed()

    def changeEvent(self, event: QEvent) -> None:
        """Tint the icons anew when the theme changes."""
        if event.type() == QEvent.Type.StyleChange:
            self.setFixedHeight(round(LEGEND_HEIGHT * theme.magnified()))
            self.zoom.setFixedWidth(round(ZOOM_WIDTH * theme.magnified()))
        if event.type() == QEvent.Type.PaletteChange:
            for button in (self.looks_for, *self._buttons):
                button.setIcon(icons.icon(button.property("icon_name")))
        super().changeEvent(event)

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
            painter.scale(theme.magnified(), theme.magnified())
            x = paint_scale(painter, tokens, self.font(), frame)
            right = (self.looks_for.x() if self._has_controls else self.width()) / theme.magnified() - 4.0
            x = self._two_lines(
                painter,
                tokens,
                max(x + BETWEEN, LEAST_LEFT),
                line_title(frame.mode, drawn_text(self._bridge.document.snapshot)),
                line_caption(frame, dashed=bool(tokens.contrast)),
            )
            if self._canvas.travel.kind == "error":
                self._paint_error(painter, tokens, x + BETWEEN, right)
                return
            self._paint_marks(painter, tokens, x, right)

    def _paint_marks(self, painter: QPainter, tokens: theme.Tokens, x: float, right: float) -> None:
        """Explain circles and squares, in a word each where there is no room for more; circles come first."""
        widths = CIRCLES_WIDTH, SQUARES_WIDTH
        whole = (
            (self.tr("Circle = activation"), self.tr("the number it passes on")),
            (self.tr("Square = bias"), self.tr("its own push")),
        )
        in_a_word = (self.tr("activation"), ""), (self.tr("bias"), "")
        room = sum(width + BETWEEN + self._width_of(*each) for width, each in zip(widths, whole, strict=True))
        words = whole if x + room < right else in_a_word
        paints = self._paint_circles, self._paint_squares
        for paint, width, each in zip(paints, widths, words, strict=True):
            if x + BETWEEN + width + self._width_of(*each) >= right:
                return
            paint(painter, tokens, x + BETWEEN)
            x = self._two_lines(painter, tokens, x + BETWEEN + width, *each)

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

    def _paint_error(self, painter: QPainter, tokens: theme.Tokens, x: float, right: float) -> None:
        """Explain the dots and the pills while the error runs back."""
        dots = self.tr("Dots = error"), self.tr("goes back, right to left")
        if x + 70 + self._width_of(*dots) < right:
            paint_error_sample(painter, x, 18.0, tokens)
            x = self._two_lines(painter, tokens, x + 70, *dots)
        pill = self.tr("Pill = blame"), self.tr("of this row")
        if x + 78 + self._width_of(*pill) < right:
            self._pill(painter, tokens, QRectF(x + 26, 10, 42, 16), f"δ {format_number(0.1, '+.1f')}")
            self._two_lines(painter, tokens, x + 78, *pill)

    def _width_of(self, title: str, caption: str) -> float:
        """Return how wide two lines are."""
        font = self.font()
        font.setPixelSize(12)
        font.setWeight(font.Weight.DemiBold)  # the wider of the two weights
        metrics = QFontMetricsF(font)
        return max(metrics.horizontalAdvance(title), metrics.horizontalAdvance(caption))

    def _pill(self, painter: QPainter, tokens: theme.Tokens, box: QRectF, text: str) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.error_soft))
        painter.drawRoundedRect(box, 8, 8)
        font = theme.tabular(self.font())
        font.setPixelSize(10)
        font.setWeight(font.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(tokens.error))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_circles(self, painter: QPainter, tokens: theme.Tokens, x: float) -> None:
        for index, value in enumerate((-2.2, -1.0, 0.0, 1.0, 2.2)):
            painter.setPen(
                QColor(tokens.border_strong if value == 0 else tokens.negative if value < 0 else tokens.positive)
            )
            painter.setBrush(tint(tokens, value))
            painter.drawEllipse(QRectF(x + index * 16, 10.5, 12, 12))
        for index, label in ((0, fixed(-2, 0)), (2, "0"), (4, "+2")):
            paint_small(painter, tokens, self.font(), QRectF(x + index * 16 - 14, 25, 40, 14), label)

    def _paint_squares(self, painter: QPainter, tokens: theme.Tokens, x: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for offset, colour in ((0, tokens.positive), (13, tokens.negative)):
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(QRectF(x + offset, 12, 9, 9), 2, 2)
