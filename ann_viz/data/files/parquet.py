"""Parquet files: their first rows and their number of rows, read by the database that loads them; cells become text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from ann_viz.data.files.answers import Answer, lack_of_room_told
from ann_viz.data.files.header import column_names
from ann_viz.data.files.numbers import quoted
from ann_viz.errors import DataError
from ann_viz.translation import translate

__all__ = ["MAGIC", "parquet_cells", "parquet_count", "parquet_head", "parquet_source"]

MAGIC: Final = b"PAR1"


Query = Callable[[str], Answer]


def _names(query: Query, path: Path) -> list[str]:
    return [str(row[0]) for row in query(f"DESCRIBE SELECT * FROM {parquet_source(path)}").fetchall()]


def parquet_source(path: Path) -> str:
    """Return the SQL that reads a file; signs that mean a pattern of names are taken as they are."""
    name = "".join(f"[{mark}]" if mark in "*?[" else mark for mark in str(path))
    return f"read_parquet({quoted(name)})"


def parquet_head(path: Path, most_rows: int) -> tuple[tuple[str, ...], list[list[str]]]:
    """Return the names of the columns and the first rows as text, empty where there is no value.

    Raises
    ------
    DataError
        When the file is damaged or has no rows.
    """
    import duckdb

    try:
        with (
            lack_of_room_told(),
            duckdb.connect(
                ":memory:", config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
            ) as connection,
        ):
            names = _names(lambda sql: Answer(connection.execute(sql)), path)
            cells = ", ".join(parquet_cells(names))
            rows = connection.execute(f"SELECT {cells} FROM {parquet_source(path)} LIMIT {int(most_rows)}").fetchall()
    except duckdb.Error as error:
        hint = translate("Perhaps its download was cut short: fetch it again.")
        raise DataError(translate("This file is a Parquet file that can't be read."), hint=hint) from error
    if not rows:
        raise DataError(
            translate("This file has columns but no rows."), hint=translate("Choose a file with some rows.")
        )
    return column_names(names, len(names)), [[cell or "" for cell in row] for row in rows]


def parquet_cells(names: list[str]) -> list[str]:
    """Return SQL for the cells of every column as text."""
    return ["CAST(" + '"' + name.replace('"', '""') + '"' + " AS VARCHAR)" for name in names]


def parquet_count(query: Query, path: Path) -> tuple[list[str], int]:
    """Return the names as the file has them and the number of rows."""
    row = query(f"SELECT count(*) FROM {parquet_source(path)}").fetchone()
    return _names(query, path), int(row[0]) if row else 0
