"""Actions and shortcuts of the window, made from the table of its commands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ann_viz.errors import TABLE_IS_MISSING
from ann_viz.session import RunState
from ann_viz.translation import translatable, translate
from ann_viz.ui.kit import icons
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.window.action_table import all_commands
from ann_viz.ui.window.menus.command import STEPPABLE, Command

__all__ = ["HELD", "LEFT_OVER", "build_actions", "hold_training", "refresh_icons", "update_enabled"]

LEFT_OVER: Final = frozenset({"Space", "Home", "End", ",", ".", "Shift+,", "Shift+."})
"""Keys that are commands only where what has the focus does not take them: buttons, sliders, lists, fields."""


def build_actions(window: QWidget, run: Callable[[str], Callable[[], object]]) -> dict[str, QAction]:
    """Return a QAction per command, already added to `window`.

    Parameters
    ----------
    run : callable
        Gives the function that carries out a command, by id.
    """
    result = {}
    for command in all_commands():
        action = QAction(translate(command.text), window)
        action.setObjectName(command.id)
        action.setIconText(" " + translate(command.text).rstrip("…"))  # the style leaves no gap beside the icon
        if command.shortcut:
            action.setShortcut(QKeySequence(command.shortcut))
            # Some widgets have a use for these keys; the window's keyPressEvent gets what the focused one leaves over.
            own = command.shortcut in LEFT_OVER
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut if own else Qt.ShortcutContext.WindowShortcut)
        action.setToolTip(plain_tip(_tip_of(command, action)))
        action.triggered.connect(_without_arguments(run(command.id)))
        window.addAction(action)
        result[command.id] = action
    refresh_icons(result)
    return result


def _tip_of(command: Command, action: QAction) -> str:
    """Return the tooltip of a command, with its keys."""
    if not command.shortcut:
        return translate(command.tip)
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return f"{translate(command.tip)} ({keys})"


def _without_arguments(function: Callable[[], object]) -> Callable[[bool], None]:
    def call(_checked: bool = False) -> None:
        function()

    return call


def refresh_icons(actions: dict[str, QAction]) -> None:
    """Tint all icons for the theme in use."""
    for command in all_commands():
        if command.icon:
            actions[command.id].setIcon(icons.icon(command.icon))


HELD: Final = translatable("A sweep is running. Pause it to train.")
OVER: Final = translatable("The run is over. Train lets it go on, Reset begins it again.")
TRAINING: Final = ("toggle_training", "step", "step_phase", "step_batch", "step_epoch", "train_on_row", "reset")


def hold_training(actions: dict[str, QAction], *, held: bool) -> None:
    """Say at the commands that train why they don't while a sweep has the processor; `update_enabled` lets them go."""
    why = translate(HELD)
    for command in all_commands():
        if command.id in TRAINING:
            if held:
                actions[command.id].setEnabled(False)
            _say_why(command, actions[command.id], why, held=held)


def _say_why(command: Command, action: QAction, why: str, *, held: bool) -> None:
    """Let the tooltip be why a command can't be had, or take that away again."""
    if held:
        action.setToolTip(plain_tip(why))
    elif action.toolTip() == plain_tip(why):
        action.setToolTip(plain_tip(_tip_of(command, action)))


def update_enabled(actions: dict[str, QAction], state: RunState, there_is: Mapping[str, bool]) -> None:
    """Enable what makes sense in `state`; some commands also need something to act on, such as Undo a change.

    Parameters
    ----------
    actions : dict of id to QAction
    state : RunState
    there_is : mapping of id to bool
        Whether there is something for these.
    """
    missing, over = (plain_tip(translate(reason)) for reason in (TABLE_IS_MISSING, OVER))
    for command in all_commands():
        action = actions[command.id]
        action.setEnabled(state in command.states and there_is.get(command.id, True))
        _say_why(command, action, missing, held=state is RunState.WITHOUT_ROWS and state not in command.states)
        _say_why(command, action, over, held=state is RunState.FINISHED and command.states == STEPPABLE)
