"""One pass over the whole file: count its rows and list every row that does not fit.

The pass also sums the lengths of all cells, so that the database that loads the file can be held to the same reading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ann_viz.data.files.dialect import Dialect
from ann_viz.data.files.idle_rows import LeftOut
from ann_viz.data.files.plain_blocks import PlainBlocks
from ann_viz.data.files.sieve import BadLine, Sieve
from ann_viz.data.files.source_lines import LineNotes, SourceLines

__all__ = ["Scan", "good_rows", "scan"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What a pass over the file found.

    Parameters
    ----------
    n_rows : int
        Rows of the table, those filled up and edited among them.
    n_bad : int
        Rows left out.
    bad_lines : tuple of BadLine
        The first 10,000 of these (fewer when their texts are very long).
    n_padded, n_edited : int
        Rows filled up, and rows corrected by hand.
    n_characters : int
        Characters in all cells of the table.
    odd_blanks : bool
        Whether a blank other than the space occurs, so that trimming cells costs more.
    is_simple : bool
        Whether every line is a row or none, for no quote or other mark makes it more.
    has_blanks : bool
        Whether any blank occurs, so that cells may have to be trimmed.
    has_notations : bool
        Whether a number may be written as in 1e5 or 0x1F.
    samples : tuple of (tuple of str)
        Cells of some rows from everywhere, column by column, of a file that is plain to its end and has nothing that
        the database would read over in a number; else empty.
    longest : int
        Characters of the longest row.
    n_cut : int
        Rows longer than the table by blank cells only, which were cut off.
    left_out : tuple of LeftOut
        Lines that are no rows of the table, by kind.
    padded_lines : tuple of int
        Lines of the first 10,000 rows filled up.
    bad_bytes : tuple of int
        The first 10,000 lines with bytes that are no text.
    lines : SourceLines
        The lines of all rows.
    """

    n_rows: int
    n_bad: int
    bad_lines: tuple[BadLine, ...]
    n_characters: int
    odd_blanks: bool
    is_simple: bool = field(default=False, compare=False)
    has_blanks: bool = field(default=True, compare=False)
    has_notations: bool = field(default=True, compare=False)
    samples: tuple[tuple[str, ...], ...] = field(default=(), compare=False)
    longest: int = 0
    n_padded: int = 0
    n_edited: int = 0
    n_cut: int = 0
    left_out: tuple[LeftOut, ...] = ()
    padded_lines: tuple[int, ...] = ()
    bad_bytes: tuple[int, ...] = ()
    lines: SourceLines = field(default_factory=SourceLines)

    @property
    def is_as_written(self) -> bool:
        """Whether the table holds the rows of the file that fit, none of them mended."""
        passed_over = any(lines.kind not in ("above", "below header") for lines in self.left_out)
        unsure = self.n_bad > 0 and not self.is_simple
        return not (unsure or self.n_padded or self.n_edited or self.n_cut or passed_over or self.bad_bytes)


def scan(
    path: str | Path,
    dialect: Dialect,
    names: tuple[str, ...],
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    *,
    edits: Mapping[int, str] | None = None,
) -> Scan:
    """Read the whole file once.

    Parameters
    ----------
    path : str or Path
        The file.
    dialect : Dialect
        How it is written.
    names : tuple of str
        Names of the columns.
    progress : callable, optional
        Called with the share of bytes read, 0 to 1.
    cancelled : callable, optional
        Asked now and then; true stops the pass.
    edits : mapping, optional
        Line of a row that does not fit to its corrected text; the empty text leaves it out.

    Returns
    -------
    Scan

    Raises
    ------
    DataError
        At undecodable bytes, naming the line.
    Cancelled
        When ``cancelled`` says so.
    """
    plain, notes = PlainBlocks(dialect, len(names)), LineNotes()
    sieve = Sieve(dialect, len(names), edits or {}, plain if not edits else None, notes)
    n_rows = n_characters = longest = 0
    for cells in sieve.rows(Path(path), progress, cancelled):
        n_rows += 1
        n_characters += (length := sum(map(len, cells)))
        longest = max(longest, length)
    return Scan(
        n_rows=n_rows + plain.n_rows,
        n_bad=sieve.n_bad,
        bad_lines=tuple(sieve.bad),
        n_characters=n_characters + plain.n_characters,
        odd_blanks=sieve.odd_blanks,
        is_simple=plain.is_whole,
        has_blanks=plain.has_spaces or sieve.odd_blanks or not plain.is_whole,
        has_notations=plain.has_notations,
        samples=tuple(zip(*plain.samples, strict=True)) if plain.is_whole and not plain.has_marks else (),
        longest=max(longest, plain.longest),
        n_padded=sieve.n_padded,
        n_edited=sieve.n_edited,
        n_cut=sieve.n_cut,
        left_out=sieve.left_out,
        padded_lines=tuple(sieve.padded_lines),
        bad_bytes=sieve.bad_bytes,
        lines=notes.noted(),
    )


def good_rows(
    path: Path,
    dialect: Dialect,
    width: int,
    cancelled: Callable[[], bool] | None = None,
    *,
    edits: Mapping[int, str] | None = None,
    progress: Callable[[float], None] | None = None,
) -> Iterator[list[str]]:
    """Yield the rows of the table: those that fit, and those filled up or edited.

    Parameters
    ----------
    path, dialect
        The file, and how it is written.
    width : int
        Cells of a row.
    cancelled, edits, progress
        As of `scan`.

    Raises
    ------
    DataError
        When the file can't be read to its end.
    Cancelled
        When ``cancelled`` says so.
    """
    return Sieve(dialect, width, edits or {}).rows(path, progress, cancelled)
