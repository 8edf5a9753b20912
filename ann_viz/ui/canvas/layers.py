"""The layers of the network picture, from the dots to the ring of the selection, and which of them are kept.

Words don't change with the weights and are kept as a picture; so is the haze, and flat out the numbers, for a while.
"""

from __future__ import annotations

import math
import time

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from ann_viz.scene import Frame, LineCurves
from ann_viz.scene.lines import Box
from ann_viz.session.tips import headings
from ann_viz.ui.canvas.answer import paint_answer
from ann_viz.ui.canvas.arrangement import Arrangement
from ann_viz.ui.canvas.haze import Haze
from ann_viz.ui.canvas.input_names import paint_input_labels
from ann_viz.ui.canvas.labels import between_headings, paint_headings, paint_more
from ann_viz.ui.canvas.manual_edits import paint_manual_edits
from ann_viz.ui.canvas.path_marks import paint_factors
from ann_viz.ui.canvas.pixels import paint_picture
from ann_viz.ui.canvas.stage import Stage
from ann_viz.ui.canvas.zoom import Viewport
from ann_viz.ui.document.paint import (
    is_vector,
    paint_circles,
    paint_curves,
    paint_dots,
    paint_lines,
    paint_ring,
)
from ann_viz.ui.document.view import View
from ann_viz.ui.kit import theme

__all__ = ["Layers"]


class Layers:
    """Paints what a stage has prepared.

    Parameters
    ----------
    widget : QWidget
        Painted on; gives size, font and pixel ratio.
    stage : Stage
    view : View
    viewport : Viewport

    Attributes
    ----------
    numbers_drawn : float
        When the numbers shown flat out were drawn, in seconds of `time.monotonic`.
    """

    def __init__(self, widget: QWidget, stage: Stage, view: View, viewport: Viewport) -> None:
        self._widget = widget
        self._stage = stage
        self._view = view
        self._viewport = viewport
        self._haze = Haze()
        self._words: QPixmap | None = None
        self._ground: QPixmap | None = None  # words and haze: all that lies under the lines
        self._numbers: QPixmap | None = None
        self.numbers_drawn = 0.0
        self._ratio = 1.0

    @property
    def words(self) -> QPixmap | None:
        """The picture of dots, headings and labels that is kept."""
        return self._words

    @property
    def numbers(self) -> QPixmap | None:
        """The picture of circles, numbers and answer that is kept while training goes flat out."""
        return self._numbers

    def forget(self) -> None:
        """Draw everything anew: another size, network or theme."""
        self.forget_words()
        self.forget_haze()

    def forget_words(self) -> None:
        """Draw words and numbers anew."""
        self._words = self._ground = self._numbers = None

    def forget_numbers(self) -> None:
        """Draw the numbers anew."""
        self._numbers = None

    def forget_haze(self) -> None:
        """Draw the haze anew: the lines mean something else."""
        self._haze.forget()
        self._ground = None

    def paint(self, painter: QPainter, *, flat_out: bool, still: bool, focused: bool) -> None:
        """Paint all layers.

        Parameters
        ----------
        flat_out : bool
            Training is too fast for numbers to be read.
        still : bool
            Nothing is training: all of the picture shows the newest weights.
        focused : bool
            Show that keys go here, by a line along the top edge.
        """
        tokens, stage, widget = theme.current(), self._stage, self._widget
        frame, arrangement = stage.frame, stage.arrangement
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if frame is None or arrangement is None:
            painter.fillRect(widget.rect(), QColor(tokens.canvas))
            paint_dots(painter, widget.width(), widget.height(), tokens)
            return
        if is_vector(painter):
            self._paint_as_vectors(painter, frame, arrangement)
            return
        ratio = painter.deviceTransform().m11()  # that of the screen, or of the picture that is exported
        if ratio != self._ratio:
            self._ratio = ratio
            self.forget()
        if self._words is None:
            self._words = self._draw_words(frame, arrangement)
        hazy = frame.lines.n_drawn < frame.lines.n_total
        if hazy and (not flat_out or self._haze.is_empty):
            self.renew_haze(exactly=still)
        if self._ground is None:
            self._ground = self._draw_ground(self._words, arrangement.curves) if hazy else self._words
        painter.drawPixmap(0, 0, self._ground)
        painter.setTransform(self._viewport.transform())
        painter.setOpacity(stage.travel.opacity)
        paint_lines(painter, frame.lines, tokens, frame.mode)
        painter.setOpacity(1.0)
        stage.travel.paint_lines(painter, tokens)
        if flat_out:
            painter.resetTransform()
            if self._numbers is None:
                self._numbers = self._draw_numbers(frame, arrangement)
            painter.drawPixmap(0, 0, self._numbers)
        else:  # slow enough to be read, or standing still: every number is the engine's own
            self._numbers = None
            self._paint_numbers(painter, frame, arrangement)
        if focused:
            painter.resetTransform()
            painter.fillRect(QRectF(0, 0, widget.width(), 2), QColor(tokens.accent))

    def _paint_as_vectors(self, painter: QPainter, frame: Frame, arrangement: Arrangement) -> None:
        """Paint all layers one after the other, none of them as a picture that was kept."""
        tokens, widget = theme.current(), self._widget
        painter.fillRect(widget.rect(), QColor(tokens.canvas))
        paint_dots(painter, widget.width(), widget.height(), tokens)
        painter.setTransform(self._viewport.transform(), combine=True)
        self._paint_words(painter, frame, arrangement)
        if frame.lines.n_drawn < frame.lines.n_total:
            self.renew_haze(exactly=True)
            self._haze.paint(painter, arrangement.curves)
        paint_curves(painter, frame, tokens)
        self._stage.travel.paint_lines(painter, tokens)
        self._paint_numbers(painter, frame, arrangement)

    def _draw_words(self, frame: Frame, arrangement: Arrangement) -> QPixmap:
        tokens = theme.current()
        pixmap = self._blank(QColor(tokens.canvas))
        with QPainter(pixmap) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_dots(painter, self._widget.width(), self._widget.height(), tokens)
            painter.setTransform(self._viewport.transform())
            self._paint_words(painter, frame, arrangement)
        return pixmap

    def _paint_words(self, painter: QPainter, frame: Frame, arrangement: Arrangement) -> None:
        tokens, layout, stage, font = theme.current(), frame.layout, self._stage, self._widget.font()
        titles = self._headings(arrangement)
        paint_headings(painter, layout, titles, stage.captions, tokens, font, can_resize=stage.can_resize)
        paint_more(painter, layout, [arrangement.more(column) for column in range(len(layout.x))], tokens, font)
        if arrangement.picture is not None:
            picture, caption = arrangement.picture, arrangement.caption
            paint_picture(painter, layout, stage.pixels(), picture, caption, tokens, font)
        else:
            paint_input_labels(painter, layout, arrangement.labels, tokens, font)

    def _headings(self, arrangement: Arrangement) -> tuple[tuple[str, str], ...]:
        return headings(arrangement.n_hidden, self._view.voice)

    def between_headings(self) -> tuple[float, float, float]:
        """Return where on the widget the outer headings leave room, from where to where, and its middle, in pixels.

        Where there are none, or they are wherever the picture was zoomed to, that is all of it.
        """
        frame, arrangement, width = self._stage.frame, self._stage.arrangement, float(self._widget.width())
        if frame is None or arrangement is None or not self._viewport.fitted:
            return 0.0, width, width / 2
        ends = between_headings(frame.layout, self._headings(arrangement), self._widget.font())
        left, right, middle = (end * self._viewport.magnified for end in ends)
        return left, right, middle

    def _draw_ground(self, words: QPixmap, curves: LineCurves) -> QPixmap:
        pixmap = words.copy()
        with QPainter(pixmap) as painter:
            painter.setTransform(self._viewport.transform())
            self._haze.paint(painter, curves)
        return pixmap

    def _paint_numbers(self, painter: QPainter, frame: Frame, arrangement: Arrangement) -> None:
        tokens, font = theme.current(), self._widget.font()
        paint_circles(painter, frame, tokens, font, picture=arrangement.picture is not None)
        paint_manual_edits(painter, arrangement.curves, self._stage.off, self._stage.locked, tokens, font)
        if self._view.looks_for and self._stage.chain is None:  # whose factors stand in the same places
            self._stage.looks_for.paint(painter, frame.layout, arrangement.shown, self._view.selection, font)
        if self._stage.answer is not None:
            paint_answer(painter, frame.layout, self._stage.answer, arrangement.shown[-1], tokens, font)
        for mark in self._view.ringed:
            place = arrangement.place_of(mark)
            if place is not None:
                paint_ring(painter, *place, tokens)
        if self._stage.chain is not None:
            chain, voice = self._stage.chain, self._view.voice
            paint_factors(painter, arrangement.curves, chain, arrangement.shown, voice, tokens, font)
        self._stage.travel.paint_pills(painter, tokens, font, picture=arrangement.picture is not None)

    def _draw_numbers(self, frame: Frame, arrangement: Arrangement) -> QPixmap:
        """Return circles, numbers and answer as they are shown flat out.

        Nobody reads numbers that change 30 times a second, and their hundred calls into Qt, each a hand-over of the
        interpreter from the training thread, cost training more than the lines do.
        """
        self.numbers_drawn = time.monotonic()
        pixmap = self._blank(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setTransform(self._viewport.transform())
            self._paint_numbers(painter, frame, arrangement)
        return pixmap

    def renew_numbers(self) -> None:
        """Draw the numbers that are shown flat out anew, those of the last frame."""
        frame, arrangement = self._stage.frame, self._stage.arrangement
        if frame is not None and arrangement is not None:
            self._numbers = self._draw_numbers(frame, arrangement)

    def renew_haze(self, *, exactly: bool = False) -> Box | None:
        """Draw the oldest part of the haze anew where it is due, or all that is not up to date; return around what."""
        frame, arrangement = self._stage.frame, self._stage.arrangement
        if frame is None or arrangement is None or frame.lines.n_drawn == frame.lines.n_total:
            return None
        drawn = self._haze.renew(arrangement.curves, frame.line_numbers, theme.current(), exactly=exactly)
        if drawn is not None:
            self._ground = None
        return drawn

    def _blank(self, colour: QColor | Qt.GlobalColor) -> QPixmap:
        ratio = self._ratio
        # Up to the last pixel that the widget has a part of: nobody else paints that one.
        pixmap = QPixmap(QSize(math.ceil(self._widget.width() * ratio), math.ceil(self._widget.height() * ratio)))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(colour)
        return pixmap
