"""What the commands of `action_table` do: one table, `FUNCTIONS`, and the few that take more than one line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import QObject

from ann_viz.engine import LayerConfig
from ann_viz.errors import AnnVizError
from ann_viz.explain import STEPS
from ann_viz.explain.lesson import QUESTIONS
from ann_viz.scene import LINE_MODES
from ann_viz.session import StepKind
from ann_viz.session.ways import next_way
from ann_viz.ui.charts import chart_table
from ann_viz.ui.document.weight_gestures import WeightGestures
from ann_viz.ui.kit.appearance import TEXT_SIZES
from ann_viz.ui.kit.error_report import show_error
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.window import word_commands

if TYPE_CHECKING:
    from ann_viz.ui.document.bridge import Bridge
    from ann_viz.ui.window.commanded_window import CommandedWindow

__all__ = ["FUNCTIONS", "Commands", "all_functions"]

Value = TypeVar("Value")
RUNS_ROOM: Final = "runs"


class Commands(QObject):
    """Carries out the window's commands.

    Parameters
    ----------
    bridge : Bridge
        To the document.
    window : CommandedWindow
        Whose parts they act on.
    """

    def __init__(self, bridge: Bridge, window: CommandedWindow) -> None:
        super().__init__(window.window())
        self.bridge = bridge
        self.window = window
        self.hand = WeightGestures(bridge, window.view, self)
        self._last_step: StepKind = "batch"
        self._functions = all_functions()

    def function(self, identifier: str) -> Callable[[], object]:
        """Return what a command does, by its id."""
        return partial(self._functions[identifier], self)

    # The network ----------------------------------------------------------------------------------------------------
    def add_layer(self) -> None:
        """Add a hidden layer like the last one."""
        config = self.bridge.document.network_config
        if config is not None:
            new = config.hidden[-1] if config.hidden else LayerConfig()
            self._change_hidden((*config.hidden, new))

    def resize_layer(self, layer: int, change: int) -> None:
        """Give a hidden layer, counted from 0, so many more neurons."""
        config = self.bridge.document.network_config
        if config is not None and layer < len(config.hidden):
            hidden = list(config.hidden)
            hidden[layer] = replace(hidden[layer], neurons=max(1, hidden[layer].neurons + change))
            self._change_hidden(tuple(hidden))

    def remove_layer(self) -> None:
        """Remove the last hidden layer."""
        config = self.bridge.document.network_config
        if config is not None and config.hidden:
            self._change_hidden(config.hidden[:-1])

    def _change_hidden(self, layers: tuple[LayerConfig, ...]) -> None:
        try:
            self.bridge.edit_hidden(layers)
        except AnnVizError as error:
            show_error(self.window.window(), self.tr("The network stays as it is"), error)

    # Runs and sweeps ------------------------------------------------------------------------------------------------
    def show_runs_table(self) -> None:
        """Give the runs the room of the picture and the panels, or shrink them again."""
        enlarged = self.window.enlarged
        if enlarged.name == RUNS_ROOM:
            enlarged.leave()
        else:
            self.window.left_side.close_flyover()
            enlarged.show(RUNS_ROOM)

    def sweep(self) -> None:
        """Show the form of a sweep at the left, and its page in the middle."""
        self.window.enlarged.show("sweep")
        self.window.docks.show_sweep_form()

    def show_opened_run(self) -> None:
        """Show the picture of a run that was opened, and the run among the others."""
        self.window.pages.show("network")
        self.window.docks.show_runs()

    def present(self) -> None:
        """Begin or end presentation mode, which shows the picture."""
        self.window.enlarged.leave()
        self.window.presentation.toggle()

    # Training -------------------------------------------------------------------------------------------------------
    def train_on_row(self) -> None:
        """Do one step on the shown row alone, or say why not."""
        try:
            self.bridge.train_on_row()
        except AnnVizError as error:
            self.window.messages.show_message(str(error))

    def run_test(self) -> None:
        """Ask the test rows about the weights on show, or say why not."""
        try:
            self.bridge.ask_test_rows()
        except AnnVizError as error:
            self.window.messages.show_message(str(error))

    def step(self, kind: StepKind | None = None) -> None:
        """Do one phase, batch or epoch; by default what was chosen last."""
        kind = self._last_step = kind or self._last_step
        actions = self.window.actions_by_id
        chosen = actions[f"step_{kind}"].text().lower()
        actions["step"].setToolTip(plain_tip(self.tr("Step: {kind} (S)").format(kind=chosen)))
        self.bridge.step(kind)

    def find_rate(self) -> None:
        """Show the settings, and try learning rates on a copy of the network."""
        self.window.docks.show_build()
        self.window.left_side.build.hyper.find_rate()

    def reset(self) -> None:
        """Return to the same starting weights."""
        self.window.canvas.forget_scale()
        self.bridge.reset()

    def new_start(self) -> None:
        """Draw new starting weights."""
        self.window.canvas.forget_scale()
        self.bridge.new_start()

    def follow_path(self) -> None:
        """Look at the paths between an input and an answer, or at the next ones."""
        row, view = self.bridge.document.shown_row(), self.window.view
        if row is not None:
            view.follow(next_way(row, view.selection, view.way))
            self.window.docks.show_inspector()


Function = Callable[[Commands], object]


def _each(name: str, values: Iterable[Value], act: Callable[[Commands, Value], object]) -> dict[str, Function]:
    """Return a command for each of some values, as "lines_weights" and "lines_signals"."""

    def bound(value: Value) -> Function:
        return lambda c: act(c, value)

    return {f"{name}_{value}": bound(value) for value in values}


FUNCTIONS: Final[dict[str, Function]] = {
    # File
    "new": lambda c: c.window.opener.begin_anew(),
    "open_csv": lambda c: c.window.opener.choose_file(),
    "open_project": lambda c: c.window.opener.choose_project(),
    "reload": lambda c: c.window.opener.reloader.reload(),
    "save": lambda c: c.window.opener.keeper.save(),
    "save_as": lambda c: c.window.opener.keeper.save_as(),
    "back_to_saved": lambda c: c.window.opener.back_to_saved(),
    "predict_file": lambda c: c.window.opener.network_use.choose_file(),
    "take": lambda c: c.window.taking.take(),
    "record": lambda c: c.window.taking.take("video"),
    "take_again": lambda c: c.window.taking.again(),
    "print_report": lambda c: c.window.taking.print_report(),
    "quit": lambda c: c.window.close(),
    # Edit
    "undo": lambda c: c.bridge.undo_stack.undo(),
    "redo": lambda c: c.bridge.undo_stack.redo(),
    "paste_table": lambda c: c.window.opener.paste(),
    "palette": lambda c: word_commands.show_palette(c.window),
    # Network
    "add_layer": Commands.add_layer,
    "remove_layer": Commands.remove_layer,
    "lock_selected": lambda c: c.hand.lock(),
    "switch_selected": lambda c: c.hand.switch(),
    "previous_example": lambda c: c.window.canvas_card.example_bar.previous(),
    "next_example": lambda c: c.window.canvas_card.example_bar.next(),
    "random_example": lambda c: c.window.canvas_card.example_bar.random(),
    "wrong_example": lambda c: c.window.canvas_card.example_bar.wrong(),
    # Train
    "toggle_training": lambda c: c.bridge.toggle(),
    "step": Commands.step,
    "step_phase": lambda c: c.step("phase"),
    "step_batch": lambda c: c.step("batch"),
    "step_epoch": lambda c: c.step("epoch"),
    "train_on_row": Commands.train_on_row,
    "reset": Commands.reset,
    "new_start": Commands.new_start,
    "sweep": Commands.sweep,
    "restore_best": lambda c: c.bridge.restore_best(),
    "defaults": lambda c: c.bridge.back_to_defaults(),
    "find_rate": lambda c: c.find_rate(),
    "twin": lambda c: c.window.comparing.ask_for_twin(),
    "compare": lambda c: c.window.comparing.compare_best(),
    "run_test": Commands.run_test,
    "look_play": lambda c: c.window.time_bar.toggle_play(),
    "look_back": lambda c: c.window.time_bar.step(-1),
    "look_forward": lambda c: c.window.time_bar.step(1),
    "look_back_ten": lambda c: c.window.time_bar.step(-10),
    "look_forward_ten": lambda c: c.window.time_bar.step(10),
    "look_at_best": lambda c: c.window.time_bar.look_at_best(),
    "look_at_now": lambda c: c.window.time_bar.return_to_now(),
    "continue_from_here": lambda c: c.window.time_bar.continue_from_here(),
    # View
    "show_rows": lambda c: c.window.side_windows.show_rows(),
    "show_build": lambda c: c.window.docks.show_build(),
    "show_try": lambda c: c.window.docks.show_try(),
    "show_runs": lambda c: c.window.docks.show_runs(),
    "show_watch": lambda c: c.window.docks.show_watch(),
    "enlarge": lambda c: c.window.chart_rooms.toggle(),
    "runs_table": Commands.show_runs_table,
    "show_inspector": lambda c: c.window.docks.show_inspector(),
    "show_why": lambda c: c.window.docks.show_why(),
    "network_text": lambda c: c.window.side_windows.toggle_network_text(),
    **_each("lines", LINE_MODES, lambda c, mode: c.window.view.show_lines(mode)),
    "looks_for": lambda c: c.window.view.toggle_looks_for(),
    "fold": lambda c: c.window.canvas.fold_categories(),
    "zoom_in": lambda c: c.window.canvas.zoom_in(),
    "zoom_out": lambda c: c.window.canvas.zoom_out(),
    "zoom_fit": lambda c: c.window.canvas.fit(),
    "theme_light": lambda c: c.window.appearance.choose_theme("light"),
    "theme_dark": lambda c: c.window.appearance.choose_theme("dark"),
    "theme_contrast_light": lambda c: c.window.appearance.choose_theme("contrast-light"),
    "theme_contrast_dark": lambda c: c.window.appearance.choose_theme("contrast-dark"),
    "theme_system": lambda c: c.window.appearance.choose_theme("system"),
    **_each("text", TEXT_SIZES, lambda c, percent: c.window.appearance.choose_text_size(percent)),
    "less_motion": lambda c: c.window.appearance.toggle_motion(),
    "presentation": Commands.present,
    # Explain
    "follow_path": Commands.follow_path,
    "toggle_voice": lambda c: c.window.view.toggle_voice(),
    # Learn
    "tour": lambda c: c.window.school.tour(),
    "open_lesson": lambda c: c.window.school.choose_file(),
    "page_slope": lambda c: c.window.pages.show("slope"),
    "page_compare": lambda c: c.window.pages.show("compare"),
    "lesson_next": lambda c: c.window.school.next(),
    "lesson_back": lambda c: c.window.school.back(),
    # Help
    "glossary": lambda c: c.window.side_windows.show_glossary(),
    "what_is_this": lambda c: c.window.side_windows.ask_what_this_is(),
    "shortcuts": lambda c: word_commands.show_shortcuts(c.window),
    "copy_diagnostics": lambda c: word_commands.copy_diagnostics(c.window, c.bridge.document),
    "about": lambda c: word_commands.show_about(c.window),
}
"""By id, in the order of the menus."""


def all_functions() -> dict[str, Function]:
    """Return what every command does, those of charts, steps and lessons as well, which have tables of their own."""
    charts = [chart.id for chart in chart_table.CHARTS]
    return {
        **FUNCTIONS,
        **_each("chart", charts, lambda c, name: c.window.chart_rooms.show(name)),
        **_each("explain", range(1, STEPS + 1), lambda c, step: c.window.docks.tell(step)),
        **_each("lesson", range(1, len(QUESTIONS) + 1), lambda c, number: c.window.school.lesson(number)),
    }
