"""Texts that a widget paints itself: what is cut has a tooltip that says the whole, and tests find what has none."""

from __future__ import annotations

import pytest
from painted_texts import bad_texts, tip_at
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from pytestqt.qtbot import QtBot

from ann_viz.ui.kit.cut_tips import CutTips
from ann_viz.ui.kit.painted import Painted, fitted

NAME = "temperature_of_the_surrounding_water"
LEFT = Qt.AlignmentFlag.AlignLeft
INSIDE, BESIDE = QPointF(40, 15), QPointF(200, 15)


class Names(Painted):
    """Three lines: a text with tips, one that is only cut, and one that runs out of its box."""

    def __init__(self) -> None:
        super().__init__()
        self._tips = CutTips(self)
        self.texts = [NAME, "", ""]
        self.pitch = 30.0
        self.setFixedSize(300, 100)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._tips.begin()
        boxes = [QRectF(10, 5 + place * self.pitch, 80, 20) for place in range(3)]
        with QPainter(self) as painter:
            metrics = QFontMetricsF(painter.font())
            painter.drawText(boxes[0], LEFT, self._tips.fitted(self.texts[0], metrics, boxes[0]))
            painter.drawText(boxes[1], LEFT, fitted(self.texts[1], metrics, boxes[1].width()))
            painter.drawText(boxes[2], LEFT, self.texts[2])


@pytest.fixture
def names(qtbot: QtBot) -> Names:
    """Return the widget, shown."""
    made = Names()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_what_is_cut_is_told_where_it_stands(names: Names) -> None:
    """Beside it nothing is said, nor of a text that has room."""
    names.grab()
    assert NAME in tip_at(names, INSIDE) and tip_at(names, BESIDE) == ""
    names.texts[0] = "age"
    names.grab()
    assert tip_at(names, INSIDE) == ""


def test_what_cannot_be_read_is_found(names: Names) -> None:
    """Cut without a tooltip, wider than its box, over another text."""
    assert bad_texts(names) == []
    names.texts[1] = NAME
    assert [text.endswith("is cut") for text in bad_texts(names)] == [True]
    names.texts[1:] = ["", NAME]
    assert bad_texts(names) == [f"Names: {NAME!r} is cut"]
    names.texts, names.pitch = ["age", "size", ""], 4.0
    assert bad_texts(names) == ["Names: 'age' and 'size' lie over each other"]
