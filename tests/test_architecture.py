"""What the tests keep to: they use a class as the program does, through what it offers to everybody."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent


def is_private(name: str) -> bool:
    return name.startswith("_") and name != "_" and not name.endswith("__")


def reaches(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield line and name of every private part that is not the file's own.

    A constant or function of a module may be replaced by name for the time of a test: limits are made small that way.
    """
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    modules = {alias.asname or alias.name for node in imports for alias in node.names}
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id="self" | "cls")):
                continue
            case ast.Attribute(attr=name) if is_private(name):
                yield node.lineno, name
            case ast.ImportFrom(names=names):
                yield from ((node.lineno, alias.name) for alias in names if is_private(alias.name))
            case ast.Call(args=[ast.Name(id=target), ast.Constant(), *_]) if target in modules:
                continue
            case ast.Call(args=[_, ast.Constant(value=str(name)), *_]) if is_private(name):
                yield node.lineno, name


def test_no_test_reaches_into_what_is_private() -> None:
    """Nothing but behaviour is proven, so that what is inside can be changed without changing tests."""
    found = [
        f"{path.relative_to(TESTS)}:{line}: {name}"
        for path in sorted(TESTS.rglob("*.py"))
        for line, name in reaches(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not found, "Give the class a public way, or test through what a user sees:\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("window._bridge.train()", ["_bridge"]),
        ("self._made = window.made", []),
        ("made[0]._text.text()", ["_text"]),
        ("self.window._bridge", ["_bridge"]),
        ("from ann_viz.ui.toolbar import _rate", ["_rate"]),
        ("from ann_viz.data import rows\nmonkeypatch.setattr(rows, '_BLOCK', 9)", []),
        ("monkeypatch.setattr(page, '_epoch', 9)", ["_epoch"]),
        ("page.__class__", []),
    ],
)
def test_what_counts_as_private(code: str, expected: list[str]) -> None:
    assert [name for _, name in reaches(ast.parse(code))] == expected
