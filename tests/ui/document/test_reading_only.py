"""The window reads a `Document`; only the bridge knows the `Session` that writes it."""

from __future__ import annotations

import ast
from pathlib import Path

import ann_viz.ui

UI = Path(ann_viz.ui.__file__).parent


def test_no_module_but_the_bridge_names_the_session() -> None:
    """A view that could import the session could change the document behind everyone's back."""
    naming = [path.relative_to(UI).as_posix() for path in sorted(UI.rglob("*.py")) if "Session" in _names(path)]
    assert naming == ["document/bridge.py"]


def _names(path: Path) -> set[str]:
    """Return every name that a module imports or uses."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.Name):
            found.add(node.id)
    return found
