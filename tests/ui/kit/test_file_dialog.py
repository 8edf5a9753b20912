"""Qt's own file dialog, which stands where the desktop has none, under the stylesheet of the program."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QFileDialog, QToolButton, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from ann_viz.ui.kit import theme
from ann_viz.ui.kit.file_dialogs import file_dialog


@pytest.mark.parametrize("name", ["light", "dark", "contrast-dark"])
def test_its_arrows_can_be_seen(qapp: QApplication, qtbot: QtBot, name: str) -> None:
    """Back, forward and up are in the colours of the theme, and not black on black."""
    theme.apply(qapp, name)
    window = QWidget()
    qtbot.addWidget(window)
    dialog = file_dialog(window, "Open", "Tables (*.csv)")
    for button in ("backButton", "forwardButton", "toParentButton"):
        icon = dialog.findChild(QToolButton, button).icon()
        picture, ground = icon.pixmap(QSize(16, 16)).toImage(), QColor(theme.current().surface)
        inks = [picture.pixelColor(x, y) for x in range(16) for y in range(16)]
        furthest = max(abs(ink.lightness() - ground.lightness()) for ink in inks if ink.alpha() > 200)
        assert furthest > 60
    theme.apply(qapp, "light")


def test_its_buttons_have_room_for_their_pictures(qapp: QApplication, qtbot: QtBot) -> None:
    """Back, up and new folder say what they are by their picture only."""
    theme.apply(qapp, "light")
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    dialog.show()
    up = dialog.findChild(QToolButton, "toParentButton")
    picture = up.grab().toImage()
    ground = picture.pixel(6, picture.height() // 2)
    middle = picture.height() // 2
    drawn = [x for x in range(6, picture.width() - 6) if picture.pixel(x, middle) != ground]
    assert drawn and drawn[-1] - drawn[0] >= 10


def test_sizes_and_days_of_files_are_read_whole(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    """ "199.82 KiB" is not "199…KiB", and nothing lies beyond the edge."""
    theme.apply(qapp, "light")
    (tmp_path / "customers of the year before.csv").write_bytes(b"," * 204_623)
    window = QWidget()
    qtbot.addWidget(window)
    dialog = file_dialog(window, "Open", "Tables (*.csv)")
    dialog.setDirectory(str(tmp_path))
    dialog.show()
    table = dialog.findChild(QTreeView, "treeView")
    qtbot.waitUntil(lambda: table.model().rowCount(table.rootIndex()) == 1)
    for column in range(1, table.model().columnCount()):
        assert table.columnWidth(column) >= table.sizeHintForColumn(column)
    qtbot.waitUntil(lambda: table.horizontalScrollBar().maximum() == 0)
