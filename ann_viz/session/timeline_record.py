"""The moments of a run as plain arrays: what a project file holds of its timeline, and the way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, get_args

import numpy as np
from numpy.typing import NDArray

from ann_viz.engine import Checkpoint, NetworkConfig, Snapshot, TrainConfig, WeightsOf, thinned
from ann_viz.engine.evaluation import EpochScores
from ann_viz.engine.penalties import GradientKind

__all__ = ["TimelineRecord", "timeline_arrays", "timeline_of", "timeline_record", "timeline_shapes", "within"]

FACTS: Final = (
    *("epoch", "step", "batch_index", "n_batches", "batch_size", "learning_rate", "best_epoch", "best_loss"),
    *("of_epoch", "of_batch", "restored", "edited", "gradient_kind", "gradient_from", "has_gradients"),
    *("train_loss", "validation_loss", "train_metric", "validation_metric", "is_measured"),
    *("n_train", "n_validation", "config", "finished", "n_edits"),
)
_VECTORS: Final = ("params", "before", "gradients", "average")
_KINDS: Final[tuple[GradientKind, ...]] = get_args(GradientKind)
_COUNTS: Final = ("epoch", "step", "batch_index", "n_batches", "batch_size", "best_epoch", "gradient_from")
_FINISHED: Final = (None, "epochs", "target loss", "time", "early stopping", "non-finite")
_MOST_CONFIGS: Final = 200
_FEWEST: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineRecord:
    """What is no array of a timeline.

    Parameters
    ----------
    n : int
        Moments.
    stride : int
        Distance of the epochs among them.
    configs : tuple of TrainConfig
        Settings that were in force at one of them.
    has_average : bool
        Whether every moment has the average as well.
    n_classes : int
        How many weights of classes there are; 0 for none.
    """

    n: int
    stride: int
    configs: tuple[TrainConfig, ...]
    has_average: bool = False
    n_classes: int = 0


def within(entries: Sequence[Snapshot], stride: int, best_epoch: int, n_bytes: int) -> tuple[tuple[Snapshot, ...], int]:
    """Return so many moments as take no more room than that, and their distance; none where settings changed too often.

    Parameters
    ----------
    entries : sequence of Snapshot
        The oldest first.
    stride, best_epoch : int
        As of `thinned`.
    n_bytes : int
    """
    if not entries or len(set(_configs(entries))) > _MOST_CONFIGS:
        return (), 1
    most = max(_FEWEST, n_bytes // entries[0].n_bytes)
    kept, stride = thinned(entries, most, frozenset({best_epoch}), stride)
    return tuple(kept), stride


def _configs(entries: Sequence[Snapshot]) -> list[TrainConfig]:
    return [entry.train_config for entry in entries]


# Out ----------------------------------------------------------------------------------------------------------------
def timeline_record(entries: Sequence[Snapshot], stride: int) -> TimelineRecord:
    """Return what is no array of some moments."""
    weights = entries[-1].class_weights
    return TimelineRecord(
        n=len(entries),
        stride=stride,
        configs=tuple(dict.fromkeys(_configs(entries))),
        has_average=all(entry.average is not None for entry in entries),
        n_classes=0 if weights is None else len(weights),
    )


def timeline_arrays(record: TimelineRecord, entries: Sequence[Snapshot]) -> dict[str, NDArray[Any]]:
    """Return the arrays of some moments, by the names they have in a run."""
    places = {config: place for place, config in enumerate(record.configs)}
    nothing = np.zeros_like(entries[0].params)
    arrays: dict[str, NDArray[Any]] = {
        "timeline.facts": np.array([_facts(entry, places) for entry in entries], np.float64),
        "timeline.params": np.array([entry.params for entry in entries]),
        "timeline.before": np.array([entry.before for entry in entries]),
        "timeline.gradients": np.array([nothing if e.gradients is None else e.gradients for e in entries]),
    }
    if record.has_average:
        arrays["timeline.average"] = np.array([entry.average for entry in entries])
    if entries[-1].class_weights is not None:
        arrays["timeline.class_weights"] = np.asarray(entries[-1].class_weights, np.float64)
    return arrays


def _facts(entry: Snapshot, configs: Mapping[TrainConfig, int]) -> tuple[float, ...]:
    of, scores = entry.weights_of, entry.measured
    told = {name: getattr(entry, name) for name in FACTS if hasattr(Snapshot, name)}
    told |= {
        "of_epoch": of.epoch,
        "of_batch": of.batch,
        "restored": of.restored,
        "edited": of.edited,
        "gradient_kind": _KINDS.index(entry.gradient_kind),
        "has_gradients": entry.gradients is not None,
        "is_measured": scores is not None,
        "n_train": entry.n_judged[0],
        "n_validation": entry.n_judged[1],
        "config": configs[entry.train_config],
        "n_edits": len(entry.hand_edits),
        "finished": _FINISHED.index(entry.finished),
        **(scores._asdict() if scores is not None else dict.fromkeys(EpochScores._fields, 0.0)),
    }
    return tuple(float(told[name]) for name in FACTS)


# Back ---------------------------------------------------------------------------------------------------------------
def timeline_shapes(record: TimelineRecord, config: NetworkConfig) -> dict[str, tuple[tuple[int, ...], np.dtype[Any]]]:
    """Return shape and kind of numbers of every array of a timeline."""
    vectors = _VECTORS if record.has_average else _VECTORS[:-1]
    shape, dtype = (record.n, config.n_parameters), np.dtype(config.dtype)
    shapes: dict[str, tuple[tuple[int, ...], np.dtype[Any]]] = {f"timeline.{name}": (shape, dtype) for name in vectors}
    shapes["timeline.facts"] = ((record.n, len(FACTS)), np.dtype("float64"))
    if record.n_classes:
        shapes["timeline.class_weights"] = ((record.n_classes,), np.dtype("float64"))
    return shapes


def timeline_of(
    record: TimelineRecord,
    arrays: Mapping[str, NDArray[Any]],
    config: NetworkConfig,
    checkpoint: Checkpoint,
    engine: str,
) -> tuple[Snapshot, ...]:
    """Return the moments that a record and its arrays describe.

    Parameters
    ----------
    record : TimelineRecord
    arrays : mapping of str to array
        By the names that `timeline_shapes` gives them.
    config : NetworkConfig
    checkpoint : Checkpoint
        Of the same run, for its history and what was done by hand.
    engine : str

    Raises
    ------
    ValueError
        When they make no sense.
    """
    facts = arrays["timeline.facts"]
    _check(record, arrays, facts, checkpoint)
    told = (dict(zip(FACTS, row, strict=True)) for row in facts.tolist())
    moment = partial(_moment, record=record, arrays=arrays, config=config, checkpoint=checkpoint, engine=engine)
    return tuple(moment(each, place) for place, each in enumerate(told))


def _check(
    record: TimelineRecord, arrays: Mapping[str, NDArray[Any]], facts: NDArray[Any], checkpoint: Checkpoint
) -> None:
    told = dict(zip(FACTS, facts.T, strict=True))
    vectors = [array for name, array in arrays.items() if name != "timeline.facts"]
    if record.stride < 1 or not all(np.isfinite(vector).all() for vector in vectors):
        raise ValueError("its timeline has numbers that are none")
    whole = (
        *_COUNTS,
        "of_epoch",
        "n_train",
        "n_validation",
        "config",
        "finished",
        "gradient_kind",
        "of_batch",
        "n_edits",
    )
    if not all(np.isfinite(told[name]).all() and (told[name] == np.floor(told[name])).all() for name in whole):
        raise ValueError("its timeline counts what can't be counted")
    if min(told[name].min() for name in whole if name != "of_batch") < 0 or told["epoch"].max() > checkpoint.epoch:
        raise ValueError("its timeline is of another run")
    for name, most in (("config", len(record.configs)), ("finished", len(_FINISHED)), ("gradient_kind", len(_KINDS))):
        if told[name].max() >= most:
            raise ValueError("its timeline names what is not there")
    moments = told["epoch"] * (told["batch_index"].max() + 1) + told["batch_index"]
    if not (np.diff(moments) > 0).all() or told["n_batches"].min() < 1:
        raise ValueError("its timeline goes back")


def _moment(
    told: Mapping[str, float],
    place: int,
    *,
    record: TimelineRecord,
    arrays: Mapping[str, NDArray[Any]],
    config: NetworkConfig,
    checkpoint: Checkpoint,
    engine: str,
) -> Snapshot:
    """Return a moment from what is told of it and its place in the arrays."""
    scores = EpochScores(*(told[name] for name in EpochScores._fields)) if told["is_measured"] else None
    return Snapshot(
        **{name: int(told[name]) for name in _COUNTS},
        config=config,
        train_config=record.configs[int(told["config"])],
        params=arrays["timeline.params"][place],
        average=arrays["timeline.average"][place] if record.has_average else None,
        before=arrays["timeline.before"][place],
        gradients=arrays["timeline.gradients"][place] if told["has_gradients"] else None,
        gradient_kind=_KINDS[int(told["gradient_kind"])],
        weights_of=WeightsOf(
            epoch=int(told["of_epoch"]),
            batch=int(told["of_batch"]),
            restored=bool(told["restored"]),
            edited=bool(told["edited"]),
        ),
        measured=scores,
        n_judged=(int(told["n_train"]), int(told["n_validation"])),
        batch=None,
        class_weights=arrays.get("timeline.class_weights"),
        hand_edits=checkpoint.provenance.edits[: int(told["n_edits"])],
        learning_rate=told["learning_rate"],
        finished=_FINISHED[int(told["finished"])],
        phase=None,
        history=checkpoint.history.until(told["epoch"]),
        timeline=(),
        best_loss=told["best_loss"],
        engine=engine,
        beside=None,
    )
