"""The names beside and above the cells of a confusion matrix: where each stands, and as much of it as has room.

Of a few classes each name may take two lines. Of many, what all names begin with is left out where they are long, and
where rows or columns are narrower than a name, every k-th has one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from ann_viz.short_names import told_apart
from ann_viz.ui.charts.confusion_colours import FEW_CLASSES
from ann_viz.ui.kit.painted import fitted, in_lines

__all__ = ["LABEL_GAP", "Label", "head_height", "label_width", "labels", "written"]

Label = tuple[QRectF, Qt.AlignmentFlag, str]

HEADING: Final = 16.0
LINES: Final = 2
LABEL_GAP: Final = 8.0
WIDEST_LABELS: Final = 0.3
LABEL_HEIGHT: Final = 12.0


def written(names: Sequence[str], metrics: QFontMetricsF, width: float) -> tuple[str, ...]:
    """Return names as they are written beside a grid in a widget of this width."""
    most = WIDEST_LABELS * width
    if len(names) <= FEW_CLASSES:
        return tuple(names)
    forms = tuple(names), told_apart(names), told_apart(names, bare=True)
    fit = (form for form in forms if all(metrics.horizontalAdvance(name) <= most for name in form))
    return next(fit, forms[-1])


def label_width(names: Sequence[str], corner: str, metrics: QFontMetricsF, width: float) -> float:
    """Return the room for names at the left, and the words in the corner, in a widget of this width."""
    broken = (line for name in names for line in in_lines(name, metrics, _most_lines(names)))
    widest = max(metrics.horizontalAdvance(line) for line in (*broken, corner))
    return min(widest, WIDEST_LABELS * width) + LABEL_GAP


def head_height(names: Sequence[str], metrics: QFontMetricsF, cell_width: float) -> float:
    """Return the room for names above cells of this width."""
    widest = max(metrics.horizontalAdvance(name) for name in names)
    return LINES * HEADING - 4 if widest > cell_width and len(names) <= FEW_CLASSES else HEADING


def labels(
    names: Sequence[str], corner: str, metrics: QFontMetricsF, area: QRectF, cell: Callable[[int, int], QRectF]
) -> list[Label]:
    """Return where each name stands.

    Parameters
    ----------
    names : sequence of str
        As they are `written`.
    corner : str
        What stands above the names at the left.
    metrics : QFontMetricsF
    area : QRectF
        Where the cells are.
    cell : callable
        The place of a cell, by the numbers of its truth and its answer.
    """
    align, room, above = Qt.AlignmentFlag, area.left() - LABEL_GAP, area.top() - 2
    centred, left = align.AlignHCenter | align.AlignBottom, align.AlignLeft | align.AlignBottom
    wide, across, down = 0.0, 1, 1
    if len(names) > FEW_CLASSES:
        wide = min(max(metrics.horizontalAdvance(name) for name in names) + LABEL_GAP, 2 * room)
        across, down = (
            max(1, math.ceil(size * len(names) / length))
            for size, length in ((wide, area.width()), (LABEL_HEIGHT, area.height()))
        )
    found = [(QRectF(0, 0, room, above), align.AlignBottom | align.AlignRight, corner)]
    for index in range(0, len(names), across):
        box = cell(0, index)
        if across == 1:
            found.append(_label(names, index, QRectF(box.left() - 1, 0, box.width() + 2, above), centred, metrics))
        elif box.left() + wide <= area.right() + LABEL_GAP:  # it begins where its column does
            found.append(_label(names, index, QRectF(box.left(), 0, wide, above), left, metrics))
    for index in range(0, len(names), down):
        box = cell(index, 0)
        beside = QRectF(0, box.top(), room, box.height() if down == 1 else LABEL_HEIGHT)
        if beside.bottom() <= area.bottom() + LABEL_GAP:
            found.append(_label(names, index, beside, align.AlignRight | align.AlignVCenter, metrics))
    return found


def _label(names: Sequence[str], index: int, box: QRectF, side: Qt.AlignmentFlag, metrics: QFontMetricsF) -> Label:
    name = names[index]
    lines = in_lines(name, metrics, 1 if metrics.horizontalAdvance(name) <= box.width() else _most_lines(names))
    return box, side, "\n".join(fitted(line, metrics, box.width()) for line in lines)


def _most_lines(names: Sequence[str]) -> int:
    return LINES if len(names) <= FEW_CLASSES else 1
