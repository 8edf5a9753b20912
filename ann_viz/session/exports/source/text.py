"""Python as text: sections that explain themselves, literals, and functions copied out of a file of them.

Names and cells come from anyone's file. They stand in code as literals, which `repr` writes, and in comments as one
line without what could end it.
"""

from __future__ import annotations

import ast
import re
import textwrap
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.printable import printable
from ann_viz.resources import resource

__all__ = [
    "WIDTH",
    "Section",
    "array_lines",
    "comment",
    "import_lines",
    "literal",
    "one_line",
    "pieces",
    "script_text",
    "tuple_lines",
    "wrapped",
]

WIDTH: Final = 110
_MOST_SHOWN: Final = 4000  # weights; more of them nobody reads
_RULE: Final = "-"
_SAVED: Final = 4  # letters for which 1e+09 is written instead of 1000000000.0
_SCRIPT_MODULES: Final = ("base64", "csv", "re", "sys", "zlib")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a program.

    Parameters
    ----------
    title : str
    plain : str
        What it does, in plain words.
    technical : str
        The same in technical terms; may be empty.
    code : str
        Without the explanation.
    """

    title: str
    plain: str
    technical: str
    code: str


def one_line(text: str) -> str:
    """Return a text of others fit for a comment or a docstring."""
    return printable(text).replace("\\", "/").replace('"""', "'''")


def comment(text: str, indent: str = "") -> list[str]:
    """Return a text as comment lines."""
    return [f"{indent}# {line}" for line in textwrap.wrap(one_line(text), WIDTH - len(indent) - 2)]


def script_text(sections: Iterable[Section]) -> str:
    """Return sections as one script, each below its explanation in both voices."""
    parts = []
    for number, section in enumerate(sections, start=1):
        head = f"# {number}. {section.title} "
        lines = [head + _RULE * (WIDTH - len(head)), *comment(section.plain)]
        if section.technical:
            lines += comment(f"In technical terms: {section.technical}")
        parts.append("\n".join([*lines, section.code.strip("\n")]))
    return "\n\n\n".join(parts)


def import_lines(code: str) -> list[str]:
    """Return the imports of the standard library that some code takes."""
    lines = [f"import {name}" for name in _SCRIPT_MODULES if re.search(rf"\b{name}\.", code)]
    dates = [name for name in ("date", "datetime", "timedelta") if re.search(rf"\b{name}\b", code)]
    return [*lines, f"from datetime import {', '.join(dates)}"] if dates else lines


def literal(value: Any) -> str:
    """Return a value as Python reads it back: texts, numbers, None, and tuples of them."""
    if isinstance(value, np.generic):
        value = value.item()
    text = repr(value)
    short = f"{value:g}" if isinstance(value, float) else text
    return short if len(short) + _SAVED < len(text) and float(short) == value else text


def wrapped(items: Iterable[str], indent: str) -> list[str]:
    """Return items with commas between in lines that are not too long; an item is never broken."""
    lines = [indent]
    for item in items:
        if len(lines[-1]) + len(item) + 1 > WIDTH and lines[-1] != indent:
            lines[-1] = lines[-1].rstrip()
            lines.append(indent)
        lines[-1] += f"{item}, "
    return [line.rstrip() for line in lines if line != indent]


def tuple_lines(name: str, values: Sequence[Any]) -> list[str]:
    """Return ``name = (…)`` in lines that are not too long."""
    text = f"{name} = ({', '.join(map(literal, values))}{',' if len(values) == 1 else ''})"
    return [text] if len(text) <= WIDTH else [f"{name} = (", *wrapped(map(literal, values), "    "), ")"]


def array_lines(name: str, array: NDArray[Any], labels: Sequence[str] = ()) -> list[str]:
    """Return ``name = np.array(…)``: row by row with its label where somebody may read it, else packed as Base64.

    Parameters
    ----------
    name : str
    array : ndarray, 1 or 2 dimensions
    labels : sequence of str
        One for each row of a matrix.
    """
    kind = f"np.{array.dtype.name}"
    if array.size > _MOST_SHOWN:
        data = b64encode(np.ascontiguousarray(array, array.dtype.newbyteorder("<")).tobytes()).decode("ascii")
        lines = [f'    "{line}"' for line in textwrap.wrap(data, WIDTH - 6)]
        shape = ", ".join(map(str, array.shape))
        dtype = repr(array.dtype.newbyteorder("<").str)
        return [f"{name} = np.frombuffer(base64.b64decode(", *lines, f"), {dtype}).reshape({shape}).astype({kind})"]
    if array.ndim == 1:
        lines, end = _numbers(f"{name} = np.array([", array), f"], dtype={kind})"
        is_short = len(lines[-1]) + len(end) <= WIDTH
        return [*lines[:-1], lines[-1] + end] if is_short else [*lines, end]
    lines = [f"{name} = np.array(["]
    for row, label in zip(array, labels, strict=True):
        numbers = _numbers("    [", row)
        numbers[-1] += "],"
        beside = f"{numbers[0]}  # {one_line(label)}"
        is_short = len(numbers) == 1 and len(beside) <= WIDTH
        lines += [beside] if is_short else [*comment(label, "    "), *numbers]
    return [*lines, f"], dtype={kind})"]


def _numbers(start: str, row: NDArray[Any]) -> list[str]:
    """Return numbers, shortest first that are read back exactly, after a start; several lines where one is too long."""
    texts = [np.format_float_positional(each, trim="0") if 1e-4 <= abs(each) < 1e6 else str(each) for each in row]
    text = ", ".join(texts)
    if len(start) + len(text) < WIDTH:
        return [start + text]
    lines = wrapped(texts, " " * (len(start) - len(start.lstrip()) + 4))
    return [start, *lines[:-1], lines[-1].rstrip(",")]


def pieces(names: Iterable[str]) -> list[str]:
    """Return the source of functions of `resources/exports/pieces.py`, in the order of that file."""
    wanted = set(names)
    found = {name: source for name, source in _all_pieces() if name in wanted}
    assert wanted == found.keys(), wanted - found.keys()
    return list(found.values())


@cache
def _all_pieces() -> tuple[tuple[str, str], ...]:
    return tuple(_read_pieces(resource("exports", "pieces.py").read_text(encoding="utf-8")))


def _read_pieces(source: str) -> Iterator[tuple[str, str]]:
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, ast.get_source_segment(source, node) or ""
