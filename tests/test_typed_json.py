"""JSON becomes the dataclass asked for, or is refused with the place that does not fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import pytest

from ann_viz.typed_json import parse_json, typed, typed_fields


@dataclass(frozen=True, kw_only=True)
class Part:
    size: float = 1.0
    name: str | None = None


@dataclass(frozen=True, kw_only=True)
class Whole:
    kind: Literal["one", "two"]
    count: int
    ready: bool = False
    parts: tuple[Part, ...] = ()
    pair: tuple[float, str] | None = None


FULL = {"kind": "two", "count": 3, "ready": True, "parts": [{"size": 2, "name": "a"}, {}], "pair": [1, "b"]}


def test_every_kind_of_field_is_read() -> None:
    """Lists become tuples, whole numbers floats where these are meant, and defaults stand in for what is not there."""
    whole = typed(Whole, FULL)
    assert whole == Whole(kind="two", count=3, ready=True, parts=(Part(size=2.0, name="a"), Part()), pair=(1.0, "b"))
    assert isinstance(whole.parts[0].size, float)
    assert typed(Whole, {"kind": "one", "count": 0}) == Whole(kind="one", count=0)


def test_fields_of_a_later_version_are_left_aside() -> None:
    """They do not keep an older program from reading the rest."""
    assert typed(Whole, FULL | {"mood": "good"}) == typed(Whole, FULL)
    assert typed_fields(Part, {"size": 3, "mood": "good"}) == {"size": 3.0}


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"kind": "three"}, "Whole.kind"),
        ({"kind": ["one"]}, "Whole.kind"),
        ({"kind": None}, "Whole.kind"),
        ({"count": 1.0}, "Whole.count"),
        ({"count": True}, "Whole.count"),
        ({"count": 2**63}, "Whole.count"),
        ({"ready": 1}, "Whole.ready"),
        ({"parts": {}}, "Whole.parts"),
        ({"parts": [3]}, r"Whole.parts\[0\]"),
        ({"parts": [{}, {"size": "x"}]}, r"Whole.parts\[1\].size"),
        ({"parts": [{"size": 10**400}]}, "size"),
        ({"parts": [{"size": float("inf")}]}, "size"),
        ({"parts": [{"name": "\ud800"}]}, "name"),
        ({"pair": [1.0]}, "instead of 2"),
        ({"pair": [1.0, "b", "c"]}, "instead of 2"),
        ({"pair": "ab"}, "Whole.pair"),
    ],
)
def test_what_does_not_fit_is_named(changes: dict[str, Any], place: str) -> None:
    """No value of another kind gets in, also none that Python would take for it."""
    with pytest.raises(ValueError, match=place):
        typed(Whole, FULL | changes)


@pytest.mark.parametrize("value", [None, 3, "x", [], [FULL]])
def test_only_an_object_becomes_a_dataclass(value: object) -> None:
    """Anything else is refused, and so is one without what has no default."""
    with pytest.raises(ValueError, match="Whole can't be"):
        typed(Whole, value)
    with pytest.raises(ValueError, match="has no 'count'"):
        typed(Whole, {"kind": "one"})


@pytest.mark.parametrize("text", ["NaN", "[Infinity]", "{", "", "[" * 100_000, b"\xff", "1" * 5000])
def test_what_is_no_json_is_refused(text: str | bytes) -> None:
    """Also what Python alone takes for JSON, and what it gives up on in other ways."""
    with pytest.raises(ValueError):
        parse_json(text)
