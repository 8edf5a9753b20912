"""Rows of text written as a Parquet file, block by block, by the database that reads them as well."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from ann_viz.data.files.answers import lack_of_room_told
from ann_viz.data.files.numbers import quoted
from ann_viz.temporary import TemporaryFolder

__all__ = ["ParquetWriter"]

_MEMORY_LIMIT: Final = "48MB"
_GROUP_ROWS: Final = 20_480  # rows are held in memory by groups, of which the database wants whole thousands


class ParquetWriter:
    """Collects rows in a database of its own, since a Parquet file is written in one go.

    Parameters
    ----------
    folder : TemporaryFolder
        Where the rows lie meanwhile, and the file in the end.
    names : sequence of str
        Of the columns.
    types : sequence of str
        What each becomes: VARCHAR, DOUBLE or BIGINT; a cell that is none is empty.
    """

    def __init__(self, folder: TemporaryFolder, names: Sequence[str], types: Sequence[str]) -> None:
        import duckdb

        self._path = folder.path / "rows.parquet"
        self._names, self._types = tuple(names), tuple(types)
        with lack_of_room_told():
            self._connection = duckdb.connect(
                str(folder.path / "rows.duckdb"),
                config={
                    "memory_limit": _MEMORY_LIMIT,
                    "threads": "1",
                    "autoinstall_known_extensions": "false",
                    "autoload_known_extensions": "false",
                    "temp_directory": str(folder.path / "spill"),
                },
            )
            cells = ", ".join(f"c{place} VARCHAR" for place in range(len(self._names)))
            self._connection.execute(f"CREATE TABLE rows ({cells})")

    def add(self, rows: Sequence[Sequence[str | None]]) -> None:
        """Add rows; raises DataError where the disk is full."""
        if not rows:
            return
        columns = zip(*rows, strict=True)
        block = {f"c{place}": np.array(cells, dtype=object) for place, cells in enumerate(columns)}
        with lack_of_room_told():
            self._connection.register("block", block)
            self._connection.execute("INSERT INTO rows SELECT * FROM block")
            self._connection.unregister("block")

    def finish(self) -> Path:
        """Write the file into the folder and return where it is."""
        cells = ", ".join(
            f'TRY_CAST(c{place} AS {kind}) AS "{name.replace(chr(34), chr(34) * 2)}"'
            for place, (name, kind) in enumerate(zip(self._names, self._types, strict=True))
        )
        with lack_of_room_told():
            options = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_GROUP_ROWS}"
            self._connection.execute(f"COPY (SELECT {cells} FROM rows) TO {quoted(str(self._path))} ({options})")
        self.close()
        return self._path

    def close(self) -> None:
        """Let the database go; more than once is fine."""
        self._connection.close()
