"""A choice among names that come from data: it asks for the room of a few letters, however long they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtWidgets import QComboBox

from ann_viz.ui.kit.popover import choice_box

__all__ = ["name_box"]

LETTERS: Final = 8


def name_box(name: str, choices: Iterable[tuple[str, object]] = ()) -> QComboBox:
    """Return a box; see `choice_box`."""
    box = choice_box(name, choices)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(LETTERS)
    return box
