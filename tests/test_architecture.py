"""How the files of the package may depend on one another, and what the tests keep to.

Which room may import which, import-linter checks.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import ann_viz

PACKAGE = Path(ann_viz.__file__).parent
TESTS = Path(__file__).resolve().parent


def files_by_module(package: Path) -> dict[str, Path]:
    """Every file of a package by the name it is imported by."""
    found = {}
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imported_files(source: str, modules: frozenset[str]) -> set[str]:
    """The modules of the package that a file names in its imports, wherever they stand: at the top or in a function.

    Imports for type checking count as well. A name taken from a package is an import of its ``__init__``, the
    facade; that Python runs the facade of a module's own package first is not, or every facade would be a circle.
    """
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name the whole way"
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in modules else str(node.module) for name in names}
    return found & modules


def first_circle(package: Path) -> list[str]:
    """The modules along a circle of imports, the first one again at the end; nothing where there is none."""
    files = files_by_module(package)
    modules = frozenset(files)
    graph = {name: imported_files(path.read_text(encoding="utf-8"), modules) for name, path in files.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_files_import_each_other() -> None:
    """Each file can be read after those it imports: there is an order of all of them without a way back."""
    assert first_circle(PACKAGE) == []


@pytest.mark.parametrize(
    "back",
    [
        "import house.cellar",
        "from house import cellar",
        "from house.cellar import Wine",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from house.cellar import Wine",
        "def drink():\n    from house.cellar import Wine",
    ],
)
def test_a_circle_of_files_is_found_however_it_is_written(tmp_path: Path, back: str) -> None:
    """For type checking only, inside a function, by module or by name."""
    house = tmp_path / "house"
    house.mkdir()
    (house / "__init__.py").write_text("from house.attic import Dust\n", encoding="utf-8")
    (house / "cellar.py").write_text("import house.attic\n", encoding="utf-8")
    (house / "attic.py").write_text("Dust = None\n", encoding="utf-8")
    assert first_circle(house) == []
    (house / "attic.py").write_text(f"{back}\nDust = None\n", encoding="utf-8")
    assert sorted(set(first_circle(house))) == ["house.attic", "house.cellar"]


def test_who_imports_the_facade_of_its_own_package_closes_a_circle(tmp_path: Path) -> None:
    """The facade imports its modules, so they must not ask it for what their neighbours offer."""
    house = tmp_path / "house"
    house.mkdir()
    (house / "__init__.py").write_text("from house.attic import Dust\n", encoding="utf-8")
    (house / "attic.py").write_text("from house import Dust\n", encoding="utf-8")
    assert sorted(set(first_circle(house))) == ["house", "house.attic"]


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
        ("from ann_viz.ui.window.toolbar import _rate", ["_rate"]),
        ("from ann_viz.data import rows\nmonkeypatch.setattr(rows, '_BLOCK', 9)", []),
        ("monkeypatch.setattr(page, '_epoch', 9)", ["_epoch"]),
        ("page.__class__", []),
    ],
)
def test_what_counts_as_private(code: str, expected: list[str]) -> None:
    assert [name for _, name in reaches(ast.parse(code))] == expected
