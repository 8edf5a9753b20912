"""What the commands of `actions.ACTIONS` do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from ann_viz.engine import LayerConfig
from ann_viz.errors import AnnVizError
from ann_viz.explain import STEPS
from ann_viz.scene import LINE_MODES
from ann_viz.session import StepKind
from ann_viz.ui.charts.chart_tabs import CHARTS
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.saving import export_picture, save_model_as
from ann_viz.ui.kit.error_report import show_error
from ann_viz.ui.kit.plain_text import plain_tip

if TYPE_CHECKING:
    from ann_viz.ui.window.main_window import MainWindow

__all__ = ["LESSONS", "Commands"]

LESSONS: Final = 6


class Commands(QObject):
    """Carries out the window's commands.

    Parameters
    ----------
    bridge : Bridge
        To the session.
    window : MainWindow
        Whose parts they act on; a part is looked up when it is needed.
    """

    def __init__(self, bridge: Bridge, window: MainWindow) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._window = window
        self._last_step: StepKind = "batch"
        self._functions: dict[str, Callable[[], object]] = {
            **self._of_files(),
            **self._of_network(),
            **self._of_training(),
            **self._of_views(),
            **self._of_words(),
            **window.appearance.functions(),
        }

    def function(self, identifier: str) -> Callable[[], object]:
        """Return what a command does, by its id."""
        return self._functions[identifier]

    def _of_files(self) -> dict[str, Callable[[], object]]:
        window = self._window
        return {
            "open_csv": window.opener.choose_file,
            "reload": window.opener.reload,
            "paste_table": window.opener.paste,
            "save_model": lambda: save_model_as(window, self._bridge.session),
            "export_picture": lambda: export_picture(window, window.canvas_card),
            "print_picture": self._print,
            "quit": window.close,
        }

    def _of_network(self) -> dict[str, Callable[[], object]]:
        bar, hand = self._window.canvas_card.example_bar, self._window.canvas_card.canvas.hand
        return {
            "undo": self._bridge.undo_stack.undo,
            "redo": self._bridge.undo_stack.redo,
            "add_layer": self._add_layer,
            "remove_layer": self._remove_layer,
            "lock_selected": hand.lock,
            "switch_selected": hand.switch,
            "previous_example": bar.previous,
            "next_example": bar.next,
            "random_example": bar.random,
            "wrong_example": bar.wrong,
        }

    def _of_training(self) -> dict[str, Callable[[], object]]:
        return {
            "toggle_training": self._bridge.toggle,
            "step": lambda: self._step(self._last_step),
            "step_phase": lambda: self._step("phase"),
            "step_batch": lambda: self._step("batch"),
            "step_epoch": lambda: self._step("epoch"),
            "reset": self._reset,
            "new_start": self._new_start,
            "restore_best": self._bridge.restore_best,
        }

    def _of_views(self) -> dict[str, Callable[[], object]]:
        window, canvas = self._window, self._window.canvas_card.canvas
        return {
            **{f"lines_{mode}": partial(window.view.show_lines, mode) for mode in LINE_MODES},
            **{f"chart_{chart}": partial(self._show_chart, number) for number, chart in enumerate(CHARTS)},
            "fold": canvas.fold_categories,
            "zoom_in": canvas.zoom_in,
            "zoom_out": canvas.zoom_out,
            "zoom_fit": canvas.fit,
            "show_rows": window.side_windows.show_rows,
            "show_watch": partial(self.show_right, 0),
            "show_inspector": partial(self.show_right, 1),
            "network_text": window.side_windows.toggle_network_text,
            "presentation": window.presentation.toggle,
            "palette": window.side_windows.show_palette,
            "page_slope": lambda: window.pages.show("slope"),
            "page_compare": lambda: window.pages.show("compare"),
        }

    def _of_words(self) -> dict[str, Callable[[], object]]:
        side_windows = self._window.side_windows
        return {
            **{f"explain_{number}": partial(self.explain, number) for number in range(1, STEPS + 1)},
            **{f"lesson_{number}": partial(side_windows.start_lesson, number) for number in range(1, LESSONS + 1)},
            "toggle_voice": self._toggle_voice,
            "tour": side_windows.start_tour,
            "open_lesson": side_windows.open_lesson,
            "lesson_next": side_windows.go_on,
            "lesson_back": side_windows.go_back,
            "glossary": side_windows.show_glossary,
            "what_is_this": side_windows.ask_what_this_is,
            "shortcuts": side_windows.show_shortcuts,
            "about": side_windows.show_about,
        }

    def show_right(self, tab: int) -> None:
        """Show a tab of the right panel: 0 *Watch*, 1 *Inspect*."""
        self._window.watch_dock.show()
        self._window.right_panel.setCurrentIndex(tab)

    def _show_chart(self, number: int) -> None:
        self.show_right(0)
        self._window.watch_panel.charts.tabs.setCurrentIndex(number)

    def explain(self, step: int) -> None:
        """Tell one of the five steps."""
        self._window.explain_dock.show()
        self._window.explain_panel.show_step(step)

    def _toggle_voice(self) -> None:
        self._window.explain_panel.toggle_voice()
        self._window.show_voice(self._window.explain_panel.voices.value)

    def _print(self) -> None:
        from ann_viz.ui.window.printing import print_picture

        print_picture(self._window, self._window.canvas_card)

    def _add_layer(self) -> None:
        config = self._bridge.session.network_config
        if config is not None:
            new = config.hidden[-1] if config.hidden else LayerConfig()
            self._change_hidden((*config.hidden, new))

    def resize_layer(self, layer: int, change: int) -> None:
        """Give a hidden layer, counted from 0, so many more neurons."""
        config = self._bridge.session.network_config
        if config is not None and layer < len(config.hidden):
            hidden = list(config.hidden)
            hidden[layer] = replace(hidden[layer], neurons=max(1, hidden[layer].neurons + change))
            self._change_hidden(tuple(hidden))

    def _remove_layer(self) -> None:
        config = self._bridge.session.network_config
        if config is not None and config.hidden:
            self._change_hidden(config.hidden[:-1])

    def _change_hidden(self, layers: tuple[LayerConfig, ...]) -> None:
        try:
            self._bridge.set_hidden(layers)
        except AnnVizError as error:
            show_error(self._window, self.tr("The network stays as it is"), error)

    def _step(self, kind: StepKind) -> None:
        self._last_step = kind
        step = self._window.actions_by_id[f"step_{kind}"]
        tip = self.tr("Step: {kind} (S)").format(kind=step.text().lower())
        self._window.actions_by_id["step"].setToolTip(plain_tip(tip))
        self._bridge.step(kind)

    def _reset(self) -> None:
        self._window.canvas_card.canvas.forget_scale()
        self._bridge.reset()

    def _new_start(self) -> None:
        self._window.canvas_card.canvas.forget_scale()
        self._bridge.new_start()
