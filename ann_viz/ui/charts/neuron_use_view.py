"""How often each hidden neuron is on, as a row of tiles per layer; one that never is stands out."""

from __future__ import annotations

from typing import Final

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ann_viz.numerals import count, counted, format_number, percent
from ann_viz.rich import Rich, rich
from ann_viz.session.judged.inside import NeuronUse
from ann_viz.translation import translate
from ann_viz.ui.document.paint import mix, readable_ink
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.painted import Painted
from ann_viz.ui.kit.plain_text import plain_tip

__all__ = ["NeuronUseView", "told_silence"]

NAMES: Final = 62.0
ROW: Final = 26
SMALLEST: Final = 7.0
LARGEST: Final = 40.0
LEGIBLE: Final = 24.0
STRONGEST: Final = 0.65


class NeuronUseView(Painted):
    """Paints the tiles; a click chooses a neuron."""

    chosen = Signal(int, int)
    """Column and place of a neuron."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._use: NeuronUse | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("How often each neuron is on"))

    def show_use(self, use: NeuronUse) -> None:
        """Show the shares of all hidden neurons."""
        self._use = use
        self._fit()
        layer = self.tr("hidden {n}: {shares}")
        self.setAccessibleDescription(
            "; ".join(
                layer.format(n=k + 1, shares=", ".join(percent(share) for share in shares.tolist()))
                for k, shares in enumerate(use.shares)
            )
        )
        self.update()

    def _fit(self) -> None:
        self.setFixedHeight(max(ROW, sum(self._rows_of(len(shares)) for shares in self._shares()) * ROW))

    def _shares(self) -> tuple[np.ndarray, ...]:
        return () if self._use is None else self._use.shares

    def _tile(self, n: int) -> float:
        return min(LARGEST, max(SMALLEST, (self.width() - NAMES) / max(1, n)))

    def _rows_of(self, n: int) -> int:
        beside = max(1, int((self.width() - NAMES) / self._tile(n)))
        return -(-n // beside)

    def sizeHint(self) -> QSize:
        """As many rows as there are layers, or more where they are wide."""
        return QSize(240, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break rows anew."""
        super().resizeEvent(event)
        self._fit()

    def box(self, layer: int, index: int) -> QRectF:
        """Return where a neuron's tile is."""
        shares = self._shares()
        top = sum(self._rows_of(len(each)) for each in shares[:layer]) * ROW
        tile = self._tile(len(shares[layer]))
        beside = max(1, int((self.width() - NAMES) / tile))
        down, across = divmod(index, beside)
        gap = 4.0 if tile > LEGIBLE else 1.0
        return QRectF(NAMES + across * tile, top + down * ROW + 2, tile - gap, ROW - 5)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw names and tiles."""
        tokens, align = theme.current(), Qt.AlignmentFlag
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for layer, shares in enumerate(self._shares()):
                painter.setFont(self.font_of(12))
                painter.setPen(QColor(tokens.muted))
                name = self.tr("hidden {n}").format(n=layer + 1)
                top = self.box(layer, 0).top() if len(shares) else 0.0
                name = QFontMetricsF(painter.font()).elidedText(name, Qt.TextElideMode.ElideRight, NAMES - 6)
                painter.drawText(QRectF(0, top, NAMES, ROW - 5), align.AlignLeft | align.AlignVCenter, name)
                painter.setFont(self.font_of(11, QFont.Weight.DemiBold))
                for index, share in enumerate(shares.tolist()):
                    box = self.box(layer, index)
                    silent = share == 0
                    fill = mix(tokens.surface, tokens.positive, STRONGEST * share)
                    dashed = QPen(QColor(tokens.danger), 1.25, Qt.PenStyle.DashLine)
                    painter.setPen(dashed if silent else Qt.PenStyle.NoPen)
                    painter.setBrush(QColor(tokens.surface) if silent else fill)
                    painter.drawRoundedRect(box, 4, 4)
                    if box.width() >= LEGIBLE - 4:
                        painter.setPen(QColor(tokens.danger) if silent else readable_ink(fill, tokens))
                        painter.drawText(box, align.AlignCenter, format_number(100 * share, ".0f"))

    def _at(self, event: QMouseEvent) -> tuple[int, int] | None:
        for layer, shares in enumerate(self._shares()):
            for index in range(len(shares)):
                if self.box(layer, index).contains(event.position()):
                    return layer, index
        return None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say for how many rows a neuron is on."""
        place = self._at(event)
        if place is not None and self._use is not None:
            share = float(self._use.shares[place[0]][place[1]])
            told = self.tr("Hidden layer {layer}, neuron {n}: on for {share} of {rows}.").format(
                layer=place[0] + 1, n=place[1] + 1, share=percent(share), rows=count(self._use.n_rows, "row")
            )
            QToolTip.showText(event.globalPosition().toPoint(), plain_tip(told), self)
        super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a neuron."""
        place = self._at(event)
        if place is not None:
            self.chosen.emit(place[0] + 1, place[1])
        else:
            super().mousePressEvent(event)


def told_silence(use: NeuronUse) -> Rich:
    """Say how many neurons are never on, and where."""
    silent = [(layer + 1, n) for layer, n in enumerate(use.silent) if n]
    if not use.shares:
        return rich(translate("There is no hidden neuron."))
    if not silent:
        return rich(translate("No neuron is silent: each is on for some row."))
    parts = [
        counted("{n} silent neuron in hidden {layer}", "{n} silent neurons in hidden {layer}", n, layer=str(layer))
        for layer, n in silent
    ]
    return rich(translate("<b>{list}</b>: always 0."), list=", ".join(parts))
