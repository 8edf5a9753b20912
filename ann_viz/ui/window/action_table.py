"""Every command of the window in one table: what it is called, where it stands, its keys, and when it makes sense."""

from __future__ import annotations

from itertools import chain
from typing import Final

from ann_viz.translation import translatable
from ann_viz.ui.window.menus.command import Command, Rows
from ann_viz.ui.window.menus.edit_menu import EDIT
from ann_viz.ui.window.menus.explain_menu import EXPLAIN
from ann_viz.ui.window.menus.file_menu import FILE
from ann_viz.ui.window.menus.help_menu import HELP
from ann_viz.ui.window.menus.learn_menu import LEARN
from ann_viz.ui.window.menus.network_menu import NETWORK
from ann_viz.ui.window.menus.train_menu import TRAIN
from ann_viz.ui.window.menus.view_menu import VIEW

__all__ = ["MENUS", "all_commands"]

MENUS: Final[dict[str, Rows]] = {
    translatable("File"): FILE,
    translatable("Edit"): EDIT,
    translatable("Network"): NETWORK,
    translatable("Train"): TRAIN,
    translatable("View"): VIEW,
    translatable("Explain"): EXPLAIN,
    translatable("Learn"): LEARN,
    translatable("Help"): HELP,
}


def all_commands() -> tuple[Command, ...]:
    """Return every command of the window, in the order of the menus.

    Made when it is asked for: titles of lessons and steps come from files in the reader's language.
    """
    rows = chain.from_iterable(MENUS.values())
    return tuple(chain.from_iterable((row,) if isinstance(row, Command) else row() for row in rows))
