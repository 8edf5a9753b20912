"""A small caption over a number, as the toolbar has several."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ann_viz.numerals import NOTHING
from ann_viz.rich import joined, rich
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.labels import RichLabel

__all__ = ["MetricLabel"]

MOST_KEPT: Final = 160
UNIT: Final = ' <span style="font-size:12px;font-weight:400;color:{muted}">{unit}</span>'


class MetricLabel(QWidget):
    """A small caption over a number."""

    def __init__(self, caption: str, parent: QWidget | None = None, *, dot: str = "") -> None:
        super().__init__(parent)
        self._dot, self._caption_text, self._number, self._unit = dot, caption, NOTHING, ""
        self._past = False
        self._caption = RichLabel(parent=self, role="label")
        self._value = RichLabel(self._number, self, role="metric")
        self._value.setFont(theme.tabular(self._value.font()))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 12, 6)
        column.setSpacing(0)
        column.addWidget(self._caption)
        column.addWidget(self._value)
        self.tint()

    def tint(self) -> None:
        """Colour the dot for the theme in use."""
        colour = getattr(theme.current(), self._dot) if self._dot else ""
        dot = rich('<span style="color:{colour}">●</span> ', colour=colour) if self._dot else ""
        clock = rich('<span style="color:{colour}">◷</span> ', colour=theme.current().accent) if self._past else ""
        self._caption.setText(joined("", (dot, clock, self._caption_text)))

    def set_caption(self, caption: str) -> None:
        """Rename the metric."""
        if caption != self._caption_text:
            self._caption_text = caption
            self.setAccessibleName(caption)
            self.tint()

    def set_value(self, text: str, unit: str = "") -> None:
        """Show a number; `unit` follows small and muted."""
        tail = rich(UNIT, muted=theme.current().muted, unit=unit) if unit else ""
        number = rich('<span style="color:{colour}">{text}</span>', colour=theme.current().accent, text=text)
        self._value.setText(joined("", (number if self._past else text, tail)))
        self._number, self._unit = text, unit

    def show_past(self, past: bool) -> None:
        """Colour the number, and put a clock before its caption, where it is of a moment that is over."""
        if past != self._past:
            self._past = past
            self.tint()
            self.set_value(self._number, self._unit)

    def reserve(self, text: str, unit: str = "") -> None:
        """Keep room for a number, so that what stands beside it does not move while numbers change; "" for none."""
        shown = self._number, self._unit
        self._value.keep_room(0)
        self.set_value(text, unit)  # also for none: a label asks for what was its least width until its text changes
        if text:
            self._value.keep_room(MOST_KEPT, self._value.sizeHint().width())
        self.set_value(*shown)

    def text(self) -> str:
        """Return the number on show, without its unit."""
        return self._number

    @property
    def shown(self) -> str:
        """The number with its unit."""
        return self._value.words
