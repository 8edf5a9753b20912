"""Values from a JSON text as the frozen dataclasses they were written from, taken only where every type fits.

The dataclass itself is the schema: its fields, their annotations and, for ranges, its ``__post_init__``. A field that
is not known is left aside (a later version may have written it); one that is not there takes its default.
"""

from __future__ import annotations

import json
import math
import reprlib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

__all__ = ["parse_json", "typed", "typed_fields"]

T = TypeVar("T")


def parse_json(text: str | bytes) -> Any:
    """Return what a JSON text holds.

    Raises
    ------
    ValueError
        When it is none, is nested hundreds of levels deep, or has NaN or infinity, which JSON does not know.
    """
    try:
        return json.loads(text, parse_constant=_refuse)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def _refuse(word: str) -> None:
    raise ValueError(f"{word} is not a number")


def typed(kind: type[T], value: object, where: str = "") -> T:
    """Return a value of the kind asked for, lists as tuples and objects as dataclasses.

    Parameters
    ----------
    kind : type
        A dataclass, or what its fields are annotated with: text, number, ``Literal``, tuple, union.
    value : object
        As `parse_json` returns it.
    where : str
        What it is called in errors.

    Raises
    ------
    ValueError
        When the value is of another kind, naming the place.
    """
    return cast(T, _take(kind, value, where or kind.__name__))


def typed_fields(kind: type, value: object, where: str = "") -> dict[str, Any]:
    """Return the fields of a dataclass that a JSON object has, checked one by one; raises ValueError like `typed`."""
    where = where or kind.__name__
    if not isinstance(value, Mapping):
        raise ValueError(f"{where} can't be {reprlib.repr(value)}")
    return {
        field.name: _take(annotation, value[field.name], f"{where}.{field.name}")
        for field, annotation in _schema(kind)
        if field.name in value
    }


def _take(kind: Any, value: object, where: str) -> object:
    if isinstance(kind, type) and is_dataclass(kind):
        return _object(kind, value, where)
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _one_of(get_args(kind), value, where)
    if origin is Literal:
        fits = isinstance(value, str) and value in get_args(kind)
    elif origin is tuple:
        return _tuple(get_args(kind), value, where)
    else:
        fits = _PLAIN[kind](value)
    if not fits:
        raise ValueError(f"{where} can't be {reprlib.repr(value)}")
    return float(cast(float, value)) if kind is float else value


def _is_whole(value: object) -> bool:
    """Whether it is a whole number of a size that arrays can hold."""
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < _TOO_BIG


def _is_number(value: object) -> bool:
    return _is_whole(value) or (isinstance(value, float) and math.isfinite(value))


def _is_text(value: object) -> bool:
    """Whether it is a text that can be written down again: JSON can spell half a character, UTF-8 can't."""
    return isinstance(value, str) and not any("\ud800" <= character <= "\udfff" for character in value)


_TOO_BIG: Final = 1 << 63
_PLAIN: Final[dict[Any, Callable[[object], bool]]] = {
    str: _is_text,
    int: _is_whole,
    float: _is_number,
    bool: lambda value: isinstance(value, bool),
    NoneType: lambda value: value is None,
}


def _one_of(kinds: tuple[Any, ...], value: object, where: str) -> object:
    problems = []
    for kind in kinds:
        try:
            return _take(kind, value, where)
        except ValueError as error:
            problems.append(error)
    raise problems[0]  # the others are "or nothing", as a rule


def _tuple(kinds: tuple[Any, ...], value: object, where: str) -> tuple[object, ...]:
    if not isinstance(value, list | tuple):
        raise ValueError(f"{where} can't be {reprlib.repr(value)}")
    if kinds[-1] is Ellipsis:
        kinds = kinds[:1] * len(value)
    if len(kinds) != len(value):
        raise ValueError(f"{where} has {len(value)} values instead of {len(kinds)}")
    return tuple(
        _take(kind, each, f"{where}[{place}]") for place, (kind, each) in enumerate(zip(kinds, value, strict=True))
    )


def _object(kind: type, value: object, where: str) -> object:
    found = typed_fields(kind, value, where)
    for field, _ in _schema(kind):
        if field.name not in found and field.default is MISSING and field.default_factory is MISSING:
            raise ValueError(f"{where} has no '{field.name}'")
    return kind(**found)


@cache
def _schema(kind: Any) -> tuple[tuple[Field[Any], Any], ...]:
    annotations = get_type_hints(kind)
    return tuple((field, annotations[field.name]) for field in fields(kind))
