"""How a run is drawn in the tree: mark, name, pin and eye; below them its best loss, where that was, and its course."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final, Literal

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ann_viz.numerals import format_number, short_number
from ann_viz.session.run_tree import RunRow
from ann_viz.ui.kit import icons, theme
from ann_viz.ui.kit.painted import write_cut
from ann_viz.ui.kit.run_colours import is_dashed, paint_mark, run_colour
from ann_viz.ui.kit.sparkline import paint_sparkline
from ann_viz.ui.runs.run_model import row_of, sweep_of
from ann_viz.ui.runs.sweep_row import paint_sweep

__all__ = ["ROW_HEIGHT", "RunDelegate", "button_at"]

ROW_HEIGHT: Final = 46
MARK: Final = 16
GAP: Final = 6
ICON: Final = 14
BUTTON: Final = 20
SPARK: Final = QSize(58, 16)
LINE: Final = 20
NAME_PIXELS: Final = 12.5

Button = Literal["pin", "eye"]
AnyIndex = QModelIndex | QPersistentModelIndex


def _buttons(row: QRect) -> dict[Button, QRect]:
    """Return where pin and eye stand."""
    top = row.top() + 4
    eye = QRect(row.right() - BUTTON - 4, top, BUTTON, BUTTON)
    return {"pin": eye.translated(-BUTTON - 2, 0), "eye": eye}


def button_at(row: QRect, x: int, y: int) -> Button | None:
    """Return which button of a run's row is at a place."""
    return next((name for name, box in _buttons(row).items() if box.contains(x, y)), None)


class RunDelegate(QStyledItemDelegate):
    """Paints a run; its name is typed in place of the one on show.

    Attributes
    ----------
    letters : mapping of int to str
        A and B, by the numbers of the runs that are compared.
    scale : tuple of float
        What the courses of all runs are drawn between.
    pulse : bool
        Whether the dot of a run that is trained is bright just now.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.letters: Mapping[int, str] = {}
        self.scale = (0.0, 1.0, 0.0, 1.0)
        self.pulse = True

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Return two lines, more where words are larger."""
        return QSize(120, round(ROW_HEIGHT * theme.magnified()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw ground, mark, name, buttons, numbers and course."""
        row, sweep = row_of(index), sweep_of(index)
        rect = QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if sweep is not None:
            has_runs, is_open = index.model().hasChildren(index), bool(option.state & QStyle.StateFlag.State_Open)
            paint_sweep(painter, option, sweep, has_runs=has_runs, is_open=is_open)
        if row is None:
            painter.restore()
            return
        self._paint_ground(painter, rect, option, row)
        left = rect.left() + 4
        mark = QRectF(left, rect.top() + 5, MARK, MARK)
        paint_mark(painter, mark, row.place, self.letters.get(row.number, ""), option.font)
        self._paint_name(painter, rect, left + MARK + GAP, option.font, row)
        if not row.is_twin:
            self._paint_buttons(painter, rect, option, row)
        self._paint_numbers(painter, rect, left + MARK + GAP, option.font, row)
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, option: QStyleOptionViewItem, row: RunRow) -> None:
        tokens = theme.current()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        box = QRectF(rect).adjusted(0.5, 1.5, -0.5, -1.5)
        if row.is_current:
            painter.setPen(QPen(QColor(tokens.accent_line), 1))
            painter.setBrush(QColor(tokens.accent_soft))
            painter.drawRoundedRect(box, 8, 8)
        elif bool(option.state & QStyle.StateFlag.State_MouseOver):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.surface2))
            painter.drawRoundedRect(box, 8, 8)
        if selected and bool(option.state & QStyle.StateFlag.State_HasFocus):
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 8, 8)

    def _paint_name(self, painter: QPainter, rect: QRect, left: float, base: QFont, row: RunRow) -> None:
        font = _font(base, NAME_PIXELS, QFont.Weight.DemiBold if row.is_current else QFont.Weight.Medium)
        room = _buttons(rect)["pin"].left() - 4 - left
        painter.setFont(font)
        painter.setPen(QColor(theme.current().text))
        name = QFontMetricsF(font).elidedText(row.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, rect.top() + 3, room, LINE), Qt.AlignmentFlag.AlignVCenter, name)

    def _paint_buttons(self, painter: QPainter, rect: QRect, option: QStyleOptionViewItem, row: RunRow) -> None:
        tokens = theme.current()
        ratio = painter.deviceTransform().m11()
        pictures = {
            "pin": icons.pixmap("pin", tokens.accent if row.is_pinned else tokens.faint, ICON, ratio=ratio),
            "eye": icons.pixmap(
                "eye" if row.is_shown else "eye-off", tokens.text2 if row.is_shown else tokens.faint, ICON, ratio=ratio
            ),
        }
        for name, box in _buttons(rect).items():
            margin = (BUTTON - ICON) / 2
            painter.drawPixmap(QPointF(box.left() + margin, box.top() + margin), pictures[name])

    def _paint_numbers(self, painter: QPainter, rect: QRect, left: float, base: QFont, row: RunRow) -> None:
        tokens = theme.current()
        line = QRectF(left, rect.top() + 22, rect.right() - 8 - SPARK.width() - left, LINE)
        if row.is_running:
            painter.setPen(Qt.PenStyle.NoPen)
            dot = QColor(tokens.accent)
            dot.setAlphaF(1.0 if self.pulse else 0.35)
            painter.setBrush(dot)
            painter.drawEllipse(QPointF(left + 4, line.center().y()), 3.5, 3.5)
            words = self.tr("epoch {epoch}").format(epoch=format_number(row.epoch))
            write_cut(painter, line.adjusted(13, 0, 0, 0), _font(base, 12), tokens.muted, words)
        elif math.isfinite(row.best_loss):
            bold = _font(base, 12, QFont.Weight.DemiBold)
            loss = short_number(row.best_loss)
            width = QFontMetricsF(bold).horizontalAdvance(loss)
            write_cut(painter, line, bold, tokens.text, loss)
            words = self.tr("epoch {epoch}").format(epoch=format_number(row.best_epoch))
            write_cut(painter, line.adjusted(width + 7, 0, 0, 0), _font(base, 12), tokens.muted, words)
        else:
            write_cut(painter, line, _font(base, 12), tokens.muted, self.tr("not trained yet"))
        if len(row.epochs) > 1:
            box = QRectF(rect.right() - 6 - SPARK.width(), rect.top() + 24, SPARK.width(), SPARK.height())
            at = (row.best_epoch, row.best_loss) if row.best_epoch >= row.epochs[0] else ()
            colour, dashed = run_colour(row.place), is_dashed(row.place)
            paint_sparkline(painter, box, row.epochs, row.losses, self.scale, colour, mark=at, dashed=dashed)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Let the name be typed where it stands."""
        editor.setGeometry(QRect(option.rect).adjusted(MARK + GAP, 1, -4, 0).intersected(_first_line(option.rect)))


def _first_line(rect: QRect) -> QRect:
    return QRect(rect.left(), rect.top(), rect.width(), 26)


def _font(base: QFont, pixels: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    font = theme.tabular(base)
    font.setPixelSize(round(pixels * theme.magnified()))
    font.setWeight(weight)
    return font
