"""The states of a session and the moves between them, in one table."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final

from ann_viz.errors import StateError

__all__ = ["MOVES", "RunState", "check_move"]


class RunState(Enum):
    """What the session is doing; the value is the word shown to people."""

    EMPTY = "no data"
    READY = "ready"
    RUNNING = "training"
    PAUSED = "paused"
    FINISHED = "finished"
    FAILED = "failed"
    WITHOUT_ROWS = "without its table"


MOVES: Final[Mapping[RunState, frozenset[RunState]]] = MappingProxyType(
    {
        RunState.EMPTY: frozenset({RunState.READY, RunState.WITHOUT_ROWS}),
        RunState.READY: frozenset(RunState),
        RunState.RUNNING: frozenset(RunState),
        RunState.PAUSED: frozenset(RunState),
        RunState.FINISHED: frozenset({RunState.EMPTY, RunState.READY, RunState.RUNNING, RunState.WITHOUT_ROWS}),
        RunState.FAILED: frozenset({RunState.EMPTY, RunState.READY, RunState.WITHOUT_ROWS}),
        RunState.WITHOUT_ROWS: frozenset(RunState) - {RunState.RUNNING},
    }
)


def check_move(now: RunState, then: RunState, command: str) -> None:
    """Raise StateError unless `command` may lead from `now` to `then`."""
    if then not in MOVES[now]:
        raise StateError(f"{command} makes no sense now ({now.value}).")
