"""Answers opened in a spreadsheet: with cells shown as text, no reader finds a formula, however it cuts the file."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest

from ann_viz.cli import main as run_command
from ann_viz.session.spreadsheet import begins_formula

BEGINNINGS = (
    "=",
    "+",
    "-",
    "@",
    "\t=",
    "\r=",
    "\n=",
    "\r\n=",
    " =",
    "a\r=",
    "a\n@",
    "a\r\n+",
    'a"=',
    "a,=",
    "a;=",
    "a\t=",
)
COMMAND = "cmd|' /C calc'!A0"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_no_cell_begins_a_formula(tmp_path: Path, capsys: pytest.CaptureFixture[str], delimiter: str) -> None:
    # Intention: names of columns, classes, cells and rows that don't fit; a line end of either kind ends no cell.
    rng = random.Random(3)
    table, model, out = tmp_path / "in.csv", tmp_path / "m.annviz", tmp_path / "out.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, lineterminator="\r\n")
        writer.writerow([f"={COMMAND}", "x", "@y"])
        for row in range(160):
            hostile = BEGINNINGS[row % len(BEGINNINGS)] + COMMAND
            writer.writerow([hostile, -rng.random(), ("=no", "\t@yes")[row % 2]])
        writer.writerow([f"={COMMAND}", f"={COMMAND}", "=no", f"={COMMAND}", "@more"])
    assert run_command(["train", str(table), "--target", "@y", "--epochs", "1", "-o", str(model)]) == 0
    capsys.readouterr()
    assert run_command(["predict", str(model), str(table), "--escape-formulas", "-o", str(out)]) == 0
    assert "each has an apostrophe in front" in capsys.readouterr().err
    text = out.read_bytes().decode()
    cells = [cell for row in csv.reader(text.splitlines(keepends=True), delimiter=delimiter) for cell in row]
    assert len(cells) > 160 * 6
    assert [cell for cell in cells if begins_formula(cell)] == []
    assert "\r" not in "".join(text.split('"')[::2]), "outside of quotes it ends a row for many readers"
