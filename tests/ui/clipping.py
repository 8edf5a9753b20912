"""What is cut or covered in a window, found by measuring every control that shows text."""

from __future__ import annotations

from itertools import combinations

from PySide6.QtCore import QCoreApplication, QPoint, QRect, Qt, QTranslator
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QRadioButton,
    QScrollArea,
    QTabBar,
    QToolButton,
    QWidget,
)

from ann_viz.ui.kit.check_box import CheckBox
from ann_viz.ui.kit.labels import PlainLabel, RichLabel
from ann_viz.ui.kit.wheel import ComboBox

LONGER = 0.4
LETTER = "ö"
SLACK = 1  # a rounded pixel


class Longer(QTranslator):
    """A language of which every text is 40 % longer: what has room for it has room for German and Finnish."""

    def isEmpty(self) -> bool:
        return False

    def translate(self, _context: str, text: str, _note: str | None = None, _n: int = -1) -> str:
        return text + LETTER * round(LONGER * len(text)) if text.strip() and "{" not in text else text


def cut_texts(window: QWidget, *, numbers_too: bool = True) -> list[str]:
    """Return what does not have the room it asks for and has no tooltip to say it, and what lies over each other.

    Rich labels, which have no dots at their end, may not be cut at all: half a number is another number. Only where
    ``numbers_too`` is false is their tooltip enough.
    """
    for _ in range(6):  # a new text asks for room, the window gives it, and what is beside gives way
        QCoreApplication.processEvents()
    shown = [each for each in window.findChildren(QWidget) if each.isVisible() and each.width() > 1]
    found = [f"{_kind(each)}: {_text(each)!r}" for each in shown if _is_cut(each, numbers_too)]
    for parent in {each.parentWidget() for each in shown if _text(each)}:
        texts = [each for each in parent.children() if each in shown and _text(each) and not each.isWindow()]
        for one, other in combinations(texts, 2):
            if one.geometry().adjusted(SLACK, SLACK, -SLACK, -SLACK).intersects(other.geometry()):
                found.append(f"{_text(one)!r} and {_text(other)!r} lie over each other in {_kind(parent)}")
    return found


def _kind(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()}".strip()


def _text(widget: QWidget) -> str:
    if isinstance(widget, RichLabel):
        return widget.words
    if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
        return widget.text()
    return widget.currentText() if isinstance(widget, QComboBox) else ""


def _is_cut(widget: QWidget, numbers_too: bool) -> bool:
    if not _in_sight(widget):
        return False
    if isinstance(widget, PlainLabel):  # its tooltip says what is cut
        return not widget.is_cut and _is_low(widget)
    if isinstance(widget, RichLabel):  # which has no dots at its end
        return (widget.is_cut and numbers_too) or (not widget.is_cut and _is_low(widget))
    if isinstance(widget, QTabBar):
        return any(
            widget.isTabVisible(i) and widget.tabSizeHint(i).width() > widget.tabRect(i).width() + SLACK
            for i in range(widget.count())
        )
    if isinstance(widget, ComboBox | CheckBox):  # its tooltip says what is cut
        return False
    if isinstance(widget, QComboBox):
        return _lacks_room(widget, widget.currentText(), 24)
    if isinstance(widget, QCheckBox | QRadioButton):
        return widget.sizeHint().width() > widget.width() + SLACK
    if isinstance(widget, QToolButton | QAbstractButton):
        return (
            bool(widget.text()) and not _hides_text(widget) and _lacks_room(widget, widget.text().replace("&", ""), 0)
        )
    if isinstance(widget, QAbstractSpinBox):
        return _lacks_room(widget, widget.text(), 4)
    return False


def _hides_text(button: QAbstractButton) -> bool:
    return isinstance(button, QToolButton) and button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly


def _lacks_room(widget: QWidget, text: str, extra: int) -> bool:
    return not widget.toolTip() and widget.fontMetrics().horizontalAdvance(text) + extra > widget.width() + SLACK


def _is_low(label: QLabel) -> bool:
    """Whether lines of a label are cut off below."""
    if not label.text():
        return False
    if label.wordWrap():
        return label.heightForWidth(label.width()) > label.height() + SLACK
    return label.fontMetrics().tightBoundingRect(label.text()).height() > label.height() and label.pixmap().isNull()


def _in_sight(widget: QWidget) -> bool:
    """Whether it is not scrolled away."""
    area = widget.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    if area is None or not area.viewport().isAncestorOf(widget):
        return True
    view = area.viewport()
    return view.rect().contains(QRect(widget.mapTo(view, QPoint(0, 0)), widget.size()).center())
