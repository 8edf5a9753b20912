"""The state of a run that a sweep has left and may go on with, as a text for journals and other machines.

What a project keeps of a run, without what only pictures of it need. Going on from it is bit for bit the same as never
having stopped; so where there is none, beginning anew costs time and nothing else.
"""

from __future__ import annotations

import base64
import json
import zlib
from dataclasses import asdict, replace
from typing import Final

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load, save

from ann_viz.engine import Checkpoint, NetworkConfig, TrainConfig, Trainer
from ann_viz.session.run_record import RunRecord, bare_record, run_arrays
from ann_viz.session.run_restoring import array_shapes, checkpoint_of
from ann_viz.typed_json import parse_json, typed

__all__ = ["read_state", "write_state"]

MOST_BYTES: Final = 1 << 20
"""Of a text: some hundred of them stand in a journal. The order of more than about 300,000 rows takes more."""

_MOST_INSIDE: Final = 1 << 26  # unpacked
_QUICK: Final = 1
_RECORD: Final = "record"


def write_state(trainer: Trainer) -> str:
    """Return the state of a trainer at the end of an epoch; empty where it would be too long to keep."""
    there = trainer.checkpoint()
    then = there.params
    bare = replace(  # vectors that only tell what changed last become copies, which are packed into next to nothing
        there, gradients=np.zeros_like(then), began=then, before_last=then, before_best=then,
        timeline=(), timeline_stride=1,
    )  # fmt: skip
    record = bare_record(trainer.network.config, bare, trainer.engine)
    arrays = run_arrays(0, bare)
    text = json.dumps(asdict(record)).encode()
    packed = zlib.compress(save({**arrays, _RECORD: np.frombuffer(text, np.uint8)}), _QUICK)
    written = base64.b64encode(packed).decode()
    return written if len(written) <= MOST_BYTES else ""


def read_state(text: str, network: NetworkConfig, config: TrainConfig, n_rows: int) -> Checkpoint | None:
    """Return the state that a text holds; None where it holds none of this network under these settings.

    Parameters
    ----------
    text : str
        Of `write_state`.
    network, config : NetworkConfig, TrainConfig
        What goes on.
    n_rows : int
        How many rows it learns from.
    """
    if not text:
        return None
    try:
        record, found = _unpacked(text)
    except (ValueError, KeyError, zlib.error, SafetensorError):
        return None
    return found if (record.network, record.config, record.n_order) == (network, config, n_rows) else None


def _unpacked(text: str) -> tuple[RunRecord, Checkpoint]:
    """Return record and checkpoint; raises what unpacking raises where it is none."""
    unpacking = zlib.decompressobj()
    content = unpacking.decompress(base64.b64decode(text, validate=True), _MOST_INSIDE)
    if not unpacking.eof:
        raise ValueError("it is not whole")
    arrays = load(content)
    record = typed(RunRecord, parse_json(arrays.pop(_RECORD).tobytes()))
    there = {name: (array.shape, array.dtype) for name, array in arrays.items()}
    if there != array_shapes(record):
        raise ValueError("it has other parts than it says")
    return record, checkpoint_of(record, arrays)
