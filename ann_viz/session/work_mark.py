"""What a document was like at one moment, as far as a project holds it.

Two that are equal have nothing unsaved between them; of two that are not, `changes_since` says in words what it is.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from ann_viz.engine import Checkpoint, NetworkConfig, Snapshot, TrainConfig
from ann_viz.numerals import count, counted, percent
from ann_viz.session.judged.costs import MistakeCosts
from ann_viz.session.manual_edits import ManualEdits, Parameter
from ann_viz.session.run import Run
from ann_viz.session.run_differences import settings_differences
from ann_viz.session.sweeping.swept import Swept
from ann_viz.translation import translate

__all__ = ["RunMark", "WorkMark", "changes_since", "run_mark"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunMark:
    """A run at that moment; its number and its epochs only serve the words.

    Parameters
    ----------
    number, epoch, since : int
        The last is the epoch it branched off at, or 0.
    network_config : NetworkConfig
    settings : TrainConfig
    title, note : str
    is_pinned, is_shown : bool
    step : int
        Optimiser steps.
    weights : int
        A checksum.
    changed, locked : frozenset of Parameter
        Weights set and locked by hand.
    off : frozenset of (int, int)
        Neurons switched off.
    mean_of : int
        A checksum over the networks that answer together with it; 0 without any.
    """

    number: int = field(compare=False)
    epoch: int = field(compare=False)
    since: int = field(compare=False)
    network_config: NetworkConfig
    settings: TrainConfig
    title: str
    note: str
    is_pinned: bool
    is_shown: bool
    step: int
    weights: int
    changed: frozenset[Parameter]
    locked: frozenset[Parameter]
    off: frozenset[tuple[int, int]]
    mean_of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkMark:
    """A document at that moment.

    Parameters
    ----------
    data : int
        Identity of the dataset: other columns are other data.
    current : int or None
        Which of the runs is on show, counted from 0.
    runs : tuple of RunMark
    threshold : float
    costs : MistakeCosts
    locked_columns : frozenset of str or None
        What suggestions leave alone.
    n_looks_at_test : int
    sweeps : tuple of Swept
    rows_inside : bool
        Whether the project is to hold the rows.
    at : float
        When that was, in seconds since 1970; only serves the words.
    """

    data: int
    current: int | None
    runs: tuple[RunMark, ...]
    threshold: float
    costs: MistakeCosts
    locked_columns: frozenset[str] | None
    n_looks_at_test: int
    sweeps: tuple[Swept, ...]
    rows_inside: bool
    at: float = field(default_factory=time.time, compare=False)


def run_mark(run: Run, edits: ManualEdits, state: Snapshot | Checkpoint) -> RunMark:
    """Return the mark of a run with what was done to it by hand, in the state it is saved in."""
    return RunMark(
        number=run.number,
        epoch=state.epoch,
        since=run.branched_at or 0,
        network_config=run.network_config,
        settings=run.asked,
        title=run.title,
        note=run.note,
        is_pinned=run.is_pinned,
        is_shown=run.is_shown,
        step=state.step,
        weights=zlib.crc32(state.params.tobytes()),
        changed=edits.changed,
        locked=edits.locked,
        off=edits.off,
        mean_of=0 if run.mean_of is None else zlib.crc32(run.mean_of.tobytes()),
    )


def changes_since(before: WorkMark, now: WorkMark) -> tuple[str, ...]:
    """Return what is otherwise now, each in a word or two: ("L2 0 → 0.001", "18 epochs", "1 note").

    What has no word of its own is "other weights", so that two marks that differ never have nothing between them.
    """
    if before == now:
        return ()
    pairs = tuple(_pairs(before, now))
    n_new = len(now.runs) - len(pairs)
    n_gone = len(before.runs) - len(pairs)
    parts = [translate("other columns")] if before.data != now.data else []
    parts += _settings(pairs)
    parts += _learned(pairs, now)
    parts += [counted("{n} new run", "{n} new runs", n_new)] if n_new else []
    parts += [counted("{n} run deleted", "{n} runs deleted", n_gone)] if n_gone else []
    parts += _by_hand(pairs)
    parts += _written(pairs)
    parts += _judged(before, now)
    if not n_new and not n_gone and before.current != now.current:
        parts.append(translate("another run on show"))
    return tuple(parts) or (translate("other weights"),)


def _pairs(before: WorkMark, now: WorkMark) -> Iterator[tuple[RunMark, RunMark]]:
    """Yield each run as it was and as it is; one that had learned nothing may be another one now, in its place."""
    numbers = {run.number for run in now.runs}
    was = {run.number: run for run in before.runs}
    replaced = {place: run for place, run in enumerate(before.runs) if run.number not in numbers and not run.step}
    for place, run in enumerate(now.runs):
        former = was.get(run.number) or replaced.get(place)
        if former is not None:
            yield former, run


def _settings(pairs: tuple[tuple[RunMark, RunMark], ...]) -> list[str]:
    """Return the settings that were changed, each once."""
    told = (
        f"{difference.name} {difference.one} → {difference.other}"
        for pair in pairs
        for difference in settings_differences(*pair)
    )
    return list(dict.fromkeys(told))


def _learned(pairs: tuple[tuple[RunMark, RunMark], ...], now: WorkMark) -> Iterator[str]:
    """Yield how much was learned, by all runs together."""
    before = {run.number: was for was, run in pairs}
    n_epochs, goes_on = 0, False
    for run in now.runs:
        was = before.get(run.number)
        n_epochs += max(0, run.epoch - (was.epoch if was else run.since))
        goes_on |= run.step > (was.step if was else 0)
    if n_epochs:
        yield count(n_epochs, "epoch")
    elif goes_on:
        yield translate("part of an epoch")


def _by_hand(pairs: tuple[tuple[RunMark, RunMark], ...]) -> Iterator[str]:
    """Yield what was done to single weights and neurons."""
    words = {
        "changed": translate("weights set by hand"),
        "locked": translate("locked weights"),
        "off": translate("neurons off or on"),
    }
    for name, text in words.items():
        if any(getattr(was, name) != getattr(run, name) for was, run in pairs):
            yield text


def _written(pairs: tuple[tuple[RunMark, RunMark], ...]) -> Iterator[str]:
    """Yield what stands beside runs."""
    n_names = sum(was.title != run.title for was, run in pairs)
    n_notes = sum(was.note != run.note for was, run in pairs)
    if n_names:
        yield counted("{n} name", "{n} names", n_names)
    if n_notes:
        yield counted("{n} note", "{n} notes", n_notes)
    if any(was.is_pinned != run.is_pinned for was, run in pairs):
        yield translate("other pins")
    if any(was.is_shown != run.is_shown for was, run in pairs):
        yield translate("other curves shown")


def _judged(before: WorkMark, now: WorkMark) -> Iterator[str]:
    """Yield what was chosen about answers, and what the file is to hold."""
    if before.threshold != now.threshold:
        text = translate("threshold {before} → {now}")
        yield text.format(before=percent(before.threshold), now=percent(now.threshold))
    if before.costs != now.costs:
        yield translate("costs of mistakes")
    if before.locked_columns != now.locked_columns:
        yield translate("columns left alone")
    n_looks = now.n_looks_at_test - before.n_looks_at_test
    if n_looks > 0:
        yield counted("{n} look at the test rows", "{n} looks at the test rows", n_looks)
    if before.sweeps != now.sweeps:
        n_sweeps = len(now.sweeps) - len(before.sweeps)
        yield counted("{n} sweep", "{n} sweeps", n_sweeps) if n_sweeps > 0 else translate("other sweeps")
    if before.rows_inside != now.rows_inside:
        yield translate("rows inside") if now.rows_inside else translate("rows left out")
