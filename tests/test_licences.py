"""The table of licences names everything that is shipped: what is installed, and what lies in the package."""

from __future__ import annotations

import importlib.util
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
RESOURCES = ROOT / "resources"


@pytest.fixture(scope="module")
def licences() -> ModuleType:
    found = importlib.util.spec_from_file_location("licences", RESOURCES / "licences.py")
    assert found is not None and found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def test_every_dependency_is_named_with_its_licence(licences: ModuleType) -> None:
    # Intention: those in pyproject.toml that this Python asks for, and what these need in turn.
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [Requirement(each) for each in project["dependencies"]]
    needed = {canonicalize_name(each.name) for each in wanted if each.marker is None or each.marker.evaluate()}
    parts = {canonicalize_name(part.name): part for part in licences.dependencies()}
    assert parts.keys() >= needed | {"ann-viz", "shiboken6"}
    assert {name: part.licence for name, part in parts.items() if part.licence == "not said"} == {}
    assert not parts.keys() & {"pytest", "ruff", "mypy"}


def test_every_folder_of_resources_is_named(licences: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    # Intention: a new folder says whose it is.
    licences.main()
    table = capsys.readouterr().out
    folders = {path.name for path in RESOURCES.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders == {*licences.BUNDLED, "samples"}
    for folder in folders:
        assert f"resources/{folder}" in table
    for sample in (RESOURCES / "samples").glob("*.csv"):
        assert sample.name in table


@pytest.mark.parametrize(("folder", "words"), [("fonts", "SIL Open Font License"), ("icons", "ISC License")])
def test_the_licences_of_others_lie_beside_their_work(folder: str, words: str) -> None:
    # Intention: both ask for their text to go along.
    assert words in (RESOURCES / folder / "LICENSE").read_text(encoding="utf-8")


def test_the_page_on_security_is_linked() -> None:
    # Intention: whoever looks for how to report a weakness begins in the README.
    assert "resources/docs/security.md" in (ROOT / "README.md").read_text(encoding="utf-8")
