"""Prints which of the own cases are read as they must be, and what differs in the others; run by hand.

``python -m tests.data.own_cases_table [word …]`` runs the cases whose name or kind has one of the words.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from pathlib import Path

from ann_viz.errors import AnnVizError
from tests.data.own_cases.all_cases import CASES
from tests.data.own_cases.case import faults


def main() -> None:
    """Print one line for a case that differs, and a line for every kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", nargs="*")
    words = parser.parse_args().words
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for case in CASES:
            if words and not any(word in case.name or word in case.kind for word in words):
                continue
            try:
                found = faults(case, Path(folder))
            except AnnVizError as error:
                found = [f"refused: {error}"]
            total[case.kind] += 1
            right[case.kind] += not found
            if found:
                print(f"{case.name} ({case.kind}): {'; '.join(found)}")
    for kind, n in total.items():
        print(f"{kind:<20}{right[kind]:>4} of {n:>3}")
    print(f"{'all':<20}{right.total():>4} of {total.total():>3}")


if __name__ == "__main__":
    main()
