"""The struct that Python and C share, field by field as in ``c/state.h``, and NumPy's bit generators in it."""

from __future__ import annotations

import ctypes
from ctypes import Structure, c_double, c_int32, c_int64, c_void_p
from typing import Any, Final

import numpy as np

from ann_viz.engine.arrays import Array

__all__ = ["JUDGED_ROWS", "MOST_LAYERS", "SLOT_EMPTY", "SLOT_FILLED", "SLOT_WANTED", "State", "address"]

MOST_LAYERS: Final = 65
JUDGED_ROWS: Final = 64
SLOT_EMPTY, SLOT_WANTED, SLOT_FILLED = range(3)


class Source(Structure):
    """A bit generator of NumPy: its state and the function that draws 32 bits."""

    _fields_ = (("state", c_void_p), ("draw", c_void_p))

    @classmethod
    def of(cls, rng: np.random.Generator) -> Source:
        """Return the source of a generator, which must stay alive."""
        interface = rng.bit_generator.ctypes
        return cls(interface.state_address, ctypes.cast(interface.next_uint32, c_void_p).value)


class Judged(Structure):
    """Rows that an epoch is judged by."""

    _fields_ = (("n_rows", c_int64), ("X", c_void_p), ("Y", c_void_p), ("labels", c_void_p), ("spread", c_void_p))


class Counters(Structure):
    """Counters of a moment between two batches."""

    _fields_ = (
        *((name, c_int64) for name in ("call", "epoch", "step", "batch_index", "n_batches")),
        *((name, c_int64) for name in ("n_ends", "best_end")),
        *((name, c_double) for name in ("best_loss", "rate", "at")),
    )


def _integers(*names: str) -> list[tuple[str, Any]]:
    return [(name, c_int64) for name in names]


def _doubles(*names: str) -> list[tuple[str, Any]]:
    return [(name, c_double) for name in names]


def _arrays(*names: str) -> list[tuple[str, Any]]:
    return [(name, c_void_p) for name in names]


class State(Structure):
    """Everything that the compiled engine knows of one trainer; ``c/state.h`` says what it means."""

    _fields_ = (
        *_integers("n_layers", "n_params", "loss"),
        ("sizes", c_int64 * (MOST_LAYERS + 1)),
        ("activations", c_int64 * MOST_LAYERS),
        *_arrays("params", "gradients"),
        *_integers("optimizer", "optimizer_steps", "decouples_decay", "n_frozen"),
        *_doubles("rate", "momentum", "l1", "l2", "clip_norm"),
        ("memory", c_void_p * 2),
        *_arrays("frozen", "held", "average"),
        *_integers("average_steps"),
        *_doubles("average_decay"),
        *_arrays("judged"),
        *_doubles("dropout"),
        ("dropout_source", Source),
        ("order_source", Source),
        *_arrays("X", "T", "row_weights", "order"),
        *_integers("n_rows", "batch_size", "check_rows", "first", "n"),
        *_integers("stride", "most_blocks", "block_size", "mask_size", "scratch_size", "span", "is_wide"),
        *((name, c_int64 * (MOST_LAYERS + 1)) for name in ("A_at", "S_at", "F_at", "D_at", "M_at")),
        ("G_at", c_int64 * MOST_LAYERS),
        *_integers("T_at", "weights_at", "turned_at", "packed_at", "judge_at", "judge_size"),
        *_arrays("blocks", "masks", "scratch", "residuals"),
        ("parts", Judged * 2),
        *_integers("call", "epoch", "step", "batch_index", "most_ends", "most_kept", "keep_every", "most_steps"),
        *_doubles("target_loss", "best_loss", "plateau_best", "seconds", "most_seconds"),
        *_integers("stale", "most_stale", "waiting", "most_waiting"),
        *_arrays("rates"),
        ("history", c_void_p * 7),
        *_integers("n_kinds"),
        *_arrays("kept", "ends"),
        *_integers("n_ends", "n_kept", "best_end"),
        ("interrupted", c_int32),
        ("slot", c_int32),
        ("seen", Counters),
        *_arrays("seen_params", "seen_began", "seen_before_last", "seen_gradients", "seen_average"),
    )


def address(array: Array | None) -> int | None:
    """Return where the numbers of an array lie, which must stay alive; None for none."""
    return None if array is None else array.ctypes.data
