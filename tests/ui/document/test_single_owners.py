"""What only one module of the window may do: write the document, and start threads."""

from __future__ import annotations

import ast
import functools
from collections.abc import Callable
from pathlib import Path

import ann_viz.ui

UI = Path(ann_viz.ui.__file__).parent


@functools.cache
def nodes() -> dict[str, tuple[ast.AST, ...]]:
    """Return what either test looks at in every module of the window."""
    kinds = ast.alias | ast.Attribute | ast.Call
    return {
        path.relative_to(UI).as_posix(): tuple(
            node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, kinds)
        )
        for path in sorted(UI.rglob("*.py"))
    }


def modules_where(found: Callable[[ast.AST], bool]) -> list[str]:
    """Return the modules of the window with at least one such place in their source."""
    return [name for name, inside in nodes().items() if any(map(found, inside))]


def test_only_the_bridge_names_the_session() -> None:
    """Everyone else reads a `Document`: a view that had the session could change it behind the others' backs."""

    def names_it(node: ast.AST) -> bool:
        return (isinstance(node, ast.alias) and node.name == "Session") or (
            isinstance(node, ast.Attribute) and node.attr == "Session"
        )

    assert modules_where(names_it) == ["document/bridge_core.py"]


def test_only_the_watcher_starts_threads() -> None:
    """A job is polled, stopped and joined in one place; no widget has a thread of its own."""

    def starts_one(node: ast.AST) -> bool:
        named = node.func if isinstance(node, ast.Call) else None
        name = named.attr if isinstance(named, ast.Attribute) else named.id if isinstance(named, ast.Name) else ""
        return name in {"Job", "Thread", "QThread"}

    assert modules_where(starts_one) == ["document/jobs.py"]
