"""Qt's own file dialog, which stands where the desktop has none, under the stylesheet of the program."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QFileDialog, QToolButton
from pytestqt.qtbot import QtBot

from ann_viz.ui.kit import theme


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
