"""The columns of a row as the numbers that a network reads, as code: a few lines for every column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from ann_viz.data.files.counted_dates import COUNTED
from ann_viz.data.files.durations import DURATIONS
from ann_viz.data.files.forms import DECORATED
from ann_viz.data.files.numbers import PLAIN_PATTERN
from ann_viz.session.exports.portable import (
    Asked,
    PortableColumn,
    PortableInput,
    PortableModel,
    PortableOutput,
    Reading,
    StepKind,
)
from ann_viz.session.exports.source.text import WIDTH, Section, comment, literal, one_line, pieces, tuple_lines, wrapped

__all__ = ["columns_section", "pieces_of_target", "reads_texts", "target_call"]

STEP_CODE: Final[Mapping[StepKind, tuple[str, str]]] = {
    "log": ("log({x})", "log"),
    "standardise": ("({x} - {0}) / {1}", ""),
    "clip": ("clip({x}, {0})", "clip"),
    "log_tails": ("log_tails({x}, {0})", "log_tails"),
    "soften": ("soften({x}, {0})", "soften"),
}
"""What every kind of step looks like, and the piece it calls."""

_INPUT_CODE: Final[Mapping[Asked, str]] = {
    "value": "value",
    "yes": "value == {of}",
    "category": "value == {of}",
    "other": "value == OTHER",
    "missing": "missing",
    "sine": "np.sin({part} * 2 * np.pi / {round})",
    "cosine": "np.cos({part} * 2 * np.pi / {round})",
    "part": "{part}",
}
_PART_CODE: Final = {
    "year": ("value.year", 0),
    "month": ("(value.month - 1)", 12),
    "weekday": ("value.weekday()", 7),
    "hour": ("hour(value)", 24),
    "days": ("days(value)", 0),
}
_NO_STRPTIME: Final = ("%q", "%z", "%o", "%V", "%G", "%a", "%b")  # names of months are read in six languages
_INDENT: Final = "    "


@dataclass(frozen=True, slots=True)
class _Code:
    """Lines, and the pieces that they call."""

    lines: tuple[str, ...]
    pieces: frozenset[str]


def columns_section(portable: PortableModel) -> Section:
    """Return the section that turns rows into inputs."""
    columns = [_column_code(column) for column in portable.columns]
    called = {name for each in columns for name in each.pieces} | pieces_of_target(portable.output)
    called |= {"known", "number"} if called & {"written_number", "plain_number", "number"} else set()
    called |= {"day", "known"} if called & {"day", "iso_day"} else set()
    called |= {"known"} if called & {"letters", "words"} else set()
    setup = [*tuple_lines("MISSING", portable.missing), 'OTHER = "(any other)"']
    setup += ["EPOCH = datetime(1970, 1, 1)"] if any(column.kind == "date" for column in portable.columns) else []
    setup.append(f"NUMBER = re.compile({literal(PLAIN_PATTERN)})")
    body = [line for each in columns for line in each.lines]
    function = [
        "def inputs_of(row):",
        f'{_INDENT}"""The {len(portable.labels)} numbers that the network reads of a row."""',
    ]
    code = [*function, f"{_INDENT}x = []", *body, f"{_INDENT}return np.array(x, dtype=np.{portable.dtype})"]
    return Section(
        title="From the columns of a row to numbers",
        plain="A network reads numbers only. Numbers are brought to about the same size, a category becomes one 0 or 1 "
        "for each value it may have, and what is missing is filled in. All of it was learned from the rows the "
        "network learned from.",
        technical="standardisation (x - mean) / standard deviation, one-hot encoding, imputation of missing values.",
        code="\n".join([*setup, "", "", *("\n\n\n".join(pieces(called)),), "", "", *code]),
    )


def reads_texts(portable: PortableModel) -> bool:
    """Whether the code reads cells as they stand in the file, rather than plain numbers and ISO dates alone."""
    readings = [column.reading for column in portable.columns if column.kind in ("number", "date")]
    if portable.output.task == "regression":
        readings.append(portable.output.reading)
    return not any(_is_exotic(reading) for reading in readings)


def _is_exotic(reading: Reading) -> bool:
    form = reading.form
    return form in (*COUNTED, *DURATIONS) or any(token in form for token in _NO_STRPTIME) or reading.until is not None


def target_call(output: PortableOutput) -> str:
    """Return the expression that reads the answer of a row of the table."""
    cell = f"row.get({literal(output.target)})"
    if output.task == "regression":
        return _number_call(output.reading, cell)[0]
    return f"category({cell}, CLASSES)"


def pieces_of_target(output: PortableOutput) -> set[str]:
    """Return the pieces that `target_call` calls."""
    return {_number_call(output.reading, "")[1]} if output.task == "regression" else {"category"}


def _column_code(column: PortableColumn) -> _Code:
    call, piece = _reading_call(column)
    lines = [*comment(f"{column.name}: {_in_words(column)}", _INDENT), *_assigned(call, column)]
    used = {piece}
    if any(each.asked == "missing" for each in column.inputs):
        lines.append(f"{_INDENT}missing = value is None" + (" or value == OTHER" if column.kind == "yes_no" else ""))
    lines += _filling(column)
    inputs = []
    for each in column.inputs:
        text, called = _input_code(each)
        inputs.append(text)
        used |= called
    return _Code((*lines, *_added(inputs)), frozenset(used - {""}))


def _assigned(call: str, column: PortableColumn) -> list[str]:
    """Return ``value = call``, with many categories in lines of their own."""
    line = f"{_INDENT}value = {call}"
    if len(line) <= WIDTH or not column.categories:
        return [line]
    before, _, after = line.partition(literal(column.categories))
    return [f"{before}(", *wrapped(map(literal, column.categories), _INDENT * 2), f"{_INDENT}){after}"]


def _in_words(column: PortableColumn) -> str:
    kinds = {
        "number": "a number",
        "yes_no": f"1 for {one_line(column.categories[1])!r}, 0 for {one_line(column.categories[0])!r}"
        if column.kind == "yes_no"
        else "",
        "category": "a 0 or 1 for each category",
        "date": "a date",
        "text": f"the number of its {'letters' if column.counts == 'length' else 'words'}",
    }
    return kinds[column.kind]


def _reading_call(column: PortableColumn) -> tuple[str, str]:
    """Return what reads the cell, and the piece it calls."""
    cell = f"row.get({literal(column.name)})"
    if column.kind == "number":
        return _number_call(column.reading, cell)
    if column.kind == "date":
        return (f"iso_day({cell})", "iso_day") if _is_exotic(column.reading) else (
            f"day({cell}, {literal(column.reading.form)})", "day"
        )  # fmt: skip
    if column.kind == "text":
        piece = "letters" if column.counts == "length" else "words"
        return f"{piece}({cell})", piece
    spellings = f", {dict(column.spellings)!r}" if column.spellings else ""
    return f"category({cell}, {literal(column.categories)}{spellings})", "category"


def _number_call(reading: Reading, cell: str) -> tuple[str, str]:
    absent = f", absent={literal(reading.absent)}" if reading.absent else ""
    if _is_exotic(reading):
        return f"plain_number({cell}{absent})", "plain_number"
    if reading.form == DECORATED:
        marks = f"{literal(reading.decimal)}, {literal(reading.thousands)}"
        return f"written_number({cell}, {marks}{absent})", "written_number"
    return f"number({cell}{absent})", "number"


def _filling(column: PortableColumn) -> list[str]:
    """Return the line that puts something in the place of a missing value."""
    if column.kind == "date":
        return [f"{_INDENT}value = EPOCH + timedelta(days={literal(column.fill)}) if value is None else value"]
    if column.kind in ("number", "text"):
        return [f"{_INDENT}value = {literal(column.fill)} if value is None else value"]
    if column.fill is None:
        return []
    fill = literal(column.fill) if column.fill in column.categories else "OTHER"
    lacking = "value in (None, OTHER)" if column.kind == "yes_no" else "value is None"
    return [f"{_INDENT}value = {fill} if {lacking} else value"]


def _input_code(each: PortableInput) -> tuple[str, set[str]]:
    """Return the expression of an input, and the pieces that it calls."""
    part, round_ = _PART_CODE.get(each.of, ("", 0)) if each.asked in ("part", "sine", "cosine") else ("", 0)
    text = _INPUT_CODE[each.asked].format(of=literal(each.of), part=part, round=round_)
    used = {part.partition("(")[0]} if each.of in ("hour", "days") and part else set()
    for step in each.steps:
        template, piece = STEP_CODE[step.kind]
        text = template.format(*map(literal, step.numbers), x=text)
        used.add(piece)
    return text, used


def _added(inputs: Iterable[str]) -> list[str]:
    """Return the lines that append inputs."""
    inputs = list(inputs)
    line = f"{_INDENT}x += [{', '.join(inputs)}]"
    if len(line) <= WIDTH:
        return [line]
    return [f"{_INDENT}x += [", *(f"{_INDENT * 2}{each}," for each in inputs), f"{_INDENT}]"]
