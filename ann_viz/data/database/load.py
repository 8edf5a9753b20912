"""Puts the rows of a file into the database, which must then hold as many rows and characters as the scan counted."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Final

from ann_viz.data.database.load_job import NO_NULL, WORDS_COLUMN, WORDS_MARK, Load, Query
from ann_viz.data.database.load_wide import load_wide
from ann_viz.data.database.number_columns import NumberColumns, guessed_numbers
from ann_viz.data.database.wide import WIDE
from ann_viz.data.files.dialect import BLANKS
from ann_viz.data.files.encodings import is_utf8
from ann_viz.data.files.numbers import quoted, unmarked_number_sql
from ann_viz.data.files.parquet import parquet_cells, parquet_source
from ann_viz.data.files.scan import Scan

__all__ = ["balanced_sum", "load_parquet", "load_text"]

_MARK: Final = "\x1f"
_PROBE_BYTES: Final = 1 << 16
_MANY: Final = 5_000_000  # characters; fewer are read from their texts in no time
_WRONG_COLUMN: Final = re.compile(r'Error when converting column "c(\d+)"')
_NONE: Final = NumberColumns()


def load_text(query: Query, load: Load) -> NumberColumns:
    """Load the file as it is when a plain reader can; otherwise, or when the result differs, a plain copy of it.

    Returns
    -------
    NumberColumns
        The columns that were stored as numbers.

    Raises
    ------
    DataError
        When the file reads differently a second time.
    """
    if load.width > WIDE:
        load_wide(query, load)
        return NumberColumns()
    numbers = _loaded_as_it_is(query, load) if _is_plain(load) else None
    if numbers is not None:
        return numbers
    with load.copy.open("w", encoding="utf-8", newline="", errors="surrogatepass") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerows(load.rows())
    _read(query, load, load.copy, ",", '"', 0, "new_line = '\\n', ")
    load.copy.unlink()
    if not _agrees(query, load.scan):
        raise load.changed()
    return NumberColumns()


def _loaded_as_it_is(query: Query, load: Load) -> NumberColumns | None:
    """Load the file itself, with numbers as such where that was guessed right; None where it reads differently."""
    import duckdb

    dialect = load.dialect
    skip = dialect.skip_lines + dialect.header * dialect.header_lines
    many = load.scan.n_characters >= _MANY
    numbers = guessed_numbers(load.scan, dialect.missing) if many else NumberColumns()
    tried: list[NumberColumns] = []
    while numbers not in tried:
        tried.append(numbers)
        wrong = None
        try:
            _read(query, load, load.path, dialect.delimiter, dialect.quote, skip, numbers=numbers)
            if _agrees(query, load.scan, numbers):
                return numbers
        except duckdb.InterruptException:
            raise
        except duckdb.ConversionException as error:
            wrong = _WRONG_COLUMN.search(str(error))
        except (duckdb.Error, MemoryError):
            # Anything the database can't read as it stands is read from a copy.
            pass
        once = wrong is not None and len(tried) == 1
        numbers = numbers.without(int(wrong[1])) if wrong and once else numbers.without_whole()
    return None


def load_parquet(query: Query, load: Load, names: list[str]) -> None:
    """Load a Parquet file, every cell as text."""
    cells = [f"{cell} AS c{i}" for i, cell in enumerate(parquet_cells(names))]
    _create(query, load, f"(SELECT {', '.join(cells)} FROM {parquet_source(load.path)})", trim=_trim(odd_blanks=True))


def _read(
    query: Query,
    load: Load,
    path: Path,
    delimiter: str,
    quote: str | None,
    skip: int,
    end: str = "",
    numbers: NumberColumns = _NONE,
) -> None:
    trailing = load.dialect.trailing and path == load.path
    columns = ", ".join(f"'c{i}': '{numbers.whole.get(i, 'VARCHAR')}'" for i in range(load.width + trailing))
    mark = quoted(quote or "")
    source = (
        f"read_csv({quoted(str(path))}, auto_detect = false, header = false, delim = {quoted(delimiter)}, "
        f"{end}quote = {mark}, escape = {mark}, skip = {skip}, columns = {{{columns}}}, "
        f"nullstr = {quoted('' if numbers.whole else NO_NULL)}, {load.line_size}"
        # Rows of another width are left out here as well.
        f"{', ignore_errors = true' if load.scan.n_bad and path == load.path else ''})"
    )
    trim = _trim(odd_blanks=load.scan.odd_blanks) if load.scan.has_blanks else "{}"
    _create(query, load, source, trim=trim, numbers=numbers)


def _create(query: Query, load: Load, source: str, *, trim: str, numbers: NumberColumns = _NONE) -> None:
    """Trim the cells, then find those that mean "no value", then note the words only of rows that have one."""
    words = list(dict.fromkeys(["", *load.dialect.missing]))
    whole, beside = numbers.whole, sorted(numbers.beside)
    texts = [i for i in range(load.width) if i not in whole]
    lengths = balanced_sum([f"coalesce(length(c{i}), 0)" for i in texts] or ["0"])
    cells = ", ".join([f"{trim.format(f'c{i}')} AS c{i}" for i in texts] + [f"c{i} AS x{i}" for i in whole])
    missing = {i: _is_missing_sql(f"c{i}", [word for word in words if word not in load.kept.get(i, ())]) for i in texts}
    values = "".join(f", CASE WHEN {missing[i]} THEN NULL ELSE c{i} END AS v{i}" for i in texts)
    noted = ", ".join(f"CASE WHEN v{i} IS NULL AND c{i} <> '' THEN '{i}:' || c{i} END" for i in texts)
    some = " OR ".join(f"v{i} IS NULL" for i in texts)
    note = f"CASE WHEN {some} THEN concat_ws(chr({ord(WORDS_MARK)}), {noted}) END" if texts else "NULL::VARCHAR"
    stored = [
        *(f"x{i}" for i in whole),
        *(f"v{i}" for i in texts),
        *(f"{unmarked_number_sql(f'v{i}')} AS x{i}" for i in beside),
        "n::UINTEGER AS n",
        f"{note} AS {WORDS_COLUMN}",
    ]
    query("DROP TABLE IF EXISTS t")
    query(
        f"CREATE TABLE t AS SELECT {', '.join(stored)} "
        f"FROM (SELECT *{values} FROM (SELECT {cells}, {lengths} AS n FROM {source}))"
    )


def _trim(*, odd_blanks: bool) -> str:
    return f"trim({{}}, {quoted(BLANKS)})" if odd_blanks else "trim({})"


def _is_missing_sql(trimmed: str, words: list[str]) -> str:
    """SQL that looks a cell up in one text of all words, unless its first letter or its length rules that out.

    Lists take the database, for each column and thread, half a megabyte and a join.
    """
    listed = quoted(_MARK + _MARK.join(words) + _MARK)
    found = f"contains({listed}, concat({quoted(_MARK)}, {trimmed}, {quoted(_MARK)}))"
    longest = max(len(word.encode("utf-8", "surrogatepass")) for word in words)
    if any("0" <= word[:1] < ":" for word in words):
        return f"(strlen({trimmed}) <= {longest} AND {found})"
    # Most cells are numbers, and looking up every one took a third of the time of loading.
    return f"(NOT ({trimmed} >= '0' AND {trimmed} < ':') AND strlen({trimmed}) <= {longest} AND {found})"


def balanced_sum(terms: list[str]) -> str:
    """SQL that adds many terms without nesting deeper than their logarithm."""
    if len(terms) == 1:
        return terms[0]
    half = len(terms) // 2
    return f"({balanced_sum(terms[:half])} + {balanced_sum(terms[half:])})"


def _agrees(query: Query, scan: Scan, numbers: NumberColumns = _NONE) -> bool:
    """Whether the rows and the characters loaded are as many as the scan counted.

    A whole number written in another way than the database writes it has more characters in the file: 007, +7, 7.0.
    Only 1e5 and 0x1F need not, and where there may be any, none is stored.
    """
    row = query("SELECT count(*), coalesce(sum(n), 0)::BIGINT FROM t").fetchone()
    if row is None or row[0] != scan.n_rows:
        return False
    n_characters = int(row[1])
    for i in numbers.whole:
        ends = f"length(min(x{i})::VARCHAR), length(max(x{i})::VARCHAR), min(x{i}) >= 0"
        n, low, high, positive = query(f"SELECT count(x{i}), {ends} FROM t").fetchone() or (0, 0, 0, True)
        if n and low == high and positive:
            n_characters += n * low
        elif n:
            (found,) = query(f"SELECT sum(length(x{i}::VARCHAR))::BIGINT FROM t").fetchone() or (0,)
            n_characters += int(found)
    return n_characters == scan.n_characters


def _is_plain(load: Load) -> bool:
    """Whether the database can be trusted to read the file without a copy."""
    dialect, scan = load.dialect, load.scan
    if not scan.is_as_written or dialect.escape != "doubled" or dialect.spaced or dialect.wrapped:
        return False
    if not is_utf8(dialect.encoding) or dialect.delimiter == " ":
        return False
    if any(mark in str(load.path) for mark in "*?["):
        return False  # the database would take these for a pattern of file names
    with load.path.open("rb") as file:
        probe = file.read(_PROBE_BYTES)
    return b"\r" not in probe.replace(b"\r\n", b"")
