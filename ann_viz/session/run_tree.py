"""The runs as a tree to be drawn: which came from which or from which sweep, what each is called, how far it got."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from ann_viz.session.document import Document
from ann_viz.session.run import Run
from ann_viz.session.state import RunState
from ann_viz.translation import translate

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ann_viz.engine import Snapshot

__all__ = ["RunRow", "SweepRow", "loss_scale", "run_rows", "run_table", "sweep_rows", "twin_row", "up_from"]

SEEN_SHARE: Final = 0.92  # of all losses that are drawn apart; the steep fall at the start goes beyond


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RunRow:
    """What the tree shows of a run.

    Parameters
    ----------
    number : int
        Of the run.
    parent : int or None
        Number of the run it hangs under: the one it came from, or where that is gone the one before.
    place : int
        Among all runs, from 0: gives its colour.
    name, note : str
    best_loss : float
        On the rows it is judged by; NaN before it has learned anything.
    best_epoch, epoch : int
        Where that was, and how many epochs it has had.
    epochs, losses : (n,) arrays
        Its course since it branched off.
    branched_at : int or None
        The epoch of its parent that it went on from.
    is_current, is_running, is_pinned, is_shown : bool
    sweep : int or None
        Number of the sweep it hangs under, in the place of a run.
    is_twin : bool
        It is a twin in training: no run yet, and nothing can be done with it.
    """

    number: int
    parent: int | None
    place: int
    name: str
    note: str
    best_loss: float
    best_epoch: int
    epoch: int
    epochs: NDArray[np.float64]
    losses: NDArray[np.float64]
    branched_at: int | None
    is_current: bool
    is_running: bool
    is_pinned: bool
    is_shown: bool
    sweep: int | None = None
    is_twin: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepRow:
    """What the tree shows of a sweep, with the runs below it that were opened from it.

    Parameters
    ----------
    number : int
        Of the sweep.
    name : str
    n_runs : int
        How many are done.
    best : str
        The best score; empty where there is none.
    words : str
        All of that in one sentence.
    """

    number: int
    name: str
    n_runs: int
    best: str
    words: str


def sweep_rows(document: Document) -> tuple[SweepRow, ...]:
    """Return the sweeps that are listed, oldest first."""
    return tuple(
        SweepRow(number=each.number, name=each.name, n_runs=each.n_runs, best=each.best_text, words=each.words())
        for each in document.sweeps
    )


def run_rows(document: Document) -> tuple[RunRow, ...]:
    """Return all runs that are listed, each below the one it hangs under, oldest first; those of sweeps come last."""
    runs = document.runs
    listed = {run.number for run in runs}
    below: dict[int | None, list[Run]] = {}
    swept: dict[int | None, list[Run]] = {each.number: [] for each in document.sweeps}
    for run in runs:
        if run.sweep in swept:
            swept[run.sweep].append(run)
        else:
            below.setdefault(_listed_parent(document, run, listed), []).append(run)
    rows = list(_rows(document, below.get(None, ()), below))
    for number, opened in swept.items():
        rows += _rows(document, opened, below, sweep=number)
    return tuple(rows)


def twin_row(document: Document, likeness: Run, now: Snapshot, place: int, *, is_running: bool) -> RunRow:
    """Return the row of a twin in training, below the run that it came from.

    Parameters
    ----------
    document : Document
    likeness : Run
        What it will be; see `Twin`.
    now : Snapshot
        How far it has come.
    place : int
        That it will have among all runs.
    is_running : bool
        Whether it is being trained just now.
    """
    parent = _listed_parent(document, likeness, {run.number for run in document.runs})
    row = _row(document, replace(likeness, snapshot=now), parent, None, place)
    return replace(row, is_running=is_running, is_twin=True)


def _listed_parent(document: Document, run: Run, listed: set[int]) -> int | None:
    parent = run.parent
    while parent is not None and parent not in listed:
        parent = document.parent_of(parent)
    return parent


def _rows(
    document: Document,
    runs: Sequence[Run],
    below: Mapping[int | None, Sequence[Run]],
    parent: int | None = None,
    sweep: int | None = None,
) -> Iterator[RunRow]:
    """Yield runs that hang under a run or a sweep, each with all that hang under it."""
    for run in runs:
        yield _row(document, run, parent, sweep, document.run_place(run.number))
        yield from _rows(document, below.get(run.number, ()), below, parent=run.number)


def _row(document: Document, run: Run, parent: int | None, sweep: int | None, place: int) -> RunRow:
    snapshot, history = run.snapshot, run.snapshot.history
    since = int(np.searchsorted(history.epoch, run.branched_at or 0))
    current = document.current_run
    is_current = current is not None and run.number == current.number
    return RunRow(
        number=run.number,
        parent=parent,
        place=place,
        name=document.run_name(run),
        note=run.note,
        best_loss=snapshot.best_loss if snapshot.epoch else np.nan,
        best_epoch=snapshot.best_epoch,
        epoch=snapshot.epoch,
        epochs=history.epoch[since:],
        losses=history.judged_loss[since:],
        branched_at=run.branched_at,
        is_current=is_current,
        is_running=is_current and document.state is RunState.RUNNING,
        is_pinned=run.is_pinned,
        is_shown=run.is_shown,
        sweep=sweep,
    )


def up_from(rows: Sequence[RunRow], number: int) -> Iterator[RunRow]:
    """Yield a run, and those that it hangs under."""
    by_number = {row.number: row for row in rows}
    above: int | None = number
    while above is not None:
        row = by_number[above]
        yield row
        above = row.parent


def run_table(rows: Sequence[RunRow]) -> list[tuple[str | float, ...]]:
    """Return the runs as a table to be copied, whose first row are its headings."""
    heads = ("run", "came from", "best loss", "at epoch", "epochs", "note")
    names = {row.number: row.name for row in rows}
    table: list[tuple[str | float, ...]] = [tuple(map(translate, heads))]
    for row in rows:
        came_from = "" if row.parent is None else names[row.parent]
        best = ("", "") if np.isnan(row.best_loss) else (row.best_loss, row.best_epoch)
        table.append((row.name, came_from, *best, row.epoch, row.note))
    return table


def loss_scale(rows: tuple[RunRow, ...]) -> tuple[float, float, float, float]:
    """Return the first and last epoch and the lowest and highest loss that the courses are drawn between."""
    last = max((row.epochs[-1] for row in rows if len(row.epochs)), default=1.0)
    losses = np.concatenate([row.losses[1:] for row in rows] or [np.empty(0)])
    losses = losses[np.isfinite(losses)]
    if not losses.size:
        return 0.0, float(max(1.0, last)), 0.0, 1.0
    low, high = float(losses.min()), float(np.quantile(losses, SEEN_SHARE))
    return 0.0, float(max(1.0, last)), low, high if high > low else low + 1.0
