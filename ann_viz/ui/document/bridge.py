"""The one Qt object that knows the session.

Widgets call its methods and re-read ``bridge.document`` when it signals. While the worker trains, a timer pulls the
newest snapshot; nothing is ever pushed from the worker's thread.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from ann_viz.data import Dataset
from ann_viz.engine import LayerConfig
from ann_viz.engine.arrays import Array
from ann_viz.errors import AnnVizError
from ann_viz.session import Checkpoint, Document, RunState, Session, Speed, StepKind
from ann_viz.ui.document.undo import UndoStack
from ann_viz.ui.kit.listeners import Listeners

__all__ = ["FRAME_INTERVAL_MS", "Bridge"]

FRAME_INTERVAL_MS: Final = 33  # 30 a second: at 60 the painting takes half of training's speed and more
UNWATCHED_INTERVAL_MS: Final = 250  # often enough to notice that a run has ended


class Bridge(QObject):
    """Session methods as Qt slots, and what changed as signals.

    Parameters
    ----------
    session : Session
        The document; the bridge closes it in `close`.

    Attributes
    ----------
    turn_offered : Listeners
        What is slow to redraw may follow the newest snapshot: while training runs, half a frame after the picture, so
        that its next frame is not late.
    """

    dataset_changed = Signal()
    settings_changed = Signal()
    state_changed = Signal()
    snapshot_changed = Signal()
    example_changed = Signal()
    failed = Signal(object)
    interrupted = Signal()
    """A change of the network ended training that was under way."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.undo_stack = UndoStack()
        self.turn_offered = Listeners()
        self._seen_state = session.state
        self._turn_taken = False
        self._frames = QTimer(self)
        self._frames.setTimerType(Qt.TimerType.PreciseTimer)
        self._frames.setInterval(FRAME_INTERVAL_MS)
        self._frames.timeout.connect(self._on_tick)
        self._offer = QTimer(self)
        self._offer.setTimerType(Qt.TimerType.PreciseTimer)
        self._offer.setSingleShot(True)
        self._offer.setInterval(FRAME_INTERVAL_MS // 2)
        self._offer.timeout.connect(self.offer_turns)

    @property
    def document(self) -> Document:
        """Everything there is to read; to change it, call the bridge."""
        return self._session

    # What the user does ---------------------------------------------------------------------------------------------
    def open_dataset(self, dataset: Dataset) -> None:
        """Make `dataset` the document's data; the network fits itself to it.

        The same table with other roles is a change that can be undone, unless its rows are in files that go with it.
        """
        now = self._session.dataset
        same_table = now is not None and now.table is dataset.table and now.encoded.scratch is None
        before = self._session.moment() if same_table else None
        self._session.open(dataset)
        if before is None:
            self.undo_stack.clear()
        else:
            self._record_moment(self.tr("columns"), before)
        self._announce_dataset()

    def _announce_dataset(self) -> None:
        self.dataset_changed.emit()
        self.settings_changed.emit()
        self.example_changed.emit()
        self.refresh()

    def train(self) -> None:
        """Start or go on learning."""
        self._session.train()
        self.refresh()

    def pause(self) -> None:
        """Stop at the next batch boundary; the view is then exact."""
        self._session.pause()
        self.refresh()

    def toggle(self) -> None:
        """Train when still, pause when running."""
        if self._session.state is RunState.RUNNING:
            self.pause()
        else:
            self.train()

    def step(self, kind: StepKind) -> None:
        """Do one phase, one batch or one epoch, then stand still."""
        self._session.step(kind)
        self.refresh()

    def reset(self) -> None:
        """Return to the same starting weights."""
        before = self._session.moment()
        self._session.reset()
        self._record_moment(self.tr("reset"), before)
        self.refresh()

    def new_start(self) -> None:
        """Draw new starting weights from a new seed."""
        before = self._session.moment()
        self._session.new_start()
        self._record_moment(self.tr("new start"), before)
        self._announce_network(was_running=False)

    def set_network(self, **changes: Any) -> None:
        """Change seed, loss or initialisers, which starts anew; raises ConfigError."""
        self._change_network(self.tr("network"), lambda: self._session.set_network(**changes))

    def set_hidden(self, layers: tuple[LayerConfig, ...]) -> None:
        """Change the hidden layers; weights whose two ends survive are kept."""
        self._change_network(self.tr("hidden layers"), lambda: self._session.set_hidden(layers))

    def _change_network(self, text: str, change: Callable[[], None]) -> None:
        before, was_running = self._session.moment(), self._session.state is RunState.RUNNING
        change()
        self._record_moment(text, before)
        self._announce_network(was_running)

    def restore_best(self) -> None:
        """Take the weights of the epoch with the lowest validation loss."""
        before = self._session.restore_best()
        self._record(self.tr("best epoch"), lambda: self._put_back(before), self.restore_best)
        self.refresh()

    def _put_back(self, params: Array) -> None:
        self._session.put_back(params)
        self.refresh()

    def set_training(self, **changes: Any) -> None:
        """Change hyperparameters from the next step on; raises ConfigError."""
        before = self._settings("train_config", changes)
        self._session.set_training(**changes)
        self._record(
            self.tr("hyperparameter"),
            lambda: self.set_training(**before),
            lambda: self.set_training(**changes),
            " ".join(sorted(changes)),
        )
        self.settings_changed.emit()
        self.refresh()

    def set_parameter(self, layer: int, row: int, column: int, value: float) -> None:
        """Set a weight or bias by hand, pausing first; see `Session.set_parameter`."""
        self.pause()
        before = self._session.set_parameter(layer, row, column, value)
        self._record(
            self.tr("weight set by hand"),
            lambda: self.set_parameter(layer, row, column, before),
            lambda: self.set_parameter(layer, row, column, value),
            f"parameter {layer} {row} {column}",
        )
        self.refresh()

    def lock_parameter(self, layer: int, row: int, column: int, locked: bool) -> None:
        """Let training leave a weight or bias alone, or change it again; pauses first."""
        self.pause()
        self._session.lock_parameter(layer, row, column, locked)
        self._record(
            self.tr("lock") if locked else self.tr("unlock"),
            lambda: self.lock_parameter(layer, row, column, not locked),
            lambda: self.lock_parameter(layer, row, column, locked),
        )
        self.refresh()

    def switch_neuron(self, column: int, index: int, on: bool) -> None:
        """Switch an input or hidden neuron on or off; pauses first."""
        self.pause()
        self._session.switch_neuron(column, index, on)
        self._record(
            self.tr("neuron on") if on else self.tr("neuron off"),
            lambda: self.switch_neuron(column, index, not on),
            lambda: self.switch_neuron(column, index, on),
        )
        self.refresh()

    def _announce_network(self, was_running: bool) -> None:
        self.settings_changed.emit()
        self.refresh()
        if was_running:
            self.interrupted.emit()

    def _settings(self, config: str, names: Iterable[str]) -> dict[str, Any]:
        """Return some settings as they are now."""
        now = getattr(self._session, config)
        return {} if now is None else {name: getattr(now, name) for name in names}

    def _record_moment(self, text: str, before: Checkpoint) -> None:
        """Remember a change of data or network by what was before; each way back remembers where it came from."""
        moments = [before]

        def swap() -> None:
            now = self._session.moment()
            same_data = moments[0].dataset is now.dataset
            self._session.return_to(moments[0])
            moments[0] = now
            if same_data:
                self._announce_network(was_running=False)
            else:
                self._announce_dataset()

        self._record(text, swap, swap)

    def _record(self, text: str, back: Callable[[], None], forth: Callable[[], None], key: str = "") -> None:
        self.undo_stack.record(text, back, forth, key)

    def set_speed(self, speed: Speed) -> None:
        """Change the pace of training."""
        self._session.set_speed(speed)

    def set_example(self, index: int) -> None:
        """Show row `index` of the dataset on the canvas."""
        self._session.set_example(index)
        self.example_changed.emit()

    def set_watched(self, watched: bool) -> None:
        """Ask for frames only while somebody can see them; the end of a run is noticed either way."""
        self._frames.setInterval(FRAME_INTERVAL_MS if watched else UNWATCHED_INTERVAL_MS)

    def take_turn(self, drawn_at: float, interval_s: float) -> bool:
        """Return whether a part that was offered a turn may take it: while training runs one a frame, when it is due.

        Parameters
        ----------
        drawn_at : float
            When it was last redrawn, in seconds of `time.monotonic`.
        interval_s : float
            How long after that it is due again.
        """
        if self._session.state is not RunState.RUNNING:
            return True
        if self._turn_taken or time.monotonic() - drawn_at < interval_s:
            return False
        self._turn_taken = True
        return True

    def close(self) -> None:
        """Stop the worker and release the data."""
        self._frames.stop()
        self._offer.stop()
        self._session.close()

    # What the worker does -------------------------------------------------------------------------------------------
    def _on_tick(self) -> None:
        if self._session.poll() is not None:
            self.snapshot_changed.emit()
            if self._session.state is RunState.RUNNING:
                self._offer.start()
            else:
                self.offer_turns()
        self._announce_state()

    def offer_turns(self) -> None:
        """Let whoever is slow to redraw follow the newest snapshot."""
        self._turn_taken = False
        self.turn_offered.emit()

    def refresh(self) -> None:
        """Take in what the worker has done, and tell everybody of it."""
        self._session.poll()
        self.snapshot_changed.emit()
        self.offer_turns()
        self._announce_state()

    def _announce_state(self) -> None:
        state = self._session.state
        if self._session.needs_polling:
            if not self._frames.isActive():
                self._frames.start()
        else:
            self._frames.stop()
        if state is self._seen_state:
            return
        self._seen_state = state
        self.state_changed.emit()
        error: AnnVizError | None = self._session.error
        if state is RunState.FAILED and error is not None:
            self.failed.emit(error)
