"""One run of training on a thread of its own.

The worker never calls back. Others set plain attributes which it looks at once per batch, and pull snapshots out of a
one-slot mailbox; no lock is held over a batch. A compiled trainer stays within one call for many epochs: it looks at a
flag of its own and leaves snapshots in a slot of its own. When the thread has ended, the trainer belongs to the caller
again.
"""

from __future__ import annotations

import atexit
import math
import threading
from time import perf_counter
from typing import Final, NamedTuple

import numpy as np

from ann_viz.engine import Checkpoint, Snapshot, TrainConfig, Trainer
from ann_viz.errors import TrainingError
from ann_viz.session.mailbox import Mailbox
from ann_viz.session.speed import Speed

__all__ = ["Runner", "TimedSnapshot", "find_infinities"]

SLOW_INTERVAL_S: Final = 0.01  # paced slower than this, every move is published: a request would only come after it
LARGEST_LAG_S: Final = 0.1  # further behind its pace than this, a run does not try to catch up


class TimedSnapshot(NamedTuple):
    """A snapshot and when it was taken, in seconds of `perf_counter`."""

    snapshot: Snapshot
    taken_at: float


class Runner:
    """Trains until a stop rule fires, `until_epoch` is complete, it is stopped, or it fails.

    Parameters
    ----------
    trainer : Trainer
        Belongs to the worker from `start` until `alive` is false.
    speed : Speed
        The pace; may be changed on the way.
    until_epoch : float
        Stop when so many epochs are complete.

    Attributes
    ----------
    error : Exception or None
        Why it ended, if something went wrong.
    """

    def __init__(self, trainer: Trainer, speed: Speed, *, until_epoch: float = math.inf) -> None:
        self.error: Exception | None = None
        self.trainer = trainer
        self._speed = speed
        self._until_epoch = until_epoch
        self._snapshots: Mailbox[TimedSnapshot] = Mailbox()
        self._configs: Mailbox[TrainConfig] = Mailbox()
        self._checkpoints: Mailbox[Checkpoint] = Mailbox()
        self._checkpoint_wanted = False
        self._attention = False  # looked at after every batch: there is something to answer
        self._stopping = False
        self._wanted = False
        self._woken = threading.Event()  # cuts a slow pace's wait short
        self._moved_at = -math.inf
        self._taken_at = -math.inf  # the newest snapshot that was taken
        self._thread = threading.Thread(target=self._run, name="ann-viz training", daemon=True)

    # Called by the session ------------------------------------------------------------------------------------------
    @property
    def alive(self) -> bool:
        """Whether the worker may still touch the trainer."""
        return self._thread.is_alive()

    def start(self) -> None:
        """Start the thread, once; the trainer is its own until `alive` is false.

        Nobody need stop it before the program ends: it is then told to, and its batch is waited for. The window does
        so for some seconds only (`ann_viz.ui.window.ending`).
        """
        atexit.register(self._end)  # OpenBLAS's own exit handler would wait for ever for a thread that is inside of it
        self._thread.start()

    def stop(self) -> None:
        """Ask the worker to end at the next batch or phase; `join` waits for it."""
        self._stopping = True
        self._notify(wake=True)

    def join(self, timeout_s: float | None = None) -> bool:
        """Wait for the worker to end; false when it still works after `timeout_s`."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _end(self) -> None:
        self.stop()
        self.join()

    def request_snapshot(self) -> None:
        """Ask for a snapshot at the next batch boundary."""
        self._wanted = self._attention = True
        self.trainer.ask()

    def take_snapshot(self) -> TimedSnapshot | None:
        """Return the newest snapshot not yet taken."""
        found, seen = [self._snapshots.take()], self.trainer.seen()
        if seen is not None and np.isfinite(seen[0].params).all():
            found.append(TimedSnapshot(seen[0], perf_counter() - seen[1]))
        # Of two ways one may overtake the other: what is older than what was taken before is dropped.
        fresh = [one for one in found if one is not None and one.taken_at > self._taken_at]
        if not fresh:
            return None
        newest = max(fresh, key=lambda one: one.taken_at)
        self._taken_at = newest.taken_at
        return newest

    def request_checkpoint(self) -> None:
        """Ask for a checkpoint at the next batch boundary; between two phases there is none."""
        self._checkpoint_wanted = True
        self._notify(wake=False)

    def take_checkpoint(self) -> Checkpoint | None:
        """Return the newest checkpoint not yet taken."""
        return self._checkpoints.take()

    def set_speed(self, speed: Speed) -> None:
        """Change the pace from the next move on."""
        self._speed = speed
        self._notify(wake=True)

    def configure(self, config: TrainConfig) -> None:
        """Train with `config` from the next batch on."""
        self._configs.put(config)
        self._notify(wake=False)

    def _notify(self, *, wake: bool) -> None:
        self._attention = True
        self.trainer.interrupt()
        if wake:
            self._woken.set()

    # The worker -----------------------------------------------------------------------------------------------------
    def _run(self) -> None:
        try:
            with np.errstate(all="ignore"):  # a thread begins with NumPy's own settings
                self._train()
        except Exception as error:  # noqa: BLE001 - nobody above this frame could report it; the session does
            self.error = error
        finally:
            atexit.unregister(self._end)

    def _train(self) -> None:
        while self._has_more():
            if self._attention:
                self._answer()
            if self._speed.kind == "max":
                self.trainer.advance(self._until_epoch)
            else:
                self._make_paced_move(self._speed)
        self._answer()
        find_infinities(self.trainer)

    def _has_more(self) -> bool:
        trainer = self.trainer
        return not self._stopping and trainer.finished is None and trainer.epoch < self._until_epoch

    def _answer(self) -> None:
        self.trainer.resume()  # before the flags are read: one set meanwhile is seen in the next round
        self._attention = False
        config = self._configs.take()
        if config is not None:
            self.trainer.configure(config)
        if self._wanted:
            self._publish()
        if self._checkpoint_wanted and not self.trainer.is_within_step:
            self._checkpoint_wanted = False
            self._checkpoints.put(self.trainer.checkpoint())

    def _publish(self, *, measured: bool = False) -> None:
        self._wanted = False
        snapshot = self.trainer.snapshot(measured=measured)
        if np.isfinite(snapshot.params).all():  # if not, the trainer is about to notice
            self._snapshots.put(TimedSnapshot(snapshot, perf_counter()))

    def _make_paced_move(self, speed: Speed) -> None:
        due = self._moved_at + speed.interval_s
        if self._woken.wait(max(0.0, due - perf_counter())):
            self._woken.clear()
            return
        now = perf_counter()
        self._moved_at = due if now - due < LARGEST_LAG_S else now
        next(self.trainer.phases() if speed.kind == "phase" else self.trainer, None)
        if speed.interval_s >= SLOW_INTERVAL_S:
            self._publish(measured=speed.kind == "phase")  # each is looked at as long as a still picture


def find_infinities(trainer: Trainer) -> None:
    """Let the trainer, which looks for them only now and then, notice infinite weights before anyone sees them.

    Raises
    ------
    TrainingError
        When there are some; the trainer has then gone back to its last finite state.
    """
    while not np.isfinite(trainer.network.params).all():
        if trainer.finished is not None:
            trainer.restore_best()
            raise TrainingError("The weights became infinite. Try a lower learning rate.", epoch=trainer.epoch)
        next(trainer)
