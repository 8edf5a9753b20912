"""The menu *Edit*: undo, the clipboard, the palette."""

from __future__ import annotations

from typing import Final

from ann_viz.translation import translatable
from ann_viz.ui.window.menus.command import Command, Rows

__all__ = ["EDIT"]

EDIT: Final[Rows] = (
    Command(
        id="undo", text=translatable("Undo"),
        tip=translatable("Take back the last change of the network or its settings"), menu="Edit", shortcut="Ctrl+Z",
        icon="undo-2",
    ),
    Command(
        id="redo", text=translatable("Redo"), tip=translatable("Make the change again"), menu="Edit",
        shortcut="Ctrl+Shift+Z", icon="redo-2",
    ),
    Command(
        id="paste_table", text=translatable("Paste table"), tip=translatable("Import the cells on the clipboard"),
        menu="Edit", shortcut="Ctrl+V", icon="file-plus-2", section=True,
    ),
    Command(
        id="palette", text=translatable("Find a command…"), tip=translatable("Type a few letters of any command"),
        menu="Edit", shortcut="Ctrl+K", icon="search", section=True,
    ),
)  # fmt: skip
