"""The Qt object around the session: what changed as signals, the timer that pulls, and Undo.

While the worker trains, a timer pulls the newest snapshot; nothing is ever pushed from the worker's thread.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from ann_viz.engine import Checkpoint
from ann_viz.errors import AnnVizError
from ann_viz.session import Document, Moment, RunState, Session
from ann_viz.ui.document.frame_pace import USUAL_SCREEN, FramePace, Tick
from ann_viz.ui.document.undo import UndoStack
from ann_viz.ui.kit.listeners import Listeners

__all__ = ["BridgeCore"]

UNWATCHED_INTERVAL_MS: Final = 250  # often enough to notice that a run has ended
NEWEST_INTERVAL_S: Final = 0.25


class BridgeCore(QObject):
    """Reads the session, and says what changed.

    Parameters
    ----------
    session : Session
        The document; the bridge closes it in `close`.

    Attributes
    ----------
    turn_offered : Listeners
        What is slow to redraw may follow the newest snapshot: while training runs, half a frame after the picture, so
        that its next frame is not late.
    in_lesson : bool
        Whether a lesson is under way, which tells of the learning rate: that follows no change of the layers then.
    ask_where_to_change : callable or None
        Asks, when the network is to be changed by hand while a past moment is looked at, what that is about: returns
        "here", "now" or nothing; it is told whether the newest would begin anew. Without it these are changed.
    """

    dataset_changed = Signal()
    view_opened = Signal(object)
    """Carries the ViewState of the project that was opened."""

    rows_asked = Signal()
    """Somebody wants to say where the missing table of the project is."""

    settings_changed = Signal()
    state_changed = Signal()
    snapshot_changed = Signal()
    example_changed = Signal()
    failed = Signal(object)
    look_changed = Signal()
    """Another moment is looked at, or the newest again."""

    newest_changed = Signal()
    """Training has gone on while a past moment is looked at; told a few times a second."""

    runs_changed = Signal()
    """There are other runs, another one is current, or something is written beside one."""

    threshold_changed = Signal()
    """Yes is said from another chance on."""

    interrupted = Signal()
    """A change of the network ended training that was under way."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.undo_stack = UndoStack()
        self.turn_offered = Listeners()
        self.in_lesson = False
        self.ask_where_to_change: Callable[[bool], str] | None = None
        self._seen_state = session.state
        self._seen_example = session.example
        self._seen_look: Moment | None = None
        self._seen_runs: tuple[int, ...] = ()
        self._turn_taken = False
        self._newest_told_at = 0.0
        self._ticked: Tick | None = None
        self._frames = QTimer(self)
        self._frames.setTimerType(Qt.TimerType.PreciseTimer)
        self._frames.timeout.connect(self._on_tick)
        self._offer = QTimer(self)
        self._offer.setTimerType(Qt.TimerType.PreciseTimer)
        self._offer.setSingleShot(True)
        self._offer.timeout.connect(self.offer_turns)
        self._after_picture = QTimer(self)  # of no duration: what is to be painted comes before it
        self._after_picture.setSingleShot(True)
        self._after_picture.timeout.connect(self.offer_turns)
        self._watched = True
        self.show_on(USUAL_SCREEN)

    @property
    def document(self) -> Document:
        """Everything there is to read; to change it, call the bridge."""
        return self._session

    def close(self) -> None:
        """Stop the worker and release the data."""
        self._frames.stop()
        self._offer.stop()
        self._after_picture.stop()
        self.undo_stack.blockSignals(True)  # nobody is there to be told
        self.undo_stack.clear()
        self._session.close()

    def set_watched(self, watched: bool) -> None:
        """Ask for frames only while somebody can see them; the end of a run is noticed either way."""
        self._watched = watched
        self._keep_pace()

    def show_on(self, refreshes_per_second: float) -> None:
        """Paint for a screen that is refreshed so often."""
        self._pace = FramePace(refreshes_per_second)
        self._keep_pace()

    @property
    def pace(self) -> FramePace:
        """How often frames are asked for while training runs."""
        return self._pace

    def _keep_pace(self) -> None:
        interval_ms = self._pace.interval_ms if self._watched else UNWATCHED_INTERVAL_MS
        if interval_ms != self._frames.interval():
            self._frames.setInterval(interval_ms)
            self._offer.setInterval(interval_ms // 2)

    def take_turn(self, drawn_at: float, interval_s: float) -> bool:
        """Return whether a part that was offered a turn may take it: while training runs one a frame, when it is due.

        Parameters
        ----------
        drawn_at : float
            When it was last redrawn, in seconds of `time.monotonic`.
        interval_s : float
            How long after that it is due again.
        """
        if self._session.state is not RunState.RUNNING or self._session.looking_at is not None:
            return True
        if self._turn_taken or time.monotonic() - drawn_at < interval_s:
            return False
        self._turn_taken = True
        return True

    def _announce_dataset(self) -> None:
        self.dataset_changed.emit()
        self.settings_changed.emit()
        self.example_changed.emit()
        self.refresh()

    def _announce_network(self, was_running: bool) -> None:
        self.settings_changed.emit()
        self.refresh()
        if was_running:
            self.interrupted.emit()

    def _record_run(self, text: str, left: int | None) -> None:
        """Remember a change of data or network by the run that was left; each way back remembers where it came from."""
        runs = [left]

        def swap() -> None:
            if runs[0] is not None:
                runs[0] = self._go_to_run(runs[0])

        if left is not None:
            self._record(text, swap, swap)

    def _record_state(self, text: str, before: Checkpoint) -> None:
        """Remember a change of the current run by the state it had before."""
        kept = [before]

        def swap() -> None:
            self._session.pause()  # it may be learning again meanwhile; what it has learned comes back with Redo
            kept[0] = self._session.go_back_to(kept[0])
            self.refresh()

        self._record(text, swap, swap)
        self.refresh()

    def _go_to_run(self, number: int) -> int | None:
        """Make another run the current one, tell everybody, and return the one that was left."""
        data = self._session.dataset
        left = self._session.show_run(number)
        if self._session.dataset is data:
            self._announce_network(was_running=False)
        else:
            self._announce_dataset()
        return left

    def _record(self, text: str, back: Callable[[], None], forth: Callable[[], None], key: str = "") -> None:
        self.undo_stack.record(text, back, forth, key)

    # What the worker does -------------------------------------------------------------------------------------------
    def _note_cost(self) -> None:
        """Let the next frames come as often as the last ones allow."""
        now = Tick(time.monotonic(), time.thread_time(), time.process_time())
        before, self._ticked = self._ticked, now
        newest = self._session.newest
        if before is None or newest is None:
            return
        window_s = now.window_s - before.window_s
        tick = Tick(now.passed_s - before.passed_s, window_s, now.training_s - before.training_s - window_s)
        self._pace.note(tick, flat_out=self._session.speed.kind == "max", turbo=newest.engine.startswith("turbo"))
        self._keep_pace()

    def _on_tick(self) -> None:
        self._note_cost()
        if self._session.poll() is None:
            pass
        elif self._session.looking_at is not None:
            self._tell_of_newest()
        else:
            self._announce_example()
            self.snapshot_changed.emit()
            if self._session.state is RunState.RUNNING:
                self._offer.start()
            else:
                self.offer_turns()
        self._announce_state()

    def _tell_of_newest(self) -> None:
        now = time.monotonic()
        if now - self._newest_told_at >= NEWEST_INTERVAL_S or self._session.state is not RunState.RUNNING:
            self._newest_told_at = now
            self.newest_changed.emit()

    def offer_turns(self) -> None:
        """Let whoever is slow to redraw follow the newest snapshot."""
        self._turn_taken = False
        self.turn_offered.emit()

    def refresh(self, *, picture_first: bool = False) -> None:
        """Take in what the worker has done, and tell everybody of it; those who are slow perhaps once it is painted."""
        self._session.poll()
        self._announce_look()
        self._announce_example()
        self.snapshot_changed.emit()
        if picture_first:
            self._after_picture.start()
        else:
            self.offer_turns()
        self._announce_state()

    def _announce_look(self) -> None:
        """Say so where another moment is looked at, and where the runs are others."""
        if self._session.looking_at != self._seen_look:
            self._seen_look = self._session.looking_at
            self.look_changed.emit()
        if self._session.run_numbers != self._seen_runs:
            self._seen_runs = self._session.run_numbers
            self.runs_changed.emit()

    def _announce_example(self) -> None:
        """Say so where another batch has begun, or none is under way any more, and with it another row is shown."""
        if self._session.example != self._seen_example:
            self._seen_example = self._session.example
            self.example_changed.emit()

    def _announce_state(self) -> None:
        state = self._session.state
        if self._session.needs_polling:
            if not self._frames.isActive():
                self._ticked = None  # what was done meanwhile was no frame
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
