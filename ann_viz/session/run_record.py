"""A run as plain values and arrays: what a project file holds of it, and the way back.

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
    OPTIMIZERS,
    Checkpoint,
    HandEdit,
    HistoryView,
    NetworkConfig,
    OptimizerMemory,
    Plateaus,
    Provenance,
    RowOrder,
    TrainConfig,
    WeightsOf,
)
from ann_viz.engine.history import COLUMNS
from ann_viz.session.manual_edits import ManualEdits
from ann_viz.session.run import Earlier, Run
from ann_viz.session.timeline_record import TimelineRecord, timeline_of, timeline_shapes

__all__ = ["RunRecord", "array_shapes", "checkpoint_of", "edits_of", "record_of", "run_arrays"]

Arrays = Mapping[str, NDArray[Any]]

_VECTORS: Final = ("params", "gradients", "last", "best", "began", "before_last", "before_best")
_AVERAGES: Final = ("average", "last_average")


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


# Out ----------------------------------------------------------------------------------------------------------------
def record_of(run: Run, checkpoint: Checkpoint) -> RunRecord:
    """Return what is no array of a run, as it stands at a checkpoint."""
    edits, origin = run.manual_edits, checkpoint.provenance
    return RunRecord(
        number=run.number,
        network=run.network_config,
        asked=run.asked,
        config=checkpoint.config,
        untouched=run.untouched,
        parent=run.parent,
        branched_at=run.branched_at,
        title=run.title,
        note=run.note,
        is_pinned=run.is_pinned,
        is_shown=run.is_shown,
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
        changed=tuple(sorted(edits.changed)),
        locked=tuple(sorted(edits.locked)),
        silent=tuple(
            SilentRecord(column=column, index=index, weights=_floats(weights))
            for (column, index), weights in sorted(edits.silent.items())
        ),
        thickness=run.thickness.steps,
        n_epochs=len(checkpoint.history),
        n_optimizer_vectors=len(checkpoint.optimizer.state),
        engine=run.snapshot.engine,
        trained_with=run.trained_with,
        earlier=run.earlier,
        average_steps=None if checkpoint.average is None else checkpoint.average_steps,
    )


def run_arrays(number: int, checkpoint: Checkpoint) -> dict[str, NDArray[Any]]:
    """Return the arrays of a run, by the names they have in a file."""
    arrays: dict[str, NDArray[Any]] = {name: getattr(checkpoint, name) for name in _VECTORS}
    if checkpoint.average is not None:
        arrays |= {name: getattr(checkpoint, name) for name in _AVERAGES}
    for place, vector in enumerate(checkpoint.optimizer.state):
        arrays[f"optimizer.{place}"] = vector
    for place, edit in enumerate(checkpoint.provenance.edits):
        arrays[f"edit{place}.indices"] = edit.indices.astype(np.int64)
        arrays[f"edit{place}.before"], arrays[f"edit{place}.after"] = edit.before, edit.after
    arrays["order"] = checkpoint.order.indices.astype(_order_type(len(checkpoint.order.indices)))
    arrays["history"] = np.array([getattr(checkpoint.history, column) for column in COLUMNS])
    return {f"run{number}.{name}": np.ascontiguousarray(array) for name, array in arrays.items()}


def _order_type(n_rows: int) -> np.dtype[Any]:
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


# Back ---------------------------------------------------------------------------------------------------------------
def array_shapes(record: RunRecord) -> dict[str, tuple[tuple[int, ...], np.dtype[Any]]]:
    """Return the shape and the kind of numbers of every array that a run must have, by its name in the file."""
    n, dtype = record.network.n_parameters, np.dtype(record.network.dtype)
    shapes: dict[str, tuple[tuple[int, ...], np.dtype[Any]]] = {name: ((n,), dtype) for name in _vectors(record)}
    shapes |= {f"optimizer.{place}": ((n,), dtype) for place in range(record.n_optimizer_vectors)}
    for place, edit in enumerate(record.edits):
        shapes[f"edit{place}.indices"] = ((edit.n,), np.dtype("int64"))
        shapes |= {f"edit{place}.{name}": ((edit.n,), dtype) for name in ("before", "after")}
    shapes["order"] = ((record.n_order,), _order_type(record.n_order))
    shapes["history"] = ((len(COLUMNS), record.n_epochs), np.dtype("float64"))
    if record.timeline is not None:
        shapes |= timeline_shapes(record.timeline, record.network)
    return {f"run{record.number}.{name}": shape for name, shape in shapes.items()}


def _vectors(record: RunRecord) -> tuple[str, ...]:
    return _VECTORS if record.average_steps is None else (*_VECTORS, *_AVERAGES)


def checkpoint_of(record: RunRecord, arrays: Arrays) -> Checkpoint:
    """Return the checkpoint that a record and its arrays describe; raises ValueError where they make no sense."""
    own = {name.partition(".")[2]: array for name, array in arrays.items()}
    vectors: dict[str, Any] = {name: own[name] for name in _vectors(record)}
    state = tuple(own[f"optimizer.{place}"] for place in range(record.n_optimizer_vectors))
    floats = [array for name, array in own.items() if name.endswith((".before", ".after"))]
    _check(record, own, (*vectors.values(), *state, *floats))
    best_loss = math.inf if record.plateau_best_loss is None else record.plateau_best_loss
    checkpoint = Checkpoint(
        **vectors,
        average_steps=record.average_steps or 0,
        config=record.config,
        best_epoch=record.best_epoch,
        best_loss=record.best_loss,
        optimizer=OptimizerMemory(name=record.optimizer, state=state, steps=record.optimizer_steps),
        plateaus=Plateaus(record.plateaus, best_loss, record.stale_epochs),
        order=RowOrder(
            indices=own["order"],
            seed=record.order_seed,
            position=record.order_position,
            order_rng=_rng_state(record.order_rng),
            dropout_rng=_rng_state(record.dropout_rng),
        ),
        epoch=record.epoch,
        step=record.step,
        batch=record.batch,
        seconds=record.seconds,
        finished=record.finished,
        history=HistoryView(*own["history"]),
        provenance=Provenance(
            of=record.weights_of,
            since=record.since,
            step=record.no_gradient_until,
            edits=tuple(_edit(each, place, own) for place, each in enumerate(record.edits)),
            n_before=record.n_settled_edits,
        ),
        timeline=(),
        timeline_stride=1,
    )
    if record.timeline is None:
        return checkpoint
    moments = timeline_of(record.timeline, own, record.network, checkpoint, record.engine)
    return replace(checkpoint, timeline=moments, timeline_stride=record.timeline.stride)


def _edit(record: EditRecord, place: int, arrays: Arrays) -> HandEdit:
    indices, before, after = (arrays[f"edit{place}.{name}"] for name in ("indices", "before", "after"))
    return HandEdit(record.at, indices, before, after, put_back=record.put_back)


def edits_of(record: RunRecord) -> ManualEdits:
    """Return what was done by hand."""
    dtype = np.dtype(record.network.dtype)
    silent = {(each.column, each.index): np.array(each.weights, dtype) for each in record.silent}
    return ManualEdits.restored(record.changed, record.locked, silent)


def _check(record: RunRecord, own: Arrays, vectors: tuple[NDArray[Any], ...]) -> None:
    """Raise ValueError where numbers can't be those of a run."""
    order, history = own["order"], own["history"]
    if not all(np.isfinite(vector).all() for vector in vectors):
        raise ValueError("a number of a run is not finite")
    if not np.array_equal(np.sort(order), np.arange(len(order))):
        raise ValueError("the order of its rows is none")
    epochs = history[0]
    if len(epochs) == 0 or not (np.isfinite(epochs).all() and (np.diff(epochs) > 0).all()):
        raise ValueError("the course of a run makes no sense")
    if not (epochs[-1] == record.epoch and 0 <= record.best_epoch <= record.epoch and record.order_position >= 0):
        raise ValueError("a run has another length than it says")
    if (
        record.order_position > len(order)
        or min(record.step, record.batch, record.optimizer_steps, record.average_steps or 0) < 0
    ):
        raise ValueError("a run stands where it can't")
    rule = OPTIMIZERS.get(record.optimizer)
    if rule is None or len(rule.state) != record.n_optimizer_vectors:
        raise ValueError("its optimizer remembers otherwise")
    _check_edits(record)
    n = record.network.n_parameters
    for indices in (array for name, array in own.items() if name.endswith(".indices")):
        if len(indices) and not 0 <= int(indices.min()) <= int(indices.max()) < n:
            raise ValueError("a weight set by hand is not there")


def _check_edits(record: RunRecord) -> None:
    """Raise ValueError where something was done by hand to what the network does not have."""
    sizes = record.network.sizes
    places = (*record.changed, *record.locked)
    if not all(
        0 <= layer < len(sizes) - 1 and 0 <= row <= sizes[layer] and 0 <= column < sizes[layer + 1]
        for layer, row, column in places
    ):
        raise ValueError("a weight changed by hand is not there")
    for each in record.silent:
        if not (0 <= each.column < len(sizes) - 1 and 0 <= each.index < sizes[each.column]):
            raise ValueError("a neuron that is off is not there")
        if len(each.weights) != sizes[each.column + 1]:
            raise ValueError("a neuron that is off has other weights")


def _rng_state(record: RngRecord) -> dict[str, Any]:
    """Return what ``numpy.random.PCG64`` takes for its state."""
    try:
        state, inc = int(record.state, 16), int(record.inc, 16)
    except ValueError as error:
        raise ValueError("the state of its random numbers is none") from error
    if not (0 <= state < 1 << 128 and 0 <= inc < 1 << 128 and 0 <= record.uinteger < 1 << 32):
        raise ValueError("the state of its random numbers is none")
    return {
        "bit_generator": "PCG64",
        "state": {"state": state, "inc": inc},
        "has_uint32": record.has_uint32,
        "uinteger": record.uinteger,
    }
