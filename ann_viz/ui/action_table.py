"""Every command of the window in one table: what it is called, where it stands, its keys, and when it makes sense."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ann_viz.session import RunState
from ann_viz.ui.translation import mark

__all__ = ["ACTIONS", "MENUS", "Command"]

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


MENUS: Final = (
    mark("File"),
    mark("Edit"),
    mark("Network"),
    mark("Train"),
    mark("View"),
    mark("Explain"),
    mark("Learn"),
    mark("Help"),
)

# A shortcut with a comma is two strokes, one after the other.
ACTIONS: Final[tuple[Command, ...]] = (
    Command(
        id="open_csv", text=mark("Open CSV…"), tip=mark("Open a table from a file"), menu="File", shortcut="Ctrl+O",
        icon="file-plus-2",
    ),
    Command(
        id="reload", text=mark("Reload"), tip=mark("Read the open file again in the same way"), menu="File",
        shortcut="F5", icon="refresh-cw", states=LOADED,
    ),
    Command(
        id="save_model", text=mark("Save model…"), tip=mark("Save the trained network with its encoding"), menu="File",
        shortcut="Ctrl+S", icon="save", states=STILL, section=True,
    ),
    Command(
        id="export_picture", text=mark("Export picture…"), tip=mark("Save the network as a PNG picture"), menu="File",
        shortcut="Ctrl+E", icon="image", states=LOADED,
    ),
    Command(
        id="print_picture", text=mark("Print…"), tip=mark("Put the network on paper"), menu="File", shortcut="Ctrl+P",
        states=LOADED,
    ),
    Command(
        id="quit", text=mark("Quit"), tip=mark("Close the window"), menu="File", shortcut="Ctrl+Q", icon="log-out",
        section=True,
    ),
    Command(
        id="undo", text=mark("Undo"), tip=mark("Take back the last change of the network or its settings"),
        menu="Edit", shortcut="Ctrl+Z", icon="undo-2", states=LOADED,
    ),
    Command(
        id="redo", text=mark("Redo"), tip=mark("Make the change again"), menu="Edit", shortcut="Ctrl+Shift+Z",
        icon="redo-2", states=LOADED,
    ),
    Command(
        id="paste_table", text=mark("Paste table"), tip=mark("Import the cells on the clipboard"), menu="Edit",
        shortcut="Ctrl+V", icon="copy", section=True,
    ),
    Command(
        id="palette", text=mark("Find a command…"), tip=mark("Type a few letters of any command"), menu="Edit",
        shortcut="Ctrl+K", icon="search", section=True,
    ),
    Command(
        id="add_layer", text=mark("Add hidden layer"), tip=mark("Add a hidden layer before the output"),
        menu="Network", shortcut="Ctrl+L", icon="plus", states=LOADED,
    ),
    Command(
        id="remove_layer", text=mark("Remove last hidden layer"),
        tip=mark("Remove the hidden layer next to the output"), menu="Network", shortcut="Ctrl+Backspace",
        icon="minus", states=LOADED,
    ),
    Command(
        id="lock_selected", text=mark("Lock or unlock the selected weight"),
        tip=mark("Training leaves a locked weight or bias as it is"), menu="Network", shortcut="Ctrl+Shift+L",
        icon="lock", states=LOADED, section=True,
    ),
    Command(
        id="switch_selected", text=mark("Switch the selected neuron off or on"),
        tip=mark("A neuron that is off sends nothing"), menu="Network", shortcut="Ctrl+Shift+X", icon="power",
        states=LOADED,
    ),
    Command(
        id="previous_example", text=mark("Previous example"), tip=mark("Show the row before"), menu="Network",
        shortcut="[", icon="chevron-left", states=LOADED, section=True,
    ),
    Command(
        id="next_example", text=mark("Next example"), tip=mark("Show the row after"), menu="Network", shortcut="]",
        icon="chevron-right", states=LOADED,
    ),
    Command(
        id="random_example", text=mark("Random example"), tip=mark("Show a row drawn by chance"), menu="Network",
        shortcut="R", icon="dices", states=LOADED,
    ),
    Command(
        id="wrong_example", text=mark("A wrong one"), tip=mark("Show the next row that the network gets wrong"),
        menu="Network", shortcut="W", icon="circle-x", states=LOADED,
    ),
    Command(
        id="toggle_training", text=mark("Train"), tip=mark("Train or pause"), menu="Train", shortcut="Space",
        icon="play", states=LOADED,
    ),
    Command(
        id="step", text=mark("Step"), tip=mark("Repeat the step chosen last"), menu="Train", shortcut="S",
        icon="step-forward", states=STEPPABLE, section=True,
    ),
    Command(
        id="step_phase", text=mark("One phase"), tip=mark("One layer forward or back"), menu="Train", shortcut="P",
        states=STEPPABLE,
    ),
    Command(
        id="step_batch", text=mark("One batch"), tip=mark("One update of all weights"), menu="Train", shortcut="B",
        states=STEPPABLE,
    ),
    Command(
        id="step_epoch", text=mark("One epoch"), tip=mark("Once through all training rows"), menu="Train",
        shortcut="E", states=STEPPABLE,
    ),
    Command(
        id="reset", text=mark("Reset"), tip=mark("Back to the same starting weights"), menu="Train", shortcut="Ctrl+R",
        icon="rotate-ccw", states=LOADED, section=True,
    ),
    Command(
        id="new_start", text=mark("New start"), tip=mark("Draw new starting weights"), menu="Train",
        shortcut="Ctrl+Shift+R", icon="dices", states=LOADED,
    ),
    Command(
        id="restore_best", text=mark("Back to the best epoch"),
        tip=mark("Take the weights with the lowest validation loss"), menu="Train", shortcut="Home", icon="history",
        states=TRAINED,
    ),
    Command(
        id="show_rows", text=mark("Show rows"), tip=mark("The table as it was read"), menu="View", shortcut="Ctrl+D",
        icon="table", states=LOADED,
    ),
    Command(
        id="show_watch", text=mark("Watch"), tip=mark("Loss, scores and the coach"), menu="View",
        shortcut="Ctrl+Shift+W", states=LOADED, section=True,
    ),
    Command(
        id="show_inspector", text=mark("Inspect"), tip=mark("The selected neuron or connection"), menu="View",
        shortcut="Ctrl+I", states=LOADED,
    ),
    Command(
        id="chart_loss", text=mark("Chart of the loss"), tip=mark("How the error falls"), menu="View",
        shortcut="Alt+1", states=LOADED, submenu=mark("Chart"),
    ),
    Command(
        id="chart_accuracy", text=mark("Chart of the accuracy"), tip=mark("How often it is right, or R² for a number"),
        menu="View", shortcut="Alt+2", states=LOADED, submenu=mark("Chart"),
    ),
    Command(
        id="chart_confusion", text=mark("Confusion matrix"), tip=mark("What it said against what was true"),
        menu="View", shortcut="Alt+3", states=LOADED, submenu=mark("Chart"),
    ),
    Command(
        id="chart_weights", text=mark("Weights of every layer"), tip=mark("How many weights have which value"),
        menu="View", shortcut="Alt+4", states=LOADED, submenu=mark("Chart"),
    ),
    Command(
        id="chart_gradients", text=mark("Gradients of every layer"), tip=mark("Whether they vanish or explode"),
        menu="View", shortcut="Alt+5", states=LOADED, submenu=mark("Chart"),
    ),
    Command(
        id="network_text", text=mark("Network as text"), tip=mark("Every neuron in a table and in sentences"),
        menu="View", shortcut="Ctrl+Shift+N", icon="file-text", states=LOADED,
    ),
    Command(
        id="lines_weights", text=mark("Lines show weights"), tip=mark("What the network has learned"), menu="View",
        shortcut="Ctrl+1", states=LOADED, section=True,
    ),
    Command(
        id="lines_signals", text=mark("Lines show signals"), tip=mark("What travels along the lines for this row"),
        menu="View", shortcut="Ctrl+2", states=LOADED,
    ),
    Command(
        id="lines_gradients", text=mark("Lines show gradients"),
        tip=mark("Who is to blame for the last batch's error"), menu="View", shortcut="Ctrl+3", states=LOADED,
    ),
    Command(
        id="lines_change", text=mark("Lines show change"), tip=mark("What the last epoch has changed"), menu="View",
        shortcut="Ctrl+4", states=LOADED,
    ),
    Command(
        id="fold", text=mark("Fold or unfold categories"), tip=mark("One input for each column of categories"),
        menu="View", shortcut="Ctrl+G", states=LOADED,
    ),
    Command(
        id="zoom_in", text=mark("Zoom in"), tip=mark("Make the network larger"), menu="View", shortcut="Ctrl++",
        icon="zoom-in", states=LOADED, section=True,
    ),
    Command(
        id="zoom_out", text=mark("Zoom out"), tip=mark("Make the network smaller"), menu="View", shortcut="Ctrl+-",
        icon="zoom-out", states=LOADED,
    ),
    Command(
        id="zoom_fit", text=mark("Show the whole network"), tip=mark("Fit the network to the window"), menu="View",
        shortcut="Ctrl+0", icon="maximize", states=LOADED,
    ),
    Command(
        id="theme_light", text=mark("Light theme"), tip=mark("Dark text on white"), menu="View", shortcut="Ctrl+T, L",
        icon="sun", section=True, submenu=mark("Theme"),
    ),
    Command(
        id="theme_dark", text=mark("Dark theme"), tip=mark("Light text on black"), menu="View", shortcut="Ctrl+T, D",
        icon="moon", submenu=mark("Theme"),
    ),
    Command(
        id="theme_contrast_light", text=mark("High contrast light"),
        tip=mark("Black on white, strong borders and lines"), menu="View", shortcut="Ctrl+T, W", icon="sun",
        submenu=mark("Theme"),
    ),
    Command(
        id="theme_contrast_dark", text=mark("High contrast dark"),
        tip=mark("White on black, strong borders and lines"), menu="View", shortcut="Ctrl+T, B", icon="moon",
        submenu=mark("Theme"),
    ),
    Command(
        id="theme_system", text=mark("System theme"), tip=mark("Follow the desktop"), menu="View",
        shortcut="Ctrl+T, S", submenu=mark("Theme"),
    ),
    Command(
        id="text_100", text=mark("Text at 100 %"), tip=mark("Size of text from the next start on"), menu="View",
        shortcut="Ctrl+T, 1", submenu=mark("Text size"),
    ),
    Command(
        id="text_125", text=mark("Text at 125 %"), tip=mark("Size of text from the next start on"), menu="View",
        shortcut="Ctrl+T, 2", submenu=mark("Text size"),
    ),
    Command(
        id="text_150", text=mark("Text at 150 %"), tip=mark("Size of text from the next start on"), menu="View",
        shortcut="Ctrl+T, 3", submenu=mark("Text size"),
    ),
    Command(
        id="text_175", text=mark("Text at 175 %"), tip=mark("Size of text from the next start on"), menu="View",
        shortcut="Ctrl+T, 4", submenu=mark("Text size"),
    ),
    Command(
        id="text_200", text=mark("Text at 200 %"), tip=mark("Size of text from the next start on"), menu="View",
        shortcut="Ctrl+T, 5", submenu=mark("Text size"),
    ),
    Command(
        id="less_motion", text=mark("Less motion"), tip=mark("Nothing runs along the lines on its own"), menu="View",
        shortcut="Ctrl+T, M",
    ),
    Command(
        id="presentation", text=mark("Presentation"), tip=mark("Large words for the back row; Esc ends it"),
        menu="View", shortcut="F11", icon="presentation", section=True,
    ),
    Command(
        id="explain_1", text=mark("1 Show it examples"), tip=mark("How the row became numbers"), menu="Explain",
        shortcut="1", states=LOADED,
    ),
    Command(
        id="explain_2", text=mark("2 It guesses"), tip=mark("How the answer is made: forward propagation"),
        menu="Explain", shortcut="2", states=LOADED,
    ),
    Command(
        id="explain_3", text=mark("3 Tell it the truth"), tip=mark("How wrong it is: the loss"), menu="Explain",
        shortcut="3", states=LOADED,
    ),
    Command(
        id="explain_4", text=mark("4 It learns from its mistake"), menu="Explain", shortcut="4", states=LOADED,
        tip=mark("How weights change: backpropagation and gradient descent"),
    ),
    Command(
        id="explain_5", text=mark("5 Repeat"), tip=mark("How far it has come: epochs until the error is small"),
        menu="Explain", shortcut="5", states=LOADED,
    ),
    Command(
        id="toggle_voice", text=mark("Plain words or technical terms"), tip=mark("Change how everything is told"),
        menu="Explain", shortcut="T", section=True,
    ),
    Command(
        id="lesson_1", text=mark("How do you pass the input?"), tip=mark("A lesson: follow one row into the network"),
        menu="Learn", shortcut="Ctrl+H, 1", icon="lightbulb",
    ),
    Command(
        id="lesson_2", text=mark("How does the machine become more accurate?"),
        tip=mark("A lesson: guess, train, compare"), menu="Learn", shortcut="Ctrl+H, 2", icon="lightbulb",
    ),
    Command(
        id="lesson_3", text=mark("How does updating the weights work?"),
        tip=mark("A lesson: turn a weight by hand, then let one step do it"), menu="Learn", shortcut="Ctrl+H, 3",
        icon="lightbulb",
    ),
    Command(
        id="lesson_4", text=mark("How does gradient descent work?"),
        tip=mark("A lesson: walk downhill, and take too large a step"), menu="Learn", shortcut="Ctrl+H, 4",
        icon="lightbulb",
    ),
    Command(
        id="lesson_5", text=mark("How do you backpropagate exactly?"), tip=mark("A lesson: one batch, phase by phase"),
        menu="Learn", shortcut="Ctrl+H, 5", icon="lightbulb",
    ),
    Command(
        id="lesson_6", text=mark("Why do you need a hidden layer?"),
        tip=mark("A lesson: with and without, side by side"), menu="Learn", shortcut="Ctrl+H, 6", icon="lightbulb",
    ),
    Command(
        id="tour", text=mark("Two-minute tour"), tip=mark("What is where in this window"), menu="Learn",
        shortcut="Ctrl+H, T", icon="sparkles", section=True,
    ),
    Command(
        id="open_lesson", text=mark("Open a lesson…"), tip=mark("A lesson from a file, perhaps your own"),
        menu="Learn", shortcut="Ctrl+H, O", icon="folder-open",
    ),
    Command(
        id="page_slope", text=mark("Where a step lands"), tip=mark("The slope of the loss under this network"),
        menu="Learn", shortcut="Ctrl+H, S", states=LOADED, section=True,
    ),
    Command(
        id="page_compare", text=mark("With and without a hidden layer"),
        tip=mark("Two networks side by side, on these rows"), menu="Learn", shortcut="Ctrl+H, C", states=LOADED,
    ),
    Command(
        id="lesson_next", text=mark("Next step of the lesson"), tip=mark("When you have done what it asks"),
        menu="Learn", shortcut="Alt+Right", section=True,
    ),
    Command(
        id="lesson_back", text=mark("Previous step of the lesson"), tip=mark("Read it again"), menu="Learn",
        shortcut="Alt+Left",
    ),
    Command(
        id="glossary", text=mark("Glossary"), tip=mark("What the words mean, and where to see them"), menu="Help",
        shortcut="F1", icon="circle-help",
    ),
    Command(
        id="what_is_this", text=mark("What is this?"), tip=mark("Click a control, and it is explained"), menu="Help",
        shortcut="Shift+F1", icon="circle-help",
    ),
    Command(
        id="shortcuts", text=mark("Keyboard shortcuts"), tip=mark("All shortcuts on one page"), menu="Help",
        shortcut="Ctrl+/", icon="keyboard",
    ),
    Command(
        id="copy_diagnostics", text=mark("Copy diagnostics"),
        tip=mark("Versions and sizes for a report of a fault, nothing of your data"), menu="Help",
        shortcut="Ctrl+H, D", icon="copy", section=True,
    ),
    Command(
        id="about", text=mark("About ANN Viz"), tip=mark("Version and licences"), menu="Help", shortcut="Ctrl+H, A",
        icon="info",
    ),
)  # fmt: skip
