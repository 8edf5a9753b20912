"""What is said of how cells were read: odd ones by row, units that differ, years of two digits, words of the target."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ann_viz.data import Finding, find, open_table, suggest_recipe


def told(folder: Path, name: str, cells: list[str], target: str = "answer") -> dict[str, Finding]:
    """The findings about the first column, by kind."""
    path = folder / "file.csv"
    lines = [f"{cell};{7919 * i % 97};{'ab'[i % 2]}" for i, cell in enumerate(cells)]
    path.write_text("\n".join([f"{name};x;answer", *lines]), encoding="utf-8")
    with open_table(path) as table:
        return {f.kind: f for f in find(table, suggest_recipe(table, target)) if name in f.columns}


def test_odd_cells_are_told_by_row(tmp_path: Path) -> None:
    """The sentence says how many, which and where, and what becomes of them; the offer keeps them."""
    cells = [f"{20 + i * 37 % 59}.5" for i in range(60)]
    cells[6], cells[30], cells[40] = "unknown", "unknown", "?!"
    finding = told(tmp_path, "age", cells)["odd cells"]
    assert finding.sentence == (
        "age holds numbers, but 3 cells are no number: 'unknown' (2×, first in row 7), '?!' (row 41): read as missing"
    )
    assert finding.done
    assert finding.offer is not None
    assert [offer.reading for offer in (finding.offer, *finding.further)] == [{}, {"forms": (("age", "text"),)}]
    as_target = told(tmp_path, "age", cells, target="age")
    assert as_target["odd cells"].sentence.endswith("their rows are left out")
    assert "target missing" not in as_target  # that would tell the same three rows again
    cells[50] = ""
    assert told(tmp_path, "age", cells, target="age")["target missing"].sentence == (
        "age has no value in 1 row: it is left out"
    )


@pytest.mark.parametrize(
    ("cells", "kind", "words"),
    [
        (["$12.50", "€13.75"], "mixed units", ("'$' (30×)", "'€' (30×)")),
        (["45.5%", "0.45"], "mixed units", ("'%' (30×)", "no sign (30×)")),
        (["3270 g", "1.58 kg"], "mixed units", ("'g' (30×)", "'kg' (30×)")),
        (["19MB", "201KB"], "mixed units", ("'MB' (30×)", "'KB' (30×)")),
        (["19M", "201k"], "mixed units", ("'M' (30×)", "'k' (30×)")),
        (["90 mm", "2 Inches"], "mixed units", ("'mm' (30×)", "'Inches' (30×)")),
        (["1248 CC", "998 CC"], "unit", ("in cm³",)),
        (["23.4 kmpl", "19 kmpl"], "unit", ("in km/l",)),
        (["weight:4.7", "weight: 12"], "unit", ("numbers behind 'weight:'",)),
        (["45.5 m2", "60 m2"], "unit", ("in m²",)),
        (["32:48:00", "1:20:30"], "unit", ("durations: they are read as hours",)),
        (["01.02.30", "03.04.35"], "short years", ("2030", "2035")),
    ],
)
def test_units_and_years(tmp_path: Path, cells: list[str], kind: str, words: tuple[str, ...]) -> None:
    """What is mixed is said with how often each occurs; what was understood is said too."""
    finding = told(tmp_path, "c", cells * 30)[kind]
    assert all(word in finding.sentence for word in words)


@pytest.mark.parametrize(
    "cells", [["1st", "2nd", "3rd"], ["12A", "7F", "30C"], ["12A", "7B"], ["34A", "34B", "36C"], ["3 March", "4 May"]]
)
def test_letters_behind_numbers_are_no_units(tmp_path: Path, cells: list[str]) -> None:
    """Classes, seats, sizes and days of a month: nothing of them could be converted."""
    assert "mixed units" not in told(tmp_path, "c", cells * 30)


@pytest.mark.parametrize("cells", [["$12.50", "$13.75"], ["12.5", "13.75"], ["45%", "50%"], ["red 1", "blue 2"]])
def test_one_unit_is_not_mixed(tmp_path: Path, cells: list[str]) -> None:
    """Nothing is said where all cells are alike, or are no numbers with a unit."""
    assert "mixed units" not in told(tmp_path, "c", cells * 30)


def test_a_word_for_missing_may_be_a_class_of_the_target(tmp_path: Path) -> None:
    """NA among codes of two letters is a region unless the user says otherwise; a rare one may be."""
    finding = told(tmp_path, "region", ["EU", "NA", "AS"] * 20, target="region")["doubtful missing"]
    assert finding.sentence == ("region counts 'NA' (20×) as a category of its own, though it often means missing")
    finding = told(tmp_path, "region", [*["EU", "AS"] * 30, "NA"], target="region")["doubtful missing"]
    assert finding.sentence == "region: 'NA' (1×) may be a category of its own, but is read as missing"
    assert finding.offer is not None
    assert finding.offer.kept_words == (("region", "NA"),)


def test_a_sentence_is_one_line(tmp_path: Path) -> None:
    """A cell with a line break is quoted without it."""
    finding = told(tmp_path, "note", ['"<p>a</p>\n<br>"'] * 20)["constant"]
    assert finding.sentence == "note always has the same value ('<p>a</p> <br>'): ignored"


def test_an_estimate_is_told_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Different texts of a long table are counted roughly, and the sentence says so."""
    monkeypatch.setattr("ann_viz.data.columns.profile._FETCHED_ROWS", 0)
    monkeypatch.setattr("ann_viz.data.columns.measuring._FEW_VALUES", 5)
    monkeypatch.setattr("ann_viz.data.columns.measuring._EXACT_ROWS", 100)
    finding = told(tmp_path, "place", [f"place {7919 * i % 180}x" for i in range(400)])["near-unique"]
    assert re.fullmatch(r"place has about \d+ different texts: ignored", finding.sentence)


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (["comedy", "drama", "comedy|drama", "action|drama", "action", "action|comedy"], True),
        (["and/or", "either", "n/a or so"], False),
        (["a, b", "c, d", "e, f"], False),
    ],
)
def test_lists_in_cells_are_told(tmp_path: Path, cells: list[str], found: bool) -> None:
    """Tags that occur alone and together are lists; a mark inside a text makes none."""
    findings = told(tmp_path, "tags", cells * 10)
    assert ("lists" in findings) == found
    if found:
        assert findings["lists"].sentence == (
            "tags holds lists divided by '|': 'action|comedy' counts as a category of its own"
        )
