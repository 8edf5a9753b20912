"""A run as plain values and arrays: what a project file holds of it; the way back stands in `run_restoring.py`.

The dataclasses are the schema of the JSON; the arrays lie beside it, under the names that `run_arrays` gives them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.engine import (
    Checkpoint,
    NetworkConfig,
    TrainConfig,
    WeightsOf,
)
from ann_viz.engine.history import COLUMNS
from ann_viz.session.run import Earlier, Run
from ann_viz.session.timeline_record import TimelineRecord

__all__ = [
    "AVERAGES",
    "VECTORS",
    "EditRecord",
    "RngRecord",
    "RunRecord",
    "bare_record",
    "order_type",
    "record_of",
    "run_arrays",
]

Arrays = Mapping[str, NDArray[Any]]

VECTORS: Final = ("params", "gradients", "last", "best", "began", "before_last", "before_best")
AVERAGES: Final = ("average", "last_average")


@dataclass(frozen=True, slots=True, kw_only=True)
class RngRecord:
    """State of a generator of the kind PCG64; the two long numbers in hexadecimal digits."""

    state: str
    inc: str
    has_uint32: int
    uinteger: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EditRecord:
    """So many weights set by hand, or put back."""

    at: float
    n: int
    put_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SilentRecord:
    """A neuron that is switched off, and the weights it sends with when it is on."""

    column: int
    index: int
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """Everything of a run that is no array; see `Run` and `Checkpoint` for what the fields mean."""

    number: int
    network: NetworkConfig
    asked: TrainConfig
    config: TrainConfig
    untouched: bool
    parent: int | None
    branched_at: int | None
    title: str
    note: str
    is_pinned: bool
    is_shown: bool
    epoch: int
    step: int
    batch: int
    seconds: float
    finished: str | None
    best_epoch: int
    best_loss: float
    optimizer: str
    optimizer_steps: int
    plateaus: int
    plateau_best_loss: float | None
    stale_epochs: int
    order_seed: int
    order_position: int
    n_order: int
    order_rng: RngRecord
    dropout_rng: RngRecord
    weights_of: WeightsOf
    since: int
    no_gradient_until: int
    n_settled_edits: int
    edits: tuple[EditRecord, ...]
    changed: tuple[tuple[int, int, int], ...]
    locked: tuple[tuple[int, int, int], ...]
    silent: tuple[SilentRecord, ...]
    thickness: tuple[tuple[float, float], ...]
    n_epochs: int
    n_optimizer_vectors: int
    engine: str = "numpy"
    trained_with: TrainConfig | None = None
    earlier: tuple[Earlier, ...] = ()
    average_steps: int | None = None
    timeline: TimelineRecord | None = None
    sweep: int | None = None
    n_mean_of: int = 0

    @property
    def network_config(self) -> NetworkConfig:
        """The network, called as in `Run`."""
        return self.network

    @property
    def settings(self) -> TrainConfig:
        """What it has learned with, or is about to, as of `Run`."""
        return self.trained_with or self.asked

    @property
    def dataset(self) -> None:
        """Nothing: all runs of a file learn from the same data."""
        return None


# Out ----------------------------------------------------------------------------------------------------------------
def record_of(run: Run, checkpoint: Checkpoint) -> RunRecord:
    """Return what is no array of a run, as it stands at a checkpoint."""
    edits = run.manual_edits
    return replace(
        bare_record(run.network_config, checkpoint, run.snapshot.engine),
        number=run.number,
        asked=run.asked,
        untouched=run.untouched,
        parent=run.parent,
        branched_at=run.branched_at,
        title=run.title,
        note=run.note,
        is_pinned=run.is_pinned,
        is_shown=run.is_shown,
        changed=tuple(sorted(edits.changed)),
        locked=tuple(sorted(edits.locked)),
        silent=tuple(
            SilentRecord(column=column, index=index, weights=_floats(weights))
            for (column, index), weights in sorted(edits.silent.items())
        ),
        thickness=run.thickness.steps,
        trained_with=run.trained_with,
        earlier=run.earlier,
        sweep=run.sweep,
        n_mean_of=0 if run.mean_of is None else len(run.mean_of),
    )


def bare_record(network: NetworkConfig, checkpoint: Checkpoint, engine: str) -> RunRecord:
    """Return what is no array of a checkpoint, as of a run that nobody has named, changed by hand or drawn."""
    origin = checkpoint.provenance
    return RunRecord(
        number=0,
        network=network,
        asked=checkpoint.config,
        config=checkpoint.config,
        untouched=True,
        parent=None,
        branched_at=None,
        title="",
        note="",
        is_pinned=False,
        is_shown=True,
        epoch=checkpoint.epoch,
        step=checkpoint.step,
        batch=checkpoint.batch,
        seconds=checkpoint.seconds,
        finished=checkpoint.finished,
        best_epoch=checkpoint.best_epoch,
        best_loss=checkpoint.best_loss,
        optimizer=checkpoint.optimizer.name,
        optimizer_steps=checkpoint.optimizer.steps,
        plateaus=checkpoint.plateaus.n,
        plateau_best_loss=_finite(checkpoint.plateaus.best_loss),
        stale_epochs=checkpoint.plateaus.stale_epochs,
        order_seed=checkpoint.order.seed,
        order_position=checkpoint.order.position,
        n_order=len(checkpoint.order.indices),
        order_rng=_rng_record(checkpoint.order.order_rng),
        dropout_rng=_rng_record(checkpoint.order.dropout_rng),
        weights_of=origin.of,
        since=origin.since,
        no_gradient_until=origin.step,
        n_settled_edits=origin.n_before,
        edits=tuple(EditRecord(at=each.at, n=len(each.indices), put_back=each.put_back) for each in origin.edits),
        changed=(),
        locked=(),
        silent=(),
        thickness=(),
        n_epochs=len(checkpoint.history),
        n_optimizer_vectors=len(checkpoint.optimizer.state),
        engine=engine,
        average_steps=None if checkpoint.average is None else checkpoint.average_steps,
    )


def run_arrays(number: int, checkpoint: Checkpoint, mean_of: NDArray[Any] | None = None) -> dict[str, NDArray[Any]]:
    """Return the arrays of a run, by the names they have in a file."""
    arrays: dict[str, NDArray[Any]] = {name: getattr(checkpoint, name) for name in VECTORS}
    if checkpoint.average is not None:
        arrays |= {name: getattr(checkpoint, name) for name in AVERAGES}
    if mean_of is not None:
        arrays["mean_of"] = mean_of
    for place, vector in enumerate(checkpoint.optimizer.state):
        arrays[f"optimizer.{place}"] = vector
    for place, edit in enumerate(checkpoint.provenance.edits):
        arrays[f"edit{place}.indices"] = edit.indices.astype(np.int64)
        arrays[f"edit{place}.before"], arrays[f"edit{place}.after"] = edit.before, edit.after
    arrays["order"] = checkpoint.order.indices.astype(order_type(len(checkpoint.order.indices)))
    arrays["history"] = np.array([getattr(checkpoint.history, column) for column in COLUMNS])
    return {f"run{number}.{name}": np.ascontiguousarray(array) for name, array in arrays.items()}


def order_type(n_rows: int) -> np.dtype[Any]:
    """Return the smallest kind of numbers that rows can be counted with."""
    return np.dtype("int32" if n_rows < 1 << 31 else "int64")


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _floats(array: NDArray[Any]) -> tuple[float, ...]:
    return tuple(float(value) for value in array)


def _rng_record(state: Mapping[str, Any]) -> RngRecord:
    numbers = state["state"]
    return RngRecord(
        state=f"{numbers['state']:x}",
        inc=f"{numbers['inc']:x}",
        has_uint32=state["has_uint32"],
        uinteger=state["uinteger"],
    )
