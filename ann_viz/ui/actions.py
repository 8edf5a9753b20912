"""Every command of the window in one table; menus, toolbar, shortcuts and the shortcut sheet are derived from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from ann_viz.session import RunState
from ann_viz.ui import icons
from ann_viz.ui.appearance import TEXT_SIZES

__all__ = ["ACTIONS", "MENUS", "Command", "build_actions", "fill_menu_bar", "refresh_icons", "update_enabled"]

ANY: Final = frozenset(RunState)
LOADED: Final = ANY - {RunState.EMPTY}
STILL: Final = LOADED - {RunState.RUNNING}
STEPPABLE: Final = frozenset({RunState.READY, RunState.PAUSED})
TRAINED: Final = frozenset({RunState.PAUSED, RunState.FINISHED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command.

    Attributes
    ----------
    id : str
        Also ``QAction.objectName()`` and the name of the window's method without its leading underscore.
    text, tip : str
        As in the menu, and as in the tooltip.
    menu : str
        Which menu it stands in.
    shortcut : str
        Empty where there is none.
    icon : str
        Empty where there is none.
    states : frozenset of RunState
        When it makes sense.
    section : bool
        Whether a separator stands above it.
    submenu : str
        Which menu within the menu it stands in; empty for none.
    """

    id: str
    text: str
    tip: str = ""
    menu: str
    shortcut: str = ""
    icon: str = ""
    states: frozenset[RunState] = ANY
    section: bool = False
    submenu: str = ""


MENUS: Final = ("File", "Edit", "Network", "Train", "View", "Explain", "Learn", "Help")

ACTIONS: Final[tuple[Command, ...]] = (
    Command(
        id="open_csv", text="Open CSV…", tip="Open a table from a file", menu="File", shortcut="Ctrl+O",
        icon="file-plus-2",
    ),
    Command(
        id="reload", text="Reload", tip="Read the open file again in the same way", menu="File", shortcut="F5",
        icon="refresh-cw", states=LOADED,
    ),
    Command(
        id="save_model", text="Save model…", tip="Save the trained network with its encoding", menu="File",
        shortcut="Ctrl+S", icon="save", states=STILL, section=True,
    ),
    Command(
        id="export_picture", text="Export picture…", tip="Save the network as a PNG picture", menu="File",
        shortcut="Ctrl+E", icon="image", states=LOADED,
    ),
    Command(
        id="print_picture", text="Print…", tip="Put the network on paper", menu="File", shortcut="Ctrl+P",
        states=LOADED,
    ),
    Command(
        id="quit", text="Quit", tip="Close the window", menu="File", shortcut="Ctrl+Q", icon="log-out", section=True,
    ),
    Command(
        id="undo", text="Undo", tip="Take back the last change of the network or its settings", menu="Edit",
        shortcut="Ctrl+Z", icon="undo-2", states=LOADED,
    ),
    Command(
        id="redo", text="Redo", tip="Make the change again", menu="Edit", shortcut="Ctrl+Shift+Z", icon="redo-2",
        states=LOADED,
    ),
    Command(
        id="paste_table", text="Paste table", tip="Import the cells on the clipboard", menu="Edit", shortcut="Ctrl+V",
        icon="copy", section=True,
    ),
    Command(
        id="palette", text="Find a command…", tip="Type a few letters of any command", menu="Edit", shortcut="Ctrl+K",
        icon="search", section=True,
    ),
    Command(
        id="add_layer", text="Add hidden layer", tip="Add a hidden layer before the output", menu="Network",
        shortcut="Ctrl+L", icon="plus", states=LOADED,
    ),
    Command(
        id="remove_layer", text="Remove last hidden layer", tip="Remove the hidden layer next to the output",
        menu="Network", icon="minus", states=LOADED,
    ),
    Command(
        id="lock_selected", text="Lock or unlock the selected weight", menu="Network", shortcut="Ctrl+Shift+L",
        tip="Training leaves a locked weight or bias as it is", icon="lock", states=LOADED, section=True,
    ),
    Command(
        id="switch_selected", text="Switch the selected neuron off or on", menu="Network", shortcut="Ctrl+Shift+X",
        tip="A neuron that is off sends nothing", icon="power", states=LOADED,
    ),
    Command(
        id="previous_example", text="Previous example", tip="Show the row before", menu="Network", shortcut="[",
        icon="chevron-left", states=LOADED, section=True,
    ),
    Command(
        id="next_example", text="Next example", tip="Show the row after", menu="Network", shortcut="]",
        icon="chevron-right", states=LOADED,
    ),
    Command(
        id="random_example", text="Random example", tip="Show a row drawn by chance", menu="Network", shortcut="R",
        icon="dices", states=LOADED,
    ),
    Command(
        id="wrong_example", text="A wrong one", tip="Show the next row that the network gets wrong", menu="Network",
        shortcut="W", icon="circle-x", states=LOADED,
    ),
    Command(
        id="toggle_training", text="Train", tip="Train or pause", menu="Train", shortcut="Space", icon="play",
        states=LOADED,
    ),
    Command(
        id="step", text="Step", tip="Repeat the step chosen last", menu="Train", shortcut="S", icon="step-forward",
        states=STEPPABLE, section=True,
    ),
    Command(
        id="step_phase", text="One phase", tip="One layer forward or back", menu="Train", shortcut="P",
        states=STEPPABLE,
    ),
    Command(
        id="step_batch", text="One batch", tip="One update of all weights", menu="Train", shortcut="B",
        states=STEPPABLE,
    ),
    Command(
        id="step_epoch", text="One epoch", tip="Once through all training rows", menu="Train", shortcut="E",
        states=STEPPABLE,
    ),
    Command(
        id="reset", text="Reset", tip="Back to the same starting weights", menu="Train", shortcut="Ctrl+R",
        icon="rotate-ccw", states=LOADED, section=True,
    ),
    Command(
        id="new_start", text="New start", tip="Draw new starting weights", menu="Train", shortcut="Ctrl+Shift+R",
        icon="dices", states=LOADED,
    ),
    Command(
        id="restore_best", text="Back to the best epoch", tip="Take the weights with the lowest validation loss",
        menu="Train", shortcut="Home", icon="history", states=TRAINED,
    ),
    Command(
        id="show_rows", text="Show rows", tip="The table as it was read", menu="View", shortcut="Ctrl+D", icon="table",
        states=LOADED,
    ),
    Command(id="show_watch", text="Watch", tip="Loss, scores and the coach", menu="View", shortcut="Ctrl+Shift+W",
            states=LOADED, section=True),
    Command(id="show_inspector", text="Inspect", tip="The selected neuron or connection", menu="View",
            shortcut="Ctrl+I", states=LOADED),
    Command(id="chart_loss", text="Chart of the loss", tip="How the error falls", menu="View", shortcut="Alt+1",
            states=LOADED, submenu="Chart"),
    Command(id="chart_accuracy", text="Chart of the accuracy", tip="How often it is right, or R² for a number",
            menu="View", shortcut="Alt+2", states=LOADED, submenu="Chart"),
    Command(id="chart_confusion", text="Confusion matrix", tip="What it said against what was true", menu="View",
            shortcut="Alt+3", states=LOADED, submenu="Chart"),
    Command(id="chart_weights", text="Weights of every layer", tip="How many weights have which value", menu="View",
            shortcut="Alt+4", states=LOADED, submenu="Chart"),
    Command(id="chart_gradients", text="Gradients of every layer", tip="Whether they vanish or explode", menu="View",
            shortcut="Alt+5", states=LOADED, submenu="Chart"),
    Command(id="network_text", text="Network as text", tip="Every neuron in a table and in sentences", menu="View",
            shortcut="Ctrl+Shift+N", icon="file-text", states=LOADED),
    Command(
        id="lines_weights", text="Lines show weights", tip="What the network has learned", menu="View",
        shortcut="Ctrl+1", states=LOADED, section=True,
    ),
    Command(
        id="lines_signals", text="Lines show signals", tip="What travels along the lines for this row", menu="View",
        shortcut="Ctrl+2", states=LOADED,
    ),
    Command(
        id="lines_gradients", text="Lines show gradients", tip="Who is to blame for the last batch's error",
        menu="View", shortcut="Ctrl+3", states=LOADED,
    ),
    Command(
        id="lines_change", text="Lines show change", tip="What the last epoch has changed", menu="View",
        shortcut="Ctrl+4", states=LOADED,
    ),
    Command(id="fold", text="Fold or unfold categories", tip="One input for each column of categories", menu="View",
            shortcut="Ctrl+G", states=LOADED),
    Command(id="zoom_in", text="Zoom in", tip="Make the network larger", menu="View", shortcut="Ctrl++",
            icon="zoom-in", states=LOADED, section=True),
    Command(id="zoom_out", text="Zoom out", tip="Make the network smaller", menu="View", shortcut="Ctrl+-",
            icon="zoom-out", states=LOADED),
    Command(id="zoom_fit", text="Show the whole network", tip="Fit the network to the window", menu="View",
            shortcut="Ctrl+0", icon="maximize", states=LOADED),
    Command(id="theme_light", text="Light theme", tip="Dark text on white", menu="View", icon="sun",
            section=True, submenu="Theme"),
    Command(id="theme_dark", text="Dark theme", tip="Light text on black", menu="View", icon="moon", submenu="Theme"),
    Command(id="theme_contrast_light", text="High contrast light", tip="Black on white, strong borders and lines",
            menu="View", icon="sun", submenu="Theme"),
    Command(id="theme_contrast_dark", text="High contrast dark", tip="White on black, strong borders and lines",
            menu="View", icon="moon", submenu="Theme"),
    Command(id="theme_system", text="System theme", tip="Follow the desktop", menu="View", submenu="Theme"),
    *(Command(id=f"text_{percent}", text=f"Text at {percent} %", tip="Size of text from the next start on",
              menu="View", submenu="Text size") for percent in TEXT_SIZES),
    Command(id="less_motion", text="Less motion", tip="Nothing runs along the lines on its own", menu="View"),
    Command(id="presentation", text="Presentation", tip="Large words for the back row; Esc ends it", menu="View",
            shortcut="F11", icon="presentation", section=True),
    Command(id="explain_1", text="1 Show it examples", tip="How the row became numbers", menu="Explain", shortcut="1",
            states=LOADED),
    Command(id="explain_2", text="2 It guesses", tip="How the answer is made", menu="Explain", shortcut="2",
            states=LOADED),
    Command(id="explain_3", text="3 Tell it the truth", tip="How wrong it is", menu="Explain", shortcut="3",
            states=LOADED),
    Command(id="explain_4", text="4 It learns from its mistake", tip="How weights change", menu="Explain",
            shortcut="4", states=LOADED),
    Command(id="explain_5", text="5 Repeat", tip="How far it has come", menu="Explain", shortcut="5", states=LOADED),
    Command(id="toggle_voice", text="Plain words or technical terms", tip="Change how everything is told",
            menu="Explain", shortcut="T", section=True),
    Command(id="lesson_1", text="How do you pass the input?", tip="A lesson: follow one row into the network",
            menu="Learn", icon="lightbulb"),
    Command(id="lesson_2", text="How does the machine become more accurate?", tip="A lesson: guess, train, compare",
            menu="Learn", icon="lightbulb"),
    Command(id="lesson_3", text="How does updating the weights work?", menu="Learn", icon="lightbulb",
            tip="A lesson: turn a weight by hand, then let one step do it"),
    Command(id="lesson_4", text="How does gradient descent work?", menu="Learn", icon="lightbulb",
            tip="A lesson: walk downhill, and take too large a step"),
    Command(id="lesson_5", text="How do you backpropagate exactly?", tip="A lesson: one batch, phase by phase",
            menu="Learn", icon="lightbulb"),
    Command(id="lesson_6", text="Why do you need a hidden layer?", menu="Learn", icon="lightbulb",
            tip="A lesson: with and without, side by side"),
    Command(id="tour", text="Two-minute tour", tip="What is where in this window", menu="Learn", icon="sparkles",
            section=True),
    Command(id="open_lesson", text="Open a lesson…", tip="A lesson from a file, perhaps your own", menu="Learn",
            icon="folder-open"),
    Command(id="page_slope", text="Where a step lands", tip="The slope of the loss under this network", menu="Learn",
            states=LOADED, section=True),
    Command(id="page_compare", text="With and without a hidden layer", menu="Learn", states=LOADED,
            tip="Two networks side by side, on these rows"),
    Command(id="lesson_next", text="Next step of the lesson", tip="When you have done what it asks", menu="Learn",
            shortcut="Alt+Right", section=True),
    Command(id="lesson_back", text="Previous step of the lesson", tip="Read it again", menu="Learn",
            shortcut="Alt+Left"),
    Command(id="glossary", text="Glossary", tip="What the words mean, and where to see them", menu="Help",
            shortcut="F1", icon="circle-help"),
    Command(id="what_is_this", text="What is this?", tip="Click a control, and it is explained", menu="Help",
            shortcut="Shift+F1", icon="circle-help"),
    Command(id="shortcuts", text="Keyboard shortcuts", tip="All shortcuts on one page", menu="Help",
            shortcut="Ctrl+/", icon="keyboard"),
    Command(id="about", text="About ANN Viz", tip="Version and licences", menu="Help", icon="info"),
)  # fmt: skip


def _tr(text: str) -> str:
    return QCoreApplication.translate("Actions", text)


def build_actions(window: QWidget, run: Callable[[str], Callable[[], object]]) -> dict[str, QAction]:
    """Return a QAction per command, already added to `window`.

    Parameters
    ----------
    run : callable
        Gives the function that carries out a command, by id.
    """
    result = {}
    for command in ACTIONS:
        action = QAction(_tr(command.text), window)
        action.setObjectName(command.id)
        action.setIconText(" " + _tr(command.text).rstrip("…"))  # the style leaves no gap beside the icon
        if command.shortcut:
            action.setShortcut(QKeySequence(command.shortcut))
            # Space also presses buttons; the window's keyPressEvent gets it where no button wants it.
            own = command.shortcut == "Space"
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut if own else Qt.ShortcutContext.WindowShortcut)
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{_tr(command.tip)} ({keys})")
        else:
            action.setToolTip(_tr(command.tip))
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
        menu = bar.addMenu(_tr(title))
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
    made = menu.addMenu(_tr(title))
    made.setObjectName(f"menu{title}")
    return made
