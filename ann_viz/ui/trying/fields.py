"""The fields of the form: one for every column, in the form that its values ask for.

A field shows a value and tells what the user makes of it; nothing else. Every field can be left empty.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QDateTime, QSignalBlocker, Qt, QTimeZone
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QSizePolicy, QWidget

from ann_viz.numerals import read_number
from ann_viz.session.trying.column_summary import ColumnSummary
from ann_viz.session.trying.form import choices_of, control_of
from ann_viz.session.trying.usual_range import usual
from ann_viz.session.trying.values import Value
from ann_viz.ui.kit.controls import Glyph, Segments
from ann_viz.ui.kit.plain_text import plain_caption
from ann_viz.ui.kit.wheel import ComboBox, DateEdit
from ann_viz.ui.trying.distribution_slider import DistributionSlider
from ann_viz.ui.trying.field import Field

__all__ = ["field_for"]

EDIT_WIDTH: Final = 72
DATE_WIDTH: Final = 112
MOST_TYPED: Final = 40
MARK: Final = 11
LEAST: Final = 24  # pixels, so that a finger finds it
SECONDS_PER_DAY: Final = 86_400


class SlidingField(Field):
    """A field with a slider over the usual range of its column, where that has one."""

    slider: DistributionSlider | None

    def _add_slider(self) -> None:
        """Put the slider below what has been put into the field already."""
        self.slider = None
        if self.summary.has_range:
            drawn = usual(self.summary)
            self.slider = DistributionSlider(
                drawn.label, drawn.low, drawn.high, drawn.histogram, whole=drawn.whole, parent=self
            )
            self.column.addWidget(self.slider)
            self.slider.chosen.connect(self.give)

    def _slide(self, value: Value, text: str) -> None:
        """Show a value under the knob."""
        if self.slider is not None:
            self.slider.show_number(value if isinstance(value, float) else None, text)

    def show_pinned(self, values: Sequence[Value]) -> None:
        """Put diamonds on the slider."""
        if self.slider is not None:
            self.slider.show_pinned([value for value in values if isinstance(value, float)])


class NumberField(SlidingField):
    """A slider over the range that was seen, and the number beside the name."""

    def __init__(self, summary: ColumnSummary, parent: QWidget | None = None) -> None:
        super().__init__(summary, parent)
        self.edit = QLineEdit(self)
        self.edit.setFixedWidth(EDIT_WIDTH)
        self.edit.setMinimumHeight(LEAST)
        self.edit.setMaxLength(MOST_TYPED)
        self.edit.setProperty("small", "true")
        self.edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.edit.setAccessibleName(summary.label)
        self.edit.setPlaceholderText(self.tr("empty"))
        self.edit.editingFinished.connect(self._on_finished)
        self.header.addWidget(self.edit)
        self._add_slider()
        self.finish()

    def show_control(self, value: Value, text: str) -> None:
        """Show the number in the field and under the knob."""
        with QSignalBlocker(self.edit):
            self.edit.setText(text)
            self.edit.setCursorPosition(0)
        self.edit.setProperty("warn", self.summary.is_outside(value))
        self.edit.style().polish(self.edit)
        self._slide(value, text)

    def _on_finished(self) -> None:
        if not self.edit.isModified():
            return
        self.edit.setModified(False)
        text = self.edit.text().strip()
        number = read_number(text.removesuffix(self.summary.feature.sign or "\0"))
        if not text:
            self.give(None)
        elif math.isnan(number):
            self.refuse(text)
        else:
            self.give(number)


class DateField(SlidingField):
    """A day, or a moment, with a calendar; and a slider over those that were seen."""

    def __init__(self, summary: ColumnSummary, parent: QWidget | None = None) -> None:
        super().__init__(summary, parent)
        self.edit = DateEdit(self)
        self.edit.setTimeZone(QTimeZone.utc())
        self.edit.setDisplayFormat("yyyy-MM-dd" if summary.whole else "yyyy-MM-dd HH:mm")
        self.edit.setMinimumWidth(DATE_WIDTH)
        self.edit.setAccessibleName(summary.label)
        self.edit.setKeyboardTracking(False)
        self.edit.dateTimeChanged.connect(self._on_chosen)
        self.header.addWidget(self.edit)
        self._add_slider()
        self.finish()

    def show_control(self, value: Value, text: str) -> None:
        """Show the day in the field and under the knob."""
        day = value if isinstance(value, float) else self.summary.typical
        with QSignalBlocker(self.edit):
            if isinstance(day, float):
                self.edit.setDateTime(QDateTime.fromSecsSinceEpoch(round(day * SECONDS_PER_DAY), QTimeZone.utc()))
        self.edit.setAccessibleDescription(text or self.tr("empty"))
        self._slide(value, text)

    def _on_chosen(self, moment: QDateTime) -> None:
        self.give(moment.toSecsSinceEpoch() / SECONDS_PER_DAY)


class SegmentsField(Field):
    """A button for every value."""

    def __init__(self, summary: ColumnSummary, parent: QWidget | None = None) -> None:
        super().__init__(summary, parent)
        self._values = [value for value, _ in choices_of(summary)]
        self._marks: list[Glyph] = []
        labels = [plain_caption(label) for _, label in choices_of(summary)]
        self.segments = Segments([(str(place), label) for place, label in enumerate(labels)], summary.label, self)
        self.segments.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for place in range(len(labels)):
            button = self.segments.button(str(place))
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setMinimumHeight(24)
            self._marks.append(Glyph("diamond", "test", MARK, button))
            self._marks[-1].hide()
        self.segments.chosen.connect(lambda chosen: self.give(self._values[int(chosen)]))
        self.column.addWidget(self.segments)
        self.finish()

    def show_control(self, value: Value, text: str) -> None:
        """Press the button of the value, or none."""
        if value in self._values:
            self.segments.show_value(str(self._values.index(value)))
        else:
            self.segments.show_none()

    def show_pinned(self, values: Sequence[Value]) -> None:
        """Put a diamond into the buttons of these values."""
        for value, mark in zip(self._values, self._marks, strict=True):
            mark.setVisible(value in values)
        self._place_marks()

    def _place_marks(self) -> None:
        for mark in self._marks:
            button = mark.parentWidget()
            if button is not None:
                mark.move(button.width() - MARK - 5, (button.height() - MARK) // 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the diamonds at the right ends of their buttons."""
        super().resizeEvent(event)
        self._place_marks()


class ListField(Field):
    """A list that is searched by typing."""

    def __init__(self, summary: ColumnSummary, parent: QWidget | None = None) -> None:
        super().__init__(summary, parent)
        self._values = [value for value, _ in choices_of(summary)]
        self.list = ComboBox(self)
        self.list.setAccessibleName(summary.label)
        self.line = QLineEdit()
        self.list.setLineEdit(self.line)  # which makes it one to type into
        self.list.setInsertPolicy(ComboBox.InsertPolicy.NoInsert)
        self.list.addItems([label for _, label in choices_of(summary)])
        self.list.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        completer = QCompleter(self.list.model(), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.list.setCompleter(completer)
        self.line.setPlaceholderText(self.tr("empty"))
        self.line.setMaxLength(4 * MOST_TYPED)
        self.list.activated.connect(lambda place: self.give(self._values[place]))
        self.line.editingFinished.connect(self._on_finished)
        self.column.addWidget(self.list)
        self.finish()

    def show_control(self, value: Value, text: str) -> None:
        """Show the value; it need not be in the list."""
        with QSignalBlocker(self.list):
            self.list.setCurrentIndex(self._values.index(value) if value in self._values else -1)
            self.list.setEditText(text)
            self.line.setCursorPosition(0)

    def _on_finished(self) -> None:
        text = self.list.currentText().strip()
        alike = [value for value in self._values if str(value).casefold() == text.casefold()]
        self.give(alike[0] if alike else text or None)


class TextField(Field):
    """A line of text, of which something is counted."""

    def __init__(self, summary: ColumnSummary, parent: QWidget | None = None) -> None:
        super().__init__(summary, parent)
        self.edit = QLineEdit(self)
        self.edit.setAccessibleName(summary.label)
        self.edit.setPlaceholderText(self.tr("empty"))
        self.edit.editingFinished.connect(lambda: self.give(self.edit.text() or None))
        self.column.addWidget(self.edit)
        self.finish()

    def show_control(self, value: Value, text: str) -> None:
        """Show the text."""
        with QSignalBlocker(self.edit):
            self.edit.setText(text)


_FIELDS: Final = {
    "slider": NumberField,
    "segments": SegmentsField,
    "list": ListField,
    "date": DateField,
    "text": TextField,
}


def field_for(summary: ColumnSummary, parent: QWidget | None = None) -> Field:
    """Return the field for a column."""
    field: Field = _FIELDS[control_of(summary)](summary, parent)
    return field
