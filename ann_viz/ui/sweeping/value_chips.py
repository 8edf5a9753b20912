"""Values of one setting as buttons that are down or up, and one that takes another value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QToolButton, QWidget

from ann_viz.errors import AnnVizError
from ann_viz.session.sweeping.settings import Setting, check_value
from ann_viz.session.sweeping.task import Value
from ann_viz.translation import translate
from ann_viz.ui.kit.plain_text import plain_caption, plain_tip

__all__ = ["ValueChips"]

GAP: Final = 4
HEIGHT: Final = 24
PAD: Final = 15
TYPED: Final = 64


class ValueChips(QWidget):
    """A row of values that breaks into lines.

    Parameters
    ----------
    setting : Setting
        Whose values they are.
    values : sequence of Value
        Those that are offered.
    """

    changed = Signal()
    rejected = Signal(str)

    def __init__(self, setting: Setting, values: Sequence[Value], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._setting = setting
        self._buttons: dict[Value, QToolButton] = {}
        self.setAccessibleName(translate(setting.title))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.add = QToolButton(self)
        self.add.setText("+")
        self.add.setProperty("kind", "choice")
        self.add.setToolTip(plain_tip(self.tr("Type another value")))
        self.add.setAccessibleName(self.tr("{setting}: type another value").format(setting=translate(setting.title)))
        self.field = QLineEdit(self)
        self.field.setProperty("small", True)
        self.field.setAccessibleName(self.add.accessibleName())
        self.field.hide()
        self.add.clicked.connect(self._ask)
        self.field.editingFinished.connect(self._on_typed)
        for value in values:
            self._add(value)

    def _add(self, value: Value) -> QToolButton:
        if value not in self._buttons:
            button = QToolButton(self)
            button.setText(plain_caption(self._setting.write(value)))
            button.setCheckable(True)
            button.setProperty("kind", "choice")
            button.toggled.connect(self.changed)
            button.show()
            self._buttons[value] = button
            self._arrange()
        return self._buttons[value]

    @property
    def values(self) -> tuple[Value, ...]:
        """The values whose buttons are down, in their order."""
        return tuple(value for value, button in self._buttons.items() if button.isChecked())

    def show_values(self, values: Sequence[Value]) -> None:
        """Press the buttons of these values, others are up; values that were not offered get one."""
        for value in values:
            self._add(value)
        for value, button in self._buttons.items():
            button.blockSignals(True)
            button.setChecked(value in values)
            button.blockSignals(False)

    # Typing ---------------------------------------------------------------------------------------------------------
    def _ask(self) -> None:
        self.field.clear()
        self.field.show()
        self.add.hide()
        self._arrange()
        self.field.setFocus()

    def _on_typed(self) -> None:
        text = self.field.text().strip()
        self.field.hide()
        self.add.show()
        self._arrange()
        if not text:
            return
        try:
            value = self._setting.parse(text)
        except ValueError:
            self.rejected.emit(self.tr("'{text}' is no value for this setting.").format(text=text))
            return
        try:
            check_value(self._setting.name, value)
        except AnnVizError as error:
            self.rejected.emit(str(error))
            return
        self._add(value).setChecked(True)
        self.changed.emit()

    # Layout ---------------------------------------------------------------------------------------------------------
    def _items(self) -> list[tuple[QWidget, int]]:
        buttons = [
            (button, max(HEIGHT, button.fontMetrics().horizontalAdvance(button.text()) + PAD))
            for button in self._buttons.values()
        ]
        last = (self.field, TYPED) if self.field.isVisibleTo(self) else (self.add, HEIGHT)
        return [*buttons, last]

    def _arrange(self) -> None:
        """Place all from the left, line by line."""
        x = y = 0
        for widget, width in self._items():
            if x and x + width > self.width():
                x, y = 0, y + HEIGHT + GAP
            widget.setGeometry(QRect(x, y, width, HEIGHT))
            x += width + GAP
        self.setFixedHeight(y + HEIGHT)

    def sizeHint(self) -> QSize:
        """Return the room of one line."""
        return QSize(200, HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        self._arrange()
