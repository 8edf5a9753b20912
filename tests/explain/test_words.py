"""The words between the numbers of formulas stand in a file, all of them and no others."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

import ann_viz.explain
from ann_viz.engine import LOSSES
from ann_viz.explain.texts import word
from ann_viz.resources import resource

PACKAGE = Path(ann_viz.explain.__file__).parent
WORDS = json.loads(resource("explain", "formulas.json").read_text(encoding="utf-8"))["words"]


def _asked_for() -> set[str]:
    """Names that the code asks for in so many words."""
    names = set()
    for path in PACKAGE.glob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", getattr(call.func, "attr", "")) in {
                "word",
                "tell",
            }:
                names |= {arg.value for arg in call.args[:1] if isinstance(arg, ast.Constant)}
    return names


def test_every_word_that_is_asked_for_is_there() -> None:
    assert _asked_for() <= set(WORDS)


def test_no_word_is_left_over() -> None:
    built = {name for name in WORDS if name.split()[0] in {"part", "scale", "way"}} | {"characters", "words"}
    built |= {f"loss {name}" for name in LOSSES}
    told = {"average gradient", "average square"}  # by _tell_average
    assert set(WORDS) - built - told <= _asked_for()


def test_values_are_put_in() -> None:
    assert word("more", n=3) == "3 more"
    with pytest.raises(KeyError):
        word("slope of")
