"""A run out of a project file: what its record and its arrays say, checked, and made a checkpoint again."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ann_viz.engine import (
    OPTIMIZERS,
    Checkpoint,
    HandEdit,
    HistoryView,
    OptimizerMemory,
    Plateaus,
    Provenance,
    RowOrder,
)
from ann_viz.engine.history import COLUMNS
from ann_viz.session.manual_edits import ManualEdits
from ann_viz.session.run_record import AVERAGES, VECTORS, EditRecord, RngRecord, RunRecord, order_type
from ann_viz.session.timeline_record import timeline_of, timeline_shapes

__all__ = ["array_shapes", "checkpoint_of", "edits_of"]

Arrays = Mapping[str, NDArray[Any]]


def array_shapes(record: RunRecord) -> dict[str, tuple[tuple[int, ...], np.dtype[Any]]]:
    """Return the shape and the kind of numbers of every array that a run must have, by its name in the file."""
    n, dtype = record.network.n_parameters, np.dtype(record.network.dtype)
    shapes: dict[str, tuple[tuple[int, ...], np.dtype[Any]]] = {name: ((n,), dtype) for name in _vectors(record)}
    shapes |= {f"optimizer.{place}": ((n,), dtype) for place in range(record.n_optimizer_vectors)}
    for place, edit in enumerate(record.edits):
        shapes[f"edit{place}.indices"] = ((edit.n,), np.dtype("int64"))
        shapes |= {f"edit{place}.{name}": ((edit.n,), dtype) for name in ("before", "after")}
    shapes["order"] = ((record.n_order,), order_type(record.n_order))
    shapes["history"] = ((len(COLUMNS), record.n_epochs), np.dtype("float64"))
    if record.n_mean_of:
        shapes["mean_of"] = ((record.n_mean_of, n), dtype)
    if record.timeline is not None:
        shapes |= timeline_shapes(record.timeline, record.network)
    return {f"run{record.number}.{name}": shape for name, shape in shapes.items()}


def _vectors(record: RunRecord) -> tuple[str, ...]:
    return VECTORS if record.average_steps is None else (*VECTORS, *AVERAGES)


def checkpoint_of(record: RunRecord, arrays: Arrays) -> Checkpoint:
    """Return the checkpoint that a record and its arrays describe; raises ValueError where they make no sense."""
    own = {name.partition(".")[2]: array for name, array in arrays.items()}
    vectors: dict[str, Any] = {name: own[name] for name in _vectors(record)}
    state = tuple(own[f"optimizer.{place}"] for place in range(record.n_optimizer_vectors))
    floats = [array for name, array in own.items() if name.endswith((".before", ".after"))]
    _check(record, own, (*vectors.values(), *state, *floats, own.get("mean_of", np.zeros(0))))
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
