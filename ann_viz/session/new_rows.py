"""A file of new rows opened for a model: its columns found, its header told from a row, its numbers read as learned."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from ann_viz.data import Table, look, open_table
from ann_viz.data.encoding.inputs import cell_value
from ann_viz.data.encoding.reader import Reader
from ann_viz.data.files.dialect import BLANKS, Dialect
from ann_viz.data.files.forms import AS_TEXT
from ann_viz.errors import DataError
from ann_viz.numerals import counted, listed
from ann_viz.session.matching import Match, match_names, match_places
from ann_viz.session.modelfile import Model
from ann_viz.translation import translate

__all__ = ["MissingColumnsError", "NewRows", "has_columns_of", "open_for"]

_KEPT_OPTIONS: Final = ("missing", "kept_words", "totals")
_MOST_NAMED: Final = 8
_HALF: Final = 0.5


class MissingColumnsError(DataError):
    """A file lacks some of the columns that a model needs, but not all: it may be answered with these filled."""


class NewRows:
    """The rows of a table as a model reads them; close it, or use it as a context manager, to close the table.

    Parameters
    ----------
    model : Model
        What was learned.
    table : Table
        The rows.
    match : Match, optional
        Which columns are which; found by their names without it.
    fill_columns : bool
        Whether columns that are missing are filled like missing cells, rather than refused.
    said : frozenset of str
        Fields of `Dialect` the user chose for this table.

    Raises
    ------
    DataError
        When columns are missing, naming them.
    """

    def __init__(
        self,
        model: Model,
        table: Table,
        match: Match | None = None,
        *,
        fill_columns: bool = False,
        said: frozenset[str] = frozenset(),
    ) -> None:
        self.model = model
        self.table = table
        self.match = match or match_names(model, [column.name for column in table.columns])
        if self.match.missing and not (fill_columns and self.match.places):
            raise _lacking(table, self.match)
        self.reader = Reader(model.encoder, table, self.match.places, said)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the table; more than once is fine."""
        self.table.close()


def open_for(
    model: Model,
    path: str | Path,
    *,
    overrides: Mapping[str, object] | None = None,
    fill_columns: bool = False,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> NewRows:
    """Open a file of new rows for `model`; the caller closes it.

    What means "no value", and how numbers and dates are written, is as in the training file wherever the new one can be
    read so. When its columns are not found, it is read in all other respects like the training file as well, and when
    one of the two has no line of names, columns are taken in their order.

    Parameters
    ----------
    model : Model
        What was learned.
    path : path
        The file.
    overrides : mapping, optional
        Fields of `Dialect` the user chose.
    fill_columns : bool
        Whether columns that are missing are filled like missing cells, rather than refused.
    progress, cancelled : callable, optional
        As for `open_table`.

    Raises
    ------
    DataError
        When a column is missing or the file can't be read.
    Cancelled
        When ``cancelled`` says so.
    """
    kept = {name: model.dialect[name] for name in _KEPT_OPTIONS if name in model.dialect}
    way = _way_to_read(model, Path(path), {**kept, **(overrides or {})})
    options = {"forms": _forms(model, way), **way.options}
    table = open_table(path, overrides=options, progress=progress, cancelled=cancelled, thrifty=True)
    try:
        return NewRows(model, table, way.match, fill_columns=fill_columns, said=frozenset(overrides or ()))
    except BaseException:
        table.close()
        raise


def has_columns_of(model: Model, path: str | Path) -> bool:
    """Whether a file has, by their names, all columns that a model needs; false for what is no table."""
    try:
        found = look(Path(path))
    except DataError:
        return False
    return found.dialect.header and not match_names(model, found.names).missing


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """How a file may be read, the names of its columns then, and which of them are which."""

    options: Mapping[str, object]
    names: tuple[str, ...]
    match: Match


def _way_to_read(model: Model, path: Path, options: Mapping[str, object]) -> _Way:
    """The first way to read a file that gives the columns a model needs, else the usual one, which lacks some."""
    found = look(path, **options)
    usual = _Way(options=options, names=found.names, match=match_names(model, found.names))
    has_header = bool(model.dialect.get("header", True))
    if not usual.match.missing and (has_header or found.dialect.header):
        return usual
    tries: tuple[Mapping[str, object], ...] = ({"header": True, **options}, {**model.dialect, **options})
    if has_header:
        for further in tries:
            way = _by_names(model, path, further)
            if way is not None:
                return way
        if usual.match.places:
            return usual
    tries = (options, {name: value for name, value in model.dialect.items() if name != "header"} | dict(options))
    for further in tries:
        way = _in_order(model, path, further, has_header=has_header)
        if way is not None:
            return way
    return usual


def _by_names(model: Model, path: Path, options: Mapping[str, object]) -> _Way | None:
    try:
        names = look(path, **options).names
    except DataError:
        return None
    match = match_names(model, names)
    return None if match.missing else _Way(options=options, names=names, match=match)


def _in_order(model: Model, path: Path, options: Mapping[str, object], *, has_header: bool) -> _Way | None:
    """Take the columns in the order of the training file, when one of the two files has no line of names."""
    try:
        found, bare = look(path, **options), look(path, **{"header": False, **options})
    except DataError:
        return None
    places = match_places(model, len(bare.names), "only learned" if has_header else "")
    if places is None or not bare.rows:
        return None
    if not found.dialect.header or _makes_sense(model, bare.rows[0], places, bare.dialect):
        return _Way(options={"header": False, **options}, names=bare.names, match=places)
    if has_header:
        return None  # names, but not those that are needed
    return _Way(options=options, names=found.names, match=replace(places, header="only here"))


def _makes_sense(model: Model, cells: Sequence[str], match: Match, dialect: Dialect) -> bool:
    """Whether most cells of a line can be read as the columns they stand in were learned: then they are no names."""
    encoder = model.encoder
    n_read = n_looked_at = 0
    for feature in encoder.features:
        place = match.places[feature.column]
        text = cells[place].strip(BLANKS) if place < len(cells) else ""
        if feature.kind == "text" or text in dialect.missing:
            continue
        n_looked_at += 1
        value = cell_value(feature, text, Dialect(decimal=encoder.decimal, thousands=encoder.thousands))[0]
        n_read += value >= 0 if feature.kind in ("category", "yes_no") else value == value
    return n_read > _HALF * n_looked_at


def _forms(model: Model, way: _Way) -> tuple[tuple[str, str], ...]:
    """What is said of single columns: those of texts are no place for a guess from a few rows."""
    told = dict(model.dialect.get("forms", ()))
    return tuple(
        (way.names[way.match.places[feature.column]], told.get(feature.column, AS_TEXT))
        for feature in model.encoder.features
        if feature.kind not in ("number", "date") and feature.column in way.match.places
    )


def _lacking(table: Table, match: Match) -> DataError:
    missing = match.missing
    names = listed((f"'{name}'" for name in missing), most=_MOST_NAMED)
    says = counted(
        "{file} lacks the column {names}, which the model was trained on.",
        "{file} lacks the columns {names}, which the model was trained on.",
        len(missing),
        file=table.name,
        names=names,
    )
    found = listed((f"'{column.name}'" for column in table.columns), most=_MOST_NAMED)
    kind = MissingColumnsError if match.places else DataError
    return kind(says, hint=translate("Its columns are {names}.").format(names=found))
