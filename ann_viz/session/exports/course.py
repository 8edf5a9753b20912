"""The moments of a run that a replay or a film goes through: those that are kept, or the run done again from its seed.

A project file has no moments, only the weights they led to. A run that nobody touched is the same each time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from ann_viz.engine import Network, Snapshot
from ann_viz.engine.compiled.choice import choice_of
from ann_viz.session.exports.subject import Subject
from ann_viz.session.starting import trainer_on

__all__ = ["course_of", "evenly"]

LONGEST_S: Final = 300.0
"""A run that took longer is not done again for a replay."""

SAME_LOSS: Final = 1e-5  # as a share: other instruction sets round otherwise


def course_of(subject: Subject, progress: Callable[[float], None] = lambda _: None) -> tuple[Snapshot, ...]:
    """Return the ends of epochs, the oldest first; empty where they are not kept and can't be had again.

    Parameters
    ----------
    subject : Subject
        With its data, where the run may have to be done again.
    progress : callable
        Told the share done; may raise Cancelled.
    """
    run = subject.run
    if run is None:
        return ()
    timeline = run.checkpoint.timeline or _done_again(subject, progress)
    return tuple(moment for moment in timeline if not moment.batch_index)


def _done_again(subject: Subject, progress: Callable[[float], None]) -> tuple[Snapshot, ...]:
    """Train once more from the seed; empty where that takes long, or is another run than the one that is wanted."""
    run, dataset = subject.run, subject.dataset
    if run is None or dataset is None or not run.record.untouched or run.record.parent is not None:
        return ()
    record, history = run.record, run.checkpoint.history
    if record.seconds > LONGEST_S:
        return ()
    trainer = trainer_on(dataset, Network(record.network), record.config, engine=choice_of(record.engine))
    while trainer.epoch < record.epoch and trainer.finished is None:
        trainer.advance(trainer.epoch + 1)
        progress(trainer.epoch / max(1, record.epoch))
    again = trainer.snapshot()
    same = len(again.history) == len(history) and np.allclose(
        again.history.train_loss, history.train_loss, rtol=SAME_LOSS, atol=0.0, equal_nan=True
    )
    return again.timeline if same else ()


def evenly(moments: Sequence[Snapshot], most: int, always: int) -> tuple[Snapshot, ...]:
    """Return at most so many moments, evenly spread: the first, the last and the epoch `always` among them."""
    if len(moments) <= most:
        return tuple(moments)
    places = set(np.linspace(0, len(moments) - 1, max(2, most - 1)).round().astype(int).tolist())
    places |= {place for place, moment in enumerate(moments) if moment.epoch == always}
    return tuple(moments[place] for place in sorted(places))
