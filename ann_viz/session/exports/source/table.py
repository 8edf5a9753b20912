"""The table that was learned from, as code: which of its rows were for what, and how to read them."""

from __future__ import annotations

import zlib
from base64 import b64encode
from typing import Final

import numpy as np

from ann_viz.data import Dataset
from ann_viz.data.files.dialect import Dialect
from ann_viz.session.exports.portable import PortableOutput
from ann_viz.session.exports.source.columns import target_call
from ann_viz.session.exports.source.first_epoch import Course
from ann_viz.session.exports.source.text import Section, literal, pieces, tuple_lines

__all__ = ["table_section"]

_PARTS: Final = {"train": "T", "validation": "V", "test": "S"}
_LEFT_OUT: Final = "-"
_LINE: Final = 100


def table_section(course: Course, output: PortableOutput) -> Section:
    """Return the section that reads the table."""
    table = course.dataset.table
    dialect = table.dialect
    packed = b64encode(zlib.compress(_parts(course.dataset).encode("ascii"), 9)).decode("ascii")
    lines = [
        *tuple_lines("NAMES", [column.name for column in table.columns]),
        f"DIALECT = {_csv_options(dialect)!r}",
        f"ENCODING = {literal('utf-8-sig' if dialect.encoding == 'utf-8' else dialect.encoding)}",
        f"LINES_BEFORE, HEADER_ROWS = {dialect.skip_lines}, {dialect.header_lines if dialect.header else 0}",
        "# One letter for every row of the table: T to learn from, V to check with, S for the final test, - unused.",
        "PARTS = zlib.decompress(base64.b64decode(",
        *(f'    "{packed[start : start + _LINE]}"' for start in range(0, len(packed), _LINE)),
        ")).decode()",
    ]
    truth = ["def truth_of(row):", '    """What the network should have said: the numbers it is compared with."""']
    code = "\n".join(lines), *pieces(["rows_of"]), "\n".join([*truth, *_truth_lines(output)])
    return Section(
        title="The table it learned from",
        plain="The rows themselves are not in this file: give the path of the table. Which rows were learned from, and "
        "which were kept back to check and to test, is known here by one letter each.",
        technical="training, validation and test split.",
        code="\n\n\n".join(code),
    )


def _csv_options(dialect: Dialect) -> dict[str, object]:
    options: dict[str, object] = {"delimiter": dialect.delimiter}
    if dialect.quote is None:
        options["quoting"] = 3  # csv.QUOTE_NONE
    elif dialect.quote != '"':
        options["quotechar"] = dialect.quote
    if dialect.escape == "backslash":
        options |= {"doublequote": False, "escapechar": "\\"}
    if dialect.spaced:
        options["skipinitialspace"] = True
    return options


def _parts(dataset: Dataset) -> str:
    """Return the letter of every row of the table."""
    letters = np.full(dataset.table.n_rows, _LEFT_OUT)
    source = np.asarray(dataset.source_rows[:])
    for part, letter in _PARTS.items():
        letters[source[np.asarray(dataset.rows(part)[:])]] = letter  # type: ignore[arg-type]
    return "".join(letters.tolist())


def _truth_lines(output: PortableOutput) -> list[str]:
    """Return the body of ``truth_of``."""
    if output.task == "regression":
        return [f"    return [({target_call(output)} - MEAN) / SPREAD]"]
    if output.task == "binary":
        return [f"    return [{target_call(output)} == CLASSES[1]]"]
    return [f"    answer = {target_call(output)}", "    return [answer == each for each in CLASSES]"]
