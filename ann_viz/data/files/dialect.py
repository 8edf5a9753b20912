"""How a file is written: what separates its cells, what quotes them, and how its numbers look."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, fields
from typing import Any, Final, Literal

from ann_viz.data.files.forms import is_form
from ann_viz.data.files.wrapping import Wrapping
from ann_viz.errors import DataError
from ann_viz.translation import translate
from ann_viz.typed_json import typed_fields

__all__ = ["BLANKS", "MISSING_WORDS", "Dialect", "checked_overrides", "overrides_from_json"]

MISSING_WORDS: Final = (
    "",
    "NA",
    "N/A",
    "n/a",
    "#N/A",
    "NULL",
    "Null",
    "null",
    "NaN",
    "nan",
    "None",
    "?",
    "-",
    "–",
    "\\N",
)
"""Texts that stand for "no value" unless the user says otherwise."""

BLANKS: Final = " \t\u00a0\u3000"
"""What counts as blank at the ends of a cell; the same characters in Python and in SQL."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    r"""How one file is written.

    Parameters
    ----------
    delimiter : str
        One character between cells; a blank means "any run of blanks".
    quote : str, optional
        Character around cells that contain the delimiter; ``None`` means there are no quotes.
    encoding : str
        Name of a Python codec.
    header : bool
        Whether the first row after ``skip_lines`` names the columns.
    skip_lines : int
        Lines before the table.
    decimal : str
        ``"."`` or ``","``.
    thousands : str, optional
        Mark between groups of three digits.
    missing : tuple of str
        Texts that mean "no value".
    kept_words : tuple of (str, str)
        Names of columns and texts among ``missing`` that are values there, as "None" may be a kind of fence.
    ragged : {"skip", "pad"}
        What happens to rows of another width: they are left out, or filled up with empty cells (and cells too many
        dropped if they are empty).
    escape : {"doubled", "backslash"}
        How a quote inside a quoted cell is written: ``""`` or ``\"``.
    trailing : bool
        Whether rows end in a delimiter that starts no cell.
    spaced : bool
        Whether blanks stand between a delimiter and the quote that opens a cell.
    date_order : {"dmy", "mdy", "ymd"}, optional
        What comes first in dates such as 3/4/2024; decided column by column without it.
    forms : tuple of (str, str)
        Names of columns and how the user said that their cells are written; see `ann_viz.data.files.forms`.
    lossy : bool
        Whether the few bytes that are not of the encoding are shown as \ufffd instead of refused.
    header_lines : int
        Rows that make up the header: the names, and below them units, types or a second row of names.
    wrapped : {"", "quotes", "bars"}
        What stands round every line: quotes, with those inside doubled, or bars.
    totals : {"keep", "skip"}
        What happens to rows that hold the sum of others ("Total").
    sheet : str
        Name of the sheet of a spreadsheet; empty for a file that has none.
    """

    delimiter: str = ","
    quote: str | None = '"'
    encoding: str = "utf-8"
    header: bool = True
    skip_lines: int = 0
    decimal: str = "."
    thousands: str | None = None
    missing: tuple[str, ...] = MISSING_WORDS
    kept_words: tuple[tuple[str, str], ...] = ()
    ragged: Literal["skip", "pad"] = "skip"
    escape: Literal["doubled", "backslash"] = "doubled"
    trailing: bool = False
    spaced: bool = False
    date_order: Literal["dmy", "mdy", "ymd"] | None = None
    forms: tuple[tuple[str, str], ...] = ()
    lossy: bool = False
    header_lines: int = 1
    wrapped: Wrapping = ""
    totals: Literal["keep", "skip"] = "keep"
    sheet: str = ""

    def __post_init__(self) -> None:
        self._check_marks()
        if self.decimal not in (".", ","):
            raise DataError(
                translate("The decimal mark is a point or a comma, not {mark!r}.").format(mark=self.decimal)
            )
        if self.thousands is not None and (len(self.thousands) != 1 or self.thousands == self.decimal):
            raise DataError(translate("The thousands mark must be one character and differ from the decimal mark."))
        if self.skip_lines < 0:
            raise DataError(translate("The number of lines to skip can't be negative."))
        if self.ragged not in ("skip", "pad"):
            raise DataError(
                translate("Rows of another width are skipped or padded, not {choice!r}.").format(choice=self.ragged)
            )
        unknown = [form for _, form in self.forms if not is_form(form)]
        if unknown:
            raise DataError(translate("There is no way to write a column called {form!r}.").format(form=unknown[0]))
        if self.header_lines < 1 or self.wrapped not in ("", "quotes", "bars") or self.totals not in ("keep", "skip"):
            raise DataError(translate("These options for reading the file make no sense together."))
        _check_encoding(self.encoding)

    def _check_marks(self) -> None:
        if len(self.delimiter) != 1 or self.delimiter in "\r\n\0":
            raise DataError(translate("The delimiter must be one character, not {mark!r}.").format(mark=self.delimiter))
        if self.quote is not None and (len(self.quote) != 1 or self.quote in "\r\n\0 "):
            raise DataError(translate("The quote must be one character or none, not {mark!r}.").format(mark=self.quote))
        if self.quote == self.delimiter:
            raise DataError(translate("The delimiter and the quote can't be the same character."))
        if self.escape not in ("doubled", "backslash"):
            raise DataError(
                translate("Quotes inside a text are doubled or follow a backslash, not {escape!r}.").format(
                    escape=self.escape
                )
            )
        if self.escape == "backslash" and "\\" in (self.delimiter, self.quote):
            raise DataError(translate("A backslash can't be the delimiter or the quote and the escape at once."))


def _check_encoding(name: str) -> None:
    """Only codecs that turn bytes into text are accepted (``base64`` and the like are not)."""
    try:
        "".encode(name)
        codecs.getincrementaldecoder(name)
    except (LookupError, ValueError) as error:
        hint = "Choose UTF-8 or another from the list."
        raise DataError(translate("There is no encoding called {name!r}.").format(name=name), hint=hint) from error


def checked_overrides(overrides: dict[str, object]) -> dict[str, object]:
    """Return the overrides, or raise when one names no field of `Dialect`.

    Raises
    ------
    DataError
        For an unknown name.
    """
    unknown = set(overrides) - {field.name for field in fields(Dialect)}
    if unknown:
        raise DataError(translate("There is no reading option called {name!r}.").format(name=sorted(unknown)[0]))
    missing = overrides.get("missing")
    if isinstance(missing, (list, set, frozenset)):
        overrides = overrides | {"missing": tuple(missing)}
    # Checked together with neighbours they can't clash with; what is detected later is made to fit.
    neighbours: dict[str, Any] = {"delimiter": "\x1f", "decimal": "," if overrides.get("thousands") == "." else "."}
    Dialect(**(neighbours | overrides))
    return overrides


def overrides_from_json(values: object) -> dict[str, object]:
    """Return the reading options that a JSON object has; those of a later version are left aside.

    Raises
    ------
    DataError, ValueError
        When one is of another kind than it must be, or makes no sense.
    """
    return checked_overrides(typed_fields(Dialect, values))
