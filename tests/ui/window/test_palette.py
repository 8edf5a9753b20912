"""The command palette: finds commands by a few letters and runs them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ann_viz.ui.window.action_table import all_commands
from ann_viz.ui.window.palette import Palette, PaletteEntry, matches

ENTRIES = [
    PaletteEntry("open_csv", "Open CSV", "File", "Ctrl+O"),
    PaletteEntry("step_epoch", "One epoch", "Train", "E"),
    PaletteEntry("restore_best", "Back to the best epoch", "Train", "Home"),
]


def test_words_are_found_anywhere_and_beginnings_first() -> None:
    """Every word must occur; nothing typed lists everything."""
    assert [entry.id for entry in matches("epoch", ENTRIES)] == ["step_epoch", "restore_best"]
    assert [entry.id for entry in matches("best ep", ENTRIES)] == ["restore_best"]
    assert [entry.id for entry in matches("back", ENTRIES)] == ["restore_best"]
    assert matches("  ", ENTRIES) == ENTRIES
    assert matches("zebra", ENTRIES) == []


def test_technical_terms_of_the_tooltip_find_a_command_too() -> None:
    """After those whose text has the words, and before letters in order are tried."""
    plain = PaletteEntry("explain_4", "4 It learns", "Explain", "4", "How weights change: gradient descent")
    chart = PaletteEntry("chart_gradients", "Gradients", "View", "")
    assert [entry.id for entry in matches("gradient", [plain, chart, *ENTRIES])] == ["chart_gradients", "explain_4"]
    assert [entry.id for entry in matches("explain descent", [plain, chart, *ENTRIES])] == ["explain_4"]


def test_letters_in_order_are_enough_where_no_word_fits() -> None:
    """Ocs finds Open CSV."""
    assert [entry.id for entry in matches("ocs", ENTRIES)] == ["open_csv"]


def test_enter_runs_the_chosen_command_and_disabled_ones_are_not_listed(qtbot: QtBot) -> None:
    """Typing, an arrow and Enter trigger the action behind; what makes no sense now is left out."""
    window = QWidget()
    qtbot.addWidget(window)
    ran: list[str] = []
    actions = {}
    for command in all_commands():
        action = QAction(command.text, window)
        action.setShortcut(QKeySequence(command.shortcut))
        action.triggered.connect(lambda _checked=False, name=command.id: ran.append(name))
        actions[command.id] = action
    actions["step_phase"].setEnabled(False)
    palette = Palette(actions, window)
    palette.show()
    listed = palette.list.model().rowCount()
    assert listed == len([command for command in all_commands() if command.id not in ("step_phase", "palette")])
    qtbot.keyClicks(palette.field, "theme")
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert ran == ["theme_dark"]
    assert not palette.isVisible()


def test_samples_are_found_too_and_nothing_is_said_plainly(window, qtbot: QtBot) -> None:
    """Entries of submenus can be run; letters that fit nothing say so, and Enter then does nothing."""
    window.actions_by_id["palette"].trigger()
    palette = window.findChild(Palette)
    qtbot.keyClicks(palette.field, "zzqx")
    assert palette.list.model().index(0, 0).data() == "Nothing is called that."
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()
    palette.field.clear()
    qtbot.keyClicks(palette.field, "bank")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.bridge.document.dataset.name == "bank_customers.csv"


def test_the_first_key_of_a_newcomer_opens_a_file(window) -> None:
    """The focus begins on the button that opens a table."""
    assert window.focusWidget() is window.start_card.open
