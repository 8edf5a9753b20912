"""Puts the rows of a file into the database, which must then hold as many rows and characters as the scan counted."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from ann_viz.data.database.number_columns import NumberColumns, guessed_numbers
from ann_viz.data.database.wide import WIDE, WIDEST_FLAT, joined, list_names, list_sql
from ann_viz.data.files.answers import Answer
from ann_viz.data.files.dialect import BLANKS, Dialect
from ann_viz.data.files.encodings import is_utf8
from ann_viz.data.files.numbers import quoted, unmarked_number_sql
from ann_viz.data.files.parquet import parquet_cells, parquet_source
from ann_viz.data.files.scan import Scan, good_rows
from ann_viz.errors import DataError
from ann_viz.translation import translate

__all__ = ["Load", "balanced_sum", "load_parquet", "load_text"]

Query = Callable[[str], Answer]

_USUAL_LINE: Final = 2_000_000  # bytes; the database takes 16 times as much memory
WORDS_COLUMN: Final = "w"
"""Column of the table in which the missing words of a row are noted, as ``7:NA`` joined by `WORDS_MARK`."""

WORDS_MARK: Final = "\x01"

_NO_NULL: Final = "\x01\x02no value\x02\x01"
_MARK: Final = "\x1f"
_PROBE_BYTES: Final = 1 << 16
_MANY: Final = 5_000_000  # characters; fewer are read from their texts in no time
_WRONG_COLUMN: Final = re.compile(r'Error when converting column "c(\d+)"')
_NONE: Final = NumberColumns()


@dataclass(frozen=True, kw_only=True)
class Load:
    """What to load: a file, how it is written and what the scan found.

    Parameters
    ----------
    path : Path
        The file of plain text, or the Parquet file.
    name : str
        What the user calls it.
    dialect : Dialect
        How it is written.
    width : int
        Number of columns.
    scan : Scan
        What the pass over the file found.
    kept : mapping of int to set of str
        For places of columns, words that are values there though they mean "no value" elsewhere.
    edits : mapping
        Corrected rows.
    copy : Path
        Where a plain copy may be written.
    progress : callable, optional
        Called with the share of the copy written, 0 to 1.
    cancelled : callable, optional
        Asked while a copy is written.
    thrifty : bool
        Whether the database is to do with little memory.
    """

    path: Path
    name: str
    dialect: Dialect
    width: int
    scan: Scan
    copy: Path
    kept: Mapping[int, Set[str]] = field(default_factory=dict)
    edits: Mapping[int, str] = field(default_factory=dict)
    progress: Callable[[float], None] | None = None
    cancelled: Callable[[], bool] | None = None
    thrifty: bool = False


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
        _load_wide(query, load)
        return NumberColumns()
    numbers = _loaded_as_it_is(query, load) if _is_plain(load) else None
    if numbers is not None:
        return numbers
    with load.copy.open("w", encoding="utf-8", newline="", errors="surrogatepass") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerows(_rows(load))
    _read(query, load, load.copy, ",", '"', 0, "new_line = '\\n', ")
    load.copy.unlink()
    if not _agrees(query, load.scan):
        raise _changed(load)
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
        f"nullstr = {quoted('' if numbers.whole else _NO_NULL)}, {_line_size(load)}"
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


def _line_size(load: Load) -> str:
    """Settings for the longest row: its bytes, quotes and delimiters, with room for the buffer where that is much."""
    longest = 4 * load.scan.longest + 4 * load.width + 100
    if longest <= _USUAL_LINE:
        return f"max_line_size = {_USUAL_LINE}"
    return f"max_line_size = {longest}, buffer_size = {longest}"


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


def _load_wide(query: Query, load: Load) -> None:
    """Load a copy with cells trimmed beforehand: planning thousands of expressions takes the database minutes."""
    width = load.width
    grouped = width > WIDEST_FLAT
    n_rows, longest = 0, 0
    with load.copy.open("w", encoding="utf-8", newline="", errors="surrogatepass") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        for cells, n_characters, noted in _trimmed_rows(load):
            writer.writerow([*(joined(cells) if grouped else cells), n_characters, noted])
            longest = max(longest, n_characters + len(noted) + width * len(_NO_NULL))
            n_rows += 1
    load = replace(load, scan=replace(load.scan, longest=longest))
    query("DROP TABLE IF EXISTS t")
    if grouped:
        names = list_names(width)
        lists = ", ".join(f"{list_sql(name, _NO_NULL)} AS {name}" for name in names)
        query(f"CREATE TABLE t AS SELECT {lists}, n, {WORDS_COLUMN} FROM {_trimmed_source(load, names)}")
    else:
        query(f"CREATE TABLE t AS SELECT * FROM {_trimmed_source(load, [f'v{i}' for i in range(width)])}")
    load.copy.unlink()
    loaded = query("SELECT count(*) FROM t").fetchone()
    if loaded != (n_rows,) or n_rows != load.scan.n_rows:
        raise _changed(load)


def _trimmed_rows(load: Load) -> Iterator[tuple[list[str], int, str]]:
    """Yield the cells of every row without blanks around them, its characters, and its words for "no value"."""
    missing, kept = frozenset((*load.dialect.missing, "")), load.kept
    for cells in _rows(load):
        trimmed = [cell.strip(BLANKS) for cell in cells] if load.scan.has_blanks else cells
        if missing.isdisjoint(trimmed):
            yield trimmed, sum(map(len, cells)), ""
            continue
        none = [i for i, cell in enumerate(trimmed) if cell in missing and cell not in kept.get(i, ())]
        values = list(trimmed)
        for i in none:
            values[i] = _NO_NULL
        yield values, sum(map(len, cells)), WORDS_MARK.join(f"{i}:{trimmed[i]}" for i in none if trimmed[i])


def _trimmed_source(load: Load, names: list[str]) -> str:
    """SQL that reads the trimmed copy; its columns of text have these names."""
    texts = [f"'{name}': 'VARCHAR'" for name in names]
    columns = ", ".join([*texts, "'n': 'BIGINT'", f"'{WORDS_COLUMN}': 'VARCHAR'"])
    return (
        f"read_csv({quoted(str(load.copy))}, auto_detect = false, header = false, "
        f"delim = ',', new_line = '\\n', quote = '\"', escape = '\"', columns = {{{columns}}}, "
        f"nullstr = {quoted(_NO_NULL)}, {_line_size(load)})"
    )


def _rows(load: Load) -> Iterator[list[str]]:
    return good_rows(load.path, load.dialect, load.width, load.cancelled, edits=load.edits, progress=load.progress)


def _changed(load: Load) -> DataError:
    return DataError(
        translate("The rows of '{name}' were read differently a second time.").format(name=load.name),
        hint=translate("Perhaps the file changed meanwhile: open it again."),
    )


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
