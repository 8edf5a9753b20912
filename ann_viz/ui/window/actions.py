"""Menus, shortcuts and actions of the window, made from the table of its commands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from ann_viz.session import RunState
from ann_viz.translation import translate
from ann_viz.ui.kit import icons
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.window.action_table import ACTIONS, MENUS

__all__ = ["build_actions", "fill_menu_bar", "refresh_icons", "update_enabled"]


def build_actions(window: QWidget, run: Callable[[str], Callable[[], object]]) -> dict[str, QAction]:
    """Return a QAction per command, already added to `window`.

    Parameters
    ----------
    run : callable
        Gives the function that carries out a command, by id.
    """
    result = {}
    for command in ACTIONS:
        action = QAction(translate(command.text), window)
        action.setObjectName(command.id)
        action.setIconText(" " + translate(command.text).rstrip("…"))  # the style leaves no gap beside the icon
        if command.shortcut:
            action.setShortcut(QKeySequence(command.shortcut))
            # Space also presses buttons; the window's keyPressEvent gets it where no button wants it.
            own = command.shortcut == "Space"
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut if own else Qt.ShortcutContext.WindowShortcut)
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(plain_tip(f"{translate(command.tip)} ({keys})"))
        else:
            action.setToolTip(translate(command.tip))
        action.triggered.connect(_without_arguments(run(command.id)))
        window.addAction(action)
        result[command.id] = action
    refresh_icons(result)
    return result


def _without_arguments(function: Callable[[], object]) -> Callable[[bool], None]:
    def call(_checked: bool = False) -> None:
        function()

    return call


def refresh_icons(actions: dict[str, QAction]) -> None:
    """Tint all icons for the theme in use."""
    for command in ACTIONS:
        if command.icon:
            actions[command.id].setIcon(icons.icon(command.icon))


def update_enabled(actions: dict[str, QAction], state: RunState) -> None:
    """Enable what makes sense in `state`."""
    for command in ACTIONS:
        actions[command.id].setEnabled(state in command.states)


def fill_menu_bar(
    bar: QMenuBar, actions: dict[str, QAction], extra: Iterable[tuple[str, Sequence[QMenu], str]] = ()
) -> None:
    """Build the menus.

    Parameters
    ----------
    extra : iterable of (menu, submenus, after)
        Submenus to put behind a command's id.
    """
    submenus = {(menu, after): behind for menu, behind, after in extra}
    for title in MENUS:
        menu = bar.addMenu(translate(title))
        menu.setObjectName(f"menu{title}")
        for command in (command for command in ACTIONS if command.menu == title):
            if command.section:
                menu.addSeparator()
            _submenu(menu, command.submenu).addAction(actions[command.id])
            for submenu in submenus.get((title, command.id), ()):
                menu.addMenu(submenu)


def _submenu(menu: QMenu, title: str) -> QMenu:
    """Return the menu within a menu of this name, made where it is first asked for; the menu itself without one."""
    if not title:
        return menu
    found = menu.findChild(QMenu, f"menu{title}")
    if isinstance(found, QMenu):
        return found
    made = menu.addMenu(translate(title))
    made.setObjectName(f"menu{title}")
    return made
