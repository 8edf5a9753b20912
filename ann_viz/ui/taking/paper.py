"""A report on paper: blocks set in two columns of an A4 page, drawings as lines and letters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from ann_viz.session.exports.blocks import Block, Figure, Points, Report, Section, Table, Text
from ann_viz.tokens import THEMES
from ann_viz.ui.document.vector_files import with_remark

__all__ = ["PAGE_SIZE", "paint_page", "paint_report", "pdf_of_report"]

DOTS_PER_INCH: Final = 300
MARGIN_MM: Final = 14.0
WIDTH: Final = 700.0
"""Units across the page between its margins; fonts and distances are in these."""

PAGE_SIZE: Final = (808.0, 1143.0)
"""Of an A4 page in the same units, its margins included."""

GAP: Final = 26.0
LINE: Final = 1.34
BODY, SMALL, HEAD, TITLE = 10.5, 9.0, 12.0, 20.0
WIDE_FIGURE: Final = 0.56  # of the width
TOKENS: Final = THEMES["light"]


def pdf_of_report(report: Report, remark: str) -> bytes:
    """Return a report as a PDF file."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(report.title)
    with_remark(writer, remark)
    writer.setResolution(DOTS_PER_INCH)
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter
        )
    )
    paint_report(writer, report)
    del writer  # only then is the file complete
    return bytes(content.data())


def paint_report(page: QPagedPaintDevice, report: Report) -> None:
    """Paint a report on the pages of a printer or a file."""
    with QPainter(page) as painter:
        view = painter.viewport()
        scale = view.width() / WIDTH
        painter.scale(scale, scale)
        _Setter(page, painter, view.height() / scale).set(report)


def paint_page(painter: QPainter, report: Report) -> None:
    """Paint the first page of a report in units of `PAGE_SIZE`."""
    margin = (PAGE_SIZE[0] - WIDTH) / 2
    painter.translate(margin, margin)
    _Setter(None, painter, PAGE_SIZE[1] - 2 * margin).set(report)


@dataclass(slots=True)
class _Setter:
    """Sets one block below the other.

    Parameters
    ----------
    page : QPagedPaintDevice or None
        Where further pages come from; without it there is one only.
    painter : QPainter
    height : float
        Of a page.
    """

    page: QPagedPaintDevice | None
    painter: QPainter
    height: float

    def set(self, report: Report) -> None:
        """Set a whole report."""
        y = self._text(report.title, 0, 0, WIDTH, TITLE, weight=QFont.Weight.Bold)
        y = self._text(report.subtitle, 0, y, WIDTH, BODY, colour=TOKENS.muted)
        y = self._text("".join(report.lead), 0, y + 4, WIDTH, BODY + 1) + 8
        columns = [y, y]
        half = (WIDTH - GAP) / 2
        for section in report.sections:
            side = 0 if section.is_wide or columns[0] <= columns[1] else 1
            top, width = (max(columns), WIDTH) if section.is_wide else (columns[side], half)
            if top + self._height(section, width) > self.height - 24 and top > 0:
                if self.page is None:
                    break
                top = self._new_page(report)
                columns, side = [top, top], 0
            columns[side] = self._section(section, side * (half + GAP), top, width)
            if section.is_wide:
                columns[1] = columns[0]
        self._footer(report)

    def _new_page(self, report: Report) -> float:
        self._footer(report)
        if self.page is not None:
            self.page.newPage()
        return 0.0

    def _footer(self, report: Report) -> None:
        self._text(report.footer, 0, self.height - 2 * SMALL * LINE, WIDTH, SMALL - 1, colour=TOKENS.muted)

    def _section(self, section: Section, x: float, y: float, width: float, *, paint: bool = True) -> float:
        """Set a section; return where it ends, also if it is only measured."""
        if paint:
            self.painter.setPen(QColor(TOKENS.border_strong))
            self.painter.drawLine(QPointF(x, y), QPointF(x + width, y))
        y = self._text(section.title, x, y + 5, width, HEAD, weight=QFont.Weight.DemiBold, paint=paint) + 2
        for block in section.blocks:
            y = self._block(block, x, y, width, paint, wide=section.is_wide)
        return y + 10

    def _height(self, section: Section, width: float) -> float:
        return self._section(section, 0, 0, width, paint=False)

    def _block(self, block: Block, x: float, y: float, width: float, paint: bool, *, wide: bool) -> float:
        if isinstance(block, Text):
            return self._text(block.text, x, y, width, BODY, paint=paint) + 3
        if isinstance(block, Points):
            for sentence in block.sentences:
                self._text("·", x + 2, y, 10, BODY, paint=paint)
                y = self._text(sentence, x + 10, y, width - 10, BODY, paint=paint) + 1
            return y + 3
        if isinstance(block, Figure):
            return self._figure(block, x, y, width, paint, wide=wide)
        return self._table(block, x, y, width, paint)

    def _figure(self, figure: Figure, x: float, y: float, width: float, paint: bool, *, wide: bool) -> float:
        drawing = QSvgRenderer(figure.svg.encode("utf-8"))
        size, share = drawing.viewBoxF().size(), WIDE_FIGURE if wide else 1.0
        height = share * width * size.height() / size.width()
        if paint:
            drawing.render(self.painter, QRectF(x + (1 - share) / 2 * width, y, share * width, height))
        return self._text(figure.caption, x, y + height + 2, width, SMALL, colour=TOKENS.muted, paint=paint) + 3

    def _table(self, table: Table, x: float, y: float, width: float, paint: bool) -> float:
        rows = table.rows if any(table.rows[0]) else table.rows[1:]
        metrics = QFontMetricsF(self._font(BODY, QFont.Weight.Normal))
        n_cells = max(map(len, rows))
        widths = [max(metrics.horizontalAdvance(row[cell]) for row in rows) + 12 for cell in range(n_cells)]
        fits = sum(widths) <= width
        if not fits:  # a column of names and one of facts
            widths = [
                min(widths[0], 0.4 * width),
                *[(width - min(widths[0], 0.4 * width)) / (n_cells - 1)] * (n_cells - 1),
            ]
        has_facts = rows is not table.rows
        widths[0 if not has_facts else -1] += max(0.0, width - sum(widths))
        for place, row in enumerate(rows):
            colour = TOKENS.muted if place == 0 and not has_facts else TOKENS.text
            left, bottom = x, y
            for cell, text in enumerate(row):
                to_right = cell > 0 and not has_facts
                room = widths[cell] - (0 if to_right else 8)
                bottom = max(bottom, self._text(text, left, y, room, BODY, colour=colour, right=to_right, paint=paint))
                left += widths[cell]
            y = bottom + 2
            if paint and place < len(rows) - 1:
                self.painter.setPen(QColor(TOKENS.border))
                self.painter.drawLine(QPointF(x, y - 1), QPointF(x + width, y - 1))
        return y + 4

    def _font(self, size: float, weight: QFont.Weight) -> QFont:
        font = QFont(QApplication.font())
        font.setPixelSize(round(10 * size))  # measured ten times as large: sizes of fonts are whole pixels
        font.setWeight(weight)
        return font

    def _text(
        self,
        text: str,
        x: float,
        y: float,
        width: float,
        size: float,
        *,
        weight: QFont.Weight = QFont.Weight.Normal,
        colour: str = TOKENS.text,
        right: bool = False,
        paint: bool = True,
    ) -> float:
        """Set a paragraph; return where it ends."""
        font = self._font(size, weight)
        metrics = QFontMetricsF(font)
        is_long = max(map(metrics.horizontalAdvance, text.split()), default=0.0) > 10 * width
        wrapped = Qt.TextFlag.TextWrapAnywhere if is_long else Qt.TextFlag.TextWordWrap
        flags = (Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft) | wrapped
        box = metrics.boundingRect(QRectF(0, 0, 10 * width, 1e6), int(flags), text)
        if paint:
            self.painter.save()
            self.painter.translate(x, y)
            self.painter.scale(0.1, 0.1)
            self.painter.setFont(font)
            self.painter.setPen(QColor(colour))
            self.painter.drawText(QRectF(0, 0, 10 * width, box.height() + 10), int(flags), text)
            self.painter.restore()
        return y + box.height() / 10
