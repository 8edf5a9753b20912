"""Rows put in another order on the disk: as many as there are, with a few bytes of memory for each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.session.csv_rows import Cells
from ann_viz.temporary import TemporaryFolder, disk_full, is_disk_full

__all__ = ["SortedRows"]

_AT_ONCE: Final = 4_000


class SortedRows:
    """Takes rows with a number each, and hands them out by it: the largest first, those without one last."""

    def __init__(self) -> None:
        self._folder = TemporaryFolder()
        self._path = self._folder.path / "rows"
        self._file: IO[bytes] = self._path.open("wb")
        self._lengths: list[NDArray[np.uint32]] = []
        self._keys: list[NDArray[np.float32]] = []

    def add(self, rows: list[Cells], keys: NDArray[np.floating]) -> None:
        """Add rows; a key that is NaN is none.

        Raises
        ------
        DataError
            When the disk is full.
        """
        texts = [json.dumps(cells, ensure_ascii=False).encode("utf-8", "surrogatepass") for cells in rows]
        self._lengths.append(np.fromiter(map(len, texts), np.uint32, len(texts)))
        self._keys.append(keys.astype(np.float32))
        try:
            self._file.write(b"".join(texts))
        except OSError as error:
            raise disk_full() if is_disk_full(error) else error from error

    def blocks(self) -> Iterator[list[Cells]]:
        """Yield the rows in their order."""
        lengths = np.concatenate([np.zeros(0, np.uint32), *self._lengths])
        ends = np.cumsum(lengths, dtype=np.int64)
        order = np.argsort(-np.concatenate([np.zeros(0, np.float32), *self._keys]), kind="stable")  # NaN comes last
        order = order.astype(np.uint32)  # half of it, for as long as rows are written
        self._lengths, self._keys = [], []
        self._file.close()
        self._file = self._path.open("rb", buffering=0)  # nothing is read twice, or one after the other
        for first in range(0, len(order), _AT_ONCE):
            some = order[first : first + _AT_ONCE]
            places = zip(ends[some].tolist(), lengths[some].tolist(), strict=True)
            yield [self._row(end - length, length) for end, length in places]

    def _row(self, start: int, length: int) -> Cells:
        self._file.seek(start)
        cells: Cells = json.loads(self._file.read(length).decode("utf-8", "surrogatepass"))
        return cells

    def close(self) -> None:
        """Let the disk go; more than once is fine."""
        self._file.close()
        self._folder.remove()
