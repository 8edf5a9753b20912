"""All runs on the open data: which there are, which one is current, and what of them is kept within the memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from ann_viz.engine import BUDGET_BYTES, Checkpoint, thinned
from ann_viz.errors import StateError
from ann_viz.session.run import Run
from ann_viz.translation import translate

__all__ = ["Runs", "freed_bytes", "without_moments"]

_FEWEST_ENTRIES: Final = 4
_MOST_UNLISTED: Final = 60  # more than Undo remembers


class Runs:
    """The runs, oldest first.

    Those that never learned anything and those that were deleted are not listed, but kept for Undo for a while.

    Parameters
    ----------
    budget : int
        Bytes that the timelines of all runs may take together.
    """

    def __init__(self, budget: int = BUDGET_BYTES) -> None:
        self._budget = budget
        self._runs: dict[int, Run] = {}
        self._deleted: set[int] = set()
        self._current: int | None = None
        self._last_number = 0

    def __iter__(self) -> Iterator[Run]:
        """Yield those that are listed, oldest first; the current one always is."""
        return (run for run in self._runs.values() if self._is_listed(run))

    def _is_listed(self, run: Run) -> bool:
        return run.number == self._current or (run.is_trained and run.number not in self._deleted)

    def __getitem__(self, number: int) -> Run:
        """Return a run, listed or not; raises StateError where it has been forgotten."""
        try:
            return self._runs[number]
        except KeyError as error:
            raise StateError(translate("That run is no longer there.")) from error

    @property
    def current(self) -> int | None:
        """Number of the run that is shown and that training goes on with."""
        return self._current

    def next_number(self) -> int:
        """Return a number that no run has or had."""
        self._last_number += 1
        return self._last_number

    def number_from(self, last: int) -> None:
        """Give numbers after this one from now on."""
        self._last_number = max(self._last_number, last)

    def put(self, run: Run) -> None:
        """Add a run, or put it in the place of the one that has its number."""
        self._runs[run.number] = run

    def make_current(self, number: int) -> None:
        """Go over to another run."""
        self._current = number
        self._deleted.discard(number)
        unlisted = [run.number for run in self._runs.values() if not self._is_listed(run) and not run.is_pinned]
        for forgotten in unlisted[:-_MOST_UNLISTED]:
            del self._runs[forgotten]
            self._deleted.discard(forgotten)

    def edit(self, number: int, **changes: Any) -> None:
        """Change title, note, pin or eye of a run."""
        self._runs[number] = replace(self[number], **changes)

    def delete(self, number: int) -> None:
        """Take a run off the list; raises StateError for the current one."""
        if number == self._current:
            raise StateError(translate("This run is the one in the window. Go to another one before you delete it."))
        self._deleted.add(self[number].number)

    def restore(self, number: int) -> None:
        """Put a deleted run back into the list; raises StateError when it has been forgotten."""
        self._deleted.discard(self[number].number)

    def keep_weights_only(self, number: int) -> None:
        """Forget the moments of a run that was left, but for the first, the best and the last."""
        run = self[number]
        if run.checkpoint is not None:
            self._runs[number] = _with_timeline(run, without_moments(run.checkpoint))

    def clear(self) -> None:
        """Forget all: there are other data."""
        self._runs.clear()
        self._deleted.clear()
        self._current = None

    def get(self, number: int | None) -> Run | None:
        """Return a run, listed or not; None where it has been forgotten, or there is none."""
        return None if number is None else self._runs.get(number)

    def parent_of(self, number: int) -> int | None:
        """Return the run that a run came from, also of one that is no longer listed; None where that is not known."""
        run = self._runs.get(number)
        return None if run is None else run.parent

    def place(self, number: int) -> int:
        """Return which of all runs one is, from 0, those that never learned anything left out; it gives its colour."""
        return sum(run.number < number and self._has_place(run) for run in self._runs.values())

    def _has_place(self, run: Run) -> bool:
        return run.is_trained or run.number == self._current  # what that has learned meanwhile is not written here

    # Memory ---------------------------------------------------------------------------------------------------------
    def fit_budget(self) -> None:
        """Thin the timelines of runs until all fit: of deleted ones first, then the largest; no current or pinned."""
        while sum(run.timeline_bytes for run in self._runs.values()) > self._budget:
            candidates = [run for run in self._runs.values() if self._may_be_thinned(run)]
            if not candidates:
                return
            chosen = max(candidates, key=lambda run: (run.number in self._deleted, run.timeline_bytes))
            self._runs[chosen.number] = _halved(chosen)

    def _may_be_thinned(self, run: Run) -> bool:
        is_left = run.number != self._current and not run.is_pinned
        return is_left and run.checkpoint is not None and len(run.checkpoint.timeline) > _FEWEST_ENTRIES


def _halved(run: Run) -> Run:
    """Return the run with every second entry of its timeline gone, but for the first, the best and the last."""
    checkpoint = run.checkpoint
    assert checkpoint is not None  # an abandoned run is not asked
    most = max(_FEWEST_ENTRIES, len(checkpoint.timeline) // 2)
    entries, stride = thinned(checkpoint.timeline, most, frozenset({checkpoint.best_epoch}), checkpoint.timeline_stride)
    return _with_timeline(run, replace(checkpoint, timeline=tuple(entries), timeline_stride=stride))


def _with_timeline(run: Run, checkpoint: Checkpoint) -> Run:
    return replace(run, checkpoint=checkpoint, snapshot=replace(run.snapshot, timeline=checkpoint.timeline))


def without_moments(checkpoint: Checkpoint) -> Checkpoint:
    """Return a checkpoint of whose moments only the first, the best and the last are left; what follows is kept."""
    entries = thinned(checkpoint.timeline, 0, frozenset({checkpoint.best_epoch}), checkpoint.timeline_stride)[0]
    return replace(checkpoint, timeline=tuple(entries), timeline_stride=1)


def freed_bytes(run: Run) -> int:
    """Return how much memory `without_moments` gives back; 0 while it is trained, and where nothing is left to go."""
    timeline = run.snapshot.timeline
    kept = thinned(timeline, 0, frozenset({run.snapshot.best_epoch}))[0] if timeline else []
    return run.timeline_bytes - sum(entry.n_bytes for entry in kept)
