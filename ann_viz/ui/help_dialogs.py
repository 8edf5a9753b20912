"""Small pages of help: the shortcut sheet and the about box, both made from what the program knows of itself."""

from __future__ import annotations

import platform

import PySide6
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QMessageBox, QVBoxLayout, QWidget

from ann_viz import __version__
from ann_viz.ui.actions import ACTIONS, MENUS

__all__ = ["ShortcutSheet", "show_about"]


class ShortcutSheet(QDialog):
    """Lists every shortcut, by menu."""

    def __init__(self, actions: dict[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        grid = QGridLayout()
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(7)
        column.addLayout(grid)
        row = 0
        for menu in MENUS:
            commands = [command for command in ACTIONS if command.menu == menu and command.shortcut]
            if not commands:
                continue
            heading = QLabel(menu, self)
            heading.setProperty("role", "title")
            grid.addWidget(heading, row, 0)
            row += 1
            for command in commands:
                action = actions[command.id]
                keys = QLabel(action.shortcut().toString(QKeySequence.SequenceFormat.NativeText), self)
                keys.setProperty("role", "chip")
                text = QLabel(command.text.rstrip("…"), self)
                text.setProperty("role", "body")
                grid.addWidget(text, row, 0)
                grid.addWidget(keys, row, 1, Qt.AlignmentFlag.AlignRight)
                row += 1


def show_about(parent: QWidget) -> None:
    """Say what the program is and what it is made of."""
    box = QMessageBox(parent)
    box.setWindowTitle(box.tr("About ANN Viz"))
    box.setText(f"<b>ANN Viz {__version__}</b>")
    box.setInformativeText(
        box.tr(
            "Watch a neural network learn from your own table. Free software under the MIT licence. "
            "Icons: Lucide (ISC). Font: Inter (OFL). Python {python}, Qt for Python {qt}."
        ).format(python=platform.python_version(), qt=PySide6.__version__)
    )
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
