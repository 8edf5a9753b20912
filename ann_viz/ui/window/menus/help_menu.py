"""The menu *Help*: words, keys, diagnostics."""

from __future__ import annotations

from typing import Final

from ann_viz.translation import translatable
from ann_viz.ui.window.menus.command import Command, Rows

__all__ = ["HELP"]

HELP: Final[Rows] = (
    Command(
        id="glossary", text=translatable("Glossary"), tip=translatable("What the words mean, and where to see them"),
        menu="Help", shortcut="F1", icon="circle-help",
    ),
    Command(
        id="what_is_this", text=translatable("What is this?"), tip=translatable("Click a control, and it is explained"),
        menu="Help", shortcut="Shift+F1", icon="circle-help",
    ),
    Command(
        id="shortcuts", text=translatable("Keyboard shortcuts"), tip=translatable("All shortcuts on one page"),
        menu="Help", shortcut="Ctrl+/", icon="keyboard",
    ),
    Command(
        id="copy_diagnostics", text=translatable("Copy diagnostics"),
        tip=translatable("Versions and sizes for a report of a fault, nothing of your data"), menu="Help",
        shortcut="Ctrl+H, D", icon="copy", section=True,
    ),
    Command(
        id="about", text=translatable("About ANN Viz"), tip=translatable("Version and licences"), menu="Help",
        shortcut="Ctrl+H, A", icon="info",
    ),
)  # fmt: skip
