"""Loads a file of very many columns, by way of a copy whose cells are trimmed."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace

from ann_viz.data.database.load_job import NO_NULL, WORDS_COLUMN, WORDS_MARK, Load, Query
from ann_viz.data.database.wide import WIDEST_FLAT, joined, list_names, list_sql
from ann_viz.data.files.dialect import BLANKS
from ann_viz.data.files.numbers import quoted

__all__ = ["load_wide"]


def load_wide(query: Query, load: Load) -> None:
    """Load a copy with cells trimmed beforehand: planning thousands of expressions takes the database minutes."""
    width = load.width
    grouped = width > WIDEST_FLAT
    n_rows, longest = 0, 0
    with load.copy.open("w", encoding="utf-8", newline="", errors="surrogatepass") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        for cells, n_characters, noted in _trimmed_rows(load):
            writer.writerow([*(joined(cells) if grouped else cells), n_characters, noted])
            longest = max(longest, n_characters + len(noted) + width * len(NO_NULL))
            n_rows += 1
    load = replace(load, scan=replace(load.scan, longest=longest))
    query("DROP TABLE IF EXISTS t")
    if grouped:
        names = list_names(width)
        lists = ", ".join(f"{list_sql(name, NO_NULL)} AS {name}" for name in names)
        query(f"CREATE TABLE t AS SELECT {lists}, n, {WORDS_COLUMN} FROM {_trimmed_source(load, names)}")
    else:
        query(f"CREATE TABLE t AS SELECT * FROM {_trimmed_source(load, [f'v{i}' for i in range(width)])}")
    load.copy.unlink()
    loaded = query("SELECT count(*) FROM t").fetchone()
    if loaded != (n_rows,) or n_rows != load.scan.n_rows:
        raise load.changed()


def _trimmed_rows(load: Load) -> Iterator[tuple[list[str], int, str]]:
    """Yield the cells of every row without blanks around them, its characters, and its words for "no value"."""
    missing, kept = frozenset((*load.dialect.missing, "")), load.kept
    for cells in load.rows():
        trimmed = [cell.strip(BLANKS) for cell in cells] if load.scan.has_blanks else cells
        if missing.isdisjoint(trimmed):
            yield trimmed, sum(map(len, cells)), ""
            continue
        none = [i for i, cell in enumerate(trimmed) if cell in missing and cell not in kept.get(i, ())]
        values = list(trimmed)
        for i in none:
            values[i] = NO_NULL
        yield values, sum(map(len, cells)), WORDS_MARK.join(f"{i}:{trimmed[i]}" for i in none if trimmed[i])


def _trimmed_source(load: Load, names: list[str]) -> str:
    """SQL that reads the trimmed copy; its columns of text have these names."""
    texts = [f"'{name}': 'VARCHAR'" for name in names]
    columns = ", ".join([*texts, "'n': 'BIGINT'", f"'{WORDS_COLUMN}': 'VARCHAR'"])
    return (
        f"read_csv({quoted(str(load.copy))}, auto_detect = false, header = false, "
        f"delim = ',', new_line = '\\n', quote = '\"', escape = '\"', columns = {{{columns}}}, "
        f"nullstr = {quoted(NO_NULL)}, {load.line_size})"
    )
