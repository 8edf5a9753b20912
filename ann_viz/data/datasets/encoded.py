"""Encoded rows of a whole table: in memory when they take less than 128 MB, else in files, two for each part.

The rows of a part lie in its files in the order of the table, so that training reads them in long stretches.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ann_viz.data.database.scratch import Scratch
from ann_viz.data.datasets.blocks import FileRows, WovenRows
from ann_viz.data.datasets.preparing import LEFT_OUT, WorkProgress, row_ranges
from ann_viz.data.datasets.row_parts import PART_NAMES, RowParts
from ann_viz.data.encoding.encoder import Encoder
from ann_viz.data.tables.table import Table
from ann_viz.errors import DataError
from ann_viz.translation import translate

__all__ = ["Encoded", "encode_to_files", "encode_to_memory", "fits_memory"]

MOST_BYTES_IN_MEMORY: Final = 1 << 27
Block: TypeAlias = tuple[NDArray[np.uint8], NDArray[np.float32], NDArray[np.float32]]
"""Of some rows the part of each, inputs and targets."""

_INDEX_BYTES: Final = 16  # of a row's number in the table and in its part
_CELL_BYTES: Final = 9  # of a number and whether there is one
_GROUPS_AT_ONCE: Final = 2
_SHARE_DONE: Final = 0.5  # finding, dividing and looking through the rows count as half of the work


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Encoded:
    """Inputs and targets of all rows, and where they lie if that is in files.

    Parameters
    ----------
    X, Y : (n, n_inputs), (n, n_outputs) rows
        Of all rows in the order of the table.
    parts : tuple of pairs of FileRows
        Inputs and targets of training, validation and test rows; empty in memory.
    scratch : Scratch or None
        The folder of the files.
    """

    X: NDArray[np.float32] | WovenRows
    Y: NDArray[np.float32] | WovenRows
    parts: tuple[tuple[FileRows, FileRows], ...] = ()
    scratch: Scratch | None = None


def fits_memory(encoder: Encoder, n_rows: int) -> bool:
    """Say whether so many rows are better kept in memory than in files."""
    return n_rows * (_row_bytes(encoder) + _INDEX_BYTES) <= MOST_BYTES_IN_MEMORY


def _row_bytes(encoder: Encoder) -> int:
    return np.dtype(np.float32).itemsize * (encoder.n_inputs + encoder.n_outputs)


def encode_to_memory(table: Table, encoder: Encoder, marks: RowParts, progress: WorkProgress) -> Encoded:
    """Encode the rows of all parts into two arrays, which can't be written to."""
    n_rows = marks.n_other(LEFT_OUT)
    X = np.empty((n_rows, encoder.n_inputs), np.float32)
    Y = np.empty((n_rows, encoder.n_outputs), np.float32)
    done = 0
    for _, X_block, Y_block in _blocks(table, encoder, marks, progress):
        stop = done + len(X_block)
        X[done:stop], Y[done:stop] = X_block, Y_block
        done = stop
    X.flags.writeable = Y.flags.writeable = False
    return Encoded(X=X, Y=Y)


def encode_to_files(table: Table, encoder: Encoder, marks: RowParts, progress: WorkProgress) -> Encoded:
    """Encode the rows of all parts into files.

    Raises
    ------
    DataError
        When there is no room for them.
    """
    kept = marks.marks[marks.marks != LEFT_OUT] if marks.count(LEFT_OUT) else marks.marks
    scratch = Scratch(len(kept) * _row_bytes(encoder))
    names = [(f"{part}.inputs", f"{part}.targets") for part in PART_NAMES]
    try:
        _write_parts(scratch, names, _blocks(table, encoder, marks, progress))
    except OSError as error:
        scratch.close()
        raise DataError(
            translate("The prepared rows can't be written to the folder for temporary files."),
            hint=translate("The system says: {error}. Learning from a part of the rows needs less room.").format(
                error=error.strerror or error
            ),
        ) from error
    except BaseException:
        scratch.close()
        raise
    woven = RowParts(kept)
    widths = (encoder.n_inputs, encoder.n_outputs)
    columns = [
        tuple(FileRows(scratch, pair[kind], woven.count(part), width) for part, pair in enumerate(names))
        for kind, width in enumerate(widths)
    ]
    X, Y = (WovenRows(parts, woven) for parts in columns)
    return Encoded(X=X, Y=Y, parts=tuple(zip(*columns, strict=True)), scratch=scratch)


def _write_parts(scratch: Scratch, names: Sequence[tuple[str, str]], blocks: Iterator[Block]) -> None:
    """Write inputs and targets of each part into the two files it has."""
    with ExitStack() as stack:
        files = [[stack.enter_context((scratch.path / name).open("wb")) for name in pair] for pair in names]
        for parts, X, Y in blocks:
            for part, (inputs, targets) in enumerate(files):
                inputs.write(X[parts == part].data)
                targets.write(Y[parts == part].data)


def _blocks(table: Table, encoder: Encoder, marks: RowParts, progress: WorkProgress) -> Iterator[Block]:
    """Yield the parts, inputs and targets of some rows after the other."""
    for start, stop in progress.over(_ranges(table, encoder), _SHARE_DONE, 1.0):
        parts = marks.marks[start:stop]
        kept = parts != LEFT_OUT
        if kept.any():
            X, Y = encoder.encode_range(table, start, stop), encoder.encode_target_range(table, start, stop)
            yield (parts, X, Y) if kept.all() else (parts[kept], X[kept], Y[kept])


def _ranges(table: Table, encoder: Encoder) -> list[tuple[int, int]]:
    """Ranges of rows short enough for their cells and their inputs to be in memory together."""
    cells = _CELL_BYTES * len(encoder.features)
    return row_ranges(table.n_rows, cells + _row_bytes(encoder), n_groups=_GROUPS_AT_ONCE)
