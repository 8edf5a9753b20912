"""Small pages of help: the shortcut sheet and the about box, both made from what the program knows of itself."""

from __future__ import annotations

import platform
from typing import Final

import PySide6
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ann_viz import __version__
from ann_viz.engine.compiled.choice import about_turbo
from ann_viz.translation import translate
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.message_box import MessageBox
from ann_viz.ui.kit.screen_fit import dialog_size
from ann_viz.ui.kit.scrolling import Scrolling
from ann_viz.ui.window.action_table import MENUS, all_commands
from ann_viz.ui.window.menus.command import Command

__all__ = ["ShortcutSheet", "show_about"]

COLUMNS: Final = 3
BAR_ROOM: Final = 4


class ShortcutSheet(QDialog):
    """Lists every shortcut, by menu, in columns of about the same length."""

    def __init__(self, actions: dict[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet = QWidget(self)
        page = QHBoxLayout(sheet)
        page.setContentsMargins(16, 16, 16, 16)
        page.setSpacing(18)
        lists = [(menu, [each for each in all_commands() if each.menu == menu and each.shortcut]) for menu in MENUS]
        lines = [(menu, command) for menu, commands in lists if commands for command in (None, *commands)]
        longest = -(-len(lines) // COLUMNS)
        for start in range(0, len(lines), longest):
            grid = QGridLayout()
            grid.setHorizontalSpacing(12)
            grid.setVerticalSpacing(1)
            for row, (menu, command) in enumerate(lines[start : start + longest]):
                self._add(grid, row, menu, None if command is None else (command, actions[command.id]))
            grid.setRowStretch(longest, 1)
            page.addLayout(grid)
        scroll = Scrolling(sheet, self, name=self.tr("Keyboard shortcuts"), sideways=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)
        self._wanted: QSize = sheet.sizeHint() + QSize(BAR_ROOM, 2)

    def sizeHint(self) -> QSize:
        """All of it, as far as the window leaves room; the rest is scrolled to."""
        return dialog_size(self._wanted, self)

    def _add(self, grid: QGridLayout, row: int, menu: str, entry: tuple[Command, QAction] | None) -> None:
        """Add a heading, or a command with its keys."""
        text = PlainLabel(
            translate(menu if entry is None else entry[0].text).rstrip("…"),
            self,
            role="title" if entry is None else "body",
        )
        grid.addWidget(text, row, 0)
        if entry is not None:
            keys = PlainLabel(entry[1].shortcut().toString(QKeySequence.SequenceFormat.NativeText), self, role="chip")
            grid.addWidget(keys, row, 1, Qt.AlignmentFlag.AlignRight)


def show_about(parent: QWidget) -> None:
    """Say what the program is and what it is made of."""
    made_of = translate(
        "Watch a neural network learn from your own table. Free software under the MIT licence. "
        "Icons: Lucide (ISC). Font: Inter (OFL). Python {python}, Qt for Python {qt}. {turbo}"
    ).format(python=platform.python_version(), qt=PySide6.__version__, turbo=about_turbo())
    box = MessageBox(translate("About ANN Viz"), f"ANN Viz {__version__}", made_of, parent, strong=True)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
