"""Prepares the window for a step of a lesson, through the same ways a user has, and puts the settings back later."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from ann_viz.engine import LayerConfig, TrainConfig
from ann_viz.explain.lesson import LINES, Setup
from ann_viz.session import RunState
from ann_viz.session.samples import samples
from ann_viz.session.speed import FASTEST_POSITION, position_of

if TYPE_CHECKING:
    from ann_viz.ui.document.bridge import Bridge
    from ann_viz.ui.window.main_window import MainWindow

__all__ = ["Settings", "has_own_work", "prepare"]

POSITIONS: Final = {"phase": 0, "max": FASTEST_POSITION}


@dataclass(frozen=True, slots=True)
class Settings:
    """How the reader had set network, training and speed before a lesson changed them."""

    hidden: tuple[LayerConfig, ...] | None
    training: TrainConfig
    speed: int

    @classmethod
    def of(cls, bridge: Bridge, window: MainWindow) -> Settings:
        """Return those of now; without data the network has none yet."""
        config = bridge.session.network_config
        return cls(
            None if config is None else config.hidden,
            bridge.session.train_config,
            window.toolbar.speed.slider.value(),
        )

    def put_back(self, bridge: Bridge, window: MainWindow) -> None:
        """Set everything as it was."""
        hidden = (LayerConfig(), LayerConfig()) if self.hidden is None else self.hidden
        if bridge.session.network_config is not None and bridge.session.network_config.hidden != hidden:
            bridge.set_hidden(hidden)
        if bridge.session.train_config != self.training:
            bridge.set_training(**asdict(self.training))
        window.toolbar.speed.slider.setValue(self.speed)


def has_own_work(bridge: Bridge) -> bool:
    """Return whether something is open that a lesson would take from the reader: a file, learned or changed weights."""
    session = bridge.session
    if session.dataset is None:
        return False
    own_file = session.dataset.name not in {sample.file for sample in samples()}
    trained = session.snapshot is not None and session.snapshot.step > 0
    return own_file or trained or bool(session.manual_edits.changed) or bridge.undo_stack.count() > 0


def prepare(setup: Setup, bridge: Bridge, window: MainWindow) -> None:
    """Do what a step asks for; a setting that is as asked already is left alone."""
    if setup.changes_work and bridge.session.state is RunState.RUNNING:
        bridge.pause()
    _open(setup, bridge, window)
    if bridge.session.dataset is not None:
        _prepare_network(setup, bridge, window)
        if setup.row is not None:
            bridge.set_example(min(setup.row, len(bridge.session.dataset.X)) - 1)
        if setup.speed is not None:
            window.toolbar.speed.slider.setValue(_position(setup.speed, bridge))
        if setup.tell is not None:
            window.actions_by_id[f"explain_{setup.tell}"].trigger()
    for mode in LINES:
        if setup.lines == mode:
            window.view.show_lines(mode)


def _open(setup: Setup, bridge: Bridge, window: MainWindow) -> None:
    if setup.sample is None or (setup.keep_open and bridge.session.dataset is not None):
        return
    for sample in samples():
        if sample.file == setup.sample:
            window.open_sample(sample)


def _prepare_network(setup: Setup, bridge: Bridge, window: MainWindow) -> None:
    config = bridge.session.network_config
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
        window.canvas_card.canvas.forget_scale()


def _position(speed: str | float, bridge: Bridge) -> int:
    if isinstance(speed, str):
        return POSITIONS[speed]
    snapshot = bridge.session.snapshot
    return position_of(speed * (1 if snapshot is None else snapshot.n_batches))
