"""A popover leaves in sight what it was opened from."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ann_viz.ui.kit.popover import Popover


def test_it_opens_where_there_is_room(qtbot: QtBot) -> None:
    """Below its button, above one at the bottom of the screen, and over the middle of the window of a hidden one."""
    window = QWidget()
    qtbot.addWidget(window)
    room = window.screen().availableGeometry()
    window.setGeometry(room)
    button = QPushButton("Twin…", window)
    button.resize(80, 24)
    with qtbot.waitExposed(window):
        window.show()

    def place() -> tuple[Popover, int]:
        popover = Popover("Twin", 200, window)
        popover.setFixedHeight(150)
        popover.open_beside(button)
        return popover, button.mapToGlobal(QPoint(0, 0)).y()

    button.move(100, 40)
    popover, top = place()
    assert popover.y() > top + button.height()
    button.move(100, window.height() - 30)
    popover, top = place()
    assert popover.geometry().bottom() < top
    button.hide()
    popover, _ = place()
    assert (popover.geometry().center() - window.geometry().center()).manhattanLength() < 8
