"""What all fields of the form have in common: icon, name, a way to leave it empty, a line for what is odd."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ann_viz.session.trying.column_summary import ColumnSummary
from ann_viz.session.trying.form import brief, kind_icon, range_text
from ann_viz.session.trying.values import Value, shown_value
from ann_viz.ui.kit.controls import Glyph, IconButton
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.plain_text import plain_tip

__all__ = ["Field"]


class Field(QWidget):
    """What all fields have in common: icon, name, a way to leave it empty, and a line for what is odd about a value.

    Parameters
    ----------
    summary : ColumnSummary
        Of the column.
    """

    changed = Signal(object)
    """The user gave it a value: a number, a text or None."""

    def __init__(self, summary: ColumnSummary, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.summary = summary
        self.value: Value = None
        self.name = PlainLabel(summary.label, role="fieldName")
        self.name.setMinimumWidth(1)
        self.name.setToolTip(plain_tip(summary.label))
        self.empty = IconButton("circle-dashed", self.tr("Leave {name} empty").format(name=summary.label), parent=self)
        self.empty.setCheckable(True)
        self.empty.clicked.connect(self._on_empty_clicked)
        self.note = PlainLabel(role="fieldNote", wrap=True)
        self.note.hide()
        self.header = QHBoxLayout()
        self.header.setSpacing(6)
        self.header.addWidget(Glyph(kind_icon(summary), "muted", 14, self))
        self.header.addWidget(self.name, 1)
        self.header.addWidget(self.empty)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(2)
        self.column.addLayout(self.header)

    def finish(self) -> None:
        """Put the line for what is odd below everything else."""
        self.column.addWidget(self.note)

    def show_value(self, value: Value) -> None:
        """Show a value; nothing is reported back."""
        self.value = value
        self.empty.setChecked(value is None)
        self.show_control(value, "" if value is None else shown_value(self.summary.feature, value))
        self._show_note("")

    def show_pinned(self, values: Sequence[Value]) -> None:
        """Mark the values of pinned rows."""

    def show_control(self, value: Value, text: str) -> None:
        """Let the control show a value, of which a text is given; empty for none."""
        raise NotImplementedError

    def give(self, value: Value) -> None:
        """Report a value that the user gave."""
        if value != self.value:
            self.show_value(value)
            self.changed.emit(value)

    def refuse(self, text: str) -> None:
        """Say that a text is no value for this column, and show the last value again."""
        self.show_value(self.value)
        self._show_note(self.tr("“{text}” is not a number.").format(text=brief(text)))

    def _on_empty_clicked(self) -> None:
        self.give(None if self.empty.isChecked() else self.summary.typical)
        self.empty.setChecked(self.value is None)

    def _show_note(self, text: str) -> None:
        if not text and self.summary.is_outside(self.value):
            seen = range_text(self.summary)
            outside = self.tr("Outside what it has seen: {range}.").format(range=seen)
            text = outside if seen else self.tr("Not among what it has seen.")
        self.note.setText(text)
        self.note.setVisible(bool(text))
        self.setProperty("odd", bool(text))
