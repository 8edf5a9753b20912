"""What is promised of every control, in every room of the window and in every other one: a name, a size, a way out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot
from rooms import Room, other_windows, rooms_beside_picture, rooms_of_window, two_runs
from small_windows import small_windows
from spoken_names import name_of

from ann_viz.session import RunState

if TYPE_CHECKING:
    from ann_viz.session.document import Document
    from ann_viz.ui.window.main_window import MainWindow

LEAST_SIZE = 24
LOOKING = (Qt.Key.Key_Home, Qt.Key.Key_End)
TRAINING = (Qt.Key.Key_S, Qt.Key.Key_P, Qt.Key.Key_B, Qt.Key.Key_E)  # where the focused control has no use for them
TYPED_INTO = (QLineEdit, QAbstractSpinBox, QComboBox, QAbstractItemView)


def controls(window: QWidget) -> Iterator[QWidget]:
    """Yield what Tab reaches now."""
    for each in window.findChildren(QWidget):
        inner = each.focusProxy() is not None or isinstance(each.parentWidget(), QAbstractSpinBox | QComboBox)
        if each.isVisible() and each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus and not inner:
            yield each  # what is inside of another speaks and acts through it


def told(widget: QWidget) -> str:
    """What a reader of the test is told of a control."""
    parent = type(widget.parentWidget()).__name__
    return f"{type(widget).__name__} {widget.objectName()} {name_of(widget)!r} in {parent}"


def complaints(room: Room, seen: set[QWidget]) -> Iterator[str]:
    """Yield what is wrong with the controls of a room that were not looked at before."""
    place, window = room
    QApplication.processEvents()  # what is shown for the first time gets its room
    for control in [each for each in controls(window) if each not in seen]:
        seen.add(control)
        if not name_of(control):
            yield f"{place}: no name: {told(control)}"
        if not isinstance(control, QAbstractSlider) and min(control.width(), control.height()) < LEAST_SIZE:
            yield f"{place}: {control.width()} × {control.height()}: {told(control)}"
        if isinstance(control, QAbstractItemView) and control.tabKeyNavigation():
            yield f"{place}: Tab goes from cell to cell and never leaves: {told(control)}"


def unasked(room: Room, document: Document, seen: set[QWidget], qtbot: QtBot) -> Iterator[str]:
    """Yield where a key that was typed into a control, or only looks, has changed the network."""
    place, window = room
    for control in [each for each in controls(window) if each not in seen]:
        control.setFocus(Qt.FocusReason.TabFocusReason)
        if QApplication.focusWidget() is not control:
            continue
        keys = TRAINING if isinstance(control, TYPED_INTO) else LOOKING
        if isinstance(control, QAbstractSlider):
            keys = ()  # whose own keys choose what they show
        seen.add(control)
        before = document.newest
        for key in keys:
            qtbot.keyClick(control, key)
            if isinstance(control, QComboBox):
                control.hidePopup()  # which a letter opens
        if document.newest is not before or document.state is RunState.RUNNING:
            yield f"{place}: {told(control)}"


def test_every_control_of_every_room_has_a_name_and_room_for_a_finger(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    """Read by a screen reader, hit with an unsteady hand, left with Tab; and no key trains by mistake."""
    window.activateWindow()
    seen: set[QWidget] = set()
    pressed: set[QWidget] = set()
    found = list(complaints(("start", window), seen))
    two_runs(window, qtbot)
    document = window.bridge.document
    for room in rooms_beside_picture(window, qtbot):
        found += complaints(room, seen)
        found += unasked(room, document, pressed, qtbot)
    assert found == []
    assert len(seen) > 100 and len(pressed) > 60


@pytest.mark.slow
def test_the_same_in_the_rooms_in_its_place_and_the_other_windows(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    """Enlarged charts, runs side by side, sweeps, rows, glossary, palette, all dialogs, questions and popovers."""
    window.activateWindow()
    two_runs(window, qtbot)
    seen: set[QWidget] = set()
    pressed: set[QWidget] = set()
    found = []
    others = chain(other_windows(window, qtbot, tmp_path), small_windows(window, qtbot))
    for room in chain(rooms_of_window(window, qtbot), others):
        found += complaints(room, seen)
        if room[1] is window:
            found += unasked(room, window.bridge.document, pressed, qtbot)
    assert found == []
    assert len(seen) > 200
