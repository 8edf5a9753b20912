"""Decisions about imports: found again by content and by columns, lost without harm."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ann_viz.data import Recipe
from ann_viz.session import remembered
from ann_viz.session.remembered import Decisions, Remembered

RECIPE = Recipe(target="left", task="binary", inputs=("age",), phrase="leaves")
DECISIONS = Decisions(
    overrides={"delimiter": ";", "missing": ("", "NA"), "quote": None, "header": False, "skip_lines": 2},
    recipe=RECIPE,
    edits={7: "1;2", 9: ""},
    names=("age", "left"),
)


@pytest.fixture
def csv(tmp_path: Path) -> Path:
    path = tmp_path / "bank.csv"
    path.write_text("age;left\n1;0\n")
    return path


def test_the_same_content_is_known_wherever_it_lies(csv: Path, tmp_path: Path) -> None:
    """A renamed copy gets the decisions back exactly, from another object on the same folder."""
    Remembered(tmp_path / "kept").keep(csv, DECISIONS)
    copy = tmp_path / "other.csv"
    copy.write_bytes(csv.read_bytes())
    assert Remembered(tmp_path / "kept").for_file(copy) == DECISIONS


def test_other_content_is_not_known_but_its_columns_are(csv: Path, tmp_path: Path) -> None:
    """Next month's file is another file with the same columns."""
    store = Remembered(tmp_path)
    store.keep(csv, DECISIONS)
    csv.write_text("age;left\n2;1\n")
    assert store.for_file(csv) is None
    assert store.for_columns(("age", "left")) == DECISIONS
    assert store.for_columns(("left", "age")) is None


def test_the_newest_decisions_count(csv: Path, tmp_path: Path) -> None:
    """Importing again replaces what was remembered."""
    store = Remembered(tmp_path)
    store.keep(csv, DECISIONS)
    store.keep(csv, Decisions(names=("age", "left")))
    assert store.for_file(csv) == Decisions(names=("age", "left"))


def test_only_so_many_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest go first."""
    monkeypatch.setattr(remembered, "MOST_KEPT", 3)
    store = Remembered(tmp_path / "kept")
    paths = [tmp_path / f"{n}.csv" for n in range(5)]
    for path in paths:
        path.write_text(path.name)
        store.keep(path, Decisions(names=(path.name,)))
    assert [store.for_file(path) is not None for path in paths] == [False, False, True, True, True]


@pytest.mark.parametrize(
    "damage", ["", "{", "[1, 2]", "{}", '[{"columns": "x"}]', "\x00", '[{"content": 3, "recipe": 4}]']
)
def test_a_damaged_store_is_none(csv: Path, tmp_path: Path, damage: str) -> None:
    """Whatever stands in the file, importing goes on, and the next decisions are kept."""
    store = Remembered(tmp_path)
    (tmp_path / "imports.json").write_text(damage)
    assert store.for_file(csv) is None
    store.keep(csv, DECISIONS)
    assert store.for_file(csv) == DECISIONS


def test_a_damaged_entry_is_as_if_forgotten(csv: Path, tmp_path: Path) -> None:
    """One entry that can't be understood does not spoil the others."""
    store = Remembered(tmp_path)
    store.keep(csv, DECISIONS)
    file = tmp_path / "imports.json"
    file.write_text(file.read_text().replace("binary", "unheard-of"))
    assert store.for_file(csv) is None


@pytest.mark.parametrize("below", ["file", None])
def test_no_folder_to_write_to_is_no_fault(csv: Path, tmp_path: Path, below: str | None) -> None:
    """Where nothing can be written nothing is remembered."""
    (tmp_path / "file").write_text("not a folder")
    store = Remembered(below and tmp_path / below / "below")
    store.keep(csv, DECISIONS)
    assert store.for_file(csv) is None
    assert store.for_file(tmp_path / "vanished.csv") is None
    store.keep(tmp_path / "vanished.csv", DECISIONS)


@given(names=st.lists(st.text(), max_size=5), edits=st.dictionaries(st.integers(1, 10**9), st.text(), max_size=4))
def test_any_names_and_edits_come_back(names: list[str], edits: dict[int, str], tmp_path_factory) -> None:
    """Odd characters survive the file."""
    folder = tmp_path_factory.mktemp("kept")
    path = folder / "a.csv"
    path.write_text("x")
    decisions = Decisions(names=tuple(names), edits=edits)
    Remembered(folder).keep(path, decisions)
    assert Remembered(folder).for_file(path) == decisions
