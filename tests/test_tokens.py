"""Colours have one place: the tokens of the themes."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Final

import pytest

import ann_viz
from ann_viz import tokens
from ann_viz.resources import resource
from ann_viz.tokens import THEMES, Tokens

CODE: Final = Path(ann_viz.__file__).parent
HEX: Final = re.compile(r"(?<![\w&])#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})\b")
NO_COLOURS: Final = {"transparent", "color0", "color1"}  # nothing, and the two values of a mask


def named_colours(source: str) -> Iterator[tuple[int, str]]:
    """Every colour that stands in some code, with its line: as text, as numbers, or by Qt's name."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and HEX.search(node.value):
            yield node.lineno, node.value
        by_qt = isinstance(node, ast.Attribute) and ast.unparse(node.value).endswith("GlobalColor")
        if by_qt and node.attr not in NO_COLOURS:
            yield node.lineno, node.attr
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("QColor", "mix"):
            values = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
            if values and (len(values) == len(node.args) or isinstance(values[0], str)):
                yield node.lineno, f"{node.func.id}{tuple(values)}"


WRITTEN: Final = (
    'a = "#FFF"',
    'a = f"color: #a1b2c3; {b}"',
    'QColor("red")',
    "QColor(0, 0, 0, 34)",
    "Qt.GlobalColor.black",
    'mix("#FFFFFF", a, 0.5)',
)


@pytest.mark.parametrize("source", WRITTEN)
def test_the_search_finds_colours(source: str) -> None:
    """However they are written."""
    assert list(named_colours(source))


def test_no_colour_stands_outside_of_the_tokens() -> None:
    """Who needs another one adds it to every theme."""
    own = Path(tokens.__file__)
    found = {
        f"{path.relative_to(CODE)}:{line}: {colour}"
        for path in CODE.rglob("*.py")
        if path != own
        for line, colour in named_colours(path.read_text(encoding="utf-8"))
    }
    assert found == set()


def test_the_stylesheet_names_tokens_only() -> None:
    """No colour of its own, and every name is one of the tokens."""
    sheet = re.sub(r"/\*.*?\*/", "", resource("style.qss").read_text(encoding="utf-8"), flags=re.DOTALL)
    assert HEX.findall(sheet) + re.findall(r"\b(?:rgba?|hsva?)\(|:\s*(?:white|black|gray|red)\b", sheet) == []
    assert set(re.findall(r"\$(\w+)", sheet)) <= {field.name for field in fields(Tokens)}


def test_every_token_is_a_colour() -> None:
    """In each theme, written out."""
    for theme in THEMES.values():
        values = {field.name: getattr(theme, field.name) for field in fields(Tokens)}
        assert {name for name, value in values.items() if isinstance(value, bool)} == {"dark", "contrast"}
        colours = {name: value for name, value in values.items() if isinstance(value, str)}
        assert {name for name, value in colours.items() if not re.fullmatch("#[0-9A-F]{6}", value)} == set()
