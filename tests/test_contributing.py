"""The door for contributors: what its pages name is there, and checks and versions are the same everywhere."""

from __future__ import annotations

import re
import shutil
import sys
import sysconfig
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from ann_viz.cli import main

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / ".github" / "CONTRIBUTING.md").read_text(encoding="utf-8")
WORKFLOW = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
SYSTEMS = ("linux", "darwin", "win32")


def named(pattern: str) -> list[str]:
    """Return what stands in code on the page and looks so; at least something does."""
    code = re.findall(r"`([^`\n]+)`", PAGE) + re.findall(r"^    (.*)$", PAGE, flags=re.MULTILINE)
    found = sorted({match for text in code for match in re.findall(pattern, text)})
    assert found
    return found


def test_every_file_that_the_page_names_is_there() -> None:
    """Whoever follows it to the letter finds what it speaks of."""
    inside = named(r"(?<![\w./])(?:ann_viz|resources|tests)/[\w./-]+")
    made_later = {"resources/translations"}
    assert [path for path in inside if not (ROOT / path).exists() and path not in made_later] == []
    links = re.findall(r"\]\(([^)#:]+)\)", PAGE)
    assert links
    assert [link for link in links if not (ROOT / ".github" / link).exists()] == []


def test_every_name_in_code_that_the_page_names_is_there() -> None:
    """A class or table that was renamed is renamed there too."""
    names = named(r"^(?:[A-Z][a-z]+[A-Z]?\w+|[A-Z_]{5,})$")
    files = (path for folder in ("ann_viz", "tests") for path in (ROOT / folder).rglob("*.py"))
    code = "\n".join(path.read_text(encoding="utf-8") for path in files)
    assert [name for name in names if not re.search(rf"^(?:class )?{name}\b", code, flags=re.MULTILINE)] == []


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "ISSUE_TEMPLATE/bug.yml", "ISSUE_TEMPLATE/csv_read_wrongly.yml"])
def test_every_command_that_a_page_names_is_there(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Of the program: its commands and options."""
    with pytest.raises(SystemExit):
        main(["--help"])
    told = capsys.readouterr().out
    commands = re.findall(r"ann-viz ([-\w]+)", (ROOT / ".github" / page).read_text(encoding="utf-8"))
    assert commands
    assert [command for command in commands if command not in told] == []


def test_the_hooks_before_a_commit_call_what_the_tests_bring() -> None:
    """They work without a network in the environment that the page sets up."""
    hooks = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    programs = re.findall(r"entry: (\S+)", hooks)
    assert programs == ["ruff", "ruff", "mypy", "lint-imports"]
    folder = sysconfig.get_path("scripts")
    assert [program for program in programs if shutil.which(program, path=folder) is None] == []
    assert hooks.count("language: system") == len(programs)
    assert re.findall(r"repo: (\S+)", hooks) == ["local"]


def test_every_system_runs_the_checks_that_a_developer_runs() -> None:
    """What is added to one is added to the other."""
    script = (ROOT / "tests" / "run.sh").read_text(encoding="utf-8")
    checks = re.findall(r'^check "[^"]+" (.+?)(?: -n .+)?(?: "\$@")?$', script, flags=re.MULTILINE)
    assert len(checks) == 5
    assert checks[-1] == "python -m pytest"
    assert [check for check in checks if f"run: {check}" not in WORKFLOW] == []
    assert WORKFLOW.count("run: sh tests/run.sh") == 2


def test_the_workflow_covers_every_python_that_is_supported() -> None:
    """From the oldest that may be installed."""
    assert PROJECT["requires-python"] == f">={PYTHONS[0]}"
    listed = ", ".join(f'"{python}"' for python in PYTHONS)
    assert WORKFLOW.count(f"python: [{listed}]") == 2


def constraints() -> list[Requirement]:
    """Return the tested versions, one per line and Python."""
    lines = (ROOT / "resources" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in lines if not line.startswith("#")]


def dependencies() -> list[Requirement]:
    """Return what running and testing need, as `pyproject.toml` has it."""
    return [Requirement(line) for line in (*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"])]


def holds(requirement: Requirement, python: str, system: str) -> bool:
    """Return whether a requirement is one for this Python and system."""
    surroundings = {"python_version": python, "python_full_version": f"{python}.0", "sys_platform": system}
    return requirement.marker is None or requirement.marker.evaluate(surroundings)


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("python", PYTHONS)
def test_every_dependency_has_one_tested_version_that_is_allowed(python: str, system: str) -> None:
    """The list and `pyproject.toml` never contradict each other; nothing that is needed is left to chance."""
    tested = [line for line in constraints() if holds(line, python, system)]
    versions = {canonicalize_name(line.name): str(line.specifier).removeprefix("==") for line in tested}
    assert len(versions) == len(tested)
    needed = [line for line in dependencies() if holds(line, python, system)]
    assert [str(line) for line in needed if versions.get(canonicalize_name(line.name), "") not in line.specifier] == []


def test_the_list_of_versions_pins_and_does_nothing_else() -> None:
    """No ranges, no addresses, no options of an installer."""
    pinned = constraints()
    assert len(pinned) > len(dependencies())
    for line in pinned:
        assert re.fullmatch(r"==[\w.]+", str(line.specifier))
        assert line.url is None


def test_what_is_installed_is_allowed() -> None:
    """These tests speak of the versions that `pyproject.toml` promises to work with."""
    here = f"{sys.version_info.major}.{sys.version_info.minor}"
    needed = [line for line in dependencies() if holds(line, here, sys.platform)]
    assert needed and [str(line) for line in needed if metadata.version(line.name) not in line.specifier] == []
