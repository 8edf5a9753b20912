"""Columns as ONNX operators: text and number inputs in, the numbers that the network reads out.

Numbers are float64 with NaN for missing, texts are strings with the empty one for missing, dates are days since
1970-01-01. A text of which something is counted goes in as that count: ONNX has no operator that counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np

from ann_viz.session.exports.onnx.graph import DOUBLE, FLOAT, INT64, STRING, Graph
from ann_viz.session.exports.portable import PortableColumn, PortableInput, PortableModel, StepKind

__all__ = ["STEP_NODES", "add_columns", "input_name"]

_MISSING: Final = -1
_UNKNOWN: Final = -2
_SECONDS: Final = 86_400


def _log(graph: Graph, x: str) -> str:
    size = graph.add("Log", graph.add("Add", graph.add("Abs", x), graph.number(1.0)))
    return graph.add("Mul", graph.add("Sign", x), size)


def _standardise(graph: Graph, x: str, centre: float, spread: float) -> str:
    return graph.add("Div", graph.add("Sub", x, graph.number(centre)), graph.number(spread))


def _clip(graph: Graph, x: str, most: float) -> str:
    return graph.add("Clip", x, graph.number(-most), graph.number(most))


def _log_tails(graph: Graph, x: str, start: float) -> str:
    far, border = graph.add("Abs", x), graph.number(start)
    beyond = graph.add("Max", graph.add("Sub", far, border), graph.number(0.0))
    drawn = graph.add(
        "Add", graph.add("Min", far, border), graph.add("Log", graph.add("Add", beyond, graph.number(1.0)))
    )
    return graph.add("Mul", graph.add("Sign", x), drawn)


def _soften(graph: Graph, x: str, end: float) -> str:
    share = graph.add("Div", x, graph.number(end))
    return graph.add("Div", x, graph.add("Sqrt", graph.add("Add", graph.add("Mul", share, share), graph.number(1.0))))


STEP_NODES: Final[Mapping[StepKind, Callable[..., str]]] = {
    "log": _log,
    "standardise": _standardise,
    "clip": _clip,
    "log_tails": _log_tails,
    "soften": _soften,
}
"""What every kind of step is in ONNX."""


def input_name(column: PortableColumn) -> str:
    """Return what the input of a column is called: as the column, or as what is counted in it."""
    return column.inputs[0].label if column.kind == "text" else column.name


def add_columns(graph: Graph, portable: PortableModel) -> str:
    """Add all columns and return the value of shape (rows, inputs) that the network reads."""
    blocks = [_column(graph, column, portable.missing) for column in portable.columns]
    return graph.add("Concat", *blocks, axis=1, name="inputs") if len(blocks) > 1 else blocks[0]


def _column(graph: Graph, column: PortableColumn, missing: tuple[str, ...]) -> str:
    if column.kind in ("category", "yes_no"):
        return _codes(graph, column, missing)
    about = {
        "number": "a number, NaN where it is missing",
        "date": "days since 1970-01-01, NaN where it is missing",
        "text": f"the number of {'letters' if column.counts == 'length' else 'words'}, NaN where it is missing",
    }
    x = graph.input(input_name(column), DOUBLE, about[column.kind])
    lacking = graph.add("IsNaN", x)
    for number in column.reading.absent:
        lacking = graph.add("Or", lacking, graph.add("Equal", x, graph.number(number)))
    filled = graph.add("Where", lacking, graph.number(float(column.fill or 0.0)), x)
    parts = _Dates(graph, filled) if column.kind == "date" else None
    pieces = [lacking if each.asked == "missing" else _asked(graph, each, filled, parts) for each in column.inputs]
    floats = [graph.add("Cast", piece, to=FLOAT) for piece in pieces]
    return graph.add("Concat", *floats, axis=1) if len(floats) > 1 else floats[0]


def _asked(graph: Graph, each: PortableInput, x: str, parts: _Dates | None) -> str:
    """Add what one input asks of a number or a date, and the steps that follow."""
    if parts is not None:
        x = parts.part(each.of)
    if each.asked in ("sine", "cosine"):
        angle = graph.add("Mul", x, graph.number(2 * np.pi / _ROUNDS[each.of]))
        return graph.add("Sin" if each.asked == "sine" else "Cos", graph.add("Cast", angle, to=FLOAT))
    for step in each.steps:
        x = STEP_NODES[step.kind](graph, x, *step.numbers)
    return x


def _codes(graph: Graph, column: PortableColumn, missing: tuple[str, ...]) -> str:
    """Add a text column: its place among the categories, compared with the place that each input stands for."""
    x = graph.input(column.name, STRING, f"a text, empty where it is missing: {', '.join(column.categories)}")
    keys = _spelled(column) | {text: _MISSING for text in ("", *missing) if text not in column.categories}
    code = graph.add(
        "LabelEncoder", x, keys_strings=list(keys), values_int64s=list(keys.values()), default_int64=_UNKNOWN
    )
    none = graph.number(0, np.int64) if column.kind == "yes_no" else graph.number(_MISSING, np.int64)
    lacking = graph.add("Less", code, none) if column.kind == "yes_no" else graph.add("Equal", code, none)
    fill = _fill_code(column)
    filled = code if fill == _MISSING else graph.add("Where", lacking, graph.number(fill, np.int64), code)
    places = [_place(column, each) for each in column.inputs if each.asked != "missing"]
    found = graph.add("Equal", filled, graph.constant(np.array([places], np.int64), "places"))
    inputs = graph.add("Cast", found, to=FLOAT)
    if column.inputs[-1].asked != "missing":
        return inputs
    return graph.add("Concat", inputs, graph.add("Cast", lacking, to=FLOAT), axis=1)


def _spelled(column: PortableColumn) -> dict[str, int]:
    """Return every way a category may be written, with its place: as learned, else in other cases of letters."""
    exact = {text: place for place, text in enumerate(column.categories)}
    exact |= {text: exact[category] for text, category in column.spellings}
    others: dict[str, int] = {}
    for text, place in exact.items():
        for other in (text.lower(), text.upper(), text.title(), text.capitalize()):
            others[other] = place if others.get(other, place) == place else _UNKNOWN
    return {**others, **exact}


def _fill_code(column: PortableColumn) -> int:
    if column.fill is None:
        return _MISSING
    return column.categories.index(str(column.fill)) if column.fill in column.categories else _UNKNOWN


def _place(column: PortableColumn, each: PortableInput) -> int:
    return _UNKNOWN if each.asked == "other" else column.categories.index(each.of)


# Dates --------------------------------------------------------------------------------------------------------------
_ROUNDS: Final = {"month": 12, "weekday": 7, "hour": 24}


class _Dates:
    """Parts of dates, each worked out once, in whole numbers.

    Year and month follow from the days as in Hinnant's "chrono-Compatible Low-Level Date Algorithms" (civil_from_days).
    """

    def __init__(self, graph: Graph, days: str) -> None:
        self._graph, self._days = graph, days
        self._parts: dict[str, str] = {"days": days}

    def part(self, name: str) -> str:
        """Return the value of a part, as float64; see `ann_viz.data.encoding.date_parts.date_part`."""
        if name not in self._parts:
            whole = {"year": self._year_month, "month": self._year_month, "weekday": self._weekday, "hour": self._hour}
            whole[name]()
        return self._parts[name]

    def _whole(self, operator: str, x: str, number: int) -> str:
        return self._graph.add(operator, x, self._graph.number(number, np.int64))

    def _day_second(self) -> tuple[str, str]:
        graph = self._graph
        seconds = graph.add("Round", graph.add("Mul", self._days, graph.number(float(_SECONDS))))
        total = graph.add("Cast", seconds, to=INT64)
        second = self._whole("Mod", total, _SECONDS)
        return self._whole("Div", graph.add("Sub", total, second), _SECONDS), second

    def _hour(self) -> None:
        _, second = self._day_second()
        graph = self._graph
        self._parts["hour"] = graph.add("Div", graph.add("Cast", second, to=DOUBLE), graph.number(3600.0))

    def _weekday(self) -> None:
        day, _ = self._day_second()
        weekday = self._whole("Mod", self._whole("Add", day, 3), 7)
        self._parts["weekday"] = self._graph.add("Cast", weekday, to=DOUBLE)

    def _year_month(self) -> None:
        graph, whole = self._graph, self._whole
        day, _ = self._day_second()
        z = whole("Add", day, 719_468)
        of_era = whole("Mod", z, 146_097)
        era = whole("Div", graph.add("Sub", z, of_era), 146_097)
        leaps = graph.add("Sub", whole("Div", of_era, 36_524), whole("Div", of_era, 1_460))
        leaps = graph.add("Sub", leaps, whole("Div", of_era, 146_096))
        year = whole("Div", graph.add("Add", of_era, leaps), 365)
        before = graph.add("Sub", whole("Div", year, 4), whole("Div", year, 100))
        day_of_year = graph.add("Sub", of_era, graph.add("Add", whole("Mul", year, 365), before))
        from_march = whole("Div", whole("Add", whole("Mul", day_of_year, 5), 2), 153)
        early = whole("Less", from_march, 10)
        month = graph.add("Where", early, whole("Add", from_march, 2), whole("Sub", from_march, 10))
        next_year = graph.add("Sub", graph.number(1, np.int64), graph.add("Cast", early, to=INT64))
        years = graph.add("Add", graph.add("Add", year, whole("Mul", era, 400)), next_year)
        self._parts["month"] = graph.add("Cast", month, to=DOUBLE)
        self._parts["year"] = graph.add("Cast", years, to=DOUBLE)
