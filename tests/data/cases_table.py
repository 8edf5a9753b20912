"""Prints what is said of every file of ../shared/cases/csv beside what is expected; run by hand.

``python tests/data/cases_table.py [--severity N] [word …]`` shows one line for a file, for each of its columns and its
findings. Whether that is what was expected is for a reader to judge.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

from ann_viz.data import Table, find, open_table, suggest_recipe
from ann_viz.errors import AnnVizError

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "cases" / "csv"


def told(table: Table) -> list[str]:
    """Return the columns of a table with the kind and the number of values of each, and the findings."""
    lines = [
        f"  {column.name!r}: {column.kind} {column.form!r} {column.n_distinct} different, {column.n_missing} missing"
        for column in table.columns
    ]
    lines += [f"  line {bad.line}: {bad.problem}" for bad in table.bad_lines[:3]]
    try:
        recipe = suggest_recipe(table)
    except AnnVizError as error:
        return [*lines, f"  no recipe: {error}"]
    lines.append(f"  predicts {recipe.target!r} ({recipe.task})")
    return lines + [f"  - [{finding.kind}] {finding.sentence}" for finding in find(table, recipe)]


def main() -> None:
    """Print the files whose name or kind has one of the words, of one severity or of all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--severity")
    parser.add_argument("words", nargs="*")
    chosen = parser.parse_args()
    with (FOLDER / "index.tsv").open(encoding="utf-8", newline="") as file:
        cases = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for case in cases:
        wanted = not chosen.words or any(word in case["file"] or word in case["kind"] for word in chosen.words)
        if wanted and chosen.severity in (None, case["severity"]):
            print(f"{case['file']} (severity {case['severity']}, {case['kind']})\n  expected: {case['expected']}")
            try:
                with open_table(FOLDER / case["file"]) as table:
                    print("\n".join(told(table)))
            except AnnVizError as error:
                print(f"  refused: {error}")


if __name__ == "__main__":
    main()
