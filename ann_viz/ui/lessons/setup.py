"""Prepares the window for a step of a lesson, through the same ways a user has; what that needs is `LessonHost`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtWidgets import QWidget

from ann_viz.data import Plan, build_dataset
from ann_viz.engine import LayerConfig
from ann_viz.explain.lesson import LINES, Setup
from ann_viz.session import RunState
from ann_viz.session.samples import SampleData, find_sample
from ann_viz.session.speed import FASTEST_POSITION, position_of

if TYPE_CHECKING:
    from ann_viz.ui.canvas.canvas import NetworkCanvas
    from ann_viz.ui.document.bridge import Bridge
    from ann_viz.ui.document.view import View
    from ann_viz.ui.kit.message_bar import MessageBar
    from ann_viz.ui.lessons.pages import Pages

__all__ = ["LessonHost", "prepare"]

POSITIONS: Final = {"phase": 0, "max": FASTEST_POSITION}


class LessonHost(Protocol):
    """What lessons need of the window in which they take place.

    Attributes
    ----------
    messages, pages, view
        Its parts.
    """

    messages: MessageBar
    pages: Pages
    view: View

    @property
    def canvas(self) -> NetworkCanvas:
        """The picture of the network."""

    def window(self) -> QWidget:
        """Return it as a widget: dialogs stand on it, and a lesson points at its parts."""

    def open_file(self, path: Path) -> None:
        """Let the user look at a file and import it."""

    def open_sample(self, sample: SampleData) -> None:
        """Open data that come with the program."""

    def save_work(self) -> None:
        """Save what is open as a project."""

    @property
    def project_path(self) -> Path | None:
        """The project that is open; None where its work is in no file."""

    def add_above_picture(self, widget: QWidget) -> None:
        """Put a strip between the toolbar and the picture."""

    def explain(self, step: int) -> None:
        """Tell one of the five steps."""

    @property
    def speed_position(self) -> int:
        """Where the speed slider stands, 0 to 100."""

    def show_speed(self, position: int) -> None:
        """Move the speed slider."""


def prepare(setup: Setup, bridge: Bridge, host: LessonHost) -> None:
    """Do what a step asks for; a setting that is as asked already is left alone."""
    if setup.changes_work and bridge.document.state is RunState.RUNNING:
        bridge.pause()
    sample = None if setup.sample is None else find_sample(setup.sample)
    if sample is not None and not (setup.keep_open and bridge.document.dataset is not None):
        host.open_sample(sample)
        _prepare_rows(setup, bridge)
    if bridge.document.dataset is not None:
        _prepare_network(setup, bridge, host)
        if setup.row is not None:
            bridge.set_example(min(setup.row, len(bridge.document.dataset.X)) - 1)
        if setup.speed is not None:
            host.show_speed(_position(setup.speed, bridge))
        if setup.tell is not None:
            host.explain(setup.tell)
    for mode in LINES:
        if setup.lines == mode:
            host.view.show_lines(mode)


def _prepare_rows(setup: Setup, bridge: Bridge) -> None:
    """Use fewer rows of the sample, or leave its numbers as they are."""
    dataset = bridge.document.dataset
    if dataset is None or (setup.rows is None and setup.scaled):
        return
    plans = dict(dataset.recipe.plans)
    if not setup.scaled:
        numbers = [name for name in dataset.recipe.inputs if dataset.table.column(name).kind == "number"]
        plans |= {name: replace(plans.get(name, Plan()), scaling="none") for name in numbers}
    recipe = replace(dataset.recipe, sample_rows=setup.rows, plans=tuple(plans.items()))
    bridge.open_dataset(build_dataset(dataset.table, recipe))


def _prepare_network(setup: Setup, bridge: Bridge, host: LessonHost) -> None:
    config = bridge.document.network_config
    if setup.layers is not None and config is not None:
        hidden = tuple(LayerConfig(neurons=n, activation=setup.activation) for n in setup.layers)
        if hidden != config.hidden:
            bridge.set_hidden(hidden)
    if setup.training:
        bridge.set_training(**setup.training)
    if setup.seed is not None:
        bridge.set_network(seed=setup.seed)
    elif setup.reset:
        bridge.reset()
    if setup.seed is not None or setup.reset:
        host.canvas.forget_scale()


def _position(speed: str | float, bridge: Bridge) -> int:
    if isinstance(speed, str):
        return POSITIONS[speed]
    snapshot = bridge.document.snapshot
    return position_of(speed * (1 if snapshot is None else snapshot.n_batches))
