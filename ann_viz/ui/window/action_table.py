"""Every command of the window in one table: what it is called, where it stands, its keys, and when it makes sense."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

from ann_viz.explain import load_texts
from ann_viz.explain.lesson import QUESTIONS, TOUR, lesson_head
from ann_viz.session import RunState
from ann_viz.translation import translatable
from ann_viz.ui.charts import chart_table

__all__ = ["COMMANDS", "MENUS", "Command", "all_commands"]

ANY: Final = frozenset(RunState)
LOADED: Final = ANY - {RunState.EMPTY}
WITH_ROWS: Final = LOADED - {RunState.WITHOUT_ROWS}
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
    translatable("File"),
    translatable("Edit"),
    translatable("Network"),
    translatable("Train"),
    translatable("View"),
    translatable("Explain"),
    translatable("Learn"),
    translatable("Help"),
)


def _charts() -> Iterator[Command]:
    """Yield a command for every chart."""
    for place, chart in enumerate(chart_table.CHARTS, start=1):
        yield Command(
            id=f"chart_{chart.id}", text=chart.text, tip=chart.tip, menu="View", shortcut=f"Alt+{place}",
            states=WITH_ROWS if chart.needs_rows else LOADED, submenu=translatable("Chart"),
        )  # fmt: skip


def _steps() -> Iterator[Command]:
    """Yield a command for each of the five steps, called as in the panel."""
    for number, step in enumerate(load_texts(), start=1):
        yield Command(
            id=f"explain_{number}", text=f"{number} {step.title['plain']}", tip=step.tip, menu="Explain",
            shortcut=f"{number}", states=LOADED,
        )  # fmt: skip


def _lessons() -> Iterator[Command]:
    """Yield a command for every lesson, called as in its file, and the tour."""
    for number, file in enumerate(QUESTIONS, start=1):
        lesson = lesson_head(file)
        yield Command(
            id=f"lesson_{number}", text=lesson.title, tip=lesson.tip, menu="Learn", shortcut=f"Ctrl+H, {number}",
            icon="lightbulb",
        )  # fmt: skip
    tour = lesson_head(TOUR)
    yield Command(
        id="tour", text=tour.title, tip=tour.tip, menu="Learn", shortcut="Ctrl+H, T", icon="sparkles", section=True
    )


# A shortcut with a comma is two strokes, one after the other.
COMMANDS: Final[tuple[Command | Callable[[], Iterator[Command]], ...]] = (
    Command(
        id="new", text=translatable("New"), tip=translatable("Begin anew, with the start card"), menu="File",
        shortcut="Ctrl+N", states=LOADED,
    ),
    Command(
        id="open_csv", text=translatable("Open CSV…"), tip=translatable("Open a table from a file"), menu="File",
        shortcut="Ctrl+O", icon="file-plus-2",
    ),
    Command(
        id="open_project", text=translatable("Open project…"),
        tip=translatable("Go on with work that was saved"), menu="File", shortcut="Ctrl+Shift+O", icon="folder-open",
    ),
    Command(
        id="reload", text=translatable("Reload"), tip=translatable("Read the open file again in the same way"),
        menu="File", shortcut="F5", icon="refresh-cw", states=WITH_ROWS,
    ),
    Command(
        id="save", text=translatable("Save"), tip=translatable("Save the project: network, runs and settings"),
        menu="File", shortcut="Ctrl+S", icon="save", states=LOADED, section=True,
    ),
    Command(
        id="save_as", text=translatable("Save as…"), tip=translatable("Save the project in another file"), menu="File",
        shortcut="Ctrl+Shift+S", states=LOADED,
    ),
    Command(
        id="back_to_saved", text=translatable("Back to the saved state"),
        tip=translatable("Open the project again as it is in its file; Undo brings back what was changed"), menu="File",
        shortcut="Ctrl+Alt+Z", icon="history", states=LOADED,
    ),
    Command(
        id="predict_file", text=translatable("Predict a file…"),
        tip=translatable("Answer every row of another file with this network"), menu="File", shortcut="Ctrl+Shift+F",
        icon="file-down", states=LOADED, section=True,
    ),
    Command(
        id="take", text=translatable("Take it with you…"),
        tip=translatable("Save a web page, picture, video, report or program made of the network"), menu="File",
        shortcut="Ctrl+E", icon="download", states=LOADED,
    ),
    Command(
        id="record", text=translatable("Record a film…"), tip=translatable("Save the training as a film"), menu="File",
        shortcut="Ctrl+Alt+E", icon="film", states=WITH_ROWS,
    ),
    Command(
        id="take_again", text=translatable("Take the same again"),
        tip=translatable("Write what was taken along last once more, to the same file"), menu="File",
        shortcut="Ctrl+Shift+E", states=LOADED,
    ),
    Command(
        id="print_report", text=translatable("Print…"), tip=translatable("Put a report on paper"), menu="File",
        shortcut="Ctrl+P", states=WITH_ROWS,
    ),
    Command(
        id="quit", text=translatable("Quit"), tip=translatable("Close the window"), menu="File", shortcut="Ctrl+Q",
        icon="log-out", section=True,
    ),
    Command(
        id="undo", text=translatable("Undo"),
        tip=translatable("Take back the last change of the network or its settings"), menu="Edit", shortcut="Ctrl+Z",
        icon="undo-2",
    ),
    Command(
        id="redo", text=translatable("Redo"), tip=translatable("Make the change again"), menu="Edit",
        shortcut="Ctrl+Shift+Z", icon="redo-2",
    ),
    Command(
        id="paste_table", text=translatable("Paste table"), tip=translatable("Import the cells on the clipboard"),
        menu="Edit", shortcut="Ctrl+V", icon="file-plus-2", section=True,
    ),
    Command(
        id="palette", text=translatable("Find a command…"), tip=translatable("Type a few letters of any command"),
        menu="Edit", shortcut="Ctrl+K", icon="search", section=True,
    ),
    Command(
        id="add_layer", text=translatable("Add hidden layer"), tip=translatable("Add a hidden layer before the output"),
        menu="Network", shortcut="Ctrl+L", icon="plus", states=WITH_ROWS,
    ),
    Command(
        id="remove_layer", text=translatable("Remove last hidden layer"),
        tip=translatable("Remove the hidden layer next to the output"), menu="Network", shortcut="Ctrl+Backspace",
        icon="minus", states=WITH_ROWS,
    ),
    Command(
        id="lock_selected", text=translatable("Lock or unlock the selected weight"),
        tip=translatable("Training leaves a locked weight or bias as it is"), menu="Network", shortcut="Ctrl+Shift+L",
        icon="lock", states=WITH_ROWS, section=True,
    ),
    Command(
        id="switch_selected", text=translatable("Switch the selected neuron off or on"),
        tip=translatable("A neuron that is off sends nothing"), menu="Network", shortcut="Ctrl+Shift+X", icon="power",
        states=WITH_ROWS,
    ),
    Command(
        id="previous_example", text=translatable("Previous row"), tip=translatable("Show the row before"),
        menu="Network", shortcut="[", icon="chevron-left", states=WITH_ROWS, section=True,
    ),
    Command(
        id="next_example", text=translatable("Next row"), tip=translatable("Show the row after"), menu="Network",
        shortcut="]", icon="chevron-right", states=WITH_ROWS,
    ),
    Command(
        id="random_example", text=translatable("Random row"), tip=translatable("Show a row drawn by chance"),
        menu="Network", shortcut="R", icon="dices", states=WITH_ROWS,
    ),
    Command(
        id="wrong_example", text=translatable("A wrong one"),
        tip=translatable("Show the next row that the network gets wrong"), menu="Network", shortcut="W",
        icon="circle-x", states=WITH_ROWS,
    ),
    Command(
        id="toggle_training", text=translatable("Train"), tip=translatable("Train or pause"), menu="Train",
        shortcut="Space", icon="play", states=WITH_ROWS,
    ),
    Command(
        id="step", text=translatable("Step"), tip=translatable("Repeat the step chosen last"), menu="Train",
        shortcut="S", icon="step-forward", states=STEPPABLE, section=True,
    ),
    Command(
        id="step_phase", text=translatable("One phase"), tip=translatable("One layer forward or back"), menu="Train",
        shortcut="P", states=STEPPABLE,
    ),
    Command(
        id="step_batch", text=translatable("One batch"), tip=translatable("One update of all weights"), menu="Train",
        shortcut="B", states=STEPPABLE,
    ),
    Command(
        id="step_epoch", text=translatable("One epoch"), tip=translatable("Once through all training rows"),
        menu="Train", shortcut="E", states=STEPPABLE,
    ),
    Command(
        id="train_on_row", text=translatable("Train on this row only, once"),
        tip=translatable("One step of learning that only the row on show has a say in"), menu="Train",
        shortcut="Ctrl+B", states=WITH_ROWS,
    ),
    Command(
        id="reset", text=translatable("Reset"), tip=translatable("Back to the same starting weights"), menu="Train",
        shortcut="Ctrl+R", icon="rotate-ccw", states=WITH_ROWS, section=True,
    ),
    Command(
        id="new_start", text=translatable("New start"), tip=translatable("Draw new starting weights"), menu="Train",
        shortcut="Ctrl+Shift+R", icon="dices", states=WITH_ROWS,
    ),
    Command(
        id="sweep", text=translatable("Sweep…"), tip=translatable("Try many settings at once"), menu="Train",
        shortcut="Ctrl+Shift+G", icon="chart-scatter", states=WITH_ROWS,
    ),
    Command(
        id="restore_best", text=translatable("Back to the best epoch"),
        tip=translatable("Take the weights of the epoch that did best on rows not learned from"), menu="Train",
        shortcut="Ctrl+Home", icon="history", states=TRAINED,
    ),
    Command(
        id="defaults", text=translatable("Back to defaults"),
        tip=translatable("Start anew with what was chosen for this data and this size of network"), menu="Train",
        shortcut="Ctrl+Alt+D", states=LOADED,
    ),
    Command(
        id="find_rate", text=translatable("Find a learning rate…"),
        tip=translatable("Try all rates on a copy of the network, and choose one"), menu="Train",
        shortcut="Ctrl+Alt+R", icon="gauge",
        states=WITH_ROWS, section=True,
    ),
    Command(
        id="twin", text=translatable("Twin…"),
        tip=translatable("The same network again with one thing changed, trained in step"), menu="Train",
        shortcut="Ctrl+Shift+D", icon="copy-plus", states=WITH_ROWS, section=True,
    ),
    Command(
        id="compare", text=translatable("Compare runs"),
        tip=translatable("The run in the window beside the best other one"), menu="Train", shortcut="Ctrl+Shift+C",
        icon="arrow-left-right", states=WITH_ROWS,
    ),
    Command(
        id="run_test", text=translatable("Run the test"),
        tip=translatable("Judge the network by the rows that were kept back for the end"), menu="Train",
        shortcut="Ctrl+Alt+T", states=TRAINED,
    ),
    Command(
        id="look_play", text=translatable("Play the run again"),
        tip=translatable("From the epoch on show, or from the start"), menu="Train", shortcut="Ctrl+Space",
        icon="circle-play", states=LOADED, section=True, submenu=translatable("Look back"),
    ),
    Command(
        id="look_back", text=translatable("One epoch back"), tip=translatable("Show the epoch before"), menu="Train",
        shortcut=",", states=LOADED, submenu=translatable("Look back"),
    ),
    Command(
        id="look_forward", text=translatable("One epoch forward"), tip=translatable("Show the epoch after"),
        menu="Train", shortcut=".", states=LOADED, submenu=translatable("Look back"),
    ),
    Command(
        id="look_back_ten", text=translatable("Ten epochs back"), tip=translatable("Show the tenth epoch before"),
        menu="Train", shortcut="Shift+,", states=LOADED, submenu=translatable("Look back"),
    ),
    Command(
        id="look_forward_ten", text=translatable("Ten epochs forward"), tip=translatable("Show the tenth epoch after"),
        menu="Train", shortcut="Shift+.", states=LOADED, submenu=translatable("Look back"),
    ),
    Command(
        id="look_at_best", text=translatable("Look at the best epoch"),
        tip=translatable("Show it without taking its weights"), menu="Train", shortcut="Home", icon="flag",
        states=LOADED, submenu=translatable("Look back"),
    ),
    Command(
        id="look_at_now", text=translatable("Return to now"), tip=translatable("Show the newest weights again"),
        menu="Train", shortcut="End", states=LOADED, submenu=translatable("Look back"),
    ),
    Command(
        id="continue_from_here", text=translatable("Continue from here"),
        tip=translatable("Train on from the weights on show, in a run of its own"), menu="Train",
        shortcut="Ctrl+Return", states=WITH_ROWS, submenu=translatable("Look back"),
    ),
    Command(
        id="show_rows", text=translatable("Show rows"), tip=translatable("The table as it was read"), menu="View",
        shortcut="Ctrl+D", icon="table", states=WITH_ROWS,
    ),
    Command(
        id="show_build", text=translatable("Build"), tip=translatable("Data, network and hyperparameters"),
        menu="View", shortcut="Ctrl+Shift+B", states=LOADED, section=True,
    ),
    Command(
        id="show_try", text=translatable("Try"), tip=translatable("Ask the network about a row of your own"),
        menu="View", shortcut="Ctrl+Shift+T", icon="user-plus", states=LOADED,
    ),
    Command(
        id="show_runs", text=translatable("Runs"), tip=translatable("All networks that were trained on these data"),
        menu="View", shortcut="Ctrl+Shift+U", icon="list-tree", states=LOADED,
    ),
    Command(
        id="show_watch", text=translatable("Watch"), tip=translatable("Loss, scores and the coach"), menu="View",
        shortcut="Ctrl+Shift+W", states=LOADED,
    ),
    Command(
        id="show_inspector", text=translatable("Inspect"), tip=translatable("The selected neuron or connection"),
        menu="View", shortcut="Ctrl+I", states=LOADED,
    ),
    Command(
        id="show_why", text=translatable("Why"),
        tip=translatable("What mattered for this answer, and what would change it"), menu="View",
        shortcut="Ctrl+Shift+Y", icon="list-filter", states=LOADED,
    ),
    _charts,
    Command(
        id="enlarge", text=translatable("Enlarge the chart"),
        tip=translatable("Give it the room of the picture; again, or Esc, shrinks it"), menu="View",
        shortcut="Ctrl+M", icon="maximize-2", states=WITH_ROWS,
    ),
    Command(
        id="runs_table", text=translatable("Runs as a table"),
        tip=translatable("All runs side by side, to be sorted by score or setting; again, or Esc, shrinks it"),
        menu="View", shortcut="Ctrl+Shift+M", icon="table", states=LOADED,
    ),
    Command(
        id="network_text", text=translatable("Network as text"),
        tip=translatable("Every neuron in a table and in sentences"), menu="View", shortcut="Ctrl+Shift+N",
        icon="file-text", states=LOADED,
    ),
    Command(
        id="lines_weights", text=translatable("Lines show weights"), tip=translatable("What the network has learned"),
        menu="View", shortcut="Ctrl+1", states=LOADED, section=True,
    ),
    Command(
        id="lines_signals", text=translatable("Lines show signals"),
        tip=translatable("What travels along the lines for this row"), menu="View", shortcut="Ctrl+2", states=LOADED,
    ),
    Command(
        id="lines_gradients", text=translatable("Lines show gradients"),
        tip=translatable("Who is to blame for the last batch's error"), menu="View", shortcut="Ctrl+3", states=LOADED,
    ),
    Command(
        id="lines_change", text=translatable("Lines show change"), tip=translatable("What the last epoch has changed"),
        menu="View", shortcut="Ctrl+4", states=LOADED,
    ),
    Command(
        id="fold", text=translatable("Fold or unfold categories"),
        tip=translatable("One input for each column of categories"), menu="View", shortcut="Ctrl+G", states=LOADED,
    ),
    Command(
        id="looks_for", text=translatable("What neurons look for"),
        tip=translatable("Beside each hidden neuron: a map of the plane, or its strongest incoming signs"), menu="View",
        shortcut="Ctrl+Shift+K", icon="eye", states=LOADED,
    ),
    Command(
        id="zoom_in", text=translatable("Zoom in"), tip=translatable("Make the network larger"), menu="View",
        shortcut="Ctrl++", icon="zoom-in", states=LOADED, section=True,
    ),
    Command(
        id="zoom_out", text=translatable("Zoom out"), tip=translatable("Make the network smaller"), menu="View",
        shortcut="Ctrl+-", icon="zoom-out", states=LOADED,
    ),
    Command(
        id="zoom_fit", text=translatable("Show the whole network"), tip=translatable("Fit the network to the window"),
        menu="View", shortcut="Ctrl+0", icon="maximize", states=LOADED,
    ),
    Command(
        id="theme_light", text=translatable("Light theme"), tip=translatable("Dark text on white"), menu="View",
        shortcut="Ctrl+T, L", icon="sun", section=True, submenu=translatable("Theme"),
    ),
    Command(
        id="theme_dark", text=translatable("Dark theme"), tip=translatable("Light text on black"), menu="View",
        shortcut="Ctrl+T, D", icon="moon", submenu=translatable("Theme"),
    ),
    Command(
        id="theme_contrast_light", text=translatable("High contrast light"),
        tip=translatable("Black on white, strong borders and lines"), menu="View", shortcut="Ctrl+T, W", icon="sun",
        submenu=translatable("Theme"),
    ),
    Command(
        id="theme_contrast_dark", text=translatable("High contrast dark"),
        tip=translatable("White on black, strong borders and lines"), menu="View", shortcut="Ctrl+T, B", icon="moon",
        submenu=translatable("Theme"),
    ),
    Command(
        id="theme_system", text=translatable("System theme"), tip=translatable("Follow the desktop"), menu="View",
        shortcut="Ctrl+T, S", submenu=translatable("Theme"),
    ),
    Command(
        id="text_100", text=translatable("Text at 100 %"), tip=translatable("Size of text and of everything around it"),
        menu="View", shortcut="Ctrl+T, 1", submenu=translatable("Text size"),
    ),
    Command(
        id="text_125", text=translatable("Text at 125 %"), tip=translatable("Size of text and of everything around it"),
        menu="View", shortcut="Ctrl+T, 2", submenu=translatable("Text size"),
    ),
    Command(
        id="text_150", text=translatable("Text at 150 %"), tip=translatable("Size of text and of everything around it"),
        menu="View", shortcut="Ctrl+T, 3", submenu=translatable("Text size"),
    ),
    Command(
        id="text_175", text=translatable("Text at 175 %"), tip=translatable("Size of text and of everything around it"),
        menu="View", shortcut="Ctrl+T, 4", submenu=translatable("Text size"),
    ),
    Command(
        id="text_200", text=translatable("Text at 200 %"), tip=translatable("Size of text and of everything around it"),
        menu="View", shortcut="Ctrl+T, 5", submenu=translatable("Text size"),
    ),
    Command(
        id="less_motion", text=translatable("Less motion"), tip=translatable("Nothing runs along the lines on its own"),
        menu="View", shortcut="Ctrl+T, M",
    ),
    Command(
        id="presentation", text=translatable("Presentation"),
        tip=translatable("Large words for the back row; Esc ends it"), menu="View", shortcut="F11", icon="presentation",
        section=True,
    ),
    _steps,
    Command(
        id="toggle_voice", text=translatable("Plain words or technical terms"),
        tip=translatable("Change how everything is told"), menu="Explain", shortcut="T", section=True,
    ),
    Command(
        id="follow_path", text=translatable("Chain rule along a path"),
        tip=translatable("From the selected input to an answer, factor by factor; again for the next"), menu="Explain",
        shortcut="Ctrl+J", icon="split", states=LOADED,
    ),
    _lessons,
    Command(
        id="open_lesson", text=translatable("Open a lesson…"),
        tip=translatable("A lesson from a file, perhaps your own"), menu="Learn", shortcut="Ctrl+H, O",
        icon="folder-open",
    ),
    Command(
        id="page_slope", text=translatable("Where a step lands"),
        tip=translatable("The slope of the loss under this network"), menu="Learn", shortcut="Ctrl+H, S",
        states=WITH_ROWS, section=True,
    ),
    Command(
        id="page_compare", text=translatable("With and without a hidden layer"),
        tip=translatable("Two networks side by side, on these rows"), menu="Learn", shortcut="Ctrl+H, C",
        states=WITH_ROWS,
    ),
    Command(
        id="lesson_next", text=translatable("Next step of the lesson"),
        tip=translatable("When you have done what it asks"), menu="Learn", shortcut="Alt+Right", section=True,
    ),
    Command(
        id="lesson_back", text=translatable("Previous step of the lesson"), tip=translatable("Read it again"),
        menu="Learn", shortcut="Alt+Left",
    ),
    Command(
        id="glossary", text=translatable("Glossary"), tip=translatable("What the words mean, and where to see them"),
        menu="Help", shortcut="F1", icon="circle-help",
    ),
    Command(
        id="what_is_this", text=translatable("What is this?"), tip=translatable("Click a control, and it is explained"),
        menu="Help", shortcut="Shift+F1", icon="circle-help",
    ),
    Command(
        id="shortcuts", text=translatable("Keyboard shortcuts"), tip=translatable("All shortcuts on one page"),
        menu="Help", shortcut="Ctrl+/", icon="keyboard",
    ),
    Command(
        id="copy_diagnostics", text=translatable("Copy diagnostics"),
        tip=translatable("Versions and sizes for a report of a fault, nothing of your data"), menu="Help",
        shortcut="Ctrl+H, D", icon="copy", section=True,
    ),
    Command(
        id="about", text=translatable("About ANN Viz"), tip=translatable("Version and licences"), menu="Help",
        shortcut="Ctrl+H, A", icon="info",
    ),
)  # fmt: skip


def all_commands() -> tuple[Command, ...]:
    """Return every command of the window, in the order of the menus.

    Made when it is asked for: titles of lessons and steps come from files in the reader's language.
    """
    return tuple(chain.from_iterable((row,) if isinstance(row, Command) else row() for row in COMMANDS))
