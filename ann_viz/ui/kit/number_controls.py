"""Controls for numbers: a field that says why it refuses a text, and a slider over decades."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from ann_viz.numerals import MINUS, NBSP, format_number
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.kit.wheel import Slider

__all__ = ["LogSlider", "NumberField", "number_text"]

STEPS_PER_DECADE: Final = 100
MOST_TYPED: Final = 24  # as long as any number; what is refused is repeated in a message


def number_text(value: float) -> str:
    """Write a setting the short way: 0.01, 0.0003, 1e−05, 0."""
    return format_number(value, ".4g")


class LogSlider(Slider):
    """A slider over decades.

    ``value_dragged`` carries the number in two significant digits, and fires only for what the user does.

    Parameters
    ----------
    name : str
        What is set, for screen readers.
    low, high : int
        Powers of ten at the two ends.
    """

    value_dragged = Signal(float)

    def __init__(self, name: str, low: int, high: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._low = low
        self.setRange(0, (high - low) * STEPS_PER_DECADE)
        self.setSingleStep(10)
        self.setPageStep(STEPS_PER_DECADE)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.valueChanged.connect(self._on_moved)

    @property
    def number(self) -> float:
        """The number under the knob."""
        return float(f"{10 ** (self.value() / STEPS_PER_DECADE + self._low):.1e}")

    def show_number(self, number: float) -> None:
        """Put the knob at `number`, or at the end nearest to it; nothing is reported back."""
        with QSignalBlocker(self):
            position = (math.log10(number) - self._low) * STEPS_PER_DECADE if number > 0 else 0
            self.setValue(round(position))
        self._describe(number)

    def _on_moved(self) -> None:
        self._describe(self.number)
        self.value_dragged.emit(self.number)

    def _describe(self, number: float) -> None:
        self.setToolTip(plain_tip(number_text(number)))
        self.setAccessibleDescription(number_text(number))


class NumberField(QLineEdit):
    """A field for one number.

    ``entered`` carries a number the user has typed, ``rejected`` a sentence about what is none. The field then shows
    its last number again.

    Parameters
    ----------
    name : str
        What is set, for screen readers and messages.
    whole : bool
        Whether only whole numbers make sense.
    percent : bool
        Whether a share is shown and typed as per cent.
    """

    entered = Signal(float)
    rejected = Signal(str)

    def __init__(self, name: str, *, whole: bool = False, percent: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = whole
        self._percent = percent
        self._number = 0.0
        self.setAccessibleName(name)
        self.setMaxLength(MOST_TYPED)
        self.setMinimumWidth(40)
        self.editingFinished.connect(self._on_finished)

    @property
    def number(self) -> float:
        """The last number that was shown or typed."""
        return self._number

    def show_number(self, number: float) -> None:
        """Show `number`; nothing is reported back."""
        self._number = number
        with QSignalBlocker(self):
            self.setText(self._text_of(number))
            self.setCursorPosition(0)

    def _text_of(self, number: float) -> str:
        if self._percent:
            return f"{number_text(100 * number)}{NBSP}%"
        return format_number(number, ".0f") if self._whole else number_text(number)

    def _on_finished(self) -> None:
        if not self.isModified():
            return
        text = self.text().replace("%", "").strip().replace(MINUS, "-").replace(",", ".")
        try:
            number = float(int(text)) if self._whole else float(text) / (100 if self._percent else 1)
            if math.isnan(number):
                raise ValueError("a number that is none")
        except ValueError:
            sentence = (
                self.tr("“{text}” is not a whole number.") if self._whole else self.tr("“{text}” is not a number.")
            )
            self.rejected.emit(sentence.format(text=self.text()))
            self.show_number(self._number)
            return
        self.setModified(False)
        if number != self._number:
            self.entered.emit(number)
        else:
            self.show_number(number)
