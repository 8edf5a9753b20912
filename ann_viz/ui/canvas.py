"""The living picture of the network: one widget, one paint per frame.

It re-reads the session when the bridge signals, prepares arrays through `scene`, and in ``paintEvent`` only paints.
Words that don't change with the weights are kept in a pixmap.
"""

from __future__ import annotations

import time
from typing import Final

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ann_viz.scene import Curves, Frame, Layout, arrange, build_curves, build_frame
from ann_viz.session import RunState
from ann_viz.ui import theme, wording
from ann_viz.ui.bridge import Bridge
from ann_viz.ui.canvas_labels import Answer, InputLabels, paint_answer, paint_headings, paint_input_labels
from ann_viz.ui.canvas_paint import number, paint_circles, paint_dots, paint_lines

__all__ = ["NetworkCanvas"]

MARGIN_BINARY: Final = 178.0
MARGIN_CLASSES: Final = 150.0
NUMBERS_INTERVAL_S: Final = 0.1


class NetworkCanvas(QWidget):
    """Draws the session's network with the shown row's values."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._sizes: tuple[int, ...] = ()
        self._layout: Layout | None = None
        self._curves: Curves | None = None
        self._frame: Frame | None = None
        self._words: QPixmap | None = None
        self._numbers: QPixmap | None = None
        self._numbers_drawn = 0.0
        self._labels: InputLabels | None = None
        self._answer: Answer | None = None
        self._reference = 0.0
        self._stale = True
        self.setObjectName("networkCanvas")
        self.setAccessibleName(self.tr("Network"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # the card behind need not be painted each frame
        bridge.dataset_changed.connect(self._on_dataset_changed)
        bridge.settings_changed.connect(self._on_settings_changed)
        bridge.example_changed.connect(self._on_example_changed)
        bridge.snapshot_changed.connect(self._on_snapshot_changed)
        bridge.state_changed.connect(self._on_snapshot_changed)

    @property
    def frame(self) -> Frame | None:
        """What is drawn now; None without a network."""
        self._prepare()
        return self._frame

    @property
    def reference(self) -> float:
        """The |w| drawn at full thickness, for the legend."""
        return self._reference

    def forget_scale(self) -> None:
        """Let the thickness scale begin anew (a new run)."""
        self._reference = 0.0
        self._stale = True
        self.update()

    # What changed ---------------------------------------------------------------------------------------------------
    def _on_dataset_changed(self) -> None:
        self.forget_scale()
        self._rearrange()

    def _on_settings_changed(self) -> None:
        config = self._bridge.session.network_config
        if config is not None and config.sizes != self._sizes:
            self._rearrange()
        self._words = None
        self._on_snapshot_changed()

    def _on_example_changed(self) -> None:
        self._labels = None
        self._words = self._numbers = None
        self._on_snapshot_changed()

    def _on_snapshot_changed(self) -> None:
        self._stale = True
        if self.isVisible():
            self.update()

    def _rearrange(self) -> None:
        """Compute positions for the present architecture and size."""
        session = self._bridge.session
        self._words, self._numbers, self._labels, self._frame, self._stale = None, None, None, None, True
        if session.dataset is None or session.network_config is None:
            self._layout = self._curves = None
            self.update()
            return
        config, encoder = session.network_config, session.dataset.encoder
        self._sizes = config.sizes
        groups = [(group.start, group.stop) for group in encoder.groups]
        margin = MARGIN_BINARY if config.task == "binary" else MARGIN_CLASSES
        self._layout = arrange(config.sizes, self.width(), self.height(), groups, output_margin=margin)
        self._curves = build_curves(self._layout)
        self.update()

    # Preparing a frame ----------------------------------------------------------------------------------------------
    def _prepare(self) -> None:
        """Bring the frame up to date with the newest snapshot."""
        session = self._bridge.session
        snapshot, dataset = session.snapshot, session.dataset
        if not self._stale or self._layout is None or self._curves is None or snapshot is None or dataset is None:
            return
        if snapshot.config.sizes != self._sizes:
            return
        forward = session.forward(session.example)
        activations = [
            *(layer.activation for layer in snapshot.config.hidden),
            wording.OUTPUT_ACTIVATION[snapshot.config.task],
        ]
        values = [np.asarray(a)[0] for a in forward.A]
        self._frame = build_frame(
            self._layout, self._curves, snapshot.W, snapshot.b, values, activations, self._reference
        )
        self._reference = self._frame.reference
        self._answer = wording.answer(dataset, values[-1])
        if self._labels is None:
            self._labels = wording.input_labels(dataset, session.example)
        self._stale = False

    def _draw_words(self, layout: Layout, labels: InputLabels) -> QPixmap:
        tokens = theme.current()
        pixmap = self._blank(QColor(tokens.canvas))
        config = self._bridge.session.network_config
        with QPainter(pixmap) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_dots(painter, self.width(), self.height(), tokens)
            if config is not None:
                paint_headings(painter, layout, wording.layer_captions(config), tokens, self.font())
            paint_input_labels(painter, layout, labels, tokens, self.font())
        return pixmap

    def _paint_numbers(self, painter: QPainter, frame: Frame, answer: Answer) -> None:
        tokens = theme.current()
        paint_circles(painter, frame, tokens, self.font())
        paint_answer(painter, frame, answer, tokens, self.font())

    def _recent_numbers(self, frame: Frame, answer: Answer) -> QPixmap:
        """Return circles, numbers and answer, at most 0.1 s old.

        Nobody reads numbers that change 30 times a second, and their hundred calls into Qt, each a hand-over of the
        interpreter from the training thread, cost training more than the lines do.
        """
        now = time.monotonic()
        if self._numbers is None or now - self._numbers_drawn >= NUMBERS_INTERVAL_S:
            self._numbers_drawn = now
            self._numbers = self._blank(Qt.GlobalColor.transparent)
            with QPainter(self._numbers) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                self._paint_numbers(painter, frame, answer)
        return self._numbers

    def _blank(self, colour: QColor | Qt.GlobalColor) -> QPixmap:
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(QSize(round(self.width() * ratio), round(self.height() * ratio)))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(colour)
        return pixmap

    # Qt -------------------------------------------------------------------------------------------------------------
    def sizeHint(self) -> QSize:
        """Return the size the design gives it."""
        return QSize(822, 480)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the newest frame."""
        self._prepare()
        tokens = theme.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self._frame is None or self._labels is None or self._answer is None:
                painter.fillRect(self.rect(), QColor(tokens.canvas))
                paint_dots(painter, self.width(), self.height(), tokens)
                return
            if self._words is None:
                self._words = self._draw_words(self._frame.layout, self._labels)
            painter.drawPixmap(0, 0, self._words)
            paint_lines(painter, self._frame.lines, tokens)
            session = self._bridge.session
            if session.state is RunState.RUNNING and session.speed.kind == "max":
                painter.drawPixmap(0, 0, self._recent_numbers(self._frame, self._answer))
            else:  # slow enough to be read, or standing still: every number is the engine's own
                self._numbers = None
                self._paint_numbers(painter, self._frame, self._answer)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the network to the new size."""
        self._rearrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up after having been hidden."""
        self._stale = True

    def changeEvent(self, event: QEvent) -> None:
        """Redraw the words in the new theme or font."""
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._words = self._numbers = None
            self.update()
        super().changeEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Answer a hover over a neuron with its number."""
        text = self.describe_at(event.position())
        if text:
            QToolTip.showText(event.globalPosition().toPoint(), text, self)
        else:
            QToolTip.hideText()

    def describe_at(self, point: QPointF) -> str:
        """Return a sentence about the neuron at `point`, or an empty text."""
        frame, labels = self._frame, self._labels
        hit = frame.layout.node_at(point.x(), point.y()) if frame is not None else None
        if frame is None or labels is None or hit is None:
            return ""
        column, index = hit
        value = number(float(frame.values[column][index]), 3)
        if column == 0:
            return self.tr("{name} {raw}: enters the network as {value}").format(
                name=labels.names[index], raw=labels.values[index], value=value
            )
        bias = number(float(frame.biases[column - 1][index]), 3)
        where = (
            self.tr("Output neuron {n}")
            if column == len(frame.layout.x) - 1
            else self.tr("Hidden layer {layer}, neuron {n}")
        ).format(layer=column, n=index + 1)
        return self.tr("{where}: activation {value}, bias {bias}").format(where=where, value=value, bias=bias)
