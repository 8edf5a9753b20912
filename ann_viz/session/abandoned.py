"""Runs that nobody waits for: they were told to stop while a batch was under way, and end when it does."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import NamedTuple

from ann_viz.engine import Trainer
from ann_viz.session.runner import Runner

__all__ = ["AbandonedRuns"]


class _Release(NamedTuple):
    """Something to be let go when these runs have ended."""

    after: tuple[Runner, ...]
    call: Callable[[], None]


class AbandonedRuns:
    """Runs that may still be at work on their last batch, and the data that are let go after them.

    Until such a run has ended, its trainer, and the files that the trainer reads its rows from, belong to its thread
    alone. What the run comes to, weights or an error, is dropped.
    """

    def __init__(self) -> None:
        self._runners: list[Runner] = []
        self._releases: list[_Release] = []

    def __bool__(self) -> bool:
        """Return whether one is at work or something is still to be let go, so that `sweep` has to be called again."""
        return bool(self._runners or self._releases)

    def add(self, runner: Runner) -> None:
        """Take over a run that was told to stop."""
        self._runners.append(runner)

    def take_back(self, trainer: Trainer) -> Runner | None:
        """Give back the run that still works on this trainer, if there is one."""
        self.sweep()
        for runner in self._runners:
            if runner.trainer is trainer:
                self._runners.remove(runner)
                return runner
        return None

    def release(self, call: Callable[[], None]) -> None:
        """Let data go by this call as soon as all runs have ended that may read them; now, if there are none."""
        self.sweep()
        if self._runners:
            self._releases.append(_Release(tuple(self._runners), call))
        else:
            call()

    def sweep(self) -> None:
        """Forget runs that have ended, and let go what only they were reading."""
        self._runners = [runner for runner in self._runners if runner.alive]
        due = [release for release in self._releases if not any(runner.alive for runner in release.after)]
        self._releases = [release for release in self._releases if release not in due]
        for release in due:
            release.call()

    def wait(self, timeout_s: float) -> None:
        """Wait so long at most, then let go all that is left; a run that still reads it ends with an error, unseen."""
        until = monotonic() + timeout_s
        for runner in self._runners:
            runner.join(max(0.0, until - monotonic()))
        releases, self._releases = self._releases, []
        for release in releases:
            release.call()
        self.sweep()
