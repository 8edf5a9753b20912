"""What a screen reader calls a control."""

from __future__ import annotations

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QComboBox, QWidget


def name_of(widget: QWidget) -> str:
    """What a screen reader calls it; a choice names itself by its current text on Linux, so that a label has to."""
    spoken = QAccessible.queryAccessibleInterface(widget)
    if isinstance(widget, QComboBox):
        labels = [label.text(QAccessible.Text.Name) for label, _ in spoken.relations(QAccessible.RelationFlag.Label)]
        return " ".join(labels)
    return spoken.text(QAccessible.Text.Name)
