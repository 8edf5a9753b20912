"""Where a film is made: the network, and beside it the loss, on a session of its own that nobody sees."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ann_viz.explain import load_texts
from ann_viz.numerals import format_number, short_number
from ann_viz.session import Moment
from ann_viz.session.exports.easel import Begin, Frame
from ann_viz.translation import translate
from ann_viz.ui.canvas.canvas_card import CanvasCard
from ann_viz.ui.charts.chart_page import ChartPage
from ann_viz.ui.charts.loss_chart import LossChart
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.view import View
from ann_viz.ui.kit.labels import PlainLabel

__all__ = ["FilmStage", "pixels_of"]

CHART_SHARE: Final = 0.3
MARGIN: Final = 8


class FilmStage(QWidget):
    """A window that is never on a screen and looks at one epoch after the other.

    Parameters
    ----------
    begin : Begin
        Makes the session that is filmed; it is closed at the end.
    first : Frame
        Size and kind of the film.
    """

    def __init__(self, begin: Begin, first: Frame) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        self._bridge = Bridge(begin())
        self._view = View(self._bridge, self)
        self._card = CanvasCard(self._bridge, self._view, self)
        self._card.legend.hide_controls()
        self._card.example_bar.hide()
        self._caption = PlainLabel("", self, role="strong")
        self._moment = PlainLabel("", self, role="body")
        self._chart: ChartPage | None = None
        self._arrange(first)
        self.resize(first.width, first.height)
        self.show()
        for signal in (self._bridge.dataset_changed, self._bridge.settings_changed, self._bridge.example_changed):
            signal.emit()

    def _arrange(self, first: Frame) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        rows.addWidget(self._card, 1)
        if first.film == "loss":
            self._card.legend.hide()
            self._chart = LossChart(self._bridge, self)
            self._chart.hide_controls()
            self._chart.setProperty("card", "true")
            self._chart.setContentsMargins(10, 6, 10, 2)
            self._chart.setFixedHeight(round(CHART_SHARE * first.height))
            rows.addWidget(self._chart)
        caption = QHBoxLayout()
        caption.addWidget(self._caption)
        caption.addStretch()
        caption.addWidget(self._moment)
        rows.addLayout(caption)

    def picture(self, frame: Frame) -> bytes:
        """Return one picture of the film as red, green and blue of every pixel."""
        self._bridge.look_at(Moment(self._bridge.document.run_numbers[0], frame.epoch))
        self._bridge.offer_turns()
        self._show_caption(frame)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)  # texts have other widths now
        image = QImage(frame.width, frame.height, QImage.Format.Format_RGB888)
        image.fill(self.palette().window().color())
        with QPainter(image) as painter:
            self.render(painter, QPoint())
        return pixels_of(image)

    def _show_caption(self, frame: Frame) -> None:
        snapshot = self._bridge.document.snapshot
        if frame.step and snapshot is not None:
            told = load_texts()[frame.step - 1]
            self._caption.setText(f"{frame.step} · {told.title['plain']}")
        if snapshot is not None:
            text = translate("epoch {n} · loss {loss}{averaged}")
            averaged = "" if snapshot.average is None else translate(" (avg)")
            loss, epoch = short_number(snapshot.judged_loss), format_number(snapshot.epoch)
            self._moment.setText(text.format(n=epoch, loss=loss, averaged=averaged))

    def end(self) -> None:
        """Let go of session and widgets; the data stay open."""
        self._bridge.close()
        self.close()
        self.deleteLater()


def pixels_of(image: QImage) -> bytes:
    """Return red, green and blue of every pixel, row by row; Qt fills rows up to whole words."""
    rows, line = bytes(image.constBits()), image.bytesPerLine()
    return b"".join(rows[y * line : y * line + 3 * image.width()] for y in range(image.height()))
