"""The command palette: finds commands by a few letters and runs them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ann_viz.ui.actions import ACTIONS
from ann_viz.ui.palette import Entry, Palette, matches

ENTRIES = [
    Entry("open_csv", "Open CSV", "File", "Ctrl+O"),
    Entry("step_epoch", "One epoch", "Train", "E"),
    Entry("restore_best", "Back to the best epoch", "Train", "Home"),
]


def test_words_are_found_anywhere_and_beginnings_first() -> None:
    """Every word must occur; nothing typed lists everything."""
    assert [entry.id for entry in matches("epoch", ENTRIES)] == ["step_epoch", "restore_best"]
    assert [entry.id for entry in matches("best ep", ENTRIES)] == ["restore_best"]
    assert [entry.id for entry in matches("back", ENTRIES)] == ["restore_best"]
    assert matches("  ", ENTRIES) == ENTRIES
    assert matches("zebra", ENTRIES) == []


def test_letters_in_order_are_enough_where_no_word_fits() -> None:
    """Ocs finds Open CSV."""
    assert [entry.id for entry in matches("ocs", ENTRIES)] == ["open_csv"]


def test_enter_runs_the_chosen_command_and_disabled_ones_are_not_listed(qtbot: QtBot) -> None:
    """Typing, an arrow and Enter trigger the action behind; what makes no sense now is left out."""
    window = QWidget()
    qtbot.addWidget(window)
    ran: list[str] = []
    actions = {}
    for command in ACTIONS:
        action = QAction(command.text, window)
        action.setShortcut(QKeySequence(command.shortcut))
        action.triggered.connect(lambda _checked=False, name=command.id: ran.append(name))
        actions[command.id] = action
    actions["step_phase"].setEnabled(False)
    palette = Palette(actions, window)
    palette.show()
    listed = palette.list.model().rowCount()
    assert listed == len([command for command in ACTIONS if command.id not in ("step_phase", "palette")])
    qtbot.keyClicks(palette.field, "theme")
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert ran == ["theme_dark"]
    assert not palette.isVisible()
