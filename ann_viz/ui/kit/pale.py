"""Numbers that are about to be others: they stay where they are, with less than half of their colour."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QGraphicsOpacityEffect, QWidget

__all__ = ["LEFT", "make_pale"]

LEFT: Final = 0.45
"""How much of their colour is left."""


def make_pale(widget: QWidget, pale: bool) -> None:
    """Let a widget and what is in it be pale, or as it is."""
    if pale is (widget.graphicsEffect() is not None):
        return
    effect = QGraphicsOpacityEffect(widget) if pale else None
    if effect is not None:
        effect.setOpacity(LEFT)
    widget.setGraphicsEffect(effect)  # type: ignore[arg-type]  # none takes it away
