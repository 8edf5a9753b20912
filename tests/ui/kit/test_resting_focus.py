"""The focus of a control that goes is not a neighbour's: Space once more presses nothing that nobody meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QWidget

from ann_viz.ui.kit.resting_focus import rest_focus

GOES = {
    "disabled": QWidget.setEnabled,
    "hidden": QWidget.setVisible,
    "its card disabled": lambda button, on: button.parentWidget().setEnabled(on),
    "its card hidden": lambda button, on: button.parentWidget().setVisible(on),
}


@pytest.fixture
def buttons(qtbot, qapp) -> Iterator[list[QPushButton]]:
    """Two buttons in a card and one behind it, in a window that is active."""
    rest_focus(qapp)
    window = QWidget()
    card = QWidget(window)
    found = [QPushButton(name, parent) for name, parent in (("Import", card), ("Wide", card), ("Cancel", window))]
    for parent, children in ((card, found[:2]), (window, [card, found[2]])):
        layout = QHBoxLayout(parent)
        for child in children:
            layout.addWidget(child)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield found


@pytest.mark.parametrize("goes", GOES.values(), ids=GOES)
def test_nothing_is_pressed_by_the_next_space(buttons, goes: Callable[[QWidget, bool], None]) -> None:
    """Whatever of it goes: no neighbour has the focus, and it has it again as soon as it can be used."""
    pressed = []
    for button in buttons:
        button.clicked.connect(lambda *_, button=button: pressed.append(button.text()))
    buttons[0].setFocus()
    QTest.keyClick(buttons[0], Qt.Key.Key_Space)
    goes(buttons[0], False)
    assert QApplication.focusWidget() not in buttons
    QTest.keyClick(QApplication.focusWidget() or buttons[0].window(), Qt.Key.Key_Space)
    assert pressed == ["Import"]
    goes(buttons[0], True)
    assert QApplication.focusWidget() is buttons[0]


def test_who_takes_it_meanwhile_keeps_it(buttons) -> None:
    """A control that comes back takes the focus from nobody."""
    buttons[0].setFocus()
    buttons[0].setEnabled(False)
    buttons[2].setFocus()
    buttons[0].setEnabled(True)
    assert QApplication.focusWidget() is buttons[2]


def test_tab_goes_on_from_where_it_was(buttons) -> None:
    """The part of the window around it has the focus, so that Tab reaches what comes next."""
    buttons[0].setFocus()
    buttons[0].setEnabled(False)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is buttons[1]


def test_one_that_is_deleted_takes_nothing_along(buttons, qtbot) -> None:
    """A button that removes itself, as a notice's does, leaves the focus to no neighbour."""
    buttons[1].setFocus()
    buttons[1].hide()
    buttons[1].deleteLater()
    qtbot.waitUntil(lambda: QApplication.focusWidget() not in (buttons[0], buttons[2]))
    buttons[0].setFocus()
    assert QApplication.focusWidget() is buttons[0]
