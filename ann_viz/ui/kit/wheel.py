"""Controls that leave the wheel to the page they stand on, unless they have the focus; choices that say their name.

Qt's own take the wheel wherever the pointer happens to be: scrolling a column of settings would change them. A choice
of Qt takes a letter, meant as a command, for another entry, though its list is closed. And on Linux a screen reader
takes the chosen text for the name of a choice, unless a label says what it is of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QEnterEvent, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDateTimeEdit,
    QDoubleSpinBox,
    QLabel,
    QSlider,
    QSpinBox,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QWidget,
)

from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.painted import fitted
from ann_viz.ui.kit.plain_text import plain_tip

if TYPE_CHECKING:
    _Control = QWidget
else:
    _Control = object  # Python makes no class from two of Qt's

__all__ = ["ComboBox", "DateEdit", "DoubleSpinBox", "Slider", "SpinBox", "TabBar"]

JUMPS: Final = (Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
COMMANDS: Final = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
BESIDE_ICON: Final = 4  # of Qt's styles, between the icon of a choice and its text


class _OnlyWithFocus(_Control):
    """What Qt's controls get in front: the wheel turns them only with the focus, which it does not bring."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn with the focus; without it, what the control stands on gets the wheel."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ComboBox(_OnlyWithFocus, QComboBox):
    """A choice from a list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name: PlainLabel | None = None
        self._tells_whole = False

    @property
    def is_cut(self) -> bool:
        """Whether what is chosen has too little room; the tooltip then says it, unless it says something else."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        return self.fontMetrics().horizontalAdvance(self.currentText()) > self._room(option)

    def _room(self, option: QStyleOptionComboBox) -> int:
        part = QStyle.SubControl.SC_ComboBoxEditField
        icon = 0 if option.currentIcon.isNull() else option.iconSize.width() + BESIDE_ICON
        return self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width() - icon

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is chosen, or as much of its two ends as there is room for."""
        if self.isEditable() or not self.is_cut:
            super().paintEvent(event)
            return
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = fitted(self.currentText(), QFontMetricsF(self.font()), self._room(option))
        with QPainter(self) as painter:
            self.style().drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option, painter, self)
            self.style().drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option, painter, self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by keys only what is seen: a letter opens the list at what begins with it, Home is left to others."""
        if self.isEditable():
            super().keyPressEvent(event)
        elif event.key() in JUMPS:
            event.ignore()
        elif event.text().strip().isprintable() and event.text().strip() and not event.modifiers() & COMMANDS:
            self.showPopup()
            self.view().keyboardSearch(event.text())
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Give all of what is chosen as the tooltip where it is cut."""
        super().enterEvent(event)
        if self._tells_whole or not self.toolTip():
            self._tells_whole = self.is_cut
            self.setToolTip(plain_tip(self.currentText()) if self._tells_whole else "")

    def setAccessibleName(self, name: str) -> None:
        """Let screen readers say this name before the choice."""
        super().setAccessibleName(name)
        self._stand_beside_name()

    def changeEvent(self, event: QEvent) -> None:
        """Take the name along to another parent."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ParentChange:
            self._stand_beside_name()

    def _stand_beside_name(self) -> None:
        """Keep a hidden label with the name beside it, unless a visible one says it."""
        parent = self.parentWidget()
        if parent is None or not self.accessibleName():
            return
        others = parent.findChildren(QLabel, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if any(label.buddy() is self and label is not self._name for label in others):
            return
        if self._name is None:
            self._name = PlainLabel()
            self._name.hide()
            self._name.setBuddy(self)
            self.destroyed.connect(self._name.deleteLater)
        self._name.setParent(parent)
        self._name.setText(self.accessibleName())


class SpinBox(_OnlyWithFocus, QSpinBox):
    """A whole number with arrows."""


class DoubleSpinBox(_OnlyWithFocus, QDoubleSpinBox):
    """A number with arrows."""


class DateEdit(_OnlyWithFocus, QDateTimeEdit):
    """A day, perhaps with a time, and a calendar to choose it from."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCalendarPopup(True)


class Slider(_OnlyWithFocus, QSlider):
    """A horizontal slider."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOrientation(Qt.Orientation.Horizontal)


class TabBar(_OnlyWithFocus, QTabBar):
    """Tabs; to be given to a tab widget before its pages."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click turns to a page and leaves the keys where they are
