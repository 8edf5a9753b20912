"""The table of commands: complete, consistent and the only source of menus and shortcuts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu
from pytestqt.qtbot import QtBot

from ann_viz.app import make_window
from ann_viz.resources import resource
from ann_viz.session import RunState
from ann_viz.session.samples import samples
from ann_viz.ui.kit import theme
from ann_viz.ui.window.action_table import MENUS, all_commands
from ann_viz.ui.window.actions import update_enabled
from ann_viz.ui.window.commands import all_functions
from ann_viz.ui.window.help_dialogs import ShortcutSheet

if TYPE_CHECKING:
    from ann_viz.ui.window.main_window import MainWindow


def test_ids_and_shortcuts_are_unique(qapp: QApplication) -> None:
    """Every command has keys, no two share them or an id, and no key begins another command's two strokes."""
    assert max(Counter(command.id for command in all_commands()).values()) == 1
    keys = [QKeySequence(command.shortcut).toString() for command in all_commands()]
    assert "" not in keys
    assert len(keys) == len(set(keys))
    first = {key.split(", ")[0] for key in keys if ", " in key}
    assert first == {"Ctrl+T", "Ctrl+H"}
    assert not first & set(keys)


def test_each_command_has_one_function_and_no_function_is_left_over(qapp: QApplication) -> None:
    """The table of what commands do has the ids of the table of commands."""
    assert set(all_functions()) == {command.id for command in all_commands()}


def test_a_shortcut_of_two_strokes_works(qtbot: QtBot) -> None:
    """Ctrl+T and then D is the dark theme; a third key is its own again."""
    window = make_window()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for keys, name in (("Ctrl+T, D", "dark"), ("Ctrl+T, L", "light")):
        QTest.keySequence(window, QKeySequence(keys))
        assert theme.current() is theme.THEMES[name]


def all_actions(menu: QMenu) -> list[QAction]:
    """The actions of a menu and of the menus in it, from top to bottom."""
    found: list[QAction] = []
    for action in menu.actions():
        within = action.menu()
        found += [action] if within is None else all_actions(within)
    return found


def test_every_command_is_in_its_menu_with_its_icon(qtbot) -> None:
    """The menu bar shows exactly the table, in order, each as a named QAction."""
    window = make_window()
    qtbot.addWidget(window)
    for title in MENUS:
        menu = next(menu for menu in window.menu_bar.findChildren(QMenu, f"menu{title}"))
        shown = [action.objectName() for action in all_actions(menu) if action.objectName() in window.actions_by_id]
        assert shown == [command.id for command in all_commands() if command.menu == title]
    for command in all_commands():
        assert not command.icon or resource("icons", f"{command.icon}.svg").is_file()


def test_an_icon_means_one_thing() -> None:
    """What two commands share says what they have in common."""
    meanings = {
        "circle-help": "says what something is",
        "copy": "makes a copy",
        "dices": "drawn by chance",
        "file-plus-2": "other data",
        "folder-open": "opens a file of the program's own",
        "history": "back to what was",
        "lightbulb": "a lesson",
        "moon": "dark",
        "sun": "light",
        "table": "a table",
    }
    shared = Counter(command.icon for command in all_commands() if command.icon)
    assert {icon for icon, n in shared.items() if n > 1} == set(meanings)


def test_without_data_only_what_makes_sense_is_enabled(qtbot) -> None:
    """Train, Step and Reset wait for data, Undo and Redo for a change; opening does not."""
    window = make_window()
    qtbot.addWidget(window)
    enabled = {identifier for identifier, action in window.actions_by_id.items() if action.isEnabled()}
    assert "open_csv" in enabled
    sensible = {command.id for command in all_commands() if RunState.EMPTY in command.states}
    assert enabled == sensible - {"undo", "redo"}
    assert not {"toggle_training", "step", "reset", "save"} & enabled
    actions = window.actions_by_id
    usual = actions["step"].toolTip()
    update_enabled(actions, RunState.FINISHED, {})
    assert not actions["step"].isEnabled() and "over" in actions["step"].toolTip()
    update_enabled(actions, RunState.PAUSED, {})
    assert actions["step"].toolTip() == usual


def test_the_sheet_of_shortcuts_fits_a_small_screen(qtbot) -> None:
    """Every shortcut is on it, in columns no higher than the smallest window."""
    window = make_window()
    qtbot.addWidget(window)
    window.resize(window.minimumSize())
    sheet = ShortcutSheet(window.actions_by_id, window)
    texts = {label.text() for label in sheet.findChildren(QLabel)}
    assert {command.text.rstrip("…") for command in all_commands() if command.shortcut} <= texts
    assert sheet.sizeHint().height() <= 700
    assert sheet.sizeHint().width() <= 1100
    sheet.close()


def test_undo_and_redo_are_grey_where_there_is_nothing(window: MainWindow) -> None:
    """Before the first change, after it, after taking it back."""

    def enabled() -> tuple[bool, bool]:
        return window.actions_by_id["undo"].isEnabled(), window.actions_by_id["redo"].isEnabled()

    assert enabled() == (False, False)
    window.open_sample(next(sample for sample in samples() if sample.file == "xor.csv"))
    assert enabled() == (False, False)
    window.actions_by_id["add_layer"].trigger()
    assert enabled() == (True, False)
    window.actions_by_id["undo"].trigger()
    assert enabled() == (False, True)


def test_every_menu_opens_by_a_key(window: MainWindow) -> None:
    """Alt and a letter, another one for each menu."""
    titles = [action.text() for action in window.menu_bar.actions()]
    letters = [title[title.index("&") + 1].casefold() for title in titles]
    assert len(set(letters)) == len(titles)
